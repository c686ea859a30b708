"""Source text: bytes decoded once, offsets everywhere, lines and columns only at the edge.

Offsets count code points of the decoded text with every line ending read as a line feed.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

MAX_BYTES = 32 * 1024 * 1024
"""Larger files are refused: no lecture is this long, and an answer would take minutes."""


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

    __slots__ = ("_line_starts", "bom", "newline", "path", "text")

    def __init__(self, text: str, path: str = "<text>", *, newline: str = "\n", bom: bool = False) -> None:
        """`text` must have line feeds only; `newline` is what the file used most."""
        self.text = text
        self.path = path
        self.newline = newline
        self.bom = bom
        self._line_starts: list[int] | None = None

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
        newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return cls(text, path, newline=newline, bom=bom)

    @property
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line."""
        if self._line_starts is None:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._line_starts = starts
        return self._line_starts

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
        """Bytes for `text` with the newline style and byte order mark that this source came with."""
        if self.newline != "\n":
            text = text.replace("\n", self.newline)
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode("utf-8")


def _other_encoding(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "not-utf-8"
    return "gb18030"


def _place_of(data: bytes, at: int) -> Position:
    start = data.rfind(b"\n", 0, at) + 1
    return Position(data.count(b"\n", 0, at) + 1, len(data[start:at].decode("utf-8")) + 1)
