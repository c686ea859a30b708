"""A block state that knows where its text, and each of its tokens, stand in the source."""

from __future__ import annotations

import re
from typing import Any

from mistune.core import BlockState

from decklint.parse.linemap import Identity, ToSource, child_map

Token = dict[str, Any]
"""A mistune token. `at` is its range in the text that `map` leads back from; leaves have `text`, made of `segments`."""

_MARKER = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])")


class Frame:
    """One running rule on one state."""

    __slots__ = ("end", "items", "kind", "marker_end", "start")

    def __init__(self, kind: str, start: int, marker_end: int) -> None:
        self.kind = kind
        self.start = start
        self.marker_end = marker_end
        """For a list: the end of the line that holds the marker of the item that is read next."""
        self.end: int | None = None
        """Set when another block cut this one short."""
        self.items: list[int] = []
        """For a list: where its items begin."""


class SpanState(BlockState):
    """Keeps books of what mistune's rules append."""

    tokens: list[Token]

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.frames: list[Frame] = []
        self.map: ToSource = Identity()
        self.prepended = False
        self.open: Token | None = None
        """The last token of a fast path that runs outside any frame: it ends where the next event begins."""

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
        child.map = child_map(self.map, self.src, src, first)
        return child

    def settle(self) -> None:
        """Close the token of a fast path: it ends where the cursor stands now."""
        if self.open is not None:
            self.open["at"][1] = self.cursor
            self.open = None

    def append_token(self, token: Token) -> None:
        """Append a token that begins with the running frame."""
        if self.open is not None:
            self.settle()
        if self.frames:
            token["at"] = [self.frames[-1].start, None]
        else:
            token["at"] = [self.cursor, None]
            self.open = token
        self.tokens.append(token)

    def prepend_token(self, token: Token) -> None:
        """Insert a token that was cut short by the last one."""
        token["at"] = [self.frames[-1].start, None]
        self.prepended = True
        super().prepend_token(token)

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
        last["text"] += text
        last["at"][1] = cursor + len(text)

    def append_paragraph(self) -> int | None:
        """Add the current line to the open paragraph, if there is one.

        A rule that ends a list or quote runs before that has its token: the paragraph it would find stands before the list.
        """
        if len(self.frames) > 1 or not self.tokens or self.tokens[-1]["type"] != "paragraph":
            return None
        end = self.find_line_end()
        self.add_paragraph(self.src[self.cursor : end])
        return end
