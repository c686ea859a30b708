"""Acronyms in the visible text of a deck, and the words that are said to stand behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from decklint.deck.nodes import Leaf, TableCell
from decklint.deck.textview import fold
from decklint.lang.prose import Prose
from decklint.packs.load import load
from decklint.records import dataclass
from decklint.terms.wording import Word, same, spells, words_of
from decklint.text import Span

_LETTERS = r"(?:[A-Z][A-Za-z0-9]*|[a-z]?[A-Z])(?:-[A-Z][A-Za-z0-9]*)*"
_ACRONYM = re.compile(_LETTERS)
_TAIL = re.compile(rf"(?<![\w-])({_LETTERS})\s*$")
_GROUP = re.compile(r"[(（\[]([^()（）\[\]\n]{2,160})[)）\]]")
_PART = re.compile(r"[^，,;；、:：|“”\"。\n]+")
_LATIN = r"[A-Za-z][A-Za-z’'-]*"
_RUN = re.compile(rf"{_LATIN}(?:(?:\s|[&/])+{_LATIN}){{1,11}}")
_LAST_RUN = re.compile(rf"(?<![A-Za-z’'-])(?:{_LATIN}(?:\s|[&/])+){{1,11}}{_LATIN}(?=[\s*]*$)")
_SAYS = r"(?:[:：=—–]|\s-|\bstands for|\bis short for|，?的?(?:英文)?全称(?:是|为)?[:：]?)"
_DEFINED = re.compile(
    rf"(?:^|[，,；;。\s(（])({_LETTERS})\s?{_SAYS}\s?({_LATIN}(?:(?:\s|[&/])+{_LATIN}){{1,11}})(?=\s*(?:$|[，,；;。.)）(（]))"
)
_DEFINES = re.compile(r"[:：=—–-](?:(?<=[A-Za-z0-9].)|(?<=[A-Za-z0-9]\s.)|(?<=[A-Za-z0-9]\s\s.))")
_CALLED = re.compile(r"^(?:[简缩][称写]为?|记作|记为|abbr(?:eviated|\.)|or|called)\s*")
_CORRECTION = re.compile(
    r"错误|误写|误作|写错|笔误|勘误|不是|并非|而非|不应写|typo|misspel|not(?<=\bnot)\b|instead of|sic(?<=\bsic)\b|wrong",
    re.IGNORECASE,
)
_REACH = 120
_TAIL_ROOM = 24  # characters: no acronym is longer
_BESIDE = re.compile(r"[(（\[:：=—–-](?:(?<=[(（\[])|(?<=[A-Za-z0-9\s].))")
_SAID = ("stands for", "short for", "全称")
_CAPITALS = re.compile("[A-Z][^A-Z]*[A-Z]")


@dataclass(frozen=True, slots=True)
class Pair:
    """An acronym and words beside it, as ranges of the view of a leaf.

    `exact`: the words are set apart, so they are all of the expansion; else the expansion is at their end.
    """

    leaf: Leaf
    acronym: str
    start: int
    end: int
    exact: bool

    @property
    def text(self) -> str:
        """The words."""
        return self.leaf.view.text[self.start : self.end]

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that count."""
        return words_of(self.text, self.start)


@dataclass(frozen=True, slots=True)
class Expansion:
    """What an acronym is said to stand for, and where."""

    acronym: str
    text: str
    words: tuple[Word, ...]
    leaf: Leaf
    span: Span


@dataclass(frozen=True, slots=True)
class Meaning:
    """A known expansion of an acronym."""

    text: str
    source: str

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that count."""
        return _wording(self.text)


@cache
def _wording(expansion: str) -> tuple[Word, ...]:
    return words_of(expansion)


def is_acronym(text: str) -> bool:
    """Whether a token looks like one: two capitals or more, ten characters at most."""
    return len(text) <= 10 and sum(map(str.isupper, text)) >= 2 and _ACRONYM.fullmatch(text) is not None


def key(acronym: str) -> str:
    """How an acronym is looked up: without the plural's s, in lower case."""
    return fold(acronym[:-1] if acronym.endswith("s") and len(acronym) > 2 else acronym)


