"""The colours of slides: of their text, their headings and their background, as far as plain style sheets tell them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import StyleBlock
from decklint.deck.walk import blocks, slide_of
from decklint.files import ProjectFiles
from decklint.theme import BUILT_IN, Theme
from decklint.theme.cascade import HEADINGS, SLIDE, VEIL, Declaration, Rules, read_rules, winner
from decklint.theme.colour import Colour, over, read_colour

_SCHEMES = ((SLIDE, "", "color-scheme", "light"), (SLIDE, "invert", "color-scheme", "dark"))
_TABLE: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "default": (
        *_SCHEMES,
        (SLIDE, "", "--bgColor-default", "light-dark(#ffffff, #0d1117)"),
        (SLIDE, "", "background-color", "var(--bgColor-default)"),
        (SLIDE, "", "--fgColor-default", "light-dark(#1f2328, #f0f6fc)"),
        (SLIDE, "", "color", "var(--fgColor-default)"),
        (SLIDE, "", "--h1-color", "light-dark(#224466, #cee7ff)"),
        ("h1", "", "color", "var(--h1-color)"),
        (SLIDE, "", "--fgColor-muted", "light-dark(#59636e, #9198a1)"),
        ("h6", "", "color", "var(--fgColor-muted)"),
    ),
    "gaia": (
        *_SCHEMES,
        (SLIDE, "", "--color-background", "light-dark(#fff8e1, #455a64)"),
        (SLIDE, "gaia", "--color-background", "#0288d1"),
        (SLIDE, "", "background-color", "var(--color-background)"),
        (SLIDE, "", "background-image", "var(--color-background)"),
        (SLIDE, "", "--color-foreground", "light-dark(#455a64, #fff8e1)"),
        (SLIDE, "gaia", "--color-foreground", "#fff8e1"),
        (SLIDE, "", "color", "var(--color-foreground)"),
    ),
    "uncover": (
        *_SCHEMES,
        (SLIDE, "", "--color-background", "light-dark(#fdfcff, #202228)"),
        (SLIDE, "", "background-color", "var(--color-background)"),
        (SLIDE, "", "--color-foreground", "light-dark(#202228, #ffffff)"),
        (SLIDE, "", "color", "var(--color-foreground)"),
    ),
}
"""Marp Core 4.4 `themes/*.scss`: element, class of the slide, property, value (a light and a dark one, by the class `invert`).

