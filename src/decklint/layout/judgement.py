"""Whether a slide's content fits, as `overflow.mjs` of the project's oracle tells: from the boxes, by what is seen of them."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from decklint.deck.deck import Slide
from decklint.layout.css.styles import SlideStyles
from decklint.layout.model import Box, SlideLayout, Verdict
from decklint.text import Span

_BOXED = frozenset(("pre", "table", "blockquote", "img", "math", "hr", "video", "iframe", "svg", "canvas", "object"))
"""Elements whose border box is seen, not only the text in it."""
_HOLDERS = frozenset(("pre", "table", "blockquote"))
_SLACK = 0.5
"""Pixels that the oracle forgives."""


def judge(slide: Slide, styles: SlideStyles, root: Box, end: float) -> SlideLayout:
    """The layout of a slide whose boxes have their places; `end` is the lower end of its content with all margins."""
    padding = styles.section.padding
    seen = _Seen()
    for box in root.children:
        seen.add(box)
    lower, edge = styles.height - padding.bottom, root.width - padding.right
    space = lower - padding.top
    is_empty = seen.bottom == -inf
    bottom, right = (padding.top, padding.left) if is_empty else (seen.bottom, seen.right)
    layout = SlideLayout(
        slide,
        root.width,
        styles.height,
        padding,
        root,
        Verdict.OK,
        over=bottom - lower,
        cut=bottom - styles.height,
        over_x=right - edge,
        fill=(bottom - seen.top) / space if space > 0 and not is_empty else 0.0,
        sure=True,
        assumed=styles.assumed,
        boxes=seen.boxes,
    )
    if bottom > styles.height + _SLACK or right > root.width + _SLACK:
        layout.verdict = Verdict.CUT
        _lose(layout, styles.height + _SLACK, root.width + _SLACK)
    elif bottom > lower + _SLACK or right > edge + _SLACK:
        layout.verdict = Verdict.OVER
        _lose(layout, lower + _SLACK, edge + _SLACK)
    elif end > lower + _SLACK:
        layout.verdict = Verdict.MARGIN
    return layout


class _Seen:
    """How far what is seen on a slide reaches: text with its glyphs, and the borders of what is seen as a box."""

    def __init__(self) -> None:
        self.bottom, self.right, self.top = -inf, -inf, inf
        self.boxes: list[Box] = []

    def add(self, box: Box) -> None:
        """Take in a box and all in it, and tell each the lower end of what is seen of it."""
        self.boxes.append(box)
        y = box.y
        if box.kind in _BOXED and box.width > 0 and box.height > 0:
            box.ink = y + box.height
            self._reach(box.ink, box.x + box.width, y)
        for row in box.rows:
            if row.width > 0:
                bottom = y + (row.ink or row.height)
                if bottom > box.ink:
                    box.ink = bottom
                self._reach(bottom, box.x + row.width, y)
            y += row.height
        for child in box.children:
            self.add(child)

    def _reach(self, bottom: float, right: float, top: float) -> None:
        if bottom > self.bottom:
            self.bottom = bottom
        if right > self.right:
            self.right = right
        if top < self.top:
            self.top = top


class _Ink(NamedTuple):
    """Something seen: its lower and right end, and the offset in the source."""

    bottom: float
    right: float
    source: int
    whole: bool = True
    """False for the edge of what holds lines of its own: a quote, a table, code."""


def _lose(layout: SlideLayout, lower: float, edge: float) -> None:
    """Tell what of a slide passes its limits."""
    inks = [ink for box in layout.root.children for ink in _inks(box)]
    lost = [ink for ink in inks if ink.bottom > lower or ink.right > edge]
    lines = [ink for ink in lost if ink.whole] or lost
    if lines:
        source = min(ink.source for ink in lines)
        layout.first_lost = Span(source, source)
    layout.lost_lines = len({round(ink.bottom) for ink in lines})


def _inks(box: Box) -> Iterator[_Ink]:
    """What is seen of a box and of all in it."""
    source = box.node.span.start if box.node is not None else 0
    if box.kind in _BOXED and box.width > 0 and box.height > 0:
        yield _Ink(box.y + box.height, box.x + box.width, source, box.kind not in _HOLDERS)
    y = box.y
    for row in box.rows:
        if row.width > 0:
            yield _Ink(y + (row.ink or row.height), box.x + row.width, row.source)
        y += row.height
    for child in box.children:
        yield from _inks(child)
