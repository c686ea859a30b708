"""Sizes, edges and placement of an element's box in pixels. Sources: CSS 2.2 (8, 10), Flexbox 1, Grid 1, Multi-column 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decklint.layout.boxes.tracks import Track, areas_of, placed, tracks_of, width_of
from decklint.layout.css.conditions import Node
from decklint.layout.css.declarations import SIDES, Value
from decklint.layout.css.sheets import GENERATED
from decklint.layout.css.values import Length, Scale
from decklint.layout.model import Sides
from decklint.records import dataclass

_BORDERS = {"thin": 1.0, "medium": 3.0, "thick": 5.0}
_INLINE = frozenset(("inline", "contents", "ruby", ""))
_AWAY = frozenset(("absolute", "fixed"))
_NONE = Sides()
_EDGES = {box: tuple(f"{box}-{side}" for side in SIDES) for box in ("margin", "padding")}
_BORDER_STYLES = tuple(f"border-{side}-style" for side in SIDES)
_BORDERED = frozenset(_BORDER_STYLES)
_BORDER_WIDTHS = tuple(f"border-{side}-width" for side in SIDES)
_ACROSS = (("width", "width"), ("min-width", "min_width"), ("max-width", "max_width"))
_DOWN = (("height", "height"), ("min-height", "min_height"), ("max-height", "max_height"))
_PARTS = (("width", "width_part"), ("max-width", "max_width_part"))
_SPANS = ("grid-area", "grid-column", "grid-row")
_FLOWING = frozenset(
    """inline block list-item inline-block table-cell table-row table-row-group table-header-group table-footer-group""".split()  # noqa: SIM905
)
_SHAPING = frozenset(
    (
        *(name for name, _ in (*_ACROSS, *_DOWN)),
        *(
            "box-sizing",
            "position",
            "float",
            "column-gap",
            "row-gap",
            "column-count",
            "column-width",
            "column-span",
            "break-before",
        ),
        *("flex-direction", "flex-wrap", "flex-grow", "flex-basis", "align-content", "align-items", "justify-content"),
        *("grid-template-columns", "grid-template-rows", "grid-template-areas", *_SPANS),
        *("transform", "writing-mode", "zoom", GENERATED),
    )
)
"""All that decides about a box beside its margin, padding and border; most elements have none of it."""
_DOUBTFUL = frozenset((*_SPANS, "transform", "writing-mode", "grid-template-areas", "zoom", GENERATED))


@dataclass(frozen=True, slots=True)
class Container:
    """What percentages of children are taken from."""

    width: float
    height: float | None
    """None where it depends on the content."""
    display: str = "block"
    tracks: tuple[Track, ...] = ()
    gap: float = 0.0
    areas: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Geometry:
    """The lengths of a style, by their names in `Style`, and the container that the element is for its children."""

    lengths: dict[str, Any]
    container: Container


def geometry(node: Node, values: Mapping[str, Value], outer: Container, scale: Scale) -> Geometry:
    """The box of an element inside a container."""
    area = _word(values, "grid-area")
    room = _room(node, outer, area)
    display = _display(values, outer)
    if display in _FLOWING and _SHAPING.isdisjoint(values):
        return _flowing(values, display, scale, room)
    return _shaped(values, display, outer, scale, room, area)


def _shaped(values: Mapping[str, Value], display: str, outer: Container, scale: Scale, room: float, area: str) -> Geometry:
    """The box of an element that may ask for anything."""
    sides = {box: _sides(values, box, scale, room) for box in ("margin", "padding")}
    border = _border(values, scale)
    sized = _sizes(values, scale, room, outer.height)
    box = values.get("box-sizing") == "border-box"
    inner = _inner(display, sized, sides["margin"], sides["padding"], border, room, box=box)
    gap = _length(values.get("column-gap"), scale, room)
    row_gap = _length(values.get("row-gap"), scale, room) or 0.0
    areas = areas_of(_word(values, "grid-template-areas")) if display.endswith("grid") else ()
    columns, tracks = _columns(values, display, scale, inner, gap, areas)
    stack = display.endswith("flex") and _word(values, "flex-direction").startswith("column")
    gap = gap if gap is not None else scale.em if columns > 1 and not tracks else 0.0
    align, safe = _alignment(values, display, stack=stack)
    _doubt(values, display, scale, settled=bool(areas) or any(area in row for row in outer.areas))
    height = sized["height"]
    edges = sides["padding"].top + sides["padding"].bottom + border.top + border.bottom if box else 0.0
    tall = None if height is None else max(0.0, height - edges)
    lengths: dict[str, Any] = {
        **sides,
        **sized,
        "border": border,
        "border_box": box,
        "display": _plain(display),
        "columns": columns,
        "tracks": tracks,
        "gap": row_gap if stack else gap,
        "row_gap": row_gap,
        "align": align,
        "safe": safe,
        "stack": stack,
        "hidden": display == "none" or values.get("position") in _AWAY,
        "spans": values.get("column-span") == "all",
        "breaks": values.get("break-before") in ("column", "always", "all", "page"),
        "folds": _word(values, "flex-wrap").startswith("wrap"),
        "floats": values.get("float", "none") != "none",
        "grow": _amount(values.get("flex-grow")),
        "basis": _length(values.get("flex-basis"), scale, room),
        "collapses": values.get("border-collapse") == "collapse",
        "spacing": _length(values.get("border-spacing"), scale, 0.0) or 0.0,
        "areas": areas,
        "row_tracks": _rows(values, display, scale, tall, row_gap),
        "stretches": _word(values, "align-content") in ("", "normal", "stretch"),
        "items": _word(values, "align-items"),
        "area": area,
        "fitted": _length(values.get("fitted"), scale, 0.0),
    }
    return Geometry(lengths, Container(inner, tall, _plain(display), tracks, gap or 0.0, areas))


def _flowing(values: Mapping[str, Value], display: str, scale: Scale, room: float) -> Geometry:
    """The box of an element that asks for nothing but edges."""
    margin, padding, border = (
        _sides(values, "margin", scale, room),
        _sides(values, "padding", scale, room),
        _border(values, scale),
    )
    inner = room
    if display not in _INLINE:
        edges = padding.left + padding.right + border.left + border.right
        inner = max(0.0, room - margin.left - margin.right - edges)
    lengths: dict[str, Any] = {
        "margin": margin,
        "padding": padding,
        "border": border,
        "display": display,
        "collapses": values.get("border-collapse") == "collapse",
        "spacing": _length(values.get("border-spacing"), scale, 0.0) or 0.0,
        "fitted": _length(values.get("fitted"), scale, 0.0),
    }
    return Geometry(lengths, Container(inner, None, display))


def _word(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _plain(display: str) -> str:
    """`inline-flex` and the like lay out what is in them as `flex`."""
    return display.removeprefix("inline-") if display in ("inline-flex", "inline-grid", "inline-table") else display


def _display(values: Mapping[str, Value], outer: Container) -> str:
    """How an element is shown: an item of a flex container or a grid is a block."""
    display = _word(values, "display") or "inline"
    if outer.display in ("flex", "grid") and display in ("inline", "inline-block"):
        return "block"
    return display


def _room(node: Node, outer: Container, area: str) -> float:
    """The width that an element's percentages are taken from: in a grid, that of its columns."""
    if outer.display != "grid" or not outer.tracks:
        return outer.width
    row = next((row for row in outer.areas if area in row), None)
    if row is not None and len(row) == len(outer.tracks):
        columns = range(row.index(area), len(row) - row[::-1].index(area))
    else:
        first = (max(1, node.index) - 1) % len(outer.tracks)
        columns = range(first, first + 1)
    return width_of(outer.tracks, columns, outer.width, outer.gap)


