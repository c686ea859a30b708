"""The most lines that texts can make, without looking for the places where they break.

A line that is not the last one is fuller than its width less the part, not to be broken, that the next one begins with. From that
follows the most lines that a text of known width can make.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, repeat
from math import inf

from decklint.layout.lines.gauge import Gauge, gauge
from decklint.layout.lines.text import BRACKET, Run

_HAN = r"\u4e00-\u9fff\u3041-\u3096\u30a1-\u30fa"
_PARTING = re.compile(rf"[{_HAN}]{{2,}} *| +")
"""Where a line may break whatever stands before and behind: inside of Han and kana, and behind spaces."""
LONG = 2.5
"""Texts of so many times the width if all of their characters were one em wide hardly stand on one line."""


def plain_lines(text: str, measure: Gauge, width: float) -> float:
    """The most lines that text in one font makes."""
    if len(text) * measure.em < LONG * width and sum(map(measure.chars.__getitem__, text)) <= width:
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


def run_lines(runs: Sequence[Run], width: float) -> float:
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
