"""A deck as the fact engine reads it: its leaves with their text for matching, and what of the rule book stands in them.

Names and words are looked for in the text of all leaves at once, since a pass over a deck costs little more than one over a leaf.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from decklint.deck.deck import Slide
from decklint.deck.nodes import Heading, Leaf, Paragraph
from decklint.deck.textview import view_of
from decklint.deck.walk import bold_title
from decklint.facts.asserting import opens_a_quiz, simplified, stated
from decklint.facts.entities import Phrase
from decklint.facts.mentions import Mention, mentions_at
from decklint.facts.people import Person
from decklint.facts.places import places_in
from decklint.facts.registry import Registry, registry
from decklint.lang.prose import Prose
from decklint.matching import Matcher

T = TypeVar("T")

Places = Sequence[tuple[int, int, T]]
"""Start and end in the text of a leaf, and what stands there."""


class Passage:
    """A leaf as it is read. All offsets are those of its visible text."""

    __slots__ = ("_people", "_stated", "folded", "in_quiz", "leaf", "mentions", "number", "reading", "text", "titles")

    def __init__(self, reading: Reading, number: int, leaf: Leaf, folded: str, text: str) -> None:
        """`text` is the folded one with the traditional characters of cues and units simplified."""
        self.reading, self.number, self.leaf, self.folded, self.text = reading, number, leaf, folded, text
        self.mentions: Sequence[Mention] = ()
        self.titles: tuple[Passage, ...] = ()
        """The titles that are open here, itself among them."""
        self.in_quiz = False
        """Whether one of them says that what follows is not all meant to be true."""
        self._stated: list[tuple[int, int]] | None = None
        self._people: list[Person] | None = None

    @property
    def stated(self) -> list[tuple[int, int]]:
        """Where the sentences that assert something begin and end."""
        if self._stated is None:
            self._stated = stated(self.text)
        return self._stated

    @property
    def people(self) -> list[Person]:
        """The people that it names, in order."""
        if self._people is None:
            reading = self.reading
            places = reading.places_of_people.get(self.number, ())
            self._people = reading.known.people.among(places, self.leaf.view.text, self.text)
        return self._people

    @property
    def venues(self) -> Places[list[Phrase]]:
        """Where conferences and journals stand."""
        return self.reading.said["venue"].get(self.number, ())

    @property
    def venues_as_written(self) -> Places[list[Phrase]]:
        """The same in the text whose characters are not simplified."""
        return self.reading.said_as_written["venue"].get(self.number, ())

    @property
    def awards(self) -> Places[list[Phrase]]:
        """Where awards stand."""
        return self.reading.said["award"].get(self.number, ())

    @property
    def phrases(self) -> Places[list[Phrase]]:
        """Where words for other values stand."""
        return self.reading.said[""].get(self.number, ())


class Reading:
    """The passages of a deck in source order."""

    def __init__(self, prose: Prose, known: Registry) -> None:
        self.known = known
        self._folded = prose.folded
        self._text = simplified(self._folded)
        sizes = [len(leaf.view.text) for leaf in prose.leaves]
        self._starts = list(accumulate((size + 1 for size in sizes[:-1]), initial=0))
        self.passages = [
            Passage(self, number, leaf, self._folded[start : start + size], self._text[start : start + size])
            for number, (leaf, start, size) in enumerate(zip(prose.leaves, self._starts, sizes, strict=False))
        ]
        self._by_leaf = {id(passage.leaf): passage for passage in self.passages}
        for number, places in self._placed(known.names, self._folded).items():
            passage = self.passages[number]
            passage.mentions = mentions_at(places, passage.leaf.view.text, passage.folded, known)
        _open_titles(self.passages)

    def of(self, leaf: Leaf) -> Passage:
        """The passage of a leaf of the deck."""
        return self._by_leaf[id(leaf)]

    @cached_property
    def places_of_people(self) -> Mapping[int, Places[tuple[str, bool]]]:
        """Where names of people stand, by the number of the passage."""
        return self._placed(self.known.people.names, self._text)

    @cached_property
    def said(self) -> Mapping[str, Mapping[int, Places[list[Phrase]]]]:
        """Where words for values stand: of a venue, of an award, and under the empty name of all other attributes."""
        return self._sorted(self._text)

    @cached_property
    def said_as_written(self) -> Mapping[str, Mapping[int, Places[list[Phrase]]]]:
        """The same in the text whose characters are not simplified."""
        return self.said if self._text is self._folded else self._sorted(self._folded)

    def _sorted(self, text: str) -> Mapping[str, Mapping[int, Places[list[Phrase]]]]:
        found: dict[str, dict[int, Places[list[Phrase]]]] = {"venue": {}, "award": {}, "": {}}
        for number, places in self._placed(self.known.phrases, text).items():
            for attribute, by_number in found.items():
                by_number[number] = [p for p in places if (p[2][0].attribute if p[2][0].attribute in found else "") == attribute]
        return found

    def _placed(self, matcher: Matcher[T], text: str) -> dict[int, list[tuple[int, int, T]]]:
        """The places of names in the deck, by the number of the passage. No name holds the line break between passages."""
        found: dict[int, list[tuple[int, int, T]]] = {}
        for start, end, meaning in places_in(matcher, text):
            number = bisect_right(self._starts, start) - 1
            at = self._starts[number]
            found.setdefault(number, []).append((start - at, end - at, meaning))
        return found


def read(prose: Prose) -> Reading:
    """A deck read with the shipped registry."""
    return Reading(prose, registry())


def _open_titles(passages: Iterable[Passage]) -> None:
    """Tell all passages, in source order, which titles are open there: headings, and bold lines that slides use as such."""
    titles: tuple[Passage, ...] = ()
    in_quiz = False
    for passage in passages:
        leaf = passage.leaf
        if isinstance(leaf, Heading) or _is_bold_title(leaf):
            level = _level(leaf)
            titles = (*(title for title in titles if _level(title.leaf) < level), passage)
            in_quiz = any(opens_a_quiz(title.folded) for title in titles)
        passage.titles, passage.in_quiz = titles, in_quiz


def _level(title: Leaf) -> int:
    return title.level if isinstance(title, Heading) else 7


def _is_bold_title(leaf: Leaf) -> bool:
    """Whether a leaf is the first of its slide and wholly in bold, so that people take it for the title."""
    slide = leaf.parent
    if not isinstance(slide, Slide) or not isinstance(leaf, Paragraph) or not ("**" in leaf.raw or "__" in leaf.raw):
        return False
    if "\n" in leaf.view.text.strip() or next((block for block in slide.blocks if isinstance(block, Leaf)), None) is not leaf:
        return False
    strong = bold_title(slide)
    return strong is not None and view_of(strong.content).text.strip() == leaf.view.text.strip()
