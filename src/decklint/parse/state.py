"""A block state that knows where its text, and each of its tokens, stand in the source."""

from __future__ import annotations

from typing import Any

from mistune.core import BlockState

from decklint.parse.linemap import Identity, ToSource, child_map

Token = dict[str, Any]
"""A mistune token. `at` is its range in the text that `map` leads back from; leaves have `text`, made of `segments`."""


class SpanState(BlockState):
    """Keeps books of what mistune's rules append."""

    tokens: list[Token]

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.starts: list[int] = []
        """Where the running rules began, the innermost last."""
        self.map: ToSource = Identity()
        self.columns: dict[int, int] = {}
        """Where lines with tabs begin in the deck's own lines, modulo four, by their offsets; 0 where nothing is said."""
        self.open: Token | None = None
        """The last token of a fast path that runs outside any rule: it ends where the next event begins."""

    def child_state(
        self, src: str, lazy_line_starts: set[int] | None = None, columns: dict[int, int] | None = None, at: int = 0
    ) -> SpanState:
        """The state for a container's content, whose first line is in the line at offset `at`."""
        child = SpanState(self)
        child.process(src)
        child.map = child_map(self.map, self.src, src, at)
        child.lazy_line_starts = lazy_line_starts or set()
        child.columns = columns or {}
        return child

    def settle(self) -> None:
        """Close the token of a fast path: it ends where the cursor stands now."""
        if self.open is not None:
            self.open["at"][1] = self.cursor
            self.open = None

    def append_token(self, token: Token) -> None:
        """Append a token that begins where the running rule began."""
        if self.open is not None:
            self.settle()
        if self.starts:
            token["at"] = [self.starts[-1], None]
        else:
            token["at"] = [self.cursor, None]
            self.open = token
        self.tokens.append(token)

    def add_blank(self, end: int) -> None:
        """Pass over blank lines, from the cursor to `end`."""
        if self.open is not None:
            self.settle()
        self.tokens.append({"type": "blank_line", "at": [self.cursor, end]})
        self.cursor = end

    def add_ruler(self, end: int) -> None:
        """Add a thematic break, from the cursor to `end`."""
        if self.open is not None:
            self.settle()
        self.tokens.append({"type": "thematic_break", "at": [self.cursor, end]})
        self.cursor = end

    def add_paragraph(self, text: str) -> None:
        """Add text to the open paragraph, or begin one."""
        if self.open is not None:
            self.settle()
        cursor = self.cursor
        last = self.tokens[-1] if self.tokens else None
        if last is None or last["type"] != "paragraph":
            at, segments = [cursor, cursor + len(text)], [(0, cursor)]
            self.tokens.append({"type": "paragraph", "text": text, "at": at, "segments": segments})
            return
        if last["at"][1] != cursor:  # not contiguous
            last["segments"].append((len(last["text"]), cursor))
        joined: str = last.pop("text")  # held once, so that it grows in place: a paragraph may have a million lines
        joined += text
        last["text"] = joined
        last["at"][1] = cursor + len(text)

    def append_paragraph(self) -> int | None:
        """Add the current line to the open paragraph, if there is one."""
        if not self.tokens or self.tokens[-1]["type"] != "paragraph":
            return None
        end = self.find_line_end()
        self.add_paragraph(self.src[self.cursor : end])
        return end
