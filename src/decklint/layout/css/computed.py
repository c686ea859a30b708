"""From what is specified for an element to its style in pixels: variables, inheritance, fonts, lines.

Sources: CSS Cascading 4 (7), CSS Custom Properties 1, CSS Fonts 4, CSS 2.2 (10.8); Chromium for font sizes by keyword.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from decklint.layout.boxes.geometry import Container, Geometry, geometry
from decklint.layout.css.conditions import Node
from decklint.layout.css.declarations import Value, declared
from decklint.layout.css.sheets import Waiting, normal
from decklint.layout.css.values import Length, Scale
from decklint.layout.lines.fonts import font_table, line_normal
from decklint.layout.model import Font, Style
from decklint.records import dataclass, field

_KEYWORDS = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
    "xxx-large": 48.0,
}
_STEP = 1.2  # of `smaller` and `larger`
_INHERITED: dict[str, Value] = {
    "font-style": "normal",
    "letter-spacing": Length((("px", 0.0),)),
    "white-space": "normal",
    "overflow-wrap": "normal",
    "word-break": "normal",
    "text-align": "start",
    "border-collapse": "separate",
    "border-spacing": Length((("px", 0.0),)),
}
"""What children take over, and what it is where nothing is said."""
_FONT = ("font-size", "line-height", "font-family", "font-weight")
"""Inherited as what they come to, not as they are written."""
_VARIABLE = re.compile(r"var\(\s*(--[^\s,()]+)\s*", re.IGNORECASE)
_BRACKET = re.compile(r"[()]")
_DEEPEST = 16  # variables that stand for variables
_LONGEST = 4000  # characters of a value with its variables replaced
_NORMAL = -1.0
"""Stands for `line-height: normal`, which is as tall as the font wants it."""
_BOLD = 600  # weights from here on are shown in a bold font
_MONO_SHRINKS = 13 / 16  # Chromium's size for `monospace` alone where no size is set


@dataclass(slots=True)
class Computed:
    """An element's style, and what its children take from it."""

    node: Node
    style: Style
    values: dict[str, Value]
    variables: Mapping[str, str]
    families: str
    weight: float
    line: float | None
    """A line height as a plain number, or `normal`; None: it is in pixels."""
    container: Container
    sized: bool = True
    """Whether anything has set a font size."""

    def of(self, node: Node) -> Computed:
        """The same for another element."""
        return Computed(
            node,
            self.style,
            self.values,
            self.variables,
            self.families,
            self.weight,
            self.line,
            self.container,
            self.sized,
        )


@dataclass(slots=True)
class Setting:
    """What all elements of a slide share."""

    slide: tuple[float, float]
    """Width and height that `cqw` and `vw` are measured by."""
    root: Length | None = None
    """The slide's font size as it is written, which stands for `rem`."""
    han: bool = False
    """Whether Han is written, whose fonts have taller lines where no line height is set."""
    doubts: set[str] = field(default_factory=set)

    def anew(self) -> Setting:
        """The same without what could not be read."""
        return Setting(self.slide, self.root, self.han)

    def scale(self, em: float) -> Scale:
        """The units of an element with a font size."""
        return Scale(em, self.slide, self.root, self.doubts)


def page(width: float, height: float) -> Computed:
    """What a slide of that size inherits from: a page without styles."""
    style = Style(Font(font_table(("serif",)), 16.0), 16.0 * line_normal(font_table(("serif",))))
    return Computed(Node("", None), style, dict(_INHERITED), {}, "serif", 400.0, None, Container(width, height), sized=False)


def computed(
    node: Node,
    specified: Mapping[str, Value | Waiting],
    parent: Computed,
    setting: Setting,
    fitted: Value | Waiting | None = None,
) -> Computed:
    """The style of an element; `fitted` is the greatest height that auto-scaling is told."""
    variables = _variables(specified, parent.variables)
    values = _resolved(specified, variables, parent.values)
    families = _word(values.get("font-family")) or parent.families
    size, sized = _font_size(values.get("font-size"), parent, setting, families)
    scale = setting.scale(size)
    for name in ("letter-spacing", "border-spacing"):
        value = values[name]
        values[name] = Length((("px", scale.pixels(value) if isinstance(value, Length) else 0.0),))
    spacing = values["letter-spacing"]
    weight = _weight(values.get("font-weight"), parent.weight)
    table = _table(families)
    font = Font(
        table,
        size,
        bold=weight >= _BOLD,
        italic=_word(values["font-style"]).startswith(("italic", "oblique")),
        spacing=scale.pixels(spacing) if isinstance(spacing, Length) else 0.0,
    )
    line, height = _line(values.get("line-height"), parent, scale, table, setting)
    if fitted is not None:
        values["fitted"] = _resolved({"max-height": fitted}, variables, parent.values).get("max-height", "none")
    shape = geometry(node, values, parent.container, scale)
    return Computed(node, _style(font, height, values, shape), values, variables, families, weight, line, shape.container, sized)


