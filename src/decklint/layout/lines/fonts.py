"""How wide characters are in the fonts that Marp's themes name, and which of these fonts a browser takes.

`advances/*.json` hold what `tools/fonts.py` measured in the font files. The choice of a font follows Chromium on Debian with
Lato, Liberation, DejaVu and Noto CJK. On other systems English prose differs: Segoe UI -0.5 %, Helvetica and Arial 0, Apple's
system font -7 %, Noto Sans +6 % (mean widths of Capsize 4.3). Han is one em in Noto CJK, and in all fonts for Chinese.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from decklint.layout.model import Font

_INSTALLED = {
    "sans-serif": "liberation-sans",
    "arial": "liberation-sans",
    "helvetica": "liberation-sans",
    "liberation sans": "liberation-sans",
    "system-ui": "dejavu-sans",
    "dejavu sans": "dejavu-sans",
    "lato": "lato",
    "serif": "liberation-serif",
    "times": "liberation-serif",
    "times new roman": "liberation-serif",
    "liberation serif": "liberation-serif",
    "dejavu serif": "dejavu-serif",
    "courier": "liberation-mono",
    "courier new": "liberation-mono",
    "liberation mono": "liberation-mono",
    "monospace": "dejavu-sans-mono",
    "dejavu sans mono": "dejavu-sans-mono",
    **{f"noto sans cjk {region}": "noto-sans-cjk" for region in ("sc", "tc", "hk", "jp", "kr")},
    **{f"noto serif cjk {region}": "noto-serif-cjk" for region in ("sc", "tc", "hk", "jp", "kr")},
}
"""What Chromium takes for a family name; asked by `CSS.getPlatformFontsForNode`. Families that are not here are passed over."""

_FIRST_WIDE = 0x2E80
_HALF_WIDE = re.compile(r"[\u3105-\u312f\uac00-\ud7a3\uff61-\uffdc]")
_WIDE_ONLY = re.compile(r"[\u2e80-\u3104\u3130-\u9fff]*")
_NO_WIDTH = re.compile(r"[\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u20d0-\u20f0\ufe00-\ufe0f\ufeff\u00ad]")
_TIGHT = re.compile(
    r"[，。、．）》」』】〕〉］｝](?=[，。、．）》」』】〕〉］｝：；・（《「『【〔〈［｛”’\u3000])|[（《「『【〔〈［｛：；・“‘\u3000](?=[（《「『【〔〈［｛])"
)
"""Where a full-width sign loses its empty half: CSS Text 4, `text-spacing-trim: normal`, as Chromium does it."""
_FRACTIONS = 64
"""Of a pixel, in which FreeType counts font sizes; what is left over is lost."""
_UNKNOWN = 0.6
_MOST_WORDS = 20_000


class _Face(NamedTuple):
    """One face of a font, all in em."""

    widths: dict[str, float]
    kerning: dict[str, float]


@cache
def _read(table: str) -> dict[str, Any]:
    path = Path(__file__).parents[1] / "advances" / f"{table}.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


@cache
def _face(table: str, bold: bool, italic: bool) -> _Face:
    data = _read(table)
    units, faces = data["units"], data["faces"]
    names = ("bold italic", "bold") if bold and italic else ("bold",) if bold else ("italic",) if italic else ()
    face = next((faces[name] for name in names if name in faces), faces["regular"])
    widths = {chr(int(first, 16) + i): advance / units for first, row in face["widths"].items() for i, advance in enumerate(row)}
    kerning = {pairs[i : i + 2]: int(moved) / units for moved, pairs in face["kerning"].items() for i in range(0, len(pairs), 2)}
    return _Face(widths, kerning)


@cache
def _words(table: str, bold: bool, italic: bool) -> dict[str, float]:
    """The widths of words that were measured already, in em."""
    return {}


def font_table(families: Sequence[str], *, mono: bool = False) -> str:
    """The name of the table for a CSS list of font families: the first one that a browser has.

    Without any, what a browser falls back to: its standard font, or with `mono` the one of code.
    """
    for family in families:
        table = _INSTALLED.get(family.strip().strip("\"'").lower())
        if table is not None:
            return table
    return "dejavu-sans-mono" if mono else "liberation-serif"


def line_normal(table: str, *, han: bool = False) -> float:
    """What `line-height: normal` comes to, in parts of the font size; `han` where the line has characters of a CJK font.

    Source: `hhea` of the fonts, which Chromium takes.
    """
    data = _read(table)
    ascent, descent, gap, units = data["ascent"], data["descent"], data["gap"], data["units"]
    if not han:
        return float((ascent + descent + gap) / units)
    other = _read("noto-sans-cjk")
    highest = max(ascent / units, other["ascent"] / other["units"])
    return float(highest + max(descent / units, other["descent"] / other["units"]))


@cache
def x_height(table: str) -> float:
    """The height of a small letter in parts of the font size."""
    data = _read(table)
    return float(data["x"] / data["units"])


@cache
def extents(font: Font) -> tuple[float, float]:
    """How far the box of a text reaches above and below its baseline, in whole pixels as Chromium rounds them."""
    data = _read(font.table)
    return float(round(font.size * data["ascent"] / data["units"])), float(round(font.size * data["descent"] / data["units"]))


def advance(text: str, font: Font) -> float:
    """How wide a text is on one line, in pixels; kerning and the tightening of full-width punctuation included."""
    size = int(font.size * _FRACTIONS) / _FRACTIONS
    return size * ems(text, font.table, font.bold, font.italic) + font.spacing * len(text)


def loose(text: str, font: Font) -> float:
    """The most that a text takes, in whatever parts it stands on lines: all that draws characters together is left out."""
    widths, kerning = _face(font.table, font.bold, font.italic)
    total = font.size * sum([_width(char, widths, font.table, font.bold) for char in text])
    if kerning and len(text) > 1:
        total += font.size * sum([max(0.0, kerning.get(pair, 0.0)) for pair in map("".join, pairwise(text))])
    return total + font.spacing * len(text)


def most_kerning(char: str, font: Font) -> float:
    """The most, in pixels, that any character behind `char` is moved away from it."""
    return font.size * _most_kerning(font.table, font.bold, font.italic).get(char, 0.0)


@cache
def _most_kerning(table: str, bold: bool, italic: bool) -> dict[str, float]:
    found: dict[str, float] = {}
    for pair, moved in _face(table, bold, italic).kerning.items():
        if moved > found.get(pair[0], 0.0):
            found[pair[0]] = moved
    return found


def ems(text: str, table: str, bold: bool, italic: bool) -> float:
    """The width of a text in parts of the font size, without letter spacing. Words are remembered."""
    if text >= "\u2e80" and _WIDE_ONLY.fullmatch(text):
        return len(text) - 0.5 * len(_TIGHT.findall(text))
    words = _words(table, bold, italic)
    known = words.get(text)
    if known is None:
        known = _measure(text, table, bold, italic)
        if len(words) > _MOST_WORDS:
            words.clear()
        words[text] = known
    return known


def _measure(text: str, table: str, bold: bool, italic: bool) -> float:
    widths, kerning = _face(table, bold, italic)
    total = 0.0
    for char in text:
        total += _width(char, widths, table, bold)
    if kerning and len(text) > 1:
        total += sum(kerning[pair] for pair in map("".join, pairwise(text)) if pair in kerning)
    if text.isascii():
        return total
    return total - 0.5 * len(_TIGHT.findall(text))


def _width(char: str, widths: dict[str, float], table: str, bold: bool) -> float:
    width = widths.get(char)
    if width is None:
        width = widths[char] = _elsewhere(char, table, bold)
    return width


def _elsewhere(char: str, table: str, bold: bool) -> float:
    """The width of a character that a font lacks, in em: as of the font that a browser takes it from.

    Beyond the generic family of the list that is a regular face, which Chromium thickens where it should be bold.
    """
    if _NO_WIDTH.match(char):
        return 0.0
    if ord(char) >= _FIRST_WIDE:
        code = 0xAC00 if "\uac00" <= char <= "\ud7a3" else ord(char)
        return _face("noto-sans-cjk", False, False).widths.get(chr(code), 1.0) if _HALF_WIDE.match(char) else 1.0
    for other in _substitutes(table):
        width = _face(other, bold and other.startswith("liberation"), False).widths.get(char)
        if width is not None:
            return width
    return 1.0 if ord(char) >= 0x2460 else _UNKNOWN


def _substitutes(table: str) -> Iterator[str]:
    first = ("dejavu-sans-mono",) if "mono" in table else ("liberation-serif",) if "serif" in table else ("liberation-sans",)
    return chain(first, ("dejavu-sans", "noto-sans-cjk"))
