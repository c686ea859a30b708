"""The sentences of a leaf that state something, and its lines, each with the entities that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Leaf
from decklint.facts.asserting import asserts
from decklint.facts.mentions import Mention
from decklint.facts.reading import Passage
from decklint.records import dataclass

CLAUSE = re.compile(r"[，,：:]|——")
"""What ends a clause."""

REACH = 46
"""How many characters may lie between the parts of one statement."""

_ASIDE = re.compile(r"\s(?:-{2,3}|–|—|——)\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement: the text for matching of its leaf, its own range in it, and the entities that it names."""

    passage: Passage
    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]

    @property
    def leaf(self) -> Leaf:
        """The block that it stands in."""
        return self.passage.leaf

    def about(self, mentions: tuple[Mention, ...]) -> Sentence:
        """The same sentence with other mentions."""
        return Sentence(self.passage, self.text, self.start, self.end, mentions)


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a leaf that assert something."""
    text, mentions = passage.text, passage.mentions
    for start, end in passage.stated:
        yield Sentence(passage, text, start, end, tuple([m for m in mentions if start <= m.start and m.end <= end]))


def lines(passage: Passage) -> Iterator[Sentence]:
    """The lines of a leaf that name something and assert something; a reference has many full stops and is one line."""
    text, start = passage.text, 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip("\n"))
        aside = _ASIDE.search(text, start, end)  # a remark behind a reference, be it a question, is about the work
        told = aside.start() if aside else end
        inside = tuple([m for m in passage.mentions if start <= m.start and m.end <= told])
        if inside and asserts(text, start, told):
            yield Sentence(passage, text, start, told, inside)
        start += len(line)
