"""The files around a deck: where its project begins, what lies in it. Names are compared letter by letter on every system.

Nothing outside the project is read and no link is followed out of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from decklint import git

_MARKERS = frozenset(
    (
        ".git",
        "decklint.toml",
        ".decklint.toml",
        ".vscode",
        "marp.config.js",
        "marp.config.mjs",
        "marp.config.cjs",
        "marp.config.ts",
    )
)
_SKIPPED = frozenset((".git", "node_modules", ".venv", "venv", "__pycache__", ".tox", ".mypy_cache"))
_MAX_FILES = 200_000
_MAX_READ = 2 * 1024 * 1024


def project_root(path: Path) -> tuple[Path, bool]:
    """The folder that a deck belongs to, and whether a marker says so (else it is the deck's own folder)."""
    folder = path.parent
    for candidate in (folder, *folder.parents):
        names = _names(candidate)
        if not names.isdisjoint(_MARKERS) or any(name.startswith(".marprc") for name in names):
            return candidate, True
    return folder, False


class ProjectFiles:
    """The tree below a project's root, listed when first asked for."""

    def __init__(self, root: Path, *, marked: bool = True) -> None:
        self.root = root
        self.marked = marked
        self._listings: dict[Path, frozenset[str]] = {}
        self._by_name: dict[str, list[str]] | None = None

    def target(self, deck: Path, address: str) -> Path | None:
        """The file that a relative address in `deck` points to; None where it is no local, relative path of this project."""
        if not address or re.match(r"[a-zA-Z][\w+.-]*:|[/\\#?]", address):
            return None
        plain = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
        if not plain or "\0" in plain or "\\" in plain:
            return None
        path = Path(os.path.normpath(deck.parent / plain))
        if self.marked and not path.is_relative_to(self.root):
            return None
        return path

    def exists(self, path: Path) -> bool:
        """Whether a file or folder is there, spelt exactly so."""
        top = self.root if path.is_relative_to(self.root) else Path(path.anchor)
        while path != top and path != path.parent:
            if path.name not in self._listing(path.parent):
                return False
            path = path.parent
        return True

    def read(self, path: str) -> str | None:
        """The text of a small file of the project; None where it is missing, too large, or leads out of the project."""
        full = self.root / path
        try:
            if full.stat().st_size > _MAX_READ or not full.resolve().is_relative_to(self.root.resolve()):
                return None
            return full.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None

    def names_in(self, folder: Path) -> frozenset[str]:
        """The names in a folder of the project; none elsewhere."""
        return self._listing(folder) if folder.is_relative_to(self.root) else frozenset()

    @cached_property
    def tracked(self) -> git.Tracked | None:
        """What git has of the project; None where it is no repository."""
        return git.tracked(self.root)

    def ignored(self, paths: Sequence[str]) -> frozenset[str]:
        """Those of `paths`, relative to the root, that git is told to ignore."""
        return git.ignored(self.root, paths)

    def relative(self, path: Path) -> str | None:
        """A path as git and people write it, relative to the root with `/`; None outside the project."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else None

    def pixels(self, path: Path) -> tuple[int, int] | None:
        """Width and height of a picture of the project; None where it is none that can be read, or has no pixels."""
        import imagesize

        try:
            if path.suffix.lower() == ".svg" or not path.resolve().is_relative_to(self.root.resolve()):
                return None
            width, height = imagesize.get(path)
        except (OSError, ValueError):
            return None
        return (int(width), int(height)) if width > 0 and height > 0 else None

    def named(self, name: str) -> list[str]:
        """The paths, relative to the root, of the files with a name (in any letter case)."""
        if self._by_name is None:
            self._by_name = {}
            for path in self.paths():
                self._by_name.setdefault(path.rsplit("/", 1)[-1].lower(), []).append(path)
        return self._by_name.get(name.lower(), [])

    def paths(self, *suffixes: str) -> list[str]:
        """All files below the root, relative to it with `/`, sorted; with `suffixes` only those ending so."""
        found: list[str] = []
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(f for f in folders if f not in _SKIPPED)
            prefix = Path(folder).relative_to(self.root).as_posix()
            prefix = "" if prefix == "." else prefix + "/"
            found.extend(prefix + name for name in names if not suffixes or name.lower().endswith(suffixes))
            if len(found) > _MAX_FILES:
                break
        return sorted(found)

    def _listing(self, folder: Path) -> frozenset[str]:
        if folder not in self._listings:
            self._listings[folder] = _names(folder)
        return self._listings[folder]


def _names(folder: Path) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries)
    except OSError:
        return frozenset()
