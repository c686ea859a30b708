"""How tall and wide formulas get, without typesetting them: MathJax as Marp sets it, KaTeX nearly the same.

MathJax measures in x-heights of the font around the formula: 0.442 em of its own font to the x-height.
"""

from __future__ import annotations

from functools import lru_cache

from decklint.layout.lines.fonts import x_height

_X_HEIGHT = 0.442
_KATEX = 1.21
"""The size of KaTeX's text (`katex.css`)."""
_TABLE = "liberation-sans"
_LONGEST = 20_000
"""Characters of a formula that are read."""


@lru_cache(maxsize=2_000)
def _box(tex: str, display: bool) -> tuple[float, float, float]:
    from decklint.layout.formulas.tex import Reader

    box = Reader(tex[:_LONGEST]).box(display=display)
    return box.width, box.height, box.depth


def _scale(size: float, table: str, katex: bool) -> float:
    return size * (_KATEX if katex else x_height(table) / _X_HEIGHT)


def math_height(tex: str, size: float, display: bool, table: str = _TABLE, *, katex: bool = False) -> float:
    """The height of a formula in pixels at a font size of `size` pixels; `table` is the font of the text around it."""
    _, height, depth = _box(tex, display)
    return (height + depth) * _scale(size, table, katex)


def math_width(tex: str, size: float, display: bool = True, table: str = _TABLE, *, katex: bool = False) -> float:
    """The width of a formula in pixels at a font size of `size` pixels."""
    return _box(tex, display)[0] * _scale(size, table, katex)


def inline_math(tex: str, size: float, table: str = _TABLE, *, katex: bool = False) -> tuple[float, float, float]:
    """Width, height and depth below the baseline of a formula within a line, in pixels."""
    width, height, depth = _box(tex, False)
    scale = _scale(size, table, katex)
    return width * scale, (height + depth) * scale, depth * scale
