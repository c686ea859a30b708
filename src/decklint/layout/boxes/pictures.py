"""How large pictures are shown, and how much of a slide a split background takes.

Sources: Marpit 3.2 `markdown/image/apply.js` (sizes become CSS), `background_image/advanced.js` (splits), CSS 2.2 (10.3.2, 10.4),
CSS Images 3 for pictures without a size of their own; broken pictures as Chromium 150 shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from decklint.deck.deck import Deck, Slide
from decklint.deck.images import Word
from decklint.deck.nodes import Image, Leaf
from decklint.deck.walk import blocks, of_type
from decklint.files import ProjectFiles, absolute
from decklint.layout.model import Font, Style

_SIZE = re.compile(r"(?:w|h|width|height):((?:\d*\.)?\d+)(%|ch|cm|em|ex|in|mm|pc|pt|px)?")
_PIXELS = {"": 1.0, "px": 1.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "in": 96.0, "pc": 16.0, "pt": 96 / 72}
_EMS = {"em": 1.0, "ex": 0.5, "ch": 0.5}
_ROOT = re.compile(r"<svg\b[^>]*>")
_ATTRIBUTE = re.compile(r"\s(width|height|viewBox)\s*=\s*[\"']([^\"']*)[\"']")
_LENGTH = re.compile(r"\s*((?:\d*\.)?\d+)\s*(px|cm|mm|in|pc|pt|em|ex)?\s*")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\~]")
"""Addresses of other places, and paths that mean another folder in each of Marp's tools."""
_FALLBACK = (300.0, 150.0)
"""The size of what has none: CSS Images 3, default object size."""
_SIGN = 16.0
"""The width of the sign of a broken picture in Chromium, in pixels."""
_HALF = 0.5


class Own(NamedTuple):
    """What a picture's file says of its size, in pixels; `ratio` is width by height."""

    width: float | None
    height: float | None
    ratio: float | None


class Shown(NamedTuple):
    """The box of a picture: its width and height before the line that it stands on narrows it."""

    width: float
    height: float
    follows: bool
    """Whether the height follows the width where that is narrowed."""
    stretches: bool = False
    """Whether it is as wide as there is room: a drawing that has a ratio and no size."""


class Pictures:
    """The pictures of one deck."""

    def __init__(self, deck: Deck, files: ProjectFiles) -> None:
        self.deck = deck
        self.files = files
        self.unknown = 0
        """How many pictures were met whose size could not be known: they lie elsewhere, or cannot be read."""
        self._own: dict[str, Own | None] = {}
        self._elsewhere: set[str] = set()

    @cached_property
    def html(self) -> bool:
        """Whether Marp is told to let all HTML through."""
        from decklint.marprc import tool_settings

        return bool(tool_settings(self.files).html)

    @property
    def katex(self) -> bool:
        """Whether the deck asks for KaTeX to set its formulas."""
        return self.deck.directives.get("math") == "katex"

    def own(self, url: str) -> Own | None:
        """The size that the file of a picture has; None where a browser here would show a broken picture."""
        if url not in self._own:
            self._own[url] = self._read(url)
        self.unknown += url in self._elsewhere
        return self._own[url]

    def _read(self, url: str) -> Own | None:
        if not url:
            return None
        shown = unquote(re.split(r"[?#]", url, maxsplit=1)[0]).strip()
        if _ELSEWHERE.match(shown) or "\0" in shown:
            self._elsewhere.add(url)
            return None
        path = absolute(Path(self.deck.path).parent / shown)
        if not self.files.holds(path) or self.files.is_unfetched(path):
            self._elsewhere.add(url)
            return None
        if not self.files.exists(path):
            return None
        if path.suffix.lower() == ".svg":
            return self._drawing(url, path)
        pixels = self.files.pixels(path)
        if pixels is None:
            self._elsewhere.add(url)
            return None
        return Own(float(pixels[0]), float(pixels[1]), pixels[0] / pixels[1])

    def _drawing(self, url: str, path: Path) -> Own | None:
        relative = self.files.relative(path)
        text = self.files.read(relative) if relative else None
        root = _ROOT.search(text) if text else None
        if root is None:
            self._elsewhere.add(url)
            return None
        return drawing(root[0])

    def size(self, image: Image, style: Style) -> Shown | None:
        """The box of an inline picture with its style; None for a broken one, which shows its text instead."""
        return self.box(image.url, image.alt, given(image, "width", style.font), given(image, "height", style.font), style)

    def box(self, url: str, text: str, width: float | None, height: float | None, style: Style) -> Shown | None:
        """The box of a picture whose own attributes ask for a width and height in pixels, or for neither.

        A broken picture without text is shown with its size if it has both width and height, else not at all; one with text is
        as tall as it is asked to be.
        """
        width = style.width if width is None else width
        height = style.height if height is None else height
        own = self.own(url)
        if own is None:
            if text.strip():
                return Shown(width or _SIGN, height, False) if height else None
            return Shown(width, height, False) if width and height else Shown(0.0, 0.0, False)
        return _within(fit(own, width, height), style, own)


