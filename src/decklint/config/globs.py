"""Patterns of paths: `*` and `?` inside a name, `**` for any folders. A pattern that fits a folder fits all that is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern and the folder that it starts from. Letter case counts on every system."""

    pattern: str
    folder: Path

    def matches(self, path: Path) -> bool:
        """Whether an absolute path fits, or lies in a folder that does."""
        if not path.is_relative_to(self.folder):
            return False
        return _fits(_parts(self.pattern), path.relative_to(self.folder).parts)


def is_anywhere(pattern: str) -> bool:
    """Whether a pattern is a mere name, which fits at any depth."""
    return "/" not in pattern.rstrip("/")


def trouble(pattern: str) -> str | None:
    """What is wrong with a pattern, and what to write instead; None where nothing is."""
    if not pattern.strip("/. "):
        return f'the glob "{pattern}" fits nothing' if pattern.strip("/.") else f'the glob "{pattern}" names no file; write "**"'
    if "\\" in pattern:
        return f'the glob "{pattern}" has a backslash; write "{pattern.replace(chr(92), "/")}"'
    if pattern.startswith("/"):
        return f'the glob "{pattern}" is absolute; write ".{pattern}", from the folder of this file'
    if re.match(r"[A-Za-z]:", pattern):
        return f'the glob "{pattern}" is absolute; globs start from the folder of this file'
    if ".." in pattern.split("/"):
        return f'the glob "{pattern}" leads out of the folder of this file'
    if pattern.startswith("~/"):
        return f'the glob "{pattern}" begins with "~"; globs start from the folder of this file'
    if pattern.startswith("!"):
        return f'the glob "{pattern}" begins with "!"; what is not matched needs no glob'
    if special := re.search(r"[\[{]", pattern):
        return f'the glob "{pattern}" has a "{special[0]}"; only *, ** and ? stand for other characters'
    return None


def _parts(pattern: str) -> list[str]:
    names = [re.sub(r"\*{3,}", "**", name) for name in pattern.rstrip("/").split("/") if name not in ("", ".")]
    return [*["**"] * is_anywhere(pattern), *names, "**"]


def _fits(parts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether names, one by one, fit parts, of which `**` takes any number. Takes at most the product of both lengths."""
    part = name = taken = 0
    last = -1
    while name < len(names):
        if part < len(parts) and parts[part] == "**":
            last, taken = part, name
            part += 1
        elif part < len(parts) and fnmatchcase(names[name], parts[part]):
            part, name = part + 1, name + 1
        elif last >= 0:
            taken += 1
            part, name = last + 1, taken
        else:
            return False
    return all(each == "**" for each in parts[part:])
