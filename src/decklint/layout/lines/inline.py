"""From the inline nodes of a leaf to runs of text with their fonts, pictures, formulas and breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from decklint.deck.html import Tag, is_rendered, removed_attributes, tags
from decklint.deck.nodes import (
    CodeSpan,
    Emphasis,
    Image,
    Inline,
    InlineHtml,
    InlineMath,
    Leaf,
    LineBreak,
    Link,
    Strikethrough,
    Strong,
    Styled,
    Text,
)
from decklint.layout.boxes.pictures import Pictures, Shown, attribute_length
from decklint.layout.formulas.math import inline_math
from decklint.layout.lines.emoji import DEPTH, EMOJI, MAYBE, WIDTH
from decklint.layout.lines.text import Run
from decklint.layout.model import Style

if TYPE_CHECKING:
    from decklint.layout.css.styles import Element, SlideStyles

SPACE = re.compile(r"[ \t\n\r\f]+")
_TAGS: dict[type[Styled], str] = {Emphasis: "em", Strong: "strong", Strikethrough: "s", Link: "a"}
_BLOCKS = frozenset(
    "address article blockquote center dd div dl dt figure hr h1 h2 h3 h4 h5 h6 li ol p pre section table tr ul".split()  # noqa: SIM905
)
_VOID = frozenset(("input", "source", "track", "link", "meta"))
_JOINT = "\u2060"
"""Joins the edge of an element to the text beside it."""
_PART = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
_ICON = 16.0
"""The sign of a broken picture, which Chromium shows before its text, in pixels."""
_RAISED = {"sup": 1 / 3, "sub": -1 / 5}
"""How far `vertical-align` moves text, in parts of the size around it, beside one pixel: as Chromium does it."""


def runs_of(leaf: Leaf, element: Element, styles: SlideStyles, pictures: Pictures) -> list[Run]:
    """The runs of a leaf that is shown as `element`; nothing for comments and backgrounds."""
    inlines = leaf.inlines
    if len(inlines) == 1 and type(text := inlines[0]) is Text and (text.value.isascii() or not MAYBE.search(text.value)):
        style = styles.of(element)
        if style.display != "inline-block":
            return _plain(text, style)
    maker = _Maker(element, styles, pictures)
    maker.add(inlines)
    return maker.finished()


def _plain(node: Text, style: Style) -> list[Run]:
    """The runs of text with nothing in it."""
    text = SPACE.sub(" ", node.value).strip(" ")
    if not text or style.hidden:
        return []
    return [_run(text, style, 0.0, node.span.start)]


def _run(text: str, style: Style, shift: float, source: int) -> Run:
    run = Run(text, style.font, line_height=style.line_height, wraps=style.wraps, shift=shift, source=source)
    run.breaks_words, run.keeps = style.breaks_words, style.keeps_spaces
    if style.display == "inline-block":
        run.whole = True
        run.padding = style.margin.left + style.margin.right + style.frame.left + style.frame.right
    return run


class _Maker:
    """Makes runs, one after the other; spaces collapse over their borders."""

    def __init__(self, element: Element, styles: SlideStyles, pictures: Pictures) -> None:
        self.styles = styles
        self.pictures = pictures
        self.open: list[tuple[Element, Style, float]] = [(element, styles.of(element), 0.0)]
        self.runs: list[Run] = []
        self.spaced = True
        """Whether a space here would not be seen: at the start of a line, and behind another one."""

    def add(self, nodes: Iterable[Inline]) -> None:
        """Make the runs of inline nodes."""
        for node in nodes:
            if isinstance(node, Text):
                self.words(node.value, node.span.start)
            elif isinstance(node, LineBreak):
                if node.shown or node.hard:
                    self.line_break(node.span.start)
                else:
                    self.words(" ", node.span.start)
            elif isinstance(node, Styled):
                self.enter(_TAGS.get(type(node), "span"), node.span.start)
                self.add(node.content)
                self.leave(node.span.end)
            elif isinstance(node, CodeSpan):
                self.enter("code", node.span.start)
                self.words(node.value, node.span.start)
                self.leave(node.span.end)
            elif isinstance(node, InlineMath):
                self.formula(node)
            elif isinstance(node, Image):
                if not node.is_background:
                    self.picture(node)
            elif isinstance(node, InlineHtml):
                self.html(node)

    def finished(self) -> list[Run]:
        """The runs. A break at the end ends the last line and begins no further one."""
        self.hang()
        return self.runs

    def hang(self) -> None:
        """Take away the space that ends a line."""
        last = self.runs[-1] if self.runs else None
        if last is not None and last.width is None and not last.whole and last.text.endswith(" "):
            last.text = last.text[:-1]

    def line_break(self, source: int) -> None:
        """A forced break."""
        self.hang()
        style = self.open[-1][1]
        self.runs.append(Run("", style.font, line_height=style.line_height, breaks=True, source=source))
        self.spaced = True

    def enter(self, tag: str, source: int, classes: frozenset[str] = frozenset(), inline: str = "") -> None:
        """Open an inline element that begins at `source`."""
        outer, around, shift = self.open[-1]
        element, style = self.styles.inside(outer, tag, classes, inline)
        if tag in _RAISED and style.line_height:
            shift += around.font.size * _RAISED[tag] + (1 if tag == "sup" else -1)
        self.open.append((element, style, shift))
        if style.display != "inline-block":
            self.edge(style, source, left=True)

    def leave(self, source: int) -> None:
        """Close the innermost element, which ends at `source`."""
        _, style, _ = self.open.pop()
        if style.display != "inline-block":
            self.edge(style, source, left=False)

    def edge(self, style: Style, source: int, *, left: bool) -> None:
        """The room that margin, border and padding of an element take before or behind it."""
        room = style.margin.left + style.frame.left if left else style.margin.right + style.frame.right
        if room:
            run = Run(_JOINT, style.font, room, line_height=style.line_height, source=source)
            run.breaks_words = style.breaks_words
            self.runs.append(run)

    def words(self, text: str, source: int) -> None:
        """Text of the innermost element, emoji among it."""
        if text.isascii() or not MAYBE.search(text):
            self.plain(text, source)
            return
        at, font = 0, self.open[-1][1].font
        for match in EMOJI.finditer(text):
            self.plain(text[at : match.start()], source)
            self.atom(Run(match[0], font, width=font.size * WIDTH, height=font.size, depth=font.size * DEPTH, source=source))
            at = match.end()
        self.plain(text[at:], source)

    def atom(self, run: Run) -> None:
        """Something that is not broken."""
        if run.block:
            self.hang()
        self.runs.append(run)
        self.spaced = run.block

    def plain(self, text: str, source: int) -> None:
        """Text without emoji."""
        _, style, shift = self.open[-1]
        text = SPACE.sub(" ", text)
        if self.spaced and text[:1] == " ":
            text = text[1:]
        if not text or style.hidden:
            return
        self.spaced = text[-1] == " "
        whole = style.display == "inline-block"
        last = self.runs[-1] if self.runs else None
        if last is not None and last.font is style.font and last.width is None and not (last.breaks or last.padding or whole):
            last.text += text
            return
        self.runs.append(_run(text, style, shift, source))

    def formula(self, node: InlineMath) -> None:
        """A formula, in the size of the text around it."""
        font = self.open[-1][1].font
        wide, tall, depth = inline_math(node.value, font.size, font.table, katex=self.pictures.katex)
        self.atom(Run("", font, width=wide, height=tall, depth=depth, source=node.span.start))

    def picture(self, node: Image) -> None:
        """A picture of Markdown."""
        style = self.image_style(words=node.alt)
        self.shown(self.pictures.size(node, style), style, node.alt, node.span.start)

    def image_style(self, words: str = "", classes: frozenset[str] = frozenset(), inline: str = "") -> Style:
        """The style of a picture here."""
        return self.styles.inside(self.open[-1][0], "img", classes, inline, words)[1]

    def shown(self, box: Shown | None, style: Style, text: str, source: int) -> None:
        """A picture, or the text of a broken one."""
        if style.hidden or style.floats:
            return
        if box is None:
            run = Run(text, style.font, _ICON, line_height=style.line_height, whole=True, source=source)
            self.runs.append(run)
            self.spaced = False
            return
        margin, frame = style.margin, style.frame
        across = margin.left + margin.right + frame.left + frame.right
        down = margin.top + margin.bottom + frame.top + frame.bottom
        run = Run("", style.font, width=box.width + across, height=box.height + down, source=source)
        run.limit, run.follows, run.stretches = style.max_width_part, box.follows, box.stretches
        run.block = style.display not in ("inline", "inline-block")
        self.atom(run)

    def html(self, node: InlineHtml) -> None:
        """A tag, or what is printed of one that Marp does not let through."""
        tag = next(tags(node.value), None)
        if tag is None or not (self.pictures.html or is_rendered(tag)):
            self.words(node.value, node.span.start)
            return
        source = node.span.start
        if tag.name == "br" or (tag.name in _BLOCKS and self.runs and not self.spaced):
            self.line_break(source)
        elif tag.name == "img":
            self.html_picture(tag, source)
        elif tag.name == "wbr":
            self.words("\u200b", source)
        elif tag.name in _BLOCKS or tag.name in _VOID:
            return
        elif not tag.closing:
            kept = self.kept(tag)
            self.enter(tag.name, source, frozenset(kept.get("class", "").split()), kept.get("style", ""))
        elif any(element.tag == tag.name for element, _, _ in self.open[1:]):
            while self.open[-1][0].tag != tag.name:
                self.leave(source)
            self.leave(source)

    def kept(self, tag: Tag) -> dict[str, str]:
        """The attributes that Marp leaves a tag."""
        removed = () if self.pictures.html else removed_attributes(tag)
        return {name: value for name, value in tag.attributes.items() if name not in removed}

    def html_picture(self, tag: Tag, source: int) -> None:
        """A picture of HTML."""
        kept = self.kept(tag)
        text = kept.get("alt", "")
        style = self.image_style(text, frozenset(kept.get("class", "").split()), kept.get("style", ""))
        sizes = [attribute_length(kept.get(side, "")) for side in ("width", "height")]
        count = len(self.runs)
        self.shown(self.pictures.box(kept.get("src", ""), text, sizes[0], sizes[1], style), style, text, source)
        part = _PART.fullmatch(kept.get("width", "").strip())
        run = self.runs[-1] if len(self.runs) > count else None
        if part and run is not None and run.width and style.width is None and sizes[1] is None:
            run.limit, run.follows, run.stretches = min(float(part[1]) / 100, run.limit or 1.0), True, True
