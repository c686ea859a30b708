"""Wrong forms of names, acronyms and terms in the visible text of a deck."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from decklint.deck.nodes import Leaf
from decklint.deck.textview import TextView, fold
from decklint.lang.prose import Prose, Text, latin
from decklint.lang.vocabulary import each
from decklint.matching import is_bounded
from decklint.records import dataclass
from decklint.terms.identifiers import is_identifier
from decklint.terms.pictures import alternatives
from decklint.terms.standing import standing, wrong_forms
from decklint.text import Span

_NEAR = 60
_CORRECTION = re.compile(  # of a folded text
    r"错误|误写|误作|写错|拼错|笔误|勘误|不是|而非|不要写|不应写|typo|misspel|not(?<=\bnot)\b|instead of|sic\b|wrong"
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
    """A wrong form found in a leaf, or in the alternative text of a picture there."""

    form: WrongForm
    leaf: Leaf
    span: Span
    written: str
    beside: bool
    """Whether a word that shows what is meant stands in the same leaf, or none is needed; else it stands in the deck."""


def hits_in(prose: Prose) -> list[TermHit]:
    """The wrong forms in the text of a deck and in the alternative texts of its pictures, in source order."""
    exact = _exact(prose, prose.once(standing))
    found = list(each(exact, prose, lambda start, end, name: _hit_at(prose, start, name)))
    pictures = list(alternatives(prose))
    if pictures:
        text = Text("\n".join(view.text for _, view in pictures))
        exact = _exact(text, standing(text))
        found += (hit for leaf, view in pictures if exact for hit in _hits_in(leaf, view, exact))
        found.sort(key=lambda hit: hit.span)
    return [hit for hit in found if hit.beside or any(word in prose.folded for word in hit.form.needs)]


def _exact(text: Text, near: Collection[str]) -> list[str]:
    """Those of the folded forms that stand there as they are written, where their case matters."""
    return [name for name in near if any(_is_written(text, name, form) for form in _forms(name))]


def _is_written(text: Text, name: str, form: WrongForm) -> bool:
    return form.any_case or not name.isascii() or _words(form.text) in text.written


@cache
def _words(form: str) -> str:
    """The words of a form from a pack."""
    return latin(form)


def _hits_in(leaf: Leaf, view: TextView, names: Sequence[str]) -> Iterator[TermHit]:
    text = Text(view.text)
    yield from each(names, text, lambda start, end, name: _hits(leaf, view, text.folded, start, name))


@cache
def _forms(name: str) -> tuple[WrongForm, ...]:
    """The forms that a folded text may be: few of all that there are stand in a deck."""
    return tuple(_form(term, wrong) for term, wrong in wrong_forms().get(name, ()))


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


def _hit_at(prose: Prose, place: int, name: str) -> list[TermHit]:
    leaf, at = prose.place(place)
    start = place - at
    return _hits(leaf, leaf.view, prose.folded[start : start + len(leaf.view.text)], at, name)


def _hits(leaf: Leaf, view: TextView, folded: str, start: int, name: str) -> list[TermHit]:
    """The wrong form that a name is at a place of a view, if it is one there."""
    end = start + len(name)
    written = view.text[start:end]
    if not is_bounded(folded, start, end) or is_identifier(view.text, start, end):
        return []
    for form in _forms(name):
        if written == form.right or not (form.any_case or written == form.text):
            continue
        near = folded[max(0, start - _NEAR) : end + _NEAR]
        if any(word in near for word in form.never_near):
            continue
        if fold(form.right) in near and _CORRECTION.search(near):
            continue  # the sentence is about the error
        beside = not form.needs or any(word in folded for word in form.needs)
        return [TermHit(form, leaf, view.span(start, end), written, beside)]
    return []
