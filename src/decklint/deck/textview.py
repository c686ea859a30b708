"""The visible text of a leaf, with a map back to the source.

Markup is gone, so a name or a sentence can be found across it. What is no prose (code, formulas, pictures, addresses)
stands as OPAQUE, so nothing is found inside it or across it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from decklint.deck.nodes import CodeSpan, Comment, Image, Inline, InlineHtml, InlineMath, LineBreak, Link, Styled, Text
from decklint.text import Span, as_span

OPAQUE = "\ufffc"

_ENDINGS = "com|org|net|io|ai|cn|edu|gov|dev|md|py|js|ts|ipynb|json|ya?ml|csv|txt|png|jpe?g|svg|gif|pdf"
_DOMAIN_END = re.compile(rf"\.(?:{_ENDINGS})\b", re.ASCII)
_ADDRESS = re.compile(
    r"https?://(?:[!-'*-;=?-~]|\([!-'*-;=?-~]*\))+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w/])(?:~|\.{1,2})?(?:/[\w.@-]+){2,}/?"
    rf"|\b(?:[a-z0-9-]+\.)+(?:{_ENDINGS})\b(?:/[!-~]*)?",
    re.ASCII,
)


class TextView:
    """Visible text and, for each run of it, where it stands in the source."""

    __slots__ = ("_folded", "_runs", "_starts", "text")

    def __init__(self, text: str, runs: Sequence[tuple[int, int, int]]) -> None:
        """`runs`: (start in the text, start in the source, end in the source), in order."""
        self.text = text
        self._runs = runs
        self._starts: list[int] | None = None
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        """The text for matching, of the same length: lower case, full-width letters and digits made half-width, one dash."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    def span(self, start: int, end: int) -> Span:
        """The source range of the visible characters `start` to `end`."""
        if end <= start:
            at = self._source(start)[0]
            return Span(at, at)
        if len(runs := self._runs) == 1 and end <= len(self.text):  # most: nothing but a text
            _, source, source_end = runs[0]
            if source_end - source == len(self.text):
                return as_span((source + start, source + end))
        return Span(self._source(start)[0], self._source(end - 1)[1])

    def _source(self, at: int) -> tuple[int, int]:
        runs = self._runs
        if not runs:
            return 0, 0
        if self._starts is None:
            self._starts = [run[0] for run in runs]
        i = max(0, bisect_right(self._starts, at) - 1)
        start, source, source_end = runs[i]
        size = (runs[i + 1][0] if i + 1 < len(runs) else len(self.text)) - start
        if source_end - source != size:  # one character made of several (an entity, an escape), or an opaque node
            return source, source_end
        place = source + min(at - start, size)
        return place, min(place + 1, source_end)


def fold(text: str) -> str:
    """Fold for matching, length kept: full-width ASCII to half-width, dashes to `-`, no-break space to space, lower case."""
    if text.isascii():
        return text.lower()
    if _FOLDED.search(text):  # most have none, and translating looks up each character
        text = text.translate(_FOLD)
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


_FOLD = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FOLD.update(dict.fromkeys(range(0x2010, 0x2016), ord("-")))
_FOLD[0xA0] = ord(" ")
_FOLDED = re.compile(f"[{''.join(map(chr, _FOLD))}]")


def view_of(inlines: Sequence[Inline]) -> TextView:
    """The view of a leaf with these inline nodes."""
    if len(inlines) == 1 and isinstance(only := inlines[0], Text):  # most leaves
        return TextView(_without_addresses(only.value), ((0, *only.span),))
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    _collect(inlines, parts, runs, 0)
    text = "".join(parts)
    return TextView(_without_addresses(text), runs)


def _without_addresses(text: str) -> str:
    """The text with its addresses opaque. Each shape of an address needs something that most texts do not have."""
    if "@" in text or text.count("/") > 1 or ("." in text and _DOMAIN_END.search(text)):
        return _ADDRESS.sub(lambda m: OPAQUE * len(m[0]), text)
    return text


def _collect(inlines: Iterable[Inline], parts: list[str], runs: list[tuple[int, int, int]], at: int) -> int:
    for node in inlines:
        span = node.span
        if isinstance(node, Text):
            runs.append((at, span.start, span.end))
            parts.append(node.value)
            at += len(node.value)
            continue
        if isinstance(node, Styled):
            if isinstance(node, Link) and node.is_address:
                shown = OPAQUE
            else:
                at = _collect(node.content, parts, runs, at)
                continue
        elif isinstance(node, LineBreak):
            shown = "\n" if node.shown else " "
        elif isinstance(node, (CodeSpan, InlineMath)) or (isinstance(node, Image) and not node.is_background):
            shown = OPAQUE
        elif isinstance(node, InlineHtml):
            shown = "\n" if node.value.lower().startswith("<br") else ""
        else:  # comments and backgrounds are not in the text
            assert isinstance(node, (Comment, Image))
            shown = ""
        if shown:
            runs.append((at, span.start, span.end))
            parts.append(shown)
            at += 1
    return at
