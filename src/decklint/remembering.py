"""One deck, by the results of earlier runs where they still hold, else checked anew and remembered."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from decklint.cache import Store, blake2b, program
from decklint.dependencies import Answered, Verification, plain
from decklint.packing import Teller, pack
from decklint.packing_findings import pack_findings, unpack_findings
from decklint.project import Checker, Project, Result, courses

if TYPE_CHECKING:
    from decklint.config.resolve import Settings

_SIZE = 20
"""Bytes of a name: enough that no two decks ever share one."""
_CRASHED = "DL001"


class WorkerLost(Exception):
    """A process that checked a deck ended, twice: killed from outside, or for want of memory."""

    def __init__(self, path: Path, code: int | None) -> None:
        super().__init__(path, code)
        self.path = path
        self.code = code


class Task(NamedTuple):
    """A deck to be checked: its number, its path, its size in bytes, and what gives its content."""

    number: int
    path: Path
    size: int
    read: Callable[[], bytes]


class Memory:
    """Checks decks with a store of earlier results. It can be sent to another process."""

    def __init__(self, checker: Checker, store: Store | None, teller: Teller | None = None) -> None:
        """Without `store` everything is checked anew; with `teller` what a report says of each of many decks is kept too."""
        self.checker = checker
        self.store = store
        self.teller = teller
        self._program = program() if store is not None else b""
        self._digests: dict[int, bytes] = {}
        self._verified: dict[Path, tuple[Verification, dict[bytes, bool]]] = {}
        self._common: dict[Path, tuple[int, str]] = {}
        self._places: dict[Path, str] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """What has been looked up stays here."""
        folder = self.store and self.store.folder.parent
        return _sent, (self.checker.configuration, self.checker.together, folder, self.teller, self._program)

    def recalled(self, data: bytes, path: Path) -> bytes | None:
        """The packed result of an earlier run on a deck with this content, where all that it depends on is as it was."""
        if self.store is None:
            return None
        entry = self.store.get(self._name(data, path))
        if entry is None:
            return None
        common, _, rest = entry.partition(b"\n")
        own, _, packed = rest.partition(b"\n")
        project = self.checker.project(path)
        verification, sets = self._verified.setdefault(project.files.root, (Verification(project.files), {}))
        for kept in (common, own):  # most decks of a project depend on the same
            if kept not in sets:
                sets[kept] = verification.holds(_answers(kept, self.store if kept is common else None))
            if not sets[kept]:
                return None
        return packed

    def result(self, data: bytes, path: Path) -> Result:
        """Check a deck, and remember what was found."""
        result, own = self._checked(data, path)
        if self.store is not None and (packed := _packed(result, None)) is not None:
            self._remember(self.store, self._name(data, path), result, own, packed)
        return result

    def checked(self, data: bytes, path: Path) -> bytes | Result:
        """The same, packed; a result that cannot be packed comes as it is."""
        result, own = self._checked(data, path)
        packed = _packed(result, self.teller)
        if packed is None:
            return result
        if self.store is not None:
            self._remember(self.store, self._name(data, path), result, own, packed)
        return packed

    def _checked(self, data: bytes, path: Path) -> tuple[Result, Answered]:
        """The result of a deck, and what it depends on where that is to be remembered."""
        if self.store is None:
            return self.checker.check_stream(data, path), {}
        with self.checker.project(path).recording.of_deck() as own:
            return self.checker.check_stream(data, path), own

    def _remember(self, store: Store, name: str, result: Result, own: Answered, packed: bytes) -> None:
        if result.deck is not None and all(finding.code != _CRASHED for finding in result.findings):
            common = self._shared(self.checker.project(Path(result.path)), store)
            answers = json.dumps(plain(own), separators=(",", ":"))
            store.put(name, b"\n".join((common.encode(), answers.encode(), packed)))

    def compare(self, results: list[Result]) -> None:
        """Compare the decks of each course, if it was not done before with the same notes."""
        from decklint.packing import Packed

        for course in courses(results):
            packed = [result for result in course if isinstance(result, Packed)]
            if self.store is None or len(packed) < len(course) or len(course) < 2:
                self.checker.compare(course)
                continue
            noted = json.dumps([(result.path, result.noted) for result in packed]).encode()
            rules = [self._settings(Path(result.path)) for result in packed]
            name = blake2b(b"\0".join((b"course", self._program, *rules, noted)), digest_size=_SIZE).hexdigest()
            known = self.store.get(name)
            found = unpack_findings(known) if known is not None else self.checker.compared(course)
            if known is None:
                self.store.put(name, pack_findings(found.items()))
            self.checker.tell(course, found)

    def _name(self, data: bytes, path: Path) -> str:
        """Of a deck's content and all that is known beforehand to matter: the program, the settings, its place in the project."""
        files = self.checker.project(path).files
        folder = path.parent
        if folder not in self._places:
            self._places[folder] = os.path.relpath(folder.absolute(), files.root)
        known = f"{self._places[folder]}/{path.name}\0{files.marked}\0{self.checker.together}\0".encode("utf-8", "surrogatepass")
        hashed = blake2b(self._program + self._settings(path) + known, digest_size=_SIZE)
        hashed.update(data)
        return hashed.hexdigest()

    def _settings(self, path: Path) -> bytes:
        from decklint.files import absolute

        settings = self.checker.configuration.of(path)
        if id(settings) not in self._digests:
            self._digests[id(settings)] = blake2b(_canonical(_that_matter(settings)).encode(), digest_size=_SIZE).digest()
        ignored = settings.ignored_in(absolute(path)) if settings.per_file_ignores else ()
        return self._digests[id(settings)] + "\0".join(ignored).encode() + b"\0\0"

    def _shared(self, project: Project, store: Store) -> str:
        """The name under which is kept what matters to all decks of a project that were checked up to now."""
        size, name = self._common.get(project.files.root, (-1, ""))
        if size != project.recording.size:
            data = json.dumps(project.recording.shared(), separators=(",", ":")).encode()
            name = blake2b(data, digest_size=_SIZE).hexdigest()
            store.put(name, data)
            self._common[project.files.root] = project.recording.size, name
        return name


