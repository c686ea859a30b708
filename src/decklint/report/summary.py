"""The summary of a job on GitHub: how many findings there are, and the most severe in a table.

GitHub shows ten annotations of a kind per step, so this is where the others are seen. The table is written as HTML, as GitHub's
own toolkit does: in such a block nothing is read as Markdown until a blank line, and no cell has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from decklint.findings import Finding, Severity, Template
from decklint.project import Result
from decklint.report.machine import relative, say
from decklint.report.plain import harmless, place, slide_title

_SHOWN = 50
_LONGEST = 300
"""Rows, and characters of a cell: GitHub refuses a summary of more than a mebibyte."""

_WORDS = {
    Severity.ERROR: Template("error", "错误"),
    Severity.WARNING: Template("warning", "警告"),
    Severity.INFO: Template("info", "提示"),
}
_CLEAN = Template("No findings (decks checked: {decks}).", "未发现问题（已检查 {decks} 个文件）。")
_TOTAL = Template("{counts} (decks checked: {decks})", "{counts}（已检查 {decks} 个文件）")
_MORE = Template("… and {count} more.", "……另有 {count} 处。")
_HEADINGS = Template("severity, place, slide, message, rule", "级别, 位置, 页, 问题, 规则")


def summary(results: Sequence[Result], *, lang: str) -> Iterator[str]:
    """The lines of the summary."""
    pairs = [(result, finding) for result in results for finding in result.findings]
    pairs.sort(key=lambda pair: -pair[1].severity)
    yield from ("", "### decklint", "")  # what another command wrote before may end in a table
    if not pairs:
        yield say(_CLEAN, lang, decks=len(results))
        return
    counts = Counter(finding.severity for _, finding in pairs)
    said = ", ".join(f"{say(_WORDS[severity], lang)}: {counts[severity]}" for severity in sorted(counts, reverse=True))
    yield say(_TOTAL, lang, counts=said, decks=len(results))
    yield ""
    yield "<table>"
    yield _row("th", say(_HEADINGS, lang).split(", "))
    for result, finding in pairs[:_SHOWN]:
        yield _row("td", _cells(result, finding, lang))
    yield "</table>"
    yield ""
    if len(pairs) > _SHOWN:
        yield say(_MORE, lang, count=len(pairs) - _SHOWN)


def append(path: Path, results: Sequence[Result], *, lang: str) -> None:
    """Add the summary to a file, which other steps of the job may have begun."""
    text = "".join(f"{line}\n" for line in summary(results, lang=lang))
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _cells(result: Result, finding: Finding, lang: str) -> list[str]:
    line, column = place(result, finding)
    slide = f"{finding.slide} · {slide_title(result, finding)}".removesuffix(" · ") if finding.slide else ""
    where = f"{relative(result.path)}:{line}:{column}"
    rule = f"{finding.code} {finding.name}"
    return [say(_WORDS[finding.severity], lang), where, slide, finding.message.text(lang), rule]


def _row(tag: str, cells: list[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_inert(cell)}</{tag}>" for cell in cells) + "</tr>"


def _inert(text: str) -> str:
    """Text that is shown as it is, and calls nobody: the joiner keeps `@name` from being a mention."""
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return escape(harmless(short)).replace("@", "@\u2060")
