"""The parts of a slide that may stand on a slide of their own: blocks and the items of lists, each with its height.

What opens and closes HTML elements around other blocks is one part, and so is what stands side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from decklint.deck.html import tags
from decklint.deck.nodes import Block, Heading, HtmlBlock, Leaf, List, ListItem, Paragraph
from decklint.deck.walk import bold_title
from decklint.layout.model import Box, SlideLayout

_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


@dataclass(slots=True)
class Unit:
    """One part: where it begins in the source, and where it stands on the slide, in pixels."""

    node: Block
    top: float
    bottom: float
    opens: bool = True
    """Whether a slide may begin with it."""
    list: List | None = None
    """The list that it is an item of."""
    place: int = 0
    """The number of the item in its list, from 0."""
    under: tuple[Unit, ...] = ()
    """The headings that it stands under, from the title of the slide down."""
    takes: float = 0.0
    """Down to the next unit, in pixels: what a heading costs where it is repeated."""

    @property
    def level(self) -> int:
        """The level of a heading; 0 for all else."""
        return self.node.level if isinstance(self.node, Heading) else 0


@dataclass(slots=True)
class Parts:
    """A slide taken apart: the headings that it begins with, and what follows."""

    title: list[Unit]
    units: list[Unit]
    bold: float
    """The room that a line in bold takes which stands for a title; 0 where there is none."""

    def head(self, unit: Unit) -> float:
        """The room that the title takes on a slide which begins with a unit, in pixels."""
        return self.bold or sum(heading.takes for heading in unit.under)


def parts_of(layout: SlideLayout) -> Parts | None:
    """Take a slide apart; None where its content does not stand in one column, or cannot be told."""
    units = list(_units(layout))
    if not units or any(later.top < earlier.top - 1 for earlier, later in pairwise(units)):
        return None
    _close_html(layout, units)
    _keep_together(units)
    _put_under(units)
    count = 0
    while count < len(units) - 1 and units[count].level:
        count += 1
    strong = bold_title(layout.slide) if not count else None
    if strong is None:
        return Parts(units[:count], units[count:], 0.0)
    is_line = units[0].node is strong.parent and "\n" not in _text(units[0]).strip()
    if is_line and len(units) > 1:
        return Parts(units[:1], units[1:], units[1].top - units[0].top)
    return Parts([], units, _bold_head(layout, units))


def _units(layout: SlideLayout) -> Iterator[Unit]:
    for box in layout.root.children:
        node = box.node
        if not isinstance(node, Block) or node.parent is not layout.slide:
            if box.height > 0:
                yield Unit(layout.slide, box.y, box.y + box.height, opens=False)
            continue
        items = [child for child in box.children if isinstance(child.node, ListItem)]
        if isinstance(node, List) and len(items) == len(node.items):
            for place, item in enumerate(items):
                assert isinstance(item.node, ListItem)
                yield Unit(item.node, item.y, max(item.y + item.height, _low(item)), list=node, place=place)
        else:
            yield Unit(node, box.y, max(box.y + box.height, _low(box)))


def _low(box: Box) -> float:
    """The lower end of all that is in a box."""
    return max([box.ink, *(_low(child) for child in box.children)])


def _close_html(layout: SlideLayout, units: list[Unit]) -> None:
    """Let no slide begin between the tags of an element."""
    waiting = iter(units)
    unit = next(waiting, None)
    depth = 0
    for block in layout.slide.blocks:
        while unit is not None and unit.node.span.start <= block.span.start:
            unit.opens = unit.opens and depth == 0
            unit = next(waiting, None)
        if isinstance(block, HtmlBlock):
            for tag in tags(block.value):
                if tag.name not in _VOID:
                    depth = max(0, depth + (-1 if tag.closing else 1))
    if depth:
        for rest in (unit, *waiting):
            if rest is not None:
                rest.opens = False


def _keep_together(units: list[Unit]) -> None:
    """Let no slide begin right behind a heading, or with an item whose number would need more room than it has."""
    for before, unit in pairwise(units):
        if before.level and not (unit.level and unit.level <= before.level):
            unit.opens = False
        if unit.list is not None and unit.list.ordered and unit.place:
            assert isinstance(unit.node, ListItem)
            wider = len(shown_number(unit)) + 1 != len(unit.node.marker)
            if wider and not (len(unit.node.blocks) == 1 and isinstance(unit.node.blocks[0], Paragraph)):
                unit.opens = False


def shown_number(unit: Unit) -> str:
    """The number that Marp shows before an item of an ordered list."""
    assert unit.list is not None
    return str(int(unit.list.items[0].marker[:-1]) + unit.place)


def _put_under(units: list[Unit]) -> None:
    """Tell every unit which headings it stands under."""
    above: list[Unit] = []
    for unit, following in pairwise((*units, units[-1])):
        while unit.level and above and above[-1].level >= unit.level:
            above.pop()
        unit.under = tuple(above)
        unit.takes = max(0.0, following.top - unit.top)
        if unit.level:
            above.append(unit)


def _text(unit: Unit) -> str:
    return unit.node.view.text if isinstance(unit.node, Leaf) else ""


def _bold_head(layout: SlideLayout, units: list[Unit]) -> float:
    """The height of a first line in bold that the text goes on below."""
    first = units[0]
    if not isinstance(first.node, Paragraph):
        return 0.0
    box = next((box for box in layout.root.children if box.node is first.node), None)
    if box is None or not box.rows:
        return 0.0
    following = units[1].top - first.bottom if len(units) > 1 else 0.0
    return box.rows[0].height + max(0.0, following)
