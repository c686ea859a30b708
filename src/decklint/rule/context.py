"""What the check of a rule gets to see: one deck, and what all rules share while it is checked."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import Block, Leaf, Node
from decklint.deck.walk import blocks, walk
from decklint.files import ProjectFiles, absolute, project_root
from decklint.findings import Citation, Confidence, Finding, Fix, Message, Severity, Template
from decklint.lang.prose import Prose
from decklint.lang.scripts import chinese
from decklint.marprc import ToolSettings, tool_settings
from decklint.records import dataclass, field
from decklint.rule.declare import Rule
from decklint.text import Source, Span

if TYPE_CHECKING:
    from decklint.facts.claims import Claim
    from decklint.layout.estimate import Layouts
    from decklint.layout.model import SlideLayout
    from decklint.references import Location, Reference
    from decklint.terms import TermHit
    from decklint.theme import Theme

N = TypeVar("N", bound=Node)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What settings ask of rules, besides which of them are run."""

    options: Mapping[str, object] = field(default_factory=dict)
    """By code: what stands for the rule's own options, of the class that the rule declares."""
    absolute: bool = False
    """Whether the right form is asked for, whatever the deck is used to."""
    accepted: frozenset[str] = frozenset()
    """Names and words that are right in these decks."""


DEFAULT_JUDGEMENT = Judgement()


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

    def options(self, kind: type[T]) -> T:
        """The options of this rule, of the class that it declares."""
        given = self._view.judgement.options.get(self.rule.code)
        return given if isinstance(given, kind) else kind()

    @property
    def absolute(self) -> bool:
        """Whether the right form is asked for, whatever the deck is used to."""
        return self._view.judgement.absolute

    @property
    def prose(self) -> Prose:
        """The visible text of all leaves as one."""
        return self._view.prose

    @property
    def chinese(self) -> Prose:
        """The visible text of the leaves with Chinese in them; empty where the deck is Japanese or Korean."""
        return self._view.prose.once(chinese)

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
    def layout(self) -> list[SlideLayout]:
        """The slides laid out, in order."""
        return self._view.layouts.all

    @property
    def crowded(self) -> list[SlideLayout]:
        """The same without slides of text, code in full size and small pictures that fit for certain: these cost little."""
        return self._view.layouts.crowded

    def with_html(self, slide: Slide) -> SlideLayout:
        """A slide laid out as if Marp let all HTML through, as it does where it is told to on the command line."""
        return self._view.layouts.with_html(slide)

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

    def __init__(self, deck: Deck, files: ProjectFiles | None = None, judgement: Judgement = DEFAULT_JUDGEMENT) -> None:
        self.deck = deck
        self.judgement = judgement
        self.path = absolute(Path(deck.path))
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
            are_blocks = issubclass(kind, (Block, Slide))
            buckets = self._blocks_by_type if are_blocks else self._walked
            kinds = {found for found in buckets if issubclass(found, kind)}
            if len(kinds) == 1:
                self._found[kind] = buckets[kinds.pop()]
            elif are_blocks:
                self._found[kind] = [block for block in blocks(self.deck) if type(block) in kinds] if kinds else []
            else:
                self._found[kind] = _in_order([buckets[found] for found in kinds])
        return self._found[kind]

    @cached_property
    def leaves(self) -> list[Leaf]:
        """All blocks with text."""
        return self.of_type(Leaf)

    @cached_property
    def prose(self) -> Prose:
        """The text of all leaves."""
        return Prose(self.leaves)

    @cached_property
    def _blocks_by_type(self) -> Mapping[type[Node], list[Node]]:
        return _by_type(blocks(self.deck))

    @cached_property
    def _walked(self) -> Mapping[type[Node], list[Node]]:
        return _by_type(walk(self.deck))

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
    def layouts(self) -> Layouts:
        """The slides laid out, as far as anybody asks."""
        from decklint.layout.estimate import Layouts

        return Layouts(self.deck, self.theme, self.files)

    @cached_property
    def claims(self) -> list[Claim]:
        """The deck's claims."""
        from decklint.facts.claims import claims_of

        return claims_of(self.prose)

    @cached_property
    def terms(self) -> list[TermHit]:
        """The deck's wrong forms of terms."""
        from decklint.terms import hits_in

        return hits_in(self.prose)


def _by_type(nodes: Iterable[Node]) -> Mapping[type[Node], list[Node]]:
    buckets: defaultdict[type[Node], list[Node]] = defaultdict(list)
    for node in nodes:
        buckets[type(node)].append(node)
    return buckets


def _in_order(parts: list[list[Node]]) -> list[Any]:
    return sorted((node for part in parts for node in part), key=lambda node: node.span)


def run(of: Rule, view: DeckView) -> Iterable[Finding]:
    """The findings of one rule on one deck, without what the settings accept."""
    found = of.check(Context(view, of))
    if not view.judgement.accepted:
        return found
    return (finding for finding in found if not is_accepted(finding, view.deck, view.judgement))


def is_accepted(finding: Finding, deck: Deck, judgement: Judgement) -> bool:
    """Whether settings accept what stands at the place of a finding: of names, acronyms and terms alone."""
    return bool(judgement.accepted) and finding.code.startswith("TM") and deck.source.slice(finding.span) in judgement.accepted
