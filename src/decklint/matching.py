"""Finding many names in a text in one pass.

The time does not grow with the number of names: at each place one look-up tells the lengths of the names that begin with
the two characters found there, and one look-up per length tells whether a name is there. Pure Python, because a wheel of an
automaton library would have to exist for every system that a lecturer has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Matcher(Generic[T]):
    """Names (folded as the texts will be, two characters or more) and what each stands for."""

    def __init__(self, names: Mapping[str, T]) -> None:
        self._names = names
        lengths: dict[str, set[int]] = {}
        for name in names:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}

    def find(self, text: str, accept: Callable[[int, int, T], Iterable[R]]) -> Iterator[R]:
        """What `accept` makes of each name found, the longest at each place first; matches do not overlap.

        `accept` gets start, end and what the name stands for; where it yields nothing, a shorter name is tried.
        """
        lengths, names = self._lengths.get, self._names
        at, last = 0, len(text) - 1
        while at < last:
            sizes = lengths(text[at : at + 2])
            if sizes is None:
                at += 1
                continue
            step = 1
            for size in sizes:
                end = at + size
                stands_for = names.get(text[at:end]) if end <= last + 1 else None
                if stands_for is None:
                    continue
                accepted = list(accept(at, end, stands_for))
                if accepted:
                    yield from accepted
                    step = size
                    break
            at += step


def is_bounded(text: str, start: int, end: int) -> bool:
    """Whether a match is a word of its own, by script: Latin letters and digits may not go on at its edges.

    Han characters need no boundary; `GPT-4` is not in `GPT-4o` nor in `GPT-4.5`, and not in `my_GPT-4`.
    """
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if (
        _joins(first)
        and before
        and (_joins(before) or (before in "-./\\@#" and start > 1 and _joins(text[start - 2]) and before != "/"))
    ):
        return False
    if _joins(last) and after:
        beyond = text[end + 1] if end + 1 < len(text) else ""
        if _joins(after) or (after in "-." and _joins(beyond)):
            return False
    return True


def _joins(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or char == "_" or (char.isalpha() and ord(char) < 0x2E80)
