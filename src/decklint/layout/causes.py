"""What makes a slide overflow: the height of its lines, and the single boxes that no division of the slide would help."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from decklint.deck.deck import Deck
from decklint.deck.html import ALLOWED, tags
from decklint.deck.nodes import CodeBlock, HtmlBlock, Image, InlineHtml
from decklint.deck.walk import walk
from decklint.layout.dividing.units import parts_of
from decklint.layout.model import Box, SlideLayout, Verdict
from decklint.records import dataclass
from decklint.text import Source, Span
from decklint.theme import style_blocks

_WHOLE = frozenset(("pre", "table", "math", "video", "iframe", "svg"))
"""Boxes that cannot be divided without their author's consent."""
_BELOW = 0.3
"""Of a line: the room that a line of text has below a picture standing on it."""
_MONO = 0.6
"""Advance of a character in parts of the font size: Liberation Mono 0.600, DejaVu Sans Mono 0.602, Noto Sans Mono 0.600."""
_RULE = re.compile(r"(?P<selectors>[^{}]*)\{(?P<body>[^{}]*)\}")
_HIDES = re.compile(r"\bdisplay\s*:\s*none\b", re.IGNORECASE)
_TALL = 1.8
"""Of a usual line: rows that are taller hold a picture."""
_USUAL_LINE = 0.06
"""Of the height of a slide: a line of text in Marp's own themes (43.5, 47 and 56 of 720 pixels)."""


def overflows(layout: SlideLayout) -> bool:
    """Whether content enters the padding or passes the edge."""
    return layout.verdict in (Verdict.OVER, Verdict.CUT)


def hidden_elements(deck: Deck) -> frozenset[str]:
    """The elements that a deck's own styles hide and that Marp prints as text unless it is told to let all HTML through.

    Whoever hides them tells it so, on the command line or in an editor, where nothing can be read of it.
    """
    styles = [block.css for _, block in style_blocks(deck)]
    styles += [style for style in [deck.directives.get("style")] if isinstance(style, str)]
    return frozenset(
        name.lower()
        for css in styles
        for rule in _RULE.finditer(css)
        if _HIDES.search(rule["body"])
        for name in re.split(r"[\s,]+", rule["selectors"])
        if name.lower() not in ALLOWED
    )


def prints_any(layout: SlideLayout, names: frozenset[str]) -> bool:
    """Whether a slide has HTML blocks with one of these elements."""
    return bool(names) and any(
        tag.name in names for block in layout.slide.blocks if isinstance(block, HtmlBlock) for tag in tags(block.value)
    )


def room(layout: SlideLayout) -> tuple[float, float]:
    """Width and height inside the padding."""
    pad = layout.padding
    return layout.width - pad.left - pad.right, layout.height - pad.top - pad.bottom


def boxes(root: Box) -> Iterator[Box]:
    """All boxes in a box, in order."""
    waiting = list(reversed(root.children))
    while waiting:
        box = waiting.pop()
        yield box
        waiting += reversed(box.children)


def line_height(layout: SlideLayout) -> float:
    """The height of a usual line of a slide."""
    if layout.usual is None:
        layout.usual = _usual(layout)
    return layout.usual


