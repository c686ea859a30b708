"""Computed styles of what stands on a slide, from Marp's themes and a deck's own style sheets.

`DeckStyles(deck, theme)` is made once per deck; its `of(slide)` tells the styles of a slide, whose `of(element)` tells
those of an element.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from decklint.deck.deck import Deck, Slide
from decklint.layout.boxes.pictures import backgrounds, split_of
from decklint.layout.css.cascade import Cascade, Match, match
from decklint.layout.css.computed import Computed, Setting, computed, page
from decklint.layout.css.conditions import Node
from decklint.layout.css.sheets import inline_rules
from decklint.layout.css.sources import Sources, sources_of
from decklint.layout.css.values import Length
from decklint.layout.model import Style
from decklint.records import dataclass
from decklint.theme import Theme

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_SCALED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "pre"))
_PLAIN = frozenset(
    "h1 h2 h3 h4 h5 h6 p ul li blockquote pre code table thead tbody tr th td strong em del br hr math header footer".split()  # noqa: SIM905
)
"""Elements that have no attributes but those that Marp gives them, which nobody selects on."""
_KEBAB = re.compile(r"(?=[A-Z])")
_WHOLE = Length((("%", 100.0),))
NO_CLASSES: frozenset[str] = frozenset()


Read = tuple[Computed, frozenset[str]]
"""A computed style, and what could not be read for it and what it stands in."""
_MOST = 20_000
"""Elements that are remembered of one way to style decks."""


@dataclass(frozen=True, slots=True)
class Element:
    """What a selector can see of an element. Header and footer of a slide are no siblings here; styles know of them."""

    tag: str
    parent: Element | None = None
    """None: a child of the slide."""
    classes: frozenset[str] = frozenset()
    inline: str = ""
    """Its `style` attribute."""
    first: bool = False
    last: bool = False
    index: int = 0
    """Among its siblings, from 1; 0 where nobody counted."""
    previous: str = ""
    """The tag of the sibling before it."""
    words: str = ""
    """The words of an image's alternative text, as Marp leaves them."""


class SlideStyles:
    """The styles of one slide, shared by all slides of a deck that look the same to selectors."""

    def __init__(self, look: Look, sources: Sources, share: float) -> None:
        _, self.width, self.height = sources.size
        """Of the whole slide."""
        self.share = share
        """The part of the width that a split background leaves to the content."""
        self.assumed = sources.assumed
        """The theme whose metrics were taken."""
        self.declined = ""
        self.look = look
        self.section = look.root[0].style
        """The style of the slide itself."""
        padding = self.section.padding
        self.room = (self.width * share - padding.left - padding.right, self.height - padding.top - padding.bottom)
        """Width and height that a slide leaves to its content, inside the padding."""
        self._doubts = set(look.root[1])

    @property
    def doubts(self) -> frozenset[str]:
        """What could not be read, as far as elements were asked for."""
        return frozenset(self._doubts)

    @property
    def sure(self) -> bool:
        """Whether all that counts for the elements that were asked for so far could be read."""
        return not self._doubts

    def of(self, element: Element) -> Style:
        """The computed style of an element."""
        found, doubts = self.look.of(element)
        self.doubt(doubts)
        return found.style

    def doubt(self, doubts: frozenset[str]) -> None:
        """Take note of what could not be read for an element that was asked for."""
        if doubts:
            self._doubts |= doubts

    def inside(
        self, outer: Element, tag: str, classes: frozenset[str] = NO_CLASSES, inline: str = "", words: str = ""
    ) -> tuple[Element, Style]:
        """An element within the text of another one, with its style; the same one for whoever asks the same."""
        key = (id(outer), tag, classes, inline, words)
        known = self.look.inside.get(key)
        if known is None:
            element = Element(tag, outer, classes, inline, words=words)
            known = self.look.inside[key] = (element, *self.look.of(element))
        self.doubt(known[2])
        return known[0], known[1].style


class Base:
    """The slide itself as the same rules make it, and what is computed for elements on it, by the rules that are about them.

    It is shared by looks that differ in what selectors can see, and not in what they make of the slide.
    """

    def __init__(self, sources: Sources, matched: Match, node: Node, share: float, *, han: bool) -> None:
        _, width, height = sources.size
        self.setting = setting = Setting((width * share, height), han=han)
        values = matched.specified()
        if share < 1:
            values.update({"width": _WHOLE, "height": _WHOLE})
        outer = page(width * share, height)
        found = computed(node, values, outer, setting)
        size = found.values.get("font-size")
        if isinstance(size, Length) and not size.uses("rem"):
            setting.root = size  # which `rem` is measured by
            found = computed(node, values, outer, setting)
        frame = found.style.frame
        setting.slide = (setting.slide[0] - frame.left - frame.right, setting.slide[1] - frame.top - frame.bottom)
        self.slide = found
        self.doubts = frozenset(setting.doubts)
        self.known: dict[tuple[object, ...], Read] = {}


