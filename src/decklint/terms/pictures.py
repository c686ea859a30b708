"""The alternative texts of pictures: who cannot see the slide hears them, and so do those who search a handout."""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import Image, Leaf
from decklint.deck.textview import OPAQUE, TextView
from decklint.deck.walk import walk
from decklint.lang.prose import Prose


def alternatives(prose: Prose) -> Iterator[tuple[Leaf, TextView]]:
    """The text of each inline picture that has any, with its map to the source, and the leaf that the picture is in.

    Words that Marp takes for itself, and words with escapes, stand as OPAQUE; backgrounds have no text.
    """
    for leaf in prose.containing((OPAQUE,)):
        for node in walk(leaf) if "![" in leaf.raw else ():
            if isinstance(node, Image) and not node.is_background and any(not word.consumed for word in node.words):
                yield leaf, _view(node, leaf.raw)


def _view(image: Image, raw: str) -> TextView:
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    at = 0
    for word in image.words:
        start, end = word.span
        plain = not word.consumed and end - start == len(word.text) and word.text in raw
        shown = word.text if plain else OPAQUE
        runs += [(at, start, end), (at + len(shown), end, end)]
        parts.append(shown)
        at += len(shown) + 1
    return TextView(" ".join(parts), runs)