@cache
def meanings() -> dict[str, tuple[Meaning, ...]]:
    """The known English expansions of each acronym."""
    found: dict[str, tuple[Meaning, ...]] = {}
    for term in load()["terms"]:
        if term["kind"] == "acronym":
            texts = term.get("expansions", {}).get("en", ())
            known = tuple(Meaning(text, term.get("source", "")) for text in texts)
            found[key(term["right"])] = found.get(key(term["right"]), ()) + known
    return found


def pairs_of(prose: Prose) -> list[Pair]:
    """All acronyms of a deck with words in brackets beside them, in the next cell of a table, or defined in so many words."""
    found = {(pair.start, pair.end, pair.acronym, id(pair.leaf)): pair for pair in _pairs_of_all(prose)}
    return sorted(found.values(), key=lambda pair: pair.leaf.span)


def _pairs_of_all(prose: Prose) -> Iterator[Pair]:
    for leaf in dict.fromkeys((*prose.holding(_BESIDE), *prose.containing(_SAID))):
        yield from _pairs_in(leaf)
    cells = [leaf for leaf in prose.leaves if isinstance(leaf, TableCell)]
    for leaf, after in pairwise(cells):
        if leaf.parent is after.parent:
            for one, other in ((leaf, after), (after, leaf)):
                name, words = one.view.text.strip(), other.view.text
                if is_acronym(name) and _RUN.fullmatch(words.strip()):
                    yield Pair(other, name, 0, len(words), True)


def _pairs_in(leaf: Leaf) -> Iterator[Pair]:
    text = leaf.view.text
    if not _CAPITALS.search(text):
        return
    for group in _GROUP.finditer(text):
        found = list(_pairs_of_group(leaf, text, group.start(), group.start(1), group.end(1)))
        if found and not _CORRECTION.search(text, max(0, group.start() - _REACH), group.end() + 12):
            yield from found
    may_define = _DEFINES.search(text) is not None or any(words in text for words in _SAID)
    for match in _DEFINED.finditer(text) if may_define else ():
        if is_acronym(match[1]) and not _CORRECTION.search(text):
            yield Pair(leaf, match[1], match.start(2), match.end(2), True)


def _pairs_of_group(leaf: Leaf, text: str, opening: int, start: int, end: int) -> Iterator[Pair]:
    if not _CAPITALS.search(text, max(0, opening - _TAIL_ROOM), end):
        return
    acronyms: list[str] = []
    runs: list[tuple[int, int]] = []
    for part in _PART.finditer(text, start, end):
        inside = part[0].strip()
        at = part.start() + part[0].index(inside)
        tail = _TAIL.search(inside)
        if is_acronym(name := _CALLED.sub("", inside)):
            acronyms.append(name)
        elif _RUN.fullmatch(inside) is None:
            continue
        elif tail is not None and is_acronym(tail[1]) and len(inside.split()) > 2:
            yield Pair(leaf, tail[1], at, at + len(inside[: tail.start()].rstrip()), True)
        else:
            runs.append((at, at + len(inside)))
    tail = _TAIL.search(text, max(0, opening - _TAIL_ROOM), opening)
    before = tail[1] if tail is not None and is_acronym(tail[1]) else ""
    if before and not acronyms:
        acronyms = [before]
    if len(acronyms) != 1:
        return
    for run in runs:
        yield Pair(leaf, acronyms[0], *run, True)
    if not runs and not before and (run_before := _LAST_RUN.search(text, max(0, opening - _REACH), opening)):
        yield Pair(leaf, acronyms[0], run_before.start(), run_before.end(), False)


def expansion_of(pair: Pair) -> Expansion | None:
    """The expansion in a pair whose words spell the acronym, letter by letter."""
    words = pair.words
    starts = [pair.start] if pair.exact else [word.start for word in reversed(words)]
    for start in starts:
        text = pair.leaf.view.text[start : pair.end]
        if " " in text and spells(pair.acronym, text):
            inside = tuple(word for word in words if word.start >= start)
            return Expansion(pair.acronym, " ".join(text.split()), inside, pair.leaf, pair.leaf.view.span(start, pair.end))
    return None


def is_known(expansion: Expansion) -> bool:
    """Whether an expansion is one of those that are known for its acronym."""
    return any(same(expansion.words, meaning.words) for meaning in meanings().get(key(expansion.acronym), ()))
