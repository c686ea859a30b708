"""The deck itself: front matter, slides, and the directives in force."""

from __future__ import annotations

from typing import Any

from decklint.deck.nodes import Block, Comment, Container, Node, Strong
from decklint.records import dataclass, field
from decklint.text import Source, Span


@dataclass(slots=True, eq=False)
class FrontMatter(Node):
    """The YAML block at the top.

    Marp drops the whole block where the YAML is broken: then `settings` is empty and `problem` says why.
    """

    content_span: Span
    settings: dict[str, Any]
    key_spans: dict[str, Span]
    value_spans: dict[str, Span]
    """Where each value stands, its quotation marks included."""
    problem: YamlProblem | None = None
    closed: bool = True


@dataclass(frozen=True, slots=True)
class YamlProblem:
    """Why a YAML text cannot be read, and where."""

    reason: str
    """A stable word.

    `duplicate-key`, `tab`, `colon`, `full-width-colon`, `no-space`, `escape`, `indentation`, `closing-line`, `not-a-mapping`
    or `syntax`.
    """
    span: Span
    detail: str = ""


@dataclass(slots=True, eq=False)
class Slide(Container):
    """One slide, exactly as Marp cuts it."""

    number: int = 1
    break_span: Span | None = None
    """The ruler that begins it; None for the first slide and where a heading divides."""
    directives: dict[str, Any] = field(default_factory=dict)
    """The directives in force, global ones included."""
    _bold_titles: tuple[Strong, ...] | None = field(default=None, repr=False, kw_only=True)
    """What `decklint.deck.walk.bold_title` has found; None until it is asked. The same holds for what follows."""
    _title: str | None = field(default=None, repr=False, kw_only=True)
    _all_blocks: list[Block | Comment] | None = field(default=None, repr=False, kw_only=True)
    _nodes: list[Node] | None = field(default=None, repr=False, kw_only=True)


@dataclass(slots=True, eq=False)
class Deck:
    """A deck: its source, its front matter, its slides."""

    source: Source
    front_matter: FrontMatter | None
    slides: list[Slide]
    directives: dict[str, Any]
    """Global directives, the last value of each."""
    _blocks: list[Block | Comment] | None = field(default=None, repr=False, kw_only=True)
    """What `decklint.deck.walk` has found; None until it is asked, for a deck does not change once it is read."""
    _nodes: list[Node] | None = field(default=None, repr=False, kw_only=True)

    @property
    def path(self) -> str:
        """The path that the deck was read from."""
        return self.source.path
