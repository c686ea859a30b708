"""Measure the fonts that browsers take for Marp's themes, and write their advances for `decklint.layout.lines.fonts`.

Run: `python tools/fonts.py [FOLDER ...]` with fonttools and uharfbuzz at hand; fonts are looked for below the folders, by file
name. Debian has them in fonts-lato, fonts-liberation, fonts-dejavu-core, fonts-dejavu-extra and fonts-noto-cjk.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import uharfbuzz
from fontTools.ttLib import TTFont

OUTPUT = Path(__file__).resolve().parent.parent / "src" / "decklint" / "layout" / "advances"
FACES = {
    "lato": ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf", "Lato-BoldItalic.ttf"),
    "liberation-sans": (
        "LiberationSans-Regular.ttf",
        "LiberationSans-Bold.ttf",
        "LiberationSans-Italic.ttf",
        "LiberationSans-BoldItalic.ttf",
    ),
    "liberation-serif": (
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
        "LiberationSerif-BoldItalic.ttf",
    ),
    "liberation-mono": ("LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf"),
    "dejavu-sans": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    "dejavu-serif": ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"),
    "dejavu-sans-mono": ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"),
    "noto-sans-cjk": ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    "noto-serif-cjk": ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"),
}
_USE_TYPOGRAPHIC = 1 << 7
NAMES = ("regular", "bold", "italic", "bold italic")
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2B0, 0x2FF),
    (0x370, 0x45F),
    (0x1E80, 0x1EF9),
    (0x2000, 0x20BF),
    (0x2100, 0x23FF),
    (0x2460, 0x27FF),
    (0x2900, 0x297F),
    (0x2A00, 0x2AFF),
    (0x2B00, 0x2B5F),
    (0xFB00, 0xFB06),
)
EAST_ASIAN = ((0x3105, 0x312F), (0xAC00, 0xAC0F), (0xFF61, 0xFFDC))
"""What is not one em wide in a font for Chinese; all syllables of Hangul are alike."""
KERNED = [chr(code) for code in range(0x20, 0x7F)] + list("‘’“”–—…")


def measured(name: str, folders: list[Path]) -> dict[str, Any]:
    """All that is kept of one font: metrics of its regular face in font units, then widths and kerning per face."""
    paths = [_found(file, folders) for file in FACES[name]]
    fonts = [TTFont(path, fontNumber=0) for path in paths]
    ranges = RANGES + EAST_ASIAN if "cjk" in name else RANGES
    ascent, descent, gap = _metrics(fonts[0])
    return {
        "origin": f"{paths[0].name}, {_version(fonts[0])}",
        "units": fonts[0]["head"].unitsPerEm,
        "ascent": ascent,
        "descent": descent,
        "gap": gap,
        "x": getattr(fonts[0]["OS/2"], "sxHeight", 0) or fonts[0]["glyf"]["x"].yMax,
        "faces": {
            face: {"widths": _widths(font, ranges), "kerning": {} if "mono" in name or "cjk" in name else _kerning(font, path)}
            for face, font, path in zip(NAMES, fonts, paths, strict=False)
        },
    }


def _found(file: str, folders: list[Path]) -> Path:
    for folder in folders:
        for path in sorted(folder.rglob(file)):
            return path
    raise SystemExit(f"{file} is in none of: {', '.join(map(str, folders))}")


def _metrics(font: Any) -> tuple[int, int, int]:
    """Ascent, descent and line gap as browsers take them: the typographic ones where the font asks for it."""
    if font["OS/2"].fsSelection & _USE_TYPOGRAPHIC:
        return font["OS/2"].sTypoAscender, -font["OS/2"].sTypoDescender, font["OS/2"].sTypoLineGap
    return font["hhea"].ascent, -font["hhea"].descent, font["hhea"].lineGap


def _version(font: Any) -> str:
    return str(font["name"].getDebugName(5)).split(";")[0]


def _widths(font: Any, ranges: tuple[tuple[int, int], ...]) -> dict[str, list[int]]:
    """Advances by the first of a row of characters, as hexadecimal number."""
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    rows: dict[str, list[int]] = {}
    last = -2
    for start, end in ranges:
        for code in range(start, end + 1):
            if code in glyphs:
                if code != last + 1:
                    row = rows.setdefault(f"{code:x}", [])
                row.append(advances[glyphs[code]][0])
                last = code
    return rows


def _kerning(font: Any, path: Path) -> dict[str, str]:
    """Pairs of characters that move together or apart, by how far: one text of all pairs for each distance."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    shaper = uharfbuzz.Font(face)
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    pairs: dict[str, str] = {}
    for first in KERNED:
        for second in KERNED:
            if ord(first) not in glyphs or ord(second) not in glyphs:
                continue
            buffer = uharfbuzz.Buffer()
            buffer.add_str(first + second)
            buffer.guess_segment_properties()
            uharfbuzz.shape(shaper, buffer, {"liga": False, "clig": False})
            plain = advances[glyphs[ord(first)]][0] + advances[glyphs[ord(second)]][0]
            moved = sum(position.x_advance for position in buffer.glyph_positions) - plain
            if abs(moved) * 500 >= face.upem:  # less than 1/500 em is not seen
                pairs[str(moved)] = pairs.get(str(moved), "") + first + second
    return pairs


def main() -> None:
    """Write one file per font."""
    folders = [Path(argument) for argument in sys.argv[1:]] + [Path("/usr/share/fonts")]
    OUTPUT.mkdir(exist_ok=True)
    for name in FACES:
        text = json.dumps(measured(name, folders), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        (OUTPUT / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
