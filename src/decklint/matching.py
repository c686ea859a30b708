"""Finding many names in a text in one pass.

The time does not grow with the number of names: where the first three characters of some name may stand, one look-up tells the
lengths of the names that begin with the three found there, and one per length whether a name is there. Pure Python, because a
wheel of an automaton library would have to exist for every system that a lecturer has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from decklint.patterns import constant

_LETTER = r"[^\W\u2e80-\U0010ffff]"
"""A letter or digit of the scripts that write words apart."""

T = TypeVar("T")
R = TypeVar("R")


class Matcher(Generic[T]):
    """Names (folded as the texts will be, two characters or more) and what each stands for."""

    def __init__(self, names: Mapping[str, T], *, whole_words: bool = False) -> None:
        """With `whole_words`, names begin with a letter or a digit, and `accept` is not asked inside a Latin word."""
        self._names = names
        self._starts = _starts(names, whole_words)
        self._sizes: dict[str, list[int]] = {}
        for head, size in sorted({(name[:3], len(name)) for name in names}, reverse=True):
            self._sizes.setdefault(head, []).append(size)
        for head, sizes in self._sizes.items():
            if len(head) == 3 and head[:2] in self._sizes:
                sizes.append(2)

    def find(self, text: str, accept: Callable[[int, int, T], Iterable[R]]) -> Iterator[R]:
        """What `accept` makes of each name found, the longest at each place first; matches do not overlap.

        `accept` gets start, end and what the name stands for; where it yields nothing, a shorter name is tried.
        """
        names, sizes = self._names.get, self._sizes.get
        free, last, none = 0, len(text), list[int]()
        for match in self._starts.finditer(text):
            at = match.start()
            if at < free:
                continue
            for size in sizes(text[at : at + 3]) or sizes(text[at : at + 2], none):
                end = at + size
                stands_for = names(text[at:end]) if end <= last else None
                if stands_for is None:
                    continue
                accepted = list(accept(at, end, stands_for))
                if accepted:
                    yield from accepted
                    free = end
                    break


@constant
def _starts(names: Collection[str], whole_words: bool) -> re.Pattern[str]:
    """Where the first three characters are such as some name has there; with `whole_words`, not inside a Latin word.

    It begins with a set of characters, to which the engine runs.
    """
    short = {name for name in names if len(name) == 2}
    first, second, third = (re.escape("".join(sorted({name[at : at + 1] for name in names} - {""}))) for at in range(3))
    last = re.escape("".join(sorted({name[1] for name in short})))
    outside = f"(?<!{_LETTER}{_LETTER})" if whole_words else ""
    behind = "|".join(([f"[{second}][{third}]"] if third else []) + ([f"[{last}]"] if last else []))
    return re.compile(f"[{first}]{outside}(?={behind})" if first else r"\Z\b")


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
