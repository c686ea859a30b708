"""Making a picture smaller, so that the slide that it stands on fits."""

from __future__ import annotations

import re
from typing import NamedTuple

from decklint.deck.nodes import Image
from decklint.findings import Edit
from decklint.layout.causes import Html, Picture, head, line_height, pictures, room
from decklint.layout.model import SlideLayout
from decklint.text import Span

_SMALLEST = 0.25
"""Of the room: a picture that would have to be smaller is no longer the matter, but what stands beside it."""
_RESERVE = 0.05
"""Of a line: kept free."""
_SIZE = re.compile(r"\s(?:width|height)\s*=\s*[\"']?(?P<size>\d+(?:\.\d+)?)(?=%|px|[\"'\s/>])", re.IGNORECASE)
_STYLED = re.compile(r"\s(?:style|class)\s*=", re.IGNORECASE)


class Shrunk(NamedTuple):
    """How a picture is made smaller: the edits of its words, its new height in pixels, and what is left of the old one."""

    edits: tuple[Edit, ...]
    height: int
    scale: float


def only_picture(layout: SlideLayout) -> Shrunk | None:
    """The one picture of a slide, small enough for the slide to fit; None where there are several, or it would vanish."""
    found = pictures(layout)
    if len(found) != 1 or layout.over_x > max(0.0, found[0].width - found[0].wide) + 1:
        return None
    beside = found[0].height - max(0.0, layout.over)
    return shrunk(layout, found[0]) if beside > _SMALLEST * room(layout)[1] else None


def shrunk(layout: SlideLayout, picture: Picture) -> Shrunk | None:
    """A picture so small that its slide fits; that it alone fits, where what stands beside it leaves it too little.

    None where it is not known what decides about its size.
    """
    tall = room(layout)[1]
    beside = picture.height - max(0.0, layout.over) - _RESERVE * line_height(layout)
    height = beside if beside > _SMALLEST * tall else tall - head(layout) - line_height(layout) / 2
    scale = min(1.0, height / picture.height, picture.wide / picture.width)
    pixels = int(scale * picture.height)
    edits = _html(picture.image, scale, pixels) if isinstance(picture.image, Html) else _words(picture, picture.image, scale)
    return Shrunk(tuple(edits), pixels, scale) if edits else None


def _words(picture: Picture, image: Image, scale: float) -> list[Edit]:
    """Other words for the size in Marp's own way of writing it."""
    width, height = int(scale * picture.width), int(scale * picture.height)
    sized = [word for word in image.words if word.role in ("width", "height") and word.effective]
    edits = [Edit(word.span, f"w:{width}" if word.role == "width" else f"h:{height}") for word in sized]
    if edits:
        return edits
    at = image.span.start + 2
    return [Edit(Span(at, at), f"h:{height}" + (" " if image.words else ""))]


def _html(image: Html, scale: float, pixels: int) -> list[Edit]:
    """Other attributes for the size of an element; none where a style decides."""
    if _STYLED.search(image.tag):
        return []
    start = image.span.start
    edits = [
        Edit(Span(start + match.start("size"), start + match.end("size")), str(max(1, int(scale * float(match["size"])))))
        for match in _SIZE.finditer(image.tag)
    ]
    if edits:
        return edits
    at = start + len("<img")
    return [Edit(Span(at, at), f' height="{pixels}"')]
