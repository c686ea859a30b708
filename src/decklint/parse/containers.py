"""Lists and quotes as markdown-it 14 reads them.

mistune's own rules take any line that begins no block for the lazy continuation of a paragraph, even where no paragraph is
open. Here a container ends where nothing is left to continue, and the block that follows is read after it, not inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from decklint.parse.linemap import Identity
from decklint.parse.state import SpanState, Token

if TYPE_CHECKING:
    from decklint.parse.blocks import SpanBlockParser

Match = re.Match[str]

RULER = ("thematic_break",)
_ENDS_QUOTE = ("thematic_break", "fenced_code", "atx_heading", "list", "block_html", "math_block")
_ENDS_ITEM = ("thematic_break", "fenced_code", "atx_heading", "block_quote", "list", "block_html", "math_block")
_QUOTE_MARK = re.compile(r" {0,3}>")
_ITEM = re.compile(r"( {0,3})([*+-]|\d{1,9}[.)])(?=[ \t]|$)", re.MULTILINE)
_ONE_LINE = re.compile(  # an item whose first line surely is text, and the empty lines behind it
    r" {0,3}(?:[*+-]|\d{1,9}[.)]) {1,4}(?P<text>(?:[^\s\d!-/:-@\[-`{-~]|\*\*[^\s*]|`[^`\s])[^\n]*)(?:\n(?P<blank>\n*)|\Z)"
)
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_PROBED = 30  # lines: enough to tell whether a paragraph is open at the end of a text


class _Content:
    """The text of a container as it is collected: whether a fence is open in it, which lines are lazy."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.columns: dict[int, int] = {}
        self.lazy: set[int] = set()
        self.size = 0
        self.fence = ""
        self.paragraph: bool | None = None
        """Whether a paragraph is open at the end; None: not known."""

    def add(self, line: str, column: int = 0) -> None:
        """Add a line that belongs here by its marker or indentation, and that begins at `column` of the deck's own line."""
        if "\t" in line and column % 4:
            self.columns[self.size] = column % 4
        self._append(line)
        self.paragraph = None
        match = _FENCE.match(line)
        if match and not self.fence:
            self.fence = match[1]
        elif match and match[1].startswith(self.fence) and not line[match.end() :].strip():
            self.fence = ""

    def add_lazy(self, line: str) -> None:
        """Add a line that only continues a paragraph. One that is indented as code is begins no block inside either."""
        self.lazy.add(self.size)
        text = line.lstrip(" \t")
        self._append(text if indent(line) < 4 else "    " + text)

    def is_open(self, parser: SpanBlockParser) -> bool:
        """Whether a paragraph is open at the end, which a lazy line may continue."""
        if self.fence or not self.lines or not self.lines[-1].strip():
            return False
        if self.paragraph is None:
            self.paragraph = parser.ends_in_paragraph("\n".join(self._tail()))
        return self.paragraph

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines)

    def _append(self, line: str) -> None:
        self.lines.append(line)
        self.size += len(line) + 1

    def _tail(self) -> list[str]:
        tail = self.lines[-_PROBED:]
        blank = next((i for i in range(len(tail) - 1, -1, -1) if not tail[i].strip()), -1)
        return tail[blank + 1 :]


def parse_quote(parser: SpanBlockParser, m: Match, state: SpanState) -> int:
    """Parse a quote that begins at the match; returns where it ends."""
    content = _Content()
    ends = parser.compile_sc(_ENDS_QUOTE)
    at = m.start()
    for line, end in _lines(state, at):
        mark = None if at in state.lazy_line_starts else _QUOTE_MARK.match(line)
        if mark:
            column = mark.end() + state.columns.get(at, 0)
            content.add(*strip_columns(line[mark.end() :], 1, column, verbatim=bool(content.fence)))
        elif not line.strip() or ends.match(state.src, at) or not content.is_open(parser):
            break
        else:
            content.add_lazy(line)
        at = end
    child = state.child_state(content.text, content.lazy, content.columns, at=m.start())
    parser.parse(child, parser.rules_inside(state, parser.block_quote_rules))
    state.append_token({"type": "block_quote", "children": child.tokens})
    return at


def parse_list(parser: SpanBlockParser, m: Match, state: SpanState) -> int | None:
    """Parse a list that begins at the match; returns where it ends, None where it is none."""
    first = _ITEM.match(m[0])
    if first is None:
        return None
    marker = first[2]
    ordered = len(marker) > 1
    empty = not m[0][first.end() :].strip()
    if (empty or (ordered and int(marker[:-1]) != 1)) and (end := state.append_paragraph()):
        return end  # such an item interrupts no paragraph
    rules = parser.rules_inside(state, parser.list_rules)
    token: Token = {"type": "list", "children": [], "bullet": marker[-1], "attrs": {"ordered": ordered}}
    at: int | None = m.start()
    while at is not None:
        start = at
        at, end = _short_item(parser, state, start, marker[-1], token) or _item(parser, state, start, marker[-1], rules, token)
    state.append_token(token)
    return end