class Look:
    """The styles of slides that look the same to selectors, of all decks that are styled the same."""

    def __init__(self, sources: Sources, attributes: Mapping[str, str], cascades: list[Cascade], share: float, han: bool) -> None:
        self.counts = sources.counts
        """Whether a selector counts children."""
        self.inside: dict[tuple[object, ...], tuple[Element, Computed, frozenset[str]]] = {}
        """Elements within the text of others, by what tells them apart; each keeps the outer one, whose `id` is part of that."""
        self.placed: dict[tuple[object, ...], tuple[Element, Computed, frozenset[str]]] = {}
        """The same for blocks: kept by `decklint.layout.boxes.tree`."""
        self._cascades = cascades
        self._header, self._footer = "data-header" in attributes, "data-footer" in attributes
        self._met: dict[int, tuple[Element, Read]] = {}  # by id, which is an element's own as long as it is kept here
        self._known: dict[tuple[object, ...], Read] = {}
        classes = frozenset(attributes.get("class", "").split())
        node = Node("section", None, classes, dict(attributes), first=True, last=True, index=1, from_end=1)
        matched = match(cascades, node)
        key = (matched.key, share, han)
        base = sources.bases.get(key)
        if base is None:
            base = sources.bases[key] = Base(sources, matched, node, share, han=han)
        self._base = base
        self.root: Read = (base.slide.of(node), base.doubts | sources.doubts | matched.doubtful)

    @property
    def entries(self) -> int:
        """How many elements are remembered."""
        return len(self._met)

    def of(self, element: Element) -> Read:
        """The style of an element."""
        met = self._met.get(id(element))
        if met is None:
            met = self._met[id(element)] = (element, self._looked_up(element))
        return met[1]

    def _looked_up(self, element: Element) -> Read:
        outer, around = self.root if element.parent is None else self.of(element.parent)
        index = element.index if self.counts or outer.container.display == "grid" else 0
        key = (
            id(outer),
            element.tag,
            element.classes,
            element.inline,
            element.first,
            element.last,
            index,
            element.previous,
            element.words,
        )
        found = self._known.get(key)
        if found is None:
            made, doubts = self._made(element, outer)
            found = self._known[key] = (made, doubts | around if doubts else around)
        return found

    def _made(self, element: Element, outer: Computed) -> Read:
        node = self._node(element, outer.node)
        matched = match(self._cascades, node)
        part = match(self._cascades, node, part=True) if element.tag in _SCALED else None
        place = element.index if outer.container.display == "grid" else 0
        key = (id(outer.values), element.tag, matched.key, part and part.key, element.inline, place)
        known = self._base.known.get(key)
        if known is None:
            fitted = part.specified().get("max-height") if part else None
            values = matched.specified(inline_rules(element.inline) if element.inline else ())
            setting = self._base.setting.anew()
            found = computed(node, values, outer, setting, fitted)
            known = self._base.known[key] = (found, frozenset(setting.doubts))
        return known[0].of(node), known[1] | matched.doubtful

    def _node(self, element: Element, parent: Node) -> Node:
        """An element as selectors see it: a slide's header is its first child, its footer the last."""
        top = element.parent is None
        shift, end = int(top and self._header), int(top and self._footer)
        index = element.index + shift if element.index else (1 + shift if element.first else 0)
        before = None
        if element.first and shift:
            before = Node("header", parent, first=True, index=1)
        elif element.previous:
            vague = element.previous not in _PLAIN
            before = Node(element.previous, parent, first=index == 2, index=max(0, index - 1), vague=vague)
        attributes = {"alt": element.words} if element.tag == "img" else {} if element.tag in _PLAIN else None
        return Node(
            element.tag,
            parent,
            element.classes,
            attributes,
            first=element.first and not shift,
            last=element.last and not end,
            index=index,
            from_end=1 + end if element.last else -1 - end,
            before=before,
        )


class DeckStyles:
    """The styles of all slides of a deck."""

    def __init__(self, deck: Deck, theme: Theme) -> None:
        self._sources = sources_of(deck, theme)
        if sum(look.entries for look in self._sources.looks.values()) > _MOST:
            self._sources.looks.clear()
            self._sources.bases.clear()
        self._text = deck.source.text
        self._han = _HAN.search(deck.source.text) is not None
        self._known: dict[tuple[object, ...], SlideStyles] = {}
        asked = self._sources.attributes - {"data-size"}
        names: set[str] = set().union(*(slide.directives for slide in deck.slides))
        self._told = frozenset(name for name in names if _attribute(name) in asked)
        """The directives that selectors ask for."""

    def of(self, slide: Slide) -> SlideStyles:
        """The styles of one slide."""
        attributes = self._attributes(slide)
        share = 1.0 - sum(split_of(slide)) if self._text.find("bg", slide.span.start, slide.span.end) >= 0 else 1.0
        scoped = self._sources.scoped.get(slide.number)
        key = (tuple(sorted(attributes.items())), share, slide.number if scoped else 0, self._han)
        found = self._known.get(key)
        if found is None:
            look = self._sources.looks.get(key)
            if look is None:
                cascades = [self._sources.shared, *([scoped] if scoped else [])]
                look = self._sources.looks[key] = Look(self._sources, attributes, cascades, share, self._han)
            found = self._known[key] = SlideStyles(look, self._sources, share)
        return found

    def _attributes(self, slide: Slide) -> dict[str, str]:
        """The attributes of a slide that selectors can see, as far as any selector asks for them."""
        asked = self._sources.attributes
        directives = slide.directives
        found = {"class": value} if isinstance(value := directives.get("class"), str) else {}
        for name in self._told.intersection(directives):
            if isinstance(value := directives[name], str) and value:
                found[_attribute(name)] = value
        if self._sources.size[0]:
            found["data-size"] = self._sources.size[0]
        if "data-theme" in asked:
            found["data-theme"] = self._sources.assumed
        if "data-marpit-advanced-background" in asked and self._has_background(slide):
            found["data-marpit-advanced-background"] = "content"
        return found

    def _has_background(self, slide: Slide) -> bool:
        written = self._text.find("bg", slide.span.start, slide.span.end) >= 0
        return written and any(True for _ in backgrounds(slide))


@lru_cache(maxsize=64)
def _attribute(directive: str) -> str:
    """The attribute of a slide that tells a directive's value."""
    return "lang" if directive == "lang" else "data-" + _KEBAB.sub("-", directive).lower()
