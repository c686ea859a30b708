"""An array of objects, one per finding. Lines and columns count from 1, columns in code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from decklint.findings import Citation, Edit, Finding, Fix
from decklint.project import Result
from decklint.report.machine import as_json
from decklint.report.plain import end_place, place, slide_title


def json(results: Iterable[Result], *, lang: str) -> Iterator[str]:
    """The lines of the report."""
    objects = [as_object(result, finding, lang) for result in results for finding in result.findings]
    yield as_json(objects, indent=1)


def as_object(result: Result, finding: Finding, lang: str) -> dict[str, Any]:
    """One finding as plain data."""
    start, end = place(result, finding), end_place(result, finding)
    return {
        "path": result.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "slide": finding.slide,
        "slide_title": slide_title(result, finding),
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.word,
        "confidence": finding.confidence.word,
        "message": finding.message.text(lang),
        "sources": [_source(source) for source in finding.sources],
        "fix": _fix(result, finding.fix, lang) if finding.fix else None,
    }


def _source(source: Citation) -> dict[str, Any]:
    return {"title": source.title, "by": source.by, "year": source.year, "url": source.url, "locator": source.locator}


def _fix(result: Result, fix: Fix, lang: str) -> dict[str, Any]:
    return {
        "title": fix.title.text(lang),
        "safety": fix.safety.value,
        "effects": sorted(effect.value for effect in fix.effects),
        "edits": [_edit(result, edit) for edit in fix.edits],
    }


def _edit(result: Result, edit: Edit) -> dict[str, Any]:
    assert result.deck is not None
    start, end = map(result.deck.source.position, edit.span)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column, "text": edit.text}
