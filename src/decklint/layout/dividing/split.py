"""Dividing a slide that is too full into slides that fit, as edits of the source.

A slide is divided between blocks or items of a list; the title is repeated as the deck does it elsewhere, and so is what acts on
this slide alone: directives, styles, backgrounds. Everything else stays where it is.
"""

from __future__ import annotations

import re

from decklint.deck.deck import Deck, Slide
from decklint.deck.directives import heading_divider
from decklint.deck.nodes import Heading, Image, Leaf, ListItem, TableRow
from decklint.deck.walk import bold_title, walk
from decklint.findings import Edit, Effect, Template
from decklint.layout.dividing.continued import Manner, heading_source
from decklint.layout.dividing.places import Weigh, room_of, starts_of
from decklint.layout.dividing.repeated import Repeated, repeated_of
from decklint.layout.dividing.unit import Unit, shown_number
from decklint.layout.dividing.units import Parts, parts_of
from decklint.layout.model import SlideLayout
from decklint.records import dataclass
from decklint.text import Span

_RULER = re.compile("-{3,5}")
"""A slide break; longer lines are drawn to the length of a title."""
_TITLES = {
    (False, False): Template("divide into {slides} slides that fit", "拆成 {slides} 页"),
    (False, True): Template(
        "divide into {slides} slides that fit, repeating the head of a table", "拆成 {slides} 页，并重复表头"
    ),
    (True, False): Template(
        "divide into {slides} slides that fit, splitting code inside a body", "拆成 {slides} 页，有代码从中间断开"
    ),
    (True, True): Template(
        "divide into {slides} slides that fit, splitting code inside a body and repeating the head of a table",
        "拆成 {slides} 页，有代码从中间断开，并重复表头",
    ),
}


@dataclass(frozen=True, slots=True)
class Split:
    """How a slide is divided."""

    edits: tuple[Edit, ...]
    effects: frozenset[Effect]
    slides: int
    """How many slides it makes of one."""
    through: bool = False
    """Whether a body of code begins on one slide and ends on another."""
    heads: bool = False
    """Whether the head of a table is repeated."""

    @property
    def title(self) -> Template:
        """What it does, for people; `{slides}` stands for how many slides it makes."""
        return _TITLES[self.through, self.heads]


def split(deck: Deck, layout: SlideLayout, how: Manner, *, weigh: Weigh | None = None) -> Split | None:
    """Divide a slide into as few slides as fit; None where none of the places to do it gives slides that fit.

    With `weigh`, the units of no slide may weigh more than 1 together either. Nothing is divided where a slide break was lost to
    the text above it: to give it back is another fix, and both would make one slide too many.
    """
    if _lost_break(deck, layout):
        return None
    steps = ((None, False), (deck.source, False), (deck.source, True))
    for inside, through in steps if weigh is None else steps[:1]:
        parts = parts_of(layout, inside, through=through)
        found = _divided(deck, layout, parts, how, weigh) if parts is not None and len(parts.units) > 1 else None
        if found is not None:
            return found
    return None


def _lost_break(deck: Deck, layout: SlideLayout) -> bool:
    """Whether `---` right below a text makes a heading of it, in a slide of a deck that underlines no titles."""
    if not any(_RULER.fullmatch(ruler) for ruler in _underlines(deck, layout.slide)):
        return False
    return not any("=" in ruler for slide in deck.slides for ruler in _underlines(deck, slide))


def _underlines(deck: Deck, slide: Slide) -> list[str]:
    headings = [block for block in slide.blocks if isinstance(block, Heading)]
    return [deck.source.slice(heading.underline).strip() for heading in headings if heading.underline is not None]


