"""Blocks with source ranges: mistune's block parser, made to keep books and to read as Marp reads.

Positions: a state remembers where its text came from (`LineMap`), a frame per running rule remembers where the rule began,
and every token made meanwhile gets the range of its frame. Only public hooks of mistune are overridden.

Marp's own blocks (comments, `<style>`, `$$`) and tables follow Marpit 3.2, Marp Core 4.4 and markdown-it 14.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from typing import Any, ClassVar

from mistune.block_parser import BlockParser
from mistune.core import BlockState
from mistune.helpers import BLOCK_TAGS, PRE_TAGS

from decklint.parse.linemap import LineMap
from decklint.parse.tables import cell_ranges, column_count, row

Token = dict[str, Any]
"""A mistune token with `span` (a source range); leaves have `text` and `map`, the LineMap of that text."""

Match = re.Match[str]


@dataclass(slots=True)
class Frame:
    """One running rule on one state."""

    kind: str
    start: int
    marker_end: int
    """For a list: the end of the line that holds the marker of the item that is read next."""
    end: int | None = None
    """Set when another block cut this one short."""
    items: list[int] = field(default_factory=list)


_MARKER = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])")


class SpanState(BlockState):
    """A block state that knows where its text and each of its tokens stand in the source."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.frames: list[Frame] = []
        self.map = LineMap([0], [0], [0])
        self.open: Token | None = None  # the last token of a fast path that runs outside any frame

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> SpanState:
        """The state for a container's content."""
        frame = self.frames[-1]
        first = frame.start
        if frame.kind == "list":
            end = min(frame.marker_end, len(self.src))
            first = self.src.rfind("\n", 0, end - 1) + 1
            frame.items.append(first)
            if not _MARKER.sub("", self.src[first:end], count=1).strip():
                first = end  # a bare marker: the text of the item begins on the next line
            frame.marker_end = self.cursor  # the cursor already stands behind the next item's marker line
        child: SpanState = super().child_state(src, lazy_line_starts)  # type: ignore[assignment]
        child.map = self.map.child(src, self.src, first)
        return child

    def settle(self) -> None:
        """Close the token of a fast path: it ends where the cursor stands now."""
        if self.open is not None:
            self.open["at"][1] = self.cursor
            self.open = None

    def append_token(self, token: Token) -> None:
        """Append a token that begins with the running frame."""
        self.settle()
        if self.frames:
            token["at"] = [self.frames[-1].start, None]
        else:
            token["at"], self.open = [self.cursor, None], token
        super().append_token(token)

    def prepend_token(self, token: Token) -> None:
        """Insert a token that was cut short by the last one."""
        token["at"] = [self.frames[-1].start, None]
        super().prepend_token(token)

    def add_paragraph(self, text: str) -> None:
        """Add text to the open paragraph, or begin one."""
        self.settle()
        count = len(self.tokens)
        super().add_paragraph(text)
        token = self.tokens[-1]
        if len(self.tokens) > count:
            token["at"], token["segments"] = [self.cursor, 0], [(0, self.cursor)]
        self._grow(token, len(text))

    def append_paragraph(self) -> int | None:
        """Add the current line to the open paragraph, if there is one.

        A rule that ends a list or quote runs before that has its token: the paragraph it would find stands before the list.
        """
        self.settle()
        if len(self.frames) > 1:
            return None
        end = super().append_paragraph()
        if end:
            self._grow(self.tokens[-1], end - self.cursor)
        return end

    def _grow(self, token: Token, size: int) -> None:
        if token["at"][1] not in (0, self.cursor):  # not contiguous
            token["segments"].append((len(token["text"]) - size, self.cursor))
        token["at"][1] = self.cursor + size


_QUOTE_ENDS = ["blank_line", "thematic_break", "fenced_code", "list", "block_html"]

# The header of a table must hold a pipe, and the next line must be a row of dashes.
_TABLE = r"^ {0,3}(?P<table_head>[^\n|]*\|[^\n]*)\n(?P<table_rule> {0,3}[|:-][-:| \t]*)$"
_HTML_START = (  # what may interrupt a paragraph; mistune wants a blank behind the tag name and takes `</style>` as well
    rf"^ {{0,3}}(?:</?(?i:{'|'.join(BLOCK_TAGS)})(?:[ \t]+|(?=/?>)|\n|$)"
    rf"|<(?i:{'|'.join(PRE_TAGS)})(?:[ \t]+|(?=>)|\n|$)|<!--|<\?|<![A-Z]|<!\[CDATA\[)"
)
_TABLE_ENDS = ["blank_line", "thematic_break", "fenced_code", "atx_heading", "block_quote", "list", "block_html", "math_block"]
_MATH = r"^ {0,3}\$\$"
_COMMENT_END = re.compile(r"-->")
_STYLE_END = re.compile(r"</style>", re.IGNORECASE)
_STYLE_START = re.compile(r" {0,3}<style(?=[\s>]|$)", re.IGNORECASE)
_COMMENT_START = re.compile(r" {0,3}<!--")


