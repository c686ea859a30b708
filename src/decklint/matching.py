"""Finding many names in a text in one pass.

The time does not grow with the number of names: at each place two look-ups tell the lengths of the names that begin with
the three characters found there, and one look-up per length tells whether a name is there. Pure Python, because a wheel of an
automaton library would have to exist for every system that a lecturer has.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import compress, count
from typing import Generic, TypeVar

_STARTS = re.compile(r"(?<![^\W\u2e80-\U0010ffff])[^\W\u2e80-\U0010ffff]|[\u2e80-\U0010ffff]")
"""Where a word of letters that join may begin, and every character of scripts that write without spaces."""
_WIDE = f"utf-32-{sys.byteorder[0]}e"

T = TypeVar("T")
R = TypeVar("R")


class Matcher(Generic[T]):
    """Names (folded as the texts will be, two characters or more) and what each stands for."""

    def __init__(self, names: Mapping[str, T], *, whole_words: bool = False) -> None:
        """With `whole_words`, names begin with a letter or a digit, and `accept` is not asked inside a Latin word."""
        self._names = names
        self._whole_words = whole_words
        self._sizes = _sizes(names)

    def find(self, text: str, accept: Callable[[int, int, T], Iterable[R]]) -> Iterator[R]:
        """What `accept` makes of each name found, the longest at each place first; matches do not overlap.

        `accept` gets start, end and what the name stands for; where it yields nothing, a shorter name is tried.
        """
        names, known = self._names.get, self._sizes
        free, last, pairs = 0, len(text), _pairs_of(text)
        for at in compress(count(), map(known.__contains__, pairs)):
            by_third = known[pairs[at]]
            sizes = by_third.get(pairs[at + 1]) or by_third[0]
            if not sizes or at < free or (self._whole_words and not _STARTS.match(text, at)):
                continue
            for size in sizes:
                end = at + size
                stands_for = names(text[at:end]) if end <= last else None
                if stands_for is None:
                    continue
                accepted = list(accept(at, end, stands_for))
                if accepted:
                    yield from accepted
                    free = end
                    break


def _sizes(names: Iterable[str]) -> dict[int, dict[int, list[int]]]:
    """The lengths of names, the longest first: by their first two characters, then by the second and the third.

    Under 0, which is no two characters, stand those of two characters alone, which are good whatever follows.
    """
    found: dict[int, dict[int, list[int]]] = {}
    pairs = _pairs("".join([name[:3].ljust(3) for name in names]))
    for head, after, size in sorted(set(zip(pairs[::3], pairs[1::3], map(len, names), strict=True)), reverse=True):
        by_third = found.setdefault(head, {0: []})
        by_third.setdefault(0 if size == 2 else after, []).append(size)
    for by_third in found.values():
        if by_third[0]:
            for after in by_third.keys() - {0}:
                by_third[after].append(2)
    return found


def _pairs(text: str) -> list[int]:
    """The two characters at each place of a text as one number, which costs a tenth of a string to make and look up; then 0."""
    wide = memoryview(text.encode(_WIDE, "surrogatepass"))
    pairs = [0] * max(len(text) - 1, 0)
    pairs[::2] = wide[: len(text) // 2 * 8].cast("Q").tolist()
    pairs[1::2] = wide[4 : 4 + (len(text) - 1) // 2 * 8].cast("Q").tolist()
    pairs.append(0)
    return pairs


_pairs_of = lru_cache(4)(_pairs)  # several matchers look at a text in turn


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
