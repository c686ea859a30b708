"""Compares two wordings of one expansion: the same, a slip of the pen, or something else.

What English spells in two right ways is the same: case, plural, hyphens, American or British, small words such as "of" and
"for", the doer for the deed ("estimator", "estimation"). A slip changes a word and leaves it recognisable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from unicodedata import normalize

from decklint.deck.textview import fold
from decklint.records import dataclass

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "over", "the", "to", "via", "with")
)
_ALIKE = {
    "adaption": "adaptation", "analyses": "analysis", "center": "centre", "classifier": "classification",
    "detector": "detection", "disc": "disk", "estimate": "estimation", "fiber": "fibre", "modeling": "model",
    "modelling": "model", "net": "network", "networking": "network", "processor": "processing", "programme": "program",
    "recognizer": "recognition", "squared": "square",
}  # fmt: skip
_BRITISH = re.compile(r"is(?=(?:ation|e|ed|er|ing)$)|our$|(?<=[aeiou]l)l(?=(?:ed|ing)$)")
_AMERICAN = {"is": "iz", "our": "or", "l": ""}
_DOER = ((re.compile(r"ator$"), "ation"), (re.compile(r"izer$"), "ization"), (re.compile(r"trained$"), "training"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an expansion, how it is compared, and where it stands in its text."""

    text: str
    norm: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What differs: the words `start` to `end` should read `right`; `light`, if only an ending does."""

    start: int
    end: int
    right: str
    light: bool


def words_of(text: str, offset: int = 0) -> tuple[Word, ...]:
    """The words that count, small ones left out."""
    found = (Word(m[0], _norm(m[0]), m.start() + offset, m.end() + offset) for m in _WORD.finditer(text))
    return tuple(word for word in found if word.norm not in _SMALL)


@lru_cache(maxsize=4096)
def _norm(word: str) -> str:
    word = fold(word).replace("’", "'").removesuffix("'s")
    word = "".join(filter(str.isalnum, normalize("NFD", word)))  # naïve is naive
    if word not in _ALIKE:
        word = _singular(word)
        word = _BRITISH.sub(lambda m: _AMERICAN[m[0]], word) if len(word) > 5 else word
    word = _ALIKE.get(word, word)
    for ending, deed in _DOER:
        word = ending.sub(deed, word)
    return word


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def spells(acronym: str, text: str) -> bool:
    """Whether the first letters of a text are those of an acronym, with or without its small words and small letters."""
    capitals = "".join(filter(str.isupper, acronym)).lower()
    letters = "".join(filter(str.isalnum, fold(acronym.removesuffix("s"))))
    every = "".join(m[0][0] for m in _WORD.finditer(fold(text)))
    return bool({capitals, letters} & {every, initials(words_of(text))})


def initials(words: Sequence[Word]) -> str:
    """The first letters, in lower case."""
    return "".join(word.norm[0] for word in words)


def same(here: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether two wordings are one, spaces and hyphens apart."""
    return _joined(here) == _joined(right)


def slips(here: Sequence[Word], right: Sequence[Word]) -> list[Slip]:
    """What would have to change in `here`; nothing where the two are the same or too far apart to be one thing.

    At least half of the words must agree.
    """
    best: list[Slip] = []
    for sides in _alignments(here, right):
        changed = [side for side in sides if side.written != side.right.norm]
        found = [slip for side in changed if (slip := side.slip()) is not None]
        if found and len(found) == len(changed) and 2 * len(found) <= len(sides) and (not best or len(found) < len(best)):
            best = found
    return [Slip(s.start, s.end, _like(s.right, here[s.start], here[s.end - 1]), s.light) for s in best]


@dataclass(frozen=True, slots=True)
class _Side:
    """Words of one wording beside the word of the other that they should be."""

    start: int
    end: int
    written: str
    right: Word

    def slip(self) -> Slip | None:
        """The change that makes them right, if they are the same word written wrong."""
        short, long = sorted((self.written, self.right.norm), key=len)
        if len(short) < 4 or short[0] != long[0]:
            return None
        front = _common(short, long)
        back = min(_common(short[::-1], long[::-1]), len(short) - front)
        if _is_typo(short, long, front, back):
            return Slip(self.start, self.end, self.right.text, False)
        if front >= 4 and front * 10 >= len(short) * 6:
            return Slip(self.start, self.end, self.right.text, True)
        return None


def _alignments(here: Sequence[Word], right: Sequence[Word]) -> Iterator[list[_Side]]:
    """Ways to lay two wordings side by side: word by word, or with two words of one against a compound of the other."""
    if len(here) == len(right):
        yield [_Side(i, i + 1, here[i].norm, word) for i, word in enumerate(right)]
    elif len(here) == len(right) + 1:
        for cut in range(len(right)):
            ranges = [(i + (i > cut), i + 1 + (i >= cut)) for i in range(len(right))]
            yield [_Side(a, b, _joined(here[a:b]), word) for (a, b), word in zip(ranges, right, strict=True)]
    elif len(here) + 1 == len(right):
        for cut in range(len(here)):
            first, second = right[cut : cut + 2]
            whole = Word(f"{first.text}-{second.text}", first.norm + second.norm, first.start, second.end)
            parts = (*right[:cut], whole, *right[cut + 2 :])
            yield [_Side(i, i + 1, here[i].norm, word) for i, word in enumerate(parts)]


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.norm for word in words)


def _is_typo(short: str, long: str, front: int, back: int) -> bool:
    """One letter more, less or other, or two neighbours swapped; in a long word two letters."""
    middle, other = short[front : len(short) - back], long[front : len(long) - back]
    changed = max(len(middle), len(other))
    return changed <= 1 or (changed == 2 and (middle == other[::-1] or len(short) >= 6))


def _common(one: str, two: str) -> int:
    return next((i for i, (a, b) in enumerate(zip_longest(one, two)) if a != b), len(one))


def _like(right: str, first: Word, last: Word) -> str:
    """`right` as large or small, and as single or plural, as what it replaces."""
    if last.text.endswith("s") and not last.norm.endswith("s") and not right.endswith(("s", "ing")):
        right += "s"
    if first.text.islower() and right[:1].isupper() and right[1:].islower():
        return right.lower()
    return right[:1].upper() + right[1:] if first.text[:1].isupper() else right
