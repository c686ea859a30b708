"""Scripts and languages: what is Chinese in a text, what is not, and what a text is used to."""

from __future__ import annotations

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""The Han characters as the inside of a character class."""

KANA = "\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
"""Hiragana and Katakana as the inside of a character class; the middle dot, which Chinese names have too, is none."""

HANGUL = "\uac00-\ud7af\u1100-\u11ff\u3130-\u318f"
"""Hangul as the inside of a character class."""

_HAN = re.compile(f"[{HAN}]")
_KANA_OR_HANGUL = re.compile(f"[{KANA}{HANGUL}]")


def is_han(char: str) -> bool:
    """Whether a character is Han."""
    return bool(char) and _HAN.match(char) is not None


def is_chinese(text: str) -> bool:
    """Whether a text is Chinese: it has Han characters, and neither Kana nor Hangul to speak of."""
    others = len(_KANA_OR_HANGUL.findall(text))
    return len(_HAN.findall(text)) >= others * 20 if others else _HAN.search(text) is not None
