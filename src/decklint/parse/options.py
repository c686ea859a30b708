"""Settings of Marp that change what a deck is: line breaks, formulas, heading divider."""

from __future__ import annotations

from decklint.deck.directives import heading_divider
from decklint.files import ProjectFiles
from decklint.marprc import UNKNOWN, mapping, tool_settings
from decklint.records import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What Marp's own defaults are."""

    breaks: bool = True
    """Whether a line ending inside a paragraph is shown as a line break."""
    math: bool = True
    """Whether `$…$` and `$$…$$` are formulas."""
    heading_divider: frozenset[int] = frozenset()
    """The heading levels that begin a slide where the deck itself says nothing."""


def read_options(files: ProjectFiles) -> Options:
    """The settings of a project; Marp's defaults where it has none that can be read. Marp CLI goes before the editor."""
    settings = tool_settings(files)
    options, editor = mapping(settings.cli.get("options")), settings.editor
    breaks = mapping(options.get("markdown")).get("breaks", editor.get("markdown.marp.breaks") not in ("off", False))
    math = options.get("math", editor.get("markdown.marp.mathTypesetting") != "off")
    given = options.get("headingDivider")
    divider = None if given is None or given is UNKNOWN else heading_divider(given)
    return Options(breaks is not False, math is not False, divider or frozenset())
