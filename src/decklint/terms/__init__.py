"""Wrong forms of names, acronyms and terms in the visible text of a deck."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from decklint.deck.nodes import Leaf
from decklint.deck.textview import fold
from decklint.matching import Matcher, is_bounded
from decklint.packs.load import load
from decklint.text import Span

_NEAR = 60
_CORRECTION = re.compile(
    r"错误|误写|误作|写错|拼错|笔误|勘误|不是|而非|不要写|不应写|typo|misspel|\bnot\b|instead of|sic\b|wrong", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class WrongForm:
    """One wrong form of one term, from a pack."""

    text: str
    right: str
    term: str
    """`name`, `acronym` or `term`."""
    kind: str
    any_case: bool
    severity: str | None
    why: str
    needs: tuple[str, ...]
    never_near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermHit:
    """A wrong form found in a leaf."""

    form: WrongForm
    leaf: Leaf
    span: Span
    written: str
    beside: bool
    """Whether a word that shows what is meant stands in the same leaf, or none is needed; else it stands in the deck."""


def hits_in(leaves: Sequence[Leaf]) -> list[TermHit]:
    """The wrong forms in all leaves of a deck, in source order."""
    found = [hit for leaf in leaves for hit in _hits_in_leaf(leaf)]
    if all(hit.beside for hit in found):
        return found
    deck = "\n".join(leaf.view.folded for leaf in leaves)
    return [hit for hit in found if hit.beside or any(word in deck for word in hit.form.needs)]


@cache
def _matcher() -> Matcher[list[WrongForm]]:
    forms: dict[str, list[WrongForm]] = {}
    for term in load()["terms"]:
        for wrong in term.get("wrong", ()):
            forms.setdefault(fold(wrong["text"]), []).append(_form(term, wrong))
    return Matcher(forms)


def _form(term: dict[str, Any], wrong: dict[str, Any]) -> WrongForm:
    return WrongForm(
        wrong["text"],
        term["right"],
        term["kind"],
        wrong.get("kind", "spelling"),
        wrong.get("case") == "any",
        wrong.get("severity"),
        wrong.get("why", ""),
        tuple(map(fold, wrong.get("needs", ()))),
        tuple(map(fold, wrong.get("never_near", ()))),
    )


def _hits_in_leaf(leaf: Leaf) -> Iterator[TermHit]:
    view = leaf.view
    folded = view.folded

    def accept(start: int, end: int, forms: list[WrongForm]) -> Iterator[TermHit]:
        written = view.text[start:end]
        for form in forms:
            if written == form.right or not (form.any_case or written == form.text) or not is_bounded(folded, start, end):
                continue
            near = folded[max(0, start - _NEAR) : end + _NEAR]
            if any(word in near for word in form.never_near):
                continue
            if _CORRECTION.search(near) and fold(form.right) in near:
                continue  # the sentence is about the error
            beside = not form.needs or any(word in folded for word in form.needs)
            yield TermHit(form, leaf, view.span(start, end), written, beside)
            return

    yield from _matcher().find(folded, accept)
