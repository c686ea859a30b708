"""How the words of a rule book are found in a text: where one may begin, and how long those are that begin alike.

Worked out when the book is compiled; `decklint.matching` is what looks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from decklint.deck.textview import fold

_LETTER = r"[^\W\u2e80-\U0010ffff]"
"""A letter or digit of the scripts that write words apart."""


def index_of(words: Collection[str], *, whole_words: bool = True) -> dict[str, Any]:
    """Of folded words of two characters or more: `starts`, a pattern of where one may begin, and `sizes` by first characters.

    `sizes` tells for the first three characters of a text, and if it has not these for the first two, how long the words may be
    that begin there, the longest first. With `whole_words`, words begin with a letter or a digit, and none is looked for inside a
    Latin word.
    """
    sizes: dict[str, set[int]] = {}
    for word in words:
        sizes.setdefault(word[:3], set()).add(len(word))
    for head, found in sizes.items():
        if len(head) == 3 and head[:2] in words:
            found.add(2)
    return {"starts": _starts(words, whole_words), "sizes": {head: sorted(sizes[head], reverse=True) for head in sorted(sizes)}}


def phrases_of(attributes: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str, int]]:
    """By folded words attribute, value and tail of a `Phrase`; the words of several values stand for the first."""
    found: dict[str, tuple[str, str, int]] = {}
    for raw in attributes:
        for value, both in raw.get("values", {}).items():
            for word in (*both.get("zh", ()), *both.get("en", ())):
                said, _, tail = word.partition("…")
                found.setdefault(fold(said + tail), (raw["id"], value, len(tail)))
    return found


def measures_of(attributes: Iterable[Mapping[str, Any]]) -> list[str]:
    """Folded words of which one stands in each text that has a cue, a unit or a frame of an attribute that is measured."""
    words: set[str] = set()
    for raw in attributes:
        for key in ("cues", "units", "frames") if raw["type"] == "quantity" else ():
            for word in (word for both in raw.get(key, {}).values() for word in both):
                before, _, behind = fold(word).partition("…")
                words.add(behind or before)
    return sorted(word for word in words if not any(other != word and other in word for other in words))


def _starts(words: Collection[str], whole_words: bool) -> str:
    """Where the first three characters are such as some word has there; with `whole_words`, not inside a Latin word.

    It begins with a set of characters, to which the engine runs.
    """
    short = {word for word in words if len(word) == 2}
    first, second, third = (re.escape("".join(sorted({word[at : at + 1] for word in words} - {""}))) for at in range(3))
    last = re.escape("".join(sorted({word[1] for word in short})))
    outside = f"(?<!{_LETTER}{_LETTER})" if whole_words else ""
    behind = "|".join(([f"[{second}][{third}]"] if third else []) + ([f"[{last}]"] if last else []))
    return f"[{first}]{outside}(?={behind})" if first else r"\Z\b"
