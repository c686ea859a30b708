"""Finding many words in a text in one pass.

The time does not grow with the number of words: where the first characters of some word may stand, a look-up tells the lengths of
the words that begin with those found there, and one per length whether a word is there. Pure Python, because a wheel of an
automaton library would have to exist for every system that a lecturer has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from decklint.patterns import constant


class Matcher:
    """Words, folded as the texts will be."""

    def __init__(self, words: Collection[str], index: Mapping[str, Any]) -> None:
        """`index` is what `decklint.packs.words.index_of` makes of the words."""
        self._words = words
        self._sizes: dict[str, list[int]] = index["sizes"]
        self._starts = _compiled(index["starts"])

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Where words stand, start, end and which: in order, at each place the longest first; also those inside others."""
        words, sizes, last, none = self._words, self._sizes.get, len(text), list[int]()
        found: list[tuple[int, int, str]] = []
        for match in self._starts.finditer(text):
            at = match.start()
            for size in sizes(text[at : at + 3]) or sizes(text[at : at + 2], none):
                end = at + size
                word = text[at:end]
                if word in words and end <= last and is_bounded(text, at, end):
                    found.append((at, end, word))
        return found


@constant
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def is_bounded(text: str, start: int, end: int) -> bool:
    """Whether a match is a word of its own, by script: Latin letters and digits may not go on at its edges.

    Han characters need no boundary; `GPT-4` is not in `GPT-4o` nor in `GPT-4.5`, and not in `my_GPT-4`.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    joined = before not in _APART and _joins(text[start])
    if joined and (_joins(before) or (before in "-.\\@#" and start > 1 and _joins(text[start - 2]))):
        return False
    joined = after not in _APART and _joins(text[end - 1])
    return not (joined and (_joins(after) or (after in "-." and end + 1 < len(text) and _joins(text[end + 1]))))


_APART = frozenset(("", " ", "\n", "，", "。", "、", "(", ")"))
"""What stands beside most words, and joins nothing."""


def _joins(char: str) -> bool:
    return char < "\u2e80" and (char.isalpha() or char == "_" or (char.isascii() and char.isdigit()))
