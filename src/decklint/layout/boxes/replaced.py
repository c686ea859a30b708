"""Display formulas, and elements that show something of their own: films, frames, drawings.

Sources: HTML Living Standard, 15.4 (sizes of embedded content); CSS 2.2, 10.3.2 (300 x 150 where nothing tells).
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from decklint.deck.nodes import MathBlock
from decklint.files import absolute
from decklint.layout.boxes.blocks import Flow
from decklint.layout.boxes.edges import Placed, framed
from decklint.layout.boxes.tree import REPLACED, Item
from decklint.layout.formulas.math import math_height, math_width
from decklint.layout.lines.fonts import extents
from decklint.layout.model import Box

_DEFAULT = (300.0, 150.0)
_WIDE = 16 / 9
_NUMBER = re.compile(r"[1-9]\d*(?:\.\d+)?")
_SOUND = (300.0, 54.0)  # Chromium's controls of an audio element


def place_replaced(flow: Flow, item: Item, room: float) -> Placed | None:
    """The box of such an element; None for all others."""
    if item.tag == "math":
        return Placed(_formula(item, room))
    if item.tag not in REPLACED:
        return None
    style = item.style
    wide, tall = _SOUND if item.tag == "audio" else _DEFAULT
    if item.tag == "audio" and "controls" not in item.attributes:
        return Placed(Box(item.node, item.tag, 0.0, 0.0, 0.0, 0.0), through=True)
    width = _length(item, "width", room)
    height = _length(item, "height", None)
    if style.width is not None:
        width = style.width if style.width_part is None else style.width_part * room
    height = style.height if style.height is not None else height
    if item.tag == "svg":
        flow.doubts.add("svg")
    ratio = _ratio(flow, item)
    if width is None:
        width = wide if height is None or ratio is None else height * ratio
    if height is None:
        height = tall if ratio is None else width / ratio
    if style.max_width is not None and width > style.max_width:
        width = style.max_width if style.max_width_part is None else style.max_width_part * room
    below = 0.0 if style.display == "block" or style.floats else _below(flow)
    box = Box(item.node, item.tag, 0.0, 0.0, width, height)
    placed = framed(item, box)
    if not below:
        return placed
    line = Box(item.node, "#text", 0.0, 0.0, room, height + below, children=[box])
    return placed._replace(box=line)


def _ratio(flow: Flow, item: Item) -> float | None:
    """Width by height of what a drawing or a film has of its own; films that are there are taken for wide ones."""
    if item.tag == "svg":
        box = item.attributes.get("viewbox", "").replace(",", " ").split()
        return float(box[2]) / float(box[3]) if len(box) == 4 and all(_NUMBER.fullmatch(part) for part in box[2:]) else None
    address = item.attributes.get("src", "")
    if item.tag != "video" or not address or "height" in item.attributes:
        return None
    path = absolute(Path(flow.pictures.deck.path).parent / unquote(address))
    if "://" not in address and not flow.pictures.files.exists(path):
        return None
    flow.doubts.add("video")
    return _WIDE


def _below(flow: Flow) -> float:
    """What the line that an inline element stands on adds below it."""
    style = flow.styles.section
    ascent, descent = extents(style.font)
    return descent + (style.line_height - ascent - descent) / 2


def _length(item: Item, name: str, room: float | None) -> float | None:
    text = item.attributes.get(name, "").strip().removesuffix("px")
    if text.endswith("%") and room is not None and text[:-1].replace(".", "", 1).isdigit():
        return float(text[:-1]) * room / 100
    return float(text) if text.replace(".", "", 1).isdigit() else None


def _formula(item: Item, room: float) -> Box:
    """A display formula, which shrinks to the width."""
    tex = item.node.value if isinstance(item.node, MathBlock) else ""
    size = item.style.font.size
    wide, tall = math_width(tex, size), math_height(tex, size, True)
    scale = min(1.0, room / wide) if wide else 1.0
    return Box(item.node, "math", 0.0, 0.0, room, tall * scale, scale=scale)
