"""The elements that raw HTML makes around and between the blocks of a slide.

Sources: HTML Living Standard, 13.2.6 (end tags that are implied) and 15.3 (what is a block); Marp Core 4.4 `html/html.ts`: a tag
that is not on its list is printed, an attribute that is not there is removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape

from decklint.deck.html import Tag, is_rendered, removed_attributes, tags
from decklint.deck.nodes import HtmlBlock, Inline, InlineHtml, LineBreak, Paragraph, Text
from decklint.layout.boxes.tree import REPLACED, TEXT, Item
from decklint.layout.css.styles import NO_CLASSES
from decklint.text import Span

_VOID = frozenset(("br", "img", "input", "wbr", "source", "col", "track", "link", "meta", "base", "area", "param"))
_INLINE_VOID = frozenset(("br", "img", "input", "wbr"))
_BLOCKS = frozenset(
    """address article aside blockquote body caption center colgroup dd details dialog div dl dt fieldset figcaption figure form
    h1 h2 h3 h4 h5 h6 header footer hr html legend li main menu nav ol p picture pre section summary table tbody td tfoot th thead
    tr ul""".split()  # noqa: SIM905
)
_ROW_PARTS = ("td", "th")
_ENDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), ("ul", "ol", "menu")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "tr": (("tr", *_ROW_PARTS), ("table",)),
    "td": (_ROW_PARTS, ("tr", "table")),
    "th": (_ROW_PARTS, ("tr", "table")),
    "tbody": (("thead", "tbody", "tr", *_ROW_PARTS), ("table",)),
    "tfoot": (("thead", "tbody", "tr", *_ROW_PARTS), ("table",)),
}
"""What an opening tag ends of what is open, and how far out it looks."""
_DEEPEST = 60  # open elements; browsers stop at 512, people long before
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_UNSEEN = frozenset(("script", "style", "template", "head", "title", "noscript"))


def read(block: HtmlBlock, open_items: list[Item], *, html: bool) -> None:
    """Open and close elements as the tags of a block say; the innermost open one stands at the end of `open_items`."""
    _Reader(block, open_items, html=html).read()


def embedded(markup: Iterable[InlineHtml], *, html: bool) -> list[Item]:
    """The elements that show something of their own, where the tags of a paragraph make nothing else."""
    items: list[Item] = []
    inside = ""
    for node in markup:
        tag = next(tags(node.value), None)
        if inside:
            inside = "" if tag is not None and tag.closing and tag.name == inside else inside
            continue
        if tag is None or not (html or is_rendered(tag)) or tag.name not in REPLACED | {"source", "track"}:
            return []
        if not tag.closing and tag.name in REPLACED:
            inside = tag.name
            found = kept(tag, html=html)
            classes = frozenset(found.get("class", "").split()) or NO_CLASSES
            items.append(Item(tag.name, node, classes, found.get("style", ""), found))
    return items


def kept(tag: Tag, *, html: bool) -> dict[str, str]:
    """The attributes that Marp leaves a tag."""
    removed = () if html else removed_attributes(tag)
    return {name: value for name, value in tag.attributes.items() if name not in removed}


class _Reader:
    def __init__(self, block: HtmlBlock, open_items: list[Item], *, html: bool) -> None:
        self.block = block
        self.open = open_items
        self.html = html
        self.text = _COMMENT.sub(lambda match: " " * len(match[0]), block.value)
        self.tags = list(tags(self.text))
        self.skipped_to = 0

    def read(self) -> None:
        at = 0
        for place, tag in enumerate(self.tags):
            if tag.start < self.skipped_to:
                continue
            self._words(max(at, self.skipped_to), tag.start)
            at = tag.end
            if not (self.html or is_rendered(tag)):
                self._words(tag.start, tag.end)
            elif tag.name in _UNSEEN or tag.name in REPLACED:
                self._replaced(place, tag)
            elif tag.closing:
                self._close(tag)
            elif tag.name in _VOID:
                if tag.name in _INLINE_VOID:
                    self._inline(tag)
            elif tag.name in _BLOCKS or not self._closes(place, tag):
                self._open(tag)
            else:
                self._inline(tag)
        self._words(max(at, self.skipped_to), len(self.text))

    def _closes(self, place: int, tag: Tag) -> bool:
        """Whether an inline element ends in this block before any block begins in it."""
        depth = 0
        for other in self.tags[place:]:
            if other.name in _BLOCKS:
                return False
            if other.name == tag.name:
                depth += -1 if other.closing else 1
                if depth == 0:
                    return True
        return False

    def _open(self, tag: Tag) -> None:
        self._end_paragraph(tag.name)
        ends, bounds = _ENDS.get(tag.name, ((), ()))
        for depth in range(len(self.open) - 1, 0, -1):
            name = self.open[depth].tag
            if name in bounds:
                break
            if name in ends:
                del self.open[depth:]
        if tag.name == "tr" and self.open[-1].tag == "table":  # browsers put rows into a body
            body = Item("tbody", self.block)
            self.open[-1].children.append(body)
            self.open.append(body)
        attributes = kept(tag, html=self.html)
        item = Item(
            tag.name,
            self.block,
            frozenset(attributes.get("class", "").split()) or NO_CLASSES,
            attributes.get("style", ""),
            attributes,
        )
        self.open[-1].children.append(item)
        if tag.name != "hr" and len(self.open) < _DEEPEST:
            self.open.append(item)

    def _end_paragraph(self, name: str) -> None:
        if name in _BLOCKS and self.open[-1].tag == "p":
            self.open.pop()

    def _close(self, tag: Tag) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag.name:
                del self.open[depth:]
                return
        if tag.name == "p":  # browsers make an empty paragraph of it
            self.open[-1].children.append(Item("p", self.block))
        elif tag.name not in _BLOCKS:
            self._inline(tag)

    def _replaced(self, place: int, tag: Tag) -> None:
        """Something that shows itself, or nothing: what is written in it is passed over."""
        if tag.closing:
            return
        end = next((other.end for other in self.tags[place:] if other.closing and other.name == tag.name), None)
        self.skipped_to = end if end is not None else tag.end
        if tag.name in REPLACED:
            attributes = kept(tag, html=self.html)
            classes = frozenset(attributes.get("class", "").split()) or NO_CLASSES
            self.open[-1].children.append(Item(tag.name, self.block, classes, attributes.get("style", ""), attributes))

    def _words(self, start: int, end: int) -> None:
        words = self.text[start:end]
        if not words:
            return
        preserved = any(item.tag == "pre" for item in self.open)
        nodes = self._nodes()
        if not words.strip() and not preserved:
            if nodes:
                nodes.append(Text(self._span(start, end), " "))
            return
        nodes = nodes if nodes is not None else self._begin(start, end)
        for part in words.split("\n") if preserved else [_SPACE.sub(" ", words)]:
            if preserved and nodes:
                nodes.append(LineBreak(self._span(start, start), hard=True))
            nodes.append(Text(self._span(start, end), unescape(part)))

    def _inline(self, tag: Tag) -> None:
        nodes = self._nodes()
        nodes = nodes if nodes is not None else self._begin(tag.start, tag.end)
        nodes.append(InlineHtml(self._span(tag.start, tag.end), self.text[tag.start : tag.end]))

    def _nodes(self) -> list[Inline] | None:
        """The inline nodes that the next ones stand beside."""
        inner = self.open[-1].children
        return inner[-1].leaf.inlines if inner and inner[-1].tag == TEXT and inner[-1].leaf is not None else None

    def _begin(self, start: int, end: int) -> list[Inline]:
        nodes: list[Inline] = []
        leaf = Paragraph(self._span(start, end), "", parse_inline=lambda _: nodes, _inlines=nodes)
        self.open[-1].children.append(Item(TEXT, self.block, leaf=leaf))
        return nodes

    def _span(self, start: int, end: int) -> Span:
        return Span(self.block.span.start + start, self.block.span.start + end)


def close_details(items: list[Item]) -> None:
    """Leave of each closed `<details>` what is seen: its summary."""
    for item in items:
        if item.tag == "details" and "open" not in item.attributes:
            item.children = [child for child in item.children if child.tag == "summary"]
        if item.children:
            close_details(item.children)
