"""What an entity is called besides its right names, and which organisations belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from decklint.deck.textview import fold
from decklint.facts.entities import Entity, Name

_HYPHEN = re.compile(r"(?<=[A-Za-z])-(?=\d)")


def also_written(names: dict[str, list[Name]], terms: Iterable[Mapping[str, Any]]) -> None:
    """Add the wrong spellings of names: those of the terms, and `GPT2` for `GPT-2`. A wrong name says no wrong thing.

    A wrong beginning is one as well: `LlaMA 3` is LLaMA 3.
    """
    wrong: dict[str, list[str]] = {}
    for term in terms:
        if term["kind"] == "name":
            wrong.setdefault(term["right"], []).extend(form["text"] for form in term.get("wrong", ()))
    for name in [name for found in names.values() for name in found]:
        written = [_HYPHEN.sub(by, name.text) for by in ("", " ") if _HYPHEN.search(name.text)]
        for end in (*(match.start() for match in re.finditer(r"[ -]", name.text)), len(name.text)):
            written += [text + name.text[end:] for text in wrong.get(name.text[:end], ())]
        for text in written:
            same = names.setdefault(fold(text), [])
            if all(other.entity == name.entity for other in same):
                same.append(Name(text, name.entity, name.any_case, name.needs, name.never_near))


def relate(entities: Mapping[str, Entity], packs: Iterable[Mapping[str, Any]]) -> None:
    """Tell each organisation which others are no contradiction to it: of one house, or one and the same under two names."""
    links = [(raw["id"], other) for raw in packs if raw["kind"] == "organisation" for other in _linked(raw, entities)]
    for one, other in links:
        entities[one].related.add(other)
        entities[other].related.add(one)
    for entity in entities.values():
        reached, new = set(entity.related), list(entity.related)
        while new:
            more = entities[new.pop()].related - reached
            reached |= more
            new += more
        entity.related = reached


def _linked(raw: Mapping[str, Any], entities: Mapping[str, Entity]) -> Iterable[str]:
    renamed = raw.get("renamed") or []
    entries = renamed if isinstance(renamed, list) else [renamed]
    named = [entry.get(key) for entry in entries for key in ("from", "to")]
    return [other for other in (raw.get("part_of"), *named) if other in entities and other != raw["id"]]
