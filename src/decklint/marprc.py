"""What the tools that show decks are told: the settings of Marp CLI and of Marp for VS Code, read as data.

Source: Marp CLI 4.5 `config.ts` (cosmiconfig, name `marp`), Marp for VS Code 3.6 `package.json`. JavaScript is never
executed: of a `marp.config.js` only plain values are used, and everything else in it is UNKNOWN.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import yaml

from decklint.files import ProjectFiles
from decklint.nesting import is_too_deep
from decklint.records import dataclass, field

UNKNOWN: Final = object()
"""A setting that is made by a program."""

_DATA = tuple(f"{folder}marprc{ending}" for folder in (".", ".config/") for ending in ("", ".json", ".yaml", ".yml"))
_STEMS = ("marp.config", ".marprc", ".config/marprc")
_SCRIPTS = tuple(f"{stem}{ending}" for stem in _STEMS for ending in (".js", ".mjs", ".cjs", ".ts", ".mts"))
_BUILD_FILES = ("Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", "Taskfile.yml", "package.json", "mise.toml")
_COMMANDED = re.compile(r"""--theme(?:-set)?[ =]+["']?([^\s"'`,;]+)""")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING = r"""(?:'[^'\n]*'|"[^"\n]*"|`[^`$]*`)"""
_JSON_STRING = r'"(?:[^"\\\n]|\\.)*+"?'
_COMMENTS = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
_KEYS = ("engine", "theme", "themeSet", "html", "lang", "inputDir", "breaks", "math", "headingDivider")
_SETTING = re.compile(
    rf"""["']?\b(?P<key>{"|".join(_KEYS)})["']?\s*(?::\s*
    (?:(?P<word>true|false)\b|(?P<text>{_STRING})|(?P<list>\[[^][]*\])|(?P<number>\d+)\b)?|(?=[,}}]))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class ToolSettings:
    """The settings of a project, each side empty where it has none."""

    cli: Mapping[str, Any] = field(default_factory=dict)
    """Of Marp CLI: `theme`, `themeSet`, `html`, `engine`, `lang`, `options` …"""
    editor: Mapping[str, Any] = field(default_factory=dict)
    """Of VS Code: `markdown.marp.…`."""
    commanded: tuple[str, ...] = ()
    """What `--theme` and `--theme-set` are given where the project calls Marp: in a Makefile, a script, a workflow."""

    @property
    def html(self) -> bool | None:
        """True where a tool lets all HTML through, False where one is told to restrict it, None where nothing is said."""
        said = [
            self.cli.get("html"),
            mapping(self.cli.get("options")).get("html"),
            {"all": True, "off": False}.get(str(self.editor.get("markdown.marp.html"))),
            self.editor.get("markdown.marp.enableHtml") or None,
        ]
        if True in said or UNKNOWN in said:
            return True
        return False if any(value is not None for value in said) else None

    @property
    def has_own_engine(self) -> bool:
        """Whether the deck may be read by another engine than Marp's own."""
        return bool(self.cli.get("engine"))

    @property
    def themes(self) -> list[str] | None:
        """The files, folders and addresses that the settings take themes from; None where they cannot be known."""
        found = list(self.commanded)
        for value in (self.cli.get("themeSet"), self.editor.get("markdown.marp.themes"), self.cli.get("theme")):
            if value is UNKNOWN:
                return None
            found += [value] if isinstance(value, str) else [str(item) for item in value] if isinstance(value, list) else []
        return found


@lru_cache(maxsize=64)
def tool_settings(files: ProjectFiles) -> ToolSettings:
    """Read the settings at the root of a project, those of the command line as it would find them: the first that there are."""
    cli, editor = next(_cli_settings(files), {}), _editor_settings(files)
    workflows = sorted(files.names_in(files.root / ".github/workflows"))
    scripts = sorted(files.names_among(files.root, *_BUILD_FILES, "*.sh"))
    texts = [files.read(name) or "" for name in (*scripts, *(f".github/workflows/{name}" for name in workflows))]
    return ToolSettings(cli, editor, tuple(word for text in texts for word in commanded_themes(text)))


def commanded_themes(text: str) -> list[str]:
    """What `--theme` and `--theme-set` are given in a text that holds commands."""
    return _COMMANDED.findall(text) if "--theme" in text else []


def mapping(value: Any) -> Mapping[str, Any]:
    """`value` where it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def _editor_settings(files: ProjectFiles) -> Mapping[str, Any]:
    """The settings of the folder that is opened in the editor: the project's, or one around it in the same repository."""
    for folder in (files.root, *files.root.parents):
        if found := mapping(_read(ProjectFiles(folder), ".vscode/settings.json")):
            return found
        if (folder / ".git").exists():
            break
    return {}


def _cli_settings(files: ProjectFiles) -> Iterator[Mapping[str, Any]]:
    package = mapping(_read(files, "package.json"))
    for found in (package.get("marp"), *(_read(files, name) for name in _DATA)):
        if isinstance(found, dict):
            yield found
    for name in _SCRIPTS:
        if (text := files.read(name)) is not None:
            yield _plain_values(text)


def _read(files: ProjectFiles, name: str) -> Any:
    """The data in a file of the project; None where there is none that can be read."""
    text = files.read(name)
    if text is None:
        return None
    text = text.removeprefix("\ufeff")
    try:
        if name.endswith(".json"):
            return json.loads(_without_comments(text))
        return None if is_too_deep(text, _LOADER) else yaml.load(text, Loader=_LOADER)
    except (ValueError, yaml.YAMLError, RecursionError):
        return None


def _without_comments(text: str) -> str:
    """JSON as editors write it: without comments and trailing commas, strings untouched."""
    text = re.sub(rf"({_JSON_STRING})|{_COMMENTS}", lambda m: m[1] or "", text, flags=re.DOTALL)
    return re.sub(rf"({_JSON_STRING})|,(?=\s*[}}\]])", lambda m: m[1] or "", text, flags=re.DOTALL)


def _plain_values(script: str) -> dict[str, Any]:
    """What the text of a configuration script says in plain values; a key with anything else is UNKNOWN."""
    script = re.sub(rf"({_STRING})|{_COMMENTS}", lambda m: m[1] or "", script, flags=re.DOTALL)
    found: dict[str, Any] = {}
    for match in _SETTING.finditer(script):
        value: Any = UNKNOWN
        if match["word"]:
            value = match["word"] == "true"
        elif match["text"]:
            value = match["text"][1:-1]
        elif match["list"]:
            items = re.findall(_STRING, match["list"])
            rest = re.sub(_STRING, "", match["list"])
            value = UNKNOWN if rest.strip("[], \t\n") else [text[1:-1] for text in items]
        elif match["number"]:
            value = int(match["number"])
        found.setdefault(match["key"], value)
    if re.search(r"\.\.\.\w|\brequire\(|\bimport\b", script):  # more may come from elsewhere
        found.setdefault("themeSet", UNKNOWN)
    options = {key: found.pop(key) for key in ("math", "headingDivider") if key in found}
    return {**found, "options": {**options, **({"markdown": {"breaks": found.pop("breaks")}} if "breaks" in found else {})}}
