"""Where a slide is divided: its parts as few slides that fit, then as equally full as possible, none begun awkwardly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from decklint.deck.nodes import CodeBlock, Leaf, ListItem, Table, TableRow
from decklint.layout.dividing.unit import Unit
from decklint.layout.dividing.units import Parts
from decklint.layout.model import SlideLayout

_MOST = 400
"""More parts than this stand on no slide; the rest is left for the next round."""
_RESERVE = 0.3
"""Of a line: kept free, since margins at the ends of a slide are not those between blocks."""
_ANNOUNCED = 3.0
"""How awkward it is to begin a slide right behind the line that announces its first part: avoided wherever as many slides do."""
_IN_LIST, _LABEL = 0.15, 0.15
"""How awkward it is to begin it inside a list, and how good with a line that announces what follows."""
_LEFT_OVER, _LITTLE = 0.5, 0.15
"""How awkward it is to leave a few lines of a body for the last slide, and what part of its height is so few."""
_SENTENCE = re.compile(r"[。！？!?]|\.\s")

Weigh = Callable[[Unit], float]


def room_of(layout: SlideLayout) -> float:
    """The height that a slide has for its parts, in pixels."""
    line = min((row for row in map(_first_line, layout.root.children) if row), default=0.0)
    return layout.height - layout.padding.top - layout.padding.bottom - _RESERVE * line


def _first_line(box: object) -> float:
    rows = getattr(box, "rows", ())
    return rows[0].height if rows else max((_first_line(child) for child in getattr(box, "children", ())), default=0.0)


def starts_of(parts: Parts, room: float, weigh: Weigh | None = None) -> list[int] | None:
    """The number of the first unit of every slide; None where no places give slides that fit.

    With `weigh`, the units of no slide weigh more than 1 together either.
    """
    units = parts.units[:_MOST]
    best: list[tuple[int, float, int] | None] = [(0, 0.0, -1)] + [None] * len(units)
    for end in range(1, len(units) + 1):
        low = weight = 0.0
        for start in range(end - 1, -1, -1):
            unit = units[start]
            low = max(low, unit.bottom)
            weight += weigh(unit) if weigh is not None else 0.0
            if low - unit.top > room or weight > 1:
                break
            before, free = best[start], room - parts.head(unit) - (low - unit.top)
            if before is None or free < 0 or not (start == 0 or unit.opens) or _only_announces(units, start, end):
                continue
            cost = before[1] + (free / room) ** 2 + (_awkward(units, start, end) if start else 0.0)
            cost += _LEFT_OVER if unit.through and low - unit.top < _LITTLE * room else 0.0
            known = best[end]
            if known is None or (before[0] + 1, cost) < known[:2]:
                best[end] = (before[0] + 1, cost, start)
    return _path(best)


def _path(best: list[tuple[int, float, int] | None]) -> list[int] | None:
    starts: list[int] = []
    at = len(best) - 1
    while at > 0:
        step = best[at]
        if step is None:
            return None
        at = step[2]
        starts.append(at)
    return starts[::-1]


def _awkward(units: Sequence[Unit], start: int, end: int) -> float:
    """How badly a slide begins with a unit: best with a heading, badly behind a line that announces it."""
    unit, before = units[start], units[start - 1]
    if unit.level:
        return -0.5
    announced = before.node is not unit.node and _announces(before, unit)
    alone = end - start == 1 and (unit.list is not None or isinstance(unit.node, TableRow))
    labels = end - start > 1 and _announces(unit, units[start + 1])
    return (
        unit.cost
        + (_ANNOUNCED if announced else 0.0)
        + (0.3 if alone else 0.0)
        + (_IN_LIST if unit.list is not None and unit.place else 0.0)
        - (_LABEL if labels else 0.0)
    )


def _announces(before: Unit, unit: Unit) -> bool:
    """Whether a text says what comes next: it ends in a colon, or is a line without an end above a list, table or code."""
    node = before.node
    if isinstance(node, ListItem) and node.blocks and before.list is not unit.list:
        return isinstance(node.blocks[-1], Leaf) and node.blocks[-1].view.text.rstrip().endswith((":", "："))
    if not isinstance(node, Leaf):
        return False
    text = node.view.text.rstrip()
    is_line = "\n" not in text and not text.endswith((".", "。", "!", "！", "?", "？", "…"))
    return text.endswith((":", "：")) or (is_line and isinstance(unit.node, (ListItem, Table, CodeBlock)))


def _only_announces(units: list[Unit], start: int, end: int) -> bool:
    """Whether a slide would hold nothing but a line whose colon points at what comes on the next."""
    if end - start > 1 or end == len(units) or units[start].node is units[end].node:
        return False
    node = units[start].node
    text = node.view.text.rstrip() if isinstance(node, Leaf) else ""
    return text.endswith((":", "：")) and _SENTENCE.search(text) is None
