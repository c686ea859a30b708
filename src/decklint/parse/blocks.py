"""Blocks with source ranges: mistune's block parser, made to keep books and to read as Marp reads.

Positions: a state remembers where its text came from (`LineMap`) and where the running rules began, and every token made
meanwhile gets that range. Only public hooks of mistune are overridden.

Marp's own blocks (comments, `<style>`, `$$`) and tables follow Marpit 3.2, Marp Core 4.4 and markdown-it 14.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from mistune.block_parser import BlockParser
from mistune.helpers import BLOCK_TAGS, HTML_ATTRIBUTES, HTML_TAGNAME, PRE_TAGS

from decklint.parse.containers import RULER, indent, parse_list, parse_quote
from decklint.parse.linemap import Identity
from decklint.parse.state import SpanState, Token
from decklint.parse.tables import cell_ranges, column_count, row
from decklint.patterns import constant

if TYPE_CHECKING:
    from mistune.core import BlockState

Match = re.Match[str]


# The header of a table must hold a pipe, and the next line must be a row of dashes.
_TABLE = r"^ {0,3}(?P<table_head>[^\n|]*\|[^\n]*)\n(?P<table_rule> {0,3}[|:-][-:| \t]*)$"
_HTML_START = (  # what may interrupt a paragraph; mistune wants a blank behind the tag name and takes `</style>` as well
    rf"^ {{0,3}}(?:</?(?i:{'|'.join(BLOCK_TAGS)})(?:[ \t]+|(?=/?>)|\n|$)"
    rf"|<(?i:{'|'.join(PRE_TAGS)})(?:[ \t]+|(?=>)|\n|$)|<!--|<\?|<![A-Z]|<!\[CDATA\[)"
)
_TABLE_ENDS = ("blank_line", "thematic_break", "fenced_code", "atx_heading", "block_quote", "list", "block_html", "math_block")
_INDENTED = r"^(?=[ \t]*[^ \t\n])" + BlockParser.SPECIFICATION["indent_code"].removeprefix("^")  # no code of blanks alone
_BLANK_LINE = re.compile(r"[ \t]*$", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[ \t\v\f]*\n)+")
# How a line looks that may begin a block, or be one: all rules but that of tables ask for one of these characters.
_BEGINS = r" {0,3}[\d#=*_+>\[<`~$-]|[ \t\v\f]*\n"
_BEGINS_TABLE = r" {0,3}[^\s|][^\n|]*\|| {0,3}\|"
_MATH = r"^ {0,3}\$\$"
_COMMENT_END = re.compile(r"-->")
_STYLE_END = re.compile(r"</style>", re.IGNORECASE)
_STYLE_START = re.compile(r" {0,3}<style(?=[\s>]|$)", re.IGNORECASE)
_SELF_CLOSED = re.compile(rf" {{0,3}}<{HTML_TAGNAME}{HTML_ATTRIBUTES}[ \t]*/>[ \t]*$", re.MULTILINE)
_RULER = "---\n"
_COMMENT_START = re.compile(r" {0,3}<!--")


class SpanBlockParser(BlockParser):
    """mistune's block parser with ranges, cured of its differences from markdown-it."""

    state_cls = SpanState
    SPECIFICATION = BlockParser.SPECIFICATION | {
        "indent_code": _INDENTED,
        "block_html": _HTML_START,
        "table": _TABLE,
        "math_block": _MATH,
    }
    DEFAULT_RULES: ClassVar[tuple[str, ...]] = (  # type: ignore[assignment]
        "table",
        "math_block",
        *BlockParser.DEFAULT_RULES,
    )

    def __init__(self) -> None:
        super().__init__()
        self._compiled: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._probing = False

    def compile_sc(self, rules: Sequence[str] | None = None) -> re.Pattern[str]:
        """Compile an alternation of rules, once."""
        key = tuple(self.rules if rules is None else rules)
        compiled = self._compiled.get(key)
        if compiled is None:
            compiled = self._compiled[key] = super().compile_sc(list(key))
        return compiled

    def rules_inside(self, state: SpanState, rules: list[str]) -> list[str]:
        """The rules for the content of a container: at the nesting limit no further containers."""
        if state.depth() < self.max_nested_level - 1:
            return rules
        return [rule for rule in rules if rule not in ("block_quote", "list")]

    def ends_in_paragraph(self, text: str) -> bool:
        """Whether a text ends in an open paragraph, be it inside lists and quotes."""
        if self._probing:  # inside a probe any line may continue: asking again at each level would cost twice as much per level
            return True
        self._probing = True
        try:
            probe = SpanState()
            probe.process(text)
            self.parse(probe, self.block_quote_rules)
        finally:
            self._probing = False
        tokens = probe.tokens
        while tokens and tokens[-1]["type"] in ("list", "list_item", "block_quote"):
            tokens = tokens[-1]["children"]
        return bool(tokens) and tokens[-1]["type"] in ("paragraph", "block_text")

    def parse_method(self, m: Match, state: BlockState) -> int | None:
        """Run the rule that matched, and give all tokens that it makes its range."""
        assert isinstance(state, SpanState)
        if state.open is not None:
            state.settle()
        kind, start, tokens = m.lastgroup or "", m.start(), state.tokens
        if kind == "blank_line":  # half of all calls
            tokens.append({"type": kind, "at": [start, m.end()]})
            return m.end()
        before = max(len(tokens) - 1, 0)
        last = tokens[-1] if tokens else None
        was_paragraph = last is not None and last["type"] == "paragraph"
        state.starts.append(start)
        end = self._methods[kind](m, state)
        state.starts.pop()
        if not end:
            return end
        stop = min(end, len(state.src))
        for token in tokens[before:]:
            if token["at"][1] is None:
                token["at"][1] = stop
                if kind == "atx_heading":
                    text = m["atx_2"]
                    token["segments"] = [(0, m.start("atx_2") + len(text) - len(text.lstrip(string.whitespace)))]
        if was_paragraph and last is not None and last["type"] == "heading":  # setext: the underline joins its text
            last["underline"] = start, stop
            last["at"][1] = stop
        return end

    def parse_table(self, m: Match, state: BlockState) -> int | None:
        """A table as markdown-it 14 reads it: rows go on until a blank line or another block; no part of it may be lazy."""
        if m.start() in state.lazy_line_starts or m.end("table_head") + 1 in state.lazy_line_starts:
            return None
        columns = column_count(m["table_rule"])
        if columns is None or len(list(cell_ranges(m["table_head"]))) != columns:
            return None
        ends = self.compile_sc(_TABLE_ENDS)
        rows = [(m.start(), m.end("table_head"))]
        at = m.end() + 1
        while at < state.cursor_max and not ends.match(state.src, at):
            line_end = state.find_line_end_at(at)
            if indent(state.src[at:line_end]) >= 4:  # indented code ends a table
                break
            rows.append((at, line_end - state.src.endswith("\n", at, line_end)))
            at = line_end
        token: Token = {"type": "table", "rows": [row(state.src, start, end, columns) for start, end in rows]}
        state.append_token(token)
        return min(at, state.cursor_max)

    def parse_block_quote(self, m: Match, state: BlockState) -> int:
        """A quote, ended where markdown-it ends it."""
        assert isinstance(state, SpanState)
        return parse_quote(self, m, state)

    def parse_list(self, m: Match, state: BlockState) -> int | None:  # type: ignore[override]
        """A list, ended where markdown-it ends it."""
        assert isinstance(state, SpanState)
        return parse_list(self, m, state)

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
            last = state.src[at:line_end].strip()
            if last.endswith("$$"):
                state.append_token({"type": "math_block", "raw": (state.src[body:at] + last[:-2]).strip()})
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
        if _SELF_CLOSED.match(state.src, m.start()):  # mistune does not know `<a id="x"/>` alone on its line
            if appended := state.append_paragraph():
                return appended
            blank = self.BLANK_LINE.search(state.src, m.start())
            stop = blank.start() if blank else state.cursor_max
            state.append_token({"type": "block_html", "raw": state.src[m.start() : stop]})
            return stop
        return super().parse_raw_html(m, state)

    def parse_setex_heading(self, m: Match, state: BlockState) -> int | None:
        """A line of dashes is a ruler where no paragraph is open."""
        assert isinstance(state, SpanState)
        if _may_be_ruler(state) and (ruler := self.compile_sc(RULER).match(state.src, m.start())):
            return self.parse_thematic_break(ruler, state)
        return super().parse_setex_heading(m, state)

    def parse_ref_link(self, m: Match, state: BlockState) -> int | None:
        """A link definition makes no block, but must not be lost: it is remembered with its range."""
        assert isinstance(state, SpanState)
        end = super().parse_ref_link(m, state)
        if end is None and self._is_near_end(state, m.end()):  # mistune asks for the line ending that a container's text lacks
            text, state.src = state.src, state.src + "\n"
            end = super().parse_ref_link(m, state)
            end, state.src = min(end, len(text)) if end else None, text
        last: Token = state.tokens[-1] if state.tokens else {"type": None}
        if end and not (last["type"] == "paragraph" and last["at"][1] == end):
            state.env.setdefault("definitions", []).append((m["reflink_1"], state.map.span(m.start(), end)))
        return end

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        return None if _BLANK_LINE.match(state.src, state.cursor) else super()._parse_indent_code_fast(state)

    @staticmethod
    def _is_near_end(state: SpanState, at: int) -> bool:
        """Whether the text ends, without a line ending, within the three lines that a definition can take."""
        for _ in range(3):
            at = state.src.find("\n", at) + 1
            if not at:
                return True
        return False

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        """Parse a state, then tell each token where the state's text stands in the source."""
        assert isinstance(state, SpanState)
        self._parse_lines(state, self.rules if rules is None else rules)
        state.settle()
        for token in state.tokens:
            token["map"] = state.map

    def _parse_lines(self, state: SpanState, rules: list[str]) -> None:
        """As mistune does it, but a line is shown to the rules only where one search says that it may begin a block."""
        src, size = state.src, state.cursor_max
        begins, then_begins = _LINES["table" in rules]
        block = self.compile_sc(rules)
        while (at := state.cursor) < size:
            first = src[at]
            if first == "\n":
                is_one = src[at + 1 : at + 2] not in "\n \t\v\f"  # the end of the text counts as one more
                state.add_blank(at + 1 if is_one else _end_of_blanks(src, at))
                continue
            if first == "-" and src.startswith(_RULER, at) and _may_be_ruler(state):  # the usual end of a slide
                state.add_ruler(at + len(_RULER))
                continue
            if first in " \t" and (end := self._parse_indent_code_fast(state)) is not None:
                state.cursor = end
                continue
            match = block.match(src, at) if begins.match(src, at) else None
            while match is None:
                line = then_begins.search(src, at)
                at = line.end() if line else size
                if line is None or src[at] == "\n":
                    break
                match = block.match(src, at)
            if at > state.cursor:
                state.add_paragraph(src[state.cursor : at])
                state.cursor = at
            if match is not None:
                self._parse_match(match, state)

    def _parse_match(self, m: Match, state: SpanState) -> None:
        """Run the rule that matched at the cursor; where it refuses, the line is text."""
        end = self.parse_method(m, state)
        if not end:
            end = state.find_line_end()
            state.add_paragraph(state.src[state.cursor : end])
        state.cursor = end


