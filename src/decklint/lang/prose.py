"""The visible text of many leaves as one, so that one quick pass finds the few leaves that a rule has to look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, TypeVar

from decklint.deck.nodes import Leaf
from decklint.deck.textview import OPAQUE, fold
from decklint.text import Span

T = TypeVar("T")

_FOLDED = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2010-\u2015\u00a0]")
"""What folding changes besides the case of letters."""
_APART = bytes(code if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))


class Text:
    """A text, and what tells quickly what is in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: dict[str, list[int]] = {}

    @cached_property
    def unfolded(self) -> frozenset[str]:
        """The characters in it that folding changes, capitals apart: full-width letters and digits, dashes, fixed spaces."""
        return frozenset(_FOLDED.findall(self.text))

    @cached_property
    def folded(self) -> str:
        """The text for matching, as the view of a leaf folds it: of the same length."""
        text = self.text
        for char in self.unfolded:
            text = text.replace(char, fold(char))
        lowered = text.lower()
        return lowered if len(lowered) == len(text) else fold(text)

    @cached_property
    def latin(self) -> str:
        """The runs of Latin letters and digits in the folded text, one space around each: short even where the text is long."""
        return latin(self.folded)

    def places(self, name: str) -> Sequence[int]:
        """Where a folded name begins in the folded text, places that overlap included; looked for once."""
        if name not in self._places:
            self._places[name] = list(_places(name, self.folded))
        return self._places[name]

    def learn(self, places: Mapping[str, list[int]]) -> None:
        """Take over all the places of some folded names, from who has seen them."""
        self._places.update(places)

    @cached_property
    def words(self) -> frozenset[str]:
        """The runs of Latin letters and digits in the folded text."""
        return frozenset(self.latin.split())

    @cached_property
    def written(self) -> str:
        """The runs of Latin letters and digits as they are written, one space around each."""
        return latin(self.text)


class Prose(Text):
    """Leaves of a deck in source order, and their visible text, one below the other."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self.leaves = list(leaves)
        self.texts = texts = [leaf.view.text for leaf in self.leaves]
        super().__init__("\n".join(texts))
        self._starts = list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0)) if texts else []
        self._made: dict[Callable[[Prose], Any], Any] = {}

    def once(self, make: Callable[[Prose], T]) -> T:
        """What a function makes of this text; made once, however many rules ask."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    def place(self, at: int) -> tuple[Leaf, int]:
        """The leaf that an offset of the text lies in, and the offset in its view."""
        which = bisect_right(self._starts, at) - 1
        return self.leaves[which], at - self._starts[which]

    def span(self, start: int, end: int) -> Span:
        """The source range of the characters `start` to `end`, which lie in one leaf."""
        leaf, at = self.place(start)
        return leaf.view.span(at, at + end - start)

    def holding(self, pattern: re.Pattern[str]) -> Iterator[Leaf]:
        """The leaves in which a match begins, in order. A match may run over the end of its leaf: look again in the leaf."""
        text, starts, leaves, search = self.text, self._starts, self.leaves, pattern.search
        at = 0
        while (match := search(text, at)) is not None:
            after = bisect_right(starts, match.start())
            yield leaves[after - 1]
            if after == len(leaves):
                return
            at = starts[after]

    def containing(self, words: Iterable[str]) -> list[Leaf]:
        """The leaves whose folded text has one of some folded words, in order."""
        starts, find = self._starts, self.folded.find
        found: set[int] = set()
        for word in words:
            at = find(word)
            while at >= 0:
                after = bisect_right(starts, at)
                found.add(after - 1)
                at = find(word, starts[after]) if after < len(starts) else -1
        return [self.leaves[which] for which in sorted(found)]

    def with_addresses(self) -> list[Leaf]:
        """The leaves in whose text something looks like an address, which hides all signs in it."""
        return self.containing((OPAQUE * 2,))


def _places(name: str, text: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def latin(text: str) -> str:
    """The runs of Latin letters and digits in a text, one space around each."""
    return f" {' '.join(text.encode('ascii', 'replace').translate(_APART).decode('ascii').split())} "


def echoes(text: str, size: int) -> Iterator[int]:
    """Where so many characters stand twice in a row: the text is laid over itself, moved by so many, and compared at once."""
    code = text.encode("utf-32-le", "surrogatepass")
    number = int.from_bytes(code, "little")
    unlike = (number ^ (number >> 32 * size)).to_bytes(len(code), "little")
    same = bytes(4 * size)
    at = unlike.find(same)
    while at >= 0:
        if at % 4 == 0:
            yield at // 4
        at = unlike.find(same, at + 4 - at % 4)
