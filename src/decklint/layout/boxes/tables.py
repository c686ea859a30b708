"""Tables: rows, cells and their borders. Sources: CSS 2.2, 17.5.3 (heights) and 17.6.2 (borders that collapse)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from decklint.layout.boxes.blocks import Flow
from decklint.layout.boxes.edges import frame, outer_height, outer_width, put_rows
from decklint.layout.boxes.shares import Cell, Row, shares
from decklint.layout.boxes.tree import TEXT, Item
from decklint.layout.model import Box, Sides, Style


def place_table(flow: Flow, item: Item, room: float) -> Box:
    """Lay out a table in a container `room` pixels wide; one that is a block stands in that block with its own edges."""
    style = item.style
    if style.display != "block":
        return _table(flow, item, style, outer_width(replace(style, width=None), room), room)
    around = frame(style)
    limit = outer_width(replace(style, width=None), room)
    bare = replace(style, width=None, max_width=None, min_width=None, padding=Sides(), border=Sides())
    inner = _table(flow, item, bare, limit - around.left - around.right, room)
    for row in inner.children:
        row.x += around.left
        row.y += around.top
    inner.width = min(inner.width + around.left + around.right, limit)
    inner.height = outer_height(style, inner.height + around.top + around.bottom, around.top + around.bottom)
    return inner


def _table(flow: Flow, item: Item, style: Style, limit: float, room: float) -> Box:
    rows = _rows(item)
    gap = 0.0 if style.collapses else style.spacing
    outer = _borders(rows, style, collapses=style.collapses)
    for row in rows:
        for cell in row.cells:
            _widths(flow, cell)
    edges = outer.left + outer.right
    asked = outer_width(style, room) - edges if style.width is not None else None
    widths = shares(rows, limit - edges, asked, gap)
    table = Box(item.node, "table", 0.0, 0.0, sum(widths) + gap * (len(widths) + 1) + edges, 0.0)
    y = outer.top
    for caption in item.children:
        if caption.tag == "caption":
            placed = flow.place(caption, table.width).box
            placed.y = y
            table.children.append(placed)
            y += placed.height
    y += gap
    for row in rows:
        box = _place_row(flow, row, widths, gap)
        box.x, box.y = outer.left, y
        table.children.append(box)
        y += box.height + gap
    table.height = max(y + outer.bottom, style.height or 0.0)
    return table


def _rows(table: Item) -> list[Row]:
    rows: list[Row] = []
    held: dict[int, int] = {}  # column -> rows that a cell above still fills
    for item in _row_items(table):
        row, column = Row(item), 0
        for cell in item.children:
            if cell.tag == TEXT or cell.style.hidden:
                continue
            while held.get(column, 0) > 0:
                held[column] -= 1
                column += 1
            span, tall = (_count(cell.attributes.get(name, "")) for name in ("colspan", "rowspan"))
            row.cells.append(Cell(cell, column, span, tall))
            for taken in range(column, column + span):
                held[taken] = tall - 1
            column += span
        rows.append(row)
    return rows


def _row_items(table: Item) -> Iterator[Item]:
    for child in table.children:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.children if row.tag == "tr" and not row.style.hidden)


def _count(text: str) -> int:
    return min(int(text), 50) if text.isdigit() and int(text) else 1


def _borders(rows: list[Row], style: Style, *, collapses: bool) -> Sides:
    """Give each cell its frame; what is left to the table's own edge."""
    if not collapses:
        for row in rows:
            for cell in row.cells:
                cell.frame = frame(cell.item.style)
        return frame(style)
    for i, row in enumerate(rows):
        above = rows[i - 1] if i else None
        below = rows[i + 1] if i + 1 < len(rows) else None
        for j, cell in enumerate(row.cells):
            border, padding, own = cell.item.style.border, cell.item.style.padding, row.item.style.border
            top = max(border.top, own.top, _bottom(above) if above else style.border.top)
            bottom = max(border.bottom, own.bottom, _top(below) if below else style.border.bottom)
            left = max(border.left, row.cells[j - 1].item.style.border.right if j else style.border.left)
            right = max(border.right, row.cells[j + 1].item.style.border.left if j + 1 < len(row.cells) else style.border.right)
            cell.frame = Sides(
                padding.top + top / 2, padding.right + right / 2, padding.bottom + bottom / 2, padding.left + left / 2
            )
    return _outer_half(rows, style.border)


def _top(row: Row) -> float:
    return max([row.item.style.border.top, *(cell.item.style.border.top for cell in row.cells)])


def _bottom(row: Row) -> float:
    return max([row.item.style.border.bottom, *(cell.item.style.border.bottom for cell in row.cells)])


def _outer_half(rows: list[Row], own: Sides) -> Sides:
    """The halves of the outermost borders that lie in the table's own edge."""
    filled = [row for row in rows if row.cells]
    if not filled:
        return Sides()
    left = max(own.left, *(row.cells[0].item.style.border.left for row in filled), 0.0)
    right = max(own.right, *(row.cells[-1].item.style.border.right for row in filled), 0.0)
    return Sides(max(own.top, _top(rows[0])) / 2, right / 2, max(own.bottom, _bottom(rows[-1])) / 2, left / 2)


def _widths(flow: Flow, cell: Cell) -> None:
    """Find the least and the most that a cell can use, and what it asks for, with its frame."""
    sides = cell.frame.left + cell.frame.right
    least, most = flow.extent(cell.item)
    style = cell.item.style
    if style.width_part is not None:
        cell.part = style.width_part
    elif style.width is not None:
        cell.asked = style.width + (0.0 if style.border_box else sides)
    elif (said := cell.item.attributes.get("width", "").strip()) and said.rstrip("%").isdigit():
        if said.endswith("%"):
            cell.part = int(said[:-1]) / 100
        else:
            cell.asked = float(said) + sides
    cell.least, cell.most = least + sides, most + sides
    if cell.asked is not None:
        cell.most = max(cell.least, cell.asked)


def _place_row(flow: Flow, row: Row, widths: list[float], gap: float) -> Box:
    boxes = []
    height = row.item.style.height or 0.0
    for cell in row.cells:
        width = sum(widths[cell.column : cell.column + cell.span]) + gap * (cell.span - 1)
        edge = cell.frame
        x = sum(widths[: cell.column]) + gap * (cell.column + 1)
        box = Box(cell.item.node, cell.item.tag, x, 0.0, width, 0.0)
        room = width - edge.left - edge.right
        if cell.item.leaf is not None:
            rows = flow.rows(cell.item, room)
            put_rows(box, rows, edge)
            content = sum(line.height for line in rows)
        else:
            pile = flow.pile(cell.item.children, room)
            box.children = pile.boxes
            content = pile.above.size + pile.height + pile.below.size
            for child in box.children:
                child.y += pile.above.size
        box.height = max(content + edge.top + edge.bottom, cell.item.style.height or 0.0)
        if cell.rows == 1:
            height = max(height, box.height)
        boxes.append((box, edge, content))
    for box, edge, content in boxes:
        tall = max(height, box.height)
        start = edge.top + max(0.0, (tall - content - edge.top - edge.bottom) / 2)
        for child in box.children:
            child.x += edge.left
            child.y += start
        box.height = tall
    return Box(row.item.node, "tr", 0.0, 0.0, sum(widths), height, children=[box for box, _, _ in boxes])
