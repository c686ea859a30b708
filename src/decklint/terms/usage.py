"""Where acronyms are used in a deck, and which of them it explains."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from decklint.deck.textview import fold
from decklint.deck.walk import slide_of
from decklint.lang.prose import Prose
from decklint.packs.load import load
from decklint.records import dataclass
from decklint.terms.acronyms import Pair, key, meanings
from decklint.text import Span

_USE = re.compile(r"([A-Z](?<![\w/.#@+-].)(?:[A-Z]|[a-z](?=[A-Z])){1,6})s?(?![\w/@+]|-\w|\.\w)")
_SMALL = re.compile(r"(?<![A-Za-z])[a-z]{2,8}(?![A-Za-z])")
_ROMAN = re.compile(r"[IVXLCDM]+")
_CAPITALS = re.compile(r"[A-Z]{2,}\s+[A-Z]{2,}\s+[A-Z]{2,}")
_EXPLAINED = re.compile(
    r"([A-Z][A-Za-z]{1,7})\s?[(（][^()（）\n]*[^\W\d_]{2}"  # ACRONYM (words)
    r"|[^\W\d_]{2}\s?[(（](?:[^()（）\n]*[，,、\s])?([A-Z][A-Za-z]{1,7})[)）]"  # words (ACRONYM)
    r"|([A-Z][A-Za-z]{1,7})\s?(?:[:：=—–]|\s-\s|[，,]?\s?全称|[，,]?即|stands for)"  # ACRONYM: words
    r"|(?:简称为?|缩写为?|记作|abbreviated(?: as)?|called|known as)\s?[“\"]?([A-Z][A-Za-z]{1,7})"
)


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an acronym."""

    acronym: str
    slide: int
    span: Span


def uses_in(prose: Prose) -> dict[str, list[Use]]:
    """The uses of each acronym that stands at several places, by its key, in source order.

    Those that everybody knows are left out. Roman numbers are none, nor are words that the deck writes in small letters too, or
    lines in capitals: they shout.
    """
    places: dict[str, list[re.Match[str]]] = {}
    written: dict[str, list[re.Match[str]]] = {}
    for match in _USE.finditer(prose.text):
        written.setdefault(match[1], []).append(match)
    for acronym, matches in written.items():
        name = key(acronym)
        if name not in everyday() and not _ROMAN.fullmatch(acronym) and (acronym.isupper() or name in meanings()):
            places.setdefault(name, []).extend(matches)
    several = {name: matches for name, matches in places.items() if len(matches) > 1}
    small = set(_SMALL.findall(prose.text)) if several else ()
    return {name: uses for name, matches in several.items() if name not in small and (uses := _uses(prose, matches))}


def _uses(prose: Prose, matches: list[re.Match[str]]) -> list[Use]:
    found = []
    for match in sorted(matches, key=re.Match.start):
        leaf, at = prose.place(match.start())
        if not _CAPITALS.search(leaf.view.text):
            found.append(Use(match[1], slide_of(leaf).number, leaf.view.span(at, at + len(match[0]))))
    return found


def explained_in(prose: Prose, pairs: Collection[Pair], wanted: Collection[str]) -> set[str]:
    """Those of the `wanted` keys that the deck explains: in `pairs`, beside the acronym, or by a known expansion anywhere."""
    found = {key(pair.acronym) for pair in pairs}
    for leaf in prose.containing(wanted):
        for match in _EXPLAINED.finditer(leaf.view.text):
            found.update(key(name) for name in match.groups() if name)
    found.update(name for name in wanted for wording in _wordings().get(name, ()) if wording in prose.folded)
    return found & set(wanted)


@cache
def everyday() -> frozenset[str]:
    """The keys of the acronyms that everybody knows."""
    return frozenset(key(term["right"]) for term in load()["terms"] if term.get("everyday"))


@cache
def _wordings() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, texts in _expansions():
        found[name] = found.get(name, ()) + texts
    return found


def _expansions() -> Iterator[tuple[str, tuple[str, ...]]]:
    for term in load()["terms"]:
        if term["kind"] == "acronym":
            both = term.get("expansions", {})
            yield key(term["right"]), tuple(fold(text) for lang in ("zh", "en") for text in both.get(lang, ()))
