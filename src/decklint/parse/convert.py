"""From block tokens to nodes."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from decklint.deck.nodes import (
    Block,
    CodeBlock,
    Comment,
    Heading,
    HtmlBlock,
    Inline,
    Leaf,
    List,
    ListItem,
    MathBlock,
    Node,
    Paragraph,
    Quote,
    Ruler,
    StyleBlock,
    Styled,
    Table,
    TableCell,
    TableRow,
    Text,
)
from decklint.parse.comments import read_comment
from decklint.parse.inline import parse_inline
from decklint.parse.linemap import glued_map
from decklint.parse.options import Options
from decklint.parse.state import Token
from decklint.text import Source, Span, as_span

_MARKER = re.compile(r"[ \t]*([*+-]|\d{1,9}[.)])")
_STYLE = re.compile(r"<style([^>]*)>(.*?)(?:</style>|\Z)", re.IGNORECASE | re.DOTALL)


def span_of(token: Token) -> Span:
    """The source range of a token."""
    span: Span = token["map"].span(*token["at"])
    return span


class Converter:
    """Makes nodes of the tokens of one source. Inline content waits until a leaf is asked for it."""

    def __init__(self, source: Source, env: dict[str, Any], options: Options) -> None:
        self.source = source
        self.env = env
        self.options = options
        self.commented: list[Comment | Leaf] = []
        """The comments, and the leaves that hold one, in source order."""

    def block(self, token: Token) -> Block | Comment | None:
        """The node of a token; None for what makes none: blank lines, paragraphs of nothing but an expanded tab."""
        kind = token["type"]
        if kind in ("paragraph", "block_text") and (token["text"].isspace() or not token["text"]):
            return None
        make = getattr(self, "_" + kind, None)
        node: Block | Comment | None = make(token) if make is not None else None
        if isinstance(node, Comment) or (isinstance(node, Leaf) and "<!--" in node.raw):
            self.commented.append(node)
        return node

    def _children(self, parent: Block, tokens: list[Token]) -> list[Any]:
        block = self.block
        nodes = [node for token in tokens if token["type"] != "blank_line" and (node := block(token)) is not None]
        for node in nodes:
            node.parent = parent
        return nodes

    def _inlines(self, token: Token, leaf: Leaf) -> list[Inline]:
        heading = isinstance(leaf, Heading)

        def comment(raw: str, span: Span) -> Comment:
            return read_comment(raw, span, self.source.text, in_heading=heading)

        to_source = glued_map(token["map"], leaf.raw, token["segments"])
        nodes = parse_inline(leaf.raw, to_source, self.env, comment, self.options)
        if len(nodes) == 1 and type(nodes[0]) is Text:  # most leaves
            nodes[0].parent = leaf
        else:
            _adopt(leaf, nodes)
        return nodes

    def _parts(self, token: Token, parts: list[Token]) -> list[Token]:
        """Items, rows and cells, which stand in the same text as the token that holds them."""
        for part in parts:
            part["map"] = token["map"]
        return parts

    def _place(self, token: Token) -> Span:
        """The source range of a token, trimmed."""
        return self._trimmed(token["map"].span(*token["at"]))

    def _trimmed(self, span: Span) -> Span:
        """A range without the blank lines and line ending behind it (which the last line of a file may lack)."""
        text = self.source.text
        start, stop = span
        end = min(stop, len(text))
        while end > start and text[end - 1] in "\n \t":
            end -= 1
        return span if end == stop else as_span((start, end))

    def _paragraph(self, token: Token) -> Paragraph:
        return Paragraph(self._place(token), token["text"], parse_inline=partial(self._inlines, token))

    _block_text = _paragraph

    def _heading(self, token: Token) -> Heading:
        underline = token.get("underline")
        return Heading(
            self._place(token),
            token["text"],
            parse_inline=partial(self._inlines, token),
            level=token["attrs"]["level"],
            underline=self._trimmed(token["map"].span(*underline)) if underline else None,
        )

    def _cell(self, token: Token) -> TableCell:
        return TableCell(span_of(token), token["text"], parse_inline=partial(self._inlines, token))

    def _row(self, token: Token) -> TableRow:
        row = TableRow(span_of(token))
        row.blocks = self._children(row, self._parts(token, token["children"]))
        return row

    def _table(self, token: Token) -> Table:
        table = Table(self._place(token))
        table.blocks = self._children(table, self._parts(token, token["rows"]))
        if isinstance(table.blocks[0], TableRow):
            table.blocks[0].is_header = True
        return table

    def _block_quote(self, token: Token) -> Quote:
        quote = Quote(self._place(token))
        quote.blocks = self._children(quote, token["children"])
        return quote

    def _list(self, token: Token) -> List:
        node = List(self._place(token), ordered=token["attrs"]["ordered"], bullet=token["bullet"])
        for child in self._parts(token, token["children"]):
            node.blocks.append(self._item(child, node))
        return node

    def _item(self, token: Token, parent: List) -> ListItem:
        span: Span = span_of(token)
        marker = _MARKER.match(self.source.text, span.start)
        if marker is None:  # the line begins with an outer container's marker
            marker = re.compile(r"[^\n]*?(?<![^\s>])([*+-]|\d{1,9}[.)])(?=\s|$)").match(self.source.text, span.start)
        place = Span(*marker.span(1)) if marker else Span(span.start, span.start)
        text = marker[1] if marker else parent.bullet
        item = ListItem(self._trimmed(Span(place.start, span.end)), marker=text, marker_span=place, parent=parent)
        item.blocks = self._children(item, token["children"])
        return item

    def _block_code(self, token: Token) -> CodeBlock:
        info = token.get("attrs", {}).get("info", "")
        return CodeBlock(self._place(token), token["raw"], info, fenced=token["style"] == "fenced")

    def _math_block(self, token: Token) -> MathBlock:
        return MathBlock(self._place(token), token["raw"])

    def _block_html(self, token: Token) -> HtmlBlock:
        return HtmlBlock(self._place(token), token["raw"])

    def _style(self, token: Token) -> StyleBlock:
        match = _STYLE.search(token["raw"])
        css, attributes = (match[2], match[1]) if match else ("", "")
        return StyleBlock(self._place(token), css.strip(), scoped=bool(re.search(r"\bscoped\b", attributes, re.I)))

    def _comment(self, token: Token) -> Comment:
        return read_comment(token["raw"], self._place(token), self.source.text)

    def _thematic_break(self, token: Token) -> Ruler:
        return Ruler(self._place(token))


def _adopt(parent: Node, nodes: list[Inline]) -> None:
    stack: list[tuple[Node, list[Inline]]] = [(parent, nodes)]
    while stack:
        parent, nodes = stack.pop()
        for node in nodes:
            node.parent = parent
            if isinstance(node, Styled):
                stack.append((node, node.content))
