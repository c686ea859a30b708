"""Blocks below each other, as CSS 2.2 (9.4.1, 8.3.1) and CSS Box Alignment lay them out.

A box is placed relative to its parent; `settle` makes the places those of the slide when all heights are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from decklint.deck.nodes import CodeBlock, Comment, Heading
from decklint.layout.boxes.edges import HUGE, NONE, Margin, Placed, frame, framed, outer_height, outer_width, put_rows, size_of
from decklint.layout.boxes.floats import Floats, floating, pictures_of
from decklint.layout.boxes.pictures import Pictures
from decklint.layout.boxes.tree import REPLACED, TEXT, Item
from decklint.layout.css.styles import SlideStyles
from decklint.layout.lines.inline import runs_of
from decklint.layout.lines.text import Line, break_lines
from decklint.layout.model import Box, Sides, Style
from decklint.text import Source


class Pile(NamedTuple):
    """Boxes below each other, places counted from the first border edge."""

    boxes: list[Box]
    above: Margin
    height: float
    below: Margin
    through: bool
    end: float = 0.0
    """Where floats end, which make nothing taller but what holds a slide together."""


class Flow:
    """Lays out what stands on slides that share their styles."""

    def __init__(self, source: Source, styles: SlideStyles, pictures: Pictures, scaling: frozenset[str]) -> None:
        self.source = source
        self.styles = styles
        self.pictures = pictures
        self.scaling = scaling
        """What Marp scales: `fittingHeader`, `code`, `math`."""
        self.doubts: set[str] = set()
        """What could not be read on the slide at hand."""

    def place(self, item: Item, room: float, *, apart: bool = False) -> Placed:
        """Lay out an item in a container `room` pixels wide; `apart`: no margin of its content leaves it."""
        style, tag = item.style, item.tag
        if item.children:
            if tag == "table":
                from decklint.layout.boxes.tables import place_table

                return framed(item, place_table(self, item, room))
            if tag == "pre" and isinstance(item.node, CodeBlock):
                from decklint.layout.boxes.code import place_code

                return framed(item, place_code(self, item, room))
            if style.columns > 1 or style.display in ("flex", "grid"):
                from decklint.layout.boxes.columns import place_columns

                return framed(item, place_columns(self, item, room))
        elif item.leaf is None:
            from decklint.layout.boxes.replaced import place_replaced

            placed = place_replaced(self, item, room)
            if placed is not None:
                return placed
        return self._block(item, room, apart=apart)

    def _block(self, item: Item, room: float, *, apart: bool) -> Placed:
        style = item.style
        edge, margin = frame(style), style.margin
        if style.display == "inline":  # an element of lines that stands around blocks moves none of them
            edge, margin = Sides(), Sides()
        width = outer_width(style, room) if style.display != "inline" else room
        if style.display in ("table", "inline-block") and style.width is None:
            width = self.shrunk(item, width)
        inner = max(0.0, width - edge.left - edge.right)
        box = Box(item.node, item.tag, margin.left, 0.0, width, 0.0)
        if item.leaf is not None:
            pile = self._text(item, box, inner, edge)
        elif not item.children and item.tag == "li":  # its marker takes a line
            pile = Pile([], NONE, style.line_height, NONE, False)
        else:
            pile = self.pile(item.children, inner)
            box.children = pile.boxes
        placed = _close(box, style, pile, edge, margin, apart=apart)
        spare = box.height - edge.top - pile.height - edge.bottom
        if style.display == "flex" and item.leaf is not None and box.rows and spare > 0 and style.align != "start":
            box.children = [Box(item.node, TEXT, edge.left, spare / (2 if style.align == "center" else 1), inner, pile.height)]
            box.children[0].rows, box.rows = box.rows, ()
        return placed

    def _text(self, item: Item, box: Box, inner: float, edge: Sides) -> Pile:
        if "fittingHeader" in self.scaling and is_fit(item):
            from decklint.layout.boxes.code import place_fit

            box.scale, rows, height = place_fit(self, item, inner)
        else:
            rows = self.rows(item, inner)
            height = sum(row.height for row in rows)
        put_rows(box, rows, edge)
        return Pile(box.children, NONE, height, NONE, not rows)

    def pile(self, items: Sequence[Item], room: float) -> Pile:
        """Lay items out below each other."""
        boxes: list[Box] = []
        above = pending = NONE
        height, begun = 0.0, False
        floats: Floats | None = None
        for item in items:
            if item.style.hidden:
                continue
            if item.style.floats or (item.leaf is not None and floating(self, item)):
                floats = floats or Floats(self, room)
                at = height + max(pending.size, 0.0 if item.style.floats else item.style.margin.top) * begun
                known = len(floats.boxes)
                is_all = self._float(item, floats, at)
                boxes += floats.boxes[known:]
                if is_all:
                    continue
            placed = self.place(item, room if floats is None else room - floats.used(height + pending.size * begun))
            box = placed.box
            boxes.append(box)
            if placed.above is not NONE:
                pending = pending.join(placed.above)
            if placed.through:
                box.y = height + pending.size
                pending = pending.join(placed.below)
                continue
            if begun:
                height += pending.size
            else:
                above, begun = pending, True
            if floats is not None:
                height = floats.beside(box, height, item)
            box.y = height
            height += box.height
            pending = placed.below
        end = floats.end if floats is not None else 0.0
        if not begun:
            return Pile(boxes, pending, 0.0, NONE, True, end)
        return Pile(boxes, above, height, pending, False, end)

    def _float(self, item: Item, floats: Floats, y: float) -> bool:
        """Place what floats of an item; whether that is all of it."""
        if not item.style.floats:
            for box in pictures_of(self, item):
                floats.add(box, y, box.width)
            return False
        style = item.style
        room, sides = floats.room, style.margin.left + style.margin.right
        if style.width is None and item.tag not in REPLACED:
            room = self.shrunk(item, room - sides) + sides
        placed = self.place(item, room)
        width = placed.box.x + placed.box.width + style.margin.right
        placed.box.y = placed.above.size
        floats.add(placed.box, y, width)
        return True

    def shrunk(self, item: Item, room: float) -> float:
        """The width of an item's border box where it is no wider than its content: CSS 2.2, 10.3.5."""
        least, most = self.extent(item)
        edge = frame(item.style)
        return min(max(least + edge.left + edge.right, room), most + edge.left + edge.right)

    def extent(self, item: Item) -> tuple[float, float]:
        """The least and the most width that the content of an item can use."""
        if item.extent is None:
            item.extent = self._extent(item)
        return item.extent

    def _extent(self, item: Item) -> tuple[float, float]:
        if item.leaf is not None:
            runs = runs_of(item.leaf, item.element, self.styles, self.pictures)
            for run in runs:
                run.stretches = False  # a part of what is not known yet is no width
            most = _widest(break_lines(runs, HUGE))
            for run in runs:
                run.breaks_words = False  # which does not make content narrower: CSS Text 3, 5.1
                run.whole = False  # a block within the line is as narrow as the text in it
            return _widest(break_lines(runs, 1.0)), most
        least = most = 0.0
        for child in item.children:
            if child.style.hidden:
                continue
            margin, edge = child.style.margin, frame(child.style)
            sides = margin.left + margin.right + edge.left + edge.right
            low, high = self.extent(child)
            if child.style.width is not None and child.style.width_part is None:
                low = high = child.style.width - (edge.left + edge.right if child.style.border_box else 0.0)
            least, most = max(least, low + sides), max(most, high + sides)
        return least, most

    def lines_of(self, item: Item) -> list[int]:
        """Where the lines of a code block begin in the source."""
        node = item.node
        if not isinstance(node, CodeBlock):
            return []
        starts = self.source.line_starts
        first = self.source.line(node.span.start) - 1 + node.fenced
        count = node.value.count("\n") + 1
        return [starts[min(line, len(starts) - 1)] for line in range(first, first + count)]

    def rows(self, item: Item, room: float) -> list[Line]:
        """The lines of an item's text."""
        if item.leaf is None:
            return []
        if item.rows is not None and item.rows[0] == room:
            return item.rows[1]
        if item.runs is None:
            item.runs = runs_of(item.leaf, item.element, self.styles, self.pictures)
        rows = break_lines(item.runs, room, strut=(item.style.font, item.style.line_height))
        item.rows = room, rows
        return rows


