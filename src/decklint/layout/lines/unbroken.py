"""Texts of which no line is broken for want of room: a bound of their height from the widths of their characters alone.

Most texts on slides are such. No runs are made for them, and nobody asks where their lines could break.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from decklint.deck.nodes import CodeSpan, Emphasis, Inline, LineBreak, Link, Strikethrough, Strong, Styled, Text
from decklint.layout.lines.emoji import EMOJI, MAYBE
from decklint.layout.lines.gauge import gauge
from decklint.layout.model import Font, Style

if TYPE_CHECKING:
    from decklint.layout.css.styles import Element, SlideStyles

_TAGS: dict[type[Inline], str] = {Emphasis: "em", Strong: "strong", Strikethrough: "s", Link: "a", CodeSpan: "code"}
_KINDS = frozenset((*_TAGS, Text, LineBreak))
_JOINTS = 2
"""What joins the edges of an element to the text beside it is no wider than the spacing of letters."""


def is_text(text: str) -> bool:
    """Whether no emoji stands in a text, which would be shown as a picture."""
    return text.isascii() or not MAYBE.search(text) or not EMOJI.search(text)


def unbroken(nodes: Sequence[Inline], element: Element, style: Style, styles: SlideStyles, width: float) -> float | None:
    """A bound of the height of what is shown as `element` in lines of `width` pixels.

    None where some lines may be broken, or hold more than text.
    """
    if not _KINDS.issuperset(map(type, nodes)):
        return None
    widths, fonts = [0.0], [(style.font, style.line_height)]
    if not _add(nodes, element, style, styles, widths, fonts) or not 0 < max(widths) <= width:
        return None
    above = below = ink = 0.0
    for font, line_height in fonts:
        measure = gauge(font)
        up, down = measure.reach(line_height)
        above, below, ink = max(above, up), max(below, down), max(ink, measure.descent)
    return len(widths) * (above + below) + max(0.0, ink - below)


def _add(
    nodes: Sequence[Inline],
    element: Element,
    style: Style,
    styles: SlideStyles,
    widths: list[float],
    fonts: list[tuple[Font, float]],
) -> bool:
    """Add to the widths of lines, and to the fonts and line heights on them; False where there is more than text."""
    known = gauge(style.font).chars
    for node in nodes:
        kind = type(node)
        if kind is Text:
            if not is_text(cast("Text", node).value):
                return False
            widths[-1] += sum(map(known.__getitem__, cast("Text", node).value))
        elif kind is LineBreak:
            if cast("LineBreak", node).shown or cast("LineBreak", node).hard:
                widths.append(0.0)
            else:
                widths[-1] += known[" "]
        elif kind not in _TAGS:
            return False
        else:
            inner, own = styles.inside(element, _TAGS[kind])
            left, right = own.margin.left + own.frame.left, own.margin.right + own.frame.right
            if own.hidden or not own.wraps or left < 0 or right < 0:
                return False
            widths[-1] += left + right + _JOINTS * own.font.spacing
            fonts.append((own.font, own.line_height))
            if kind is CodeSpan:
                code = cast("CodeSpan", node).value
                if not is_text(code):
                    return False
                widths[-1] += sum(map(gauge(own.font).chars.__getitem__, code))
            elif own.display == "inline-block" or not _add(cast("Styled", node).content, inner, own, styles, widths, fonts):
                return False
    return True
