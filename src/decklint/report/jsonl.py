"""One JSON object per line and finding, with the keys of `json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decklint.project import Result
from decklint.report.json import as_object
from decklint.report.machine import as_json, relative


def jsonl(results: Iterable[Result], *, lang: str) -> Iterator[str]:
    """The lines of the report."""
    for result in results:
        path = relative(result.path)
        for finding in result.findings:
            yield as_json({**as_object(result, finding, lang), "path": path})
