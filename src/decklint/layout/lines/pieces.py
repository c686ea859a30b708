"""What stays together on a line, over the borders of runs: a comma behind bold text stays with it.

Chromium 150 breaks before and behind each atomic run, whatever stands beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING

from decklint.layout.lines.breaks import OBJECT, STRETCH, parts
from decklint.layout.lines.gauge import gauge
from decklint.records import dataclass, field

if TYPE_CHECKING:
    from decklint.layout.lines.text import Run

_OPENING = frozenset("（《「『【〔〈［｛")
_FIRST = itemgetter(0)
_BEFORE_OPENING = frozenset("，。、．）》」』】〕〉］｝（《「『【〔〈［｛：；・\u3000")


@dataclass(slots=True)
class Pieces:
    """The pieces of runs, which stand on one line as far as there is room: atoms, and stretches that break anywhere."""

    texts: list[str] = field(default_factory=list)
    fits: list[float] = field(default_factory=list)
    """The width of each at the end of a line: without the spaces behind it."""
    fulls: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    """Of a stretch: the width of each of its characters; 0 for an atom."""
    spans: list[tuple[int, int, Run]] = field(default_factory=list)
    """The runs, each with its first piece and the one behind its last; an atom over a border belongs to both."""

    def touched(self, start: int, end: int) -> range:
        """Which of `spans` the pieces `start` to `end` touch."""
        spans = self.spans
        if len(spans) == 1:
            return range(1)
        first = bisect_left(spans, start + 1, key=lambda span: span[1])
        last = first
        while last < len(spans) and spans[last][0] < end:
            last += 1
        return range(first, last)

    def runs(self, start: int, end: int) -> list[Run]:
        """The runs that the pieces `start` to `end` touch."""
        return [self.spans[at][2] for at in self.touched(start, end)]

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
    """The pieces of runs."""
    if len(runs) == 1 and not runs[0].padding and runs[0].width is None and runs[0].text:
        found = _of_one(runs[0])
        _tighten(found)
        return found
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
        found.steps.append(0.0)
    if text:
        _add_text(found, text)
    _tighten(found)
    return found


def _of_one(run: Run) -> Pieces:
    """The pieces of one run of text."""
    kinds = parts(run.text)
    ends = list(accumulate(map(len, kinds)))
    texts = list(map(run.text.__getitem__, map(slice, [0, *ends], ends)))
    fits, fulls, steps = _widths(run, texts, kinds)
    return Pieces(texts, fits, fulls, steps, [(0, len(texts), run)])


def _add_text(found: Pieces, runs: list[Run]) -> None:
    """Add runs of text, which nothing parts."""
    base = len(found.texts)
    text = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])
    kinds = parts(text)
    if len(runs) > 1 or runs[0].padding:
        kinds = list(_cut(kinds, runs))
    ends = list(accumulate(map(len, kinds)))
    texts = [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    if len(runs) == 1 and not runs[0].padding:
        fits, fulls, steps = _widths(runs[0], texts, kinds)
        found.spans.append((base, base + len(texts), runs[0]))
    else:
        fits, fulls, steps = ([0.0] * len(texts) for _ in range(3))
        start = 0
        for run in runs:
            stop = start + len(run.text)
            first, last = bisect_left(ends, start + 1), bisect_left(ends, stop)
            inner = slice(first + 1, last)
            if last - first > 1:
                fits[inner], fulls[inner], steps[inner] = _widths(run, texts[inner], kinds[inner])
            for at in {first, last}:
                begin = ends[at] - len(texts[at])
                part = texts[at][max(0, start - begin) : stop - begin]
                steps[at] = 0.0 if kinds[at][:2] != STRETCH else gauge(run.font).em
                _add_part(run, part, at, fits, fulls, is_first=at == first, is_last=at == last)
            found.spans.append((base + first, base + last + 1, run))
            start = stop
    found.texts += texts
    found.fits += fits
    found.fulls += fulls
    found.steps += steps


def _cut(kinds: Iterable[str], runs: Sequence[Run]) -> Iterator[str]:
    """Cut stretches where a run ends; those of a run with padding, which its first character has alone, into characters."""
    rest = iter(runs)
    run = next(rest)
    at, border = 0, len(run.text)
    for part in kinds:
        end = at + len(part)
        while border <= at or (part[:2] == STRETCH and at < end):
            if border <= at:
                run = next(rest)
                border += len(run.text)
                continue
            stop = min(end, border)
            yield from (part[at - end :][: stop - at],) if not run.padding else part[at - end :][: stop - at]
            at = stop
        if at < end:
            yield part
            at = end


def _widths(run: Run, texts: list[str], kinds: list[str]) -> tuple[list[float], list[float], list[float]]:
    """What the pieces of a run are wide at the end of a line and inside of it, and their steps."""
    measure = gauge(run.font)
    em, known, bare = measure.em, measure.fulls, measure.fits
    steps = [em if kind[:2] == STRETCH else 0.0 for kind in kinds]
    fulls = [len(text) * step if step else known[text] for text, step in zip(texts, steps, strict=True)]
    fits = fulls[:]
    if not run.keeps and (" " in run.text or "\u200b" in run.text):
        for at, text in enumerate(texts):
            if text[-1] in " \u200b":
                fits[at] = bare[text]
    return fits, fulls, steps


def _add_part(run: Run, part: str, at: int, fits: list[float], fulls: list[float], *, is_first: bool, is_last: bool) -> None:
    """Add the width of a run's part of a piece to that of the piece."""
    measure = gauge(run.font)
    fit, full = measure.fits[part], measure.fulls[part]
    left = run.padding / 2 if is_first else 0.0
    right = run.padding / 2 if is_last else 0.0
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
