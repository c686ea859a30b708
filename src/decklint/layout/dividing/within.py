"""The parts of single blocks that may stand on a slide of their own: rows of tables, lines, quoted blocks.

Each takes the source of the deck, and a block with its box; it yields nothing where the block has to stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, repeat

from decklint.deck.nodes import Block, Image, Inline, LineBreak, Paragraph, Quote, Table, TableRow
from decklint.deck.walk import of_type
from decklint.layout.dividing.sentences import places_in
from decklint.layout.dividing.unit import Unit, low
from decklint.layout.lines.text import Line
from decklint.layout.model import Box
from decklint.text import Source, Span

_ROW, _LINE, _PART, _MIDST = 0.1, 0.4, 0.3, 1.5
"""How awkward it is to begin a slide inside a table, a text with hard lines, a quote, a sentence."""
_FINAL, _COMMAS = ".!?:;。！？：；", ",，、"
_FULL = 0.6
"""Of the width: a line that is longer may have been ended for want of room."""
_LOOK = 20
"""Characters: more blanks than that at the end of a line are not looked through."""
_BEGINS_TEXT = re.compile(r"(?! {4}|\t)[ ]*(?![-+*#>|~=<_:\[]|`{3}|\$\$|\d{1,9}[.)])\S")
"""A line that is the same text where a block begins with it."""
_BEGINS_SENTENCE = re.compile(rf"{_BEGINS_TEXT.pattern}|\*\*[^\s*]")
"""The same for what stands behind the end of a sentence."""
_QUOTED = re.compile(r" {0,3}> ?")


def table(source: Source, box: Box, node: Table) -> Iterator[Unit]:
    """The first row with the head, then row by row."""
    rows = [child for child in box.children if isinstance(child.node, TableRow)]
    if len(rows) != len(node.blocks) or len(rows) < 3 or any(of_type(rows[0].node or node, Image)):
        return
    ruler = source.line_of(min(len(source.text), source.line_of(node.span.start).end + 1))
    head = source.slice(Span(source.line_of(node.span.start).start, ruler.end)).rstrip() + "\n"
    takes = rows[1].y - box.y
    yield Unit(node, box.y, rows[1].y + rows[1].height)
    for row in rows[2:]:
        assert isinstance(row.node, Block)
        yield Unit(row.node, row.y, row.y + row.height, again=head, again_takes=takes, cost=_ROW)


def hard_lines(source: Source, box: Box, node: Paragraph, *, quoted: bool = False, through: bool = False) -> Iterator[Unit]:
    """The lines that a text is written in, where each is shown as one; `through`: also the sentences and pictures in them."""
    breaks = [inline for inline in node.inlines if isinstance(inline, LineBreak) and inline.shown]
    if not (breaks or through) or not box.rows or abs(sum(row.height for row in box.rows) - box.height) > 1:
        return
    starts = [node.span.start, *(source.line_of(inline.span.end).start for inline in breaks)]
    tops = list(accumulate((row.height for row in box.rows), initial=box.y))
    places = _first_rows(box, starts)
    if places is None:
        return
    lines = _inlines(node, starts) if through else repeat([])
    for number, (start, (row, end), line) in enumerate(zip(starts, pairwise((*places, len(box.rows))), lines, strict=False)):
        unit = Unit(node, tops[row], tops[end])
        if number:
            unit.at, unit.cost = start, _LINE
            unit.opens = _begins(source, unit, breaks[number - 1], quoted=quoted)
            if _goes_on(source, start, box, box.rows[places[number - 1] : row]):
                unit.opens, unit.cost = unit.opens and through, _MIDST
        for place in places_in(source, line, box.rows[row:end]):
            if _BEGINS_SENTENCE.match(source.text, place.at):
                unit.bottom = tops[row + place.ends]
                yield unit
                unit = Unit(node, tops[row + place.begins], tops[end], at=place.at, cost=place.cost, dropped=place.dropped)
        yield unit


def _inlines(node: Paragraph, starts: list[int]) -> list[list[Inline]]:
    """The inline nodes of each line that begins at one of `starts`."""
    lines: list[list[Inline]] = [[] for _ in starts]
    at = 0
    for inline in node.inlines:
        while at + 1 < len(starts) and inline.span.start >= starts[at + 1]:
            at += 1
        lines[at].append(inline)
    return lines


def _first_rows(box: Box, starts: list[int]) -> list[int] | None:
    """The row that each line begins with; None where one begins inside of a row."""
    at = 0
    rows = []
    for start in starts:
        while at < len(box.rows) and box.rows[at].source < start:
            at += 1
        rows.append(at)
    if rows[0] != 0 or any(later <= earlier for earlier, later in pairwise(rows)) or rows[-1] >= len(box.rows):
        return None
    return rows


def _begins(source: Source, unit: Unit, before: LineBreak, *, quoted: bool) -> bool:
    """Whether a line reads the same as the first of a block; what is indented is moved to the left."""
    line = source.slice(source.line_of(unit.at))
    mark = _QUOTED.match(line) if quoted else None
    if quoted and mark is None:
        return False
    text = line[mark.end() :] if mark else line.lstrip()
    if not mark:
        unit.dropped = Span(unit.at, unit.at + len(line) - len(text))
    ends_in_mark = source.text[: unit.at].endswith("\\\n")
    return before.parent is unit.node and not ends_in_mark and _BEGINS_TEXT.match(text) is not None


def _goes_on(source: Source, start: int, box: Box, rows: Sequence[Line]) -> bool:
    """Whether a sentence goes on in the line that begins at `start`: the one before, shown in `rows`, ends because it is full."""
    before = source.text[max(0, start - _LOOK) : start].rstrip("\\ \t\n")
    is_small = source.text[start : start + 1].islower() and before[-1:] not in _FINAL
    return (is_small or before[-1:] in _COMMAS) and (len(rows) > 1 or rows[0].width > _FULL * box.width)


def quote(source: Source, box: Box, node: Quote) -> Iterator[Unit]:
    """The blocks of a quote and their lines, where each line of it is marked as quoted."""
    lines = source.slice(Span(source.line_of(node.span.start).start, node.span.end)).splitlines()
    if not all(_QUOTED.match(line) for line in lines):
        return
    number = 0
    for child in box.children:
        parts = list(hard_lines(source, child, child.node, quoted=True)) if isinstance(child.node, Paragraph) else []
        if not parts and isinstance(child.node, Block):
            parts = [Unit(child.node, child.y, max(child.y + child.height, low(child)))]
        for unit in parts:
            unit.again_takes, unit.cost = (child.y - box.y if number else 0.0), unit.cost or (_PART if number else 0.0)
            unit.top = unit.top if number else box.y
            number += 1
            yield unit
