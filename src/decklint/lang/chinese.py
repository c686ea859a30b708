"""Chinese texts: whether a text is mostly Chinese, and in which of the two scripts it is written."""

from __future__ import annotations

import re

from decklint.lang import HAN, is_chinese

_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_SHORTEST = 20  # Han characters: a text with fewer says nothing about a deck

# Everyday characters that both scripts have, in different forms.
_SIMPLIFIED = "们这国时会说对学过发现实应样经动还进种问题关电话业务论图数网络类计为从来个习训练优标传统语义层阵变换输随总结"
_TRADITIONAL = "們這國時會說對學過發現實應樣經動還進種問題關電話業務論圖數網絡類計為從來個習訓練優標傳統語義層陣變換輸隨總結"
_NEITHER = frozenset(_SIMPLIFIED) & frozenset(_TRADITIONAL)
_SURE = 0.95  # the share of one script's characters among those that tell


def is_mostly_chinese(text: str) -> bool:
    """Whether Chinese makes up most of a text. One Han character says about as much as three Latin letters."""
    han = len(_HAN.findall(text))
    return han >= _SHORTEST and han * 3 >= len(_LETTER.findall(text)) and is_chinese(text)


def language_tag(text: str) -> str:
    """`zh-CN` for a text in simplified, `zh-Hant` for one in traditional characters, empty where it is not sure."""
    simplified = sum(map(text.count, set(_SIMPLIFIED) - _NEITHER))
    traditional = sum(map(text.count, set(_TRADITIONAL) - _NEITHER))
    if simplified > (simplified + traditional) * _SURE:
        return "zh-CN"
    return "zh-Hant" if traditional > (simplified + traditional) * _SURE else ""
