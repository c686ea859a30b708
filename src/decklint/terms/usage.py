"""Where acronyms are used in a deck, and which of them it explains."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from decklint.deck.nodes import Leaf
from decklint.deck.textview import fold
from decklint.deck.walk import slide_of
from decklint.packs.load import load
from decklint.terms.acronyms import key, meanings, pairs_of
from decklint.text import Span

_USE = re.compile(r"(?<![\w/.#@+-])([A-Z](?:[A-Z]|[a-z](?=[A-Z])){1,6})s?(?![\w/@+]|-\w|\.\w)")
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


def uses_in(leaves: Sequence[Leaf]) -> dict[str, list[Use]]:
    """The uses of each acronym, by its key, in source order.

    Roman numbers are none, nor are words that the deck writes in small letters too, or lines in capitals: they shout.
    """
    found: dict[str, list[Use]] = {}
    small: set[str] = set()
    for leaf in leaves:
        text = leaf.view.text
        small.update(_SMALL.findall(text))
        for match in () if _CAPITALS.search(text) else _USE.finditer(text):
            if not _ROMAN.fullmatch(match[1]) and (match[1].isupper() or key(match[1]) in meanings()):
                use = Use(match[1], slide_of(leaf).number, leaf.view.span(match.start(), match.end()))
                found.setdefault(key(match[1]), []).append(use)
    return {name: uses for name, uses in found.items() if name not in small}


def explained_in(leaves: Sequence[Leaf], wanted: Collection[str]) -> set[str]:
    """Those of the `wanted` keys that the deck explains: beside the acronym, or by a known expansion anywhere."""
    found = {key(pair.acronym) for pair in pairs_of(leaves)}
    text = "\n".join(leaf.view.text for leaf in leaves)
    for match in _EXPLAINED.finditer(text):
        found.update(key(name) for name in match.groups() if name)
    folded = fold(text)
    found.update(name for name in wanted for wording in _wordings().get(name, ()) if wording in folded)
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
