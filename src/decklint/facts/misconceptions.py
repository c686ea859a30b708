"""Popular false statements in the text of a leaf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from decklint.deck.nodes import Leaf
from decklint.facts.entities import Misconception
from decklint.facts.registry import registry
from decklint.facts.sentence import sentences
from decklint.facts.subjects import Surroundings
from decklint.patterns import constant
from decklint.text import Span


class Hit(NamedTuple):
    """A misconception told by a leaf, and the words that tell it."""

    misconception: Misconception
    leaf: Leaf
    span: Span
    written: str


def misconceptions_in(leaves: Sequence[Leaf]) -> list[Hit]:
    """The popular false statements that a deck repeats; not where it asks, denies or corrects them."""
    around, known = Surroundings(), registry().misconceptions
    found: list[Hit] = []
    for leaf in leaves:
        around.enter(leaf, ())
        folded = leaf.view.folded
        possible = [m for m in known if any(word in folded for word in m.words)]
        if possible and not around.is_no_statement(leaf):
            found += _hits(leaf, possible)
    return found


def _hits(leaf: Leaf, possible: Sequence[Misconception]) -> Iterator[Hit]:
    text = leaf.view.text
    stated = [(sentence.start, sentence.end) for sentence in sentences(leaf, ()) if not sentence.is_hedged]
    for misconception in possible:
        matches = (match for pattern in misconception.patterns for match in _compiled(pattern).finditer(text))
        for match in matches:
            if any(start <= match.start() < end for start, end in stated):
                yield Hit(misconception, leaf, leaf.view.span(match.start(), match.end()), match[0])
                break


@cache
@constant
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