def _style(font: Font, height: float, values: Mapping[str, Value], shape: Geometry) -> Style:
    white, breaks = _word(values["white-space"]), _word(values["overflow-wrap"])
    return Style(
        font,
        height,
        **shape.lengths,
        keeps_spaces=white == "break-spaces",
        wraps=not white.startswith(("pre", "nowrap")) or white in ("pre-wrap", "pre-line"),
        breaks_words=breaks in ("break-word", "anywhere") or _word(values["word-break"]) in ("break-all", "break-word"),
        text_align=_word(values["text-align"]),
    )


def _word(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _variables(specified: Mapping[str, Value | Waiting], inherited: Mapping[str, str]) -> Mapping[str, str]:
    """The variables of an element, each with its own variables replaced."""
    own = {name: value for name, value in specified.items() if name.startswith("--") and isinstance(value, str)}
    if not own:
        return inherited
    known = {**inherited, **own}
    found = dict(known)
    for name, text in own.items():
        replaced = _replaced(text, {key: value for key, value in known.items() if key != name}) if "var(" in text else text
        if replaced is None:
            found.pop(name)
        else:
            found[name] = replaced
    return found


def _replaced(text: str, variables: Mapping[str, str], depth: int = 0) -> str | None:
    """A value with `var()` replaced; None where a variable is not set, or values grow too long."""
    while (match := _VARIABLE.search(text)) is not None:
        end = _closing(text, match.end())
        if end is None or depth > _DEEPEST or len(text) > _LONGEST:
            return None
        fallback = text[match.end() : end]
        value = variables.get(match[1])
        if value is None and fallback.startswith(","):
            value = fallback[1:].strip()
        if value is None:
            return None
        if "var(" in value:
            value = _replaced(value, variables, depth + 1)
            if value is None:
                return None
        text = text[: match.start()] + value + text[end + 1 :]
    return text


def _closing(text: str, start: int) -> int | None:
    depth = 1
    for match in _BRACKET.finditer(text, start):
        depth += 1 if match[0] == "(" else -1
        if not depth:
            return match.start()
    return None


def _resolved(
    specified: Mapping[str, Value | Waiting], variables: Mapping[str, str], inherited: Mapping[str, Value]
) -> dict[str, Value]:
    """Values without variables and without `inherit` and its like, inherited ones included."""
    found: dict[str, Value] = {name: inherited[name] for name in _INHERITED}
    for name, value in specified.items():
        if isinstance(value, Length):
            found[name] = value
            continue
        if name.startswith("--"):
            continue
        if isinstance(value, Waiting):
            text = _replaced(value.text, variables)
            later = None if text is None else dict(declared(value.name, normal(value.name, text.strip()))).get(name)
            if later is None:
                continue
            value = later
        if isinstance(value, Length):
            found[name] = value
        elif value == "inherit":
            found.pop(name, None)
            if name in inherited and name not in _FONT:
                found[name] = inherited[name]
        elif value == "initial":
            if name in _INHERITED:
                found[name] = _INHERITED[name]
            else:
                found.pop(name, None)
        elif value not in ("unset", "revert", "revert-layer"):
            found[name] = value
    return found


def _font_size(value: Value | None, parent: Computed, setting: Setting, families: str) -> tuple[float, bool]:
    """A font size in pixels, and whether anything has set one."""
    outer = parent.style.font.size
    if isinstance(value, Length):
        scale = setting.scale(outer)
        relative = len(value.parts) == 1 and value.parts[0][0] in ("em", "%")
        return scale.pixels(value, outer), parent.sized or not relative
    if value in _KEYWORDS and isinstance(value, str):
        return _KEYWORDS[value], False
    if value in ("smaller", "larger"):
        return outer / _STEP if value == "smaller" else outer * _STEP, parent.sized
    if not parent.sized and (families == "monospace") != (parent.families == "monospace"):
        return outer * (_MONO_SHRINKS if families == "monospace" else 1 / _MONO_SHRINKS), False
    return outer, parent.sized


def _weight(value: Value | None, outer: float) -> float:
    if isinstance(value, Length):
        return value.number
    if value in ("normal", "bold"):
        return 400.0 if value == "normal" else 700.0
    if value == "bolder":
        return 400.0 if outer < 350 else 700.0 if outer < 550 else 900.0
    if value == "lighter":
        return 100.0 if outer < 550 else 400.0 if outer < 750 else 700.0
    return outer


def _line(value: Value | None, parent: Computed, scale: Scale, table: str, setting: Setting) -> tuple[float | None, float]:
    """A line height as a number that children inherit (None: in pixels), and in pixels."""
    if isinstance(value, Length):
        if value.is_number:
            return value.number, value.number * scale.em
        return None, scale.pixels(value, scale.em)
    if value == "normal":
        return _NORMAL, scale.em * line_normal(table, han=setting.han)
    if parent.line is None:
        return None, parent.style.line_height
    if parent.line == _NORMAL:
        return _NORMAL, scale.em * line_normal(table, han=setting.han)
    return parent.line, parent.line * scale.em


@lru_cache(maxsize=256)
def _table(families: str) -> str:
    names = [name.strip().strip("\"'") for name in families.split(",")]
    return font_table(names, mono=names[-1].lower() in ("monospace", "ui-monospace"))
