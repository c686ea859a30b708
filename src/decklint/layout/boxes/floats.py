"""What floats to one side of a container, and the room that it leaves beside it.

Source: CSS 2.2, 9.5. Text that begins beside a float keeps the narrow room to its own end: where it goes on below the float,
which makes its lines longer, a doubt is noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from decklint.deck.html import tags
from decklint.deck.nodes import Image, InlineHtml, Leaf, Node
from decklint.deck.walk import walk
from decklint.layout.boxes.markup import kept
from decklint.layout.boxes.pictures import attribute_length
from decklint.layout.boxes.tree import Item
from decklint.layout.css.styles import Element
from decklint.layout.model import Box

if TYPE_CHECKING:
    from decklint.layout.boxes.blocks import Flow

_LEAST = 1.0
"""Less room than this, in pixels, is none."""


class Floats:
    """The floats of one container."""

    def __init__(self, flow: Flow, room: float) -> None:
        self.flow = flow
        self.room = room
        self.boxes: list[Box] = []

    def add(self, box: Box, y: float, width: float) -> None:
        """Place a float at `y` or below, where there is room for its `width` with its margins."""
        while (used := self.used(y)) and used + width > self.room + 0.01:
            y = min(box.y + box.height for box in self.boxes if box.y + box.height > y)
        box.x += self.used(y)
        box.y += y
        self.boxes.append(box)

    def used(self, y: float) -> float:
        """The width that floats take at a height."""
        return max((box.x + box.width for box in self.boxes if box.y - 0.01 <= y < box.y + box.height - 0.01), default=0.0)

    def beside(self, box: Box, y: float, item: Item) -> float:
        """The height from `y` on where a box stands beside the floats, and move it there sideways."""
        while (used := self.used(y)) and self.room - used < _LEAST:
            y = min(other.y + other.height for other in self.boxes if other.y + other.height > y + 0.01)
        if used and used != self.used(y + box.height - 1) and box.height > item.style.line_height * 2:
            self.flow.doubts.add("float")
        box.x += used
        return y

    @property
    def end(self) -> float:
        """The lower end of all floats."""
        return max((box.y + box.height for box in self.boxes), default=0.0)


def floating(flow: Flow, item: Item) -> bool:
    """Whether a picture in an item's text floats."""
    leaf = item.leaf
    return leaf is not None and _may_hold_pictures(leaf) and any(True for _ in pictures_of(flow, item))


def pictures_of(flow: Flow, item: Item) -> Iterator[Box]:
    """The pictures in an item's text that float."""
    leaf = item.leaf
    if leaf is None or not _may_hold_pictures(leaf):
        return
    for node in walk(leaf):
        if isinstance(node, Image) and not node.is_background:
            style = flow.styles.of(Element("img", item.element, words=node.alt))
            shown = flow.pictures.size(node, style) if style.floats and not style.hidden else None
        elif isinstance(node, InlineHtml) and _is_picture(node):
            found = next(tags(node.value))
            said = kept(found, html=flow.pictures.html)
            classes = frozenset(said.get("class", "").split())
            style = flow.styles.of(Element("img", item.element, classes, said.get("style", ""), words=said.get("alt", "")))
            across, down = (attribute_length(said.get(side, "")) for side in ("width", "height"))
            floats = style.floats and not style.hidden
            shown = flow.pictures.box(said.get("src", ""), said.get("alt", ""), across, down, style) if floats else None
        else:
            continue
        if shown is not None and shown.width and shown.height:
            margin = style.margin
            width, height = shown.width + margin.left + margin.right, shown.height + margin.top + margin.bottom
            yield Box(node, "img", 0.0, 0.0, width, height)


def _may_hold_pictures(leaf: Leaf) -> bool:
    raw = leaf.raw
    return not raw or "![" in raw or ("<" in raw and "<img" in raw.lower())


def _is_picture(node: Node) -> bool:
    return isinstance(node, InlineHtml) and node.value[1:4].lower() == "img"
