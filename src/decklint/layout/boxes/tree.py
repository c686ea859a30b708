"""The elements that Marp makes of a slide, from which the boxes are laid out.

Sources: Marpit 3.2 `markdown/sweep.js` (paragraphs without content are not shown), CommonMark 0.31 5.3 (tight and loose lists).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from decklint.deck.deck import Slide
from decklint.deck.nodes import (
    CodeBlock,
    Comment,
    Heading,
    HtmlBlock,
    Image,
    Inline,
    InlineHtml,
    Leaf,
    LineBreak,
    List,
    MathBlock,
    Node,
    Paragraph,
    Quote,
    Ruler,
    Table,
    TableRow,
    Text,
)
from decklint.layout.css.styles import NO_CLASSES, Element, SlideStyles
from decklint.layout.lines.text import Line, Run
from decklint.layout.model import Style
from decklint.records import dataclass, field

TEXT = "#text"
"""The kind of what holds text without an element of its own."""
REPLACED = frozenset(("video", "iframe", "audio", "canvas", "embed", "object", "svg"))
"""Elements that show something of their own, whatever is written in them."""
_TOLD_APART = 3
"""The first, the second, and those behind it: more places no selector tells apart that does not count."""
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")


@dataclass(slots=True, eq=False)
class Item:
    """One element of a slide."""

    tag: str
    node: Node | None = None
    classes: frozenset[str] = NO_CLASSES
    inline: str = ""
    """Its `style` attribute."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    leaf: Leaf | None = None
    """Its text, where it holds text and no blocks."""
    children: list[Item] = field(default_factory=list)
    element: Element = field(init=False)
    style: Style = field(init=False)
    runs: list[Run] | None = None
    """The runs of its text, once they were made."""
    rows: tuple[float, list[Line]] | None = None
    """A width with the lines of its text in it, once they were made."""
    extent: tuple[float, float] | None = None
    """The least and the most width that its content can use, once that was asked for."""


class Wardrobe:
    """Gives elements their styles; each combination that selectors can tell apart is asked for once."""

    def __init__(self, styles: SlideStyles) -> None:
        self.styles = styles

    def dress(self, items: list[Item]) -> None:
        """Set element and style of all items and of what they hold."""
        self._dress(items, None, self.styles.section)

    def _dress(self, items: list[Item], parent: Element | None, outer: Style) -> None:
        count = len(items) - [item.tag for item in items].count(TEXT)
        look = self.styles.look
        most = count if look.counts or outer.display == "grid" else _TOLD_APART
        around = id(parent)
        index, previous = 0, ""
        for item in items:
            tag = item.tag
            if tag == TEXT:
                key: tuple[object, ...] = (around, TEXT, item.classes, item.inline, previous)
            else:
                index += 1
                key = (around, tag, item.classes, item.inline, min(index, most), index == count, previous)
            known = look.placed.get(key)
            if known is None:
                where = (False, False, 0) if tag == TEXT else (index == 1, index == count, min(index, most))
                element = Element(tag, parent, item.classes, item.inline, *where, previous)
                known = look.placed[key] = (element, *look.of(element))
            item.element, item.style = known[0], known[1].style
            self.styles.doubt(known[2])
            if item.children:
                self._dress(item.children, item.element, item.style)
            if tag != TEXT:
                previous = tag


def items_of(slide: Slide, text: str, *, html: bool = False) -> list[Item]:
    """The elements of a slide; `text` is the deck's source, `html` says whether Marp lets all HTML through."""
    items = Builder(text, html=html).items(slide.blocks)
    if text.find("<", slide.span.start, slide.span.end) >= 0:
        from decklint.layout.boxes.markup import close_details

        close_details(items)
    return items


