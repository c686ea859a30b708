"""A GitLab Code Quality report: what merge requests show beside the changed lines.

Source: GitLab's documentation of the report format, which is a part of the Code Climate specification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from decklint.findings import Severity
from decklint.project import Result
from decklint.report.fingerprint import digest, fingerprints
from decklint.report.machine import as_json, described, relative
from decklint.report.plain import end_place, place

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(results: Iterable[Result], *, lang: str) -> Iterator[str]:
    """The lines of the report."""
    yield as_json([issue for result in results for issue in _issues(result, lang)], indent=1)


def _issues(result: Result, lang: str) -> Iterator[dict[str, Any]]:
    path = relative(result.path)
    for finding, mark in zip(result.findings, fingerprints(result), strict=True):
        yield {
            "description": described(result, finding, lang),
            "check_name": f"{finding.code} {finding.name}",
            "fingerprint": digest(path, mark),  # GitLab drops all but the first of those that are alike
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": path,
                "lines": {"begin": place(result, finding).line, "end": end_place(result, finding).line},
            },
        }
