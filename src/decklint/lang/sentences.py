"""The sentence that a mark stands in, and whether it is a Chinese or a Latin one."""

from __future__ import annotations

import re

from decklint.lang import HAN, HANGUL, KANA

_END = re.compile(r"[。！？\n]|(?<=[A-Za-z)\"”])[.?!](?=\s+[A-Z])")
_HAN = re.compile(f"[{HAN}]")
_EASTERN = re.compile(f"[{HAN}{KANA}{HANGUL}]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SMALL_WORD = re.compile(
    r"\b(?:an?|the|of|to|in|on|at|by|for|from|with|as|is|are|was|were|be|been|has|have|had|can|could|will|would|may|must|should"
    r"|do|does|did|not|and|or|but|if|then|than|that|this|these|those|which|who|what|when|where|why|how|its?|we|you|they|our|your"
    r"|their|there|into|over|about|between|through|while|because|so|all|each|only|also|no|more)\b",
    re.IGNORECASE,
)
_PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "“": "”", "‘": "’", "「": "」", "《": "》"}
_FARTHEST = 300  # characters that are looked at on each side: of a longer sentence, or quotation, that will do


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Where the sentence begins and ends that the character `at` stands in; its final mark belongs to it."""
    start, stop = max(0, at - _FARTHEST), min(len(text), at + _FARTHEST)
    for end in _END.finditer(text, start, stop):
        if end.start() >= at:
            return start, end.end()
        start = end.end()
    return start, stop


def is_chinese_sentence(sentence: str) -> bool:
    """Whether a sentence is a Chinese one with foreign words, not a foreign one with Chinese words."""
    han = len(_HAN.findall(sentence))
    return han >= 4 and han >= 2 * len(_WORD.findall(sentence))


def is_latin_sentence(sentence: str) -> bool:
    """Whether a text is an English sentence: five words or more, two small ones among them, nothing East Asian."""
    return not _EASTERN.search(sentence) and len(_WORD.findall(sentence)) >= 5 and len(_SMALL_WORD.findall(sentence)) >= 2


def enclosure(text: str, at: int) -> str | None:
    """What stands in the innermost brackets or quotation marks around a place of its line; None where there are none."""
    closing = set(_PAIRS.values())
    depth: list[str] = []
    for place in range(at - 1, max(-1, at - _FARTHEST), -1):
        char = text[place]
        if char == "\n":
            return None
        if char in closing:
            depth.append(char)
        elif char in _PAIRS:
            if depth and depth[-1] == _PAIRS[char]:
                depth.pop()
                continue
            end = text.find(_PAIRS[char], at, at + _FARTHEST)
            return text[place + 1 : end] if end > 0 else None
    return None


def is_foreign_run(text: str, at: int) -> bool:
    """Whether a place lies inside brackets or quotation marks that hold nothing Chinese."""
    inside = enclosure(text, at)
    return inside is not None and not _HAN.search(inside)