class Builder:
    """Makes elements of blocks. HTML opens and closes elements around the blocks between its tags."""

    def __init__(self, text: str, *, html: bool) -> None:
        self.text = text
        self.html = html

    def items(self, blocks: Iterable[Node], *, tight: bool = False) -> list[Item]:
        """The elements of blocks that stand in one container."""
        root = Item("")
        open_items = [root]
        for block in blocks:
            if isinstance(block, HtmlBlock):
                from decklint.layout.boxes.markup import read

                read(block, open_items, html=self.html)
                continue
            item = self._item(block, tight)
            if item is not None:
                if len(open_items) > 1 and open_items[-1].tag == "p":
                    open_items.pop()
                open_items[-1].children.append(item)
        return root.children

    def _item(self, block: Node, tight: bool) -> Item | None:
        if isinstance(block, Paragraph):
            return self._paragraph(block, tight=tight)
        if isinstance(block, Heading):
            return Item(f"h{block.level}", block, leaf=block)
        if isinstance(block, List):
            return self._list(block)
        if isinstance(block, Quote):
            return Item("blockquote", block, children=self.items(block.blocks))
        if isinstance(block, CodeBlock):
            return Item("pre", block, children=[Item("code", block)])
        if isinstance(block, MathBlock):
            return Item("p", block, children=[Item("math", block)])
        if isinstance(block, Table):
            return _table(block)
        return Item("hr", block) if isinstance(block, Ruler) else None

    def _paragraph(self, block: Paragraph, *, tight: bool) -> Item | None:
        if "<" in block.raw and (shown := self._embedded(block.inlines)):
            return Item("p", block, children=shown)
        return None if is_swept(block.inlines) else Item(TEXT if tight else "p", block, leaf=block)

    def _embedded(self, inlines: list[Inline]) -> list[Item]:
        """The films and frames of a paragraph that holds nothing else; none of one that holds more."""
        from decklint.layout.boxes.markup import embedded

        markup = [node for node in inlines if isinstance(node, InlineHtml)]
        if not markup or not is_swept(node for node in inlines if not isinstance(node, InlineHtml)):
            return []
        return embedded(markup, html=self.html)

    def _list(self, block: List) -> Item:
        tight = not self._is_loose(block)
        items = []
        for entry in block.items:
            inner = self.items(entry.blocks, tight=tight)
            if len(inner) == 1 and inner[0].tag == TEXT:
                items.append(Item("li", entry, leaf=inner[0].leaf))
            else:
                items.append(Item("li", entry, children=inner))
        return Item("ol" if block.ordered else "ul", block, children=items)

    def _is_loose(self, block: List) -> bool:
        """Whether a blank line stands between two items, or between two blocks of one."""
        return self._is_parted(block.items) or any(self._is_parted(item.blocks) for item in block.items)

    def _is_parted(self, parts: Iterable[Node]) -> bool:
        end = -1
        for part in parts:
            if end >= 0 and _BLANK_LINE.search(self.text, end, max(end, _start_of_line(self.text, part.span.start))):
                return True
            end = part.span.end
        return False


def _start_of_line(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def is_swept(inlines: Iterable[Inline]) -> bool:
    """Whether a paragraph holds nothing that is shown: backgrounds, comments, blanks that are not written as entities."""
    for node in inlines:
        if isinstance(node, Text):
            if node.value.strip() or len(node.value) != node.span.end - node.span.start:
                return False
        elif not isinstance(node, (Comment, LineBreak)) and not (isinstance(node, Image) and node.is_background):
            return False
    return True


def _table(block: Table) -> Item:
    rows = [row for row in block.blocks if isinstance(row, TableRow)]
    head = [_row(row, "th") for row in rows if row.is_header]
    body = [_row(row, "td") for row in rows if not row.is_header]
    parts = [Item("thead", children=head)] + ([Item("tbody", children=body)] if body else [])
    return Item("table", block, children=parts)


def _row(row: TableRow, tag: str) -> Item:
    return Item("tr", row, children=[Item(tag, cell, leaf=cell) for cell in row.blocks if isinstance(cell, Leaf)])
