"""The anchors of headings: what `[text](#anchor)` can lead to.

Source: Marp Core 4.4 `slug/slug.ts`: GitHub's way, with the punctuation of Chinese taken out as well. Slides have their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from decklint.deck.deck import Deck
from decklint.deck.nodes import CodeSpan, Heading, Image, Inline, InlineHtml, Styled, Text
from decklint.deck.walk import blocks

_OUT = re.compile(
    "[\\]\\[!/'\"#$%&()*+,./:;<=>?@\\\\^{|}~`。，、；：？！…—·ˉ¨‘’“”々～‖∶＂＇｀｜〃〔〕〈〉《》「」『』．〖〗【】（）［］｛｝]"
)
_DASHES = re.compile(r"^-+|-+$")
_SPACE = re.compile(r"\s+")


def anchors(deck: Deck) -> dict[Heading, str]:
    """The anchor of every heading, not percent-encoded; the same text again gets a number."""
    used = {str(slide.number): 0 for slide in deck.slides}
    found: dict[Heading, str] = {}
    for block in blocks(deck):
        if isinstance(block, Heading):
            slug = slugify(_words(block.inlines))
            count = used[slug] + 1 if slug in used else 0
            used[slug] = count
            found[block] = f"{slug}-{count}" if count else slug
    return found


def slugify(text: str) -> str:
    """The anchor of a heading's text, before numbering."""
    return _DASHES.sub("", _OUT.sub("", _SPACE.sub("-", text.strip().lower())), count=1)


def _words(inlines: Iterable[Inline]) -> str:
    parts = []
    for node in inlines:
        if isinstance(node, (Text, CodeSpan, InlineHtml)):
            parts.append(node.value)
        elif isinstance(node, Image):
            parts.append(" ".join(word.text for word in node.words))
        elif isinstance(node, Styled):
            parts.append(_words(node.content))
    return "".join(parts)
