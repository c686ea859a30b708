"""What rules produce: findings, and fixes as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import Enum, IntEnum
from typing import Any, NamedTuple

from decklint.records import dataclass, field
from decklint.text import Span


class Severity(IntEnum):
    """How bad a finding is; only errors fail a run by default."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The lower-case name that users read and write."""
        return self.name.lower()


class Confidence(IntEnum):
    """How sure a rule is."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def word(self) -> str:
        """The lower-case name that users read and write."""
        return self.name.lower()


class Safety(Enum):
    """What may be done with a fix: applied by `--fix`, on demand only, or only shown."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    HINT = "hint"


class Effect(Enum):
    """What a fix changes about a deck; everything that it changes must be declared."""

    SPACING = "spacing"
    TEXT = "text"
    DIRECTIVES = "directives"
    SLIDES = "slides"
    FRAGMENTS = "fragments"
    ANCHORS = "anchors"
    MEDIA = "media"


HARMLESS = frozenset({Effect.SPACING, Effect.TEXT})
"""The only effects that a safe fix may declare."""


class Template(NamedTuple):
    """A sentence in both languages, with `{named}` fields."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Message:
    """A template and the values of its fields; the language is chosen when it is printed."""

    template: Template
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """The sentence in `lang` (`en` or `zh`)."""
        template = self.template.zh if lang == "zh" else self.template.en
        return template.format_map(self.values)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A titled set of edits that are applied together or not at all."""

    title: Message
    edits: tuple[Edit, ...]
    safety: Safety
    effects: frozenset[Effect]

    def __post_init__(self) -> None:
        if self.safety is Safety.SAFE and not self.effects <= HARMLESS:
            raise ValueError(f"a safe fix may not change {sorted(e.value for e in self.effects - HARMLESS)}")
        if (self.safety is not Safety.HINT) != bool(self.edits):
            raise ValueError("a fix has edits, a hint has none")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement can be looked up."""

    title: str
    url: str
    by: str = ""
    year: int | None = None
    locator: str = ""


@dataclass(slots=True)
class Finding:
    """One hit of a rule at one place of one deck."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    span: Span
    message: Message
    fix: Fix | None = None
    sources: tuple[Citation, ...] = ()
    slide: int = 0
    """Number of the slide, from 1; 0 for the front matter or a whole file."""


class Tally(NamedTuple):
    """How many findings a deck has: what is asked of all of them, where few are printed."""

    severities: Mapping[Severity, int]
    safeties: Mapping[Safety, int]
    """Of those that have a fix."""
    names: frozenset[str]
    """The rules that have spoken."""


def tally(findings: Iterable[Finding]) -> Tally:
    """Count findings."""
    found = list(findings)
    fixes = [finding.fix for finding in found if finding.fix is not None]
    return Tally(
        Counter(finding.severity for finding in found),
        Counter(fix.safety for fix in fixes),
        frozenset(finding.name for finding in found),
    )
