"""`path:line:column: CODE message [name]`, one line per finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decklint.project import Result
from decklint.report.plain import harmless, place


def concise(results: Iterable[Result], *, lang: str) -> Iterator[str]:
    """The lines of the report."""
    for result in results:
        for finding in result.findings:
            line, column = place(result, finding)
            message = harmless(finding.message.text(lang))
            yield f"{harmless(result.path)}:{line}:{column}: {finding.code} {message} [{finding.name}]"
