"""From paths to decks to results: which files are decks, read and checked one by one."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from decklint.checks.dl.dl002_file_unreadable import unreadable
from decklint.checks.dl.dl003_fix_refused import refused
from decklint.checks.dl.dl004_file_not_written import not_written
from decklint.config.discovery import Configuration
from decklint.config.scope import Scope
from decklint.deck.deck import Deck
from decklint.engine import check_deck
from decklint.files import ProjectFiles, project_root
from decklint.findings import Finding, Safety
from decklint.fixing import Fixed, fix
from decklint.parse import Options, parse, read_options
from decklint.text import FIRST, MAX_BYTES, Position, Source, UnreadableSource
from decklint.writing import NotWritten, replace

SUFFIXES = (".md", ".mdown", ".markdown", ".markdn")
_HEAD = 4096
_SKIPPED = frozenset(("node_modules", "__pycache__", "venv"))
_OPENING = re.compile(r"(?:\s|<!--.*?-->)*-{3}", re.DOTALL)
_MARP_KEY = re.compile(r"""(?m)^\s{0,3}["']?marp["']?[ \t]*[:：][ \t]*+["']?+(?!false\b)""", re.IGNORECASE)
_CLOSING = re.compile(r"(?m)^-{3,}[ \t]*$")


@dataclass(slots=True)
class Result:
    """What checking one file gave. `deck` is None where the file could not be read; then `place` is the first bad byte."""

    path: str
    deck: Deck | None
    findings: list[Finding]
    place: Position = FIRST
    old: bytes = b""
    new: bytes = b""
    """What was read and what fixes make of it."""
    fixed: Fixed | None = None
    """Where fixes were asked for: what was applied."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector out: a tree is all alive while it grows, and looking through it again and again costs most."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def looks_like_deck(head: bytes) -> bool:
    """Whether the first bytes of a file have a `marp:` key in something like front matter.

    Tolerant on purpose: a byte order mark, a blank line or broken YAML must not hide the decks whose front matter is broken.
    """
    text = head.decode("utf-8", "ignore").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    opening = _OPENING.match(text)
    if opening is None:
        return False
    closing = _CLOSING.search(text, text.find("\n", opening.end()) + 1)
    return _MARP_KEY.search(text, opening.end(), closing.start() if closing else len(text)) is not None


def is_deck_file(path: Path) -> bool:
    """Whether a file has a Markdown suffix and looks like a deck; one that cannot be opened does not."""
    if not path.name.lower().endswith(SUFFIXES):
        return False
    try:
        with path.open("rb") as file:
            return looks_like_deck(file.read(_HEAD))
    except OSError:
        return False


def find_decks(paths: Sequence[str], *, decks_only: bool = False, scope: Scope | None = None) -> list[Path]:
    """The decks below folders, and the files named; with `decks_only` those files too must look like decks.

    Without `scope` nothing else is passed over.

    Raises:
        SettingsError: the settings of one of the decks cannot be used.
    """
    found: dict[Path, None] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            below = _below(path)
            found.update(dict.fromkeys(scope.below(path, below) if scope else below))
        elif (not decks_only or is_deck_file(path)) and (scope is None or scope.wants(path)):
            found[path] = None
    return list(found)


def _below(top: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(f for f in folders if f not in _SKIPPED and not f.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if is_deck_file(path):
                yield path


class Checker:
    """Checks decks one by one, each with its own settings. Decks of one project share what is known about its files."""

    def __init__(
        self, chosen: Sequence[str] = (), ignored: Sequence[str] = (), configuration: Configuration | None = None
    ) -> None:
        """Without `configuration` all decks are checked with the same rules: `chosen` and `ignored` as on the command line."""
        given = {"select": chosen, "ignore": ignored}
        given = {key: words for key, words in given.items() if words}
        self._configuration = configuration or Configuration(given, files=False)
        self._projects: dict[Path, tuple[ProjectFiles, Options]] = {}

    def check_file(self, path: Path, safeties: Collection[Safety] = ()) -> Result:
        """Read and check a file; one that cannot be read is a finding. Fixes of these safeties are applied to what was read."""
        shown = path.as_posix()
        try:
            if path.stat().st_size > MAX_BYTES:
                return Result(shown, None, [unreadable("too-large")])
            return self.check_stream(path.read_bytes(), path, safeties)
        except FileNotFoundError:
            return Result(shown, None, [unreadable("missing")])
        except PermissionError:
            return Result(shown, None, [unreadable("no-permission")])
        except OSError as error:
            return Result(shown, None, [unreadable("not-readable", error.strerror or str(error))])

    def check_stream(self, data: bytes, path: Path, safeties: Collection[Safety] = ()) -> Result:
        """Check the content of a file that is, or would be, at `path`; what is no text is a finding. Nothing is written."""
        shown = path.as_posix()
        try:
            source = Source.decode(data, shown)
        except UnreadableSource as error:
            return Result(shown, None, [unreadable(error.reason)], error.position)
        files, options = self._project(path.absolute())
        choice = self._configuration.choice(path)

        def parsed(text: str) -> Deck:
            return parse(Source(text, shown), options)

        def checked(deck: Deck) -> list[Finding]:
            return choice.judged(check_deck(deck, choice.rules, files))

        with uncollected():
            if not safeties:
                deck = parsed(source.text)
                return Result(shown, deck, checked(deck))
            fixed = fix(source.text, parsed, checked, safeties)
            findings = [*(refused(refusal.finding, refusal.effects) for refusal in fixed.refused), *fixed.findings]
            return Result(shown, fixed.deck, findings, new=source.encode(fixed.text), old=data, fixed=fixed)

    def write(self, result: Result, path: Path) -> None:
        """Put what fixes made of a deck in the place of its file; where that cannot be done, that is a finding."""
        if result.fixed is None or result.new == result.old:
            return
        try:
            replace(path, result.old, result.new, project_root(path.absolute())[0])
        except NotWritten as error:
            result.findings.insert(0, not_written(error.reason))
            result.fixed.applied.clear()

    def _project(self, path: Path) -> tuple[ProjectFiles, Options]:
        """What is known about the project that a deck belongs to."""
        root, marked = project_root(path)
        if root not in self._projects:
            files = ProjectFiles(root, marked=marked)
            self._projects[root] = files, read_options(files)
        return self._projects[root]
