"""The pieces of fenced code that may stand on a slide of their own, each as tall as it is shown there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import inf

from decklint.deck.nodes import CodeBlock
from decklint.layout.dividing.codecuts import code_cuts, inner_cuts
from decklint.layout.dividing.unit import Unit
from decklint.layout.model import Box
from decklint.text import Source, Span

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^\n]*")


def code(source: Source, box: Box, node: CodeBlock, *, through: bool = False) -> Iterator[Unit]:
    """Pieces of code, as tall as they are where only their width scales them down; `through`: also inside of bodies."""
    text = box.children[0] if box.children else box
    lines = node.value.removesuffix("\n").split("\n")
    first = source.line_of(node.span.start)
    fence = _FENCE.fullmatch(source.slice(first))
    if fence is None or len(text.rows) != len(lines):
        return
    inner = dict(inner_cuts(lines, node.info)) if through else {}
    cuts = dict(code_cuts(lines, node.info)) | inner
    bounds = [0, *sorted(cuts), len(lines)]
    above = (text.y - box.y) / box.scale
    below = (box.y + box.height - text.y - text.height) / box.scale
    tops = list(accumulate(_heights(box, text, bounds), initial=box.y + above))
    for (start, _), (top, bottom) in zip(pairwise(bounds), pairwise(tops), strict=True):
        unit = Unit(node, top if start else box.y, bottom + below)
        if start:
            unit.at = source.line_of(text.rows[start].source).start
            unit.dropped = Span(_end_before(source, text, lines, start), unit.at)
            unit.closes, unit.again = f"{fence[1]}\n", source.slice(first).strip() + "\n"
            unit.again_takes, unit.cost, unit.through = above, cuts[start], start in inner
        yield unit


def _heights(box: Box, text: Box, bounds: Sequence[int]) -> Iterator[float]:
    """How tall each piece is; beside a wider one it is scaled down more, and never taller."""
    most = box.width if text.scale < 1 else inf
    padding = text.width - max(row.width for row in text.rows)
    for start, end in pairwise(bounds):
        rows = text.rows[start:end]
        wide = (padding + max(row.width for row in rows)) / text.scale
        yield sum(row.height for row in rows) / text.scale * (min(1.0, most / wide) if wide > 0 else 1.0)


def _end_before(source: Source, text: Box, lines: Sequence[str], start: int) -> int:
    """Where the last line with text before a line ends: the blank ones between them are not needed."""
    last = start - 1
    while not lines[last].strip():
        last -= 1
    return min(source.line_of(text.rows[last].source).end + 1, source.line_of(text.rows[start].source).start)
