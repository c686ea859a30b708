"""How often each rule spoke, and how much of it fixes would mend: the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from decklint.findings import Safety, Severity, Template
from decklint.project import Result
from decklint.records import dataclass, field
from decklint.report.machine import as_json as json_of
from decklint.report.machine import say
from decklint.report.plain import width

_HEAD = Template("findings, decks, --fix, --unsafe-fixes, severity, rule", "数量, 文件, --fix, --unsafe-fixes, 级别, 规则")
_WORDS = {
    Severity.ERROR: Template("error", "错误"),
    Severity.WARNING: Template("warning", "警告"),
    Severity.INFO: Template("info", "提示"),
}
_TOTAL = Template("total", "合计")
_CLEAN = Template("no findings (decks checked: {decks})", "未发现问题（已检查 {decks} 个文件）")
_GAP = "  "
_NUMBERS = 4
"""Columns, from the left, that are set flush right."""


@dataclass(slots=True)
class _Rule:
    code: str
    name: str
    severity: Severity
    findings: int = 0
    decks: set[str] = field(default_factory=set)
    fixes: Counter[Safety] = field(default_factory=Counter)


def statistics(results: Iterable[Result], *, lang: str) -> Iterator[str]:
    """The lines of a table."""
    kept = list(results)
    rules = _counted(kept)
    if not rules:
        yield say(_CLEAN, lang, decks=len(kept))
        return
    rows = [say(_HEAD, lang).split(", ")]
    rows += [[*_numbers(rule), say(_WORDS[rule.severity], lang), f"{rule.code} {rule.name}"] for rule in rules]
    decks = {path for rule in rules for path in rule.decks}
    total = _Rule("", "", Severity.INFO, sum(rule.findings for rule in rules), decks, sum((r.fixes for r in rules), Counter()))
    rows.append([*_numbers(total), "", say(_TOTAL, lang)])
    sizes = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield _GAP.join(
            _padded(cell, size, right=at < _NUMBERS) for at, (cell, size) in enumerate(zip(row, sizes, strict=True))
        ).rstrip()


def as_json(results: Iterable[Result], *, lang: str) -> Iterator[str]:
    """The same as an array of objects."""
    objects = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.word,
            "findings": rule.findings,
            "decks": len(rule.decks),
            "safe_fixes": rule.fixes[Safety.SAFE],
            "unsafe_fixes": rule.fixes[Safety.UNSAFE],
        }
        for rule in _counted(results)
    ]
    yield json_of(objects, indent=1)


def _counted(results: Iterable[Result]) -> list[_Rule]:
    rules: dict[str, _Rule] = {}
    for result in results:
        for finding in result.findings:
            rule = rules.setdefault(finding.code, _Rule(finding.code, finding.name, finding.severity))
            rule.severity = max(rule.severity, finding.severity)
            rule.findings += 1
            rule.decks.add(result.path)
            if finding.fix is not None:
                rule.fixes[finding.fix.safety] += 1
    return sorted(rules.values(), key=lambda rule: (-rule.findings, rule.code))


def _numbers(rule: _Rule) -> list[str]:
    counts = rule.findings, len(rule.decks), rule.fixes[Safety.SAFE], rule.fixes[Safety.SAFE] + rule.fixes[Safety.UNSAFE]
    return [str(count) for count in counts]


def _padded(text: str, size: int, *, right: bool) -> str:
    gap = " " * (size - width(text))
    return gap + text if right else text + gap