def _usual(layout: SlideLayout) -> float:
    most = 2 * _USUAL_LINE * layout.height
    heights = sorted([row.height for box in layout.boxes for row in box.rows if 0 < row.height < most])
    if not heights:
        return _USUAL_LINE * layout.height
    return (heights[(len(heights) - 1) // 2] + heights[len(heights) // 2]) / 2  # the median; `statistics` is slow to import


class Html(NamedTuple):
    """An `<img>` element: its tag as written, and where that stands in the source."""

    tag: str
    span: Span


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text, as large as it is shown."""

    image: Image | Html
    width: float
    """Of the line that it stands on, where it shares that with others."""
    height: float
    alone: bool
    """Whether no other picture stands on its line."""
    wide: float
    """The width that the line has, up to the padding of the slide."""


def pictures(layout: SlideLayout) -> list[Picture]:
    """The pictures of a slide that are taller than a line of text, in order."""
    least = _TALL * line_height(layout)
    wall = layout.width - layout.padding.right
    rows = [(row.source, row.width, row.height, wall - box.x) for box in layout.boxes for row in box.rows]
    if max([height for _, _, height, _ in rows], default=0.0) <= least:
        return []
    rows.sort()
    on: dict[int, list[Image | Html]] = {}
    for image in _images(layout):
        on.setdefault(max(0, bisect_right(rows, (image.span.start, float("inf"))) - 1), []).append(image)
    return [
        Picture(image, rows[at][1], rows[at][2] - _BELOW * line_height(layout), len(images) == 1, rows[at][3])
        for at, images in on.items()
        for image in images
        if rows[at][2] > least
    ]


def _images(layout: SlideLayout) -> Iterator[Image | Html]:
    """The pictures in the text of a slide, in order."""
    for node in walk(layout.slide):
        if isinstance(node, Image) and not node.is_background:
            yield node
        elif isinstance(node, (HtmlBlock, InlineHtml)) and node.span.end - node.span.start >= len(node.value.rstrip("\n")):
            for tag in tags(node.value):
                if tag.name == "img":
                    start = node.span.start + tag.start
                    yield Html(node.value[tag.start : tag.end], Span(start, start + tag.end - tag.start))


def tallest(layout: SlideLayout) -> float:
    """How tall a picture may be: as tall as the slide has room; below its title, where the slide overflows."""
    tall, slack = room(layout)[1], line_height(layout) / 2
    is_near = overflows(layout) and layout.over < tall / 2  # further off, it is not the picture that is too much
    return max(tall / 2, tall - head(layout) + slack / 2) if is_near else tall + slack


def head(layout: SlideLayout) -> float:
    """The room that the title of a slide takes, in pixels; 0 where it has none, or its content stands in columns."""
    parts = parts_of(layout)
    return parts.head(parts.units[0]) if parts is not None and parts.title else 0.0


def holds_too_much(layout: SlideLayout) -> bool:
    """Whether one code block, table or picture has no room on any slide, so that dividing this one is no cure."""
    if too_tall(layout):
        return True
    found = pictures(layout)
    return bool(found) and max(picture.height for picture in found) > tallest(layout)


def too_tall(layout: SlideLayout) -> list[Box]:
    """Code, tables and formulas that alone are taller than the slide has room."""
    tall = room(layout)[1]
    return [box for box in layout.boxes if box.kind in _WHOLE and box.height > tall + line_height(layout) / 2]


def too_wide(layout: SlideLayout) -> list[Box]:
    """Code, tables and formulas that pass the padding to the right."""
    wall = layout.width - layout.padding.right
    return [box for box in layout.boxes if box.kind in _WHOLE and right_end(box) > wall + 1]


def right_end(box: Box) -> float:
    """How far to the right a box or its content reaches: lines of code, rows of a table."""
    content = (box.x + max((row.width for row in box.rows), default=0.0), *(right_end(child) for child in box.children))
    return max(box.x + box.width, *content)


def code_size(box: Box) -> float | None:
    """The size in pixels at which code is shown, after auto-scaling; None where no line tells."""
    inner = next((child for child in boxes(box) if child.rows), box)
    if not isinstance(box.node, CodeBlock):
        return None
    lines = box.node.value.removesuffix("\n").expandtabs(8).split("\n")
    pairs = zip(lines, inner.rows, strict=False)
    line, width = max(
        ((line, row.width) for line, row in pairs if line.isascii()), key=lambda pair: len(pair[0]), default=("", 0.0)
    )
    return width / len(line) / _MONO if line and width > 0 else None


def place_of(layout: SlideLayout, source: Source) -> Span:
    """The first line that does not fit, without its indentation; where it is not known, the first line of the slide."""
    lost, slide = layout.first_lost, layout.slide.span
    start = lost.start if lost is not None and slide.start <= lost.start < slide.end else _first(layout)
    end = source.line_of(start).end
    text = source.text[start:end]
    return Span(start + len(text) - len(text.lstrip()), max(start + len(text.rstrip()), start))


def _first(layout: SlideLayout) -> int:
    return layout.slide.blocks[0].span.start if layout.slide.blocks else layout.slide.span.start
