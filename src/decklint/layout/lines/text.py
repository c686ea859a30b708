"""Lines of text: where a browser breaks them, how wide and tall they get, and where their glyphs end.

Sources: CSS 2.2 (10.8) for the height of a line, CSS Text 3 for spaces and long words, Chromium 150 for how it rounds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from decklint.layout.lines.gauge import gauge
from decklint.layout.lines.pieces import Pieces, pieces_of
from decklint.layout.model import Font
from decklint.records import dataclass

_ROUNDING = 0.02
"""Browsers count in 64ths of a pixel."""
_LONG = 4.0
"""Texts of so many times the width if all of their characters were one em wide stand on several lines; narrower ones may not."""
BRACKET = frozenset("）》」』】〕〉］｝")
"""What gives up its empty half at the end of a line to fit on it, as Chromium does it (CSS Text 4, `text-spacing-trim`)."""


@dataclass(slots=True)
class Run:
    """A stretch of a line with one font, or one thing that is not broken (a picture, a formula, an emoji)."""

    text: str
    font: Font
    padding: float = 0.0
    """Left and right together, as inline code has."""
    width: float | None = None
    """Of an atomic run; None for text."""
    height: float = 0.0
    """Of an atomic run."""
    line_height: float = 0.0
    """Of text."""
    breaks: bool = False
    """A forced line break, `<br>`."""
    wraps: bool = True
    """False where `white-space` keeps lines whole."""
    breaks_words: bool = False
    """Whether a word that is longer than a line is broken anywhere (`overflow-wrap`)."""
    keeps: bool = False
    """Whether spaces at the end of a line take room there (`white-space: break-spaces`)."""
    whole: bool = False
    """Whether it is a block of its own within the line (`inline-block`)."""
    block: bool = False
    """Whether it is a block that parts the lines before and after it, as a picture with `display: block`."""
    depth: float = 0.0
    """How far an atomic run reaches below the baseline, within its height."""
    shift: float = 0.0
    """How far text is raised above the baseline (`<sup>`), or lowered."""
    limit: float | None = None
    """The most that an atomic run may take of the line's width, as a part of it (`max-width: 100%`)."""
    follows: bool = False
    """Whether its height follows its width where that is limited."""
    stretches: bool = False
    """Whether it is as wide as the line."""
    source: int = 0
    """The offset in the deck's source where it begins."""


@dataclass(slots=True)
class Line:
    """One line as laid out."""

    width: float
    """Without spaces at its end, which hang."""
    height: float
    source: int = 0
    """The offset in the deck's source where it begins, as near as the nearest run."""
    ink: float = 0.0
    """The lower end of its glyphs and pictures, from the line's top: like browsers, that of the font for all letters."""


def break_lines(runs: Sequence[Run], width: float, *, strut: tuple[Font, float] | None = None) -> list[Line]:
    """The lines that runs make in a box `width` pixels wide.

    `strut`: font and line height of the box itself, which every line is at least as high as; else those of the first run
    that has a line height.
    """
    if strut is None:
        strut = next(((run.font, run.line_height) for run in runs if run.line_height), None)
    lines: list[Line] = []
    part: list[Run] = []
    for run in runs:
        if run.block:
            lines += _filled(part, width, strut) if part else ()
            part = []
            shown = _limited(run, width)
            lines.append(Line(shown.width or 0.0, shown.height, run.source, shown.height))
            continue
        part.append(run)
        if run.breaks:
            lines += _filled(part, width, strut)
            part = []
    if part:
        lines += _filled(part, width, strut)
    return lines


def _filled(runs: list[Run], width: float, strut: tuple[Font, float] | None) -> Iterator[Line]:
    """The lines between two forced breaks."""
    if len(runs) > 1 or runs[0].width is not None or runs[0].whole:
        runs = [_settled(run, width) for run in runs if run.text or run.width is not None or run.padding or run.breaks]
    whole = len(runs) == 1 and not runs[0].wraps
    if not whole and sum([len(run.text) * run.font.size for run in runs]) > _LONG * width:
        return _greedy(pieces_of(runs), width, strut)
    total = 0.0
    for run in runs:
        total += gauge(run.font).width(run.text) + run.padding if run.width is None else run.width
    last = runs[-1]
    if last.breaks and len(runs) > 1:
        last = runs[-2]
    if last.text.endswith(" ") and last.width is None and not last.keeps:
        measure = gauge(last.font)
        total -= measure.width(last.text) - measure.width(last.text.rstrip(" "))
    if whole or total <= width + _ROUNDING:
        return iter((line_of(total, runs, strut),))
    return _greedy(pieces_of(runs), width, strut)


def _settled(run: Run, width: float) -> Run:
    """A run, with a block within the line and text that is never broken made atomic."""
    if run.width is not None:
        return _limited(run, width)
    if not run.text or (run.wraps and not run.whole):
        return run
    measure = gauge(run.font)
    natural = measure.width(run.text) + run.padding
    above, below = measure.reach(run.line_height)
    if natural <= width or not run.wraps:
        return replace(run, width=natural, height=above + below, depth=below)
    inner = break_lines([replace(run, whole=False, padding=0.0)], max(1.0, width - run.padding))
    return replace(run, width=width, height=sum(line.height for line in inner), depth=below)


