"""Scripts: what is Chinese in a text and what is not."""

from __future__ import annotations

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""The Han characters as the inside of a character class."""

_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff]")
_HANGUL = re.compile("[\uac00-\ud7af\u1100-\u11ff]")


def is_han(char: str) -> bool:
    """Whether a character is Han."""
    return bool(char) and _HAN.match(char) is not None


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese: it has Han characters, and neither Kana nor Hangul to speak of."""
    han = len(_HAN.findall(text))
    if not han:
        return False
    other = len(_KANA.findall(text)) + len(_HANGUL.findall(text))
    return other * 20 <= han