def _length(value: Value | None, scale: Scale, base: float) -> float | None:
    return scale.pixels(value, base) if isinstance(value, Length) else None


def _amount(value: Value | None) -> float:
    return value.number if isinstance(value, Length) else 0.0


def _sides(values: Mapping[str, Value], box: str, scale: Scale, room: float) -> Sides:
    found = [values.get(name) for name in _EDGES[box]]
    if found == [None] * 4:
        return _NONE
    return Sides(*[scale.pixels(value, room) if isinstance(value, Length) else 0.0 for value in found])


def _border(values: Mapping[str, Value], scale: Scale) -> Sides:
    if _BORDERED.isdisjoint(values):
        return _NONE
    widths = []
    for style, name in zip(_BORDER_STYLES, _BORDER_WIDTHS, strict=True):
        width = values.get(name, "medium")
        if values.get(style, "none") in ("none", "hidden"):
            widths.append(0.0)
        else:
            widths.append(_BORDERS.get(width, 3.0) if isinstance(width, str) else _snapped(scale.pixels(width)))
    return Sides(*widths)


def _snapped(width: float) -> float:
    """Browsers draw borders in whole pixels, but none away."""
    return max(1.0, float(int(width))) if width > 0 else 0.0


def _sizes(values: Mapping[str, Value], scale: Scale, room: float, tall: float | None) -> dict[str, float | None]:
    found = {key: _length(values.get(name), scale, room) for name, key in _ACROSS}
    for name, key in _DOWN:
        value = values.get(name)
        known = isinstance(value, Length) and (tall is not None or not value.uses("%"))
        found[key] = _length(value, scale, tall or 0.0) if known else None
    for name, key in _PARTS:
        value = values.get(name)
        plain = isinstance(value, Length) and len(value.parts) == 1 and value.parts[0][0] == "%"
        found[key] = value.parts[0][1] / 100 if plain and isinstance(value, Length) else None
    return found


