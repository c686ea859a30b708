"""The words of an image's alternative text, as Marp reads them.

Source: Marpit 3.2 `markdown/image/parse.js`, `image/apply.js`, `background_image/parse.js`.
"""

from __future__ import annotations

import re

from decklint.records import dataclass
from decklint.text import Span

COLOUR_ADDRESS = re.compile(
    r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|rgba?\([\d.,%]+\)"
    r"|white|black|gr[ae]y|red|green|blue|yellow|orange|purple|navy|teal|pink|brown|silver|gold",
    re.IGNORECASE,
)
"""An address that is a colour: until Marpit 3 it set the colour of the slide."""

_LENGTH = r"((?:\d*\.)?\d+(?:%|ch|cm|em|ex|in|mm|pc|pt|px)?|auto)"
_FILTERS = "blur|brightness|contrast|grayscale|hue-rotate|invert|opacity|saturate|sepia"

_EVERYWHERE = (
    ("size", re.compile(r"(\d*\.)?\d+%")),
    ("width", re.compile(rf"w(?:idth)?:{_LENGTH}")),
    ("height", re.compile(rf"h(?:eight)?:{_LENGTH}")),
    ("filter", re.compile(rf"(?:{_FILTERS})(?::.+)?")),
    ("filter", re.compile(r"drop-shadow(?::.+?,.+)?")),
)
_BACKGROUND_ONLY = (
    ("size", re.compile(r"auto|contain|cover|fit")),
    ("split", re.compile(r"(?:left|right)(?::(?:\d*\.)?\d+%)?")),
    ("direction", re.compile(r"vertical|horizontal")),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an alternative text.

    `role` is `background`, `size`, `width`, `height`, `filter`, `split` or `direction` for what Marp consumes, else `text`.
    `effective` is false for a consumed word that changes nothing, such as `50%` on an inline image.
    """

    text: str
    span: Span
    role: str = "text"
    effective: bool = True

    @property
    def consumed(self) -> bool:
        """Whether Marp takes the word out of the alternative text."""
        return self.role != "text"


def read_words(words: list[tuple[str, Span]]) -> tuple[Word, ...]:
    """Give each word its role; whether `bg` is among them decides for all."""
    background = any(text == "bg" for text, _ in words)
    return tuple(_read(text, span, background) for text, span in words)


def _read(text: str, span: Span, background: bool) -> Word:
    if text == "bg":
        return Word(text, span, "background")
    for role, pattern in _EVERYWHERE:
        if pattern.fullmatch(text):
            return Word(text, span, role, background or role == "filter" or not text.endswith("%"))
    if background:
        for role, pattern in _BACKGROUND_ONLY:
            if pattern.fullmatch(text):
                return Word(text, span, role)
    return Word(text, span)
