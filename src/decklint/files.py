"""The files around a deck: where its project begins, what lies in it. Names are compared letter by letter on every system.

Nothing outside the project is read and no link is followed out of it. What is looked up can be listened to, so that it is known
what a result depends on.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from decklint.git import Tracked

M = TypeVar("M", bound=Callable[..., Any])
Listener = Callable[["ProjectFiles", str, tuple[Any, ...], Any], None]
"""Gets whose files were asked, what was asked (the name of a method) with its arguments, and the answer."""

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
_HEAD = 64  # bytes
_SUBMODULE = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(\S[^\n]*?)[ \t]*$", re.MULTILINE)


_listening: ContextVar[Listener | None] = ContextVar("listening", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell `listener` of everything that is looked up meanwhile; of a question that asks others, only the outer one."""
    token = _listening.set(listener)
    try:
        yield
    finally:
        _listening.reset(token)


def _looked_up(method: M) -> M:
    """Tell the listener, if there is one, of each answer: asked again, the method tells whether it still holds."""
    name = method.__name__

    @functools.wraps(method)
    def told(self: ProjectFiles, *args: Any) -> Any:
        listener = _listening.get()
        if listener is None:
            return method(self, *args)
        token = _listening.set(None)
        try:
            answer = method(self, *args)
        finally:
            _listening.reset(token)
        listener(self, name, args, answer)
        return answer

    return told  # type: ignore[return-value]


