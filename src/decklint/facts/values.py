"""Dates and quantities in a folded text: where they stand, what they mean, how exactly they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from decklint.facts import numerals
from decklint.records import dataclass

MONTHS = tuple("January February March April May June July August September October November December".split())  # noqa: SIM905
"""The months as English writes them, January first."""
SHORT_MONTHS = (*(month[:3] for month in MONTHS), "Sept")
_MONTHS = {name.lower(): number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3])} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<zh_year>(?<!\d)(?:1[89]|20)\d\d)\s?年(?:\s?(?P<zh_month>1[0-2]|0?[1-9])\s?月(?:\s?(?P<zh_day>[12]\d|3[01]|0?[1-9])\s?[日号])?)?"
    rf"|\b(?P<en_month>{_MONTH})\.?\s+(?:(?P<en_day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?,?\s+)?(?P<en_year>(?:1[89]|20)\d\d)\b"
    r"|\b(?P<iso_year>(?:1[89]|20)\d\d)-(?P<iso_month>0[1-9]|1[0-2])(?:-(?P<iso_day>[0-2]\d|3[01]))?\b"
    r"|(?P<han_year>[一二][九〇零八][〇零一二三四五六七八九]{2})年"
    r"|(?<![\d.,/$¥:-])(?P<year>(?:1[89]|20)\d\d)(?![\d.,]*\d|\s?[%年亿万千百个张层种]|[-/:]\d)",
    re.ASCII,
)
_CENTURY = re.compile(r"[12一二][089九〇零八]")
"""What every date has: most sentences have none, which this tells in a run."""
# Years that are no date of an event: ranges, decades, "since", "before", "until"; likewise years that begin or end one.
_NO_EVENT_AFTER = re.compile(
    r"\s?(?:[-~–—至到]\s?(?:\d|今|现在|present|now)|年?代|以来|以后|之后|以前|之前|前后|前|后|起|初|底|末|年?间|s\b|onwards?|"
    r"[上下]半年|第?[一二三四1-4]季度?|前夕|左右|\s?q[1-4]\b|春|夏|秋|冬)"
)
_NO_EVENT_BEFORE = re.compile(
    r"(?:[-~–—至到]\s?|自从?|截至|截止|早在|直到|since|until|before|after|by|from|to|between|as of|"
    r"early|late|mid|mid-|around|circa|约|大约|q[1-4])\s?$"
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
_ABOUT = r"约|大约|大概|近|将近|接近|达到?|多达|高达|about|around|approximately|roughly|nearly|almost|up to|as many as|some|~|≈"
_AT_LEAST = r"超过了?|超出|超|大于|至少|不少于|逾|over|more than|at least|greater than|exceeding|>"
_AT_MOST = r"不到|不足|少于|小于|低于|至多|最多|less than|fewer than|under|at most|<"
_MORE = r"多|余|几"
_NUMBER = re.compile(  # begins with a digit, to which the engine runs
    r"(?P<number>[0-9](?<![\w.,][0-9])(?<![a-z]-[0-9])(?:\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d*(?:\.\d+)?))"
    r"(?:\s?[×x*]\s?10\s?\^?\s?(?P<power>\d{1,2}(?!\d)|[⁰¹²³⁴-⁹]{1,2}))?\s?"
    rf"(?P<more>{_MORE})?(?P<unit>{'|'.join(_ZH_UNITS)}|(?:trillion|billion|million|thousand|bn)\b|[tbmk](?:(?![a-z\d])|(?=tokens?\b)))?"
    rf"(?P<past>{_MORE}|以上|\+)?",
    re.ASCII,
)
_BOUND = re.compile(rf"(?:(?P<about>{_ABOUT})|(?P<over>{_AT_LEAST})|(?P<under>{_AT_MOST}))(?:有|为|是|达)?\s?\Z")
_LONGEST_BOUND = 16
"""Characters of the longest that a number begins with before its digits: `approximately`, one more, a blank."""
_HAN_NUMBER = re.compile(
    rf"(?P<about>{_ABOUT})?(?P<over>{_AT_LEAST})?(?<![零〇一二两三四五六七八九十百千万亿第几数上近\d.])(?P<number>{numerals.NUMERAL})"
    r"(?![零〇一二三四五六七八九十百千万亿年月日几分点])(?P<past>多|余|以上)?"
)
_SCALED = re.compile(r"[零〇一二两三四五六七八九十万亿](?:(?<=[十万亿])|[零〇一二两三四五六七八九十百千万亿点])")
"""What every number has that is written in characters."""
_SUPERSCRIPT = {ord(c): str(i) for i, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_COUNTS_MORE = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿.第多余几数]\s?$")
"""What ends before a scale that is that of a number: `1750 亿`."""
_FAR = 3.0
_JOINED = re.compile(r"\s*(?:[+x×*:：~–—-]|至|到|to)\s*")
_ADDED = re.compile(r"\+\s*$")
_GOES_ON = re.compile(r"\s*\+\s*[\d(（]|\s\+\s")
"""What follows a number that is only one of those that are added."""


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
    """A number with its scale, and the range in which a right value lies, given how it was written."""

    start: int
    end: int
    value: float
    low: float
    high: float
    digits_end: int
    """Where the digits end and the scale begins; where the number is not in digits, its start."""
    open_below: bool = False
    open_above: bool = False
    """Written as a bound: what lies far on this side of it is not denied."""

    def agrees_with(self, value: float) -> bool:
        """Whether a right value is what was written."""
        return self.low <= value <= self.high

    def denies(self, value: float) -> bool:
        """Whether what was written is false if `value` is right."""
        return (value < self.low and not self.open_below) or (value > self.high and not self.open_above)


def may_hold_a_date(folded: str, start: int, end: int) -> bool:
    """Whether a part of a text has what every date has."""
    return _CENTURY.search(folded, start, end) is not None


def dates_in(folded: str, start: int, end: int) -> Iterator[Date]:
    """The dates of events in a part of a text."""
    for match in _DATE.finditer(folded, start, end) if may_hold_a_date(folded, start, end) else ():
        if _NO_EVENT_AFTER.match(folded, match.end()) or _NO_EVENT_BEFORE.search(
            folded, max(0, match.start() - 12), match.start()
        ):
            continue
        groups = match.groupdict()
        han = numerals.year(groups["han_year"]) if groups["han_year"] else None
        year = groups["zh_year"] or groups["en_year"] or groups["iso_year"] or groups["year"] or han
        if year is None:
            continue
        month = groups["zh_month"] or groups["iso_month"] or (_MONTHS[groups["en_month"]] if groups["en_month"] else None)
        day = groups["zh_day"] or groups["en_day"] or groups["iso_day"]
        iso = str(year) + (f"-{int(month):02}" if month else "") + (f"-{int(day):02}" if month and day else "")
        yield Date(match.start(), match.end(), iso)


def quantities_in(folded: str, start: int, end: int) -> Iterator[Quantity]:
    """The numbers in a part of a text, with their scale."""
    found = [_in_digits(match, bound) for match, bound in _numbers(folded, start, end)]
    if _SCALED.search(folded, start, end):
        found += [q for match in _HAN_NUMBER.finditer(folded, start, end) if (q := _in_characters(match)) is not None]
        for match in numerals.VAGUE.finditer(folded, start, end):
            if not _COUNTS_MORE.search(folded, max(0, match.start() - 3), match.start()):
                found.append(_vague(match))
    yield from sorted(found, key=lambda quantity: quantity.start)


def _numbers(folded: str, start: int, end: int) -> Iterator[tuple[re.Match[str], re.Match[str] | None]]:
    """The numbers in digits, each with the words directly before it that make it a bound or a rounded one."""
    last = start
    for match in _NUMBER.finditer(folded, start, end):
        at = match.start()
        yield match, _BOUND.search(folded, max(last, at - _LONGEST_BOUND), at)
        last = match.end()


def standing_alone(quantities: Sequence[Quantity], folded: str) -> list[Quantity]:
    """Those of some quantities, in order, that are no part of a sum, product, ratio or range: not `256+1`, `8x7B`, `7B-70B`."""
    parts: set[int] = set()
    for at, (one, other) in enumerate(pairwise(quantities)):
        if _JOINED.fullmatch(folded, one.end, other.start):
            parts |= {at, at + 1}
    return [
        quantity
        for at, quantity in enumerate(quantities)
        if at not in parts
        and not _ADDED.search(folded, max(0, quantity.start - 3), quantity.start)
        and not _GOES_ON.match(folded, quantity.end)
    ]


def rescaled(quantity: Quantity, folded: str, scale: float) -> Quantity:
    """A quantity written without a scale, read with one that stands elsewhere: in the head of a column, at the next number."""
    digits = folded[quantity.start : quantity.digits_end].replace(",", "")
    value, slack = float(digits) * scale, _written_slack(digits, scale)
    return Quantity(quantity.start, quantity.end, value, value - slack, value + slack, quantity.digits_end)


def _in_digits(match: re.Match[str], bound: re.Match[str] | None) -> Quantity:
    number, unit = match["number"], match["unit"]
    scale = _ZH_UNITS.get(unit or "") or _EN_UNITS.get(unit or "") or 1.0
    if match["power"]:
        scale *= 10.0 ** int(match["power"].translate(_SUPERSCRIPT))
    digits = number.replace(",", "")
    end = max(match.end(part) for part in ("number", "power", "unit"))
    about, over, under = bound.groups() if bound else (None, None, None)
    over = over or match["more"] or match["past"]
    value, start, digits_end = float(digits) * scale, match.start(), match.end("number")
    if under and not over:
        return Quantity(start, end, value, value / _FAR, value * 1.02, digits_end, open_below=True)
    return _ranged((start, end, digits_end), value, _written_slack(digits, scale), about, over)


def _in_characters(match: re.Match[str]) -> Quantity | None:
    value = numerals.numeral(match["number"])
    if value is None:
        return None
    start, over = match.start("number"), match["over"] or match["past"]
    return _ranged((start, match.end("number"), start), value, value * 0.005, match["about"], over)


def _ranged(place: tuple[int, int, int], value: float, slack: float, about: str | None, over: str | None) -> Quantity:
    start, end, digits_end = place
    if about:
        slack = max(slack, value * 0.1)
    if over:
        return Quantity(start, end, value, value * 0.98, value * _FAR, digits_end, open_above=True)
    return Quantity(start, end, value, value - slack, value + slack, digits_end)


def _vague(match: re.Match[str]) -> Quantity:
    """数百亿 is some tens of billions; 近千亿 nearly a hundred, 超千亿 more."""
    scale, how, start = numerals.scale_of(match["scale"]), match["how"], match.start()
    if how == "近":
        return Quantity(start, match.end(), scale, scale * 0.7, scale * 1.05, start)
    if how in ("过", "逾", "超"):
        return Quantity(start, match.end(), scale, scale, scale * 10, start, open_above=True)
    return Quantity(start, match.end(), scale, scale, scale * 10, start)


def _written_slack(digits: str, scale: float) -> float:
    """Half a unit of the last digit that says something: 1750 (of 1e8) may be 1746, 1.5 may be 1.542."""
    whole, _, fraction = digits.partition(".")
    if fraction:
        return 0.5001 * scale / 10.0 ** len(fraction)
    zeros = len(whole) - len(whole.rstrip("0"))
    if scale == 1.0 and zeros < 3:
        return 0.0
    return 0.5001 * scale * 10.0**zeros
