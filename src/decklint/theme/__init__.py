"""What a deck's style sheets say: its theme, sizes, classes, transitions, and the words that they select on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import Comment, Leaf, StyleBlock
from decklint.deck.walk import blocks, walk
from decklint.files import ProjectFiles
from decklint.marprc import commanded_themes, tool_settings
from decklint.records import dataclass
from decklint.text import Span

if TYPE_CHECKING:
    from decklint.theme.css import Sheet

BUILT_IN: dict[str, frozenset[str]] = {
    "default": frozenset(("invert",)),
    "gaia": frozenset(("lead", "invert", "gaia")),
    "uncover": frozenset(("invert",)),
}
"""Marp Core's own themes and the classes that each selects on."""
BUILT_IN_SIZES = frozenset(("16:9", "4:3"))
TRANSITIONS = frozenset(
    """clockwise counterclockwise cover coverflow cube cylinder diamond drop explode fade fade-out fall flip glow implode in-out
    iris-in iris-out melt none overlap pivot pull push reveal rotate slide star swap swipe swoosh wipe wiper zoom""".split()  # noqa: SIM905
)
"""Marp CLI's own transitions (4.5 `engine/transition-plugin.ts`)."""
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_STYLE = re.compile("<[sS][tT][yY][lL][eE]")
_SUFFIXES = (".css", ".scss", ".sass", ".less")


@dataclass(frozen=True)
class Theme:
    """A deck's theme as far as it can be known without running anything. Where a set is None, nobody knows.

    The sets are made when they are first asked for.
    """

    name: str
    """The name that the deck asks for; `default` where it asks for none."""
    known: bool | None
    """Built in, or a style sheet of the project defines it; None where the settings take themes from places that are not read."""
    own_sheets: tuple[Sheet, ...]
    """The deck's own styles."""
    sheets: tuple[Sheet, ...]
    """The style sheets of the theme in the project: its own, and those that it builds on."""
    project_sheets: tuple[Sheet, ...]
    """All style sheets of the project, since settings can load any of them."""
    names: frozenset[str]
    """All themes that the deck could ask for: built in, or defined in the project."""
    built_in: frozenset[str]
    """The themes of Marp Core that it is or builds on."""
    whole: bool
    """Whether all sheets that it builds on were found, and no setting puts another theme in its place."""

    @cached_property
    def classes(self) -> frozenset[str] | None:
        """The classes that its style sheets and the deck's own select on."""
        sheets = (*self.sheets, *self.own_sheets)
        return frozenset().union(*(sheet.classes for sheet in sheets), *_classes(self.built_in)) if self._is_read else None

    @cached_property
    def sizes(self) -> frozenset[str] | None:
        """The names of the sizes that it has."""
        return _sizes(self.sheets, self.built_in) if self._is_read else None

    @cached_property
    def transitions(self) -> frozenset[str] | None:
        """The names of the transitions that a deck can ask for."""
        sheets = (*self.project_sheets, *self.own_sheets)
        if not all(sheet.complete for sheet in sheets):
            return None
        return TRANSITIONS.union(*(sheet.transitions for sheet in sheets))

    @cached_property
    def _is_read(self) -> bool:
        return self.whole and all(sheet.complete for sheet in (*self.sheets, *self.own_sheets))

    def selects(self, word: str) -> bool:
        """Whether a style sheet selects on a word of an alternative text."""
        return any(s.matches(word) for sheet in (*self.own_sheets, *self.project_sheets) for s in sheet.alt_selectors)


def theme_of(deck: Deck, files: ProjectFiles) -> Theme:
    """Read the style sheets that may apply to a deck."""
    project = project_sheets(files)
    told = _told(tool_settings(files).cli.get("theme"), project)
    names = frozenset((*BUILT_IN, *(name for sheet in project for name in sheet.names)))
    asked = [value for _, value in themes_asked(deck)]
    name = next((value for value in reversed(asked) if value in names), asked[-1] if asked else told or "default")
    themes = tool_settings(files).themes
    elsewhere = themes is None or any(_is_elsewhere(entry, files) for entry in (*themes, *commanded_themes(deck.source.text)))
    known = True if name in names else None if elsewhere else False
    chain, built_in, whole = _chain(name, project)
    return Theme(
        name,
        known,
        tuple(_own_sheets(deck)),
        tuple(chain),
        project,
        names,
        frozenset(built_in),
        whole and told in ("", name),
    )