The image of gaia's background is a gradient that no eye tells from the one colour given here.
"""
_TOUCHED = frozenset(("a", "code", "pre", "kbd", "mark", "blockquote", "table", "h1 strong"))
"""Elements that a theme of Marp gives colours of their own."""
_DIRECTIVES = ("class", "color", "backgroundColor", "backgroundImage")
_WITHOUT_IMAGE = ("backgroundColor", "backgroundImage")  # each takes the theme's image away
_DEEPEST = 8  # variables that stand for variables
_MOST = 2000  # declarations; no style sheet of a lecture has more


class Shade(NamedTuple):
    """A colour, how it is written, and what sets it: the name of a directive, or a declaration."""

    colour: Colour
    written: str
    cause: str | Declaration


class Pair(NamedTuple):
    """What text is written in, and on."""

    text: Shade
    background: Shade


class Palette:
    """The colours of all slides of a deck."""

    def __init__(self, deck: Deck, theme: Theme, files: ProjectFiles) -> None:
        base = _base(theme)
        shared, self._scoped = _own_rules(deck)
        sheets = [_sheet_rules(files.read(sheet.path) or "") for sheet in reversed(theme.sheets)] if base is not None else []
        everywhere = [*sheets, *shared]
        scoped = [rules for on_slide in self._scoped.values() for rules in on_slide]
        self._touched = frozenset().union(*(rules.touched for rules in (*everywhere, *scoped)))
        self._known = base is not None and sum(len(rules.declarations) for rules in (*everywhere, *scoped)) <= _MOST
        self._declarations = [*_built_in(base or ""), *(d for rules in everywhere for d in rules.declarations)]
        self._headings_follow = base == "default"
        self._looks: dict[tuple[Any, ...], _Look] = {}

    def pair(self, slide: Slide, element: str = SLIDE) -> Pair | None:
        """The colours of an element of a slide (`section` for plain text); None where one of them is not known for sure.

        Where the theme is not known, directives alone tell what plain text is written in and on.
        """
        if not self._known and element != SLIDE:
            return None
        look = self._look(slide)
        back, text = look.background(), look.text(element)
        if back is None or text is None or back.colour.alpha < 1:
            return None
        return Pair(text._replace(colour=over(text.colour, back.colour)), back)

    def touched(self, slide: Slide) -> frozenset[str]:
        """The elements of a slide that may have colours of their own; `*` where any may."""
        look = self._look(slide)
        return _TOUCHED.union(element for classes, element in self._touched if classes <= look.classes)

    def _look(self, slide: Slide) -> _Look:
        scoped = self._scoped.get(slide.number, ())
        key = (*(str(slide.directives.get(name)) for name in _DIRECTIVES), slide.number if scoped else 0)
        if key not in self._looks:
            scoped_rules = [d for rules in scoped for d in rules.declarations]
            found = [*self._declarations, *scoped_rules] if self._known else []
            if self._headings_follow and slide.directives.get("color"):
                found = [*(Declaration("color", "inherit", heading, weight=(False, 1, 2)) for heading in HEADINGS), *found]
            self._looks[key] = _Look(found, slide.directives)
        return self._looks[key]


class _Look:
    """One slide: its declarations, classes and directives."""

    def __init__(self, declarations: Iterable[Declaration], directives: Mapping[str, Any]) -> None:
        names = directives.get("class")
        self.classes = frozenset(names.split() if isinstance(names, str) else ())
        self._directives = directives
        self._by_name: dict[tuple[str, str], list[Declaration]] = {}
        for declaration in declarations:
            self._by_name.setdefault((declaration.element, declaration.name), []).append(declaration)

    def text(self, element: str) -> Shade | None:
        if self._winner(VEIL) or self._winner(VEIL, element):
            return None
        own = self._winner("color", element) if element != SLIDE else None
        if own is None or (own.sure and own.value.lower() in ("inherit", "currentcolor")):
            return self._shade("color", "color")
        return self._resolved(own)

    def background(self) -> Shade | None:
        image, said = self._winner("background-image"), self._directives
        if said.get("backgroundImage") not in (None, "", "none"):
            return None
        is_none = image is None or (image.sure and image.value == "none")
        if image is not None and not is_none and (image.weight[0] or not any(map(said.get, _WITHOUT_IMAGE))):
            return self._resolved(image)
        return self._shade("background-color", "backgroundColor")

    def _shade(self, name: str, directive: str) -> Shade | None:
        """A colour that a directive, else a style sheet sets; important declarations go before directives."""
        value, best = self._directives.get(directive), self._winner(name)
        if not value or (best is not None and best.weight[0]):
            return self._resolved(best)
        colour = read_colour(value) if isinstance(value, str) else None
        return Shade(colour, value, directive) if colour else None

    def _resolved(self, declaration: Declaration | None) -> Shade | None:
        value = self._value(declaration, 0)
        colour = read_colour(value) if value else None
        return Shade(colour, value, declaration) if declaration and colour else None

    def _value(self, declaration: Declaration | None, depth: int) -> str:
        """A value with its variables and its choice of light and dark replaced; empty where that cannot be told."""
        value = declaration.value if declaration and declaration.sure else ""
        while depth < _DEEPEST and value.endswith(")"):
            depth += 1
            call = tinycss2.parse_one_component_value(value, skip_comments=True)
            words = _arguments(call) if call.type == "function" else []
            if call.type == "function" and call.lower_name == "var" and len(words) == 1:
                return self._value(self._winner(words[0]), depth)
            if call.type != "function" or call.lower_name != "light-dark" or len(words) != 2:
                break
            value = words[self._is_dark()] if self._scheme() else ""
        return value

    def _scheme(self) -> str:
        found = self._winner("color-scheme")
        value = found.value.lower() if found is not None and found.sure else ""
        return value if value in ("light", "dark") else ""

    def _is_dark(self) -> bool:
        return self._scheme() == "dark"

    def _winner(self, name: str, element: str = SLIDE) -> Declaration | None:
        return winner(self._by_name.get((element, name), ()), self.classes)


def _arguments(call: Any) -> list[str]:
    parts: list[list[Any]] = [[]]
    for token in call.arguments:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [str(tinycss2.serialize(part)).strip() for part in parts]


def _base(theme: Theme) -> str | None:
    """The built-in theme below a deck's theme, "" for none; None where the style sheets that count are not all known."""
    names = [name for sheet in theme.sheets for name in sheet.names]
    built_in = {theme.name, *(name for sheet in theme.sheets for name in sheet.imports)} & BUILT_IN.keys()
    if theme.classes is None or len(built_in) > 1 or len(set(names)) < len(names) or not BUILT_IN.keys().isdisjoint(names):
        return None
    if any(sheet.path.endswith((".sass", ".less")) for sheet in theme.sheets) or any(s.imports for s in theme.own_sheets):
        return None
    return next(iter(built_in), "")


def _built_in(name: str) -> list[Declaration]:
    rows = _TABLE.get(name, ())
    return [Declaration(n, v, e, frozenset(c.split()), (False, 0, 1 if e == SLIDE else 2)) for e, c, n, v in rows]


@lru_cache(maxsize=64)
def _sheet_rules(css: str) -> Rules:
    return read_rules(css)


def _own_rules(deck: Deck) -> tuple[list[Rules], dict[int, list[Rules]]]:
    """What the deck's own styles say: for all slides, and for single ones by their number."""
    style = deck.directives.get("style")
    shared = [read_rules(style, "style")] if isinstance(style, str) else []
    scoped: dict[int, list[Rules]] = {}
    for block in blocks(deck):
        if isinstance(block, StyleBlock):
            rules = read_rules(block.css, block, scoped=block.scoped)
            (scoped.setdefault(slide_of(block).number, []) if block.scoped else shared).append(rules)
    return shared, scoped
