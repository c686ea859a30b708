"""A deck as the fact engine reads it: its leaves with their text for matching, and what of the rule book stands in them.

Names and words are looked for in the text of all leaves at once, since a pass over a deck costs little more than one over a leaf.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar, get_args

from decklint.deck.deck import Slide
from decklint.deck.nodes import Heading, Leaf, Paragraph
from decklint.deck.textview import view_of
from decklint.deck.walk import bold_title
from decklint.facts.asserting import opens_a_quiz, simplified, stated
from decklint.facts.entities import Phrase
from decklint.facts.mentions import Mention, mentions_at
from decklint.facts.people import Person, people_at
from decklint.facts.registry import Kind, Registry, registry
from decklint.lang.prose import Prose

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
            self._people = people_at(self.reading.places("person", self.number), self.leaf.view.text, self.text)
        return self._people

    @property
    def venues(self) -> Places[Phrase]:
        """Where conferences and journals stand."""
        return self.reading.places("venue", self.number)

    @property
    def venues_as_written(self) -> Places[Phrase]:
        """The same in the text whose characters are not simplified."""
        return self.reading.places("venue", self.number, simplified=False)

    @property
    def awards(self) -> Places[Phrase]:
        """Where awards stand."""
        return self.reading.places("award", self.number)

    @property
    def phrases(self) -> Places[Phrase]:
        """Where words for other values stand."""
        return self.reading.places("phrase", self.number)


class Reading:
    """The passages of a deck in source order."""

    def __init__(self, prose: Prose, known: Registry) -> None:
        self.known = known
        folded = prose.folded
        text = simplified(folded)
        sizes = [len(leaf.view.text) for leaf in prose.leaves]
        self._starts = list(accumulate((size + 1 for size in sizes[:-1]), initial=0))
        self.passages = [
            Passage(self, number, leaf, folded[start : start + size], text[start : start + size])
            for number, (leaf, start, size) in enumerate(zip(prose.leaves, self._starts, sizes, strict=False))
        ]
        self._by_leaf = {id(passage.leaf): passage for passage in self.passages}
        self._as_written = self._placed(folded)
        self._simplified = self._as_written if text is folded else self._placed(text)
        for number, places in self._as_written["name"].items():
            passage = self.passages[number]
            passage.mentions = mentions_at(places, passage.leaf.view.text, passage.folded, known)
        _open_titles(self.passages)

    def of(self, leaf: Leaf) -> Passage:
        """The passage of a leaf of the deck."""
        return self._by_leaf[id(leaf)]

    def places(self, kind: Kind, number: int, simplified: bool = True) -> Places[Any]:
        """Where words of a kind stand in the passage of a number, or in the form of its text that is not simplified."""
        return (self._simplified if simplified else self._as_written)[kind].get(number, ())

    def _placed(self, text: str) -> dict[Kind, dict[int, list[tuple[int, int, Any]]]]:
        """The places of all words in a text of the deck, by the number of the passage; none holds the line break between two."""
        found: dict[Kind, dict[int, list[tuple[int, int, Any]]]] = {kind: {} for kind in get_args(Kind)}
        starts = self._starts
        for start, end, word in self.known.words.places(text):
            number = bisect_right(starts, start) - 1
            at = starts[number]
            for kind, meaning in self.known.meanings(word):
                found[kind].setdefault(number, []).append((start - at, end - at, meaning))
        return found


def read(prose: Prose) -> Reading:
    """A deck read with the shipped registry."""
    return Reading(prose, registry())


class _Title(NamedTuple):
    passage: Passage
    level: int
    opens_a_quiz: bool


def _open_titles(passages: Iterable[Passage]) -> None:
    """Tell all passages, in source order, which titles are open there: headings, and bold lines that slides use as such."""
    still_open: list[_Title] = []
    titles: tuple[Passage, ...] = ()
    in_quiz = False
    for passage in passages:
        level = _level(passage.leaf)
        if level is not None:
            still_open = [title for title in still_open if title.level < level]
            still_open.append(_Title(passage, level, opens_a_quiz(passage.folded)))
            titles = tuple([title.passage for title in still_open])
            in_quiz = any(title.opens_a_quiz for title in still_open)
        passage.titles, passage.in_quiz = titles, in_quiz


def _level(leaf: Leaf) -> int | None:
    """The level of a title; None of what is none."""
    if isinstance(leaf, Heading):
        return leaf.level
    return 7 if isinstance(leaf, Paragraph) and isinstance(leaf.parent, Slide) and _is_bold_title(leaf, leaf.parent) else None


def _is_bold_title(leaf: Paragraph, slide: Slide) -> bool:
    """Whether a leaf is the first of its slide and wholly in bold, so that people take it for the title."""
    if not ("**" in leaf.raw or "__" in leaf.raw):
        return False
    if "\n" in leaf.view.text.strip() or next((block for block in slide.blocks if isinstance(block, Leaf)), None) is not leaf:
        return False
    strong = bold_title(slide)
    return strong is not None and view_of(strong.content).text.strip() == leaf.view.text.strip()
