"""Which files are passed over: what settings exclude, and in folders what they do not include and what git ignores."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from decklint.config.discovery import Configuration
from decklint.files import absolute


class Scope:
    """Decides for one run, and remembers what was passed over so that it can be told."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._repositories: dict[Path, Path | None] = {}
        self.excluded: list[tuple[Path, str]] = []
        """Files that were named, and where it is said that they are excluded."""
        self.passed = 0
        """How many decks in folders were passed over."""

    def wants(self, path: Path) -> bool:
        """Whether a file that was named is checked.

        Raises:
            SettingsError: its settings cannot be used.
        """
        if str(path) == "-":
            return True
        origin = self._configuration.of(path).passed_over(absolute(path))
        if origin is not None:
            self.excluded.append((path, origin))
        return origin is None

    def below(self, top: Path, decks: Iterable[Path]) -> list[Path]:
        """Those of the decks in a folder that are checked. Git is asked once for each repository.

        Raises:
            SettingsError: the settings of one of them cannot be used.
        """
        found = list(decks)
        ignored = self._ignored(top, found)
        kept = [deck for deck in found if deck not in ignored and self._included(deck)]
        self.passed += len(found) - len(kept)
        return kept

    def _included(self, deck: Path) -> bool:
        settings = self._configuration.of(deck)
        if not settings.include and not settings.exclude:
            return True
        path = absolute(deck)
        return settings.includes(path) and settings.passed_over(path) is None

    def _ignored(self, top: Path, decks: list[Path]) -> set[Path]:
        """The decks that git ignores; none where the folder itself was asked for although git ignores it."""
        by_repository: dict[Path, dict[str, Path]] = {}
        places: dict[Path, tuple[Path | None, str]] = {}
        for deck in decks:
            folder = deck.parent
            if folder not in places:
                places[folder] = self._place(absolute(folder))
            repository, way = places[folder]
            if repository is not None:
                by_repository.setdefault(repository, {})[way + deck.name] = deck
        found: set[Path] = set()
        for repository, names in by_repository.items():
            above = absolute(top)
            own = above.relative_to(repository).as_posix() if above.is_relative_to(repository) else "."
            from decklint import git

            answer = git.ignored(repository, [*names, *[own] * (own != ".")])
            if own not in answer:
                found.update(names[name] for name in answer if name in names)
        return found

    def _place(self, folder: Path) -> tuple[Path | None, str]:
        """The repository of a folder, and the way from there to what is in it."""
        repository = self._repository(folder)
        way = folder.relative_to(repository).as_posix() if repository is not None else "."
        return repository, f"{way}/" if way != "." else ""

    def _repository(self, folder: Path) -> Path | None:
        if folder not in self._repositories:
            if (folder / ".git").exists():
                self._repositories[folder] = folder
            else:
                self._repositories[folder] = self._repository(folder.parent) if folder != folder.parent else None
        return self._repositories[folder]
