"""Columns of a grid, and where containers put content that leaves room. Sources: CSS Grid 1, CSS Box Alignment 3."""

from __future__ import annotations

import re

from decklint.layout.css.declarations import words_of
from decklint.layout.css.values import Scale, read_length

Track = tuple[float, float]
_CALL = re.compile(r"(repeat|minmax|fit-content)\((.*)\)", re.DOTALL)
_ROW = re.compile(r"[\"']([^\"']*)[\"']")
_DIGITS = 9
_MOST = 50  # columns


def tracks_of(text: str, scale: Scale, room: float, gap: float) -> tuple[tuple[Track, ...], bool]:
    """The columns that `grid-template-columns` asks for in a container, as (pixels, `fr`), and whether all is known.

    A column as wide as its content shares the room like `1fr`, and is not known.
    """
    found: list[Track] = []
    sure = True
    for word in words_of(text):
        if word.startswith("["):
            continue
        call = _CALL.fullmatch(word)
        if call and call[1] == "repeat":
            count, _, inner = call[2].partition(",")
            tracks, known = tracks_of(inner.strip(), scale, room, gap)
            times = _times(count.strip(), inner, scale, room, gap)
            sure = sure and known and times > 0
            found += list(tracks) * times
        else:
            track = _track(word, scale, room)
            sure = sure and track is not None
            found.append(track or (0.0, 1.0))
        if len(found) > _MOST:
            return (), False
    return tuple(found), sure


def _track(word: str, scale: Scale, room: float) -> Track | None:
    call = _CALL.fullmatch(word)
    if call:
        word = call[2].rpartition(",")[2].strip()
    if word.endswith("fr"):
        try:
            return 0.0, float(word[:-2])
        except ValueError:
            return None
    length = read_length(word)
    return None if length is None else (scale.pixels(length, room), 0.0)


def _times(count: str, inner: str, scale: Scale, room: float, gap: float) -> int:
    """How often `repeat()` repeats: a number, or as often as its least width fits; 0 for what is neither."""
    if count not in ("auto-fill", "auto-fit"):
        return min(int(count), _MOST) if count.isdecimal() and len(count) < _DIGITS else 0
    least = inner.strip()
    call = _CALL.fullmatch(least)
    if call:
        least = call[2].partition(",")[0].strip()
    length = read_length(least)
    width = scale.pixels(length, room) if length else 0.0
    return max(1, min(_MOST, int((room + gap) // (width + gap)))) if width + gap > 0 else 1


def areas_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The names of a grid's places row by row; nothing where the rows are not equally long."""
    rows = tuple(tuple(row.split()) for row in _ROW.findall(text))
    return rows if rows and len({len(row) for row in rows}) == 1 and len(rows) * len(rows[0]) <= _MOST else ()


def width_of(tracks: tuple[Track, ...], columns: range, room: float, gap: float) -> float:
    """The width of some columns that stand beside each other, in a container `room` pixels wide."""
    parts = sum(share for _, share in tracks)
    free = max(0.0, room - sum(fixed for fixed, _ in tracks) - gap * (len(tracks) - 1))
    widths = [tracks[i][0] + (free * tracks[i][1] / parts if parts else 0.0) for i in columns]
    return sum(widths) + gap * (len(widths) - 1)


def placed(word: str, *, safe: bool) -> tuple[str, bool]:
    """`start`, `center` or `end` for an alignment, and whether what does not fit stays at the start."""
    words = word.split()
    safe = "safe" in words or (safe and "unsafe" not in words)
    last = words[-1] if words else ""
    if last == "center":
        return "center", safe
    if last in ("space-around", "space-evenly"):
        return "center", True
    return ("end", safe) if last in ("end", "flex-end") else ("start", True)
