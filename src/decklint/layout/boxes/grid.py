"""Grids: items in named areas or in order, rows by their content or as asked for. Source: CSS Grid Layout Level 1, 8 and 12."""

from __future__ import annotations

from decklint.layout.boxes.blocks import Flow
from decklint.layout.boxes.items import ITEMS, cell, outer
from decklint.layout.boxes.tracks import width_of
from decklint.layout.boxes.tree import Item
from decklint.layout.model import Box, Style


def place_grid(flow: Flow, items: list[Item], style: Style, room: float, limit: float | None) -> tuple[list[Box], float]:
    """The boxes of a grid `room` pixels wide, and its height; `limit` is the height that the container has."""
    tracks = style.tracks or ((0.0, 1.0),) * max(1, style.columns)
    places = _places(items, style.areas, len(tracks))
    cells = [
        (cell(flow, item, width_of(tracks, columns, room, style.gap)), rows, columns)
        for item, (rows, columns) in zip(items, places, strict=True)
    ]
    heights = _row_heights([(outer(placed), rows) for placed, rows, _ in cells], style, limit)
    for placed, rows, columns in cells:
        placed.box.x += width_of(tracks, range(columns.start), room, style.gap) + style.gap if columns.start else 0.0
        tall = sum(heights[row] for row in rows) + style.row_gap * (len(rows) - 1)
        placed.box.y += sum(heights[: rows.start]) + style.row_gap * rows.start
        placed.box.y += (tall - outer(placed)) * ITEMS.get(style.items.split(" ")[-1], 0.0)
    return [placed.box for placed, _, _ in cells], sum(heights) + style.row_gap * max(0, len(heights) - 1)


def _row_heights(cells: list[tuple[float, range]], style: Style, limit: float | None) -> list[float]:
    """The heights of a grid's rows: as asked for in pixels, else by their content, and filling the container where they may."""
    count = max(max((rows.stop for _, rows in cells), default=0), len(style.row_tracks), len(style.areas))
    tracks = [*style.row_tracks, *((0.0, 1.0),) * count][:count]
    heights = [pixels for pixels, _ in tracks]
    for tall, rows in sorted(cells, key=lambda cell: len(cell[1])):
        free = [row for row in rows if tracks[row][1]]
        missing = tall - sum(heights[row] for row in rows) - style.row_gap * (len(rows) - 1)
        if missing > 0 and free:
            heights[free[-1]] += missing
    if limit is None or not (style.stretches or style.row_tracks):
        return heights
    shares = sum(share for _, share in tracks)
    spare = limit - sum(heights) - style.row_gap * max(0, count - 1)
    if spare > 0 and shares and style.stretches:
        heights = [height + spare * share / shares for height, (_, share) in zip(heights, tracks, strict=True)]
    return heights


def _places(items: list[Item], areas: tuple[tuple[str, ...], ...], count: int) -> list[tuple[range, range]]:
    """The rows and columns of each item: those of its area, else the next free place."""
    named: dict[str, list[tuple[int, int]]] = {}
    for i, names in enumerate(areas):
        for j, name in enumerate(names):
            named.setdefault(name, []).append((i, j))
    taken: set[tuple[int, int]] = set()
    for item in items:
        taken.update(named.get(item.style.area, ()) if item.style.area else ())
    places: list[tuple[range, range]] = []
    at = 0
    for item in items:
        cells = named.get(item.style.area, []) if item.style.area else []
        if cells:
            (top, left), (bottom, right) = cells[0], cells[-1]  # an area is a rectangle
            places.append((range(top, bottom + 1), range(left, right + 1)))
            continue
        while divmod(at, count) in taken:
            at += 1
        row, column = divmod(at, count)
        places.append((range(row, row + 1), range(column, column + 1)))
        at += 1
    return places
