"""The shape of the packs under `rules/`. pydantic is imported here and nowhere on the everyday path.

Packs are read as text (no YAML types), so that a date keeps the precision that it was written with.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


def _a_date(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?)?", text):
        raise ValueError(f"{text!r} is no date: write 2019, 2019-02 or 2019-02-14")
    return text


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Date = Annotated[str, AfterValidator(_a_date)]


class Strict(BaseModel):
    """No key but the known ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Checked(Strict):
    """How the evidence was opened: the primary source itself, a faithful copy of it, or two good secondary sources."""

    how: Literal["read", "mirror", "two-secondary"]
    at: str = ""
    """The address that was opened, where it is not the source's own."""
    on: Date


class Evidence(Strict):
    """Where a fact stands."""

    title: str
    by: str = ""
    year: int | None = None
    url: str
    locator: str = ""
    checked: Checked


class Alias(Strict):
    """A right way to name an entity."""

    text: str
    case: Literal["exact", "any"] = "exact"
    needs: tuple[str, ...] = ()
    """One of these words must stand nearby: Adam and Gemini are other things as well."""
    never_near: tuple[str, ...] = ()


class Validity(Strict):
    """When a value was true."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    since: Date | None = Field(default=None, alias="from")
    until: Date | None = None


class Fact(Strict):
    """One attribute of one entity."""

    attribute: Id | Annotated[str, Field(pattern=r"^[a-z_]+$")]
    value: str | tuple[str, ...] | None = None
    also: tuple[str, ...] = ()
    """Other right values: rounded otherwise, of the venue instead of the preprint."""
    status: Literal["established", "reported", "disputed"] = "established"
    closed: bool = False
    valid: Validity | None = None
    note: str = ""
    review: Date | None = None
    sources: tuple[Evidence, ...]
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_evidence(self) -> Fact:
        if not self.sources:
            raise ValueError(f"{self.attribute}: a fact without evidence is a rumour")
        two = [source for source in self.sources if source.checked.how == "two-secondary"]
        if len(two) == len(self.sources) and len(two) < 2:
            raise ValueError(f"{self.attribute}: two-secondary wants two sources")
        if self.value is None and self.status != "disputed":
            raise ValueError(f"{self.attribute}: only a disputed fact may lack a value")
        return self


class Variant(Strict):
    """A member of a family: its values are right values of the family."""

    id: Id
    aliases: tuple[Alias, ...] = ()
    facts: tuple[Fact, ...] = ()


class Mistake(Strict):
    """A wrong value that is often met."""

    attribute: str
    value: str | tuple[str, ...]
    why: str


Kind = Literal[
    "model", "product", "paper", "dataset", "benchmark", "method", "architecture", "person", "organisation", "hardware",
    "software", "event", "award", "concept",
]  # fmt: skip


class Entity(Strict):
    """A thing that lectures state facts about."""

    id: Id
    kind: Kind
    name: str
    aliases: tuple[Alias, ...] = ()
    version_of: Id | None = None
    part_of: Id | None = None
    renamed: Any = None
    papers: tuple[Id, ...] = ()
    variants: tuple[Variant, ...] = ()
    complete: bool = False
    """Variants and versions are all that there are: what each of them states denies other values of the family."""
    facts: tuple[Fact, ...] = ()
    silent: tuple[str, ...] = ()
    popular_mistakes: tuple[Mistake, ...] = ()


class Misconception(Strict):
    """A popular false statement."""

    id: Id
    about: Id | None = None
    """The entity that it is about; what is no entity of the registry needs `words`."""
    patterns: tuple[str, ...]
    words: tuple[str, ...] = ()
    """One of these stands in every text that a pattern can match; by default the names of what it is about."""
    why: str
    why_zh: str = ""
    sources: tuple[Evidence, ...]
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _can_be_found(self) -> Misconception:
        if self.about is None and not self.words:
            raise ValueError("name what it is about, or the words that it stands in")
        return self


class Words(Strict):
    """Words in both languages."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Attribute(Strict):
    """Something that can be claimed."""

    id: str
    type: Literal["date", "quantity", "name", "set", "phrase"]
    name: Words
    kinds: tuple[Kind, ...]
    cues: Words = Words()
    """Words that say that the attribute is meant. No cue, no claim."""
    units: Words = Words()
    frames: Words = Words()
    """Words around a value, `…` for the value."""
    values: dict[str, Words] = {}
    """For phrases: the words of each value."""
    exclusive: tuple[tuple[str, ...], ...] = ()
    """Groups of values of which only one can be right."""


class Wrong(Strict):
    """A wrong form of a name, acronym or term."""

    text: str
    kind: Literal["spelling", "case", "spacing", "translation", "obsolete"] = "spelling"
    case: Literal["exact", "any"] = "exact"
    severity: Literal["error", "warning", "info"] | None = None
    why: str = ""
    needs: tuple[str, ...] = ()
    never_near: tuple[str, ...] = ()


class Term(Strict):
    """A name, acronym or term with its wrong forms."""

    id: Id
    kind: Literal["name", "acronym", "term"]
    right: str
    expansions: Words = Words()
    """What an acronym stands for: all right wordings that differ by more than plural, hyphens or spelling."""
    everyday: bool = False
    """Everybody in a lecture hall knows it: it needs no expansion."""
    equal: tuple[str, ...] = ()
    """Wordings that are as right: a deck keeps to one of them."""
    wrong: tuple[Wrong, ...] = ()
    source: str = ""
    """Where the right form can be seen."""
    bad: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Term:
        if not (self.wrong or self.equal or self.everyday or self.expansions.en or self.expansions.zh):
            raise ValueError(f"{self.id}: neither a wrong form nor an expansion")
        if self.expansions.en and not self.wrong and not self.source:
            raise ValueError(f"{self.id}: an expansion without a source is a rumour")
        return self