def _widest(rows: list[Line]) -> float:
    return max((row.width for row in rows), default=0.0)


def is_fit(item: Item) -> bool:
    """Whether a comment has Marp scale a heading to the width."""
    return isinstance(item.node, Heading) and any(isinstance(n, Comment) and n.kind == "fit" for n in item.node.inlines)


def _close(box: Box, style: Style, pile: Pile, edge: Sides, margin: Sides, *, apart: bool) -> Placed:
    """Give a box its height, and its margins to those of its content where nothing parts them."""
    above, below = size_of(margin.top), size_of(margin.bottom)
    parted = apart or style.floats or style.display in ("flow-root", "inline-block")
    sized = style.height is not None or bool(style.min_height)
    if pile.through and not (edge.top or edge.bottom or sized or parted):
        return Placed(box, above.join(pile.above), below, True)
    height, start = pile.height, edge.top
    if edge.top or parted or pile.through:
        start += pile.above.size
        height += pile.above.size
    else:
        above = above.join(pile.above)
    if edge.bottom or parted or sized:
        height += pile.below.size
    else:
        below = below.join(pile.below)
    for child in box.children:
        child.x += edge.left
        child.y += start
    box.height = outer_height(style, edge.top + height + edge.bottom, edge.top + edge.bottom)
    return Placed(box, above, below)
