"""Which slides fit for certain: a bound of what their text takes, which is never too low, instead of laying them out.

A line that is not the last one is fuller than its width less the part, not to be broken, that the next one begins with. From that
follows the most lines that a text of known width can make, without looking for the places where they break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from math import inf
from typing import NamedTuple

from decklint.deck.nodes import Text
from decklint.layout.blocks import Flow, is_fit
from decklint.layout.floats import floating
from decklint.layout.gauge import Gauge, gauge
from decklint.layout.inline import runs_of
from decklint.layout.text import BRACKET, Run, line_of
from decklint.layout.tree import TEXT, Item
from decklint.layout.unbroken import is_text, unbroken

_PLAIN = frozenset(("p", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", TEXT))
_BLOCKS = frozenset(("block", "list-item"))
_HAN = r"\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fa"
_PARTING = re.compile(rf"[{_HAN}]{{2,}} *| +")
"""Where a line may break whatever stands before and behind: inside of Han and kana, and behind spaces."""
_LONG = 2.5
"""Texts of so many times the width if all of their characters were one em wide hardly stand on one line."""
_BYTES = 3
"""Of a Chinese character in UTF-8, which is one em wide; those of other scripts are at least as wide by the byte."""
_ROUNDING = 0.1
"""Pixels that sums may differ by from those of the layout."""


class _Vague(NamedTuple):
    """A text of which nobody knows yet how many lines it makes."""

    most: float
    """A bound of its height; infinite where there is none."""
    item: Item
    width: float


def fits(flow: Flow, items: Sequence[Item], written: str, room: float, space: float) -> bool:
    """Whether the content of a slide fits for certain in `room` x `space` pixels; False says nothing.

    The items have their styles; `written` is the slide's source, which tells of very full ones at once that they do not. What is
    not text (code, tables), and what has a size or a place of its own, is never certain.
    """
    section = flow.styles.section
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
        if item.tag not in _PLAIN or not style.plain or (style.display not in _BLOCKS and item.tag != TEXT):
            return inf, 0.0
        frame, margin = style.frame, style.margin
        if item.tag == TEXT:
            height, below = height + below + _text(flow, item, room, vague), 0.0
            continue
        height += (below + margin.top if apart else max(below, margin.top)) + frame.top + frame.bottom
        below = 0.0
        inner = room - margin.left - margin.right - frame.left - frame.right
        if item.leaf is not None:
            height += _text(flow, item, inner, vague)
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


def _text(flow: Flow, item: Item, width: float, vague: list[_Vague]) -> float:
    """The most height that the text of an item takes in lines of a width."""
    if item.leaf is None:
        return inf
    nodes, style = item.leaf.inlines, item.style
    if len(nodes) == 1 and type(node := nodes[0]) is Text and is_text(node.value) and style.display != "inline-block":
        measure = gauge(style.font)
        above, below = measure.reach(style.line_height)
        count = _plain(node.value, measure, width)
        height = count * (above + max(below, measure.descent))
    else:
        if len(item.leaf.raw) * style.font.size < _LONG * width:
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
            count += max(1, _lines(runs[start:at], width))
            start = at + 1
    count += _lines(runs[start:] if start else runs, width)
    return count, count * line.height + max(0.0, line.ink - line.height)


def _plain(text: str, measure: Gauge, width: float) -> float:
    """The most lines that text in one font makes."""
    if len(text) * measure.em < _LONG * width and sum(map(measure.chars.__getitem__, text)) <= width:
        return 1 if text.strip(" \t\n\r\f") else 0
    text = text.strip(" ")
    pieces = _PARTING.split(text)
    parts = list(map(measure.most.__getitem__, pieces))
    between, spaces = len(text) - sum(map(len, pieces)), text.count(" ")
    total = sum(parts) + (between - spaces) * measure.em + spaces * measure.most[" "]
    if total <= width:
        return 1
    if text[-1] in BRACKET:  # which may stand out at the end of a text
        return inf
    wide = 0.0 if text.isascii() else measure.em
    parts.sort(reverse=True)
    return _most_lines(total, width, parts, 2 * wide, wide)


def _lines(runs: Sequence[Run], width: float) -> float:
    """The most lines that runs make."""
    total = glued = wide = hung = 0.0
    parts: list[float] = []
    for run in runs:
        measure, text = gauge(run.font), run.text
        if run.width is not None or run.whole:
            atom = run.width if run.width is not None else measure.most[text] + run.padding
            if atom > width:
                return inf
            total += atom
            glued += atom
            continue
        pieces = _PARTING.split(text)
        widths = list(map(measure.most.__getitem__, pieces))
        between, spaces = len(text) - sum(map(len, pieces)), text.count(" ")
        total += sum(widths) + run.padding + (between - spaces) * measure.em + spaces * measure.most[" "]
        glued += widths[0] + run.padding
        if len(widths) > 1:
            parts += (glued, *widths[1:-1])
            glued = widths[-1] + run.padding
        if not text.isascii():
            wide = max(wide, measure.em)
        if run.keeps:
            hung = max(hung, measure.most[" "])
    if total <= width:
        return 1
    if runs[-1].text.rstrip(" ")[-1:] in BRACKET:  # which may stand out at the end of a text
        return inf
    return _most_lines(total, width, sorted((*parts, glued), reverse=True), 2 * wide + hung, wide)


def _most_lines(total: float, width: float, parts: Sequence[float], beside: float, wide: float) -> float:
    """The most lines that `total` pixels of text make, each of which began with a part for which the one before had no room.

    The longest parts could do so: `parts` in falling order, each with at most `beside` pixels of what may hang together with it,
    then Chinese characters, `wide` pixels each.
    """
    if parts[0] + beside >= width or wide + 1 > width:
        return inf
    count, filled = 1, 0.0
    for part in chain(parts, repeat(wide - beside)):
        filled += width - part - beside
        if filled >= total:
            break
        count += 1
    return count
