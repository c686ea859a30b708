"""Declarations of style sheets as what they set: shorthands taken apart, values read, what a browser would drop left out.

Only properties that decide how large something gets are read. Source: CSS Box 3, Fonts 4, Flexbox 1, Grid 1, Multi-column 1.
"""

from __future__ import annotations

import re
from functools import lru_cache

from decklint.layout.css.values import Length, read_length

Value = Length | str
SIDES = ("top", "right", "bottom", "left")
_INHERITANCE = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))
_LENGTHS = frozenset(
    (
        *(f"{box}-{side}" for box in ("margin", "padding") for side in SIDES),
        *(f"border-{side}-width" for side in SIDES),
        *("width", "height", "min-width", "max-width", "min-height", "max-height", "flex-basis"),
        *("font-size", "letter-spacing", "text-indent", "column-gap", "row-gap", "border-spacing", "column-width"),
    )
)
_NUMBERS = frozenset(("flex-grow", "flex-shrink", "column-count", "font-weight", "zoom"))
_WORDS = frozenset(
    (
        *(f"border-{side}-style" for side in SIDES),
        *("display", "position", "float", "box-sizing", "flex-direction", "flex-wrap", "white-space"),
        *("overflow-wrap", "word-break"),
        *("align-content", "justify-content", "align-items", "font-style", "text-align", "border-collapse", "font-family"),
        *("grid-template-columns", "grid-template-areas", "grid-column", "grid-row", "grid-area", "transform", "content"),
        *("text-transform", "visibility", "vertical-align", "writing-mode", "column-span", "break-before", "list-style-position"),
        *("grid-template-rows", "grid-auto-flow", "scale", "clear", "table-layout"),
    )
)
_LENGTH_WORDS = frozenset(
    """auto normal none thin medium thick max-content min-content fit-content content smaller larger xx-small x-small small large
    x-large xx-large xxx-large""".split()  # noqa: SIM905
)
_WEIGHTS = frozenset(("normal", "bold", "bolder", "lighter"))
_POSITIVE = re.compile(r"padding|width|height|font-size|gap|basis|border-spacing")
_RENAMED = {
    "word-wrap": "overflow-wrap",
    "grid-gap": "gap",
    "grid-column-gap": "column-gap",
    "grid-row-gap": "row-gap",
    "inline-size": "width",
    "block-size": "height",
    "max-inline-size": "max-width",
    "max-block-size": "max-height",
    "-webkit-box-sizing": "box-sizing",
}
_LOGICAL = {"block-start": "top", "block-end": "bottom", "inline-start": "left", "inline-end": "right"}
_STYLES = frozenset("none hidden dotted dashed solid double groove ridge inset outset".split())  # noqa: SIM905
_PIECE = re.compile(r"\"[^\"]*\"|'[^']*'|[()]|\s+|[^\s()\"']+|[\"']")
_FONT_WORDS = frozenset(
    """normal italic oblique small-caps bold bolder lighter condensed expanded semi-condensed semi-expanded ultra-condensed
    100 200 300 400 500 600 700 800 900""".split()  # noqa: SIM905
)
_LONGEST = 1000  # characters of a value
SHORTHANDS: dict[str, tuple[str, ...]] = {
    **{box: tuple(f"{box}-{side}" for side in SIDES) for box in ("margin", "padding")},
    "border": tuple(f"border-{side}-{part}" for side in SIDES for part in ("width", "style")),
    **{f"border-{side}": (f"border-{side}-width", f"border-{side}-style") for side in SIDES},
    **{f"border-{part}": tuple(f"border-{side}-{part}" for side in SIDES) for part in ("width", "style")},
    "font": ("font-style", "font-weight", "font-size", "line-height", "font-family"),
    "flex": ("flex-grow", "flex-shrink", "flex-basis"),
    "flex-flow": ("flex-direction", "flex-wrap"),
    "gap": ("row-gap", "column-gap"),
    "columns": ("column-width", "column-count"),
    "place-content": ("align-content", "justify-content"),
    "place-items": ("align-items",),
    **{f"{box}-block": (f"{box}-top", f"{box}-bottom") for box in ("margin", "padding")},
    **{f"{box}-inline": (f"{box}-left", f"{box}-right") for box in ("margin", "padding")},
}
READ = frozenset((*_LENGTHS, *_NUMBERS, *_WORDS, *SHORTHANDS, *_RENAMED, "line-height", "all"))


def counts(name: str) -> bool:
    """Whether a property of this name, in lower case, can change how large something gets."""
    return name in READ or name.startswith(("margin-", "padding-"))


@lru_cache(maxsize=8192)
def declared(name: str, text: str) -> tuple[tuple[str, Value], ...]:
    """What a declaration without `var()` sets; nothing where a browser would drop it. Both in lower case, but for families."""
    if len(text) > _LONGEST:
        return ()
    name = _RENAMED.get(name, name)
    for logical, side in _LOGICAL.items():
        name = name.replace(logical, side)
    if name == "all":
        return (("all", text),) if text in _INHERITANCE else ()
    if name in SHORTHANDS:
        if text in _INHERITANCE:
            return tuple((longhand, text) for longhand in SHORTHANDS[name])
        values = _taken_apart(name, words_of(text))
        return tuple(zip(SHORTHANDS[name], values, strict=True)) if values else ()
    value = _read(name, text)
    return ((name, value),) if value is not None else ()