def _limited(run: Run, width: float) -> Run:
    """A picture as the line's width lets it be."""
    if run.width is None or run.limit is None:
        return run
    wide = min(width if run.stretches else run.width, width * run.limit)
    if wide == run.width:
        return run
    return replace(run, width=wide, height=run.height * wide / run.width if run.follows and run.width else run.height)


def _greedy(pieces: Pieces, width: float, strut: tuple[Font, float] | None) -> Iterator[Line]:
    """Lines, each as full as can be."""
    texts, fits, steps = pieces.texts, pieces.fits, pieces.steps
    ends = [0.0, *accumulate(pieces.fulls)]
    line = _Liner(pieces, strut)
    count, at, start, first = len(fits), 0, 0.0, 0
    used = 0  # characters of the stretch that the line begins in, on the lines before: they stand left of its start
    rest: float | None = None
    while at < count:
        limit = width - start + ends[at] + _ROUNDING
        end = max(at, bisect_right(ends, limit, at, count + 1) - 1)
        if end < count and (step := steps[end]):
            most, least = len(texts[end]), used if end == at else 0
            fitting = min(int((limit - ends[end]) / step), most - 1)
            if end == at and rest is None:
                fitting = max(fitting, used + 1)
            if fitting > least:
                yield line.of(start + ends[end] - ends[at] + fitting * step, first, end + 1)
                used = fitting % most
                at = first = end + fitting // most
                start, rest = -used * step, None
                continue
        elif end < count and ends[end] + fits[end] - _spare(pieces, end) <= limit:
            end += 1
        if end > at + 1 and ends[end - 1] + fits[end - 1] - _spare(pieces, end - 1) > limit:
            end -= 1
        if end == at and rest is not None:
            yield line.of(rest, first, at)
            start, first, rest = 0.0, at, None
            continue
        if end == at and (parts := pieces.parts(at))[0][0].breaks_words:
            *rows, rest = _broken(parts, width, start)
            for row in rows:
                yield line_of(row, [run for run, _ in parts], strut)
            first, start, at = at, rest + pieces.fulls[at] - fits[at], at + 1
            continue
        end = max(end, at + 1)
        wide = start + ends[end - 1] - ends[at] + fits[end - 1]
        if wide > width + _ROUNDING and end < count:  # at the end of a text Chromium lets the empty half stand out
            wide -= _spare(pieces, end - 1)
        yield line.of(wide, first, end)
        at, first, start, rest, used = end, end, 0.0, None, 0
    if rest is not None:
        yield line.of(rest, first, count)


class _Liner:
    """Makes lines of pieces; those that the same runs stand on are equally tall."""

    def __init__(self, pieces: Pieces, strut: tuple[Font, float] | None) -> None:
        self.pieces = pieces
        self.strut = strut
        self.known: dict[range, Line] = {}
        self.only = line_of(0.0, [pieces.spans[0][2]], strut) if len(pieces.spans) == 1 else None

    def of(self, width: float, start: int, end: int) -> Line:
        """The line that the pieces `start` to `end` stand on."""
        if self.only is not None:
            return Line(width, self.only.height, self.only.source, self.only.ink)
        touched = self.pieces.touched(start, end)
        known = self.known.get(touched)
        if known is None:
            runs = [self.pieces.spans[at][2] for at in touched]
            known = self.known[touched] = line_of(width, runs, self.strut)
            return known
        return Line(width, known.height, known.source, known.ink)


def _spare(pieces: Pieces, at: int) -> float:
    """What an atom may give up at the end of a line."""
    return pieces.runs(at, at + 1)[-1].font.size / 2 if pieces.texts[at][-1] in BRACKET else 0.0


def _broken(parts: Sequence[tuple[Run, str]], width: float, start: float) -> list[float]:
    """The widths of the lines that a word makes which is broken anywhere."""
    rows, at = [], start
    for run, text in parts:
        known = gauge(run.font).fulls
        at += run.padding / 2
        before = ""
        for char in text.rstrip(" "):
            wide = known[before + char] - (known[before] if before else 0.0)
            before = char
            if at + wide > width + _ROUNDING and at > 0:
                rows.append(at)
                at = 0.0
            at += wide
    return [*rows, at]


def line_of(width: float, runs: Sequence[Run], strut: tuple[Font, float] | None) -> Line:
    """The line that runs stand on, which take `width` pixels of it; `strut` as for `break_lines`."""
    above = below = ink = 0.0
    if strut is not None:
        above, below = gauge(strut[0]).reach(strut[1])
    for run in runs:
        if run.width is None or run.whole:
            measure = gauge(run.font)
            up, down = measure.reach(run.line_height)
            if run.whole and run.height > up + down:
                up = run.height - down
            up, down = up + run.shift, down - run.shift
            if run.text:
                ink = max(ink, measure.descent - run.shift)
        else:
            up, down = run.height - run.depth, run.depth
            ink = max(ink, run.depth)
        above, below = max(above, up), max(below, down)
    return Line(width, above + below, runs[0].source, above + ink)
