"""What fixes would change, as a unified diff that `patch` and `git apply` read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff

from decklint.project import Result
from decklint.report.plain import harmless

_PLAIN = re.compile(rb"[^\x00-\x1f\x7f\"\\]+")


def diff(results: Iterable[Result], *, terminal: bool) -> Iterator[str]:
    """The lines of the diff. On a terminal control characters are written out; elsewhere each line is as it stands."""
    for result in results:
        if result.fixed is None or result.old == result.new:
            continue
        try:
            old, new = result.old.decode("utf-8"), result.new.decode("utf-8")
        except UnicodeDecodeError:  # of another encoding, and to become UTF-8: no diff could be applied
            yield f"Binary files {_name(f'a/{result.path}')} and {_name(f'b/{result.path}')} differ"
            continue
        lines = unified_diff(_lines(old), _lines(new), _name(f"a/{result.path}"), _name(f"b/{result.path}"))
        for line in lines:
            for part in _ended(line):
                yield harmless(part) if terminal else part


def quoted_for_a_log(lines: Iterable[str]) -> Iterator[str]:
    """The diff between two lines that keep a runner of GitHub's actions from taking any line of it for a command.

    `patch` and `git apply` pass over them. The word that ends it cannot stand in a deck: it is made here.
    """
    word = os.urandom(16).hex()
    yield f"::stop-commands::{word}"
    yield from lines
    yield f"::{word}::"


def _name(path: str) -> str:
    """A path as git writes it: in quotes where it has characters that would end the line or the quotes, or are no text."""
    data = os.fsencode(path)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if _PLAIN.fullmatch(data):
            return f"{path}\t" if " " in path else path
    return '"' + "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}" for byte in data) + '"'


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")[:-1]] + ([rest] if (rest := text.rpartition("\n")[2]) else [])


def _ended(line: str) -> tuple[str, ...]:
    return (line[:-1],) if line.endswith("\n") else (line, "\\ No newline at end of file")
