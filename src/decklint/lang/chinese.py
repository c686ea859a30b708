"""Chinese texts: whether a text is mostly Chinese, and in which of the two scripts, simplified or traditional.

Told by the two old standards, each made for one of the scripts: of the everyday characters of GB 2312 (3,755) those that Big5
lacks are simplified forms; of the everyday characters of Big5 (5,401) those that GB 2312 lacks are traditional ones.
"""

from __future__ import annotations

import re
from functools import cache

from decklint.lang import HAN, is_chinese
from decklint.patterns import constant

_HAN = re.compile(f"[{HAN}]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 20  # Han characters: a text with fewer says nothing about a deck
_SURE = 0.95  # the share of one script's characters among those that tell

# In the everyday part of Big5, not in GB 2312, and yet right in simplified texts: pronouns, and 瞭 of 瞭望.
_NO_VARIANTS = frozenset("妳牠祂瞭")


def is_mostly_chinese(text: str) -> bool:
    """Whether Chinese makes up most of a text. One Han character says about as much as three Latin letters."""
    han = len("".join(_HAN.findall(text)))
    if han < _SHORTEST:
        return False
    is_most = han * 3 >= len(text) or han * 3 >= len("".join(_LETTERS.findall(text)))  # letters are counted where it matters
    return is_most and is_chinese(text)


def language_tag(text: str) -> str:
    """`zh-CN` for a text in simplified, `zh-Hant` for one in traditional characters, empty where it is not sure."""
    if not one_of(traditional_only()).search(text):  # as in nearly all: then one simplified character tells
        return "zh-CN" if one_of(simplified_only()).search(text) else ""
    simplified, traditional = variants_in(text)
    if simplified > (simplified + traditional) * _SURE:
        return "zh-CN"
    return "zh-Hant" if traditional > (simplified + traditional) * _SURE else ""


def variants_in(text: str) -> tuple[int, int]:
    """How many characters of a text only simplified Chinese has, and how many only traditional Chinese."""
    simplified, traditional = one_of(simplified_only()), one_of(traditional_only())
    return len(simplified.findall(text)), len(traditional.findall(text))


@cache
def simplified_only() -> frozenset[str]:
    """The everyday characters that only simplified Chinese has."""
    everyday = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    return _unknown_to("big5", everyday.decode("gb2312", "ignore"))


@cache
def traditional_only() -> frozenset[str]:
    """The everyday characters that only traditional Chinese has."""
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    everyday = bytes(byte for row in range(0xA4, 0xC7) for cell in cells for byte in (row, cell))
    return _unknown_to("gb2312", everyday.decode("big5", "ignore")) - _NO_VARIANTS


@cache
@constant
def one_of(chars: frozenset[str]) -> re.Pattern[str]:
    """What finds each of some characters."""
    return re.compile(f"[{''.join(sorted(chars))}]")


def _unknown_to(codec: str, chars: str) -> frozenset[str]:
    return frozenset(chars) - frozenset(chars.encode(codec, "ignore").decode(codec))
