"""Which of the forms that the packs speak of stand in a deck: told once for all rules, before any of them looks closer."""

from __future__ import annotations

from functools import cache
from typing import Any

from decklint.deck.textview import fold
from decklint.lang.prose import Text
from decklint.lang.vocabulary import Vocabulary
from decklint.packs.load import load


def standing(text: Text) -> frozenset[str]:
    """The wrong and the equally right forms in a text, folded; some that go on as other words may be among them."""
    return frozenset(_vocabulary().within(text))


@cache
def wrong_forms() -> dict[str, list[tuple[dict[str, Any], dict[str, Any]]]]:
    """By folded text the wrong forms as the packs have them, each behind its term."""
    forms: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for term in load()["terms"]:
        for wrong in term.get("wrong", ()):
            forms.setdefault(fold(wrong["text"]), []).append((term, wrong))
    return forms


@cache
def _vocabulary() -> Vocabulary:
    forms = set(wrong_forms())
    forms |= {fold(form) for term in load()["terms"] if "equal" in term for form in (term["right"], *term["equal"])}
    return Vocabulary(forms)
