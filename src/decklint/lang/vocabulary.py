"""Which of many names stand in a text, told by a word or by their first characters before anything is searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from decklint.lang.prose import Text, latin
from decklint.patterns import constant

T = TypeVar("T")

_HEAD = 3  # characters: enough that few names are searched in vain


class Vocabulary:
    """Names, folded as texts are. Most are in no deck, nor are all of their words or first characters: that is told first."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[tuple[str, str]]] = {}
        self._by_head: dict[str, list[str]] = {}
        self._short: set[str] = set()
        for name in names:
            if name.isascii() and (words := latin(name)).strip():
                self._by_word.setdefault(words.split()[0], []).append((name, words))
            elif len(name) < _HEAD:
                self._short.add(name)
            else:
                self._by_head.setdefault(name[:_HEAD], []).append(name)
        self._known = frozenset(self._by_word)
        self._are_others_beyond = not any(map(str.isascii, (*self._short, *self._by_head)))
        self._two = _beginnings(self._short, 2)
        self._three = _beginnings(self._by_head, _HEAD)

    def within(self, of: Text) -> Iterator[str]:
        """The names that stand in a text as words of their own, so far as their Latin letters and digits go; some more may."""
        text = of.folded
        for word in of.words & self._known:
            yield from (name for name, words in self._by_word[word] if name == word or words in of.latin)
        if text.isascii() and self._are_others_beyond:
            return
        yield from self._short.intersection(map("".join, set(self._two.findall(text))))
        for head in self._by_head.keys() & set(map("".join, set(self._three.findall(text)))):
            yield from (name for name in self._by_head[head] if name in text)


@constant
def _beginnings(names: Collection[str], size: int) -> re.Pattern[str]:
    """Where each of so many characters is one that some name has at that place: the first as a group, and the others."""
    first, *others = (re.escape("".join(sorted({name[at] for name in names if at < len(name)}))) for at in range(size))
    return re.compile(f"([{first}])(?=({''.join(f'[{chars}]' for chars in others)}))" if names else r"\Z\b")


def each(names: Iterable[str], text: str, accept: Callable[[int, int, str], Iterable[T]]) -> Iterator[T]:
    """What `accept` makes of each of a few names found in a text, the longest at each place first; matches do not overlap.

    `accept` gets start, end and name; where it yields nothing, a shorter name is tried.
    """
    places = sorted((at, -len(name), name) for name in names for at in _places(name, text))
    taken = 0
    for at, _, name in places:
        if at >= taken and (accepted := list(accept(at, at + len(name), name))):
            yield from accepted
            taken = at + len(name)


def _places(name: str, text: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)
