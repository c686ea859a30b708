"""The parts of a slide that may stand on a slide of their own: blocks and the items of lists, each with its height.

What opens and closes HTML elements around other blocks is one part, and so is what stands side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from decklint.deck.html import tags
from decklint.deck.nodes import Block, HtmlBlock, Leaf, List, ListItem, Paragraph
from decklint.deck.walk import bold_title
from decklint.layout.boxes.wrappers import VOID
from decklint.layout.dividing.unit import Unit, low, shown_number
from decklint.layout.model import Box, SlideLayout
from decklint.records import dataclass
from decklint.text import Source


@dataclass(slots=True)
class Parts:
    """A slide taken apart: the headings that it begins with, and what follows."""

    title: list[Unit]
    units: list[Unit]
    bold: float
    """The room that a line in bold takes which stands for a title; 0 where there is none."""

    def head(self, unit: Unit) -> float:
        """The room that the title takes on a slide which begins with a unit, in pixels."""
        return unit.again_takes + (self.bold or sum(heading.takes for heading in unit.under))


def parts_of(layout: SlideLayout, inside: Source | None = None, *, through: bool = False) -> Parts | None:
    """Take a slide apart; None where its content does not stand in one column, or cannot be told.

    Into blocks and items of lists, or, given the source of the deck, `inside` of these as well; `through`: even where a reader
    has to bear something in mind from one slide to the next.
    """
    units = list(_units(layout, layout.root.children) if inside is None else _inner(layout, inside, through))
    if not units or any(later.top < earlier.top - 1 for earlier, later in pairwise(units)):
        return None
    if inside is None:
        _close_html(layout, units)
    _keep_together(units)
    _put_under(units)
    count = 0
    while count < len(units) - 1 and units[count].level and not _is_closed(units[count], units[count + 1]):
        count += 1
    if not count and units[0].level and len(units) > 1:
        units[1].opens = False
    strong = bold_title(layout.slide) if not count else None
    if strong is None:
        return Parts(units[:count], units[count:], 0.0)
    is_line = units[0].node is strong.parent and "\n" not in _text(units[0]).strip()
    if is_line and len(units) > 1:
        return Parts(units[:1], units[1:], units[1].top - units[0].top)
    if len(units) > 1 and units[1].node is strong.parent:
        units[1].opens = False
    return Parts([], units, _bold_head(layout, units))


def _units(layout: SlideLayout, boxes: list[Box]) -> Iterator[Unit]:
    for box in boxes:
        node = box.node
        if not isinstance(node, Block) or node.parent is not layout.slide:
            if box.height > 0:
                yield Unit(layout.slide, box.y, box.y + box.height, opens=False)
            continue
        items = [child for child in box.children if isinstance(child.node, ListItem)]
        if isinstance(node, List) and len(items) == len(node.items):
            for place, item in enumerate(items):
                assert isinstance(item.node, ListItem)
                yield Unit(item.node, item.y, low(item), list=node, place=place)
        else:
            yield Unit(node, box.y, low(box))


def _inner(layout: SlideLayout, source: Source, through: bool) -> Iterator[Unit]:
    from decklint.layout.dividing.inner import Inside

    return Inside(layout, source, through=through).units(layout.root.children, lambda box: _units(layout, [box]))


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
                if tag.name not in VOID:
                    depth = max(0, depth + (-1 if tag.closing else 1))
    if depth:
        for rest in (unit, *waiting):
            if rest is not None:
                rest.opens = False


def _keep_together(units: list[Unit]) -> None:
    """Let no slide begin right behind a heading, or with an item whose number would need more room than it has."""
    for before, unit in pairwise(units):
        if before.level and not _is_closed(before, unit):
            unit.opens = False
        if unit.list is not None and unit.list.ordered and unit.place:
            assert isinstance(unit.node, ListItem)
            wider = len(shown_number(unit.list, unit.place)) + 1 != len(unit.node.marker)
            if wider and not (len(unit.node.blocks) == 1 and isinstance(unit.node.blocks[0], Paragraph)):
                unit.opens = False


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


def _is_closed(heading: Unit, following: Unit) -> bool:
    """Whether nothing stands under a heading, since another of its level or a higher one follows: it is no title."""
    return 0 < following.level <= heading.level


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
