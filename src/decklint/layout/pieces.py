"""What stays together on a line, over the borders of runs: a comma behind bold text stays with it.

Chromium 150 breaks before and behind each atomic run, whatever stands beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING

from decklint.layout.breaks import OBJECT, atoms
from decklint.layout.gauge import gauge

if TYPE_CHECKING:
    from decklint.layout.text import Run

_OPENING = frozenset("（《「『【〔〈［｛")
_FIRST = itemgetter(0)
_BEFORE_OPENING = frozenset("，。、．）》」』】〕〉］｝（《「『【〔〈［｛：；・\u3000")


@dataclass(slots=True)
class Pieces:
    """The atoms of runs, which stand on one line as far as there is room."""

    texts: list[str] = field(default_factory=list)
    fits: list[float] = field(default_factory=list)
    """The width of each at the end of a line: without the spaces behind it."""
    fulls: list[float] = field(default_factory=list)
    spans: list[tuple[int, int, Run]] = field(default_factory=list)
    """The runs, each with its first atom and the one behind its last; an atom over a border belongs to both."""

    def runs(self, start: int, end: int) -> list[Run]:
        """The runs that the atoms `start` to `end` touch."""
        spans = self.spans
        if len(spans) == 1:
            return [spans[0][2]]
        first = bisect_left(spans, start + 1, key=lambda span: span[1])
        found = []
        for begin, _, run in spans[first:]:
            if begin >= end:
                break
            found.append(run)
        return found

    def parts(self, at: int) -> list[tuple[Run, str]]:
        """The runs of one atom, each with its text."""
        runs = self.runs(at, at + 1)
        if len(runs) == 1:
            return [(runs[0], self.texts[at])]
        first = next(span for span in self.spans if span[2] is runs[0])
        before = sum(map(len, self.texts[first[0] : at])) - self._ahead(first)
        parts, start, text = [], before, self.texts[at]
        for run in runs:
            size = len(run.text) - start
            parts.append((run, text[:size]))
            text, start = text[size:], 0
        return parts

    def _ahead(self, span: tuple[int, int, Run]) -> int:
        """How many characters of a run's first atom belong to runs before it."""
        ahead = 0
        for begin, end, run in self.spans:
            if run is span[2]:
                break
            if end == span[0] + 1:
                ahead += len(run.text) - sum(map(len, self.texts[begin : end - 1])) if begin < end - 1 else len(run.text)
        return ahead


def pieces_of(runs: Sequence[Run]) -> Pieces:
    """The atoms of runs."""
    found = Pieces()
    text: list[Run] = []
    for run in runs:
        if run.width is None:
            if run.text:
                text.append(run)
            continue
        if text:
            _add_text(found, text)
            text = []
        found.spans.append((len(found.texts), len(found.texts) + 1, run))
        found.texts.append(OBJECT)
        found.fits.append(run.width)
        found.fulls.append(run.width)
    if text:
        _add_text(found, text)
    _tighten(found)
    return found


def _add_text(found: Pieces, runs: list[Run]) -> None:
    """Add runs of text, which nothing parts."""
    base = len(found.texts)
    if len(runs) == 1 and not runs[0].padding:
        texts = atoms(runs[0].text)
        fits, fulls = _widths(runs[0], texts)
        found.spans.append((base, base + len(texts), runs[0]))
    else:
        texts = atoms("".join(run.text for run in runs))
        fits, fulls = [0.0] * len(texts), [0.0] * len(texts)
        ends = list(accumulate(map(len, texts)))
        start = 0
        for run in runs:
            stop = start + len(run.text)
            first, last = bisect_left(ends, start + 1), bisect_left(ends, stop)
            _add_run(run, texts, ends, fits, fulls, start, stop)
            found.spans.append((base + first, base + last + 1, run))
            start = stop
    found.texts += texts
    found.fits += fits
    found.fulls += fulls


def _widths(run: Run, texts: list[str]) -> tuple[list[float], list[float]]:
    measure = gauge(run.font)
    fulls = list(map(measure.fulls.__getitem__, texts))
    return (fulls[:] if run.keeps else list(map(measure.fits.__getitem__, texts))), fulls


def _add_run(run: Run, texts: list[str], ends: list[int], fits: list[float], fulls: list[float], start: int, stop: int) -> None:
    """Add the widths of a run to those of the atoms that it stands in."""
    first, last = bisect_left(ends, start + 1), bisect_left(ends, stop)
    if last - first > 1:
        fits[first + 1 : last], fulls[first + 1 : last] = _widths(run, texts[first + 1 : last])
    for at in {first, last}:
        begin = ends[at] - len(texts[at])
        part = texts[at][max(0, start - begin) : stop - begin]
        measure = gauge(run.font)
        fit, full = measure.fits[part], measure.fulls[part]
        left = run.padding / 2 if at == first else 0.0
        right = run.padding / 2 if at == last else 0.0
        if fit or right or run.keeps:
            fits[at] = fulls[at] + left + (full if run.keeps else fit) + right
        fulls[at] += left + full + right


def _tighten(found: Pieces) -> None:
    """Take the empty half away that a sign loses before an opening bracket on the same line."""
    texts = found.texts
    if _OPENING.isdisjoint(map(_FIRST, texts)):
        return
    for at in range(1, len(texts)):
        if texts[at][0] in _OPENING and texts[at - 1][-1] in _BEFORE_OPENING:
            found.fulls[at - 1] -= found.runs(at, at + 1)[0].font.size / 2