def _short_item(
    parser: SpanBlockParser, state: SpanState, start: int, bullet: str, token: Token
) -> tuple[int | None, int] | None:
    """What `_item` does, for an item of one line of text that nothing continues; None for others."""
    match = None if state.columns or state.lazy_line_starts else _ONE_LINE.match(state.src, start)
    if match is None:
        return None
    end, following = match.end(), None
    if end < state.cursor_max:
        if state.src[end].isspace():
            return None
        marker = _ITEM.match(state.src, end)
        if marker and marker[2][-1] == bullet and not _is_ruler(parser, state, end):
            following = end
        elif not match["blank"]:
            return None
    text = match["text"].rstrip(" ")
    at, place = [0, len(text)], Identity(state.map(match.start("text")))
    paragraph = {"type": "paragraph", "text": text, "at": at, "segments": [(0, 0)], "map": place}
    token["children"].append({"type": "list_item", "children": [paragraph], "at": [start, end]})
    return following, end


def _item(
    parser: SpanBlockParser, state: SpanState, start: int, bullet: str, rules: list[str], token: Token
) -> tuple[int | None, int]:
    """Parse one item; returns where the next item of the list begins, if one follows, and where this one ends."""
    lines = _lines(state, start)
    line, at = next(lines)
    marker = _ITEM.match(line)
    assert marker is not None
    column = state.columns.get(start, 0)
    width, text = _content_column(line, marker.end(), column)
    content = _Content()
    if text:
        content.add(text, column + width)
    ends = parser.compile_sc(_ENDS_ITEM)
    blank, following = False, None
    for line, end in lines:
        if not line.strip():
            if blank and not content.text.strip():  # an item begins with one blank line at the most
                break
            content.add("") if text or content.lines else None
            blank = True
        elif at in state.lazy_line_starts:
            if not content.is_open(parser):
                break
            content.add_lazy(line)
        elif indent(line, column := state.columns.get(at, 0)) - column >= width and not (
            blank and not text and not content.text.strip()
        ):
            content.add(*strip_columns(line, width, column, verbatim=bool(content.fence)))
            blank = False
        elif not _is_ruler(parser, state, at) and (marker := _ITEM.match(line)) and marker[2][-1] == bullet:
            following = at
            break
        elif blank or ends.match(state.src, at) or not content.is_open(parser):
            break
        else:
            content.add_lazy(line)
        at = end
    child_at = start if text else state.find_line_end_at(start)
    child = state.child_state(content.text.rstrip("\n "), content.lazy, content.columns, at=child_at)
    parser.parse(child, rules)
    token["children"].append({"type": "list_item", "children": child.tokens, "at": [start, at]})
    return following, at


def _is_ruler(parser: SpanBlockParser, state: SpanState, at: int) -> bool:
    return parser.compile_sc(RULER).match(state.src, at) is not None


def _content_column(line: str, marker_end: int, column: int) -> tuple[int, str]:
    """How wide marker and blanks are before the content of an item, and the text on the marker's line, which is at `column`."""
    rest = line[marker_end:]
    if not rest.strip():
        return marker_end + 1, ""
    column += marker_end
    spaces = indent(rest, column) - column
    if spaces >= 5:  # indented code behind the marker
        spaces = 1
    return marker_end + spaces, strip_columns(rest, spaces, column)[0]


def _lines(state: SpanState, at: int) -> Iterator[tuple[str, int]]:
    """The lines from an offset on, without line ending, each with the offset behind it."""
    while at < state.cursor_max:
        end = state.find_line_end_at(at)
        yield state.src[at:end].removesuffix("\n"), end
        at = end


def indent(line: str, column: int = 0) -> int:
    """The column of the first character that is no blank, for a line that begins at `column`."""
    for char in line:
        if char == " ":
            column += 1
        elif char == "\t":
            column += 4 - column % 4
        else:
            break
    return column


def strip_columns(line: str, columns: int, column: int = 0, *, verbatim: bool = False) -> tuple[str, int]:
    """The line without its first `columns` columns of blanks, and the column where it begins now.

    `column` is where the line begins, since tabs reach to multiples of four. What is left of a tab becomes spaces. Where the
    text that is left begins elsewhere, all tabs before its first character do, unless it is the `verbatim` text of code.
    """
    target = column + columns
    rest = 0
    while rest < len(line) and column < target and line[rest] in " \t":
        column += 1 if line[rest] == " " else 4 - column % 4
        rest += 1
    target = min(target, column)
    padding = " " * (column - target)
    if verbatim or target % 4 == 0 or "\t" not in line:
        return padding + line[rest:], target
    text = line[rest:].lstrip(" \t")
    return (" " * (indent(line[rest:], column) - target) + text if text else padding), target
