"""Patterns of paths: `*` and `?` inside a name, `**` for any folders. A pattern that fits a folder fits all that is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from decklint.config.saying import Said, say
from decklint.records import dataclass


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


def trouble(pattern: str) -> Said | None:
    """What is wrong with a pattern, and what to write instead; None where nothing is."""
    if (found := _trouble(pattern)) is None:
        return None
    return say('the glob "{pattern}" {found}', '路径模式 "{pattern}" {found}', pattern=pattern, found=found)


_FROM_HERE = Said("globs start from the folder of this file", "路径模式从本文件所在的文件夹算起")


def _trouble(pattern: str) -> Said | None:
    """The rest of a sentence that begins with the pattern."""
    if not pattern.strip("/. "):
        if pattern.strip("/."):
            return Said("fits nothing", "不匹配任何文件")
        return Said('names no file; write "**"', '没有指明文件；请写 "**"')
    if "\\" in pattern:
        return say('has a backslash; write "{cure}"', '含有反斜杠；请写 "{cure}"', cure=pattern.replace("\\", "/"))
    if pattern.startswith("/"):
        return say(
            'is absolute; write ".{pattern}", from the folder of this file',
            '是绝对路径；请从本文件所在的文件夹写起：".{pattern}"',
            pattern=pattern,
        )
    if re.match(r"[A-Za-z]:", pattern):
        return say("is absolute; {cure}", "是绝对路径；{cure}", cure=_FROM_HERE)
    if ".." in pattern.split("/"):
        return Said("leads out of the folder of this file", "超出了本文件所在的文件夹")
    if pattern.startswith("~/"):
        return say('begins with "~"; {cure}', '以 "~" 开头；{cure}', cure=_FROM_HERE)
    if pattern.startswith("!"):
        return Said('begins with "!"; what is not matched needs no glob', '以 "!" 开头；不匹配的文件无须写出')
    if special := re.search(r"[\[{]", pattern):
        return say(
            'has a "{sign}"; only *, ** and ? stand for other characters',
            '含有 "{sign}"；只有 *、** 和 ? 可以代表其他字符',
            sign=special[0],
        )
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