def _inner(
    display: str, sized: Mapping[str, float | None], margin: Sides, padding: Sides, border: Sides, room: float, *, box: bool
) -> float:
    """The width for what is in the element."""
    if display in _INLINE:
        return room
    edges = padding.left + padding.right + border.left + border.right
    width = sized["width"]
    inner = room - margin.left - margin.right - edges if width is None else width - (edges if box else 0.0)
    if (most := sized["max_width"]) is not None:
        inner = min(inner, most - (edges if box else 0.0))
    if (least := sized["min_width"]) is not None:
        inner = max(inner, least - (edges if box else 0.0))
    return max(0.0, inner)


def _columns(
    values: Mapping[str, Value],
    display: str,
    scale: Scale,
    room: float,
    gap: float | None,
    areas: tuple[tuple[str, ...], ...],
) -> tuple[int, tuple[Track, ...]]:
    if display.endswith("grid"):
        text = _word(values, "grid-template-columns")
        text = ("auto " * len(areas[0]) if areas else "") if text in ("", "none") else text
        tracks, sure = tracks_of(text, scale, room, gap or 0.0)
        if not sure:
            scale.doubts.add("grid-template-columns")
        return max(1, len(tracks)), tracks
    if display in ("block", "list-item", "inline-block", "flow-root"):
        return _text_columns(values, scale, room, gap), ()
    return 1, ()


def _rows(values: Mapping[str, Value], display: str, scale: Scale, room: float | None, gap: float) -> tuple[Track, ...]:
    text = _word(values, "grid-template-rows") if display.endswith("grid") else ""
    return tracks_of(text, scale, room or 0.0, gap)[0] if text not in ("", "none") else ()


def _text_columns(values: Mapping[str, Value], scale: Scale, room: float, gap: float | None) -> int:
    count = values.get("column-count")
    wanted = int(count.number) if isinstance(count, Length) and count.number >= 1 else 0
    width = _length(values.get("column-width"), scale, room)
    if not width:
        return min(max(1, wanted), 50)
    space = scale.em if gap is None else gap
    fitting = max(1, int((room + space) // (width + space)))
    return min(wanted or fitting, fitting, 50)


def _alignment(values: Mapping[str, Value], display: str, *, stack: bool) -> tuple[str, bool]:
    """How the content is placed vertically, and whether what is too tall stays at the top."""
    if stack:
        return placed(_word(values, "justify-content"), safe=False)
    if display.endswith("flex"):
        return placed(_word(values, "align-items"), safe=False)
    # Chromium: a block that clips its content, as a slide does, never moves it out at the top
    return placed(_word(values, "align-content"), safe=not display.endswith("grid"))


def _doubt(values: Mapping[str, Value], display: str, scale: Scale, *, settled: bool) -> None:
    """Note what cannot be laid out; `settled`: the places in a grid are those of its named areas."""
    if _DOUBTFUL.isdisjoint(values) or display == "none" or values.get("position") in _AWAY:
        return
    if GENERATED in values:
        scale.doubts.add(GENERATED)
    if _word(values, "transform") not in ("", "none"):
        scale.doubts.add("transform")
    if _word(values, "writing-mode").startswith(("vertical", "sideways")):
        scale.doubts.add("writing-mode")
    if not settled and display.endswith("grid") and _word(values, "grid-template-areas") not in ("", "none"):
        scale.doubts.add("grid-template-areas")
    zoom = values.get("zoom")
    if isinstance(zoom, Length) and zoom.number != 1 and not zoom.uses("%"):
        scale.doubts.add("zoom")
    if not settled and any(isinstance(values.get(n), Length) or _word(values, n) not in ("", "auto") for n in _SPANS):
        scale.doubts.add("grid-area")
