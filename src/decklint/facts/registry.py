"""The registry as the engine uses it: entities, their facts, and all names in one matcher."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, cached_property, partial
from typing import Any

from decklint.deck.textview import fold
from decklint.facts.entities import Attribute, Entity, Former, Misconception, Name, Phrase
from decklint.facts.entities import Fact as Fact
from decklint.facts.naming import also_written, relate
from decklint.facts.people import People
from decklint.findings import Citation
from decklint.matching import Matcher
from decklint.packs.load import load

_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})", re.IGNORECASE)
# What may stand between the start of a sentence and a value of the thing that an earlier line names.
_FILLERS = (
    r"[\s\d.,，、:：()（）+*~≈%;|/\-]+|[它其]|该|这个|此|模型|网络|架构|数据集|系统|大小|规模|数量|总数|总计|合计|一?共有?|总共|的|有|为|是|约|大约|"
    r"达到?了?|高达|多达|超过|近|拥有|包含了?|包括|含有?|具有|具备|采用了?|使用了?|由|在|于|上|进行了?|训练|支持|提供了?|万亿|亿|万|千|百|个|"
    r"(?:it|its|the|this|that|model|network|architecture|dataset|has|have|had|with|of|is|are|was|were|about|over|up to|more than|"
    r"contains?|comprises?|consists? of|uses?|using|supports?|a|an|total|in total|and|on|trained|released|size|billion|million|"
    r"trillion|b|m|k|t)\b"
)


class Registry:
    """All entities and attributes."""

    def __init__(self, data: dict[str, Any]) -> None:
        """`data` as `decklint.packs.load.load` gives it."""
        self.entities: dict[str, Entity] = {}
        names: dict[str, list[Name]] = {}
        for raw in data["entities"]:
            self._add(raw, raw["kind"], raw.get("version_of"), names)
            for variant in raw.get("variants", ()):
                self._add(variant, raw["kind"], raw["id"], names)
        for entity in self.entities.values():
            if entity.family in self.entities:
                self.entities[entity.family].members.append(entity.id)
        relate(self.entities, data["entities"])
        self.attributes = {raw["id"]: _attribute(raw) for raw in data["attributes"]}
        also_written(names, data["terms"])
        self.names = Matcher(names)
        self._data = data

    def _add(self, raw: dict[str, Any], kind: str, family: str | None, names: dict[str, list[Name]]) -> None:
        entity = Entity(
            raw["id"], kind, raw.get("name") or _shown(raw), partial(_facts, raw), tuple(raw.get("papers", ())), family
        )
        entity.part_of = raw.get("part_of")
        entity.aliases = tuple(alias["text"] for alias in raw.get("aliases", ()))
        entity.former = _former(raw.get("renamed"))
        self.entities[entity.id] = entity
        for name in _names(raw, entity.id):
            names.setdefault(fold(name.text), []).append(name)

    @cached_property
    def people(self) -> People:
        """Everybody who is an author of something, or a person of the registry."""
        persons = [e for e in self.entities.values() if e.kind == "person"]
        known = {alias: entity.name for entity in persons for alias in (entity.name, *entity.aliases)}
        for raw in self._data["entities"]:
            for holder in (raw, *raw.get("variants", ())):
                for fact in holder.get("facts", ()):
                    if fact["attribute"] == "authors":
                        known |= {author: author for author in _values(fact)}
        return People(known)

    @cached_property
    def phrases(self) -> Matcher[list[Phrase]]:
        """The words of all values that are said in words."""
        words: dict[str, list[Phrase]] = {}
        for raw in self._data["attributes"]:
            for value, both in raw.get("values", {}).items():
                for word in (*both.get("zh", ()), *both.get("en", ())):
                    said, _, tail = word.partition("…")
                    words.setdefault(fold(said + tail), []).append(Phrase(raw["id"], value, len(tail)))
        return Matcher(words)

    @cached_property
    def canonical(self) -> dict[str, str]:
        """What the words of a value, in lower case, stand for."""
        found = {value.lower(): value for raw in self._data["attributes"] for value in raw.get("values", {})}
        for raw in self._data["attributes"]:
            for value, both in raw.get("values", {}).items():
                found |= {word.partition("…")[0].lower(): value for word in (*both.get("zh", ()), *both.get("en", ()))}
        return found

    def shown(self, attribute: str, value: str, lang: str) -> str:
        """A value of the registry as people write it: a word instead of its key, a name instead of an id."""
        both = self._words.get(attribute, {}).get(value, {})
        words = both.get(lang) or both.get("en") or both.get("zh")
        return words[0].partition("…")[0] if words else self.name_of(value)

    @cached_property
    def _words(self) -> dict[str, Any]:
        return {raw["id"]: raw.get("values", {}) for raw in self._data["attributes"]}

    @cached_property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """The popular false statements."""
        return tuple(self._misconception(raw) for raw in self._data["misconceptions"])

    @cached_property
    def by_arxiv(self) -> dict[str, Entity]:
        """The papers by their arXiv id: those whose date is known from there."""
        found: dict[str, Entity] = {}
        for entity in self.entities.values():
            for fact in entity.facts if entity.kind == "paper" else ():
                for source in fact.sources if fact.attribute == "published" else ():
                    if match := _ARXIV.search(source.url):
                        found.setdefault(match[1], entity)
        return found

    def years_of(self, entity: Entity) -> set[int]:
        """All years in which a thing can be said to have appeared."""
        facts = self.facts(entity, ("published", "released", "announced", "venue"))
        return {int(year) for fact in facts for value in fact.values for year in re.findall(r"(?:19|20)\d\d", value)}

    def _misconception(self, raw: dict[str, Any]) -> Misconception:
        words = raw.get("words") or self.entities[raw["about"]].aliases
        sources = tuple(_citation(source) for source in raw["sources"])
        why_zh = raw.get("why_zh") or raw["why"]
        return Misconception(
            raw["id"], raw.get("about", ""), tuple(map(fold, words)), tuple(raw["patterns"]), raw["why"], why_zh, sources
        )

    @cached_property
    def _fillers(self) -> re.Pattern[str]:
        words = {word for a in self.attributes.values() for word in (*a.cues, *a.units)}
        return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) + "|" + _FILLERS)

    def says_nothing_new(self, folded: str) -> bool:
        """Whether the words before a value bring no other subject: pronouns, verbs of having, other values of the same thing."""
        at = 0
        while at < len(folded):
            match = self._fillers.match(folded, at)
            if match is None or match.end() == at:
                return False
            at = match.end()
        return True

    def facts(self, entity: Entity, attributes: Collection[str]) -> Iterator[Fact]:
        """The facts that a claim about an entity may rest on, widely: of itself, its variants, versions and papers.

        A member that has no such fact of its own has those of its family.
        """
        found = list(self._own(entity, attributes, set()))
        if not found and entity.family in self.entities:
            found = [fact for fact in self.entities[entity.family].facts if fact.attribute in attributes]
        yield from found

    def line(self, entity: Entity) -> set[str]:
        """The ids of an entity and of the families that it belongs to."""
        found = {entity.id}
        while entity.family in self.entities and entity.family not in found:
            entity = self.entities[entity.family]
            found.add(entity.id)
        return found

    def line_of(self, name: str) -> set[str]:
        """The line of an id; of what is no id, nothing."""
        return self.line(self.entities[name]) if name in self.entities else set()

    def name_of(self, name: str) -> str:
        """What the entity of an id is called; what is no id stays as it is."""
        return self.entities[name].name if name in self.entities else name

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
    sources = raw["sources"]
    return Fact(
        raw["attribute"],
        _values(raw),
        raw.get("status", "established"),
        raw.get("closed", False),
        any(source["checked"]["how"] != "two-secondary" for source in sources),
        tuple(_citation(source) for source in sources),
        raw.get("note", ""),
        raw.get("valid", {}).get("until", ""),
    )


def _values(raw: dict[str, Any]) -> tuple[str, ...]:
    value = raw.get("value")
    values = value if isinstance(value, (list, tuple)) else () if value is None else (value,)
    return (*values, *raw.get("also", ()))


def _citation(raw: dict[str, Any]) -> Citation:
    return Citation(raw["title"], raw["url"], raw.get("by", ""), raw.get("year"), raw.get("locator", ""))


def _former(renamed: Any) -> Former | None:
    """The name that an organisation itself gave up, of the pack's `renamed`; not the other organisation that became it."""
    for entry in renamed if isinstance(renamed, list) else ():
        if {"from", "to", "on", "sources"} <= entry.keys() and re.fullmatch(r"\d{4}-\d\d-\d\d", entry["on"]):
            return Former(entry["from"], entry["to"], entry["on"], _citation(entry["sources"][0]))
    return None


def _names(raw: dict[str, Any], entity: str) -> Iterator[Name]:
    for alias in raw.get("aliases", ()):
        needs, never = tuple(alias.get("needs", ())), tuple(alias.get("never_near", ()))
        yield Name(alias["text"], entity, alias.get("case") == "any", needs, never)


def _shown(variant: dict[str, Any]) -> str:
    aliases = variant.get("aliases", ())
    return str(aliases[0]["text"]) if aliases else str(variant["id"])


def _attribute(raw: dict[str, Any]) -> Attribute:
    def words(key: str) -> tuple[str, ...]:
        both = raw.get(key, {})
        return tuple(map(fold, (*both.get("zh", ()), *both.get("en", ()))))

    name = raw["name"]
    kinds, exclusive = frozenset(raw["kinds"]), tuple(map(frozenset, raw.get("exclusive", ())))
    frames = tuple((before, behind) for before, _, behind in (frame.partition("…") for frame in words("frames")))
    names = name["en"][0], name["zh"][0]
    return Attribute(raw["id"], raw["type"], *names, kinds, words("cues"), words("units"), frames, exclusive)
