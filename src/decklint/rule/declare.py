"""What a rule is, how its file declares it, and how it compares the decks of a course."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from decklint.findings import Confidence, Finding, Fix, Severity, Template
from decklint.records import dataclass
from decklint.text import Span

if TYPE_CHECKING:
    from decklint.rule.context import Context

Check = Callable[["Context"], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Noted:
    """What a deck says about the things that the decks of a course are compared by: `path` as people are told.

    Notes are small and plain, so that the process that checks a deck may be another one than the one that compares.
    """

    path: str
    notes: Any


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding in one deck that comparing has brought to light; `deck` is its number among those compared."""

    deck: int
    span: Span
    slide: int
    message: Template
    values: Mapping[str, Any]
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Across:
    """How a rule compares the decks of a course: what it notes of each, and what it makes of all notes."""

    note: Callable[[Context], Any]
    judge: Callable[[Sequence[Noted]], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what users select by code, family or name, and the check behind it."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    since: str
    default: bool
    summary: Template
    docstring: str
    """The docstring of the rule's file: summary, reasons, executed examples."""
    check: Check
    options: type[Any] | None = None
    """A frozen dataclass, each field made by `option`."""
    across: Across | None = None

    @property
    def documentation(self) -> str:
        """The docstring, and what settings may say about the rule."""
        if self.options is None:
            return self.docstring
        from decklint.rule.options import section

        return f"{self.docstring}\n\n{section(self.name, self.options)}"

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code[:2]


def rule(
    code: str,
    name: str,
    *,
    severity: str,
    since: str,
    zh: str,
    confidence: str = "high",
    default: bool = True,
    options: type[Any] | None = None,
    across: Across | None = None,
) -> Callable[[Check], Rule]:
    """Declare the check of a rule file. The docstring of the file is the documentation; `zh` is its first line in Chinese."""

    def declare(check: Check) -> Rule:
        documentation = (sys.modules[check.__module__].__doc__ or "").strip()
        return Rule(
            code,
            name,
            Severity[severity.upper()],
            Confidence[confidence.upper()],
            since,
            default,
            Template(documentation.partition("\n")[0], zh),
            documentation,
            check,
            options,
            across,
        )

    return declare


def reported(code: str, name: str, *, severity: str, since: str, zh: str, documentation: str) -> Rule:
    """Declare a rule without a check of its own: the engine or the command reports it."""
    summary = Template(documentation.strip().partition("\n")[0], zh)
    level = Severity[severity.upper()]
    return Rule(code, name, level, Confidence.HIGH, since, True, summary, documentation.strip(), lambda context: ())
