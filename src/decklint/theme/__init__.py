"""What a deck's style sheets say: its theme, sizes, classes, transitions, and the words that they select on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from decklint.deck.deck import Deck
from decklint.deck.nodes import Comment, StyleBlock
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
_SUFFIXES = (".css", ".scss", ".sass", ".less")


@dataclass(frozen=True, slots=True)
class Theme:
    """A deck's theme as far as it can be known without running anything. Where a set is None, nobody knows."""

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
    classes: frozenset[str] | None
    sizes: frozenset[str] | None
    transitions: frozenset[str] | None

    def selects(self, word: str) -> bool:
        """Whether a style sheet selects on a word of an alternative text."""
        return any(s.matches(word) for sheet in (*self.own_sheets, *self.project_sheets) for s in sheet.alt_selectors)


def theme_of(deck: Deck, files: ProjectFiles) -> Theme:
    """Read the style sheets that may apply to a deck."""
    project = project_sheets(files)
    told = _told(tool_settings(files).cli.get("theme"), project)
    own = tuple(_own_sheets(deck))
    names = frozenset((*BUILT_IN, *(name for sheet in project for name in sheet.names)))
    asked = [value for _, value in themes_asked(deck)]
    name = next((value for value in reversed(asked) if value in names), asked[-1] if asked else told or "default")
    themes = tool_settings(files).themes
    elsewhere = themes is None or any(_is_elsewhere(entry, files) for entry in (*themes, *commanded_themes(deck.source.text)))
    known = True if name in names else None if elsewhere else False
    chain, built_in, whole = _chain(name, project)
    whole = whole and told in ("", name) and all(sheet.complete for sheet in (*chain, *own))
    classes = {c for sheet in (*chain, *own) for c in sheet.classes}.union(*(BUILT_IN[b] for b in built_in))
    transitions = {t for sheet in (*project, *own) for t in sheet.transitions} | TRANSITIONS
    return Theme(
        name,
        known,
        own,
        tuple(chain),
        project,
        names,
        frozenset(classes) if whole else None,
        _sizes(chain, built_in) if whole else None,
        frozenset(transitions) if all(sheet.complete for sheet in (*project, *own)) else None,
    )


def themes_asked(deck: Deck) -> list[tuple[Span, str]]:
    """The themes that a deck asks for, each with its place. Marp takes the last one that it knows."""
    holders = [deck.front_matter, *(node for node in walk(deck) if isinstance(node, Comment))]
    settings = [
        (holder.value_spans["theme"], holder.settings["theme"]) for holder in holders if holder and "theme" in holder.settings
    ]
    return [(span, name) for span, name in settings if isinstance(name, str) and name]


def _told(setting: Any, project: tuple[Sheet, ...]) -> str:
    """The name of the theme that the settings of Marp CLI ask for, which goes before the deck's: a name, or a file."""
    if not isinstance(setting, str):
        return "" if setting is None else "?"
    path = setting.removeprefix("./")
    return next((sheet.names[0] for sheet in project if sheet.path == path and sheet.names), setting)


@lru_cache(maxsize=64)
def project_sheets(files: ProjectFiles) -> tuple[Sheet, ...]:
    """All style sheets of a project."""
    from decklint.theme.css import read_sheet

    return tuple(read_sheet(files.read(path) or "", path) for path in files.paths(*_SUFFIXES))


def _own_sheets(deck: Deck) -> Iterable[Sheet]:
    from decklint.theme.css import read_sheet

    style = deck.directives.get("style")
    if isinstance(style, str) and style:
        yield read_sheet(style)
    for block in blocks(deck):
        if isinstance(block, StyleBlock):
            yield read_sheet(block.css)


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


def _sizes(chain: list[Sheet], built_in: set[str]) -> frozenset[str]:
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
