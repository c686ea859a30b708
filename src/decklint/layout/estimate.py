"""The layouts of a deck's slides: what `overflow.mjs` measures in a browser, worked out from themes, fonts and text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from decklint.deck.deck import Deck, Slide
from decklint.files import ProjectFiles
from decklint.layout.bound import fits
from decklint.layout.boxes.blocks import Flow
from decklint.layout.boxes.edges import settle
from decklint.layout.boxes.pictures import Pictures
from decklint.layout.boxes.tree import Item, Wardrobe, items_of
from decklint.layout.css.styles import DeckStyles, SlideStyles
from decklint.layout.judgement import judge
from decklint.layout.model import Box, SlideLayout, Style, Verdict
from decklint.marprc import tool_settings
from decklint.theme import BUILT_IN, Theme

_SCALED = frozenset(("fittingHeader", "code", "math"))
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_AUTO_SCALING = re.compile(r"^(?:/\*)?[*!\t ]*@auto-scaling[ \t]+([\w \t]+)", re.MULTILINE)
_FATAL = ("grid-area", "grid-template-areas", "grid-template-columns", "writing-mode", "zoom", "transform", "display", "position")
"""What cannot be guessed at: with it nothing is said of a slide."""
_SLIGHT = frozenset(("picture", "import", "video", "theme", "float"))
"""What leaves the places in a grid as they are; of anything else that cannot be read there, nobody knows which place it moves."""


class Layouts:
    """The layouts of a deck's slides. Those of which it is sure that they fit are made only when all are asked for."""

    def __init__(self, deck: Deck, theme: Theme, files: ProjectFiles) -> None:
        self.deck = deck
        self._styles = DeckStyles(deck, theme)
        self._pictures = Pictures(deck, files)
        self._scaling = _scaling(theme)
        self._html = bool(tool_settings(files).html)
        self._flows: dict[int, tuple[Flow, Wardrobe]] = {}

    @cached_property
    def all(self) -> list[SlideLayout]:
        """The slides laid out, in order."""
        known = {laid.slide.number: laid for laid in self.crowded} if "crowded" in self.__dict__ else {}
        return self._made([slide for slide in self.deck.slides if slide.number not in known], known)

    @cached_property
    def crowded(self) -> list[SlideLayout]:
        """The slides that may hold too much, laid out, in order: all but those of text and code that fit for certain.

        A slide that is left out holds no table and no formula of its own, and all its code stands in full size; its verdict is
        `OK` or `MARGIN`, unless it is `DECLINED`.
        """
        return self._made(self.deck.slides, {}, only_crowded=True)

    def with_html(self, slide: Slide) -> SlideLayout:
        """A slide laid out as if Marp let all HTML through."""
        return self._made([slide], {}, html=True)[0]

    def _made(
        self, slides: Iterable[Slide], known: dict[int, SlideLayout], *, only_crowded: bool = False, html: bool = False
    ) -> list[SlideLayout]:
        laid: list[tuple[SlideLayout, SlideStyles, frozenset[str]]] = []
        text, pictures, html = self.deck.source.text, self._pictures, html or self._html
        for slide in slides:
            flow, wardrobe = self._flow(slide)
            unknown = pictures.unknown
            items = items_of(slide, text, html=html)
            wardrobe.dress(items)
            if only_crowded and fits(flow, items, text[slide.span.start : slide.span.end], *flow.styles.room):
                continue
            layout = _lay_out(slide, items, flow)
            met = {"picture"} if pictures.unknown > unknown else set()
            laid.append((layout, flow.styles, frozenset(flow.doubts | met)))
        for layout, styles, doubts in laid:  # a style is known in full when all that wears it has been met
            _doubt(layout, styles, doubts)
            known[layout.slide.number] = layout
        return [known[number] for number in sorted(known)]

    def _flow(self, slide: Slide) -> tuple[Flow, Wardrobe]:
        """What lays out a slide and gives its elements their styles: the same for slides that share theirs."""
        styles = self._styles.of(slide)
        found = self._flows.get(id(styles))
        if found is None:
            flow = Flow(self.deck.source, styles, self._pictures, self._scaling)
            found = self._flows[id(styles)] = (flow, Wardrobe(styles))
        else:
            found[0].doubts.clear()
        return found


def layout_of(deck: Deck, theme: Theme, files: ProjectFiles) -> list[SlideLayout]:
    """Lay out all slides of a deck."""
    return Layouts(deck, theme, files).all


def _doubt(layout: SlideLayout, styles: SlideStyles, doubts: frozenset[str]) -> None:
    """Tell what a layout is not sure of; where that decides about everything, nothing is said of the slide."""
    layout.doubts = doubts | styles.doubts
    layout.sure = not layout.doubts
    layout.declined = styles.declined or next((name for name in _FATAL if name in layout.doubts), "")
    if styles.section.display == "grid" and not layout.doubts <= _SLIGHT:
        layout.declined = layout.declined or "grid"
    if layout.declined:
        layout.verdict = Verdict.DECLINED
        layout.first_lost, layout.lost_lines = None, 0


def _lay_out(slide: Slide, items: list[Item], flow: Flow) -> SlideLayout:
    styles = flow.styles
    section, (room, space) = styles.section, styles.room
    root = Box(slide, "section", 0.0, 0.0, styles.width * styles.share, styles.height)
    if section.display in ("flex", "grid") or section.columns > 1:
        from decklint.layout.boxes.columns import fill

        root.children, tall = fill(flow, items, section, room, space)
    else:
        pile = flow.pile(items, room)
        root.children = pile.boxes
        tall = pile.above.size + max(pile.height + pile.below.size, pile.end)
        for box in root.children:
            box.y += pile.above.size
    start = section.padding.top + _shift(section, space - tall)
    for box in root.children:
        settle(box, section.padding.left, start)
    return judge(slide, styles, root, start + tall)


def _scaling(theme: Theme) -> frozenset[str]:
    """What the theme has Marp scale: the built-in ones everything, others what `@auto-scaling` says."""
    if not theme.known or not theme.sheets:
        return _SCALED
    for sheet in theme.sheets:
        comments = _COMMENT.findall(sheet.css) if "@auto-scaling" in sheet.css else ()
        said = next((found for comment in comments if (found := _AUTO_SCALING.search(comment))), None)
        if said is not None:
            return _SCALED if "true" in said[1].split() else _SCALED.intersection(said[1].split())
    return _SCALED if any(name in BUILT_IN for sheet in theme.sheets for name in sheet.imports) else frozenset()


def _shift(section: Style, free: float) -> float:
    """How far content moves down because the slide places it in the middle or at the end."""
    if free < 0 and section.safe:
        return 0.0
    return {"center": free / 2, "end": free}.get(section.align, 0.0)