def themes_asked(deck: Deck) -> list[tuple[Span, str]]:
    """The themes that a deck asks for, each with its place. Marp takes the last one that it knows."""
    said = "".join(_COMMENT.findall(deck.source.text))
    may_ask = "theme" in said or "\\" in said  # which can stand for a letter
    holders = [deck.front_matter, *(_comments(deck) if may_ask else ())]
    settings = [
        (holder.value_spans["theme"], holder.settings["theme"]) for holder in holders if holder and "theme" in holder.settings
    ]
    return [(span, name) for span, name in settings if isinstance(name, str) and name]


def _comments(deck: Deck) -> Iterator[Comment]:
    for block in blocks(deck):
        if isinstance(block, Comment):
            yield block
        elif isinstance(block, Leaf) and (not block.raw or "<!--" in block.raw):
            yield from (node for node in walk(block) if isinstance(node, Comment))


def _told(setting: Any, project: tuple[Sheet, ...]) -> str:
    """The name of the theme that the settings of Marp CLI ask for, which goes before the deck's: a name, or a file."""
    if not isinstance(setting, str):
        return "" if setting is None else "?"
    path = setting.removeprefix("./")
    return next((sheet.names[0] for sheet in project if sheet.path == path and sheet.names), setting)


@lru_cache(maxsize=64)
def project_sheets(files: ProjectFiles) -> tuple[Sheet, ...]:
    """All style sheets of a project."""
    return tuple(_sheet(files.read(path) or "", path) for path in files.paths(*_SUFFIXES))


def _sheet(css: str, path: str = "") -> Sheet:
    from decklint.theme.css import read_sheet  # and with it tinycss2, of which most decks have no need

    return read_sheet(css, path)


def _own_sheets(deck: Deck) -> Iterable[Sheet]:
    style = deck.directives.get("style")
    if isinstance(style, str) and style:
        yield _sheet(style)
    for _, block in style_blocks(deck):
        yield _sheet(block.css)


def style_blocks(deck: Deck) -> Iterator[tuple[Slide, StyleBlock]]:
    """The deck's own style blocks, each with its slide."""
    text = deck.source.text
    for slide in deck.slides if _STYLE.search(text) else ():
        if _STYLE.search(text, slide.span.start, slide.span.end):
            yield from ((slide, block) for block in blocks(slide) if isinstance(block, StyleBlock))


def _chain(name: str, project: tuple[Sheet, ...]) -> tuple[list[Sheet], set[str], bool]:
    """The sheets of a theme and of those that it builds on, the built-in ones among them, and whether all were found."""
    found: list[Sheet] = []
    built_in: set[str] = set()
    whole = True
    waiting, seen = [name], set()
    while waiting:
        asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        sheets = [sheet for sheet in project if asked in sheet.names]
        found += sheets
        if asked in BUILT_IN:
            built_in.add(asked)
        elif not sheets:
            whole = False
        waiting += [imported for sheet in sheets for imported in sheet.imports]
    return found, built_in, whole


def _classes(built_in: Iterable[str]) -> Iterable[frozenset[str]]:
    return (BUILT_IN[name] for name in built_in)


def _sizes(chain: Sequence[Sheet], built_in: frozenset[str]) -> frozenset[str]:
    sizes = dict.fromkeys(BUILT_IN_SIZES if built_in else (), "")
    for sheet in reversed(chain):
        for name, size in sheet.sizes.items():
            if size is None:
                sizes.pop(name, None)
            else:
                sizes[name] = size
    return frozenset(sizes)


def _is_elsewhere(entry: str, files: ProjectFiles) -> bool:
    """Whether a theme set entry leads to where nothing is read: the network, another folder, a package."""
    if "://" in entry or "$" in entry or entry.startswith(("/", "~", "..")):
        return True
    plain = entry.removeprefix("./").rstrip("/")
    return "node_modules" in plain or ("*" not in plain and plain not in BUILT_IN and not files.exists(files.root / plain))