def drawing(root: str) -> Own:
    """The size that the opening tag of a drawing (SVG) gives: its lengths, and the ratio of its view box."""
    values = dict(_ATTRIBUTE.findall(root))
    width, height = attribute_length(values.get("width", "")), attribute_length(values.get("height", ""))
    ratio = width / height if width and height else None
    box = values.get("viewBox", "").replace(",", " ").split()
    if ratio is None and len(box) == 4:
        try:
            across, down = float(box[2]), float(box[3])
        except ValueError:
            across = down = 0.0
        ratio = across / down if across > 0 and down > 0 else None
    return Own(width, height, ratio)


def attribute_length(text: str) -> float | None:
    """The pixels of a length as attributes of SVG and HTML have it; None for percentages and what is none."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    return float(match[1]) * (_PIXELS.get(match[2] or "") or 16.0 * _EMS[match[2]])


def fit(own: Own, width: float | None, height: float | None) -> Shown:
    """The box of a picture for which CSS asks for a width or height, or neither."""
    if width is not None and height is not None:
        return Shown(width, height, False)
    if width is not None:
        return Shown(width, width / own.ratio if own.ratio else own.height or _FALLBACK[1], own.ratio is not None)
    if height is not None:
        return Shown(height * own.ratio if own.ratio else own.width or _FALLBACK[0], height, False)
    if own.width is None and own.height is None and own.ratio:
        return Shown(_FALLBACK[0], _FALLBACK[0] / own.ratio, True, stretches=True)
    wide = own.width or (own.height * own.ratio if own.height and own.ratio else _FALLBACK[0])
    return Shown(wide, own.height or (wide / own.ratio if own.ratio else _FALLBACK[1]), True)


def _within(shown: Shown, style: Style, own: Own) -> Shown:
    """A box within the limits of its style; the limit in parts of the line is kept by whoever knows the line."""
    width, height, follows, stretches = shown
    ratio = own.ratio or (width / height if height else 1.0)
    if style.max_width is not None and style.max_width_part is None and width > style.max_width:
        width, stretches = style.max_width, False
        height = width / ratio if follows else height
    if style.max_height is not None and height > style.max_height:
        width = style.max_height * ratio if follows and style.width is None else width
        height = style.max_height
    return Shown(width, height, follows, stretches)


def given(image: Image, role: str, font: Font) -> float | None:
    """The last width or height among an image's words that counts, in pixels."""
    found = None
    for word in image.words:
        if word.role == role and word.effective:
            found = _pixels(word, font)
    return found


def _pixels(word: Word, font: Font) -> float | None:
    match = _SIZE.fullmatch(word.text)
    if match is None or match[2] == "%":
        return None
    unit = match[2] or ""
    return float(match[1]) * (_PIXELS[unit] if unit in _PIXELS else _EMS[unit] * font.size)


def backgrounds(slide: Slide) -> Iterator[Image]:
    """The pictures of a slide that are its background, in order."""
    for block in blocks(slide):
        if isinstance(block, Leaf) and (not block.raw or "bg" in block.raw or "&" in block.raw):
            yield from (image for image in of_type(block, Image) if image.is_background)


def split_of(slide: Slide) -> tuple[float, float]:
    """The shares of the slide's width that split backgrounds take on the left and on the right; the last one counts."""
    left = right = 0.0
    for image in backgrounds(slide):
        if not image.url:
            continue
        for word in image.words:
            if word.role == "split":
                side, _, part = word.text.partition(":")
                share = min(1.0, float(part[:-1]) / 100) if part else _HALF
                left, right = (share, 0.0) if side == "left" else (0.0, share)
    return left, right
