"""How much of each script a text has: of a leaf, of a slide, of a deck."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decklint.deck.nodes import Leaf
from decklint.deck.walk import slide_of
from decklint.lang import HAN, HANGUL, KANA, is_chinese

_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile(f"[{KANA}]")
_HANGUL = re.compile(f"[{HANGUL}]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_EASTERN = re.compile(f"[{KANA}{HANGUL}]")


@dataclass(frozen=True, slots=True)
class Scripts:
    """The characters of a text by script."""

    han: int
    kana: int
    hangul: int
    latin: int

    @property
    def language(self) -> str:
        """`ja`, `ko` or `zh` where the script tells; empty for all others, which scripts cannot tell apart.

        Japanese has about as many Kana as Han, even in terse headings hardly less than a fifth, and Korean next to no Han.
        What is not one in twenty of all letters is a quotation.
        """
        kana, hangul = (own if own * 6 > self.han + own and own * 20 > self.latin else 0 for own in (self.kana, self.hangul))
        if kana or hangul:
            return "ja" if kana >= hangul else "ko"
        return "zh" if self.han * 20 > self.latin else ""


def scripts_of(text: str) -> Scripts:
    """Count the scripts of a text."""
    return Scripts(*(len(script.findall(text)) for script in (_HAN, _KANA, _HANGUL, _LATIN)))


def text_of(leaves: Iterable[Leaf]) -> str:
    """The visible text of some leaves, one below the other."""
    return "\n".join(leaf.view.text for leaf in leaves)


def outside_japanese_and_korean(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The leaves to which rules for Chinese and English may speak.

    Han characters alone do not tell Japanese from Chinese, so a leaf is judged by itself, by its slide and by its deck.
    """
    whole = text_of(leaves)
    if not _EASTERN.search(whole):
        return list(leaves)
    if scripts_of(whole).language in ("ja", "ko"):
        return []
    slides: dict[int, list[Leaf]] = {}
    for leaf in leaves:
        slides.setdefault(slide_of(leaf).number, []).append(leaf)
    return [
        leaf for slide in slides.values() if not _is_eastern(text_of(slide)) for leaf in slide if not _is_eastern(leaf.view.text)
    ]


def chinese(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The leaves with Chinese in them, in a deck and on a slide that are neither Japanese nor Korean."""
    return [leaf for leaf in outside_japanese_and_korean(leaves) if is_chinese(leaf.view.text)]


def _is_eastern(text: str) -> bool:
    return _EASTERN.search(text) is not None and scripts_of(text).language in ("ja", "ko")
