"""Widths of words in one font, in pixels and remembered, and how far its glyphs and lines reach."""

from __future__ import annotations

import re
from functools import cache
from math import floor

from decklint.layout.lines.fonts import advance, extents, loose, most_kerning
from decklint.layout.model import Font

_CHUNK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]+|[^\u2e80-\u9fff\uff00-\uffef ]+ ?| +")
_MOST = 20_000


class _Widths(dict[str, float]):
    """The widths of texts that are met again and again; with `bare`, without the spaces behind them."""

    def __init__(self, font: Font, *, bare: bool) -> None:
        self.font = font
        self.bare = bare

    def __missing__(self, text: str) -> float:
        if len(self) > _MOST:
            self.clear()
        self[text] = found = advance(text.rstrip(" \u200b") if self.bare else text, self.font)
        return found


class _Most(dict[str, float]):
    """The most that texts take, in whatever parts they stand on lines."""

    def __init__(self, font: Font) -> None:
        self.font = font

    def __missing__(self, text: str) -> float:
        if len(self) > _MOST:
            self.clear()
        self[text] = found = loose(text, self.font)
        return found


class _Chars(dict[str, float]):
    """The most that each character adds to a line, with what kerning may put behind it."""

    def __init__(self, font: Font) -> None:
        self.font = font

    def __missing__(self, char: str) -> float:
        shown = " " if char in "\t\n\r\f" else char
        self[char] = found = loose(shown, self.font) + most_kerning(shown, self.font)
        return found


class Gauge:
    """Measures texts in one font."""

    __slots__ = ("_reaches", "ascent", "chars", "descent", "em", "fits", "font", "fulls", "most")

    def __init__(self, font: Font) -> None:
        self.font = font
        self.ascent, self.descent = extents(font)
        self.em = advance("一", font)
        """The width of a Chinese character, and of all that is as wide in every font."""
        self.fulls = _Widths(font, bare=False)
        """Widths of atoms inside of a line."""
        self.fits = _Widths(font, bare=True)
        """Widths of atoms at the end of a line, where the spaces behind them hang."""
        self.most = _Most(font)
        """A bound of their widths, in whatever parts they stand on lines."""
        self.chars = _Chars(font)
        """A bound of the same by character, of which any text is the sum."""
        self._reaches: dict[float, tuple[float, float]] = {}

    def width(self, text: str) -> float:
        """The width of a text on one line."""
        return sum(map(self.fulls.__getitem__, _CHUNK.findall(text)))

    def reach(self, line_height: float) -> tuple[float, float]:
        """How far a line reaches above and below the baseline: the font and half of the leading on each side."""
        known = self._reaches.get(line_height)
        if known is None:
            above = self.ascent + floor((line_height - self.ascent - self.descent) / 2)
            known = self._reaches[line_height] = (above, line_height - above)
        return known


@cache
def gauge(font: Font) -> Gauge:
    """The gauge of a font."""
    return Gauge(font)
