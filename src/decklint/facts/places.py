"""Choosing among the places where words of the rule book stand in a text: one pass finds them all, for all who choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def chosen(places: Iterable[tuple[int, int, T]], accept: Callable[[int, int, T], Iterable[R]]) -> Iterator[R]:
    """What `accept` makes of places that do not overlap; where it makes nothing of one, a shorter or later one is tried."""
    free = 0
    for start, end, meaning in places:
        if start >= free and (accepted := list(accept(start, end, meaning))):
            yield from accepted
            free = end
