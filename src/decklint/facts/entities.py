"""What the registry holds: entities and their facts, names, attributes, misconceptions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from decklint.findings import Citation
from decklint.records import dataclass, field


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
    until: str = ""
    """When the value ceased to be true; empty where it did not."""


@dataclass(frozen=True, slots=True)
class Former:
    """A name that an organisation gave up, and the day from which on it has another."""

    name: str
    now: str
    on: str
    source: Citation


@dataclass(slots=True)
class Entity:
    """A thing that lectures state facts about; variants are entities with a `family`."""

    id: str
    kind: str
    name: str
    stated: Callable[[], list[Fact]] = field(repr=False)
    """Makes its facts, when they are first asked for: a deck is about few of many things."""
    papers: tuple[str, ...] = ()
    family: str | None = None
    is_version: bool = False
    """Whether it is a later member of its family, and not one that came out together with the others."""
    members: Sequence[str] = ()
    """Ids of variants and versions."""
    is_complete: bool = False
    """Whether the members are all that there are."""
    part_of: str | None = None
    related: frozenset[str] = frozenset()
    """Of an organisation: ids of what it belongs to, what belongs to it, and what it was called."""
    former: Former | None = None
    aliases: tuple[str, ...] = ()
    _facts: list[Fact] | None = field(default=None, repr=False)

    @property
    def facts(self) -> list[Fact]:
        """What the registry states about it."""
        if self._facts is None:
            self._facts = self.stated()
        return self._facts

    @property
    def is_agent(self) -> bool:
        """Whether it is somebody who makes things."""
        return self.kind in ("organisation", "person")


class Name(NamedTuple):
    """A name of an entity, and the folded words that must or may not stand near it."""

    text: str
    entity: str
    any_case: bool = False
    needs: Sequence[str] = ()
    never_near: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Misconception:
    """A popular false statement: one of `words` stands in each text that makes it, one of `patterns` finds it."""

    id: str
    about: str
    words: tuple[str, ...]
    patterns: tuple[str, ...]
    why: str
    why_zh: str
    sources: tuple[Citation, ...]


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
    frames: tuple[tuple[str, str], ...] = ()
    """Words directly before and behind a value that say it together."""
    exclusive: tuple[frozenset[str], ...] = ()
    """Values of which only one can be right."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A value that is said in words, of one attribute."""

    attribute: str
    value: str
    tail: int = 0
    """How many characters at the end of the words only say how the value is meant."""
