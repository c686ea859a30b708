"""The parts inside blocks that may stand on a slide of their own: nested items, rows of tables, pieces of code, hard lines.

Taken where dividing between blocks is not enough. What a part needs around it (the items above it, the head of its table, the
fence, the element) is closed before the break and written again behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from decklint.deck.nodes import CodeBlock, Comment, HtmlBlock, Image, List, ListItem, Node, Paragraph, Quote, Table
from decklint.deck.walk import walk
from decklint.layout.boxes.wrappers import Around, wrappers
from decklint.layout.dividing import within
from decklint.layout.dividing.codeparts import code
from decklint.layout.dividing.unit import Unit, low, shown_number
from decklint.layout.model import Box, SlideLayout
from decklint.text import Source, Span

_NESTED, _BEFORE_ELEMENT = 0.35, -0.3
"""How awkward it is to begin a slide inside a list, per depth, and how good before an element."""
_LONGEST_HEAD, _LONGEST_HEAD_THROUGH = 2, 4
"""Lines: a longer item is not repeated above the rest of its list; and where nothing else helps."""
_DEEPEST = 5


class Inside:
    """Takes the boxes of one slide apart as far as they can be."""

    def __init__(self, layout: SlideLayout, source: Source, *, through: bool = False) -> None:
        """`through`: also where a reader has to bear something in mind from one slide to the next, as inside a body of code."""
        self.source = source
        self.through = through
        self.around = wrappers(layout.slide, source)
        self.html: Node | None = None
        self.grown = 0.0
        """How much taller what stands above gets where code is no longer scaled down, in pixels."""

    def units(self, boxes: list[Box], alone: Callable[[Box], Iterator[Unit]]) -> Iterator[Unit]:
        """The parts of boxes that stand in one container; `alone` makes those of a box that is not taken apart."""
        for box in boxes:
            node = box.node
            if isinstance(node, HtmlBlock) and any(child.node is not node for child in box.children):
                yield from self.units(box.children, alone)
                continue
            units = list(self._parts(box)) or list(alone(box))
            around = self.around.get(id(node), Around()) if node is not None and node is not self.html else None
            self.html = node if isinstance(node, HtmlBlock) else None
            for number, unit in enumerate(units):
                self._set(unit, around)
                if around is not None and not number and around.dropped is not None:
                    unit.at, unit.dropped, unit.closes = around.dropped.start, around.dropped, around.before
                    unit.cost += _BEFORE_ELEMENT
                yield unit
            if isinstance(node, CodeBlock) and len(units) > 1:
                self.grown += (units[-1].bottom - units[0].top) - box.height

    def _set(self, unit: Unit, around: Around | None) -> None:
        unit.top, unit.bottom = unit.top + self.grown, unit.bottom + self.grown
        if around is None:
            unit.opens = False
        else:
            unit.closes, unit.again = unit.closes + around.closes, around.again + unit.again

    def _parts(self, box: Box) -> Iterator[Unit]:
        node = box.node
        if isinstance(node, List):
            return self._list(box, node)
        if isinstance(node, Table):
            return within.table(self.source, box, node)
        if isinstance(node, CodeBlock):
            return code(self.source, box, node, through=self.through)
        if isinstance(node, Paragraph):
            return within.hard_lines(self.source, box, node, through=self.through)
        return within.quote(self.source, box, node) if isinstance(node, Quote) else iter(())

    def _list(self, box: Box, node: List, above: str | None = "", takes: float = 0.0, depth: int = 0) -> Iterator[Unit]:
        """The items, and those in them; `above` repeats what they stand under, `takes` pixels high; None where nothing can."""
        items = [child for child in box.children if isinstance(child.node, ListItem)]
        if len(items) != len(node.items):
            return
        for place, item in enumerate(items):
            assert isinstance(item.node, ListItem)
            unit = Unit(item.node, item.y, low(item), list=node, place=place, again=above or "", again_takes=takes)
            unit.cost = _NESTED * depth
            unit.opens = above is not None and (place > 0 or not depth)
            unit.repeats_steps = depth > 0 and _is_step(item.node)
            inner = [child for child in item.children if isinstance(child.node, List)]
            if not inner or not _is_plain(item.node):
                yield unit
                continue
            unit.bottom = inner[0].y
            yield unit
            head = self._item_head(item, item.node, node, place)
            again = None if head is None or above is None or depth == _DEEPEST else above + head
            for child in inner:
                assert isinstance(child.node, List)
                yield from self._list(child, child.node, again, takes + inner[0].y - item.y, depth + 1)

    def _item_head(self, box: Box, item: ListItem, around: List, place: int) -> str | None:
        """The source of an item without the lists in it; None where it should not or cannot be repeated."""
        first = item.blocks[0]
        text = next((child for child in box.children if child.rows), box)
        is_whole = not any(isinstance(node, (Image, Comment)) for node in walk(first))
        if not is_whole or len(text.rows) > (_LONGEST_HEAD_THROUGH if self.through else _LONGEST_HEAD):
            return None
        start = self.source.line_of(item.span.start).start
        written = self.source.slice(Span(start, self.source.line_of(max(start, first.span.end - 1)).end))
        if around.ordered:
            at, number = item.marker_span.start - start, shown_number(around, place)
            if len(number) + 1 != len(item.marker):
                return None
            written = written[:at] + number + written[at + len(number) :]
        return written.rstrip() + "\n"


def _is_plain(item: ListItem) -> bool:
    """Whether an item is a text with nothing but lists below it."""
    first, *rest = item.blocks or [item]
    return isinstance(first, Paragraph) and bool(rest) and all(isinstance(block, List) for block in rest)


def _is_step(item: ListItem) -> bool:
    """Whether one of the items that an item stands under appears in a step of its own."""
    node: Node | None = item.parent
    while node is not None:
        if isinstance(node, ListItem) and node.is_fragment:
            return True
        node = node.parent
    return False
