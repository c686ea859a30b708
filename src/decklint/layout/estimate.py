"""Whether a slide's content fits: what `overflow.mjs` measures in a browser, worked out from the boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from decklint.deck.deck import Deck, Slide
from decklint.files import ProjectFiles
from decklint.layout.blocks import Flow
from decklint.layout.columns import fill
from decklint.layout.edges import settle
from decklint.layout.model import Box, Sides, SlideLayout, Style, Verdict
from decklint.layout.pictures import Pictures, split_of
from decklint.layout.styles import DeckStyles, SlideStyles
from decklint.layout.text import Line
from decklint.layout.tree import Item, Wardrobe, items_of
from decklint.marprc import tool_settings
from decklint.text import Span
from decklint.theme import BUILT_IN, Theme

_BOXED = frozenset(("pre", "table", "blockquote", "img", "math", "hr", "video", "iframe", "svg", "canvas", "object"))
"""Elements whose border box is seen, not only the text in it."""
_HOLDERS = frozenset(("pre", "table", "blockquote"))
_SCALED = frozenset(("fittingHeader", "code", "math"))
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_AUTO_SCALING = re.compile(r"^(?:/\*)?[*!\t ]*@auto-scaling[ \t]+([\w \t]+)", re.MULTILINE)
_FATAL = ("grid-area", "grid-template-areas", "grid-template-columns", "writing-mode", "zoom", "transform", "display", "position")
"""What cannot be guessed at: with it nothing is said of a slide."""
_SLIGHT = frozenset(("picture", "import", "video", "theme", "float"))
"""What leaves the places in a grid as they are; of anything else that cannot be read there, nobody knows which place it moves."""
_SLACK = 0.5
"""Pixels that the oracle forgives."""


class _Ink(NamedTuple):
    """Something seen: its lower and right end, its upper end, and the offset in the source."""

    bottom: float
    right: float
    top: float
    source: int
    whole: bool = True
    """False for the edge of what holds lines of its own: a quote, a table, code."""


def layout_of(deck: Deck, theme: Theme, files: ProjectFiles) -> list[SlideLayout]:
    """Lay out all slides of a deck."""
    styles = DeckStyles(deck, theme, files)
    pictures = Pictures(deck, files)
    scaling = _scaling(theme, files)
    shared: dict[int, tuple[Flow, Wardrobe]] = {}
    html = bool(tool_settings(files).html)
    laid: list[tuple[SlideLayout, SlideStyles, frozenset[str]]] = []
    for slide in deck.slides:
        own = styles.of(slide)
        if id(own) not in shared:
            shared[id(own)] = (Flow(deck.source, own, pictures, scaling), Wardrobe(own))
        flow, wardrobe = shared[id(own)]
        items = items_of(slide, deck.source.text, html=html)
        flow.doubts.clear()
        unknown = pictures.unknown
        layout = _lay_out(slide, items, own, flow, wardrobe)
        met = {"picture"} if pictures.unknown > unknown else set()
        laid.append((layout, own, frozenset(flow.doubts | met)))
    for layout, own, doubts in laid:  # a style is known in full when all that wears it has been met
        _doubt(layout, own, doubts)
    return [layout for layout, _, _ in laid]


def _doubt(layout: SlideLayout, styles: SlideStyles, doubts: frozenset[str]) -> None:
    """Tell what a layout is not sure of; where that decides about everything, nothing is said of the slide."""
    layout.doubts = doubts | styles.doubts
    layout.sure = not layout.doubts
    layout.declined = styles.declined or next((name for name in _FATAL if name in layout.doubts), "")
    if styles.section.display == "grid" and not layout.doubts <= _SLIGHT:
        layout.declined = layout.declined or "grid"
    if layout.declined:
        layout.verdict = Verdict.DECLINED
        layout.first_lost, layout.lost_lines = None, 0


def _lay_out(slide: Slide, items: list[Item], styles: SlideStyles, flow: Flow, wardrobe: Wardrobe) -> SlideLayout:
    wardrobe.dress(items)
    section = styles.section
    text = flow.source.text[slide.span.start : slide.span.end]
    width = styles.width * (1 - sum(split_of(slide)) if "bg" in text else 1)
    padding = section.padding
    room = width - padding.left - padding.right
    space = styles.height - padding.top - padding.bottom
    root = Box(slide, "section", 0.0, 0.0, width, styles.height)
    if section.display in ("flex", "grid") or section.columns > 1:
        root.children, tall = fill(flow, items, section, room, space)
    else:
        pile = flow.pile(items, room)
        root.children = pile.boxes
        tall = pile.above.size + max(pile.height + pile.below.size, pile.end)
        for box in root.children:
            box.y += pile.above.size
    start = padding.top + _shift(section, space - tall)
    for box in root.children:
        settle(box, padding.left, start)
    return _judge(slide, styles, root, padding, start + tall)


def _scaling(theme: Theme, files: ProjectFiles) -> frozenset[str]:
    """What the theme has Marp scale: the built-in ones everything, others what `@auto-scaling` says."""
    if not theme.known or not theme.sheets:
        return _SCALED
    for sheet in theme.sheets:
        comments = _COMMENT.findall(files.read(sheet.path) or "")
        said = next((found for comment in comments if (found := _AUTO_SCALING.search(comment))), None)
        if said is not None:
            return _SCALED if "true" in said[1].split() else _SCALED.intersection(said[1].split())
    return _SCALED if any(name in BUILT_IN for sheet in theme.sheets for name in sheet.imports) else frozenset()


def _shift(section: Style, free: float) -> float:
    """How far content moves down because the slide places it in the middle or at the end."""
    if free < 0 and section.safe:
        return 0.0
    return {"center": free / 2, "end": free}.get(section.align, 0.0)


def _judge(slide: Slide, styles: SlideStyles, root: Box, padding: Sides, end: float) -> SlideLayout:
    inks = [ink for box in root.children for ink in _inks(box)]
    lower, edge = styles.height - padding.bottom, root.width - padding.right
    space = lower - padding.top
    bottom = max((ink.bottom for ink in inks), default=padding.top)
    right = max((ink.right for ink in inks), default=padding.left)
    top = min((ink.top for ink in inks), default=padding.top)
    verdict = Verdict.OK
    if bottom > styles.height + _SLACK or right > root.width + _SLACK:
        verdict = Verdict.CUT
    elif bottom > lower + _SLACK or right > edge + _SLACK:
        verdict = Verdict.OVER
    elif end > lower + _SLACK:
        verdict = Verdict.MARGIN
    limits = (styles.height, root.width) if verdict is Verdict.CUT else (lower, edge)
    lost = [ink for ink in inks if ink.bottom > limits[0] + _SLACK or ink.right > limits[1] + _SLACK]
    overflows = verdict in (Verdict.CUT, Verdict.OVER)
    lines = [ink for ink in lost if ink.whole] or lost if overflows else []
    first = min(lines, key=lambda ink: ink.source, default=None)
    return SlideLayout(
        slide,
        root.width,
        styles.height,
        padding,
        root,
        verdict,
        over=bottom - lower,
        cut=bottom - styles.height,
        over_x=right - edge,
        fill=(bottom - top) / space if space > 0 and inks else 0.0,
        sure=True,
        assumed=styles.assumed,
        first_lost=Span(first.source, first.source) if first else None,
        lost_lines=len({round(ink.bottom) for ink in lines}),
    )


def _inks(box: Box) -> Iterator[_Ink]:
    """What is seen of a box and of all in it."""
    source = box.node.span.start if box.node is not None else 0
    if box.kind in _BOXED and box.width > 0 and box.height > 0:
        box.ink = box.y + box.height
        yield _Ink(box.ink, box.x + box.width, box.y, source, box.kind not in _HOLDERS)
    y = box.y
    for row in box.rows:
        if row.width > 0:
            bottom = y + _lower(row)
            box.ink = max(box.ink, bottom)
            yield _Ink(bottom, box.x + row.width, y, row.source)
        y += row.height
    for child in box.children:
        yield from _inks(child)


def _lower(row: Line) -> float:
    """The lower end of a line's glyphs, from the line's top."""
    return row.ink or row.height
