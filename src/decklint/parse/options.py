"""Settings of Marp that change what a deck is: line breaks, formulas, heading divider.

Read as data from `.marprc*`, `package.json` (Marp CLI, which goes first) and `.vscode/settings.json` (Marp for VS Code).
JavaScript is never executed: a setting that only a `marp.config.js` makes stays unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from decklint.deck.directives import heading_divider
from decklint.files import ProjectFiles

_FILES = (
    ".marprc",
    ".marprc.json",
    ".marprc.yaml",
    ".marprc.yml",
    ".config/marprc",
    ".config/marprc.json",
    ".config/marprc.yaml",
)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    """The settings of a project; Marp's defaults where it has none that can be read."""
    marp = next(_cli_settings(files), {})
    options = _mapping(marp.get("options"))
    editor = _mapping(_read(files, ".vscode/settings.json"))
    breaks = _mapping(options.get("markdown")).get("breaks", editor.get("markdown.marp.breaks") not in ("off", False))
    math = options.get("math", editor.get("markdown.marp.mathTypesetting") != "off")
    divider = heading_divider(options["headingDivider"]) if "headingDivider" in options else None
    return Options(breaks is not False, math is not False, divider or frozenset())


def _cli_settings(files: ProjectFiles) -> Iterator[dict[str, Any]]:
    """The settings that Marp CLI would find at the root of the project, best first."""
    package = _mapping(_read(files, "package.json"))
    for found in (package.get("marp"), *(_read(files, name) for name in _FILES)):
        if isinstance(found, dict):
            yield found


def _read(files: ProjectFiles, name: str) -> Any:
    """The data in a file of the project; None where there is none that can be read."""
    text = files.read(name)
    if text is None:
        return None
    try:
        return json.loads(_without_comments(text)) if name.endswith(".json") else yaml.load(text, Loader=_LOADER)
    except (ValueError, yaml.YAMLError, RecursionError):
        return None


def _without_comments(text: str) -> str:
    """JSON as editors write it: without comments and trailing commas, strings untouched."""
    text = re.sub(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', lambda m: m[1] or "", text, flags=re.DOTALL)
    return re.sub(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', lambda m: m[1] or "", text, flags=re.DOTALL)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
