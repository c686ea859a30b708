"""Which of many names stand in a text, told by a word or by their first characters before anything is searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from decklint.lang.prose import Text, latin
from decklint.patterns import constant

T = TypeVar("T")

_HEAD = 3  # characters: enough that few names are searched in vain


class Vocabulary:
    """Names, folded as texts are. Most are in no deck, nor are all of their words or first characters: that is told first."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
        self._by_head: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        for name in names:
            if name.isascii() and (words := latin(name)).strip():
                first, *others = words.split()
                self._by_word.setdefault(first, []).append((name, words, frozenset(others)))
            elif len(name) < _HEAD:
                self._short[name] = [name]
            else:
                self._by_head.setdefault(name[:_HEAD], []).append(name)
        self._known = frozenset(self._by_word)
        self._are_others_beyond = not any(map(str.isascii, (*self._short, *self._by_head)))
        self._two = _beginnings(self._short, 2)
        self._three = _beginnings(self._by_head, _HEAD)

    def within(self, of: Text) -> Iterator[str]:
        """The names that stand in a text as words of their own, so far as their Latin letters and digits go; some more may."""
        for word in of.words & self._known:
            for name, words, others in self._by_word[word]:
                if name == word or (of.words.issuperset(others) and (not others or words in of.latin)):
                    yield name
        if of.folded.isascii() and self._are_others_beyond:
            return
        found: dict[str, list[int]] = {}
        _begun(of.folded, self._two, self._short, 2, found)
        _begun(of.folded, self._three, self._by_head, _HEAD, found)
        of.learn(found)
        yield from found


def _begun(
    text: str, beginnings: re.Pattern[str], by_head: Mapping[str, Sequence[str]], size: int, found: dict[str, list[int]]
) -> None:
    """Find the names, and all of their places, that begin where so many characters in a row could begin one."""
    for match in beginnings.finditer(text):
        at = match.start()
        for name in by_head.get(text[at : at + size], ()):
            if text.startswith(name, at):
                found.setdefault(name, []).append(at)


@constant
def _beginnings(names: Collection[str], size: int) -> re.Pattern[str]:
    """Where each of so many characters is one that some name has at that place."""
    first, *others = (re.escape("".join(sorted({name[at] for name in names if at < len(name)}))) for at in range(size))
    return re.compile(f"[{first}](?={''.join(f'[{chars}]' for chars in others)})" if names else r"\Z\b")


def each(names: Iterable[str], text: Text, accept: Callable[[int, int, str], Iterable[T]]) -> Iterator[T]:
    """What `accept` makes of each of a few folded names in a text, the longest at each place first; matches do not overlap.

    `accept` gets start, end and name; where it yields nothing, a shorter name is tried.
    """
    places = sorted((at, -len(name), name) for name in names for at in text.places(name))
    taken = 0
    for at, _, name in places:
        if at >= taken and (accepted := list(accept(at, at + len(name), name))):
            yield from accepted
            taken = at + len(name)