class SpanBlockParser(BlockParser):
    """mistune's block parser with ranges, cured of its differences from markdown-it."""

    state_cls = SpanState
    SPECIFICATION = BlockParser.SPECIFICATION | {
        "block_html": _HTML_START,
        "table": _TABLE,
        "math_block": _MATH,
    }
    DEFAULT_RULES: ClassVar[tuple[str, ...]] = (  # type: ignore[assignment]
        "table",
        "math_block",
        *BlockParser.DEFAULT_RULES,
    )

    def compile_sc(self, rules: list[str] | None = None) -> re.Pattern[str]:
        """Compile an alternation of rules; mistune forgets that a heading or a formula ends a quote."""
        if rules == _QUOTE_ENDS:
            rules = [*rules, "atx_heading", "math_block"]
        return super().compile_sc(rules)

    def parse_method(self, m: Match, state: BlockState) -> int | None:
        """Run the rule that matched, and give all tokens that it makes its range."""
        assert isinstance(state, SpanState)
        state.settle()
        frame, count = Frame(m.lastgroup or "", m.start(), m.end() + 1), len(state.tokens)
        last = state.tokens[-1] if count else None
        was = last["type"] if last else None
        state.frames.append(frame)
        end = super().parse_method(m, state)
        state.frames.pop()
        if not end:
            return end
        stop = min(end if frame.end is None else frame.end, len(state.src))
        for token in state.tokens[max(count - 1, 0) :]:
            at = token.setdefault("at", [frame.start, None])
            if at[1] is None:
                at[:] = frame.start, stop
                self._place_parts(token, m, frame)
        if last is not None and was == "paragraph" and last["type"] == "heading":  # setext: the underline joins its text
            last["underline"] = frame.start, stop
            last["at"][1] = stop
        if state.frames:
            state.frames[-1].end = frame.start
        return end

    def parse_table(self, m: Match, state: BlockState) -> int | None:
        """A table as markdown-it 14 reads it: rows go on until a blank line or another block."""
        columns = column_count(m["table_rule"])
        if columns is None or len(list(cell_ranges(m["table_head"]))) != columns:
            return None
        ends = self.compile_sc(_TABLE_ENDS)
        rows = [(m.start(), m.end("table_head"))]
        at = m.end() + 1
        while at < state.cursor_max and not ends.match(state.src, at):
            line_end = state.find_line_end_at(at)
            if state.src[at : at + 4] == "    ":  # indented code ends a table
                break
            rows.append((at, line_end - state.src.endswith("\n", at, line_end)))
            at = line_end
        token: Token = {"type": "table", "rows": [row(state.src, start, end, columns) for start, end in rows]}
        state.append_token(token)
        return min(at, state.cursor_max)

    def parse_math_block(self, m: Match, state: BlockState) -> int:
        """`$$ … $$`: to the first line that ends in `$$`, or to the end."""
        body = m.end()
        line_end = state.find_line_end_at(body)
        first = state.src[body:line_end].rstrip()
        if len(first) >= 2 and first.endswith("$$"):
            state.append_token({"type": "math_block", "raw": first[:-2].strip()})
            return line_end
        at = line_end
        while at < state.cursor_max:
            line_end = state.find_line_end_at(at)
            if state.src[at:line_end].rstrip().endswith("$$"):
                state.append_token({"type": "math_block", "raw": state.src[body:line_end].rstrip()[:-2].strip()})
                return line_end
            at = line_end
        state.append_token({"type": "math_block", "raw": state.src[body:].strip()})
        return state.cursor_max

    def parse_raw_html(self, m: Match, state: BlockState) -> int | None:
        """Comments and styles are Marp's own blocks; all other HTML is mistune's."""
        for kind, start, end in (("comment", _COMMENT_START, _COMMENT_END), ("style", _STYLE_START, _STYLE_END)):
            if start.match(state.src, m.start()):
                closing = end.search(state.src, m.start())
                stop = state.find_line_end_at(closing.end()) if closing else state.cursor_max
                state.append_token({"type": kind, "raw": state.src[m.start() : stop]})
                return stop
        return super().parse_raw_html(m, state)

    def parse_ref_link(self, m: Match, state: BlockState) -> int | None:
        """A link definition makes no block, but must not be lost: it is remembered with its range."""
        assert isinstance(state, SpanState)
        end = super().parse_ref_link(m, state)
        last: Token = state.tokens[-1] if state.tokens else {"type": None}
        if end and not (last["type"] == "paragraph" and last["at"][1] == end):
            state.env.setdefault("definitions", []).append((m["reflink_1"], state.map.span(m.start(), end)))
        return end

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        """Parse a state, then turn all ranges of its tokens into source ranges."""
        assert isinstance(state, SpanState)
        super().parse(state, rules)
        state.settle()
        state.tokens.sort(key=lambda token: token["at"][0])  # a quote can come behind the list that ended it
        for token in state.tokens:
            _to_source(token, state.map)

    def _place_parts(self, token: Token, m: Match, frame: Frame) -> None:
        kind = token["type"]
        if kind == "heading":
            text = m["atx_2"]
            token["segments"] = [(0, m.start("atx_2") + len(text) - len(text.lstrip(string.whitespace)))]
        elif kind == "list":
            ends = [*frame.items[1:], token["at"][1]]
            for item, start, end in zip(token["children"], frame.items, ends, strict=True):
                item["at"] = [start, end]


def _to_source(token: Token, to_source: LineMap) -> None:
    if "span" in token:
        return
    token["span"] = to_source.span(*token["at"])
    if "underline" in token:
        token["underline"] = to_source.span(*token["underline"])
    if "segments" in token:
        token["map"] = to_source.glued(token["text"], token["segments"])
    for part in token.get("rows") or (token["children"] if token["type"] in ("list", "row") else ()):
        _to_source(part, to_source)


def parse_blocks(text: str, offset: int = 0) -> tuple[list[Token], dict[str, Any]]:
    """The block tokens of a Markdown text that begins at `offset` of its source, and the definitions found in it."""
    parser = SpanBlockParser()
    state = SpanState()
    state.process(text)
    state.map = LineMap.identity(text, offset)
    parser.parse(state)
    return state.tokens, dict(state.env)
