"""For people: what, where, why, source and cure, with the line itself; one habit is one entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from decklint.findings import Citation, Finding, Fix, Safety, Severity, Template
from decklint.project import Result
from decklint.records import dataclass
from decklint.report.plain import COLUMNS, harmless, place, slide_title, width
from decklint.secrets import masked

_COLUMNS = 76
_SHOWN = 5
_ENTRIES = 12  # of one deck: who sees more on a first run reads none
_STYLES = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_SEVERITY = {
    Severity.ERROR: Template("error", "错误"),
    Severity.WARNING: Template("warning", "警告"),
    Severity.INFO: Template("info", "提示"),
}
_SAFETY = {
    Safety.SAFE: Template("fix", "修正"),
    Safety.UNSAFE: Template("fix (look before you apply it)", "修正（应用前请确认）"),
    Safety.HINT: Template("hint", "建议"),
}
_SLIDE = Template("slide {number}", "第 {number} 页")
_SLIDES = Template("{count} places on slides {slides}", "共 {count} 处，第 {slides} 页")
_SAME_SLIDE = Template("{count} places on slide {slides}", "共 {count} 处，第 {slides} 页")
_PLACES = Template("{count} places", "共 {count} 处")
_SOURCE = Template("source", "来源")
_MORE = Template("… and {count} more", "……另有 {count} 处")
_REST = Template(
    "{path}: more kinds of findings ({count}), which `--show-all` prints: {names}",
    "{path}：另有 {count} 类问题，用 `--show-all` 查看：{names}",
)
_CLEAN = Template("no findings in {decks}", "{decks}未发现问题")
_TOTAL = Template("{found} in {decks}", "{decks}：{found}")
_FIXABLE = Template("`--fix` mends {safe}.", "`--fix` 可修正 {safe} 处。")
_FIXABLE_BOTH = Template(
    "`--fix` mends {safe}, `--fix --unsafe-fixes` {both}; `--diff` shows what would change.",
    "`--fix` 可修正 {safe} 处，加上 `--unsafe-fixes` 可修正 {both} 处；`--diff` 先看改动。",
)
_EXPLAIN = Template("`decklint rule CODE` explains a rule.", "用 `decklint rule 代码` 查看规则说明。")


@dataclass(frozen=True, slots=True)
class OfDeck:
    """Writes what the report says of one deck: a dozen entries, and all errors; `everything` writes the others too."""

    lang: str
    color: bool = False
    everything: bool = False

    @property
    def name(self) -> str:
        return f"full {self.lang} {self.color} {self.everything}"

    def __call__(self, result: Result) -> str:
        return "\n".join(self._lines(result))

    def _lines(self, result: Result) -> Iterator[str]:
        writer = _Writer(self.lang, self.color)
        entries = _entries(result.findings)
        errors = sum(entry[0].severity is Severity.ERROR for entry in entries)
        room = len(entries) if self.everything else max(errors, _ENTRIES)
        for entry in entries[:room]:
            yield from writer.entry(result, entry)
        if entries[room:]:
            yield from writer.rest(result, entries[room:])


def full(results: Iterable[Result], *, lang: str, color: bool = False, everything: bool = False) -> Iterator[str]:
    """The lines of the report: of each deck what was written down when it was checked, or is written now."""
    of_deck = OfDeck(lang, color, everything)
    kept = list(results)
    for result in kept:
        told = result.told(of_deck.name)
        if told := of_deck(result) if told is None else told:
            yield from told.split("\n")
    yield from _Writer(lang, color).summary(kept)


def _entries(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings folded: the same rule with the same message is one entry, the most severe first."""

    def habit(finding: Finding) -> tuple[int, str, str]:
        return -finding.severity, finding.code, finding.message.template.en

    groups = [list(group) for _, group in groupby(sorted(findings, key=habit), key=habit)]
    return sorted(groups, key=lambda group: (-group[0].severity, group[0].span))


