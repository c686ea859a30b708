"""Source text: bytes decoded once, offsets everywhere, lines and columns only at the edge.

Offsets count code points of the decoded text with every line ending read as a line feed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate, count, takewhile
from operator import add
from typing import NamedTuple

MAX_BYTES = 32 * 1024 * 1024
"""Larger files are refused: no lecture is this long, and an answer would take minutes."""


_COMMON = 0.9  # of the characters beyond ASCII are in GB 2312, if a text is Chinese
_MOST_COMPARED = 2000  # lines: comparing takes the square of it


class Span(NamedTuple):
    """Half-open range of offsets in a source."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether both ranges share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


as_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
"""A pair as a span, made without running any Python code: reading a deck makes thousands."""


class Position(NamedTuple):
    """A place as people count it: line and column from 1, columns in code points."""

    line: int
    column: int


FIRST = Position(1, 1)
"""Where every file begins."""


class UnreadableSource(Exception):
    """Bytes that are no deck text; `reason` is a stable word, `position` the first bad place."""

    def __init__(self, reason: str, position: Position = FIRST) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position


class Source:
    """One decoded file: its text, where its lines begin, and what a writer must restore."""

    __slots__ = ("_endings", "bom", "line_starts", "newline", "path", "text")

    def __init__(self, text: str, path: str = "<text>", *, newline: str = "\n", bom: bool = False) -> None:
        """`text` must have line feeds only; `newline` is what the file used most."""
        self.text = text
        self.path = path
        self.newline = newline
        self.bom = bom
        before = accumulate(map(len, text.split("\n")[:-1]), initial=0)
        self.line_starts: list[int] = list(map(add, before, count()))
        """Offset of the first character of each line: as many characters stand before it, and as many line feeds as lines."""
        self._endings: list[str] | None = None

    @classmethod
    def decode(cls, data: bytes, path: str = "<text>") -> Source:
        """Decode the bytes of a file.

        Raises:
            UnreadableSource: too large, binary, UTF-16 or any other encoding than UTF-8.
        """
        if len(data) > MAX_BYTES:
            raise UnreadableSource("too-large")
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise UnreadableSource("utf-16")
        if (nul := data.find(b"\0")) >= 0:
            raise UnreadableSource("binary", Position(data.count(b"\n", 0, nul) + 1, 1))
        bom = data.startswith(b"\xef\xbb\xbf")
        body = data[3:] if bom else data
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as error:
            reason = (
                "not-utf-8" if error.end == len(body) else _other_encoding(data)
            )  # a cut character at the end, or another encoding
            raise UnreadableSource(reason, _place_of(body, error.start)) from None
        newline, endings = "\n", None
        if "\r" in text:
            newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
            endings = re.findall(r"\r\n?|\n", text)
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        source = cls(text, path, newline=newline, bom=bom)
        source._endings = endings if endings and len(set(endings)) > 1 else None
        return source

    def line(self, offset: int) -> int:
        """Line number, from 1, of an offset."""
        return bisect_right(self.line_starts, offset)

    def position(self, offset: int) -> Position:
        """Line and column, from 1, of an offset."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The range of a line, from 1, without its line ending."""
        starts = self.line_starts
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        return Span(starts[line - 1], end)

    def line_of(self, offset: int) -> Span:
        """The range of the line that holds an offset, without its line ending."""
        return self.line_span(self.line(offset))

    def slice(self, span: Span) -> str:
        """The characters of a range."""
        return self.text[span.start : span.end]

    def encode(self, text: str) -> bytes:
        """Bytes for `text`, a changed form of this source, with the byte order mark and the line endings that it came with."""
        if self._endings is not None:
            text = self._with_own_endings(text, self._endings)
        elif self.newline != "\n":
            text = text.replace("\n", self.newline)
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode("utf-8")

    def _with_own_endings(self, text: str, endings: list[str]) -> str:
        """Give each line that was kept the ending that it had, and new lines the usual one: for files that mix them."""
        from difflib import SequenceMatcher

        old, new = self.text.split("\n"), text.split("\n")
        head = _shared(old, new)
        tail = min(_shared(reversed(old), reversed(new)), min(len(old), len(new)) - head)
        middle = old[head : len(old) - tail], new[head : len(new) - tail]
        wanted = [*endings[:head], *[self.newline] * len(middle[1]), *endings[len(old) - tail :]]
        if max(map(len, middle)) <= _MOST_COMPARED:
            for i, j, size in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
                wanted[head + j : head + j + size] = endings[head + i : head + i + size]
        return "".join(part for pair in zip(new, (*wanted[: len(new) - 1], ""), strict=True) for part in pair)


def _shared(old: Iterable[str], new: Iterable[str]) -> int:
    """How many lines two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def recoded(data: bytes, reason: str) -> bytes | None:
    """A file in UTF-8 that was read as `gb18030` or `utf-16` (the reasons of UnreadableSource); None where it cannot be told.

    Its line endings stay what they are, a byte order mark goes.
    """
    if reason not in ("gb18030", "utf-16"):
        return None
    try:
        return data.decode(reason).encode("utf-8")
    except UnicodeError:
        return None


def _other_encoding(data: bytes) -> str:
    """Two bytes of an old Western encoding may be a character of GB18030 too, but hardly ever one of the common ones."""
    try:
        foreign = [char for char in data.decode("gb18030") if char > "\x7f"]
    except UnicodeDecodeError:
        return "not-utf-8"
    common = sum(len(char.encode("gb2312", "ignore")) > 0 for char in foreign)
    return "gb18030" if common >= _COMMON * len(foreign) else "not-utf-8"


def _place_of(data: bytes, at: int) -> Position:
    start = data.rfind(b"\n", 0, at) + 1
    return Position(data.count(b"\n", 0, at) + 1, len(data[start:at].decode("utf-8")) + 1)
