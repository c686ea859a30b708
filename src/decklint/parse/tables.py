"""The lines of a table: delimiter row, rows, cells. As markdown-it 14 reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Token = dict[str, Any]


def column_count(rule: str) -> int | None:
    """The number of columns of a delimiter row, or None where it is none."""
    rule = rule.lstrip()
    if len(rule) < 2 or (rule[0] == "-" and rule[1] in " \t"):  # a list
        return None
    columns = [part.strip() for part in rule.rstrip().strip("|").split("|")]
    return len(columns) if all(re.fullmatch(r":?-+:?", column) for column in columns) else None


def row(src: str, start: int, end: int, columns: int) -> Token:
    """One row; surplus cells are cut, as markdown-it does."""
    cells: list[Token] = []
    for left, right in list(cell_ranges(src[start:end]))[:columns]:
        cells.append(_cell(src, start + left, start + right))
    return {"type": "row", "at": [start, start + len(src[start:end].rstrip())], "children": cells}


def _cell(src: str, start: int, end: int) -> Token:
    r"""One cell; `\|` is a pipe there whatever stands around it, even in code."""
    text, segments, at = "", [(0, start)], start
    while (escape := src.find("\\|", at, end)) >= 0:
        text += src[at:escape]
        at = escape + 1
        segments.append((len(text), at))
    return {"type": "cell", "at": [start, end], "segments": segments, "text": text + src[at:end]}


def cell_ranges(line: str) -> Iterator[tuple[int, int]]:
    """The ranges of the cells of a row, blanks trimmed, cut at pipes that are not escaped."""
    start, end = 0, len(line.rstrip(" \t"))
    lead = len(line) - len(line.lstrip(" "))
    if line[lead : lead + 1] == "|":
        start = lead + 1
    if end > start and line[end - 1] == "|" and line[end - 2 : end - 1] != "\\":
        end -= 1
    at = start
    while at <= end:
        if at == end or line[at] == "|":
            cell = line[start:at]
            left = start + len(cell) - len(cell.lstrip())
            yield left, max(left, start + len(cell.rstrip()))
            start = at + 1
        at += 2 if at < end and line[at] == "\\" else 1
