"""Code blocks, formulas and `fit` headings, which Marp scales to the width that they have.

Source: Marp Core 4.4 `custom-elements/browser/marp-auto-scaling.ts`: the content is drawn at its own size into a picture whose
width is all the room; its height follows, up to a limit that the theme sets (`::part(auto-scaling)`).
"""

from __future__ import annotations

from math import ceil

from decklint.deck.nodes import CodeBlock
from decklint.layout.boxes.blocks import Flow
from decklint.layout.boxes.edges import HUGE, frame, outer_height, outer_width
from decklint.layout.boxes.tree import Item
from decklint.layout.lines.fonts import advance, extents
from decklint.layout.lines.text import Line, Run, break_lines
from decklint.layout.model import Box, Font, Style

_TAB = 8
"""`tab-size` of browsers, in characters."""


def place_code(flow: Flow, item: Item, room: float) -> Box:
    """Lay out a code block in a container `room` pixels wide; where it does not fit it is scaled down."""
    outer, code = item.style, item.children[0].style
    around, padding = frame(outer), frame(code)
    width = outer_width(outer, room)
    inner = max(1.0, width - around.left - around.right)
    source = item.node.value if isinstance(item.node, CodeBlock) else ""
    places = flow.lines_of(item)
    lines = source.removesuffix("\n").split("\n")
    row = _row(code, outer)
    text = len(lines) * row.height
    above = 0.0 if code.display == "inline" else padding.top
    tall = text if code.display == "inline" else _tall(code, outer, row, text + padding.top + padding.bottom)
    wide = max(code_width(line, code.font) for line in lines) + padding.left + padding.right
    scale, height = 1.0, tall
    if "code" in flow.scaling:
        scale, height = scaled(wide, tall, inner, outer.fitted, grows=False)
    box = Box(item.node, "pre", 0.0, 0.0, width, 0.0, scale=scale, lines=len(lines))
    box.height = outer_height(outer, height + around.top + around.bottom, around.top + around.bottom)
    rows = [
        Line(code_width(line, code.font) * scale, row.height * scale, place, row.ink * scale)
        for line, place in zip(lines, places, strict=False)
    ]
    x, y = around.left + padding.left * scale, around.top + above * scale
    box.children = [Box(item.node, "code", x, y, wide * scale, text * scale, lines=len(lines), scale=scale, rows=rows)]
    return box


def _row(code: Style, outer: Style) -> Line:
    """One line of code; where its element is one of the block's own lines, these are at least as high as the block's font."""
    strut = outer if code.display == "inline" else code
    run = Run("x", code.font, line_height=code.line_height)
    return break_lines([run], HUGE, strut=(strut.font, strut.line_height))[0]


def _tall(code: Style, outer: Style, row: Line, tall: float) -> float:
    """The height of the code's own box, and of the line that it stands on where it is a block within a line."""
    if code.display != "inline-block":
        return tall
    depth = row.height - row.ink + extents(code.font)[1] + code.padding.bottom + code.border.bottom
    run = Run("", code.font, width=1.0, height=tall, depth=depth)
    return break_lines([run], HUGE, strut=(outer.font, outer.line_height))[0].height


def code_width(line: str, font: Font) -> float:
    """The width of a line of code in pixels."""
    line = line.expandtabs(_TAB)
    return advance("0", font) * len(line) if line.isascii() else advance(line, font)


def scaled(wide: float, tall: float, room: float, limit: float | None, *, grows: bool) -> tuple[float, float]:
    """Scale and height of content that is drawn `room` pixels wide; it `grows` to fill them, or only shrinks."""
    across, down = _whole(wide), _whole(tall)
    if not grows:
        across = max(across, room)
    if across <= 0 or down <= 0:
        return 1.0, 0.0
    height = room * down / across
    if limit is not None:
        height = min(height, limit)
    return min(room / across, height / down), height


def _whole(length: float) -> float:
    """A length in whole pixels, rounded up, as browsers count: in 64ths."""
    return float(ceil(round(length * 64) / 64))


def place_fit(flow: Flow, item: Item, room: float) -> tuple[float, list[Line], float]:
    """Scale, lines at that scale and height of a heading that fills the width."""
    rows = flow.rows(item, HUGE)
    wide, tall = max((row.width for row in rows), default=0.0), sum(row.height for row in rows)
    scale, height = scaled(wide, tall, room, item.style.fitted, grows=True)
    return scale, [Line(row.width * scale, row.height * scale, row.source, row.ink * scale) for row in rows], height
