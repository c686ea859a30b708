"""Which characters are written only in simplified and which only in traditional Chinese.

Told by the two old standards, each made for one of the scripts: of the everyday characters of GB 2312 (3,755) those that Big5
lacks are simplified forms; of the everyday characters of Big5 (5,401) those that GB 2312 lacks are traditional ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

# In the everyday part of Big5, not in GB 2312, and yet right in simplified texts: pronouns, and 瞭 of 瞭望.
_NO_VARIANTS = frozenset("妳牠祂瞭")


@cache
def simplified_only() -> frozenset[str]:
    """The everyday characters that only simplified Chinese has."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(_unknown_to("big5", "gb2312", codes))


@cache
def traditional_only() -> frozenset[str]:
    """The everyday characters that only traditional Chinese has."""
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    codes = (bytes((row, cell)) for row in range(0xA4, 0xC7) for cell in cells)
    return frozenset(_unknown_to("gb2312", "big5", codes)) - _NO_VARIANTS


def _unknown_to(other: str, own: str, codes: Iterable[bytes]) -> list[str]:
    found = []
    for code in codes:
        char = code.decode(own, "ignore")
        if char and not char.encode(other, "ignore"):
            found.append(char)
    return found
