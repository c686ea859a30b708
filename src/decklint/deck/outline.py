"""The outline of a deck: how its headings are numbered, which of them count on from each other, and where their marks stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from decklint.deck.deck import Deck
from decklint.deck.nodes import Heading
from decklint.records import dataclass, field
from decklint.text import Source, Span

_ONES = "〇一二三四五六七八九"
_HAN = f"[{_ONES}零两十]{{1,3}}"
_LABELS = "Part|Chapter|Section|Step|Lecture|Module|Unit|Lesson|Phase|Stage"
_FORMS = (
    ("count", re.compile(r"\s*()(\d{1,2}(?:\.\d{1,2}){0,5})(\.(?!\d)|\s?[、．]|(?=\s))\s*(?=\S)")),
    ("count", re.compile(rf"\s*()({_HAN})([、.．])\s*(?=\S)")),
    ("paren", re.compile(r"\s*()(\d{1,2})([)）])\s*(?=\S)")),
    ("bracket", re.compile(rf"\s*([(（])(\d{{1,2}}|{_HAN})([)）])\s*(?=\S)")),
    ("label", re.compile(rf"\s*({_LABELS})\s(\d{{1,2}}(?:\.\d{{1,2}})*)()(?![.\-–]?\d)", re.IGNORECASE)),
    ("label", re.compile(rf"\s*(第)\s?(\d{{1,2}}|{_HAN})\s?([章节讲课部单步])")),
)


class Number(NamedTuple):
    """The number that a heading begins with: `2.1. Data` has the parts (2, 1) and the form `1.`."""

    parts: tuple[int, ...]
    form: str
    """How it is written, with `1` or `一` for the digits: `1.`, `1、`, `(1)`, `Step 1`, `第一章`."""
    family: str
    """What it counts with others: `count`, `paren`, `bracket`, or the word beside the digits."""
    start: int
    end: int
    """Where the digits, and the mark behind them, stand in the visible text."""
    rest: str
    """The text behind the number."""

    @property
    def last(self) -> int:
        """The part that siblings count on."""
        return self.parts[-1]

    @property
    def above(self) -> tuple[int, ...]:
        """The number of the parent."""
        return self.parts[:-1]

    @property
    def is_han(self) -> bool:
        """Whether it is written in Chinese digits."""
        return "一" in self.form


def number_of(text: str) -> Number | None:
    """The number at the beginning of a heading's visible text."""
    for family, pattern in _FORMS:
        match = pattern.match(text)
        if match is None:
            continue
        before, digits, behind = match.groups()
        rest = text[match.end() :].strip()
        if family == "count" and not behind and _counts_things(digits, rest):
            return None
        form = f"{before}{' ' if family == 'label' and not behind else ''}{'1' if digits[0].isascii() else '一'}{behind.strip()}"
        name = (before + behind).lower() if family == "label" else family
        return Number(tuple(map(_value, digits.split("."))), form, name, match.start(2), match.end(3), rest)
    return None


def _counts_things(digits: str, rest: str) -> bool:
    """Whether a bare number belongs to the words behind it: `3 ways to fail`, `1.5 billion`."""
    return not (rest[:1].isupper() or not rest[:1].isascii()) or digits.startswith("0")


def _value(digits: str) -> int:
    """`12` and `十二` are twelve."""
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.replace("零", "〇").replace("两", "二").rpartition("十")
    value = max(0, _ONES.find(ones)) if ones else 0
    return (max(0, _ONES.find(tens)) if tens else 1) * 10 + value if ten else value


@dataclass(frozen=True, slots=True)
class Numbered:
    """A heading with its number."""

    heading: Heading
    number: Number


@dataclass(slots=True)
class Series:
    """Numbered headings that count on from each other: 1, 2, 3."""

    members: list[Numbered]
    repeats: list[Numbered] = field(default_factory=list)
    """Headings that have the number of the member before them: a title continued on the next slide."""
    after_gap: Numbered | None = None
    """The member before, where numbers are left out between it and the first one here."""


_Open = dict[tuple[int, bool], Series]
"""The series that a number can join, by the level of their headings and whether their digits are Chinese."""


def series(headings: Iterable[Heading]) -> list[Series]:
    """Numbered headings in the order of the deck, put together where each counts on from the one before.

    Numbers of one level belong together first; a number that continues nothing on its level joins a series that it continues in
    other digits or on another level. A heading of a higher level ends the series below it, and they begin anew.
    """
    found: list[Series] = []
    opened: dict[tuple[str, tuple[int, ...]], _Open] = {}
    without_parent: list[_Open] = []
    for heading in headings:
        number = number_of(heading.view.text)
        joined = None
        if number is not None:
            this = Numbered(heading, number)
            key = number.family, number.above
            if key not in opened:
                opened[key] = {}
                without_parent += [] if number.above else [opened[key]]
            near = opened[key]
            joined = _join(this, near)
            if joined is None:
                before = near.get((heading.level, number.is_han))
                gap = before.members[-1] if before and number.last > before.members[-1].number.last else None
                near[heading.level, number.is_han] = Series([this], after_gap=gap)
                found.append(near[heading.level, number.is_han])
        for levels in without_parent:
            for ended in [key for key, kept in levels.items() if key[0] > heading.level and kept is not joined]:
                del levels[ended]
    return found


def _join(this: Numbered, near: _Open) -> Series | None:
    level, number = this.heading.level, this.number
    same = near.get((level, number.is_han))
    for kept in near.values():
        last = kept.members[-1]
        if (last.number.last, last.number.is_han, last.heading.level) == (number.last, number.is_han, level):
            kept.repeats.append(this)
            return kept
    other = near.get((level, not number.is_han))
    elsewhere = (kept for (_, han), kept in near.items() if han == number.is_han)
    for found in (same, *((other, *elsewhere) if number.last > 1 else ())):
        if found is not None and found.members[-1].number.last + 1 == number.last:
            found.members.append(this)
            return found
    return None


def rewritten(this: Numbered, form: str) -> tuple[Span, str] | None:
    """The edit that puts the sign of `form` behind the digits; None where it would be read otherwise, or is no matter of a sign.

    Above an underline, a number with a full stop begins a list.
    """
    number, view = this.number, this.heading.view
    if number.family != "count" or number.form[0] != form[0] or this.heading.underline is not None:
        return None
    sign, after = form[1:], view.text[number.end :]
    digits = view.text[number.start : number.end].rstrip(" .、．")
    old = view.span(number.start + len(digits), number.end + len(after) - len(after.lstrip()))
    return old, sign if sign in ("、", "．") else f"{sign} "


def mark(source: Source, heading: Heading) -> Span | None:
    """Where the `#` of a heading stand; None where it is underlined."""
    if heading.underline is not None:
        return None
    start = source.text.index("#", heading.span.start)
    return Span(start, start + heading.level)


def is_divided(deck: Deck) -> bool:
    """Whether headings begin slides by themselves, so that a heading's level decides about slides."""
    return "headingDivider" in deck.directives or any(slide.break_span is None for slide in deck.slides[1:])
