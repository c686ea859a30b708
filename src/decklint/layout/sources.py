"""Which style sheets a deck's slides are dressed by, in the order in which Marp packs them.

Sources: Marpit 3.2 `theme_set.js`, `markdown/style/assign.js`, `postcss/section_size.js`; Marp Core 4.4 `src/size`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import StyleBlock
from decklint.deck.walk import blocks
from decklint.files import ProjectFiles
from decklint.layout.builtin import built_in
from decklint.layout.cascade import Cascade
from decklint.layout.selectors import read_selector
from decklint.layout.sheets import Rule, Rules, read_declaration, read_rules
from decklint.layout.values import Length, Scale, read_length
from decklint.theme import BUILT_IN, Theme
from decklint.theme.syntax import broken

_SIZES = {"16:9": "1280px 720px", "4:3": "960px 720px"}
_PLAIN = {"width": 1280.0, "height": 720.0}
_FONTS = re.compile(r"font|icon|awesome", re.IGNORECASE)
_NAMES = re.compile(r"\[\s*([\w-]+)")
_BROWSER, _AUTHOR = 0, 1


@dataclass(slots=True)
class Sources:
    """All rules that can dress a deck's slides."""

    shared: Cascade = field(default_factory=Cascade)
    scoped: dict[int, Cascade] = field(default_factory=dict)
    """The rules of `<style scoped>` by the number of the slide."""
    width: float = 1280.0
    height: float = 720.0
    size: str = ""
    """The size preset in force."""
    assumed: str = "default"
    doubts: set[str] = field(default_factory=set)
    """What of the style sheets could not be read."""
    attributes: frozenset[str] = frozenset()
    """The attributes that any selector names."""
    counts: bool = False
    """Whether a selector counts children."""
    order: int = 0


def sources_of(deck: Deck, theme: Theme, files: ProjectFiles) -> Sources:
    """Gather the rules for a deck."""
    found = Sources(assumed=theme.name if theme.known else "default")
    if theme.known is None:
        found.doubts.add("theme")
    found.order = found.shared.add(built_in("browser"), _BROWSER, 0)
    _add(found, built_in("scaffold"))
    texts: list[str] = []
    chain = _Chain(theme, files, found, texts)
    chain.add(found.assumed, ())
    found.width, found.height = chain.size
    _take_size(deck, theme, found)
    _add_own(deck, found, texts)
    every = "".join(texts)
    found.attributes = frozenset(_NAMES.findall(every)) | {"data-size", "data-header", "data-footer"}
    found.counts = ":nth-" in every
    return found


def _add(found: Sources, rules: tuple[Rule, ...] | list[Rule]) -> None:
    found.order = found.shared.add(rules, _AUTHOR, found.order)


@dataclass(slots=True)
class _Chain:
    """A theme and those that it imports, the imported ones first."""

    theme: Theme
    files: ProjectFiles
    found: Sources
    texts: list[str]
    sizes: list[tuple[float | None, float | None]] = field(default_factory=list)

    def add(self, name: str, around: tuple[str, ...]) -> None:
        """Add the rules of a theme by its name."""
        sheets = [sheet for sheet in self.theme.sheets if name in sheet.names]
        if not sheets and name in BUILT_IN:
            self.sizes.insert(0, (1280.0, 720.0))
            _add(self.found, built_in(name))
            return
        if len(sheets) != 1 or name in around:
            self.found.doubts.add("theme")
        for sheet in sheets[:1]:
            css = self.files.read(sheet.path) or ""
            self.texts.append(css)
            rules = read_rules(css, scss=not sheet.path.endswith(".css"))
            if not sheet.complete or _is_broken(css):
                self.found.doubts.add("theme")
            self.found.doubts.update(rules.doubts)
            self._import(rules, (*around, name))
            self.sizes.insert(0, _section_size(rules))
            _add(self.found, rules.rules)

    def _import(self, rules: Rules, around: tuple[str, ...]) -> None:
        for target in rules.imports:
            if target in self.theme.names and target not in around:
                self.add(target, around)
            elif not _FONTS.search(target):
                self.found.doubts.add("import")

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of slides: the theme's own, else those of what it builds on."""
        width = next((width for width, _ in self.sizes if width), _PLAIN["width"])
        return width, next((height for _, height in self.sizes if height), _PLAIN["height"])


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


def _take_size(deck: Deck, theme: Theme, found: Sources) -> None:
    """The size that the deck asks for, where its theme has it."""
    asked = deck.directives.get("size")
    if not isinstance(asked, str) or (theme.known and theme.sizes is not None and asked not in theme.sizes):
        return
    text = next((sheet.sizes[asked] for sheet in theme.sheets if asked in sheet.sizes), _SIZES.get(asked))
    lengths = [read_length(word.lower()) for word in (text or "").split()]
    if len(lengths) == 2 and lengths[0] is not None and lengths[1] is not None:
        plain = Scale(0.0, (0.0, 0.0))
        found.size, found.width, found.height = asked, plain.pixels(lengths[0]), plain.pixels(lengths[1])
        sets = [*read_declaration("width", f"{found.width}px"), *read_declaration("height", f"{found.height}px")]
        section = read_selector("section")
        _add(found, [Rule(section, tuple(sets))] if section else [])


def _add_own(deck: Deck, found: Sources, texts: list[str]) -> None:
    """The deck's own styles in the order of the slides; scoped ones stand at the end of their slide."""
    style = deck.directives.get("style")
    sheets: list[tuple[str, Slide | None]] = [(style, None)] if isinstance(style, str) else []
    for slide in deck.slides:
        scoped: list[tuple[str, Slide | None]] = []
        for block in blocks(slide):
            if isinstance(block, StyleBlock):
                if not block.scoped:
                    sheets.append((block.css, None))
                elif not _is_broken(block.css):
                    scoped.append((block.css, slide))
        sheets += scoped
    if sheets and _is_broken("\n".join(css for css, _ in sheets)):
        return  # Marp leaves all of them out
    for css, owner in sheets:
        texts.append(css)
        rules = read_rules(css, scoped=owner is not None)
        found.doubts.update(rules.doubts)
        cascade = found.shared if owner is None else found.scoped.setdefault(owner.number, Cascade())
        found.order = cascade.add(rules.rules, _AUTHOR, found.order)
