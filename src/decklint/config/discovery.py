"""Which settings hold for a deck: those of the nearest folder that has any, up to its repository, behind the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decklint.cache import Store
from decklint.config.reading import COMMAND_LINE, Layer, read, read_layers
from decklint.config.resolve import Settings, resolve
from decklint.files import absolute

if TYPE_CHECKING:
    from decklint.config.choice import Choice

NAMES = ("decklint.toml", ".decklint.toml", "pyproject.toml")
"""Where settings are looked for in a folder; the first that has any is taken."""


class Configuration:
    """The settings of all decks of one run. Each settings file is read once."""

    def __init__(self, given: Mapping[str, Any] | None = None, *, files: bool = True, store: Store | None = None) -> None:
        """`given` are options of the command line, by key; without `files`, no settings file is looked for.

        With `store`, files that were checked in an earlier run are not checked again.
        """
        self._given = dict(given or {})
        self._reads = files
        self._store = store
        self._found: dict[Path, Path | None] = {}
        self._settings: dict[Path | None, Settings] = {}
        self._by_folder: dict[Path, Settings] = {}
        self._choices: dict[int, Choice] = {}

    def of(self, path: Path) -> Settings:
        """The settings that hold for a file.

        Raises:
            SettingsError: they cannot be used.
        """
        return self.of_folder(path.parent)

    def of_folder(self, folder: Path) -> Settings:
        """The settings that hold for the files of a folder.

        Raises:
            SettingsError: they cannot be used.
        """
        if folder not in self._by_folder:
            self._by_folder[folder] = self._of_folder(folder)
        return self._by_folder[folder]

    def _of_folder(self, folder: Path) -> Settings:
        file = self._nearest(absolute(folder)) if self._reads else None
        if file not in self._settings:
            layers = read_layers(file, self._store) if file is not None else []
            home = file.parent if file is not None else Path.cwd()
            given = [Layer(COMMAND_LINE, home, self._given)] if self._given else []
            self._settings[file] = resolve([*layers, *given], home, self._store)
        return self._settings[file]

    def choice(self, path: Path) -> Choice:
        """The rules for a file.

        Raises:
            SettingsError: its settings cannot be used.
        """
        from decklint.config.choice import choose

        settings = self.of(path)
        if id(settings) not in self._choices:
            self._choices[id(settings)] = choose(settings)
        return self._choices[id(settings)].without(settings.ignored_in(absolute(path)))

    def _nearest(self, folder: Path) -> Path | None:
        if folder not in self._found:
            try:
                names = frozenset(path.name for path in folder.iterdir())
            except OSError:
                names = frozenset()
            own = next((folder / name for name in NAMES if name in names and self._has_settings(folder / name)), None)
            end = ".git" in names or folder == folder.parent
            self._found[folder] = own or (None if end else self._nearest(folder.parent))
        return self._found[folder]

    def _has_settings(self, path: Path) -> bool:
        return path.name != "pyproject.toml" or read(path, self._store) is not None
