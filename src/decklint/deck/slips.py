"""Words of an alternative text that look like keywords of Marp and are none, and what was most likely meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from decklint.deck.images import Word, read_words
from decklint.text import Span

_FILTER = "blur|brightness|contrast|drop-shadow|gr[ae]yscale|hue-rotate|invert|opacity|saturate|sepia"
_SIZE = re.compile(r"(w(?:idth)?|h(?:eight)?) ?[:=] ?[\"']?(-?\d+(?:\.\d*)?|-?\.\d+) ?([a-z%]*)[\"']?", re.IGNORECASE)
_VALUE = re.compile(rf"({_FILTER})(?: ?[:=] ?| )(-?\.?\d\S*)", re.IGNORECASE)
_SPLIT = re.compile(r"(left|right) ?([:=]?) ?(\d+(?:\.\d+)?) ?(%|px)?", re.IGNORECASE)
_BACKGROUND = re.compile(r"bg(?:[:=,-](.+))?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,4})( ?%|px)?")
_BOX = re.compile(r"(?:(.*)\||=)(\d{2,4})(?:[x×*](\d{2,4}))?x?")  # as Obsidian and others write it
_FOREIGN = re.compile(r"(?:max-(?:width|height)|size|scale|zoom|top|bottom|align|float|rotate|position)[:=]\S+|[wh]:[a-z]+")
_KEY = re.compile(rf"(?:w|width|h|height|left|right|{_FILTER})(?: ?[:=])?", re.IGNORECASE)
_UNITS_KNOWN = ("%", "ch", "cm", "em", "ex", "in", "mm", "pc", "pt", "px")
_UNITS_WRONG = ("rem", "vh", "vw", "vmin", "vmax", "q")
PLACES = ("auto", "contain", "cover", "fit", "left", "right", "vertical", "horizontal")
_SMALLEST = 16  # pixels: a smaller number without a unit is rather a value that the sentence speaks of
_YEARS = range(1900, 2100)


class Slip(NamedTuple):
    """What a word was most likely meant to be; empty where only an advice can be given, or nobody knows.

    `advice` is a stable word: `units`, `share`, `share-or-size`, `sizes` or `place`.
    """

    better: str
    sure: bool = False
    """Whether it is one whatever stands beside it; else only where no sentence does."""
    advice: str = ""
    at_edge: bool = False
    """Whether it is one at the beginning or the end of a sentence as well, not only among keywords."""


def joined(words: Sequence[Word]) -> list[Word]:
    """The words, with a key and its value taken as one where blanks stand around the colon, and so a number and its unit."""
    found: list[Word] = []
    for word in words:
        last = found[-1] if found else None
        plain = _plain(word.text)
        if last and _belongs(last, plain):
            found[-1] = Word(f"{last.text} {word.text}", Span(last.span.start, word.span.end))
        else:
            found.append(word)
    return found


def _belongs(last: Word, plain: str) -> bool:
    before = _plain(last.text)
    if plain in _UNITS_KNOWN or plain in _UNITS_WRONG:
        sized = last.role in ("width", "height") and before[-1].isdigit()
        return (sized and plain != "in") or (plain == "%" and before.isdigit())
    if not _KEY.fullmatch(before):
        return False
    if before[-1] in ":=":
        return re.match(r"-?\.?\d", plain) is not None
    if last.role == "filter" and re.fullmatch(r"\.?\d\S*", plain):
        return True
    return re.match(r"[:=](?:-?\.?\d|$)", plain) is not None


def _plain(text: str) -> str:
    """A word with full-width signs made half-width."""
    return text if text.isascii() else normalize("NFKC", text)


def slip_of(word: Word, before: Word | None, background: bool) -> Slip | None:
    """What is wrong with a word that Marp leaves in the alternative text; None where it is no slip."""
    plain = _plain(word.text).rstrip(",;") or word.text
    if word.consumed:
        return None
    if plain != word.text and _is_keyword(plain, background=True) and (not plain.isalpha() or plain == "bg"):
        if plain[0].isdigit() and not background:  # "95%," in a sentence
            return None
        return Slip(plain, sure=":" in plain)  # full-width signs, or a comma behind it
    return (
        _size(plain)
        or _filter(plain)
        or _split(plain, background)
        or _background(plain)
        or _several(plain, background)
        or _box(plain)
        or _number(plain, before, background)
        or _place(plain, background)
    )


def _size(plain: str) -> Slip | None:
    match = _SIZE.fullmatch(plain)
    if match is None:
        return None
    key, number, unit = match[1].lower(), match[2].rstrip("."), match[3].lower()
    if unit and unit not in _UNITS_KNOWN and unit not in _UNITS_WRONG:
        return Slip("", advice="units")
    likely = bool(unit) or abs(float(number)) >= _SMALLEST
    measured = " " in plain and len(key) > 1  # "height: 300 m" says how high something is
    sure = ":" in plain and " :" not in plain and ": " not in plain and (likely or number.startswith("-"))
    if number.startswith("-") or unit in _UNITS_WRONG:
        return Slip("", sure, "units", at_edge=likely and not measured)
    return Slip(f"{key}:{number}{unit}", sure or (bool(unit) and ":" in plain and not measured), at_edge=likely and not measured)


def _filter(plain: str) -> Slip | None:
    match = _VALUE.fullmatch(plain)
    if match is None:
        return None
    key = match[1].lower().replace("greyscale", "grayscale")
    better = f"{key}:{match[2]}"
    return Slip(better, sure=":" in plain and " " not in plain) if better != plain else None


def _split(plain: str, background: bool) -> Slip | None:
    match = _SPLIT.fullmatch(plain)
    if match is None or _is_keyword(plain, background=True) or not (background or match[2]):
        return None
    sure = background and (" " not in plain or match[4] == "%")
    if match[4] == "px" or not 1 < float(match[3]) < 100:
        return Slip("", sure, "share")
    return Slip(f"{match[1].lower()}:{match[3]}%", sure)


def _background(plain: str) -> Slip | None:
    match = _BACKGROUND.fullmatch(plain)
    if match is None or plain == "bg":
        return None
    if match[1] is None:
        return Slip("bg")
    parts = [part for part in re.split(r"[,;]", match[1]) if part]
    return Slip(" ".join(("bg", *parts)), sure=True) if all(_is_keyword(part, background=True) for part in parts) else None


def _several(plain: str, background: bool) -> Slip | None:
    """Keywords with commas between them."""
    parts = [part for part in re.split(r"[,;]", plain) if part]
    if len(parts) < 2 or not any(":" in part or part == "bg" for part in parts):
        return None
    known = all(_is_keyword(part, background=background or "bg" in parts) for part in parts)
    return Slip(" ".join(parts), sure=True) if known else None


def _box(plain: str) -> Slip | None:
    match = _BOX.fullmatch(plain)
    if match is None:
        return None
    height = f" h:{match[3]}" if match[3] else ""
    return Slip(f"{match[1] or ''} w:{match[2]}{height}".strip(), sure=plain.startswith("="), at_edge=True)


def _number(plain: str, before: Word | None, background: bool) -> Slip | None:
    """A number alone: percent on a background, pixels elsewhere."""
    match = _NUMBER.fullmatch(plain)
    if match is None or (not background and match[2] and "%" in match[2]):
        return None
    number = int(match[1])
    if match[2] == "px":
        return Slip(f"w:{number}px")
    if background:
        if before and before.text in ("left", "right") and number < 100:
            return Slip("", advice="share-or-size")
        return Slip(f"{number}%") if number <= 200 else Slip(f"w:{number}")
    return Slip(f"w:{number}") if number >= 100 and number not in _YEARS else None


def _place(plain: str, background: bool) -> Slip | None:
    """A word about the place on a background: in other letter case, with letters swapped, or one that Marp does not know."""
    lower = plain.lower()
    if background:
        for known in PLACES:
            if lower != plain and lower == known:
                return Slip(known)
            if len(plain) == len(known) >= 5 and plain[0] == known[0] and sorted(plain) == sorted(known) and plain != known:
                return Slip(known)
        if lower in ("top", "bottom"):
            return Slip("", advice="place")
    return Slip("", advice="sizes") if _FOREIGN.fullmatch(plain) else None


def _is_keyword(word: str, *, background: bool) -> bool:
    nowhere = Span(0, 0)
    words = [("bg", nowhere), (word, nowhere)] if background else [(word, nowhere)]
    return read_words(words)[-1].consumed
