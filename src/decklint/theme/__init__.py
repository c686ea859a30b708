"""What a deck's style sheets say: its theme, and the words of alternative texts that they select on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decklint.deck.deck import Deck
from decklint.deck.nodes import StyleBlock
from decklint.deck.walk import blocks
from decklint.files import ProjectFiles

if TYPE_CHECKING:
    from decklint.theme.css import AltSelector

BUILT_IN = frozenset(("default", "gaia", "uncover"))
_THEME_NAME = re.compile(r"^[*!\s/]*@theme\s+(.+?)\s*(?:\*/)?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Theme:
    """A deck's theme as far as it can be known without running anything."""

    name: str
    known: bool
    """Built in, or a style sheet of the project defines it."""
    alt_selectors: tuple[AltSelector, ...]
    """Selectors on `img[alt…]` in any style sheet of the deck or its project."""

    def selects(self, word: str) -> bool:
        """Whether a style sheet selects on a word of an alternative text."""
        return any(selector.matches(word) for selector in self.alt_selectors)


def theme_of(deck: Deck, files: ProjectFiles) -> Theme:
    """Read the style sheets that may apply to a deck: its own, and all of the project, since settings can load any of them."""
    from decklint.theme.css import alt_selectors

    name = deck.directives.get("theme")
    name = name if isinstance(name, str) and name else "default"
    known = name in BUILT_IN
    sheets = [str(deck.directives.get("style") or "")]
    sheets += [block.css for block in blocks(deck) if isinstance(block, StyleBlock)]
    for path in files.paths(".css", ".scss", ".sass", ".less"):
        css = files.read(path) or ""
        known = known or any(match[1] == name for match in _THEME_NAME.finditer(css))
        if "alt" in css:
            sheets.append(css)
    selectors = tuple(selector for css in sheets if "alt" in css for selector in alt_selectors(css))
    return Theme(name, known, selectors)
