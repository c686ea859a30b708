"""What a branch touches: the decks, slides and front matters that are not as they were where it began.

Slides are compared as texts, so a slide that only moved is untouched. The working tree counts, whatever git has of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from decklint import git
from decklint.deck.deck import Deck, Slide
from decklint.files import ProjectFiles, absolute, project_root
from decklint.findings import Finding
from decklint.parse import Options, parse, read_options
from decklint.project import Result
from decklint.records import dataclass
from decklint.report.fingerprint import Part, part
from decklint.text import Source, Span, UnreadableSource

_CRLF, _LF = b"\r\n", b"\n"


class OutsideGit(Exception):
    """A deck that lies in no repository; `path` is that of the deck."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class _Touched:
    slides: frozenset[int]
    spans: tuple[Span, ...]
    front_matter: bool

    def has(self, finding: Finding) -> bool:
        """Whether a finding begins on a touched slide, or reaches into one; without a slide it belongs to the front matter."""
        if finding.slide in self.slides or (self.front_matter and not finding.slide):
            return True
        reach = Span(finding.span.start, max(finding.span.end, finding.span.start + 1))
        return any(span.overlaps(reach) for span in self.spans)


class Changes:
    """What differs between some decks and the commit where a revision and the present state part."""

    def __init__(self, revision: str, decks: Iterable[Path]) -> None:
        """Each repository is asked once.

        Raises:
            GitTrouble: git cannot tell.
            OutsideGit: one of the decks lies in no repository.
        """
        self._old: dict[Path, bytes | None] = {}
        self._options: dict[Path, Options] = {}
        by_repository: dict[Path, list[Path]] = {}
        for deck in decks:
            top = git.repository(deck.resolve().parent)
            if top is None:
                raise OutsideGit(deck)
            by_repository.setdefault(top, []).append(deck)
        for top, found in by_repository.items():
            self._old.update(_differing(top, revision, found))

    def __contains__(self, deck: Path) -> bool:
        """Whether a deck differs, is new, or cannot be read."""
        return deck in self._old

    def touched(self, deck: Path, result: Result) -> Part:
        """The result of a deck that differs, with the findings in what was touched."""
        if result.deck is None:
            return part(result, (True for _ in result.findings))
        touched = _touched(self._before(deck), result.deck)
        return part(result, (touched.has(finding) for finding in result.findings))

    def _before(self, deck: Path) -> Deck | None:
        old = self._old[deck]
        if old is None:
            return None
        try:
            return parse(Source.decode(old, deck.as_posix()), self._options_of(absolute(deck)))
        except UnreadableSource:
            return None

    def _options_of(self, deck: Path) -> Options:
        root, marked = project_root(deck)
        if root not in self._options:
            self._options[root] = read_options(ProjectFiles(root, marked=marked))
        return self._options[root]


def _differing(top: Path, revision: str, decks: list[Path]) -> Iterator[tuple[Path, bytes | None]]:
    """The decks of one repository that differ, with their old bytes; None for those that are new or cannot be read."""
    before = git.blobs(top, git.fork(top, revision))
    names: dict[Path, str] = {}
    present: dict[Path, bytes] = {}
    for deck in decks:
        name = before.get(deck.resolve().relative_to(top).as_posix())
        data = _read(deck)
        if name is None or data is None:
            yield deck, None
        elif not git.is_blob(data, name):
            names[deck], present[deck] = name, data
    old = git.contents(top, list(names.values()))
    for deck, name in names.items():
        if old[name].replace(_CRLF, _LF) != present[deck].replace(_CRLF, _LF):
            yield deck, old[name]


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _touched(old: Deck | None, new: Deck) -> _Touched:
    """What of a deck is not as it was: each slide of the old one accounts for one alike."""
    known = Counter(_text(old, slide) for slide in old.slides) if old is not None else Counter()
    numbers, spans = [], []
    for slide in new.slides:
        text = _text(new, slide)
        if known[text] > 0:
            known[text] -= 1
            continue
        numbers.append(slide.number)
        spans.append(Span(_start(new, slide), slide.span.end))
    return _Touched(frozenset(numbers), tuple(spans), old is None or _front_matter(old) != _front_matter(new))


def _text(deck: Deck, slide: Slide) -> str:
    """What stands on a slide. The ruler that begins it is left out: a first slide gets one when another is put before it."""
    start = slide.break_span.end if slide.break_span is not None else _start(deck, slide)
    return deck.source.slice(Span(start, slide.span.end)).strip()


def _start(deck: Deck, slide: Slide) -> int:
    return max(slide.span.start, deck.front_matter.span.end if deck.front_matter is not None else 0)


def _front_matter(deck: Deck) -> str:
    return deck.source.slice(deck.front_matter.span).strip() if deck.front_matter is not None else ""
