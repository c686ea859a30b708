"""Regular expressions, translated once and kept.

Translating the patterns of all rules takes longer than reading a deck does; reading them translated takes a few milliseconds.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import atexit
import json
import os
import re
import sys
import zlib
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, TypeVar

_MOST = 5000
"""Kept patterns; where there are more, some belong to files that have changed."""
_OPENS = b"decklint patterns 3\n"
_NUMBER = 4  # bytes of a length, of a checksum, and of a word of code
_DEBUG = re.DEBUG.value

Key = tuple[str, int]
"""A pattern and the flags that it is asked for with."""
Translation = tuple[Any, ...]
"""What the engine is told: all flags, the code, the number of groups, the groups by name, the names in order.

The code is an array of numbers, or the view of a part of one.
"""

_constant: set[CodeType] = set()

F = TypeVar("F", bound=Callable[..., Any])


def constant(function: F) -> F:
    """Declare that the patterns made in a function are the same for every deck, so that they are worth keeping."""
    _constant.add(function.__code__)
    return function


def use(folder: Path) -> None:
    """Let `re` look among the patterns kept in `folder` first, until the process ends; then those that are new are kept too.

    Called again, with another folder, that is the one where they are kept. Each Python has a file of its own there: a
    translation is good for the version that made it. Where `re` is not as it is known to be, nothing is done, and patterns are
    translated as ever.
    """
    compiler: Any = getattr(re, "_compiler", None)
    is_known = sys.implementation.name == "cpython" and getattr(compiler, "_sre", None) is _sre and hasattr(compiler, "compile")
    if not is_known:
        return
    python = f"{sys.implementation.cache_tag}-{sys.hexversion:08x}-{_sre.MAGIC}-{_sre.CODESIZE}-{sys.byteorder}"
    path = folder / f"patterns-{python}.bin"
    used = getattr(compiler.compile, "__self__", None)
    if isinstance(used, Patterns):
        used.keep_in(path)
        return
    patterns = Patterns(compiler, path)
    compiler.compile = patterns.compile
    atexit.register(patterns.keep)


class Patterns:
    """Patterns by what they are asked for with, before the translator of `re`."""

    def __init__(self, compiler: Any, path: Path) -> None:
        """`compiler` is the translator; `path` the file with what is kept, which need not be there."""
        self._compiler = compiler
        self._translated = compiler.compile
        self._path = path
        self._kept = _read(path)
        self._used: dict[Key, Translation] = {}
        self._is_more = False

    def keep_in(self, path: Path) -> None:
        """Keep patterns in another file, also those that have been found in the first."""
        if path != self._path:
            self._path, there = path, _read(path)
            self._is_more = self._is_more or not there.keys() >= self._used.keys()
            self._kept = there | self._used

    def compile(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        """The pattern, as `re` itself would make it."""
        if type(pattern) is str and not flags & _DEBUG:
            kept = self._kept.get((pattern, flags))
            if kept is not None and (made := _made(pattern, kept)) is not None:
                self._used[pattern, flags] = kept
                return made
            if _is_part_of_a_program(pattern):
                return self._recorded(pattern, flags)
        translated: re.Pattern[Any] = self._translated(pattern, flags)
        return translated

    def _recorded(self, pattern: str, flags: int) -> re.Pattern[Any]:
        """Translate a pattern, and remember what the engine is told."""
        engine = self._compiler._sre = _Listening()
        try:
            translated: re.Pattern[Any] = self._translated(pattern, flags)
        finally:
            self._compiler._sre = _sre
        if len(engine.told) == 1:  # more are those of other threads
            _, all_flags, code, *groups = engine.told[0]
            self._used[pattern, flags] = (all_flags, array("I", code), *groups)
            self._is_more = True
        return translated

    def keep(self) -> None:
        """Write the file, whole or not at all, where there is something new; one that cannot be written is no error."""
        if not self._is_more:
            return
        self._is_more = False
        kept = self._kept | self._used
        data = _written(kept if len(kept) <= _MOST else self._used)
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(_OPENS + zlib.crc32(data).to_bytes(_NUMBER, "big") + data)
            temporary.replace(self._path)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


class _Listening:
    """The engine, where what it is told to make is written down."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(_sre, name)

    def compile(self, *told: Any) -> Any:
        self.told.append(told)
        return _sre.compile(*told)


def _made(pattern: str, kept: Translation) -> re.Pattern[Any] | None:
    """The pattern as kept; None where the engine refuses it. It looks at the code before it takes it."""
    try:
        all_flags, code, groups, by_name, names = kept
        made: re.Pattern[Any] = _sre.compile(pattern, all_flags, code.tolist(), groups, by_name, tuple(names))
    except (OverflowError, RuntimeError, TypeError, ValueError):
        return None
    return made


def _is_part_of_a_program(pattern: str) -> bool:
    """Whether a pattern is the same for every deck.

    It is where it is a constant of the code that asks for it, or made while a module is imported or a function declared so runs.
    """
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_globals.get("__name__") == "re":
        frame = frame.f_back
    if frame is not None and pattern in frame.f_code.co_consts:
        return True
    while frame is not None:
        if frame.f_code in _constant:
            return True
        if frame.f_code.co_name == "<module>":
            return frame.f_globals.get("__name__") != "__main__"
        frame = frame.f_back
    return False


def _written(kept: dict[Key, Translation]) -> bytes:
    """The length of a table, the table as JSON, and behind it the code of all patterns in one array."""
    code = array("I")
    rows = []
    for key, (all_flags, words, *groups) in kept.items():
        rows.append((*key, len(words), all_flags, *groups))
        code.extend(words)
    table = json.dumps(rows).encode()
    return len(table).to_bytes(_NUMBER, "big") + table + code.tobytes()


def _read(path: Path) -> dict[Key, Translation]:
    """What is kept in a file; nothing where it is missing, cut off or damaged."""
    head = len(_OPENS) + _NUMBER
    kept: dict[Key, Translation] = {}
    try:
        data = path.read_bytes()
        body = memoryview(data)[head:]
        if data[:head] != _OPENS + zlib.crc32(body).to_bytes(_NUMBER, "big"):
            return {}
        start = _NUMBER + int.from_bytes(body[:_NUMBER], "big")
        code, at = body[start:].cast("I"), 0
        for pattern, flags, size, all_flags, *groups in json.loads(bytes(body[_NUMBER:start])):
            kept[pattern, flags] = all_flags, code[at : at + size], *groups
            at += size
    except (OSError, RecursionError, TypeError, ValueError):
        return {}
    return kept
