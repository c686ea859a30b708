"""All names that a text may use, folded as texts are: of entities also wrong spellings, of people surnames and plain letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from decklint.deck.textview import fold

Raw = Mapping[str, Any]
Names = dict[str, list[list[Any]]]
"""By folded text: text, id, whether any case will do, words of which one must stand nearby, words that may not; ends left out."""

_HYPHEN = re.compile(r"(?<=[A-Za-z])-(?=\d)")
HAN = re.compile(r"[\u4e00-\u9fff]")


def names_of(entities: Iterable[Raw]) -> Names:
    """The right names of entities and variants."""
    names: Names = {}
    for entity in entities:
        for owner in (entity, *entity.get("variants", ())):
            for alias in owner.get("aliases", ()):
                folded = ([fold(word) for word in alias.get(key, ())] for key in ("needs", "never_near"))
                name = [alias["text"], owner["id"], alias.get("case") == "any", *folded]
                while not name[-1]:
                    name.pop()
                names.setdefault(fold(alias["text"]), []).append(name)
    return names


def also_written(names: Names, terms: Iterable[Raw]) -> None:
    """Add the wrong spellings of names: those of the terms, and `GPT2` for `GPT-2`. A wrong name says no wrong thing.

    A wrong beginning is one as well: `LlaMA 3` is LLaMA 3.
    """
    wrong: dict[str, list[str]] = {}
    for term in terms:
        if term["kind"] == "name":
            wrong.setdefault(term["right"], []).extend(form["text"] for form in term.get("wrong", ()))
    for name in [name for found in names.values() for name in found]:
        right, entity, *conditions = name
        written = [_HYPHEN.sub(by, right) for by in ("", " ") if _HYPHEN.search(right)]
        for end in (*(match.start() for match in re.finditer(r"[ -]", right)), len(right)):
            written += [text + right[end:] for text in wrong.get(right[:end], ())]
        for text in written:
            same = names.setdefault(fold(text), [])
            if all(other[1] == entity for other in same):
                same.append([text, entity, *conditions])


def relatives(entities: Iterable[Raw]) -> dict[str, list[str]]:
    """For each organisation those that are no contradiction to it: of one house, or one and the same under two names."""
    entities = list(entities)
    known = {owner["id"] for entity in entities for owner in (entity, *entity.get("variants", ()))}
    near: dict[str, set[str]] = {}
    for raw in entities:
        for other in _linked(raw, known) if raw["kind"] == "organisation" else ():
            near.setdefault(raw["id"], set()).add(other)
            near.setdefault(other, set()).add(raw["id"])
    found = {}
    for entity, linked in near.items():
        reached, new = set(linked), list(linked)
        while new:
            more = near[new.pop()] - reached
            reached |= more
            new += more
        found[entity] = sorted(reached)
    return found


def _linked(raw: Raw, known: set[str]) -> Iterable[str]:
    renamed = raw.get("renamed") or []
    entries = renamed if isinstance(renamed, list) else [renamed]
    named = [entry.get(key) for entry in entries for key in ("from", "to")]
    return [other for other in (raw.get("part_of"), *named) if other in known and other != raw["id"]]


def people(entities: Iterable[Raw]) -> dict[str, tuple[str, bool]]:
    """Each form of the name of an author or a person of the registry: the full name, and whether it is only the surname."""
    known: dict[str, str] = {}
    for person in (entity for entity in entities if entity["kind"] == "person"):
        known |= dict.fromkeys((person["name"], *(alias["text"] for alias in person.get("aliases", ()))), person["name"])
    for entity in entities:
        for owner in (entity, *entity.get("variants", ())):
            for fact in owner.get("facts", ()):
                if fact["attribute"] == "authors":
                    known |= {author: author for author in values_of(fact)}
    forms: dict[str, tuple[str, bool]] = {}
    for written, name in known.items():
        parts = written.split()
        if HAN.search(written) or len(parts) == 1:
            forms.setdefault(fold(written), (name, False))
            continue
        for form in (written, f"{parts[0]} {parts[-1]}", f"{parts[-1]} {parts[0]}"):
            forms.setdefault(fold(form), (name, False))
            forms.setdefault(plain(form), (name, False))
        for form in (fold(parts[-1]), plain(parts[-1])):
            forms.setdefault(form, (name, True))
    return {form: owner for form, owner in forms.items() if len(form) > 1}


def values_of(fact: Raw) -> tuple[str, ...]:
    """All right values of a fact, its own first."""
    value = fact.get("value")
    values = value if isinstance(value, (list, tuple)) else () if value is None else (value,)
    return (*values, *fact.get("also", ()))


def plain(name: str) -> str:
    """A name folded, without accents."""
    stripped = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return fold(stripped.replace("ł", "l").replace("Ł", "L"))
