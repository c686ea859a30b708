"""The claims of a lecture as a table for people, with the sources numbered below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from decklint.commands.columns import columns
from decklint.commands.found import Found, readable
from decklint.facts.verdicts import Verdict
from decklint.findings import Citation, Template
from decklint.report.plain import harmless

_HEAD = (
    Template("slide", "页"),
    Template("line", "行"),
    Template("about", "对象"),
    Template("what", "属性"),
    Template("the slide says", "幻灯片所写"),
    Template("verdict", "结论"),
    Template("the registry says", "登记的值"),
    Template("source", "来源"),
)
_WIDEST = (5, 6, 30, 22, 24, 14, 34, 9)
_VERDICTS = {"confirmed": "相符", "contradicted": "矛盾", "disputed": "未公开或有争议", "outdated": "已过时", "unknown": "未登记"}
_NONE = Template("no claims found in {decks}", "{decks}中没有发现可核对的陈述")
_NONE_SUCH = Template("none of the {count} claims in {decks} has such a verdict", "{decks}中有 {count} 条陈述，但没有这种结论")
_COUNTS = Template("{count} in {decks}: {parts}", "{decks}中有 {count}：{parts}")
_SHOWN = Template(" ({count} shown)", "（显示 {count} 条）")
_SOURCES = Template("Sources", "来源")


def table(shown: Sequence[Found], everything: Sequence[Found], files: int, lang: str) -> Iterator[str]:
    """The lines of the table: deck by deck, then the sources, then counts of all claims found."""
    decks = _many(files, "deck", "个文件", lang)
    if not everything:
        yield _say(_NONE, lang, decks=decks)
        return
    numbers: dict[Citation, int] = {}
    for path, group in groupby(shown, key=lambda found: found.path):
        yield harmless(path)
        rows = [[_say(head, lang) for head in _HEAD], *(_row(found, numbers, lang) for found in group)]
        yield from (f"  {line}" for line in columns(rows, _WIDEST))
        yield ""
    if numbers:
        yield _say(_SOURCES, lang)
        yield from (f"  [{number}] {harmless(cited(source))}" for source, number in numbers.items())
        yield ""
    yield _summary(shown, everything, decks, lang)


def cited(source: Citation) -> str:
    """A source on one line: who, when, what, where in it, address."""
    year = f"({source.year})" if source.year else ""
    parts = (source.by, year, f"“{source.title}”", source.locator and f"[{source.locator}]", source.url)
    return " ".join(part for part in parts if part)


def _row(found: Found, numbers: dict[Citation, int], lang: str) -> list[str]:
    claim = found.claim
    marks = [f"[{numbers.setdefault(source, len(numbers) + 1)}]" for source in _sources(found)]
    attribute = claim.attribute.name_zh if lang == "zh" else claim.attribute.name_en
    cells = (str(found.slide), str(found.place.line), claim.entity.name, attribute, claim.written, verdict(claim.verdict, lang))
    return [*cells, _registered(found, lang), " ".join(marks)]


def _sources(found: Found) -> list[Citation]:
    """The first two sources of the fact that decided: enough to look it up; the bibliography has all."""
    return list(found.claim.facts[0].sources[:2]) if found.claim.facts else []


def _registered(found: Found, lang: str) -> str:
    """What the registry holds; of a value that agrees, the facts that agree with it."""
    values = (
        readable(value, "date" if fact.attribute == "venue" else found.claim.attribute.type, lang)
        for fact in found.claim.facts[:2]
        for value in fact.values
    )
    return "; ".join(dict.fromkeys(values)) or "-"


def verdict(of: Verdict, lang: str) -> str:
    """The word for a verdict."""
    return _VERDICTS.get(of.value, of.value) if lang == "zh" else of.value


def _summary(shown: Sequence[Found], everything: Sequence[Found], decks: str, lang: str) -> str:
    counts = Counter(found.claim.verdict for found in everything)
    if not shown:
        return _say(_NONE_SUCH, lang, decks=decks, count=len(everything))
    parts = [f"{verdict(of, lang)} {counts[of]}" if lang == "zh" else f"{counts[of]} {of.value}" for of in Verdict if counts[of]]
    claims = _many(len(everything), "claim", "条陈述", lang)
    line = _say(_COUNTS, lang, count=claims, decks=decks, parts=("，" if lang == "zh" else ", ").join(parts))
    return line if len(shown) == len(everything) else line + _say(_SHOWN, lang, count=len(shown))


def _many(number: int, en: str, zh: str, lang: str) -> str:
    return f"{number} {zh}" if lang == "zh" else f"{number} {en}{'' if number == 1 else 's'}"


def _say(template: Template, lang: str, **values: object) -> str:
    return (template.zh if lang == "zh" else template.en).format_map(values)
