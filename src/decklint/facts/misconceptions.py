"""Popular false statements in the text of a leaf."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from decklint.deck.nodes import Leaf
from decklint.facts.asserting import is_hedged
from decklint.facts.entities import Misconception
from decklint.facts.reading import Passage, read
from decklint.facts.registry import registry
from decklint.facts.subjects import Surroundings
from decklint.lang.prose import Prose
from decklint.patterns import constant
from decklint.text import Span


class Hit(NamedTuple):
    """A misconception told by a leaf, and the words that tell it."""

    misconception: Misconception
    leaf: Leaf
    span: Span
    written: str


def misconceptions_in(prose: Prose) -> list[Hit]:
    """The popular false statements that a deck repeats; not where it asks, denies or corrects them."""
    possible: dict[int, list[Misconception]] = {}
    for misconception in registry().misconceptions:
        for leaf in prose.containing(misconception.words):
            possible.setdefault(id(leaf), []).append(misconception)
    if not possible:
        return []
    reading = prose.once(read)
    around = Surroundings(reading)
    return [
        hit
        for passage in reading.passages
        if id(passage.leaf) in possible
        for hit in _hits(passage, possible[id(passage.leaf)], around)
    ]


def _hits(passage: Passage, possible: Iterable[Misconception], around: Surroundings) -> Iterator[Hit]:
    view = passage.leaf.view
    for misconception in possible:
        matches = [match for pattern in misconception.patterns for match in _compiled(pattern).finditer(view.text)]
        if not matches or around.is_no_statement(passage):
            continue
        stated = [(start, end) for start, end in passage.stated if not is_hedged(passage.text, start, end)]
        for match in matches:
            if any(start <= match.start() < end for start, end in stated):
                yield Hit(misconception, passage.leaf, view.span(match.start(), match.end()), match[0])
                break


@cache
@constant
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
