"""Which style sheets a deck's slides are dressed by, in the order in which Marp packs them.

Sources: Marpit 3.2 `theme_set.js`, `markdown/style/assign.js`, `postcss/section_size.js`; Marp Core 4.4 `src/size`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from decklint.deck.deck import Deck, Slide
from decklint.layout.css.builtin import built_in
from decklint.layout.css.cascade import Cascade
from decklint.layout.css.selectors import read_selector
from decklint.layout.css.sheets import Rule, Rules, read_declaration, read_rules
from decklint.layout.css.values import Length, Scale, read_length
from decklint.records import dataclass, field
from decklint.theme import BUILT_IN, Theme, style_blocks
from decklint.theme.syntax import broken

_SIZES = {"16:9": "1280px 720px", "4:3": "960px 720px"}
_PLAIN = {"width": 1280.0, "height": 720.0}
_FONTS = re.compile(r"font|icon|awesome", re.IGNORECASE)
_OWN_ATTRIBUTES = frozenset(("data-size", "data-header", "data-footer"))
_BROWSER, _AUTHOR = 0, 1
_MOST = 32
"""Ways of styling decks that are remembered."""


@dataclass(slots=True, eq=False)
class Sources:
    """All rules that can dress a deck's slides, the same object for decks that are styled the same, and what comes of them."""

    shared: Cascade
    scoped: dict[int, Cascade]
    """The rules of `<style scoped>` by the number of the slide."""
    size: tuple[str, float, float]
    """The size preset in force, and the width and height of slides."""
    assumed: str
    doubts: frozenset[str]
    """What of the style sheets could not be read."""
    attributes: frozenset[str]
    """The attributes that any selector names."""
    counts: bool
    """Whether a selector counts children."""
    sheets: tuple[Rules, ...]
    looks: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """How slides look, by what decides that: kept by `decklint.layout.css.styles`."""
    bases: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What the looks share, likewise."""


_known: dict[tuple[object, ...], Sources] = {}


def sources_of(deck: Deck, theme: Theme) -> Sources:
    """Gather the rules for a deck."""
    gathered = _Gathered(theme, theme.name if theme.known else "default")
    if theme.known is None:
        gathered.doubts.add("theme")
    gathered.sheets += ((_table("browser"), 0), (_table("scaffold"), 0))
    gathered.add(gathered.assumed, ())
    gathered.take_size(deck)
    gathered.add_own(deck)
    key = gathered.key
    found = _known.get(key)
    if found is None:
        if len(_known) >= _MOST:
            _known.clear()
        found = _known[key] = gathered.sources
    return found


@lru_cache(maxsize=8)
def _table(name: str) -> Rules:
    return Rules(list(built_in(name)))


@lru_cache(maxsize=8)
def _sized(width: float, height: float) -> Rules:
    """What sets the size of slides to a preset."""
    sets = (*read_declaration("width", f"{width}px"), *read_declaration("height", f"{height}px"))
    section = read_selector("section")
    return Rules([Rule(section, sets)] if section else [])


@dataclass(slots=True, eq=False)
class _Gathered:
    """A theme and those that it imports, the imported ones first, and the deck's own styles behind them."""

    theme: Theme
    assumed: str
    sheets: list[tuple[Rules, int]] = field(default_factory=list)
    """Each with the number of the slide that it is for; 0: all."""
    doubts: set[str] = field(default_factory=set)
    sizes: list[tuple[float | None, float | None]] = field(default_factory=list)
    preset: tuple[str, float, float] | None = None
    """The size preset that the deck asks for and gets, with width and height."""

    def add(self, name: str, around: tuple[str, ...]) -> None:
        """Add the rules of a theme by its name."""
        sheets = [sheet for sheet in self.theme.sheets if name in sheet.names]
        if not sheets and name in BUILT_IN:
            self.sizes.insert(0, (1280.0, 720.0))
            self.sheets.append((_table(name), 0))
            return
        if len(sheets) != 1 or name in around:
            self.doubts.add("theme")
        for sheet in sheets[:1]:
            css = sheet.css
            rules = read_rules(css, scss=not sheet.path.endswith(".css"))
            if not sheet.complete or _is_broken(css):
                self.doubts.add("theme")
            self.doubts.update(rules.doubts)
            self._import(rules, (*around, name))
            rules.size = rules.size or _section_size(rules)
            self.sizes.insert(0, rules.size)
            self.sheets.append((rules, 0))

    def _import(self, rules: Rules, around: tuple[str, ...]) -> None:
        for target in rules.imports:
            if target in self.theme.names and target not in around:
                self.add(target, around)
            elif not _FONTS.search(target):
                self.doubts.add("import")

    def take_size(self, deck: Deck) -> None:
        """The size that the deck asks for, where its theme has it."""
        asked, theme = deck.directives.get("size"), self.theme
        if not isinstance(asked, str) or (theme.known and theme.sizes is not None and asked not in theme.sizes):
            return
        text = next((sheet.sizes[asked] for sheet in theme.sheets if asked in sheet.sizes), _SIZES.get(asked))
        lengths = [read_length(word.lower()) for word in (text or "").split()]
        if len(lengths) == 2 and lengths[0] is not None and lengths[1] is not None:
            plain = Scale(0.0, (0.0, 0.0))
            width, height = plain.pixels(lengths[0]), plain.pixels(lengths[1])
            self.preset = (asked, width, height)
            self.sheets.append((_sized(width, height), 0))

    def add_own(self, deck: Deck) -> None:
        """The deck's own styles in the order of the slides; scoped ones stand at the end of their slide."""
        style = deck.directives.get("style")
        sheets: list[tuple[str, Slide | None]] = [(style, None)] if isinstance(style, str) else []
        for slide, pairs in groupby(style_blocks(deck), itemgetter(0)):
            scoped: list[tuple[str, Slide | None]] = []
            for _, block in pairs:
                if not block.scoped:
                    sheets.append((block.css, None))
                elif not _is_broken(block.css):
                    scoped.append((block.css, slide))
            sheets += scoped
        if sheets and _is_broken("\n".join(css for css, _ in sheets)):
            return  # Marp leaves all of them out
        for css, owner in sheets:
            rules = read_rules(css, scoped=owner is not None)
            self.doubts.update(rules.doubts)
            self.sheets.append((rules, owner.number if owner is not None else 0))

    @property
    def size(self) -> tuple[str, float, float]:
        """The preset, width and height of slides: what is asked for, the theme's own, or those of what it builds on."""
        if self.preset is not None:
            return self.preset
        width = next((width for width, _ in self.sizes if width), _PLAIN["width"])
        return "", width, next((height for _, height in self.sizes if height), _PLAIN["height"])

    @property
    def key(self) -> tuple[object, ...]:
        """The same for decks that are styled the same."""
        sheets = tuple((id(rules), number) for rules, number in self.sheets)
        return (sheets, self.size, self.assumed, frozenset(self.doubts))

    @property
    def sources(self) -> Sources:
        """The rules in their order."""
        shared, scoped, order = Cascade(), dict[int, Cascade](), 0
        for rules, number in self.sheets:
            cascade = scoped.setdefault(number, Cascade()) if number else shared
            order = cascade.add(rules.rules, _AUTHOR if order else _BROWSER, order)
        attributes = _OWN_ATTRIBUTES.union(*(rules.attributes for rules, _ in self.sheets))
        return Sources(
            shared,
            scoped,
            self.size,
            self.assumed,
            frozenset(self.doubts),
            attributes,
            any(rules.counts for rules, _ in self.sheets),
            tuple(rules for rules, _ in self.sheets),
        )


@lru_cache(maxsize=64)
def _is_broken(css: str) -> bool:
    return broken(css) is not None


def _section_size(rules: Rules) -> tuple[float | None, float | None]:
    """The size that rules for exactly `section` or `:root` set."""
    found: dict[str, float] = {}
    preferred: dict[str, float] = {}
    for rule in rules.rules:
        selector = rule.selector
        if (
            selector.inside
            or len(selector.steps) != 1
            or selector.subjects != ("section",)
            or selector.weight not in ((0, 0, 1), (0, 1, 0))
        ):
            continue
        for name, value, _ in rule.sets:
            if name in _PLAIN and isinstance(value, Length):
                pixels = Scale(0.0, (0.0, 0.0)).pixels(value)
                (found if selector.weight == (0, 0, 1) else preferred)[name] = pixels
    found.update(preferred)
    return found.get("width") or None, found.get("height") or None