def absolute(path: Path) -> Path:
    """The path from the root, without `..`, so that one file is known by one path."""
    return Path(os.path.normpath(path.absolute()))


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
        self._there: set[Path] = set()
        self._linked: dict[Path, bool] = {}
        self._folded: dict[Path, dict[str, list[str]]] = {}
        self._by_name: dict[str, list[str]] | None = None

    @cached_property
    def repository(self) -> Path:
        """The folder that the project must not lead out of: that of its repository, else its own root."""
        return next((folder for folder in (self.root, *self.root.parents) if ".git" in self._listing(folder)), self.root)

    def holds(self, path: Path) -> bool:
        """Whether a path lies in the project or its repository; where no marker says what the project is, any does."""
        return not self.marked or _is_below(path, self.repository)

    @_looked_up
    def is_unfetched(self, path: Path) -> bool:
        """Whether a path lies in a submodule that is not checked out: what is in it cannot be known here."""
        return any(_is_below(path, folder) and not self._listing(folder) for folder in self._submodules)

    @cached_property
    def _submodules(self) -> tuple[Path, ...]:
        if ".gitmodules" not in self._listing(self.repository):
            return ()
        try:
            text = (self.repository / ".gitmodules").read_text(encoding="utf-8", errors="replace")[:_MAX_READ]
        except OSError:
            return ()
        return tuple(self.repository / match[1] for match in _SUBMODULE.finditer(text))

    @_looked_up
    def exists(self, path: Path) -> bool:
        """Whether a file or folder is there, spelt exactly so."""
        top = self._top(path)
        passed = []
        while path not in self._there and path != top and path != path.parent:
            if path.name not in self._listing(path.parent):
                return False
            passed.append(path)
            path = path.parent
        self._there.update(passed)
        return True

    @_looked_up
    def spelt(self, path: Path) -> Path | None:
        """The file or folder that is there under this path, or under one that differs in letter case or composition only."""
        if self.exists(path):
            return path
        top = self._top(path)
        found = [top]
        for part in path.relative_to(top).parts:
            wanted = _folded(part)
            found = [folder / name for folder in found for name in self._folded_names(folder).get(wanted, ())]
        return min(found, default=None)

    def _top(self, path: Path) -> Path:
        """From where on a path is compared letter by letter."""
        return next((top for top in (self.root, self.repository) if _is_below(path, top)), Path(path.anchor))

    def _folded_names(self, folder: Path) -> dict[str, list[str]]:
        if folder not in self._folded:
            names: dict[str, list[str]] = {}
            for name in sorted(self._listing(folder)):
                names.setdefault(_folded(name), []).append(name)
            self._folded[folder] = names
        return self._folded[folder]

    @_looked_up
    def read(self, path: str) -> str | None:
        """The text of a small file of the project; None where it is missing, too large, or leads out of the project."""
        full = self.root / path
        try:
            if full.stat().st_size > _MAX_READ or not full.resolve().is_relative_to(self.root.resolve()):
                return None
            return full.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None

    @_looked_up
    def names_in(self, folder: Path) -> frozenset[str]:
        """The names in a folder of the project; none elsewhere."""
        return self._listing(folder) if _is_below(folder, self.root) else frozenset()

    @_looked_up
    def names_among(self, folder: Path, *wanted: str) -> frozenset[str]:
        """Those names in a folder of the project that are wanted: as they are, or by their ending (`*.sh`)."""
        endings = tuple(word[1:] for word in wanted if word.startswith("*"))
        listed = self._listing(folder) if _is_below(folder, self.root) else frozenset()
        return frozenset(name for name in listed if name in wanted or name.endswith(endings))

    @property
    def tracked(self) -> Tracked | None:
        """What git has of the project; None where it is no repository."""
        return self.index()

    @_looked_up
    def index(self) -> Tracked | None:
        """The same; git is asked once."""
        return self._index

    @cached_property
    def _index(self) -> Tracked | None:
        from decklint import git

        return git.tracked(self.root)

    @_looked_up
    def ignored(self, paths: Sequence[str]) -> frozenset[str]:
        """Those of `paths`, relative to the root, that git is told to ignore."""
        from decklint import git

        return git.ignored(self.root, paths)

    def relative(self, path: Path) -> str | None:
        """A path as git and people write it, relative to the root with `/`; None outside the project."""
        if not _is_below(path, self.root):
            return None
        return str(path)[len(str(self.root)) :].lstrip(os.sep).replace(os.sep, "/") or "."

    @_looked_up
    def in_git(self, path: Path) -> str | None:
        """A file's path as git would have it, relative to the root; None for a folder, outside, and behind a symbolic link."""
        if not _is_below(path, self.root) or not path.is_file() or self._is_linked(path.parent):
            return None
        return self.relative(path)

    def _is_linked(self, folder: Path) -> bool:
        """Whether a folder is a symbolic link, or one between it and the root is."""
        if folder == self.root or not _is_below(folder, self.root):
            return False
        if folder not in self._linked:
            self._linked[folder] = folder.is_symlink() or self._is_linked(folder.parent)
        return self._linked[folder]

    @_looked_up
    def head(self, path: Path) -> bytes | None:
        """The first bytes of a file of the project, enough to tell its kind; None where it cannot be read or leads out."""
        try:
            if not path.is_file() or not path.resolve().is_relative_to(self.repository.resolve()):
                return None
            with path.open("rb") as file:
                return file.read(_HEAD)
        except OSError:
            return None

    @_looked_up
    def pixels(self, path: Path) -> tuple[int, int] | None:
        """Width and height of a picture of the project; None where it is none that can be read, or has no pixels."""
        try:
            if path.suffix.lower() == ".svg" or not path.is_file() or not path.resolve().is_relative_to(self.root.resolve()):
                return None
            import imagesize  # and with it all of urllib: only for a picture that is there

            width, height = imagesize.get(path)
        except (OSError, ValueError):
            return None
        return (int(width), int(height)) if width > 0 and height > 0 else None

    @_looked_up
    def named(self, name: str) -> list[str]:
        """The paths, relative to the root, of the files with a name (in any letter case)."""
        if self._by_name is None:
            self._by_name = {}
            for path in self.paths():
                self._by_name.setdefault(path.rsplit("/", 1)[-1].lower(), []).append(path)
        return self._by_name.get(name.lower(), [])

    @_looked_up
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


def _is_below(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies in it: as `is_relative_to` says of absolute paths, in a tenth of the time."""
    own, top = os.path.normcase(path), os.path.normcase(folder)
    return own == top or own.startswith(top if top.endswith(os.sep) else top + os.sep)


def _folded(name: str) -> str:
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", name).casefold())


def _names(folder: Path) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries)
    except OSError:
        return frozenset()
