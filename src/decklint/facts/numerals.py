"""Numbers written in Chinese characters: 一千七百五十亿, 十二, 十七点五亿; and vague ones: 数百亿, 上千亿, 千亿."""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

NUMERAL = r"[零〇一二两三四五六七八九十](?:[零〇一二两三四五六七八九十百千万亿]|点(?=[零〇一二三四五六七八九]))+|十"
"""A regular expression for what `numeral` reads; a single character but 十 counts nothing that can be checked."""

VAGUE = re.compile(r"(?P<how>数|几|上|近|过|逾|超)?(?P<scale>[十百千]?(?:万亿|亿|万))(?=级|规模|个|参数|张|幅|词|tokens?)")
"""数百亿, 上千亿, 千亿级: an order of magnitude."""


def numeral(text: str) -> float | None:
    """The value of a Chinese numeral; None where the characters make none."""
    whole, _, fraction = text.partition("点")
    head = _with_fraction(whole, fraction) if fraction else _whole(whole)
    return head if head is None or head >= 10 else None


def year(text: str) -> str | None:
    """The digits of a year written one by one: 二〇一七 is 2017."""
    digits = "".join(str(_DIGITS[char]) for char in text if char in _DIGITS)
    return digits if len(digits) == 4 == len(text) and digits[:2] in ("18", "19", "20") else None


def scale_of(text: str) -> float:
    """The value of a scale such as 百亿."""
    value = 1.0
    for char in text:
        value *= _TENS.get(char) or _MYRIADS.get(char) or 1
    return value


def _with_fraction(whole: str, fraction: str) -> float | None:
    """十七点五亿: the digits behind the point, then the scale."""
    digits = fraction.rstrip("十百千万亿")
    head = _whole(whole)
    if head is None or not digits or any(char not in _DIGITS for char in digits):
        return None
    return float(f"{head:.0f}.{''.join(str(_DIGITS[c]) for c in digits)}") * scale_of(fraction[len(digits) :])


def _whole(text: str) -> float | None:
    total = section = digit = 0.0
    seen = False
    for char in text:
        if char in _DIGITS:
            if digit and seen and char not in "零〇":
                return None
            digit, seen = float(_DIGITS[char]), True
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit, seen = 0.0, False
        else:
            total = (total + section + digit or 1) * _MYRIADS[char] if char == "亿" else total + (section + digit or 1) * 10_000
            section = digit = 0.0
            seen = False
    return total + section + digit if text else None
