"""What a deck is used to: typography is judged by the deck's own majority."""

from __future__ import annotations

from decklint.deck.nodes import Leaf
from decklint.text import Span

ENOUGH = 5
"""Places that make a habit; a deck with fewer has too little of its own."""
_SHARE = 0.8


def is_habit(common: int, rare: int) -> bool:
    """Whether a form that stands at `common` places, and its rival at `rare`, is what the deck is used to."""
    return common >= ENOUGH and common >= _SHARE * (common + rare)


def unbroken(leaf: Leaf, start: int, end: int) -> Span | None:
    """The source of visible characters that stand there just so, without markup, entity or line ending between them."""
    if not 0 <= start < end <= len(leaf.view.text):
        return None
    span = leaf.view.span(start, end)
    return span if span.end - span.start == end - start else None
