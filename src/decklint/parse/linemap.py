"""Where the characters of a derived text stand in the source.

mistune parses containers by building a new text: every line of a quote or list item is a suffix of a source line, up to
spaces that were made from tabs. So one number per line is enough to map any offset back, however deep the nesting.
"""

from __future__ import annotations

from bisect import bisect_right

from decklint.text import Span


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

    @classmethod
    def identity(cls, text: str, offset: int = 0) -> LineMap:
        """The map of a text that stands in the source as it is, from `offset` on."""
        starts = line_starts(text)
        return cls(starts, [0] * len(starts), [offset + start for start in starts])

    def __call__(self, at: int) -> int:
        """The source offset of a text offset."""
        i = bisect_right(self.starts, at) - 1
        return self.places[i] + max(0, at - self.starts[i] - self.made_up[i])

    def span(self, start: int, end: int) -> Span:
        """The source range of a text range."""
        if end <= start:
            return Span(self(start), self(start))
        last = end - 1
        i = bisect_right(self.starts, last) - 1
        within_made_up = last - self.starts[i] < self.made_up[i]
        return Span(self(start), self(last) + (not within_made_up))

    def child(self, child: str, parent: str, at: int) -> LineMap:
        """The map of a container's text, whose lines are the tails of the lines of `parent` from offset `at` on."""
        starts, made_up, places = line_starts(child), [], []
        for start, end in zip(starts, [*starts[1:], len(child) + 1], strict=True):
            stop = parent.find("\n", at)
            line = parent[at : stop if stop >= 0 else len(parent)]
            pad, column = _shared_tail(line, child[start : end - 1])
            i = bisect_right(self.starts, at + column) - 1
            made_up.append(pad + max(0, self.made_up[i] - (at + column - self.starts[i])))
            places.append(self(at + column))
            at += len(line) + 1
        return LineMap(starts, made_up, places)

    def glued(self, text: str, segments: list[tuple[int, int]]) -> LineMap:
        """The map of a leaf's text that was put together from `segments`: (offset in the leaf, offset in this text)."""
        starts: list[int] = []
        made_up: list[int] = []
        places: list[int] = []
        ends = [*(segment[0] for segment in segments[1:]), len(text)]
        for (start, origin), end in zip(segments, ends, strict=True):
            at = start
            while True:
                here = origin + at - start
                i = bisect_right(self.starts, here) - 1
                starts.append(at)
                made_up.append(max(0, self.made_up[i] - (here - self.starts[i])))
                places.append(self(here))
                at = text.find("\n", at, end) + 1
                if not at or at >= end:
                    break
        return LineMap(starts, made_up, places)


def line_starts(text: str) -> list[int]:
    """The offset of each line of a text."""
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


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
