"""What the parts of the layout tell each other: fonts, computed styles, boxes, and a slide laid out.

All lengths are CSS pixels of the slide (1280 x 720 unless the deck sets another size), measured from its upper left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from decklint.deck.deck import Slide
from decklint.deck.nodes import Node
from decklint.records import dataclass, field
from decklint.text import Span

if TYPE_CHECKING:
    from decklint.layout.lines.text import Line


class Sides(NamedTuple):
    """Lengths of the four sides of a box."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0


NO_SIDES = Sides()


class Font(NamedTuple):
    """What decides how wide a text is."""

    table: str
    """The table of advance widths (`decklint.layout.lines.fonts`): the font that a browser would most likely take."""
    size: float
    bold: bool = False
    italic: bool = False
    spacing: float = 0.0
    """Letter spacing in pixels, added after each character."""


@dataclass(frozen=True, slots=True)
class Style:
    """The computed style of one element, in pixels."""

    font: Font
    line_height: float
    margin: Sides = NO_SIDES
    padding: Sides = NO_SIDES
    border: Sides = NO_SIDES
    width: float | None = None
    """Of the content box unless `border_box`; None is `auto`. Percentages are resolved against the container."""
    height: float | None = None
    max_width: float | None = None
    max_height: float | None = None
    border_box: bool = False
    display: str = "block"
    columns: int = 1
    """Columns of equal width, by grid, flex or `columns`."""
    gap: float = 0.0
    align: str = "start"
    """`start`, `center` or `end`: how a slide places its content vertically."""
    wraps: bool = True
    """False where `white-space` keeps lines whole."""
    hidden: bool = False
    """Not shown, or out of the flow (`display: none`, `position: absolute` or `fixed`)."""
    safe: bool = True
    """False where centred content that is too tall passes both edges instead of the lower one alone."""
    stack: bool = False
    """Whether a flex container puts its items below each other (`flex-direction: column`)."""
    tracks: tuple[tuple[float, float], ...] = ()
    """The columns of a grid, each as (pixels, `fr`); where it is empty, `columns` tells."""
    grow: float = 0.0
    """`flex-grow` of an item."""
    basis: float | None = None
    """`flex-basis` of an item in pixels; None is `auto`, which is its width or content."""
    floats: bool = False
    """Whether the element floats to one side."""
    row_gap: float = 0.0
    """Between rows of a grid or items below each other; `gap` is between columns."""
    min_width: float | None = None
    min_height: float | None = None
    width_part: float | None = None
    """Where `width` is a plain percentage: the part of the container, for whoever knows the container better."""
    max_width_part: float | None = None
    fitted: float | None = None
    """The greatest height that auto-scaling leaves to code or a `fit` heading."""
    breaks_words: bool = False
    """Whether a word that does not fit on a line is broken anywhere (`overflow-wrap`)."""
    keeps_spaces: bool = False
    """Whether spaces at the end of a line take room (`white-space: break-spaces`)."""
    collapses: bool = False
    """Whether cells of a table share their borders."""
    spacing: float = 0.0
    """Between the cells of a table that do not."""
    text_align: str = "start"
    spans: bool = False
    """Whether the element stands across all columns of text around it (`column-span`)."""
    breaks: bool = False
    """Whether the element begins a new column of text (`break-before`)."""
    folds: bool = False
    """Whether the items of a flex container that do not fit beside each other go on below (`flex-wrap`)."""
    areas: tuple[tuple[str, ...], ...] = ()
    """The named places of a grid, row by row (`grid-template-areas`)."""
    area: str = ""
    """The named place of an item in such a grid."""
    row_tracks: tuple[tuple[float, float], ...] = ()
    """The rows that a grid asks for, each as (pixels, `fr`); a row as tall as its content counts as `fr`."""
    stretches: bool = True
    """Whether rows of a grid fill a container that is taller (`align-content: normal`)."""
    items: str = ""
    """How items stand in their row: `align-items` as it is written."""
    frame: Sides = field(init=False)
    """Padding and border together."""
    edged: bool = field(init=False)
    """Whether it asks for no size or place of its own, so that its content and its edges alone make it as tall as it is."""
    plain: bool = field(init=False)
    """The same, and its lines are broken as those of most texts."""
    flat: bool = field(init=False)
    """The same, for a block."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "frame", Sides(*map(add, self.padding, self.border)))
        sizes = (self.width, self.max_width, self.min_width, self.height, self.max_height, self.min_height)
        edged = self.columns == 1 and not self.floats and sizes == (None,) * 6 and min(self.margin) >= 0
        object.__setattr__(self, "edged", edged)
        plain = edged and self.wraps and not self.keeps_spaces
        object.__setattr__(self, "plain", plain)
        object.__setattr__(self, "flat", plain and self.display in ("block", "list-item"))


@dataclass(slots=True)
class Box:
    """One laid out element."""

    node: Node | None
    kind: str
    """The element's name as in CSS: `section`, `h1`, `p`, `li`, `pre`, `table`, `tr`, `img`, `math` ..."""
    x: float
    y: float
    width: float
    height: float
    """Of the border box."""
    ink: float = 0.0
    """The lower end of what can be seen of it: the last line of a text, a border, a picture."""
    lines: int = 0
    """Lines of text, where it holds text itself."""
    scale: float = 1.0
    """What auto-scaling does to code, display math and `fit` headings; 1 is full size."""
    children: list[Box] = field(default_factory=list)
    rows: Sequence[Line] = ()
    """Its lines of text, from its upper edge and padding on."""


class Verdict(Enum):
    """What becomes of a slide's content, as `overflow.mjs` of the project's oracle tells them apart."""

    OK = "ok"
    MARGIN = "margin"
    """An empty margin passes the padding: nothing to be seen."""
    OVER = "over"
    """Content enters the padding."""
    CUT = "cut"
    """Content passes the edge of the slide and is lost."""
    DECLINED = "declined"
    """Nothing is said: `SlideLayout.declined` tells why."""


@dataclass(slots=True)
class SlideLayout:
    """One slide laid out."""

    slide: Slide
    width: float
    height: float
    padding: Sides
    root: Box
    verdict: Verdict
    over: float
    """How far the lowest ink passes the padding box; negative is room left."""
    cut: float
    """How far it passes the slide's edge; negative is room left."""
    over_x: float
    """How far content passes the padding box to the right."""
    fill: float
    """Height of the ink in parts of the padding box."""
    sure: bool
    """Whether everything that counts was read: theme, pictures' sizes, plain elements. Else confidence is lower."""
    assumed: str
    """The metrics that were assumed: the name of a theme, or what was taken in its place."""
    declined: str = ""
    """Why nothing is said of this slide."""
    doubts: frozenset[str] = frozenset()
    """What could not be read, by the names of properties and kinds of content; empty where it is sure."""
    boxes: list[Box] = field(default_factory=list)
    """All boxes in the root, in order."""
    usual: float | None = None
    """The height of a usual line, once it was asked for."""
    first_lost: Span | None = None
    """The first source line that enters the padding (over) or is lost (cut)."""
    lost_lines: int = 0
