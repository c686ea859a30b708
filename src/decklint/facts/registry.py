"""The registry as the engine uses it: entities, their facts, and all names in one matcher."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Literal

from decklint.deck.textview import fold
from decklint.facts.entities import Attribute, Entity, Misconception, Phrase
from decklint.facts.entities import Fact as Fact
from decklint.facts.entries import Entities, citation
from decklint.facts.people import Person, people_at
from decklint.matching import Matcher
from decklint.packs.book import Book
from decklint.packs.load import load
from decklint.patterns import constant

# What may stand between the start of a sentence and a value of the thing that an earlier line names.
_FILLERS = (
    r"[\s\d.,，、:：()（）+*~≈%;|/\-]+|[它其]|该|这个|此|模型|网络|架构|数据集|系统|大小|规模|数量|总数|总计|合计|一?共有?|总共|的|有|为|是|约|大约|"
    r"达到?了?|高达|多达|超过|近|拥有|包含了?|包括|含有?|具有|具备|采用了?|使用了?|由|在|于|上|进行了?|训练数据|训练语料|语料|训练|涵盖了?|覆盖了?|支持|提供了?|万亿|亿|万|千|百|个|"
    r"(?:it|its|the|this|that|model|network|architecture|dataset|has|have|had|with|of|is|are|was|were|about|over|up to|more than|"
    r"contains?|comprises?|consists? of|uses?|using|supports?|a|an|total|in total|and|on|trained|released|size|billion|million|"
    r"trillion|b|m|k|t)\b"
)

Kind = Literal["name", "person", "venue", "award", "phrase"]
"""What a word of the registry is: an entity's name, a person's, or said of a value, venues and awards apart from the others."""

_KINDS: dict[str, Kind] = {"venue": "venue", "award": "award"}


class Registry:
    """All entities and attributes."""

    def __init__(self, book: Book) -> None:
        """`book` as `decklint.packs.load.load` gives it."""
        self.entities = Entities(book)
        self.attributes = {raw["id"]: _attribute(raw) for raw in book["attributes"]}
        self.names: Mapping[str, list[list[Any]]] = book["names"]
        """For each text, folded, the beginnings of `Name`."""
        self._people: Mapping[str, tuple[str, bool]] = book["people"]
        self._phrases: Mapping[str, tuple[str, str, int]] = book["phrases"]
        self._facts: dict[tuple[str, tuple[str, ...]], tuple[Fact, ...]] = {}
        self._meanings: dict[str, list[tuple[Kind, Any]]] = {}
        self._data = book

    @cached_property
    def measured(self) -> tuple[Attribute, ...]:
        """The attributes whose values are quantities."""
        return tuple(attribute for attribute in self.attributes.values() if attribute.type == "quantity")

    @cached_property
    def all_measured(self) -> Attribute:
        """As one attribute what words say any of them: what does not mean this means none."""
        cues = tuple(cue for attribute in self.measured for cue in attribute.cues)
        units = tuple(unit for attribute in self.measured for unit in attribute.units)
        frames = tuple(frame for attribute in self.measured for frame in attribute.frames)
        return Attribute("", "quantity", "", "", frozenset(), cues, units, frames)

    @cached_property
    @constant
    def measures(self) -> re.Pattern[str]:
        """A part of each cue, unit and frame of the measured attributes: a text without a match has none of them."""
        return re.compile("|".join(map(re.escape, self._data["measures"])) or r"\Z\b")

    @cached_property
    def words(self) -> Matcher:
        """All that is looked for in texts, so that one pass finds it."""
        return Matcher(self.names.keys() | self._people.keys() | self._phrases.keys(), self._data["words"])

    def meanings(self, word: str) -> list[tuple[Kind, Any]]:
        """What one of `words` is and stands for.

        A name stands for what `names` tells of it, a person for the full name and whether the word is only the surname, words for
        a value stand for a `Phrase`.
        """
        if word not in self._meanings:
            self._meanings[word] = list(self._meant(word))
        return self._meanings[word]

    def _meant(self, word: str) -> Iterator[tuple[Kind, Any]]:
        if word in self.names:
            yield "name", self.names[word]
        if word in self._people:
            yield "person", self._people[word]
        if word in self._phrases:
            phrase = Phrase(*self._phrases[word])
            yield _KINDS.get(phrase.attribute, "phrase"), phrase

    def people_in(self, text: str, folded: str) -> list[Person]:
        """The people named in a text, in order; `folded` is the same text folded."""
        words = self.words.places(folded)
        people = [(start, end, self._people[word]) for start, end, word in words if word in self._people]
        return people_at(people, text, folded)

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
        name, _, year = value.rpartition(" ") if attribute == "award" else (value, "", "")
        both = self._words.get(attribute, {}).get(name or value, {})
        words = both.get(lang) or both.get("en") or both.get("zh")
        return f"{words[0].partition('…')[0]} {year}".rstrip() if words else self.name_of(value)

    @cached_property
    def _words(self) -> dict[str, Any]:
        return {raw["id"]: raw.get("values", {}) for raw in self._data["attributes"]}

    @cached_property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """The popular false statements."""
        return tuple(self._misconception(raw) for raw in self._data["misconceptions"])

    def by_arxiv(self, number: str) -> Entity | None:
        """The paper with an arXiv id, if its date is known from there."""
        found: str | None = self._data["arxiv"].get(number)
        return None if found is None else self.entities[found]

    def years_of(self, entity: Entity) -> set[int]:
        """All years in which a thing can be said to have appeared."""
        facts = self.facts(entity, ("published", "released", "announced", "venue"))
        return {int(year) for fact in facts for value in fact.values for year in re.findall(r"(?:19|20)\d\d", value)}

    def _misconception(self, raw: dict[str, Any]) -> Misconception:
        words = raw.get("words") or self.entities[raw["about"]].aliases
        sources = tuple(citation(source) for source in raw["sources"])
        why_zh = raw.get("why_zh") or raw["why"]
        return Misconception(
            raw["id"], raw.get("about", ""), tuple(map(fold, words)), tuple(raw["patterns"]), raw["why"], why_zh, sources
        )

    @cached_property
    @constant
    def _fillers(self) -> re.Pattern[str]:
        words = {word for a in self.attributes.values() for word in (*a.cues, *a.units)}
        return re.compile("|".join(map(re.escape, sorted(sorted(words), key=len, reverse=True))) + "|" + _FILLERS)

    def says_nothing_new(self, folded: str) -> bool:
        """Whether the words before a value bring no other subject: pronouns, verbs of having, other values of the same thing."""
        at = 0
        while at < len(folded):
            match = self._fillers.match(folded, at)
            if match is None or match.end() == at:
                return False
            at = match.end()
        return True

    def facts(self, entity: Entity, attributes: tuple[str, ...]) -> Sequence[Fact]:
        """The facts that a claim about an entity may rest on, widely: of itself, its variants, versions and papers.

        A member that states none itself has those of its family as well. They are gathered once in the life of the registry.
        """
        asked = entity.id, attributes
        if asked not in self._facts:
            self._facts[asked] = tuple(self._gathered(entity, attributes))
        return self._facts[asked]

    def _gathered(self, entity: Entity, attributes: Collection[str]) -> Iterator[Fact]:
        yield from self._own(entity, attributes, set())
        family = self.entities.get(entity.family or "")
        if family is not None and not self._states(entity, attributes):
            yield from (fact for fact in family.facts if fact.attribute in attributes)

    def may_deny(self, entity: Entity, attributes: Collection[str]) -> bool:
        """Whether enough is known of one of some attributes to call another value of an entity false.

        It states one itself, or each of its members does and all that there are are known: what one member has says nothing of
        those that are left out. A variant is as its family in what it leaves unsaid; a version has only the maker in common.
        """
        if self._states(entity, attributes) or self._members_state(entity, attributes, set()):
            return True
        family = self.entities.get(entity.family or "")
        is_alike = not entity.is_version or set(attributes) == {"organisation"}
        return is_alike and family is not None and self._states(family, attributes)

    def _states(self, entity: Entity, attributes: Collection[str]) -> bool:
        papers = (self.entities[paper] for paper in entity.papers if paper in self.entities)
        return any(fact.attribute in attributes for one in (entity, *papers) for fact in one.facts)

    def _members_state(self, entity: Entity, attributes: Collection[str], seen: set[str]) -> bool:
        seen.add(entity.id)
        members = [self.entities[name] for name in entity.members if name in self.entities and name not in seen]
        return entity.is_complete and all(
            self._states(member, attributes) or self._members_state(member, attributes, seen) for member in members
        )

    def line(self, entity: Entity) -> set[str]:
        """The ids of an entity and of the families that it belongs to."""
        found = {entity.id}
        while entity.family and entity.family in self.entities and entity.family not in found:
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


def _attribute(raw: dict[str, Any]) -> Attribute:
    def words(key: str) -> tuple[str, ...]:
        both = raw.get(key, {})
        return tuple(map(fold, (*both.get("zh", ()), *both.get("en", ()))))

    name = raw["name"]
    kinds, exclusive = frozenset(raw["kinds"]), tuple(map(frozenset, raw.get("exclusive", ())))
    frames = tuple((before, behind) for before, _, behind in (frame.partition("…") for frame in words("frames")))
    names = name["en"][0], name["zh"][0]
    return Attribute(raw["id"], raw["type"], *names, kinds, words("cues"), words("units"), frames, exclusive)
