"""The Reviewdog Diagnostic Format, with suggestions. Columns count bytes of UTF-8, ends lie behind the last character.

Source: `proto/rdf/reviewdog.proto` of reviewdog.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from decklint.findings import Edit, Finding, Severity
from decklint.project import Result
from decklint.report.machine import as_json, described, place_in, relative, utf8
from decklint.text import Position, Source, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
_LONGEST = 2000
"""Characters of a suggestion: nobody reads a longer one in a comment."""


def rdjson(results: Iterable[Result], *, lang: str) -> Iterator[str]:
    """The lines of the report."""
    diagnostics = [found for result in results for found in _diagnostics(result, lang)]
    yield as_json({"source": {"name": "decklint"}, "diagnostics": diagnostics}, indent=1)


def _diagnostics(result: Result, lang: str) -> Iterator[dict[str, Any]]:
    path = relative(result.path)
    for finding in result.findings:
        diagnostic: dict[str, Any] = {
            "message": described(result, finding, lang),
            "location": {"path": path, "range": _finding_range(result, finding)},
            "severity": _SEVERITIES[finding.severity],
            "code": {"value": f"{finding.code} {finding.name}"},
        }
        if result.deck is not None and finding.fix and finding.fix.edits:
            diagnostic["suggestions"] = _suggestions(result.deck.source, finding.fix.edits)
        yield diagnostic


def _finding_range(result: Result, finding: Finding) -> dict[str, Any]:
    return _range(result.deck.source, finding.span) if result.deck is not None else {"start": _position(result.place)}


def _suggestions(source: Source, edits: tuple[Edit, ...]) -> list[dict[str, Any]]:
    """One suggestion for all edits of a fix, which are made together or not at all: it holds what stands between them too."""
    ordered = sorted(edits, key=lambda edit: edit.span)
    whole = Span(ordered[0].span.start, ordered[-1].span.end)
    parts, at = [], whole.start
    for edit in ordered:
        parts += [source.text[at : edit.span.start], edit.text]
        at = edit.span.end
    text = "".join(parts)
    return [{"range": _range(source, whole), "text": text}] if max(len(text), whole.end - whole.start) <= _LONGEST else []


def _range(source: Source, span: Span) -> dict[str, Any]:
    start, end = (_position(place_in(source, offset, utf8)) for offset in span)
    return {"start": start, "end": end}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
