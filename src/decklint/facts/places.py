"""Where names and words of the rule book stand in a text: all places first, so that one pass serves who chooses among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from decklint.matching import Matcher, is_bounded

T = TypeVar("T")
R = TypeVar("R")


def places_in(matcher: Matcher[T], text: str) -> list[tuple[int, int, T]]:
    """Start, end and meaning of each name that stands in a text as a word of its own: in order, the longest first."""
    found: list[tuple[int, int, T]] = []

    def note(start: int, end: int, meaning: T) -> tuple[()]:
        if is_bounded(text, start, end):
            found.append((start, end, meaning))
        return ()

    for _ in matcher.find(text, note):
        pass
    return found


def chosen(places: Iterable[tuple[int, int, T]], accept: Callable[[int, int, T], Iterable[R]]) -> Iterator[R]:
    """What `accept` makes of places that do not overlap; where it makes nothing of one, a shorter or later one is tried."""
    free = 0
    for start, end, meaning in places:
        if start >= free and (accepted := list(accept(start, end, meaning))):
            yield from accepted
            free = end
