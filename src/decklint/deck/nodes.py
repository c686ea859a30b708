"""The nodes of a deck.

Invariants that every tree keeps: each node has a span; children lie inside their parent, in source order, without
overlap; `parent` is set on all nodes but the deck's own slides. Spans cover the node's whole source form (the marker of a
list item, the delimiters of an emphasis), and count code points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from decklint.records import dataclass, field
from decklint.text import Span

if TYPE_CHECKING:
    from decklint.deck.deck import YamlProblem
    from decklint.deck.images import Word
    from decklint.deck.textview import TextView


@dataclass(slots=True, eq=False)
class Node:
    """Anything with a place in the source."""

    span: Span
    parent: Node | None = field(default=None, repr=False, kw_only=True)

    @property
    def children(self) -> Sequence[Node]:
        """The nodes directly inside, in source order."""
        return ()


# ---------------------------------------------------------------- inline


@dataclass(slots=True, eq=False)
class Inline(Node):
    """A node inside the text of a leaf."""


@dataclass(slots=True, eq=False)
class Text(Inline):
    """Characters as the reader sees them.

    An escape or an entity is a node of its own, so that in all others each character stands in the source as it is shown.
    """

    value: str


@dataclass(slots=True, eq=False)
class LineBreak(Inline):
    """A line ending inside a leaf."""

    hard: bool
    """Written as a break: two spaces or a backslash before the line ending."""
    shown: bool = True
    """Shown as a break: Marp breaks at every line ending, unless its settings say otherwise."""


@dataclass(slots=True, eq=False)
class CodeSpan(Inline):
    """Code inside a line."""

    value: str


@dataclass(slots=True, eq=False)
class InlineMath(Inline):
    """`$…$`; `value` is the TeX between the dollars."""

    value: str


@dataclass(slots=True, eq=False)
class InlineHtml(Inline):
    """One HTML tag, as written."""

    value: str


@dataclass(slots=True, eq=False)
class Styled(Inline):
    """An inline node with inline children."""

    content: list[Inline]

    @property
    def children(self) -> Sequence[Inline]:
        """The inline nodes between the delimiters."""
        return self.content


@dataclass(slots=True, eq=False)
class Emphasis(Styled):
    """`*…*` or `_…_`."""


@dataclass(slots=True, eq=False)
class Strong(Styled):
    """`**…**` or `__…__`."""


@dataclass(slots=True, eq=False)
class Strikethrough(Styled):
    """`~~…~~`."""


@dataclass(slots=True, eq=False)
class Link(Styled):
    """A link, a reference to a definition, or an address that Marp makes a link of."""

    url: str
    title: str = ""
    is_address: bool = False
    """Written as nothing but its address, in angle brackets or bare."""


@dataclass(slots=True, eq=False)
class Image(Inline):
    """A picture: inline, or a background of its slide."""

    url: str
    words: tuple[Word, ...]
    """The alternative text, word by word, as Marp reads it."""
    title: str = ""
    url_span: Span | None = None
    """Where the address stands; None for a reference."""

    @property
    def is_background(self) -> bool:
        """Whether `bg` makes it a background."""
        return any(word.role == "background" for word in self.words)

    @property
    def is_split(self) -> bool:
        """Whether the background takes one side and leaves the other to the text."""
        return self.is_background and any(word.role == "split" for word in self.words)

    @property
    def alt(self) -> str:
        """What Marp leaves of the alternative text."""
        return " ".join(word.text for word in self.words if not word.consumed)


# ---------------------------------------------------------------- blocks


@dataclass(slots=True, eq=False)
class Block(Node):
    """A node on lines of its own."""


@dataclass(slots=True, eq=False)
class Leaf(Block):
    """A block that holds text. Its inline nodes are parsed when first asked for."""

    raw: str
    """The text without container markers, as the inline parser gets it."""
    parse_inline: Callable[[Leaf], list[Inline]] = field(repr=False, kw_only=True)
    _inlines: list[Inline] | None = field(default=None, repr=False, kw_only=True)
    _view: TextView | None = field(default=None, repr=False, kw_only=True)

    @property
    def inlines(self) -> list[Inline]:
        """The inline nodes of the text."""
        if self._inlines is None:
            self._inlines = self.parse_inline(self)
        return self._inlines

    @property
    def children(self) -> Sequence[Inline]:
        """The inline nodes of the text."""
        return self.inlines

    @property
    def view(self) -> TextView:
        """The visible text with its map back to the source."""
        if self._view is None:
            self._view = textview.view_of(self.inlines)
        return self._view


@dataclass(slots=True, eq=False)
class Paragraph(Leaf):
    """A paragraph, or the text of a tight list item."""


@dataclass(slots=True, eq=False)
class Heading(Leaf):
    """A heading of level 1 to 6."""

    level: int = 1
    underline: Span | None = None
    """The line of `=` or `-` of a setext heading."""


@dataclass(slots=True, eq=False)
class TableCell(Leaf):
    """A cell of a table."""


@dataclass(slots=True, eq=False)
class Container(Block):
    """A block with blocks inside."""

    blocks: list[Block] = field(default_factory=list)

    @property
    def children(self) -> Sequence[Block]:
        """The blocks inside."""
        return self.blocks


@dataclass(slots=True, eq=False)
class Quote(Container):
    """A block quote."""


@dataclass(slots=True, eq=False)
class ListItem(Container):
    """One item of a list; `marker` as written, for example `-` or `2.`."""

    marker: str = "-"
    marker_span: Span = field(default_factory=lambda: Span(0, 0))

    @property
    def is_fragment(self) -> bool:
        """Whether Marp shows the item in a step of its own: markers `*` and `1)`."""
        return self.marker[-1] in "*)"


@dataclass(slots=True, eq=False)
class List(Container):
    """A list; its items share one kind of marker."""

    ordered: bool = False
    bullet: str = "-"
    """The character that makes the list one list: `-`, `+`, `*`, `.` or `)`."""

    @property
    def items(self) -> list[ListItem]:
        """The items of the list."""
        return [block for block in self.blocks if isinstance(block, ListItem)]


@dataclass(slots=True, eq=False)
class TableRow(Container):
    """A row of a table; its blocks are cells."""

    is_header: bool = False


@dataclass(slots=True, eq=False)
class Table(Container):
    """A table; its blocks are rows, the header first."""


@dataclass(slots=True, eq=False)
class CodeBlock(Block):
    """Fenced or indented code."""

    value: str
    info: str = ""
    fenced: bool = True


@dataclass(slots=True, eq=False)
class MathBlock(Block):
    """`$$ … $$` on lines of its own."""

    value: str


@dataclass(slots=True, eq=False)
class HtmlBlock(Block):
    """Raw HTML on lines of its own."""

    value: str


@dataclass(slots=True, eq=False)
class StyleBlock(Block):
    """A `<style>` element: CSS for the deck, or for its slide alone when scoped."""

    css: str
    scoped: bool = False


@dataclass(slots=True, eq=False)
class Ruler(Block):
    """A thematic break inside a container, where it cuts no slide."""


@dataclass(slots=True, eq=False)
class Comment(Inline):
    """An HTML comment, on lines of its own or inside a text.

    `kind` is `directive`, `magic`, `fit` (scales its heading) or `note` (shown to the presenter).
    """

    value: str
    kind: str = "note"
    settings: dict[str, Any] = field(default_factory=dict)
    key_spans: dict[str, Span] = field(default_factory=dict)
    """Where each key stands; the whole comment where its lines lie in a quote or a list."""
    value_spans: dict[str, Span] = field(default_factory=dict)
    """Where each value stands, its quotation marks included."""
    swallowed: str = ""
    """Text behind the comment on its last line, which Marp discards."""
    unclosed: bool = False
    problem: YamlProblem | None = None
    """Why a note that holds nothing but settings, one of Marp's among them, cannot be read as such."""


# Views are made of the nodes above. Imported inside `view`, the module would be looked up anew for each leaf.
from decklint.deck import textview  # noqa: E402
