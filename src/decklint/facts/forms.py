"""A right value in the form that the slide uses: 2018年 becomes 2019年, 1750万 becomes 1750亿, 32k stays in k."""

from __future__ import annotations

import re
from itertools import pairwise

from decklint.facts.values import MONTHS, Date, Quantity

_ZH = (("万亿", 1e12), ("亿", 1e8), ("万", 1e4))
_ZH_TRADITIONAL = (("萬億", 1e12), ("億", 1e8), ("萬", 1e4))
_SHORT = (("T", 1e12), ("B", 1e9), ("M", 1e6), ("K", 1e3))
_LONG = ((" trillion", 1e12), (" billion", 1e9), (" million", 1e6), (" thousand", 1e3))
_ZH_DATE = re.compile(r"(\d{4})(\s?年)(?:(\s?)(\d{1,2})(\s?月)(?:(\s?)(\d{1,2})(\s?[日号]))?)?")
_EN_DATE = re.compile(r"([A-Za-z]{3,9})(\.?\s+)(?:(\d{1,2})((?:st|nd|rd|th)?,?\s+))?(\d{4})")


def right_date(date: Date, written: str, iso: str) -> str:
    """A right date, as exact as the one that was written; empty where the form is another or the date not known so well."""
    parts = iso.split("-")
    if len(parts) < date.iso.count("-") + 1:
        return ""
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", written):
        return "-".join(parts[: written.count("-") + 1])
    if zh := _ZH_DATE.fullmatch(written):
        numbers = iter((parts[0], *(str(int(part)) for part in parts[1:])))
        return "".join(next(numbers) if part and part.isdigit() else part or "" for part in zh.groups())
    if en := _EN_DATE.fullmatch(written):
        month = MONTHS[int(parts[1]) - 1]
        name = month if len(en[1]) > 3 or len(month) < 4 else month[:3]
        day = f"{int(parts[2])}{re.sub(r'st|nd|rd|th', '', en[4])}" if en[3] else ""
        return f"{name}{en[2]}{day}{parts[0]}"
    return ""


def right_quantity(quantity: Quantity, written: str, value: float) -> str:
    """A right number in the scale that was written, or in the next of its kind; empty where it is not written in digits."""
    digits = quantity.digits_end - quantity.start
    if digits <= 0 or re.search(r"[×^⁰¹²³⁴-⁹多余几]", written):
        return ""
    unit = written[digits:]
    scales = _scales(unit)
    if not scales:
        return f"{value:,.0f}" if "," in written or value >= 1e5 else f"{value:g}"
    own = next((scale for name, scale in scales if name.strip().lower() == unit.strip().lower()), None)
    if unit.strip().lower() == "k" and value % 1024 == 0 and value % 1000:
        return f"{value / 1024:g}{unit}"
    written_small = float(written[:digits].replace(",", "")) < 1
    if own is not None and _is_short(value / own) and (value >= own or written_small):
        return f"{value / own:.4g}{unit}"
    for (name, scale), (_, _above) in pairwise((*scales, ("", 1.0))):
        if value >= scale and _is_short(value / scale):
            return f"{value / scale:.4g}{_like(name, unit)}"
    return ""


def _scales(unit: str) -> tuple[tuple[str, float], ...]:
    word = unit.strip()
    if re.search(r"[萬億]", word):
        return _ZH_TRADITIONAL
    if re.search(r"[万亿]", word):
        return _ZH
    if word.lower() in ("t", "b", "bn", "m", "k"):
        return _SHORT
    return _LONG if word else ()


def _is_short(number: float) -> bool:
    return 0.1 <= number < 10_000 and abs(float(f"{number:.4g}") - number) <= number * 1e-3


def _like(name: str, unit: str) -> str:
    """A scale in the case and with the gap of another."""
    gap = unit[: len(unit) - len(unit.lstrip())]
    return gap + (name.strip().lower() if unit.strip().islower() else name.strip())
