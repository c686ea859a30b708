"""Results as bytes: for the cache, for other processes, and to hold many of them in little room.

The bytes are JSON: reading them makes findings and nothing else, whoever wrote them.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, cast

from decklint.cache import blake2b
from decklint.findings import Finding, Tally, Template, tally
from decklint.packing_findings import SAFETIES, SEVERITIES, Templates, as_json, packed_finding, unpacked_finding
from decklint.project import Result
from decklint.text import Position, Source, Span

if TYPE_CHECKING:
    from decklint.deck.deck import Deck, FrontMatter, Slide

_SIZE = 20  # bytes of a digest of notes: enough that no two decks ever share one


Hold = Callable[[bytes], Callable[[], bytes]]
"""Puts bytes away; what it answers gives them back."""


class Teller(Protocol):
    """Writes what a report says of one deck. It can be sent to another process."""

    @property
    def name(self) -> str:
        """What tells it from others: under the same name, the same is said of the same result."""

    def __call__(self, result: Result) -> str:
        """The text, which depends on nothing but the result."""


def pack(result: Result, *, asks: bool = False, teller: Teller | None = None) -> bytes:
    """All of a result but the text of its deck, and with `teller` what a report says of it.

    `asks` says whether the deck asks to keep quiet about anything. A line of JSON is what is asked of all results; what is
    opened for few follows it, each part compressed: notes, report, and findings with an outline of the deck.

    Raises:
        NotPlain: a message has a value, or a note something, that is no plain data.
    """
    from decklint.packing_notes import plain

    templates: Templates = {}
    notes = as_json({code: plain(note) for code, note in result.notes.items()}).encode() if result.notes else b""
    body = {
        "findings": [packed_finding(finding, templates) for finding in result.findings],
        "templates": list(templates),
        "deck": None if result.deck is None else _outline(result.deck),
    }
    parts = [_small(notes), _small(_bytes(teller(result))) if teller else b"", _small(_bytes(as_json(body)))]
    severities, safeties, names = result.tally
    head = [
        result.place,
        result.deck is not None,
        asks,
        [(int(key), count) for key, count in severities.items()],
        [(key.value, count) for key, count in safeties.items()],
        sorted(names),
        blake2b(notes, digest_size=_SIZE).hexdigest() if notes else "",
        _told(teller.name, result.path) if teller else "",
        *map(len, parts[:2]),
    ]
    return b"".join((json.dumps(head, separators=(",", ":")).encode(), b"\n", *parts))


def _told(name: str, path: str) -> str:
    return f"{name} {path}"


def _small(part: bytes) -> bytes:
    return zlib.compress(part, 1) if part else b""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(small: bytes) -> str:
    return zlib.decompress(small).decode("utf-8", "surrogatepass") if small else ""


def _outline(deck: Deck) -> list[Any]:
    from decklint.deck.walk import title

    front = deck.front_matter.span if deck.front_matter is not None else None
    return [front, [(*slide.span, slide.break_span, title(slide)) for slide in deck.slides]]


class _Opened:
    """What is in packed bytes, and the text that it is about."""

    def __init__(self, body: str, source: Source | None) -> None:
        whole = json.loads(body)
        templates = [Template(*both) for both in whole["templates"]]
        self.findings = [unpacked_finding(each, templates) for each in whole["findings"]]
        self.outline: list[Any] | None = whole["deck"]
        self.source = source

    @cached_property
    def front_matter(self) -> FrontMatter | None:
        from decklint.deck.deck import FrontMatter

        front = self.outline[0] if self.outline else None
        return FrontMatter(Span(*front), Span(*front), {}, {}, {}) if front else None

    @cached_property
    def slides(self) -> list[Slide]:
        return [_slide(number, *each) for number, each in enumerate(self.outline[1] if self.outline else (), 1)]


class Outline:
    """Of a deck, what reports and comparisons with its past want: source, spans, titles. Stands where a `Deck` is asked for."""

    __slots__ = ("_packed",)

    def __init__(self, packed: Packed) -> None:
        self._packed = packed

    @property
    def source(self) -> Source:
        """The text."""
        source = self._packed.opened.source
        assert source is not None
        return source

    @property
    def path(self) -> str:
        """The path that the deck was read from."""
        return self._packed.path

    @property
    def front_matter(self) -> FrontMatter | None:
        """Where it stands, without what it says."""
        return self._packed.opened.front_matter

    @property
    def slides(self) -> list[Slide]:
        """The slides: each holds a heading with its title, if it has one, and nothing else."""
        return self._packed.opened.slides


def _slide(number: int, start: int, end: int, break_span: list[int] | None, title: str) -> Slide:
    from decklint.deck.deck import Slide
    from decklint.deck.nodes import Block, Heading
    from decklint.deck.textview import TextView

    span = Span(start, end)
    heading = Heading(span, title, parse_inline=lambda leaf: [], _view=TextView(title, ()))
    blocks: list[Block] = [heading] if title else []
    return Slide(span, blocks=blocks, number=number, break_span=Span(*break_span) if break_span else None)


class Packed(Result):
    """A result that is opened when it is looked at, and closed when others are: many take little room."""

    __slots__ = (
        "_asks",
        "_bounds",
        "_has_deck",
        "_noted",
        "_own",
        "_parts",
        "_place",
        "_read",
        "_tally",
        "_told",
        "outline",
    )

    def __init__(self, path: str, packed: bytes, read: Callable[[], bytes], hold: Hold | None = None) -> None:
        """`packed` as `pack` gives it; `read` gives the bytes of the deck as they were when it was checked.

        `hold` puts away what is packed; without it, it stays where it is.
        """
        self.path = path
        self.old = self.new = b""
        self.fixed = None
        self.outline = Outline(self)
        head, _, parts = packed.partition(b"\n")
        place, has_deck, asks, severities, safeties, names, noted, told, notes, report = json.loads(head)
        self._has_deck: bool = has_deck
        self._asks: bool = asks
        self._place = Position(*place)
        counts = {SEVERITIES[key]: count for key, count in severities}, {SAFETIES[key]: count for key, count in safeties}
        self._tally = Tally(*counts, frozenset(map(sys.intern, names)))
        self._noted: str = noted
        self._told: str = told
        self._bounds = notes, notes + report
        self._parts = hold(parts) if hold else lambda: parts
        self._read = read
        self._own: list[Finding] | None = None

    @property
    def opened(self) -> _Opened:
        """What is in it. The last few that were opened stay open."""
        for at, (packed, opened) in enumerate(_opened):
            if packed is self:
                if at:
                    _opened.insert(0, _opened.pop(at))
                return opened
        opened = _Opened(_text(self._parts()[self._bounds[1] :]), None)
        if opened.outline is not None:
            opened.source = Source.decode(self._read(), self.path)
        _opened.insert(0, (self, opened))
        del _opened[_OPEN:]
        return opened

    @property
    def tally(self) -> Tally:
        """How many findings there are; nothing is opened for it."""
        return self._tally if self._own is None else tally(self._own)

    @property
    def findings(self) -> list[Finding]:
        """The findings."""
        return self.opened.findings if self._own is None else self._own

    @findings.setter
    def findings(self, findings: list[Finding]) -> None:
        self._own = findings

    @property
    def deck(self) -> Deck | None:  # type: ignore[override]
        """An outline of the deck; None where the file could not be read."""
        return cast("Deck", self.outline) if self._has_deck else None

    @property
    def place(self) -> Position:  # type: ignore[override]
        """The first bad byte of a file that could not be read."""
        return self._place

    def title(self, slide: int) -> str:
        """The title of a slide, by its number."""
        outline = self.opened.outline
        title: str = outline[1][slide - 1][3] if outline else ""
        return title

    @property
    def is_noted(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self._noted)

    @property
    def is_outline(self) -> bool:
        """Of the deck only source, spans and titles are at hand."""
        return True

    @property
    def asks(self) -> bool:
        """Whether the deck asks to keep quiet about anything, which its outline does not tell."""
        return self._asks

    @property
    def noted(self) -> str:
        """A digest of the notes, the same for the same notes; empty where there is nothing."""
        return self._noted

    def told(self, name: str) -> str | None:
        """What a report says of the deck, where it was written down under this name and nothing came to it since."""
        if self._own is not None or self._told != _told(name, self.path):
            return None
        return _text(self._parts()[slice(*self._bounds)])

    @property
    def notes(self) -> dict[str, Any]:  # type: ignore[override]
        """By code of the rule: what the deck is compared by."""
        from decklint.packing_notes import whole

        notes = _text(self._parts()[: self._bounds[0]])
        return {code: whole(note) for code, note in json.loads(notes).items()} if notes else {}


def closed(result: Result) -> Result:
    """A result with fixes in little room, the tree of the deck given up; as it is where it cannot be packed."""
    from decklint.suppress import requests

    if result.fixed is None or result.deck is None:
        return result
    new = result.old if result.new == result.old else result.new
    try:
        small = Packed(result.path, pack(result, asks=bool(requests(result.deck))), lambda: new)
    except TypeError:
        return result
    small.old, small.new, small.fixed = result.old, new, result.fixed
    small.fixed.deck, small.fixed.findings = cast("Deck", small.outline), []
    return small


_opened: list[tuple[Packed, _Opened]] = []
_OPEN = 4
