"""The registry as the engine uses it: entities, their facts, and all names in one matcher."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from decklint.deck.textview import fold
from decklint.findings import Citation
from decklint.matching import Matcher
from decklint.packs.load import load


@dataclass(frozen=True, slots=True)
class Fact:
    """One attribute of one entity: `values[0]` is the value, the rest are right as well."""

    attribute: str
    values: tuple[str, ...]
    status: str
    closed: bool
    primary: bool
    """The primary source or a faithful copy was opened; else two secondary sources were."""
    sources: tuple[Citation, ...]
    note: str


@dataclass(slots=True)
class Entity:
    """A thing that lectures state facts about; variants are entities with a `family`."""

    id: str
    kind: str
    name: str
    facts: list[Fact]
    papers: tuple[str, ...] = ()
    family: str | None = None
    members: list[str] = field(default_factory=list)
    """Ids of variants and versions."""


@dataclass(frozen=True, slots=True)
class Name:
    """A right name of an entity."""

    text: str
    entity: str
    any_case: bool
    needs: tuple[str, ...]
    never_near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that can be claimed, and the words that say so."""

    id: str
    type: str
    name_en: str
    name_zh: str
    kinds: frozenset[str]
    cues: tuple[str, ...]
    units: tuple[str, ...]


class Registry:
    """All entities and attributes."""

    def __init__(self, data: dict[str, Any]) -> None:
        """`data` as `decklint.packs.load.load` gives it."""
        self.entities: dict[str, Entity] = {}
        names: dict[str, list[Name]] = {}
        for raw in data["entities"]:
            entity = Entity(raw["id"], raw["kind"], raw["name"], _facts(raw), tuple(raw.get("papers", ())), raw.get("version_of"))
            self.entities[entity.id] = entity
            for name in _names(raw, entity.id):
                names.setdefault(fold(name.text), []).append(name)
            for variant in raw.get("variants", ()):
                member = Entity(variant["id"], entity.kind, _shown(variant), _facts(variant), (), entity.id)
                self.entities[member.id] = member
                for name in _names(variant, member.id):
                    names.setdefault(fold(name.text), []).append(name)
        for entity in self.entities.values():
            if entity.family in self.entities:
                self.entities[entity.family].members.append(entity.id)
        self.attributes = {raw["id"]: _attribute(raw) for raw in data["attributes"]}
        self.names = Matcher(names)

    def facts(self, entity: Entity, attributes: Collection[str]) -> Iterator[Fact]:
        """The facts that a claim about an entity may rest on, widely: of itself, its variants, versions and papers.

        A member that has no such fact of its own has those of its family.
        """
        found = list(self._own(entity, attributes, set()))
        if not found and entity.family in self.entities:
            found = [fact for fact in self.entities[entity.family].facts if fact.attribute in attributes]
        yield from found

    def _own(self, entity: Entity, attributes: Collection[str], seen: set[str]) -> Iterator[Fact]:
        seen.add(entity.id)
        yield from (fact for fact in entity.facts if fact.attribute in attributes)
        for other in (*entity.papers, *entity.members):
            if other in self.entities and other not in seen:
                yield from self._own(self.entities[other], attributes, seen)


@cache
def registry() -> Registry:
    """The shipped registry."""
    return Registry(load())


def _facts(raw: dict[str, Any]) -> list[Fact]:
    return [_fact(fact) for fact in raw.get("facts", ())]


def _fact(raw: dict[str, Any]) -> Fact:
    value = raw.get("value")
    values = tuple(value) if isinstance(value, (list, tuple)) else (value,) if value is not None else ()
    sources = raw["sources"]
    return Fact(
        raw["attribute"],
        (*values, *raw.get("also", ())),
        raw.get("status", "established"),
        raw.get("closed", False),
        any(source["checked"]["how"] != "two-secondary" for source in sources),
        tuple(Citation(s["title"], s["url"], s.get("by", ""), s.get("year"), s.get("locator", "")) for s in sources),
        raw.get("note", ""),
    )


def _names(raw: dict[str, Any], entity: str) -> Iterator[Name]:
    for alias in raw.get("aliases", ()):
        needs, never = (tuple(map(fold, alias.get(key, ()))) for key in ("needs", "never_near"))
        yield Name(alias["text"], entity, alias.get("case") == "any", needs, never)


def _shown(variant: dict[str, Any]) -> str:
    aliases = variant.get("aliases", ())
    return str(aliases[0]["text"]) if aliases else str(variant["id"])


def _attribute(raw: dict[str, Any]) -> Attribute:
    def words(key: str) -> tuple[str, ...]:
        both = raw.get(key, {})
        return tuple(map(fold, (*both.get("zh", ()), *both.get("en", ()))))

    name = raw["name"]
    return Attribute(raw["id"], raw["type"], name["en"][0], name["zh"][0], frozenset(raw["kinds"]), words("cues"), words("units"))
