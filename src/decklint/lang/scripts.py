"""How much of each script a text has: of a leaf, of a slide, of a deck."""

from __future__ import annotations

import re
from collections.abc import Iterable

from decklint.deck.nodes import Leaf
from decklint.deck.walk import slide_of
from decklint.lang import HAN, HANGUL, KANA, is_chinese
from decklint.lang.prose import Prose
from decklint.records import dataclass

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


def outside_japanese_and_korean(prose: Prose) -> Prose:
    """The leaves to which rules for Chinese and English may speak.

    Han characters alone do not tell Japanese from Chinese, so a leaf is judged by itself, by its slide and by its deck.
    """
    if not prose.once(_has_eastern):
        return prose
    if scripts_of(prose.text).language in ("ja", "ko"):
        return Prose(())
    slides: dict[int, list[Leaf]] = {}
    for leaf in prose.leaves:
        slides.setdefault(slide_of(leaf).number, []).append(leaf)
    return Prose(leaf for slide in slides.values() if not _is_eastern(slide) for leaf in slide if not _is_eastern((leaf,)))


def chinese(prose: Prose) -> Prose:
    """The leaves with Chinese in them, in a deck and on a slide that are neither Japanese nor Korean."""
    own = prose.once(outside_japanese_and_korean)
    found = [leaf for leaf, text in zip(own.leaves, own.texts, strict=True) if not text.isascii() and _HAN.search(text)]
    if prose.once(_has_eastern):
        return Prose(leaf for leaf in found if is_chinese(leaf.view.text))
    return prose if len(found) == len(prose.leaves) else Prose(found)


def _has_eastern(prose: Prose) -> bool:
    return _EASTERN.search(prose.text) is not None


def _is_eastern(leaves: Iterable[Leaf]) -> bool:
    text = "\n".join(leaf.view.text for leaf in leaves)
    return _EASTERN.search(text) is not None and scripts_of(text).language in ("ja", "ko")
