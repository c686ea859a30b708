"""Flex containers: items beside or below each other. Source: CSS Flexible Box Layout Level 1, 9."""

from __future__ import annotations

from decklint.layout.boxes.blocks import Flow
from decklint.layout.boxes.edges import Placed, frame
from decklint.layout.boxes.items import ITEMS, cell, fitted, outer
from decklint.layout.boxes.tree import Item
from decklint.layout.model import Box, Style


def place_flex(flow: Flow, items: list[Item], style: Style, room: float, limit: float | None) -> tuple[list[Box], float]:
    """The boxes of a row of flex items `room` pixels wide, and its height; `limit` is the height that the container has."""
    boxes: list[Box] = []
    y = 0.0
    for line in _folded(flow, items, style, room):
        widths = _flexed(flow, line, room, style.gap)
        x = tall = 0.0
        outers = []
        for item, width in zip(line, widths, strict=True):
            placed = fitted(flow, item, width)
            outers.append(outer(placed))
            placed.box.x += x
            placed.box.y += y
            boxes.append(placed.box)
            tall = max(tall, outer(placed))
            x += width + style.gap
        if limit is not None and not style.folds:
            tall = max(tall, limit)
        for box, used in zip(boxes[-len(line) :], outers, strict=True):
            box.y += (tall - used) * ITEMS.get(style.align, 0.0)
        y += tall + style.row_gap
    return boxes, max(0.0, y - style.row_gap)


def _folded(flow: Flow, items: list[Item], style: Style, room: float) -> list[list[Item]]:
    """The items that stand beside each other, line by line."""
    if not style.folds:
        return [items]
    lines: list[list[Item]] = []
    left = 0.0
    for item in items:
        base, _ = _bases(flow, item, room)
        if not lines or base > left + 0.01:
            lines.append([])
            left = room
        lines[-1].append(item)
        left -= base + style.gap
    return lines


def _flexed(flow: Flow, items: list[Item], whole: float, gap: float) -> list[float]:
    """The widths that items get: what they ask for, grown or shrunk to the room."""
    found = [_bases(flow, item, whole) for item in items]
    bases = [base for base, _ in found]
    room = whole - gap * max(0, len(items) - 1)
    free = room - sum(bases)
    grows = sum(item.style.grow for item in items)
    if free > 0 and grows:
        return [base + free * item.style.grow / max(1.0, grows) for base, item in zip(bases, items, strict=True)]
    return bases if free >= 0 else _shrunk(bases, [least for _, least in found], room)


def _bases(flow: Flow, item: Item, whole: float) -> tuple[float, float]:
    """What an item asks for, and the least that it can be, in a container of a width; its margins included."""
    style = item.style
    edge = frame(style)
    edges = edge.left + edge.right
    sides = style.margin.left + style.margin.right
    low, high = flow.extent(item)
    asked = style.basis if style.basis is not None else style.width
    if style.basis is None and style.width_part is not None:
        asked = style.width_part * whole
    most = high + edges if asked is None else asked + (0.0 if style.border_box else edges)
    if style.max_width is not None:
        most = min(most, style.max_width if style.max_width_part is None else style.max_width_part * whole)
    least = low + edges if style.width is None else min(low + edges, most)
    return max(edges, most) + sides, least + sides


def _shrunk(bases: list[float], least: list[float], room: float) -> list[float]:
    """Widths that shrink in proportion, none below what its longest word needs."""
    held: set[int] = set()
    while True:
        free = room - sum(least[i] for i in held)
        whole = sum(base for i, base in enumerate(bases) if i not in held)
        widths = [least[i] if i in held else base * max(0.0, free) / whole if whole else 0.0 for i, base in enumerate(bases)]
        small = {i for i, width in enumerate(widths) if i not in held and width < max(least[i], 0.0)}
        if not small:
            return widths
        held |= small


def place_stack(flow: Flow, items: list[Item], style: Style, room: float, limit: float | None) -> tuple[list[Box], float]:
    """The boxes of flex items below each other, and their height; `limit` is the height that the container has."""
    """Items below each other; where they fold, those that pass the end of the container begin a new column."""
    columns: list[list[Placed]] = [[]]
    y = tallest = 0.0
    for item in items:
        width = min(room, _bases(flow, item, room)[0]) if style.folds else room
        placed = cell(flow, item, width)
        tall = outer(placed)
        if style.folds and limit is not None and columns[-1] and y + tall > limit + 0.01:
            columns.append([])
            y = 0.0
        placed.box.y += y
        columns[-1].append(placed)
        y += tall + style.gap
        tallest = max(tallest, y - style.gap)
    x = 0.0
    widths = [max((placed.box.x + placed.box.width for placed in column), default=0.0) for column in columns]
    spare = max(0.0, room - sum(widths)) / len(columns) if limit is not None else 0.0
    for column, width in zip(columns, widths, strict=True):
        for placed in column:
            placed.box.x += x
        x += width + spare
    return [placed.box for column in columns for placed in column], tallest
