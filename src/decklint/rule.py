"""What a rule is, and what its check gets to see."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import Block, Heading, Leaf, Link, Node
from decklint.deck.walk import blocks, walk
from decklint.files import ProjectFiles, project_root
from decklint.findings import Citation, Confidence, Edit, Effect, Finding, Fix, Message, Safety, Severity, Template
from decklint.marprc import ToolSettings, tool_settings
from decklint.text import Source, Span

if TYPE_CHECKING:
    from decklint.facts.claims import Claim
    from decklint.references import Location, Reference
    from decklint.terms import TermHit
    from decklint.theme import Theme

N = TypeVar("N", bound=Node)
Check = Callable[["Context"], Iterable[Finding]]


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
    documentation: str
    """The docstring of the rule's file: summary, reasons, executed examples."""
    check: Check

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
        )

    return declare


def reported(code: str, name: str, *, severity: str, since: str, zh: str, documentation: str) -> Rule:
    """Declare a rule without a check of its own: the engine or the command reports it."""
    summary = Template(documentation.strip().partition("\n")[0], zh)
    level = Severity[severity.upper()]
    return Rule(code, name, level, Confidence.HIGH, since, True, summary, documentation.strip(), lambda context: ())


class Context:
    """One deck seen by one rule. Costly knowledge (theme, claims, terms) is made when a rule first asks for it."""

    def __init__(self, view: DeckView, of: Rule) -> None:
        self._view = view
        self.rule = of
        self.deck: Deck = view.deck
        self.source: Source = view.deck.source

    def of_type(self, kind: type[N]) -> list[N]:
        """All nodes of a type, in source order."""
        return self._view.of_type(kind)

    @property
    def leaves(self) -> list[Leaf]:
        """All blocks with text, in source order."""
        return self._view.leaves

    @property
    def path(self) -> Path:
        """The deck's absolute path."""
        return self._view.path

    @property
    def files(self) -> ProjectFiles:
        """The files of the deck's project."""
        return self._view.files

    @property
    def theme(self) -> Theme:
        """The deck's theme."""
        return self._view.theme

    @property
    def tools(self) -> ToolSettings:
        """The settings of the tools that show the deck."""
        return tool_settings(self.files)

    @property
    def references(self) -> list[Reference]:
        """All places of the deck that refer to a file, an anchor or an address, in source order."""
        return self._view.references

    def locate(self, reference: Reference) -> Location:
        """Where a reference leads."""
        return self._view.locate(reference)

    @property
    def claims(self) -> list[Claim]:
        """The claims that the deck makes about things in the registry, with their verdicts."""
        return self._view.claims

    @property
    def terms(self) -> list[TermHit]:
        """The wrong forms of names, acronyms and terms that the deck uses."""
        return self._view.terms

    def finding(
        self,
        span: Span,
        message: Template,
        *,
        fix: Fix | None = None,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        sources: tuple[Citation, ...] = (),
        **values: Any,
    ) -> Finding:
        """A finding of this rule at `span`; `values` fill the message."""
        return Finding(
            self.rule.code,
            self.rule.name,
            severity or self.rule.severity,
            confidence or self.rule.confidence,
            span,
            Message(message, values),
            fix,
            sources,
            self._view.slide_number(span.start),
        )


class DeckView:
    """What all rules share while one deck is checked: one walk, one theme, one pass for claims and terms."""

    def __init__(self, deck: Deck, files: ProjectFiles | None = None) -> None:
        self.deck = deck
        self.path = Path(deck.path).absolute()
        self._files = files
        self._buckets: dict[type[Node], list[Node]] | None = None
        self._found: dict[type[Node], list[Any]] = {}
        self._located: dict[Reference, Location] = {}
        self._starts = [slide.span.start for slide in deck.slides]

    def slide_number(self, offset: int) -> int:
        """The number of the slide at an offset; 0 in the front matter."""
        front = self.deck.front_matter
        if front is not None and offset < front.span.end:
            return 0
        return bisect_right(self._starts, offset)

    def of_type(self, kind: type[N]) -> list[N]:
        """All nodes of a type or its subtypes, in source order."""
        if kind not in self._found:
            if issubclass(kind, (Block, Slide)):
                self._found[kind] = [block for block in blocks(self.deck) if isinstance(block, kind)]
            else:
                buckets = self._walked
                parts = [nodes for found, nodes in buckets.items() if issubclass(found, kind)]
                self._found[kind] = parts[0] if len(parts) == 1 else _in_order(parts)
        return self._found[kind]

    @cached_property
    def leaves(self) -> list[Leaf]:
        """All blocks with text."""
        return self.of_type(Leaf)

    @cached_property
    def _walked(self) -> dict[type[Node], list[Node]]:
        buckets: dict[type[Node], list[Node]] = {}
        for node in walk(self.deck):
            buckets.setdefault(type(node), []).append(node)
        return buckets

    @cached_property
    def files(self) -> ProjectFiles:
        """The files of the deck's project."""
        if self._files is not None:
            return self._files
        root, marked = project_root(self.path)
        return ProjectFiles(root, marked=marked)

    @cached_property
    def theme(self) -> Theme:
        """The deck's theme."""
        from decklint.theme import theme_of

        return theme_of(self.deck, self.files)

    @cached_property
    def references(self) -> list[Reference]:
        """The deck's references."""
        from decklint.references import references_of

        return list(references_of(self.deck))

    def locate(self, reference: Reference) -> Location:
        """Where a reference leads; looked up once, however many rules ask."""
        from decklint.references import locate

        if reference not in self._located:
            self._located[reference] = locate(reference, self.path, self.files)
        return self._located[reference]

    @cached_property
    def claims(self) -> list[Claim]:
        """The deck's claims."""
        from decklint.facts.claims import claims_of

        return claims_of(self.leaves)

    @cached_property
    def terms(self) -> list[TermHit]:
        """The deck's wrong forms of terms."""
        from decklint.terms import hits_in

        return hits_in(self.leaves)


def _in_order(parts: list[list[Node]]) -> list[Any]:
    return sorted((node for part in parts for node in part), key=lambda node: node.span)


def safe_fix(title: Template, *edits: Edit, spacing: bool = False, **values: Any) -> Fix:
    """A fix that may be applied blind: it changes text, or only spacing, inside the leaf that it edits."""
    return Fix(Message(title, values), edits, Safety.SAFE, frozenset((Effect.SPACING if spacing else Effect.TEXT,)))


def unsafe_fix(title: Template, *edits: Edit, effects: Iterable[Effect] = (Effect.TEXT,), **values: Any) -> Fix:
    """A fix that wants a human's consent; `effects` names everything that it changes."""
    return Fix(Message(title, values), edits, Safety.UNSAFE, frozenset(effects))


def hint(title: Template, **values: Any) -> Fix:
    """An advice that is shown and never applied."""
    return Fix(Message(title, values), (), Safety.HINT, frozenset())


def leaf_fix(context: Context, title: Template, edit: Edit, leaf: Leaf, **values: Any) -> Fix:
    """A safe fix of text in a leaf; unsafe in a heading of a deck with links to anchors, which are made of headings."""
    if isinstance(leaf, Heading) and any(link.url.startswith("#") for link in context.of_type(Link)):
        return unsafe_fix(title, edit, effects=(Effect.TEXT, Effect.ANCHORS), **values)
    return safe_fix(title, edit, **values)


def run(of: Rule, view: DeckView) -> Iterator[Finding]:
    """The findings of one rule on one deck."""
    yield from of.check(Context(view, of))
