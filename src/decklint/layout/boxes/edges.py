"""The edges of boxes: margins that meet, frames, widths and heights. Source: CSS 2.2, 8.3.1 and 10."""

from __future__ import annotations

from typing import NamedTuple

from decklint.layout.boxes.tree import TEXT, Item
from decklint.layout.lines.text import Line
from decklint.layout.model import Box, Sides, Style

HUGE = 1e6
"""Wider than any line: what is laid out in it breaks only where it must."""


class Margin(NamedTuple):
    """Margins that have met: the largest and, of the negative ones, the smallest."""

    most: float = 0.0
    least: float = 0.0

    @property
    def size(self) -> float:
        """What they come to."""
        return self.most + self.least

    def join(self, other: Margin) -> Margin:
        """Both together."""
        if other is NONE or self is NONE:
            return self if other is NONE else other
        return Margin(max(self.most, other.most), min(self.least, other.least))


NONE = Margin()


def size_of(size: float) -> Margin:
    """One margin alone."""
    return Margin(size, 0.0) if size >= 0 else Margin(0.0, size)


class Placed(NamedTuple):
    """A box with the margins that may still meet others."""

    box: Box
    above: Margin = NONE
    below: Margin = NONE
    through: bool = False
    """Whether both meet each other, because nothing parts them."""


def frame(style: Style) -> Sides:
    """Padding and border together."""
    return style.frame


def outer_width(style: Style, room: float) -> float:
    """The width of a border box in a container: its own, else all the room that its margins leave, within its limits."""
    edge = style.frame.left + style.frame.right
    more = 0.0 if style.border_box else edge
    if style.width is None:
        width = room - style.margin.left - style.margin.right
    else:
        width = more + (style.width if style.width_part is None else style.width_part * room)
    if style.max_width is not None:
        width = min(width, more + (style.max_width if style.max_width_part is None else style.max_width_part * room))
    if style.min_width is not None:
        width = max(width, more + style.min_width)
    return max(edge, width)


def outer_height(style: Style, natural: float, edge: float) -> float:
    """The height of a border box whose content and frame come to `natural`."""
    more = 0.0 if style.border_box else edge
    height = natural if style.height is None else more + style.height
    if style.max_height is not None:
        height = min(height, more + style.max_height)
    if style.min_height is not None:
        height = max(height, more + style.min_height)
    return max(edge, height)


def framed(item: Item, box: Box) -> Placed:
    """A box whose content meets no margin outside."""
    margin = item.style.margin
    box.x = margin.left
    return Placed(box, size_of(margin.top), size_of(margin.bottom))


def put_rows(box: Box, rows: list[Line], edge: Sides) -> None:
    """Put lines into a box; where they do not begin in its corner they get a box of their own."""
    box.lines = len(rows)
    if rows and (edge.left or edge.top):
        height = sum(row.height for row in rows)
        width = box.width - edge.left - edge.right
        box.children = [Box(box.node, TEXT, 0.0, 0.0, width, height, lines=len(rows), rows=rows)]
    else:
        box.rows = rows


def settle(box: Box, x: float, y: float) -> None:
    """Make the places of a box and of all in it those of the slide, from its parent's corner on."""
    box.x += x
    box.y += y
    for child in box.children:
        settle(child, box.x, box.y)
