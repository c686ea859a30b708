"""The entities of the compiled rule book: made, with what they state, when a deck names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from decklint.facts.entities import Entity, Fact, Former
from decklint.findings import Citation
from decklint.packs.book import Book
from decklint.packs.names import values_of


class Entities(Mapping[str, Entity]):
    """All entities by id, each made when it is first asked for: a deck is about few of many things."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[str, Entity] = {}

    def __getitem__(self, name: str) -> Entity:
        if name not in self._made:
            details = self._book[f"details {name}"]
            self._made[name] = _entity(name, details["known"], details.get("facts", ()))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        for raw in self._book["entities"]:
            yield raw["id"]
            yield from (variant["id"] for variant in raw.get("variants", ()))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in self._made or f"details {name}" in self._book


def _entity(name: str, known: dict[str, Any], facts: Sequence[dict[str, Any]]) -> Entity:
    aliases = tuple(alias["text"] for alias in known.get("aliases", ()))
    return Entity(
        name,
        known["kind"],
        known.get("name") or (aliases[0] if aliases else name),
        lambda: [_fact(fact) for fact in facts],
        tuple(known.get("papers", ())),
        known.get("family"),
        known.get("version", False),
        known.get("members", ()),
        known.get("complete", False),
        known.get("part_of"),
        frozenset(known.get("relatives", ())),
        _former(known.get("renamed")),
        aliases,
    )


def _fact(raw: dict[str, Any]) -> Fact:
    sources = raw["sources"]
    return Fact(
        raw["attribute"],
        values_of(raw),
        raw.get("status", "established"),
        raw.get("closed", False),
        any(source["checked"]["how"] != "two-secondary" for source in sources),
        tuple(citation(source) for source in sources),
        raw.get("note", ""),
        raw.get("valid", {}).get("until", ""),
    )


def _former(renamed: Any) -> Former | None:
    """The name that an organisation itself gave up, of the pack's `renamed`; not the other organisation that became it."""
    for entry in renamed if isinstance(renamed, list) else ():
        if {"from", "to", "on", "sources"} <= entry.keys() and re.fullmatch(r"\d{4}-\d\d-\d\d", entry["on"]):
            return Former(entry["from"], entry["to"], entry["on"], citation(entry["sources"][0]))
    return None


def citation(raw: dict[str, Any]) -> Citation:
    """A source of the rule book."""
    return Citation(raw["title"], raw["url"], raw.get("by", ""), raw.get("year"), raw.get("locator", ""))
