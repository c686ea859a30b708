"""Characters of formulas: which glyph of MathJax's fonts stands for a letter in an alphabet, and how large it is."""

from __future__ import annotations

from decklint.layout.formulas.formula import Box, metrics

_BASES = {
    "bold": (0x1D400, 0x1D41A, 0x1D6A8, 0, 0x1D7CE),
    "italic": (0x1D434, 0x1D44E, 0x1D6E2, 0x1D6FC, 0),
    "bold-italic": (0x1D468, 0x1D482, 0x1D71C, 0x1D736, 0x1D7CE),
    "script": (0x1D49C, 0x1D4B6, 0, 0, 0),
    "fraktur": (0x1D504, 0x1D51E, 0, 0, 0),
    "double-struck": (0x1D538, 0x1D552, 0, 0, 0x1D7D8),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0, 0, 0x1D7E2),
    "monospace": (0x1D670, 0x1D68A, 0, 0, 0x1D7F6),
}
"""Where the alphabets of Unicode begin: capitals, small letters, Greek ones, digits."""
_VARIANTS = dict(zip("∂ϵϑϰϕϱϖ", "𝜕𝜖𝜗𝜘𝜙𝜚𝜛", strict=True))
_HOLES = dict(zip("𝑕𝒝𝒠𝒡𝒣𝒤𝒧𝒨𝒭𝔆𝔋𝔌𝔕𝔝𝔺𝔿𝕅𝕇𝕈𝕉𝕑", "ℎℬℰℱℋℐℒℳℛℭℌℑℜℨℂℍℕℙℚℝℤ", strict=True))
"""Letters that Unicode had before the alphabets."""
_SPACE = 0.25


def glyph(char: str, font: str) -> Box:
    """One character at full size; letters are italic where no font is asked for."""
    data = metrics()
    found = None
    if font == "calligraphic":
        found = data["calligraphic"].get(char)
    elif font != "text":
        code = _mapped(char, font or ("italic" if not char.isdigit() and not "Α" <= char <= "Ω" else "normal"))
        code = code or (_mapped(char, "italic") if font == "bold" else "")
        found = data["normal"].get(code) if code else None
    found = found or data["normal"].get(char)
    if found is not None:
        height, depth, width, lean = found
        return Box(width, height, depth, lean=lean)
    if char == " ":
        return Box(_SPACE)
    wide = char >= "\u2e80"
    return Box(1.0 if wide else 0.6, 0.75, 0.2)


def _mapped(char: str, font: str) -> str:
    """The character that stands for a letter or digit in another alphabet; nothing where there is none."""
    if font == "italic" and char in _VARIANTS:
        return _VARIANTS[char]
    bases = _BASES.get(font)
    if bases is None:
        return ""
    for base, first, last in zip(bases, "AaΑα0", "ZzΩω9", strict=True):
        if first <= char <= last and base:
            code = chr(base + ord(char) - ord(first))
            return _HOLES.get(code, code)
    return ""
