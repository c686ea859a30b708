"""Workflow commands, which GitHub Actions shows beside the lines of a pull request.

Source: GitHub's documentation of workflow commands; the escapes are those of its `@actions/core` package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decklint.findings import Severity
from decklint.project import Result
from decklint.report.plain import end_place, harmless, place, slide_title

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(results: Iterable[Result], *, lang: str) -> Iterator[str]:
    """The lines of the report, the most severe first: GitHub shows only ten of a kind per step."""
    pairs = [(result, finding) for result in results for finding in result.findings]
    for result, finding in sorted(pairs, key=lambda pair: -pair[1].severity):
        start, end = place(result, finding), end_place(result, finding)
        where = f"file={_property(result.path)},line={start.line},endLine={end.line}"
        if start.line == end.line:  # GitHub reads columns only within one line
            where += f",col={start.column},endColumn={end.column}"
        message = finding.message.text(lang)
        if name := slide_title(result, finding):
            message = f"{message} (slide {finding.slide}: {name})"
        if finding.fix:
            message = f"{message} — {finding.fix.title.text(lang)}"
        heading = _property(f"{finding.code} {finding.name}")
        yield f"::{_COMMANDS[finding.severity]} {where},title={heading}::{_data(harmless(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(harmless(text)).replace(":", "%3A").replace(",", "%2C")
