"""Boxes of formulas: how TeX puts numerators, scripts, roots, fences and rows together, as MathJax does it.

Sources: Knuth, The TeXbook, appendix G; figures of MathJax 3.2 (`output/common`), in em. A box is width, height above and depth
below the baseline.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

ORD, OP, BIN, REL, OPEN, CLOSE, PUNCT, INNER, FENCED = range(9)
"""The classes of TeX; `FENCED` is what fences hold: inner to what comes before, closed to what comes after."""
SPACE = -1
"""What is no more than a space, and no neighbour to anything."""
_SPACES = (
    (0, -1, 2, 3, 0, 0, 0, 1),
    (-1, -1, 0, 3, 0, 0, 0, 1),
    (2, 2, 0, 0, 2, 0, 0, 2),
    (3, 3, 0, 0, 3, 0, 0, 3),
    (0, 0, 0, 0, 0, 0, 0, 0),
    (0, -1, 2, 3, 0, 0, 0, 1),
    (1, 1, 0, 1, 1, 1, 1, 1),
    (1, -1, 2, 3, 1, 0, 1, 1),
)
"""Between two classes; what is positive vanishes in scripts."""
_LENGTHS = (0.0, 0.167, 0.222, 0.278)
AXIS, RULE, X_HEIGHT = 0.25, 0.06, 0.442
_OVER_GAP, _UNDER_GAP, _OVER_BASE, _UNDER_BASE, _OUTSIDE = 0.111, 0.167, 0.2, 0.6, 0.1
_BEFORE, _BEHIND = 0.033, 0.05
"""Between a base and its scripts, and behind them."""
SCALES = (1.0, 0.707, 0.5)
"""Of text, scripts, and scripts of scripts."""
_STEPS = (1.0, 1.2, 1.8, 2.4, 3.0)
"""The heights that fences come in; taller ones are put together."""
_FENCES = {
    "(": (0.389, 0.458, 0.597, 0.736, 0.792, 0.875),
    "[": (0.278, 0.417, 0.472, 0.528, 0.583, 0.667),
    "{": (0.5, 0.583, 0.667, 0.75, 0.806, 0.889),
    "⟨": (0.389, 0.472, 0.611, 0.75, 0.806, 0.806),
    "⌊": (0.444, 0.472, 0.528, 0.583, 0.639, 0.667),
    "/": (0.5, 0.578, 0.811, 1.044, 1.278, 1.278),
    "√": (0.853, 1.02, 1.0, 1.0, 1.0, 1.056),
    "|": (0.278, 0.333, 0.333, 0.333, 0.333, 0.333),
    "‖": (0.5, 0.556, 0.556, 0.556, 0.556, 0.556),
}
_SURD, _PIECE = 3.05, 0.6
_ALIKE = {")": "(", "]": "[", "}": "{", "⟩": "⟨", "⌋": "⌊", "⌈": "⌊", "⌉": "⌊", "\\": "/", "∣": "|", "∥": "‖", "<": "⟨", ">": "⟨"}


class Box(NamedTuple):
    """A part of a formula, in em of the text around it."""

    width: float = 0.0
    height: float = 0.0
    depth: float = 0.0
    kind: int = ORD
    char: bool = False
    """Whether it is one character, at whose own height scripts do not hang."""
    limits: bool = False
    """Whether its scripts stand above and below it."""
    level: int = 0
    """How deep in scripts it stands."""
    lean: float = 0.0
    """How far a superscript moves to the right."""

    def scaled(self, by: float) -> Box:
        """The box at another size."""
        return self._replace(width=self.width * by, height=self.height * by, depth=self.depth * by, lean=self.lean * by)


@cache
def metrics() -> dict[str, Any]:
    """The fonts, commands and classes of signs of MathJax, as `tools/math.mjs` wrote them down."""
    path = Path(__file__).parents[1] / "advances" / "mathjax.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def row(boxes: Sequence[Box]) -> Box:
    """Boxes beside each other, with the space between their classes."""
    width = height = depth = 0.0
    kinds = [box.kind for box in boxes]
    for i, kind in enumerate(kinds):
        if kind == BIN:
            before = kinds[i - 1] if i else OPEN
            after = kinds[i + 1] if i + 1 < len(kinds) else CLOSE
            if before in (BIN, OP, REL, OPEN, PUNCT) or after in (REL, CLOSE, PUNCT):
                kinds[i] = ORD
    previous = None
    if len(boxes) == 1:
        only = boxes[0]
        return Box(only.width + only.lean, only.height, only.depth, char=only.char)
    for box, kind in zip(boxes, kinds, strict=True):
        if kind == SPACE:
            width += box.width
            continue
        if previous is not None:
            space = _SPACES[previous][INNER if kind == FENCED else kind]
            width += _LENGTHS[abs(space)] if space < 0 or not box.level else 0.0
        width, height, depth = width + box.width + box.lean, max(height, box.height), max(depth, box.depth)
        previous = CLOSE if kind == FENCED else kind
    return Box(width, height, depth)


def fraction(top: Box, bottom: Box, *, display: bool, rule: float = RULE, scale: float = 1.0) -> Box:
    """One above the other, with a line between them."""
    gap = (3.5 if display else 1.5) * rule * scale
    up = (0.676 if display else 0.394) * scale - AXIS * scale - gap
    down = (0.686 if display else 0.345) * scale + AXIS * scale - gap
    axis = AXIS * scale
    rise, fall = axis + gap + max(top.depth, up), gap - axis + max(bottom.height, down)
    width = max(top.width, bottom.width) + 0.44 * scale
    return Box(width, rise + top.height, fall + bottom.depth)


def root(base: Box, *, display: bool, scale: float = 1.0, index: Box | None = None) -> Box:
    """A square root, or another one with its index."""
    padding = X_HEIGHT if display else RULE
    inner = (base.height + base.depth) / scale
    size = inner + 2 * RULE + padding / 4
    surd = fence("√", size, exact=True)
    tall = surd.height + surd.depth
    gap = (tall - inner + padding / 4) / 2 if tall > size else RULE + padding / 4
    height = base.height + (gap + RULE) * scale
    more = max(0.0, index.width - 0.55 * scale) if index else 0.0
    return Box(base.width + surd.width * scale + more, height + RULE * scale, max(base.depth, tall * scale - height))


def scripts(base: Box, upper: Box | None, lower: Box | None, *, display: bool, prime: bool, scale: float = 1.0) -> Box:
    """A base with what stands raised and lowered behind it."""
    up = down = 0.0
    drop = scale * SCALES[1]
    if upper is not None:
        up = max(0.0 if base.char else base.height - 0.386 * drop, (0.413 if display else 0.289 if prime else 0.363) * scale)
        up = max(up, upper.depth + X_HEIGHT * scale / 4)
    if lower is not None:
        down = max(0.0 if base.char else base.depth + 0.05 * drop, 0.15 * scale, lower.height - 0.8 * X_HEIGHT * scale)
    if upper is not None and lower is not None:
        down = max(down, 0.247 * scale)
        gap = (up - upper.depth) - (lower.height - down)
        if gap < 3 * RULE * scale:
            down += 3 * RULE * scale - gap
            more = 0.8 * X_HEIGHT * scale - (up - upper.depth)
            if more > 0:
                up, down = up + more, down - more
    lean = 1.05 * base.lean + 0.05 * scale if base.lean else 0.0
    width = (
        max(upper.width + upper.lean + lean if upper else 0.0, lower.width + lower.lean if lower else 0.0)
        + (_BEHIND + _BEFORE) * scale
    )
    height = max(base.height, up + upper.height if upper else 0.0, lower.height - down if lower else 0.0)
    depth = max(base.depth, down + lower.depth if lower else 0.0, upper.depth - up if upper else 0.0)
    return Box(base.width + width, height, depth, base.kind, level=base.level)


def stacked(base: Box, over: Box | None, under: Box | None, scale: float = 1.0) -> Box:
    """A base with what stands above and below it, as limits do."""
    width, height, depth = base.width + base.lean, base.height, base.depth
    if over is not None:
        gap = max(_OVER_GAP * scale, _OVER_BASE * scale - max(0.0, over.depth))
        width, height = max(width, over.width), height + gap + over.depth + over.height + _OUTSIDE * scale
    if under is not None:
        gap = max(_UNDER_GAP * scale, _UNDER_BASE * scale - under.height)
        width, depth = max(width, under.width), depth + gap + under.height + under.depth + _OUTSIDE * scale
    return Box(width, height, depth, base.kind, level=base.level)


def fence(sign: str, size: float, *, exact: bool = False) -> Box:
    """A fence at least nearly `size` tall, around the axis."""
    widths = _FENCES.get(_ALIKE.get(sign, sign))
    if widths is None:
        return Box() if sign in ("", ".") else Box(0.5, 0.75, 0.25)
    least = size if exact else max(size * 0.901, size - 0.3)
    if widths is _FENCES["‖"] and least <= 0.602:
        return Box(0.778, 0.602, 0.0)
    bars = widths is _FENCES["|"] or widths is _FENCES["‖"]
    for step, width in zip(_STEPS[:1] if bars else _STEPS, widths, strict=False):
        if step >= least:
            return Box(width, step / 2 + AXIS, step / 2 - AXIS)
    if sign == "√":  # put together from pieces of one height
        size = _SURD + _PIECE * ceil((size - _SURD) / _PIECE)
    return Box(widths[-1], size / 2 + AXIS, size / 2 - AXIS)


def fenced(left: str, inner: Box, right: str, scale: float = 1.0) -> Box:
    """A box between fences as tall as it is."""
    size = 2 * max(inner.height / scale - AXIS, inner.depth / scale + AXIS)
    sides = [fence(sign, size).scaled(scale) for sign in (left, right)]
    height = max(inner.height, *(side.height for side in sides))
    depth = max(inner.depth, *(side.depth for side in sides))
    return Box(inner.width + sum(side.width for side in sides), height, depth, FENCED)


def table(rows: Sequence[Sequence[Box]], *, gap: float, columns: Sequence[float], least: bool = True, scale: float = 1.0) -> Box:
    """Rows of cells around the axis: `gap` between rows, `columns` the spaces between columns, in turn.

    Rows have a `least` height unless that is switched off.
    """
    count = max((len(cells) for cells in rows), default=0)
    widths = [max((cells[i].width for cells in rows if i < len(cells)), default=0.0) for i in range(count)]
    spaces = sum(columns[i % len(columns)] for i in range(count - 1))
    high, deep = (0.75 * scale, 0.25 * scale) if least else (0.0, 0.0)
    total = gap * (len(rows) - 1) * scale
    for cells in rows:
        total += max([high, *(cell.height for cell in cells)]) + max([deep, *(cell.depth for cell in cells)])
    return Box(sum(widths) + spaces * scale, total / 2 + AXIS * scale, total / 2 - AXIS * scale)
