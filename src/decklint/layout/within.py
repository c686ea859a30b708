"""The parts of single blocks that may stand on a slide of their own: rows of tables, pieces of code, hard lines, quoted blocks.

Each takes the source of the deck, and a block with its box; it yields nothing where the block has to stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from decklint.deck.nodes import Block, CodeBlock, Image, LineBreak, Paragraph, Quote, Table, TableRow
from decklint.deck.walk import of_type
from decklint.layout.codecuts import code_cuts
from decklint.layout.model import Box
from decklint.layout.unit import Unit, low
from decklint.text import Source, Span

_ROW, _LINE, _PART = 0.1, 0.4, 0.3
"""How awkward it is to begin a slide inside a table, a text with hard lines, a quote."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^\n]*")
_BEGINS_TEXT = re.compile(r"(?! {4}|\t)[ ]*(?![-+*#>|~=<_:\[]|`{3}|\$\$|\d{1,9}[.)])\S")
"""A line that is the same text where a block begins with it."""
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


def code(source: Source, box: Box, node: CodeBlock) -> Iterator[Unit]:
    """Pieces of code, as tall as they are where nothing scales them down."""
    inner = box.children[0] if box.children else box
    lines = node.value.removesuffix("\n").split("\n")
    first = source.line_of(node.span.start)
    fence = _FENCE.fullmatch(source.slice(first))
    if fence is None or len(inner.rows) != len(lines):
        return
    cuts = code_cuts(lines, node.info)
    ends = [row.height / inner.scale for row in inner.rows]
    ends = [0.0, *accumulate(ends)]
    above = (inner.y - box.y) / box.scale
    below = (box.y + box.height - inner.y - inner.height) / box.scale
    bounds = [0, *(number for number, _ in cuts), len(lines)]
    for (start, end), (_, cost) in zip(pairwise(bounds), [(0, 0.0), *cuts], strict=True):
        unit = Unit(node, box.y + above + ends[start], box.y + above + ends[end] + below)
        if not start:
            unit.top = box.y
        else:
            unit.at = source.line_of(inner.rows[start].source).start
            last = start - 1
            while not lines[last].strip():
                last -= 1
            blank = source.line_of(inner.rows[last].source).end + 1
            unit.dropped = Span(min(blank, unit.at), unit.at)
            unit.closes, unit.again = f"{fence[1]}\n", source.slice(first).strip() + "\n"
            unit.again_takes, unit.cost = above, cost
        yield unit


def hard_lines(source: Source, box: Box, node: Paragraph, *, quoted: bool = False) -> Iterator[Unit]:
    """The lines that a text is written in, where each is shown as one."""
    breaks = [inline for inline in node.inlines if isinstance(inline, LineBreak) and inline.shown]
    if not breaks or not box.rows or abs(sum(row.height for row in box.rows) - box.height) > 1:
        return
    starts = [node.span.start, *(source.line_of(inline.span.end).start for inline in breaks)]
    tops = [box.y, *accumulate((row.height for row in box.rows), initial=box.y)][1:]
    at = 0
    places = []
    for start in starts:
        while at < len(box.rows) and box.rows[at].source < start:
            at += 1
        places.append(at)
    if places[0] != 0 or any(later <= earlier for earlier, later in pairwise(places)) or places[-1] >= len(box.rows):
        return
    for number, (start, (row, end)) in enumerate(zip(starts, pairwise((*places, len(box.rows))), strict=True)):
        unit = Unit(node, tops[row], tops[end])
        if number:
            unit.at, unit.cost = start, _LINE
            unit.opens = _begins(source, unit, breaks[number - 1], quoted=quoted)
        yield unit


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
