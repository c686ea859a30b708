"""Items of flex containers and grids: no margin of theirs meets another. Sources: CSS Flexbox 1, 4; CSS Grid 1, 6."""

from __future__ import annotations

from dataclasses import replace

from decklint.layout.boxes.blocks import Flow
from decklint.layout.boxes.edges import Placed
from decklint.layout.boxes.tree import Item

ITEMS = {"center": 0.5, "end": 1.0, "flex-end": 1.0}
"""How much of the room that is left in its row stands above an item."""


def cell(flow: Flow, item: Item, room: float) -> Placed:
    """One item that no margin of its neighbours meets: its margins, and those of its content, stand around it."""
    placed = flow.place(item, room, apart=True)
    placed.box.y = placed.above.size
    return placed


def fitted(flow: Flow, item: Item, room: float) -> Placed:
    """An item whose width was settled before: with its margins it is as wide as the room."""
    own = item.style
    if own.width is not None or own.max_width is not None or own.min_width is not None:
        item.style = replace(own, width=None, width_part=None, max_width=None, max_width_part=None, min_width=None)
    placed = cell(flow, item, room)
    item.style = own
    return placed


def outer(placed: Placed) -> float:
    """The height of a placed item with its margins."""
    return placed.above.size + placed.box.height + placed.below.size
