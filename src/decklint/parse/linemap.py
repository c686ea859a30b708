"""Where the characters of a derived text stand in the source.

mistune parses containers by building a new text: every line of a quote or list item is a suffix of a source line, up to
spaces that were made from tabs. So one number per line is enough to map any offset back, however deep the nesting.
"""

from __future__ import annotations

from bisect import bisect_right

from decklint.text import Span, as_span


class Identity:
    """The map of a text that stands in the source as it is, from `offset` on."""

    __slots__ = ("offset",)

    def __init__(self, offset: int = 0) -> None:
        self.offset = offset

    def __call__(self, at: int) -> int:
        """The source offset of a text offset."""
        return self.offset + at

    def span(self, start: int, end: int) -> Span:
        """The source range of a text range."""
        offset = self.offset
        return as_span((offset + start, offset + (end if end > start else start)))

    def made_up_at(self, at: int) -> int:
        """How many characters from `at` on exist only in the text."""
        return 0


class LineMap:
    """The place in the source of every character of a text.

    Line i of the text begins at `starts[i]`; its first `made_up[i]` characters exist only in the text (an expanded tab);
    the rest lies in the source from `places[i]` on, without a gap.
    """

    __slots__ = ("made_up", "places", "starts")

    def __init__(self, starts: list[int], made_up: list[int], places: list[int]) -> None:
        self.starts = starts
        self.made_up = made_up
        self.places = places

    def __call__(self, at: int) -> int:
        """The source offset of a text offset."""
        i = bisect_right(self.starts, at) - 1
        inside = at - self.starts[i] - self.made_up[i]
        return self.places[i] + inside if inside > 0 else self.places[i]

    def span(self, start: int, end: int) -> Span:
        """The source range of a text range."""
        begin = self(start)
        if end <= start:
            return as_span((begin, begin))
        i = bisect_right(self.starts, end - 1) - 1
        inside = end - self.starts[i] - self.made_up[i]
        return as_span((begin, self.places[i] + inside if inside > 0 else self.places[i]))

    def made_up_at(self, at: int) -> int:
        """How many characters from `at` on exist only in the text."""
        i = bisect_right(self.starts, at) - 1
        left = self.made_up[i] - (at - self.starts[i])
        return left if left > 0 else 0


ToSource = Identity | LineMap


def child_map(to_source: ToSource, parent: str, child: str, at: int) -> LineMap:
    """The map of a container's text, whose lines are the tails of the lines of `parent` from offset `at` on."""
    starts: list[int] = []
    made_up: list[int] = []
    places: list[int] = []
    start = 0
    for child_line in child.split("\n"):
        stop = parent.find("\n", at)
        if stop < 0:
            stop = len(parent)
        line = parent[at:stop]
        if line.endswith(child_line):  # the usual case: nothing but the head was cut
            pad, column = 0, len(line) - len(child_line)
        else:
            pad, column = _shared_tail(line, child_line)
        here = at + column
        starts.append(start)
        made_up.append(pad + to_source.made_up_at(here))
        places.append(to_source(here))
        start += len(child_line) + 1
        at = stop + 1
    return LineMap(starts, made_up, places)


def glued_map(to_source: ToSource, text: str, segments: list[tuple[int, int]]) -> ToSource:
    """The map of a leaf's text that was put together from `segments`: (offset in the leaf, offset in the mapped text)."""
    if len(segments) == 1:
        start, origin = segments[0]
        if type(to_source) is Identity:  # the text has no gap
            return Identity(to_source.offset + origin - start) if origin != start else to_source
        if "\n" not in text and not to_source.made_up_at(origin):
            return Identity(to_source(origin) - start)
    starts: list[int] = []
    made_up: list[int] = []
    places: list[int] = []
    ends = [*(segment[0] for segment in segments[1:]), len(text)]
    for (start, origin), end in zip(segments, ends, strict=True):
        at = start
        while True:
            here = origin + at - start
            starts.append(at)
            made_up.append(to_source.made_up_at(here))
            places.append(to_source(here))
            at = text.find("\n", at, end) + 1
            if not at or at >= end:
                break
    return LineMap(starts, made_up, places)


def _shared_tail(parent_line: str, child_line: str) -> tuple[int, int]:
    """How many characters of the child's line are made up, and the column where the shared tail begins in the parent's."""
    body = child_line.lstrip(" ")
    if not body:
        return len(child_line), len(parent_line)
    column = len(parent_line) - len(body) if parent_line.endswith(body) else parent_line.rfind(body)
    pad = len(child_line) - len(body)
    while pad and column and parent_line[column - 1] == " ":
        pad, column = pad - 1, column - 1
    return pad, column
