"""Making a picture smaller, so that the slide that it stands on fits."""

from __future__ import annotations

from typing import NamedTuple

from decklint.findings import Edit
from decklint.layout.causes import Picture, head, line_height, pictures, room
from decklint.layout.model import SlideLayout
from decklint.text import Span

_SMALLEST = 0.25
"""Of the room: a picture that would have to be smaller is no longer the matter, but what stands beside it."""
_RESERVE = 0.05
"""Of a line: kept free."""


class Shrunk(NamedTuple):
    """How a picture is made smaller: the edits of its words, its new height in pixels, and what is left of the old one."""

    edits: tuple[Edit, ...]
    height: int
    scale: float


def only_picture(layout: SlideLayout) -> Shrunk | None:
    """The one picture of a slide, small enough for the slide to fit; None where there are several, or it would vanish."""
    found = pictures(layout)
    if len(found) != 1 or layout.over_x > 0:
        return None
    beside = found[0].height - max(0.0, layout.over)
    return shrunk(layout, found[0]) if beside > _SMALLEST * room(layout)[1] else None


def shrunk(layout: SlideLayout, picture: Picture) -> Shrunk:
    """A picture so small that its slide fits; that it alone fits, where what stands beside it leaves it too little."""
    tall = room(layout)[1]
    beside = picture.height - max(0.0, layout.over) - _RESERVE * line_height(layout)
    height = beside if beside > _SMALLEST * tall else tall - head(layout) - line_height(layout) / 2
    scale = min(1.0, height / picture.height, picture.wide / picture.width)
    pixels = int(scale * picture.height)
    sized = [word for word in picture.image.words if word.role in ("width", "height") and word.effective]
    edits = [Edit(word.span, f"w:{int(scale * picture.width)}" if word.role == "width" else f"h:{pixels}") for word in sized]
    if not edits:
        at = picture.image.span.start + 2
        edits = [Edit(Span(at, at), f"h:{pixels}" + (" " if picture.image.words else ""))]
    return Shrunk(tuple(edits), pixels, scale)
