"""From files to decks to results: read and checked one by one.

What checks is imported when a deck is checked: results may have been kept from before.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decklint.config.discovery import Configuration
from decklint.dependencies import Recording
from decklint.files import ProjectFiles, absolute, project_root
from decklint.findings import Finding, Safety, Tally, tally
from decklint.records import dataclass, field
from decklint.text import FIRST, MAX_BYTES, Position, Source, UnreadableSource, recoded

if TYPE_CHECKING:
    from decklint.config.packs import OwnPacks
    from decklint.deck.deck import Deck
    from decklint.fixing import Fixed
    from decklint.parse import Options

_ALL_AFTER = 64
"""Decks after which all garbage is looked for, not only that of the last deck."""


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
    notes: dict[str, Any] = field(default_factory=dict)
    """By code of the rule: what the deck is compared by. Empty unless several decks are checked together."""

    def title(self, slide: int) -> str:
        """The title of a slide, by its number."""
        from decklint.deck.walk import title

        assert self.deck is not None
        return title(self.deck.slides[slide - 1])

    @property
    def tally(self) -> Tally:
        """How many findings there are."""
        return tally(self.findings)

    @property
    def is_noted(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.notes)

    def told(self, name: str) -> str | None:
        """What a report says of the deck, where that was written down under this name; None where it was not."""
        return None

    @property
    def is_outline(self) -> bool:
        """Whether of the deck only source, spans and titles are at hand."""
        return False

    @property
    def asks(self) -> bool:
        """Whether the deck may ask to keep quiet about anything."""
        return True


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


def collect(number: int) -> None:
    """Collect what the deck of a number, from 1, has left behind.

    What the first one leaves is what all decks need, and looked through no more. Of later ones what is left is looked through
    once: style sheets and the like stay, and would cost as much again after each deck. Once in a while all is.
    """
    if number == 1:
        gc.freeze()
    else:
        gc.collect(1 if number % _ALL_AFTER else 2)


class Checker:
    """Checks decks one by one, each with its own settings. Decks of one project share what is known about its files."""

    def __init__(
        self,
        chosen: Sequence[str] = (),
        ignored: Sequence[str] = (),
        configuration: Configuration | None = None,
        *,
        together: bool = False,
    ) -> None:
        """Without `configuration` all decks are checked with the same rules: `chosen` and `ignored` as on the command line.

        With `together` the decks will be compared when all are checked (`compare`).
        """
        self.together = together
        given = {"select": chosen, "ignore": ignored}
        given = {key: words for key, words in given.items() if words}
        self.configuration = configuration or Configuration(given, files=False)
        self._projects: dict[Path, Project] = {}
        self._by_folder: dict[Path, Project] = {}

    def check_file(self, path: Path, safeties: Collection[Safety] = ()) -> Result:
        """Read and check a file; one that cannot be read is a finding. Fixes of these safeties are applied to what was read."""
        data = read(path)
        return data if isinstance(data, Result) else self.check_stream(data, path, safeties)

    def check_stream(self, data: bytes, path: Path, safeties: Collection[Safety] = ()) -> Result:
        """Check the content of a file that is, or would be, at `path`; what is no text is a finding. Nothing is written."""
        from decklint.engine import check_deck

        shown = path.as_posix()
        try:
            source = Source.decode(data, shown)
        except UnreadableSource as error:
            fresh = recoded(data, error.reason) if Safety.UNSAFE in safeties else None
            if fresh is None:
                return _unread(shown, error.reason, place=error.position)
            result = self.check_stream(fresh, path, safeties)
            if result.fixed is not None:
                result.old = data
                result.fixed.applied["file-unreadable"] += 1
            return result
        project = self.project(path)
        choice = self.configuration.choice(path)
        _use_packs(choice.packs)
        notes: dict[int, dict[str, Any]] = {}

        def checked(deck: Deck) -> list[Finding]:
            noted = notes.setdefault(id(deck), {}) if self.together else None
            return choice.judged(check_deck(deck, choice.rules, project.files, choice.judgement, noted))

        with uncollected():
            if not safeties:
                deck = project.parsed(source)
                return Result(shown, deck, checked(deck), notes=notes.get(id(deck), {}))
            from decklint.checks.dl.dl003_fix_refused import refused
            from decklint.fixing import fix

            fixed = fix(source.text, lambda text: project.parsed(Source(text, shown)), checked, safeties)
            findings = [*(refused(refusal.finding, refusal.effects) for refusal in fixed.refused), *fixed.findings]
            noted = notes.get(id(fixed.deck), {})
            return Result(shown, fixed.deck, findings, new=source.encode(fixed.text), old=data, fixed=fixed, notes=noted)

    def compare(self, results: Sequence[Result]) -> None:
        """Add to the findings of decks what only shows beside the other decks of their course: those of one project."""
        for course in courses(results):
            if len(course) > 1:
                self.tell(course, self.compared(course))

    def compared(self, course: Sequence[Result]) -> dict[int, list[Finding]]:
        """What the decks of one course show beside each other, by number of deck."""
        from decklint.engine import compared

        return compared([(result.path, result.notes) for result in course])

    def tell(self, course: Sequence[Result], found: Mapping[int, list[Finding]]) -> None:
        """Add to the findings of decks, by number, those that neither the deck nor its settings keep quiet."""
        from decklint.engine import heard_of, in_order

        for number, findings in found.items():
            result = course[number]
            choice = self.configuration.choice(Path(result.path))
            deck = self._whole(result)
            heard = choice.judged(heard_of(deck, findings, choice.judgement))
            if heard:
                result.findings = in_order((*result.findings, *heard))

    def _whole(self, result: Result) -> Deck:
        """A deck with what it asks to keep quiet about."""
        from decklint.deck.deck import Deck

        deck = result.deck
        assert deck is not None
        if not result.is_outline:
            return deck
        if result.asks:
            return self.project(Path(result.path)).parsed(deck.source)
        return Deck(deck.source, deck.front_matter, deck.slides, {})

    def write(self, result: Result, path: Path) -> None:
        """Put what fixes made of a deck in the place of its file; where that cannot be done, that is a finding."""
        from decklint.checks.dl.dl004_file_not_written import not_written
        from decklint.writing import NotWritten, replace, sweep

        if result.fixed is None:
            return
        if result.new == result.old:
            sweep(path.resolve().parent)
            return
        try:
            replace(path, result.old, result.new, project_root(absolute(path))[0])
        except NotWritten as error:
            result.findings = [not_written(error.reason), *result.findings]
            result.fixed.applied.clear()

    def project(self, path: Path) -> Project:
        """What is known about the project that a deck belongs to."""
        folder = path.parent
        if folder not in self._by_folder:
            root, marked = project_root(absolute(path))
            if root not in self._projects:
                self._projects[root] = Project(ProjectFiles(root, marked=marked))
            self._by_folder[folder] = self._projects[root]
        return self._by_folder[folder]


class Project:
    """What the decks of one project share."""

    def __init__(self, files: ProjectFiles) -> None:
        self.files = files
        self.recording = Recording(files.root)

    @cached_property
    def options(self) -> Options:
        """The settings of Marp. What was looked up for them matters to all decks."""
        from decklint.parse import read_options

        with self.recording.common():
            return read_options(self.files)

    def parsed(self, source: Source) -> Deck:
        """The deck that a text is in this project."""
        from decklint.parse import parse

        return parse(source, self.options)


def read(path: Path) -> bytes | Result:
    """The bytes of a file, or the result of one that cannot be read."""
    shown = path.as_posix()
    try:
        if path.stat().st_size > MAX_BYTES:
            return _unread(shown, "too-large")
        return path.read_bytes()
    except FileNotFoundError:
        return _unread(shown, "missing")
    except PermissionError:
        return _unread(shown, "no-permission")
    except OSError as error:
        return _unread(shown, "not-readable", error.strerror or str(error))


def courses(results: Iterable[Result]) -> list[list[Result]]:
    """The decks that are compared with each other: those of one project."""
    found: dict[Path | None, list[Result]] = {}
    roots: dict[str, Path | None] = {}
    for result in results:
        if result.is_noted:
            folder = os.path.dirname(result.path)  # noqa: PTH120 (no objects for many decks)
            if folder not in roots:
                root, marked = project_root(absolute(Path(result.path)))
                roots[folder] = root if marked else None
            found.setdefault(roots[folder], []).append(result)
    return list(found.values())


def _unread(shown: str, reason: str, error: str = "", place: Position = FIRST) -> Result:
    from decklint.checks.dl.dl002_file_unreadable import unreadable

    return Result(shown, None, [unreadable(reason, error)], place)


def _use_packs(own: OwnPacks | None) -> None:
    """Let the deck be checked by the course's own facts and terms; costs nothing where no course has any."""
    if own is not None or "decklint.config.packs" in sys.modules:
        from decklint.config.packs import use_packs

        use_packs(own)