def _divided(deck: Deck, layout: SlideLayout, parts: Parts, how: Manner, weigh: Weigh | None) -> Split | None:
    starts = starts_of(parts, room_of(layout), weigh)
    if starts is None or len(starts) < 2:
        return None
    bounds = [layout.slide.span.start, *(_place(deck, parts.units[at]).end for at in starts[1:]), layout.slide.span.end]
    copies = repeated_of(deck, layout.slide, [unit.node for unit in parts.title], bounds)
    if copies is None:
        return None
    edits = [edit for number, at in enumerate(starts) for edit in _edits(deck, layout, parts, at, number, copies[number], how)]
    effects = {Effect.SLIDES, Effect.TEXT, *(effect for copy in copies for effect in copy.effects)}
    begun = [parts.units[at] for at in starts[1:]]
    titles = (bold_title(layout.slide) if parts.bold else None, *(title.node for unit in begun for title in unit.under))
    if any(unit.under for unit in begun):
        effects.add(Effect.ANCHORS)
    if any(isinstance(node, Image) for each in titles if each is not None for node in walk(each)):
        effects.add(Effect.MEDIA)
    if any(unit.repeats_steps for unit in begun):
        effects.add(Effect.FRAGMENTS)
    heads = any(isinstance(unit.node, TableRow) for unit in begun)
    return Split(tuple(edits), frozenset(effects), len(starts), through=any(unit.through for unit in begun), heads=heads)


# ---------------------------------------------------------------- what to write


def _place(deck: Deck, unit: Unit) -> Span:
    """Where a slide break is written for a slide that begins with a unit, and what it takes the place of."""
    start = deck.source.line_of(unit.at).start
    return unit.dropped or Span(start, start)


def _edits(deck: Deck, layout: SlideLayout, parts: Parts, at: int, number: int, copy: Repeated, how: Manner) -> list[Edit]:
    """What makes a slide begin with a unit; on the first slide, only what must act on it and stands further down."""
    unit = parts.units[at]
    place = _place(deck, unit)
    if number == 0:
        start = deck.source.line_of(unit.at).start
        return [Edit(Span(start, start), f"{copy.text}\n\n")] if copy.text else []
    edits = [Edit(place, _opening(deck, layout, parts, unit, number, copy, how))]
    if unit.list is not None and unit.list.ordered and unit.place:
        assert isinstance(unit.node, ListItem)
        shown = shown_number(unit.list, unit.place)
        digits = Span(unit.node.marker_span.start, unit.node.marker_span.start + len(unit.node.marker) - 1)
        if deck.source.slice(digits) != shown:
            edits.append(Edit(digits, shown))
    return edits


def _opening(deck: Deck, layout: SlideLayout, parts: Parts, unit: Unit, number: int, copy: Repeated, how: Manner) -> str:
    text = deck.source.text
    start = _place(deck, unit).start
    titles = [above.node for above in unit.under if isinstance(above.node, Leaf)]
    heading = heading_source(deck, layout.slide, titles, how, number + 1) if titles or parts.bold else ""
    first = titles[0] if titles else unit.node
    divides = isinstance(first, Heading) and first.level in _dividing(deck)
    ruler = "" if divides else (_ruler(deck, layout) + "\n\n")
    closes = unit.closes.lstrip("\n") if text[:start].endswith("\n\n") else unit.closes
    before = text[max(0, start - 2) : start] + closes
    blank = "" if before.endswith("\n\n") or not start else "\n" if before.endswith("\n") else "\n\n"
    body = [part for part in ((heading, copy.text) if divides else (copy.text, heading)) if part]
    return closes + blank + ruler + "".join(f"{part}\n\n" for part in body) + unit.again


def _ruler(deck: Deck, layout: SlideLayout) -> str:
    """The slide break as the deck writes it."""
    slides = deck.slides[layout.slide.number - 1 : layout.slide.number + 1]
    span = next((slide.break_span for slide in slides if slide.break_span), None)
    return deck.source.slice(span).strip() if span else "---"


def _dividing(deck: Deck) -> frozenset[int]:
    """The levels of headings that begin slides by themselves."""
    asked = heading_divider(deck.directives.get("headingDivider"))
    if asked is not None:
        return asked
    firsts = (slide.blocks[0] for slide in deck.slides[1:] if slide.break_span is None and slide.blocks)
    return frozenset(block.level for block in firsts if isinstance(block, Heading))
