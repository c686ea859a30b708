"""Dates and quantities in a folded text: where they stand, what they mean, how exactly they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, month in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
    for name in (month, month[:3], month[:4] if month == "september" else month)
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<zh_year>(?<!\d)(?:1[89]|20)\d\d)\s?年(?:\s?(?P<zh_month>1[0-2]|0?[1-9])\s?月(?:\s?(?P<zh_day>[12]\d|3[01]|0?[1-9])\s?[日号])?)?"
    rf"|\b(?P<en_month>{_MONTH})\.?\s+(?:(?P<en_day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?,?\s+)?(?P<en_year>(?:1[89]|20)\d\d)\b"
    r"|\b(?P<iso_year>(?:1[89]|20)\d\d)-(?P<iso_month>0[1-9]|1[0-2])(?:-(?P<iso_day>[0-2]\d|3[01]))?\b"
    r"|(?<![\d.,/$¥:-])(?P<year>(?:1[89]|20)\d\d)(?![\d.,]*\d|\s?[%年]|[-/:]\d)",
    re.ASCII,
)
# Years that are no date of an event: ranges, decades, "since", "before", "until"; likewise years that begin or end one.
_NO_EVENT_AFTER = re.compile(
    r"\s?(?:[-~–—至到]\s?(?:\d|今|现在|present|now)|年?代|以来|以后|之后|以前|之前|前后|前|后|起|初|底|末|年?间|s\b|onwards?|春|夏|秋|冬)"
)
_NO_EVENT_BEFORE = re.compile(
    r"(?:[-~–—至到]\s?|自从?|截至|截止|早在|直到|since|until|before|after|by|from|to|between|as of)\s?$"
)

_ZH_UNITS = {"万亿": 1e12, "兆": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4}
_EN_UNITS = {
    "trillion": 1e12,
    "t": 1e12,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "million": 1e6,
    "m": 1e6,
    "thousand": 1e3,
    "k": 1e3,
}
_NUMBER = re.compile(
    r"(?P<bound>约|大约|近|将近|接近|超过|超|多达|高达|大于|至少|不到|"
    r"about|around|approximately|nearly|almost|over|more than|up to|some|~|≈|>)?\s?"
    r"(?<![\w.,])(?<![a-z]-)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?"
    rf"(?P<unit>{'|'.join(_ZH_UNITS)}|(?:trillion|billion|million|thousand|bn)\b|[tbmk](?![a-z\d]))?"
    r"(?P<more>多|余|以上|\+)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as exactly as it was written: `2019`, `2019-02` or `2019-02-14`."""

    start: int
    end: int
    iso: str

    @property
    def year(self) -> int:
        """The year."""
        return int(self.iso[:4])


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its scale; `slack` is how far from it a right value may lie, given how it was written."""

    start: int
    end: int
    value: float
    slack: float
    digits_end: int
    """Where the digits end and the scale begins."""

    def agrees_with(self, value: float) -> bool:
        """Whether a right value is what was written."""
        return abs(self.value - value) <= self.slack


def dates_in(folded: str, start: int, end: int) -> Iterator[Date]:
    """The dates of events in a part of a text."""
    for match in _DATE.finditer(folded, start, end):
        if _NO_EVENT_AFTER.match(folded, match.end()) or _NO_EVENT_BEFORE.search(
            folded, max(0, match.start() - 12), match.start()
        ):
            continue
        groups = match.groupdict()
        year = groups["zh_year"] or groups["en_year"] or groups["iso_year"] or groups["year"]
        month = groups["zh_month"] or groups["iso_month"] or (_MONTHS[groups["en_month"]] if groups["en_month"] else None)
        day = groups["zh_day"] or groups["en_day"] or groups["iso_day"]
        iso = str(year) + (f"-{int(month):02}" if month else "") + (f"-{int(day):02}" if month and day else "")
        yield Date(match.start(), match.end(), iso)


def quantities_in(folded: str, start: int, end: int) -> Iterator[Quantity]:
    """The numbers in a part of a text, with their scale."""
    for match in _NUMBER.finditer(folded, start, end):
        number, unit = match["number"], match["unit"]
        scale = _ZH_UNITS.get(unit or "") or _EN_UNITS.get(unit or "") or 1.0
        digits = number.replace(",", "")
        value = float(digits) * scale
        loose = match["bound"] or match["more"]
        slack = value * 0.15 if loose else _written_slack(digits, scale)
        yield Quantity(
            match.start("number"), match.end("unit") if unit else match.end("number"), value, slack, match.end("number")
        )


def _written_slack(digits: str, scale: float) -> float:
    """Half a unit of the last digit that says something: 1750 (of 1e8) may be 1746, 1.5 may be 1.542."""
    whole, _, fraction = digits.partition(".")
    if fraction:
        return 0.5001 * scale / 10.0 ** len(fraction)
    zeros = len(whole) - len(whole.rstrip("0"))
    if scale == 1.0 and zeros < 3:
        return 0.0
    return 0.5001 * scale * 10.0**zeros