class _Writer:
    def __init__(self, lang: str, color: bool) -> None:
        self.lang = lang
        self.color = color

    def say(self, template: Template, **values: object) -> str:
        return (template.zh if self.lang == "zh" else template.en).format_map(values)

    def paint(self, style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.color else text

    def entry(self, result: Result, findings: list[Finding]) -> Iterator[str]:
        first = findings[0]
        severity = self.paint(f"1;{_STYLES[first.severity]}", self.say(_SEVERITY[first.severity]))
        yield f"{severity}: {harmless(first.message.text(self.lang))} {self.paint('2', f'[{first.code} {first.name}]')}"
        line, column = place(result, first)
        where = f"{harmless(result.path)}:{line}:{column}"
        if first.slide:
            where += f"  {self.say(_SLIDE, number=first.slide)}"
            if name := slide_title(result, first):
                where += f" · {harmless(name)}"
        yield f"  {self.paint('36', '-->')} {where}"
        yield from self.frame(result, first)
        if len(findings) > 1:
            yield from self.others(result, findings)
        for source in {s.url: s for finding in findings for s in finding.sources}.values():
            yield f"   = {self.say(_SOURCE)}: {harmless(_cited(source))}"
        if fix := _common_fix(findings):
            yield f"   = {self.say(_SAFETY[fix.safety])}: {harmless(fix.title.text(self.lang))}"
        yield ""

    def rest(self, result: Result, entries: list[list[Finding]]) -> Iterator[str]:
        counts: Counter[str] = Counter()
        for entry in entries:
            counts[entry[0].name] += len(entry)
        names = ", ".join(f"{name} {count}" for name, count in counts.items())
        yield self.say(_REST, path=harmless(result.path), count=len(entries), names=names)
        yield ""

    def frame(self, result: Result, finding: Finding) -> Iterator[str]:
        if result.deck is None:
            return
        source = result.deck.source
        line = source.line_of(finding.span.start)
        start, end = finding.span.start - line.start, min(finding.span.end, line.end) - line.start
        text = masked(source.text, line)
        left = _window(text, start, max(end, start + 1))
        shown = harmless(text[left[0] : left[1]].expandtabs(1))
        before = ("…" if left[0] else "") + harmless(text[left[0] : start].expandtabs(1))
        marked = harmless(text[start : min(end, left[1])].expandtabs(1))
        number = str(source.line(finding.span.start))
        bar = self.paint("36", "|")
        yield f"   {' ' * len(number)}{bar}"
        yield f"  {self.paint('36', number)} {bar} {'…' if left[0] else ''}{shown}{'…' if left[1] < len(text) else ''}"
        caret = self.paint(f"1;{_STYLES[finding.severity]}", "^" * max(1, width(marked)))
        yield f"   {' ' * len(number)}{bar} {' ' * width(before)}{caret}"

    def others(self, result: Result, findings: list[Finding]) -> Iterator[str]:
        first = findings[0]
        slides = sorted({finding.slide for finding in findings if finding.slide})
        template = _SLIDES if len(slides) > 1 else _SAME_SLIDE if slides else _PLACES
        yield f"   = {self.say(template, count=len(findings), slides=_ranges(slides))}"
        if all(finding.message.values == first.message.values for finding in findings):
            return
        by_text = {finding.message.text(self.lang): finding for finding in reversed(findings)}
        rest = [finding for finding in findings[1:] if by_text[finding.message.text(self.lang)] is finding]
        for finding in rest[:_SHOWN]:
            line, column = place(result, finding)
            yield f"     {line}:{column}: {harmless(finding.message.text(self.lang))}"
        if len(rest) > _SHOWN:
            yield f"     {self.say(_MORE, count=len(rest) - _SHOWN)}"

    def summary(self, results: list[Result]) -> Iterator[str]:
        counts: Counter[Severity] = Counter()
        safeties: Counter[Safety] = Counter()
        for result in results:
            tally = result.tally
            counts.update(tally.severities)
            safeties.update(tally.safeties)
        decks = self.count(len(results), "deck", "个文件")
        if not counts:
            yield self.say(_CLEAN, decks=decks)
            return
        parts = [
            self.count(counts[severity], _SEVERITY[severity].en, f" 个{_SEVERITY[severity].zh}")
            for severity in sorted(Severity, reverse=True)
            if counts[severity] or severity is not Severity.INFO
        ]
        said = "，".join(parts) if self.lang == "zh" else " and ".join([", ".join(parts[:-1]), parts[-1]])
        yield self.say(_TOTAL, found=said, decks=decks)
        yield from self.fixable(safeties)
        yield self.say(_EXPLAIN)

    def fixable(self, safeties: Counter[Safety]) -> Iterator[str]:
        safe, both = safeties[Safety.SAFE], safeties[Safety.SAFE] + safeties[Safety.UNSAFE]
        if both:
            yield self.say(_FIXABLE if safe == both else _FIXABLE_BOTH, safe=safe, both=both)

    def count(self, number: int, en: str, zh: str) -> str:
        return f"{number}{zh}" if self.lang == "zh" else f"{number} {en}{'' if number == 1 else 's'}"


def _common_fix(findings: list[Finding]) -> Fix | None:
    """The fix to show for an entry: of its first finding, unless the others' have other titles."""
    fixes = {finding.fix.title.text() for finding in findings if finding.fix}
    return findings[0].fix if len(fixes) == 1 else None


def _cited(source: Citation) -> str:
    parts = [source.by, f"({source.year})" if source.year else "", f"“{source.title}”", source.locator and f"[{source.locator}]"]
    return " ".join(part for part in parts if part) + f" {source.url}"


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a line around a range that fits the terminal."""
    if width(text) <= _COLUMNS:
        return 0, len(text)
    room = max(8, _COLUMNS - width(text[start : min(end, start + _COLUMNS)]))
    left, used = start, 0
    while left and used < room // 2:
        left -= 1
        used += COLUMNS[text[left]]
    right = min(end, start + _COLUMNS)
    while right < len(text) and used < room:
        used += COLUMNS[text[right]]
        right += 1
    return left, right


def _ranges(numbers: list[int]) -> str:
    """`1-3, 7` for 1, 2, 3, 7."""
    parts: list[str] = []
    start = last = None
    for number in [*numbers, None]:
        if last is not None and number == last + 1:
            last = number
            continue
        if start is not None:
            parts.append(str(start) if start == last else f"{start}-{last}")
        start = last = number
    return ", ".join(parts)