def _sent(configuration: Any, together: bool, folder: Path | None, teller: Teller | None, digest: bytes) -> Memory:
    memory = Memory(Checker(configuration=configuration, together=together), None, teller)
    memory.store = Store(folder) if folder else None
    memory._program = digest
    return memory


def _packed(result: Result, teller: Teller | None) -> bytes | None:
    """A result as bytes; None where it cannot be packed."""
    from decklint.suppress import requests

    try:
        return pack(result, asks=result.deck is not None and bool(requests(result.deck)), teller=teller)
    except TypeError:
        return None


def _answers(kept: bytes, store: Store | None) -> Any:
    """Answers as they were kept, with `store` under a name; None, which never hold, where they are none."""
    try:
        found = json.loads((store.get(kept.decode()) or b"null") if store is not None else kept)
    except ValueError:
        return None
    return found if isinstance(found, list) else None


def _that_matter(settings: Settings) -> list[Any]:
    """What of the settings findings depend on. How far a value was said from the deck decides between rules that are ignored."""
    said = [[(each.value, each.level) for each in group] for group in (settings.select, settings.extend_select, settings.ignore)]
    options = {code: {key: each.value for key, each in values.items()} for code, values in settings.options.items()}
    severity = {code: each.value for code, each in settings.severity.items()}
    accepted = sorted(each.value for each in settings.accept)
    own = settings.own_packs.entries if settings.own_packs is not None else None
    return [settings.preset.value, said, options, severity, accepted, own]


def _canonical(value: Any) -> str:
    """A text that is the same for equal values, whatever order sets and mappings have."""
    if isinstance(value, dict):
        return "{" + ",".join(sorted(f"{_canonical(key)}:{_canonical(each)}" for key, each in value.items())) + "}"
    if isinstance(value, (set, frozenset)):
        return "<" + ",".join(sorted(map(_canonical, value))) + ">"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_canonical, value)) + "]"
    return f"{type(value).__name__} {value!r}"
