"""Columns of text for people: Han characters take two, what is too long is cut, what steers a terminal is written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decklint.report.plain import harmless, width

_GAP = "  "


def columns(rows: Sequence[Sequence[str]], widest: Sequence[int]) -> Iterator[str]:
    """Rows of one length, the first being their head, in columns no wider than `widest`. The last column is never padded."""
    cut = [[shorten(harmless(cell), most) for cell, most in zip(row, widest, strict=True)] for row in rows]
    sizes = [max(map(width, column)) for column in zip(*cut, strict=True)]
    for number, row in enumerate(cut):
        yield _GAP.join(pad(cell, size) for cell, size in zip(row, sizes, strict=True)).rstrip()
        if number == 0:
            yield _GAP.join("-" * size for size in sizes)


def pad(text: str, size: int) -> str:
    """The text with spaces up to a width."""
    return text + " " * (size - width(text))


def shorten(text: str, most: int) -> str:
    """The text, ending in `…` where it is wider than `most`."""
    if width(text) <= most:
        return text
    taken = 0
    for at, char in enumerate(text):
        taken += width(char)
        if taken > most - 1:
            return text[:at].rstrip() + "…"
    return text
