"""Which slides fit for certain: a bound of what their text takes, which is never too low, instead of laying them out.

Three ways, each for what the one before leaves open: the widths of characters, where they stand on one line; the most lines that
a text of known width can make; the lines themselves, as long as they decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import NamedTuple

from decklint.deck.nodes import CodeBlock, Text
from decklint.layout.boxes.blocks import Flow, is_fit
from decklint.layout.boxes.floats import floating
from decklint.layout.boxes.tree import TEXT, Item
from decklint.layout.lines.gauge import gauge
from decklint.layout.lines.inline import runs_of
from decklint.layout.lines.linecount import LONG, plain_lines, run_lines
from decklint.layout.lines.text import line_of
from decklint.layout.lines.unbroken import is_text, unbroken

_PLAIN = frozenset(("div", "p", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", TEXT))
_BYTES = 3
"""Of a Chinese character in UTF-8, which is one em wide; those of other scripts are at least as wide by the byte."""
_ROUNDING = 0.1
"""Pixels that sums may differ by from those of the layout."""


class _Vague(NamedTuple):
    """A text that may make fewer lines than were counted."""

    most: float
    """The height that was counted."""
    item: Item
    width: float


def fits(flow: Flow, items: Sequence[Item], written: str, room: float, space: float) -> bool:
    """Whether the content of a slide fits for certain in `room` x `space` pixels; False says nothing.

    The items have their styles; `written` is the slide's source, which tells of very full ones at once that they do not. What is
    neither text nor code in full size (tables, formulas), and what has a size or a place of its own, is never certain.
    """
    section = flow.styles.section
    if not _is_plain(items, code=section.display == "block"):
        return False
    if len(written.encode(errors="replace")) / _BYTES * section.font.size * section.line_height > room * space:
        return False
    vague: list[_Vague] = []
    if section.display == "block" and section.columns == 1:
        height = _height(flow, items, room, vague)[0]
    elif section.display == "flex" and section.stack and not section.folds and section.gap >= 0:
        height = _height(flow, items, room, vague, apart=True)[0] + section.gap * len(items)
    else:
        return False
    return height + _ROUNDING <= space or _fits_broken(flow, vague, height + _ROUNDING - space)


def _is_plain(items: Sequence[Item], *, code: bool) -> bool:
    """Whether all items are such that their heights can be told; `code`: blocks of code among them."""
    for item in items:
        style, tag = item.style, item.tag
        if tag in _PLAIN and (style.flat or (tag == TEXT and style.plain)):
            if item.children and not style.hidden and not _is_plain(item.children, code=code):
                return False
        elif style.hidden or (
            tag == "pre" and code and style.edged and style.display == "block" and type(item.node) is CodeBlock
        ):
            continue
        else:
            return False
    return True


def _fits_broken(flow: Flow, vague: Iterable[_Vague], excess: float) -> bool:
    """Whether no pixel is in `excess` once texts are broken into lines, those first that may make most of them."""
    if excess == inf:
        return False
    for text in sorted(vague, key=_most, reverse=True):
        excess -= text.most - _broken(flow, text.item, text.width)
        if excess <= 0:
            return True
    return False


def _most(text: _Vague) -> float:
    return text.most


def _broken(flow: Flow, item: Item, width: float) -> float:
    """The height that the lines of a text take with their glyphs; infinite where one of them is too wide."""
    rows = flow.rows(item, width)
    if max([row.width for row in rows], default=0.0) > width + _ROUNDING:
        return inf
    return sum([row.height for row in rows]) + max([0.0, *[row.ink - row.height for row in rows]])


def _height(flow: Flow, items: Sequence[Item], room: float, vague: list[_Vague], *, apart: bool = False) -> tuple[float, float]:
    """The most that items below each other take, and the margin of the last one; `apart`: their margins do not meet."""
    height = below = 0.0
    for item in items:
        style = item.style
        if style.hidden:
            continue
        frame, margin = style.frame, style.margin
        if item.tag == TEXT:
            height, below = height + below + _text(flow, item, room, vague), 0.0
            continue
        height += (below + margin.top if apart else max(below, margin.top)) + frame.top + frame.bottom
        below = 0.0
        inner = room - margin.left - margin.right - frame.left - frame.right
        if item.leaf is not None:
            height += _text(flow, item, inner, vague)
        elif item.tag == "pre":
            height += _code(flow, item, room) - frame.top - frame.bottom
        elif item.children:
            taken, below = _height(flow, item.children, inner, vague)
            height += taken
        else:
            height += style.line_height
        if apart or frame.bottom:
            height, below = height + below, margin.bottom
        else:
            below = max(below, margin.bottom)
        if height == inf:
            break
    return height, below


def _code(flow: Flow, item: Item, room: float) -> float:
    """The height of a block of code; infinite where it is scaled, or wider than the block."""
    from decklint.layout.boxes.code import place_code

    box = place_code(flow, item, room)
    code = box.children[0]
    if box.scale != 1 or max([code.width, *[row.width for row in code.rows]]) > box.width - code.x:
        return inf
    return box.height + max([0.0, *[row.ink - row.height for row in code.rows[-1:]]])


def _text(flow: Flow, item: Item, width: float, vague: list[_Vague]) -> float:
    """The most height that the text of an item takes in lines of a width."""
    if item.leaf is None:
        return inf
    nodes, style = item.leaf.inlines, item.style
    flows = style.display != "inline-block"
    if flows and len(nodes) == 1 and type(node := nodes[0]) is Text and is_text(node.value):
        measure = gauge(style.font)
        above, below = measure.reach(style.line_height)
        count = plain_lines(node.value, measure, width)
        height = count * (above + max(below, measure.descent))
    else:
        if flows and len(item.leaf.raw) * style.font.size < LONG * width:
            short = unbroken(nodes, item.element, style, flow.styles, width)
            if short is not None:
                return short
        if is_fit(item) or floating(flow, item):
            return inf
        count, height = _mixed(flow, item, width)
    if height == inf:
        return _broken(flow, item, width)
    if count > 1:
        vague.append(_Vague(height, item, width))
    return height


def _mixed(flow: Flow, item: Item, width: float) -> tuple[float, float]:
    """The most lines that text in several fonts makes, and their height."""
    assert item.leaf is not None
    runs = item.runs = runs_of(item.leaf, item.element, flow.styles, flow.pictures)
    if not runs:
        return 0.0, 0.0
    line = line_of(0.0, runs, (item.style.font, item.style.line_height))
    count: float = 0
    start = 0
    for at, run in enumerate(runs):
        if run.block or run.limit is not None or not run.wraps or run.padding < 0:
            return inf, inf
        if run.breaks:
            count += max(1, run_lines(runs[start:at], width))
            start = at + 1
    count += run_lines(runs[start:] if start else runs, width)
    return count, count * line.height + max(0.0, line.ink - line.height)
