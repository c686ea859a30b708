"""What stands side by side: flex containers, grids, and columns of text.

Source of the last: CSS Multi-column Layout Level 1, 5 to 8.
"""

from __future__ import annotations

from itertools import pairwise

from decklint.layout.boxes.blocks import Flow
from decklint.layout.boxes.edges import frame, outer_height, outer_width
from decklint.layout.boxes.flex import place_flex, place_stack
from decklint.layout.boxes.grid import place_grid
from decklint.layout.boxes.items import cell, outer
from decklint.layout.boxes.tree import TEXT, Item
from decklint.layout.model import Box, Style


def place_columns(flow: Flow, item: Item, room: float) -> Box:
    """Lay out a container whose content stands side by side."""
    style = item.style
    around = frame(style)
    width = outer_width(style, room)
    box = Box(item.node, item.tag, 0.0, 0.0, width, 0.0)
    limit = style.height if style.height is not None else style.max_height
    if limit is not None and style.border_box:
        limit -= around.top + around.bottom
    box.children, tall = fill(flow, item.children, style, width - around.left - around.right, limit)
    for child in box.children:
        child.x += around.left
        child.y += around.top
    box.height = tall + around.top + around.bottom
    box.height = outer_height(style, box.height, around.top + around.bottom)
    return box


def fill(flow: Flow, items: list[Item], style: Style, room: float, limit: float | None) -> tuple[list[Box], float]:
    """The boxes in a container of that style, and the height that they take; `limit` is how tall the container is."""
    shown = [item for item in items if not item.style.hidden]
    if style.display == "grid":
        return place_grid(flow, shown, style, room, limit)
    if style.display == "flex":
        return place_stack(flow, shown, style, room, limit) if style.stack else place_flex(flow, shown, style, room, limit)
    return _columns(flow, shown, style, room, limit)


def _columns(flow: Flow, items: list[Item], style: Style, room: float, limit: float | None) -> tuple[list[Box], float]:
    """Columns of text; what stands across all of them parts what is above it from what is below."""
    boxes: list[Box] = []
    y, part = 0.0, []
    for item in [*items, None]:
        if item is not None and not item.style.spans:
            part.append(item)
            continue
        if part:
            more, tall = _balanced(flow, part, style, room, None if limit is None else max(0.0, limit - y))
            for box in more:
                box.y += y
            boxes += more
            y += tall
            part = []
        if item is not None:
            placed = cell(flow, item, room)
            placed.box.y += y
            boxes.append(placed.box)
            y += outer(placed)
    return boxes, y


def _balanced(flow: Flow, items: list[Item], style: Style, room: float, limit: float | None) -> tuple[list[Box], float]:
    """Columns filled as evenly as whole lines allow; what is more than they hold goes on to the right."""
    width = (room - style.gap * (style.columns - 1)) / style.columns
    pile = flow.pile(items, width)
    above, whole = pile.above.size, pile.above.size + pile.height
    for box in pile.boxes:
        box.y += above
    pieces = sorted({piece for box in pile.boxes for piece in _pieces(box, 0.0)})
    forced = {
        box.y: box.y - item.style.margin.top
        for item, box in zip(items, pile.boxes, strict=False)
        if item.style.breaks and box.y > above
    }
    low, high = whole / style.columns, whole
    while high - low > 0.5:
        middle = (low + high) / 2
        if len(_starts(pieces, middle, forced)) <= style.columns:
            high = middle
        else:
            low = middle
    starts = _starts(pieces, high if limit is None else min(high, limit), forced)
    _deal(pile.boxes, starts, 0.0, width + style.gap)
    tops = [*starts, whole + 1.0]
    ends = [max((bottom for top, bottom in pieces if start <= top < end), default=start) - start for start, end in pairwise(tops)]
    ends[-1] += pile.below.size
    return pile.boxes, max(ends)


def _pieces(box: Box, y: float) -> list[tuple[float, float]]:
    """Upper and lower ends of what no column parts: lines, tables, code."""
    y += box.y
    if box.children and box.kind not in ("table", "pre", "math"):
        return [piece for child in box.children for piece in _pieces(child, y)]
    if not box.rows:
        return [(y, y + box.height)]
    pieces = []
    for row in box.rows:
        pieces.append((y, y + row.height))
        y += row.height
    return pieces


def _starts(pieces: list[tuple[float, float]], height: float, forced: dict[float, float]) -> list[float]:
    """Where columns of a height begin. Margins above what begins a column are left out, save where it is `forced` to."""
    starts = [0.0]
    for top, bottom in pieces:
        if forced.get(top, 0.0) > starts[-1]:
            starts.append(forced[top])
        elif top > starts[-1] and bottom - starts[-1] > height + 0.01:
            starts.append(top)
    return starts


def _deal(boxes: list[Box], starts: list[float], y: float, step: float) -> None:
    """Move what stands behind the end of a column into the next; a paragraph stays where its first line is."""
    for box in boxes:
        top, bottom = y + box.y, y + box.y + box.height
        column = max(0, sum(top + 0.01 >= start for start in starts) - 1)
        parted = column + 1 < len(starts) and bottom > starts[column + 1] + 0.01
        if parted and box.children and box.kind not in ("table", "pre", "math"):
            _deal(box.children, starts, top, step)
            continue
        box.x += column * step
        box.y -= starts[column]
        if parted and box.rows:
            _part(box, starts[column + 1] - top, step)


def _part(box: Box, room: float, step: float) -> None:
    """Move the lines of a box behind the first `room` pixels into a box at the top of the next column."""
    height, here = 0.0, 0
    while here < len(box.rows) and height + box.rows[here].height <= room + 0.01:
        height += box.rows[here].height
        here += 1
    rest = box.rows[here:]
    box.rows = box.rows[:here]
    if rest:
        more = Box(box.node, TEXT, step, -box.y, box.width, box.height - height, lines=len(rest), rows=rest)
        box.children = [more]
    box.height = height
