"""A leaf as it is written, with all that is no plain text blotted out: for finding what Marp leaves as text."""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import CodeSpan, Comment, Image, InlineHtml, InlineMath, Leaf, Link, Text
from decklint.deck.textview import OPAQUE
from decklint.deck.walk import walk
from decklint.text import Source, Span


def written(leaf: Leaf, source: Source, *, escapes: bool = False) -> str:
    """The source of a leaf, character for character, with code, formulas, HTML, pictures and the addresses of links opaque.

    Escaped characters are opaque too, unless `escapes` asks for them.
    """
    first, text = leaf.span.start, source.slice(leaf.span)
    pieces: list[str] = []
    at = 0
    for start, end in sorted(_blotted(leaf, source, escapes)):
        left, right = max(at, start - first), end - first
        if left < right:
            pieces += (text[at:left], OPAQUE * (right - left))
            at = right
    return "".join((*pieces, text[at:]))


def _blotted(leaf: Leaf, source: Source, escapes: bool) -> Iterator[Span]:
    for node in walk(leaf):
        span = node.span
        if isinstance(node, Text):
            escaped = len(node.value) != span.end - span.start and source.text[span.start] == "\\"
            if escaped and not escapes:
                yield span
        elif isinstance(node, Link) and node.content and not node.is_address:
            yield Span(span.start, span.start + 1)  # the brackets; what is between them is shown
            yield Span(node.content[-1].span.end, span.end)
        elif isinstance(node, (CodeSpan, InlineMath, InlineHtml, Comment, Image, Link)):
            yield span
