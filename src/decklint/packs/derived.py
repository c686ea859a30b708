"""What a check would else work out at each start: names in all spellings, who belongs to whom, what only details need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from decklint.packs.book import Book, written
from decklint.packs.names import also_written, names_of, people, relatives
from decklint.packs.words import index_of, measures_of, phrases_of

Raw = Mapping[str, Any]
_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})", re.IGNORECASE)
_DETAILS = {
    "entities": frozenset(("facts", "silent", "popular_mistakes")),
    "misconceptions": frozenset(("good", "bad")),
    "terms": frozenset(("bad", "silent")),
}
"""Keys that are kept apart from what every check reads."""


def parts_of(whole: Raw) -> dict[str, Any]:
    """A rule book (`attributes`, `entities`, `misconceptions`, `terms`, each a list) in the parts in which it is compiled.

    `details ID` holds what an entity or a variant states, and under `known` all else that is known of it; `details terms` and
    `details misconceptions` hold examples by id.
    """
    names = names_of(whole["entities"])
    also_written(names, whole["terms"])
    forms, phrases = people(whole["entities"]), phrases_of(whole["attributes"])
    parts: dict[str, Any] = {
        "attributes": whole["attributes"],
        "entities": [_bare(entity) for entity in whole["entities"]],
        "names": names,
        "people": forms,
        "phrases": phrases,
        "measures": measures_of(whole["attributes"]),
        "words": index_of(names.keys() | forms.keys() | phrases.keys()),
        "arxiv": _arxiv(whole["entities"]),
    }
    for part in ("misconceptions", "terms"):
        keys = _DETAILS[part]
        parts[part] = [{key: value for key, value in entry.items() if key not in keys} for entry in whole[part]]
        parts[f"details {part}"] = {entry["id"]: _only(entry, keys) for entry in whole[part]}
    known = _known(whole["entities"])
    for owner in owners(whole["entities"]):
        parts[f"details {owner['id']}"] = {"known": known[owner["id"]], **_only(owner, _DETAILS["entities"])}
    return parts


def book_of(whole: Raw) -> Book:
    """A rule book as it is when it is compiled."""
    return Book(written(parts_of(whole)))


def put_together(parts: Any) -> dict[str, Any]:
    """The rule book that `parts_of` took apart."""
    whole: dict[str, Any] = {"attributes": parts["attributes"]}
    whole["entities"] = [{**entity, **_with_variants(entity, parts), **_stated(entity, parts)} for entity in parts["entities"]]
    for part in ("misconceptions", "terms"):
        details = parts[f"details {part}"]
        whole[part] = [{**entry, **details[entry["id"]]} for entry in parts[part]]
    return whole


def owners(entities: Iterable[Raw]) -> Iterator[Raw]:
    """All that have names and facts: entities and their variants."""
    for entity in entities:
        yield entity
        yield from entity.get("variants", ())


def _with_variants(entity: Raw, parts: Any) -> dict[str, Any]:
    variants = [{**variant, **_stated(variant, parts)} for variant in entity.get("variants", ())]
    return {"variants": variants} if variants else {}


def _stated(owner: Raw, parts: Any) -> dict[str, Any]:
    return {key: value for key, value in parts[f"details {owner['id']}"].items() if key != "known"}


def _bare(entity: Raw) -> dict[str, Any]:
    bare = {key: value for key, value in entity.items() if key not in _DETAILS["entities"]}
    if "variants" in bare:
        bare["variants"] = [_bare(variant) for variant in bare["variants"]]
    return bare


def _only(entry: Raw, keys: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key in keys}


def _known(entities: Sequence[Raw]) -> dict[str, dict[str, Any]]:
    """By id what an entity or a variant is, without what it states: kind, names, family, members, relatives, papers."""
    members, related = _members(entities), relatives(entities)
    apart = ("id", "variants", "version_of")
    found = {}
    for entity in entities:
        for owner in (entity, *entity.get("variants", ())):
            name = owner["id"]
            known = {key: value for key, value in _bare(owner).items() if key not in apart}
            known |= {"kind": entity["kind"], "family": entity.get("version_of") if owner is entity else entity["id"]}
            known |= {"members": members.get(name), "relatives": related.get(name)}
            known |= {"version": owner is entity and "version_of" in entity}
            found[name] = {key: value for key, value in known.items() if value}
    return found


def _members(entities: Iterable[Raw]) -> dict[str, list[str]]:
    """The ids of the variants and versions of each family, in order."""
    found: dict[str, list[str]] = {}
    for entity in entities:
        if family := entity.get("version_of"):
            found.setdefault(family, []).append(entity["id"])
        for variant in entity.get("variants", ()):
            found.setdefault(entity["id"], []).append(variant["id"])
    return found


def _arxiv(entities: Iterable[Raw]) -> dict[str, str]:
    """The papers by their arXiv id: those whose date is known from there."""
    found: dict[str, str] = {}
    for paper in owners(entity for entity in entities if entity["kind"] == "paper"):
        for fact in paper.get("facts", ()):
            for source in fact["sources"] if fact["attribute"] == "published" else ():
                if match := _ARXIV.search(source["url"]):
                    found.setdefault(match[1], paper["id"])
    return found
