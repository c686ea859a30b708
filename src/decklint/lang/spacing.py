"""Where Chinese meets Latin letters or digits, with a space or without."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import NamedTuple

from decklint.deck.nodes import Heading
from decklint.deck.walk import slide_of
from decklint.lang import HAN, is_han
from decklint.lang.habits import is_habit
from decklint.lang.prose import Prose
from decklint.records import dataclass

_RUN = re.compile("[A-Za-z0-9]+")
_DATE = frozenset("年月日天号时分秒第")
_ORDINAL = re.compile(r"第 ?\d+$")
_HAN = re.compile(f"[{HAN}]")
_SENTENCE = re.compile(r"[，。；：？！]")
_AROUND = 200
_NEAR = 10  # slides on each side: about a quarter of a lecture
_FEWEST = 8  # Han characters of a line that is more than a label


class Boundary(NamedTuple):
    """A place between a Han character and a Latin one, as offsets of the prose: where the space is, or would be."""

    start: int
    end: int

    @property
    def spaced(self) -> bool:
        """Whether a space is there."""
        return self.end > self.start


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The places of one kind in a deck, and how many of them have a space."""

    places: tuple[Boundary, ...]

    @property
    def spaced(self) -> int:
        """How many have a space."""
        return sum(place.spaced for place in self.places)

    @property
    def bare(self) -> int:
        """How many have none."""
        return len(self.places) - self.spaced


def boundaries(prose: Prose) -> tuple[Boundaries, Boundaries]:
    """The places beside words, and those beside numbers; dates, ordinals and single letters are no matter of habit."""
    text = prose.text
    words: list[Boundary] = []
    numbers: list[Boundary] = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        before = start - (text[start - 1 : start] == " ")
        after = end + (text[end : end + 1] == " ")
        if before > 0 and is_han(text[before - 1]) and _counts(text[start], text[before - 1], end - start):
            (numbers if text[start].isdigit() else words).append(Boundary(before, start))
        han, last = text[after : after + 1], text[end - 1]
        if is_han(han) and _counts(last, han, end - start):
            if not last.isdigit():
                words.append(Boundary(end, after))
            elif not _ORDINAL.search(text, max(0, end - 8), end):
                numbers.append(Boundary(end, after))
    return Boundaries(tuple(words)), Boundaries(tuple(numbers))


def _counts(latin: str, han: str, size: int) -> bool:
    return han not in _DATE if latin.isdigit() else size > 1


def habit(spaced: int, bare: int) -> bool | None:
    """Whether a space is what these places are used to; None where neither form is."""
    if is_habit(spaced, bare):
        return True
    return False if is_habit(bare, spaced) else None


class Neighbours:
    """The places of one kind by slide: what the slides around a place are used to."""

    def __init__(self, prose: Prose, kind: Boundaries) -> None:
        self._slides = [slide_of(prose.place(place.start)[0]).number for place in kind.places]
        self._spaced = list(accumulate((place.spaced for place in kind.places), initial=0))

    def keep_to(self, which: int, *, spaced: bool) -> bool:
        """Whether the slides around the place of this number keep to one form: a lecture of its own in a file of several."""
        slide = self._slides[which]
        first, behind = bisect_left(self._slides, slide - _NEAR), bisect_right(self._slides, slide + _NEAR)
        count = self._spaced[behind] - self._spaced[first]
        others = behind - first - count
        return is_habit(count, others) if spaced else is_habit(others, count)


def is_in_sentence(prose: Prose, place: Boundary) -> bool:
    """Whether a space stands in a sentence, where it parts nothing: a label and its title, an author and a place."""
    leaf, at = prose.place(place.start)
    text = leaf.view.text
    before, after = text[max(0, at - _AROUND) : at], text[at : at + place.end - place.start + _AROUND]
    line = before.rpartition("\n")[2] + after.partition("\n")[0]
    return not isinstance(leaf, Heading) and _SENTENCE.search(line) is not None and len(_HAN.findall(line)) >= _FEWEST
