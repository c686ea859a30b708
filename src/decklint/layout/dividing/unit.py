"""One part of a slide that may stand on a slide of its own, and what has to be written where a slide begins with it."""

from __future__ import annotations

from decklint.deck.nodes import Block, Heading, List
from decklint.layout.model import Box
from decklint.records import dataclass
from decklint.text import Span


@dataclass(slots=True)
class Unit:
    """One part: where it begins in the source, and where it stands on the slide, in pixels."""

    node: Block
    top: float
    bottom: float
    opens: bool = True
    """Whether a slide may begin with it."""
    list: List | None = None
    """The list that it is an item of."""
    place: int = 0
    """The number of the item in its list, from 0."""
    under: tuple[Unit, ...] = ()
    """The headings that it stands under, from the title of the slide down."""
    takes: float = 0.0
    """Down to the next unit, in pixels: what a heading costs where it is repeated."""
    cost: float = 0.0
    """How awkward it is to begin a slide with it, from 0; 1 is as bad as an empty slide."""
    closes: str = ""
    """What ends, before the break, what it stands in."""
    again: str = ""
    """What begins it again behind the title: the items above it, the head of its table, a fence, an element."""
    again_takes: float = 0.0
    """The height of that, in pixels."""
    through: bool = False
    """Whether a slide that begins with it cuts through a body of code."""
    repeats_steps: bool = False
    """Whether an item that appears in a step of its own is among that."""
    dropped: Span | None = None
    """What stands before it and is not needed where a slide begins with it: blanks, tags that are written again."""
    at: int = -1
    """Where it begins in the source."""

    def __post_init__(self) -> None:
        if self.at < 0:
            self.at = self.node.span.start

    @property
    def level(self) -> int:
        """The level of a heading; 0 for all else."""
        return self.node.level if isinstance(self.node, Heading) else 0


def low(box: Box) -> float:
    """The lower end of a box and of all that can be seen in it."""
    return max(box.y + box.height, _ink(box))


def _ink(box: Box) -> float:
    return max([box.ink, *map(_ink, box.children)])


def shown_number(around: List, place: int) -> str:
    """The number that Marp shows before an item of an ordered list."""
    return str(int(around.items[0].marker[:-1]) + place)
