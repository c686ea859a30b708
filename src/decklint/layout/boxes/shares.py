"""How a table shares its width among its columns. Source: CSS Table Module Level 3, 3.9."""

from __future__ import annotations

from itertools import pairwise

from decklint.layout.boxes.tree import Item
from decklint.layout.model import Sides
from decklint.records import dataclass, field


@dataclass(slots=True)
class Cell:
    """A cell of a table."""

    item: Item
    column: int
    span: int
    rows: int
    frame: Sides = field(default_factory=Sides)
    """Padding and its half of the borders."""
    least: float = 0.0
    most: float = 0.0
    asked: float | None = None
    """In pixels."""
    part: float | None = None
    """Of the table."""


@dataclass(slots=True)
class Row:
    """A row of a table."""

    item: Item
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class _Column:
    least: float = 0.0
    most: float = 0.0
    asked: bool = False
    """Whether a cell asks for a width in pixels."""
    part: float | None = None
    """The part of the table that a cell asks for."""


def shares(rows: list[Row], room: float, asked: float | None, gap: float) -> list[float]:
    """The widths of the columns: by content, or shared where there is too little or too much room."""
    columns = _columns(rows)
    if not columns:
        return []
    spent = gap * (len(columns) + 1)
    small, large = sum(column.least for column in columns), _natural(columns)
    target = max(small, min(large, room - spent) if asked is None else asked - spent)
    guesses = (
        [column.least for column in columns],
        [column.least if column.part is None else max(column.least, column.part * target) for column in columns],
        [_wanted(column, target) if column.asked or column.part is not None else column.least for column in columns],
        [_wanted(column, target) for column in columns],
    )
    for lower, upper in pairwise(guesses):
        low, high = sum(lower), sum(upper)
        if low <= target < high:
            share = (target - low) / (high - low)
            return [a + (b - a) * share for a, b in zip(lower, upper, strict=True)]
    return _grown(columns, guesses[-1], target)


def _wanted(column: _Column, target: float) -> float:
    return column.most if column.part is None else max(column.least, column.part * target)


def _natural(columns: list[_Column]) -> float:
    """The width of a table whose columns all get what they can use; one that asks for a part makes the table as wide."""
    wide = [column.most / column.part for column in columns if column.part]
    return max(sum(column.most for column in columns), *wide, 0.0)


def _grown(columns: list[_Column], widths: list[float], target: float) -> list[float]:
    """Widths that fill a table: columns that ask for nothing share what is left, else those in pixels, else all."""
    more = target - sum(widths)
    free = [column.part is None and not column.asked for column in columns]
    if not any(free):
        free = [column.part is None for column in columns]
    if not any(free):
        free = [True] * len(columns)
    whole = sum(width for width, grows in zip(widths, free, strict=True) if grows)
    count = sum(free)
    return [
        width + (more * (width / whole if whole else 1 / count) if grows else 0.0)
        for width, grows in zip(widths, free, strict=True)
    ]


def _columns(rows: list[Row]) -> list[_Column]:
    """What the columns can use; a cell over several raises them where they are too narrow for it."""
    count = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
    columns = [_Column() for _ in range(count)]
    wide = []
    for row in rows:
        for cell in row.cells:
            if cell.span > 1:
                wide.append(cell)
                continue
            column = columns[cell.column]
            column.least = max(column.least, cell.least)
            if cell.asked is not None:
                column.most = max(column.most if column.asked else 0.0, cell.most)
                column.asked = True
            elif not column.asked:
                column.most = max(column.most, cell.most)
            if cell.part is not None:
                column.part = max(column.part or 0.0, cell.part)
    for cell in wide:
        part = columns[cell.column : cell.column + cell.span]
        for column, least in zip(part, _raised([c.least for c in part], cell.least), strict=True):
            column.least = least
        for column, most in zip(part, _raised([c.most for c in part], cell.most), strict=True):
            column.most = most
    for column in columns:
        column.most = max(column.least, column.most)
    return columns


def _raised(widths: list[float], total: float) -> list[float]:
    more = total - sum(widths)
    if more <= 0:
        return widths
    whole = sum(widths)
    return [width + more * (width / whole if whole else 1 / len(widths)) for width in widths]
