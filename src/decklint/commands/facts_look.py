"""Looking things up in the registry as it is written: entities are plain objects here, as compiled packs hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from decklint.commands.columns import columns
from decklint.commands.found import readable
from decklint.deck.textview import fold
from decklint.packs.load import complete as load

Entity = dict[str, Any]


def matches(words: Sequence[str]) -> list[Entity]:
    """The entities one of whose names (or its id) holds each word: first what is called so, then where they are whole words."""
    wanted = [word for given in words for word in _spaced(given).split()]
    hits = []
    for entity in load()["entities"]:
        names = [_spaced(name) for name in all_names(entity)]
        if all(any(word in name for name in names) for word in wanted):
            hits.append((min(_distance(name, wanted) for name in names), entity["id"], entity))
    return [entity for *_, entity in sorted(hits, key=lambda hit: hit[:2])]


def _spaced(name: str) -> str:
    """A name in small letters, one blank between its words: `gpt 2` for GPT-2."""
    return re.sub(r"[\s_-]+", " ", fold(name)).strip()


def _distance(name: str, wanted: Sequence[str]) -> int:
    """How far a name is from what was asked for, from 0, which is the same, to 4, which only holds its letters."""
    whole = " ".join(wanted)
    if name == whole:
        return 0
    if f" {whole} " in f" {name} ":
        return 1
    if set(wanted) <= set(name.split()):
        return 2
    return 3 if name.startswith(whole) else 4


def nearest(text: str) -> list[tuple[str, Entity]]:
    """Up to three names that look like a text, each with its entity."""
    owners: dict[str, tuple[str, Entity]] = {}
    for entity in load()["entities"]:
        for name in all_names(entity):
            owners.setdefault(fold(name), (name, entity))
    near = get_close_matches(fold(text), owners, n=8, cutoff=0.55)
    found: dict[str, tuple[str, Entity]] = {}
    for each in near:
        found.setdefault(owners[each][1]["id"], owners[each])
    return list(found.values())[:3]


def entity_of(name: str) -> Entity | None:
    """The entity with an id, of itself or of a variant, or else the one that is called so."""
    entities: list[Entity] = load()["entities"]
    for entity in entities:
        if name in (entity["id"], *(variant["id"] for variant in entity.get("variants", ()))):
            return entity
    return next((entity for entity in entities if fold(name) in map(fold, all_names(entity))), None)


def all_names(entity: Entity) -> list[str]:
    """Name, id and aliases of an entity and of its variants."""
    owners = (entity, *entity.get("variants", ()))
    aliases = [alias["text"] for owner in owners for alias in owner.get("aliases", ())]
    return list(dict.fromkeys([entity["name"], *aliases, *(owner["id"] for owner in owners)]))


def found(entities: Sequence[Entity], lang: str) -> Iterator[str]:
    """The lines of a list of entities."""
    head = ("编号", "类别", "名称", "事实", "其他名称") if lang == "zh" else ("id", "kind", "name", "facts", "other names")
    rows = []
    for entity in entities:
        owners = (entity, *entity.get("variants", ()))
        others = [alias["text"] for alias in entity.get("aliases", ()) if alias["text"] != entity["name"]]
        facts = sum(len(owner.get("facts", ())) for owner in owners)
        rows.append((entity["id"], entity["kind"], entity["name"], str(facts), ", ".join(others)))
    yield from columns([head, *rows], (30, 12, 50, 5, 60))


def facts_with_owners() -> Iterator[tuple[str, dict[str, Any]]]:
    """All facts of the registry, each with the id that it belongs to."""
    for entity in load()["entities"]:
        for owner in (entity, *entity.get("variants", ())):
            for fact in owner.get("facts", ()):
                yield owner["id"], fact


def due_facts(until: date, lang: str) -> Iterator[str]:
    """The lines of a list of facts whose review date has come, those that were opened longest ago first."""
    dated = [(owner, fact) for owner, fact in facts_with_owners() if fact.get("review")]
    ripe = [(owner, fact) for owner, fact in dated if fact["review"] <= until.isoformat()]
    head = ("上次核对", "应复核", "编号", "属性", "值") if lang == "zh" else ("opened", "due", "id", "attribute", "value")
    rows = sorted((opened(fact), fact["review"], owner, fact["attribute"], _value(fact, lang)) for owner, fact in ripe)
    if rows:
        yield from columns([head, *rows], (10, 10, 30, 20, 50))
        yield ""
    if lang == "zh":
        yield f"截至 {until}：{len(rows)} 条事实应复核（{len(dated)} 条定有复核日期）"
    else:
        yield f"{len(rows) or 'no'} reviews due by {until}; {len(dated)} facts have a review date"


def opened(fact: dict[str, Any]) -> str:
    """When the evidence of a fact was last opened."""
    return max(str(source["checked"]["on"]) for source in fact["sources"])


def _value(fact: dict[str, Any], lang: str) -> str:
    types = {attribute["id"]: attribute["type"] for attribute in load()["attributes"]}
    return ", ".join(readable(value, types.get(fact["attribute"], ""), lang) for value in values_of(fact))


def values_of(fact: dict[str, Any]) -> list[str]:
    """The value of a fact: none where nobody knows it, several where it is a set."""
    value = fact.get("value")
    return [] if value is None else [value] if isinstance(value, str) else list(value)
