"""What fixes would change, as a unified diff that `patch` and `git apply` read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff

from decklint.project import Result
from decklint.report.plain import harmless


def diff(results: Iterable[Result], *, terminal: bool) -> Iterator[str]:
    """The lines of the diff. On a terminal control characters are written out; elsewhere each line is as it stands."""
    for result in results:
        if result.fixed is None or result.old == result.new:
            continue
        old, new = result.old.decode("utf-8"), result.new.decode("utf-8")
        lines = unified_diff(_lines(old), _lines(new), f"a/{result.path}", f"b/{result.path}")
        for line in lines:
            for part in _ended(line):
                yield harmless(part) if terminal else part


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")[:-1]] + ([rest] if (rest := text.rpartition("\n")[2]) else [])


def _ended(line: str) -> tuple[str, ...]:
    return (line[:-1],) if line.endswith("\n") else (line, "\\ No newline at end of file")