def _may_be_ruler(state: SpanState) -> bool:
    """Whether dashes at the cursor underline no open paragraph."""
    tokens = state.tokens
    return not state.lazy_line_starts and not (tokens and tokens[-1]["type"] == "paragraph")


def _end_of_blanks(src: str, at: int) -> int:
    blanks = _BLANK_LINES.match(src, at)
    assert blanks is not None
    return blanks.end()


_LINES = [(re.compile(begins), re.compile(rf"\n(?={begins})")) for begins in (_BEGINS, f"{_BEGINS}|{_BEGINS_TABLE}")]
"""What a line that may begin a block matches, and what finds the next one; without tables and with them."""


@cache
def _parser(tables: bool, math: bool) -> SpanBlockParser:
    """A parser without the rules that a text cannot need: each rule costs on every line."""
    parser = SpanBlockParser()
    for name, wanted in (("table", tables), ("math_block", math)):
        if not wanted:
            for rules in (parser.rules, parser.block_quote_rules, parser.list_rules):
                rules.remove(name)
    return parser


@constant  # mistune makes one pattern per set of rules, when a text first needs it
def parse_blocks(text: str, offset: int = 0, *, math: bool = True) -> tuple[list[Token], dict[str, Any]]:
    """The block tokens of a Markdown text that begins at `offset` of its source, and the definitions found in it."""
    state = SpanState()
    state.process(text)
    state.map = Identity(offset)
    _parser("|" in text, math and "$$" in text).parse(state)
    return state.tokens, dict(state.env)