def words_of(text: str) -> list[str]:
    """A value cut at spaces, but not inside parentheses and quotation marks."""
    words: list[str] = []
    depth, apart = 0, True
    for piece in _PIECE.findall(text):
        depth += (piece == "(") - (piece == ")")
        if piece.isspace() and depth <= 0:
            apart = True
        elif apart:
            words.append(piece)
            apart = False
        else:
            words[-1] += piece
    return words


def _read(name: str, text: str) -> Value | None:
    """The value of a longhand; None where it is none."""
    if text in _INHERITANCE:
        return text
    if name in _LENGTHS:
        if text in _LENGTH_WORDS:
            return text
        if name == "border-spacing":
            text = text.split()[0] if text.split() else ""
        length = read_length(text)
        if length is None or (length.is_number and length.number):
            return None
        negative = not length.choose and all(amount < 0 for _, amount in length.parts)
        return None if negative and _POSITIVE.search(name) else length
    if name == "line-height":
        return text if text == "normal" else read_length(text)
    if name in _NUMBERS:
        number = read_length(text)
        return number if number is not None else text if text in (*_WEIGHTS, "auto") else None
    return text if name in _WORDS else None


def _taken_apart(name: str, words: list[str]) -> tuple[Value, ...] | None:
    """The values of a shorthand's longhands in their order; None where it is not valid."""
    if name in ("border", *(f"border-{side}" for side in SIDES)):
        border = _border(words)
        return border * (4 if name == "border" else 1) if border else None
    if name == "font":
        return _font(words)
    if name == "flex":
        return _flex(words)
    if name == "flex-flow":
        direction = next((word for word in words if word.startswith(("row", "column"))), "row")
        return direction, next((word for word in words if "wrap" in word), "nowrap")
    if name == "columns":
        found = [read_length(word) or "auto" for word in words]
        count = next((value for value in found if isinstance(value, Length) and value.is_number), "auto")
        return next((value for value in found if isinstance(value, Length) and not value.is_number), "auto"), count
    if name in ("place-content", "place-items"):
        return _placed(name, words)
    longhands = SHORTHANDS[name]
    values = [_read(longhand, word) for longhand, word in zip(longhands, words, strict=False)]
    if not values or len(words) > len(longhands) or None in values:
        return None
    filled = [value for value in values if value is not None]
    if len(longhands) == 2:
        return filled[0], filled[-1]
    top, right = filled[0], filled[1] if len(filled) > 1 else filled[0]
    return top, right, filled[2] if len(filled) > 2 else top, filled[3] if len(filled) > 3 else right


def _border(words: list[str]) -> tuple[Value, ...] | None:
    width: Value = "medium"
    style = "none"
    for word in words:
        if word in _STYLES:
            style = word
        elif (value := _read("border-top-width", word)) is not None:
            width = value
    return (width, style) if words else None


def _placed(name: str, words: list[str]) -> tuple[Value, ...] | None:
    """`safe center center` and the like: the first position may stand alone."""
    groups: list[str] = []
    for word in words:
        if groups and groups[-1] in ("safe", "unsafe", "first", "last"):
            groups[-1] += " " + word
        else:
            groups.append(word)
    if not groups or len(groups) > 2:
        return None
    return (groups[0],) if name == "place-items" else (groups[0], groups[-1])


def _flex(words: list[str]) -> tuple[Value, ...] | None:
    one, none = Length((("", 1.0),)), Length((("", 0.0),))
    if words in (["none"], ["auto"], ["initial"]):
        return none if words != ["auto"] else one, none if words == ["none"] else one, "auto"
    numbers: list[Length] = []
    basis: Value | None = None
    for word in words:
        length = read_length(word)
        if length is not None and length.is_number and len(numbers) < 2:
            numbers.append(length)
        elif length is not None or word in _LENGTH_WORDS:
            basis = length if length is not None else word
        else:
            return None
    if not words:
        return None
    zero = Length((("%", 0.0),))
    return numbers[0] if numbers else one, numbers[1] if len(numbers) > 1 else one, zero if basis is None else basis


def _font(words: list[str]) -> tuple[Value, ...] | None:
    """`italic bold 12px/30px Family, serif`; the size and a family are needed."""
    style, weight, at = "normal", "normal", 0
    while at < len(words) and words[at] in _FONT_WORDS:
        if words[at] in ("italic", "oblique"):
            style = words[at]
        elif words[at] in _WEIGHTS or words[at].isdigit():
            weight = words[at] if words[at] != "normal" else weight
        at += 1
    if at + 1 >= len(words):
        return None
    size, _, line = words[at].partition("/")
    rest = words[at + 1 :]
    if not line and rest[0].startswith("/"):
        line = rest.pop(0)[1:] or (rest.pop(0) if rest else "")
    found = (_read("font-weight", weight), _read("font-size", size), _read("line-height", line or "normal"))
    if None in found or not rest:
        return None
    return style, found[0] or weight, found[1] or size, found[2] or "normal", " ".join(rest)
