"""The places inside a line of text where a slide may begin: behind the end of a sentence, and before a picture behind another.

Taken where nothing else helps. A place stands in plain text, never inside markup, brackets or quotation marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import ceil, floor

from decklint.deck.nodes import CodeSpan, Comment, Image, Inline, InlineMath, LineBreak, Styled, Text
from decklint.layout.lines.text import Line
from decklint.records import dataclass
from decklint.text import Source, Span

_SENTENCE, _PICTURE = 0.9, 0.3
"""How awkward it is to begin a slide with a sentence, or with a picture that stood beside another."""
_END = re.compile(r"[。！？]+[”’」』）]*|(?<=[^\W\d_]{2})[.!?][”’\"')]*(?=\s+(?:[“\"(]?[A-Z]|$))")
_SHORT = re.compile(
    r"\b(?:etc|vs|cf|al|fig|figs|eq|eqs|sec|ch|vol|pp|no|nos|ed|eds|dr|mr|mrs|ms|prof|st|inc|ltd|co|corp|dept|univ|approx|ca)$",
    re.IGNORECASE,
)
"""Words whose full stop ends no sentence."""
_OPENING, _CLOSING = "（(「『“《[【", "）)」』”》]】"
_WIDE = "\u2e80"
"""From here on characters are as wide as two."""
_DOUBT = 0.5
"""Of a line: how far from where it is reckoned to stand a place may be, since letters differ in width."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slide may begin inside a line, and which of its rows stand before and behind."""

    at: int
    """In the source: the first character behind."""
    dropped: Span
    """The blanks before it."""
    ends: int
    """The row behind the last one that what stands before it takes part in."""
    begins: int
    """The first row that what stands behind it takes part in: alone it needs no more rows than from here on."""
    cost: float


def places_in(source: Source, line: Sequence[Inline], rows: Sequence[Line]) -> list[Place]:
    """The places inside one line of a text; `rows` are those that it is shown in."""
    if any(isinstance(inline, Image) and not inline.is_background for inline in line):
        return list(_pictures(source, line, rows))
    total = sum(map(_weight, line)) if len(rows) > 1 else 0.0
    if not total:
        return []
    notes = {inline.span.start: inline.span.end for inline in line if isinstance(inline, Comment)}
    found = []
    for start, before in _ends(line):
        row = len(rows) * before / total
        at = _behind_blanks(source, start)
        while at in notes:  # a note stays with the sentence before it
            start = notes[at]
            at = _behind_blanks(source, start)
        if at >= line[-1].span.end:
            break
        ends, begins = min(len(rows), ceil(row + _DOUBT)), max(0, floor(row - _DOUBT))
        found.append(Place(at, Span(start, at), ends, begins, _SENTENCE))
    return found


def _behind_blanks(source: Source, at: int) -> int:
    while at < len(source.text) and source.text[at] in " \t\n":
        at += 1
    return at


def _pictures(source: Source, line: Sequence[Inline], rows: Sequence[Line]) -> Iterator[Place]:
    """Before each picture that stands right behind another."""
    starts = [row.source for row in rows]
    last = -1
    for inline in line:
        if isinstance(inline, Image) and not inline.is_background:
            row = max(0, bisect_right(starts, inline.span.start) - 1)
            if last >= 0:
                start = inline.span.start
                while source.text[start - 1] in " \t\n":
                    start -= 1
                yield Place(inline.span.start, Span(start, inline.span.start), last + 1, row, _PICTURE)
            last = row
        elif not isinstance(inline, LineBreak) and not (isinstance(inline, Text) and not inline.value.strip()):
            last = -1


def _ends(line: Sequence[Inline]) -> Iterator[tuple[int, float]]:
    """Where sentences end that stand in no brackets: the offset in the source, and how wide what stands before it is."""
    depth = 0
    before = 0.0
    for inline in line:
        if isinstance(inline, Text) and len(inline.value) == inline.span.end - inline.span.start:
            text, done = inline.value, 0
            for match in _END.finditer(text):
                part = text[done : match.end()]
                depth += sum(map(part.count, _OPENING)) - sum(map(part.count, _CLOSING))
                before, done = before + _width(part), match.end()
                if depth == 0 and not _SHORT.search(text, max(0, match.start() - 8), match.start()):
                    yield inline.span.start + match.end(), before
            part = text[done:]
            depth += sum(map(part.count, _OPENING)) - sum(map(part.count, _CLOSING))
            before += _width(part)
        else:
            before += _weight(inline)


def _weight(inline: Inline) -> float:
    """How wide an inline node is, in letters."""
    if isinstance(inline, Text):
        return _width(inline.value)
    if isinstance(inline, Styled):
        return sum(map(_weight, inline.content))
    if isinstance(inline, (CodeSpan, InlineMath)):
        return _width(inline.value)
    return 1.0 if isinstance(inline, LineBreak) else 0.0


def _width(text: str) -> float:
    return len(text) + sum(character >= _WIDE for character in text)
