"""Results as bytes: for the cache, for other processes, and to hold many of them in little room.

The bytes are JSON: reading them makes findings and nothing else, whoever wrote them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from decklint.findings import Citation, Confidence, Edit, Effect, Finding, Fix, Message, Safety, Severity, Tally, Template, tally
from decklint.project import Result
from decklint.text import Position, Source, Span

if TYPE_CHECKING:
    from decklint.deck.deck import Deck, FrontMatter, Slide

_PLAIN = (str, int, float, bool, type(None))
# An enumeration takes ten times as long to find its members.
_SEVERITIES = {each.value: each for each in Severity}
_CONFIDENCES = {each.value: each for each in Confidence}
_SAFETIES = {each.value: each for each in Safety}
_EFFECTS = {each.value: each for each in Effect}


class NotPlain(TypeError):
    """A result holds something that is no plain data, and cannot be packed."""


def pack(result: Result, *, asks: bool = False) -> bytes:
    """All of a result but the text of its deck. `asks` says whether the deck asks to keep quiet about anything.

    Raises:
        NotPlain: a message has a value, or a note something, that is no plain data.
    """
    from decklint.packing_notes import plain

    templates: dict[tuple[str, str], int] = {}
    notes = {code: plain(note) for code, note in result.notes.items()}
    body = {
        "findings": [_packed(finding, templates) for finding in result.findings],
        "templates": list(templates),
        "deck": None if result.deck is None else _outline(result.deck),
    }
    parts = (_head(result, asks), json.dumps(notes, separators=(",", ":")) if notes else "", _json(body))
    return "\n".join(parts).encode("utf-8", "surrogatepass")


def _head(result: Result, asks: bool) -> str:
    """What is asked of all results, without what is printed of few."""
    severities, safeties, names = result.tally
    counts = [[int(key), count] for key, count in severities.items()], [[key.value, count] for key, count in safeties.items()]
    return _json([result.place, result.deck is not None, asks, *counts, sorted(names)])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_refuse)


def _refuse(value: object) -> None:
    raise NotPlain(type(value).__name__)


def _packed(finding: Finding, templates: dict[tuple[str, str], int]) -> list[Any]:
    fix = finding.fix
    return [
        finding.code,
        finding.name,
        int(finding.severity),
        int(finding.confidence),
        *finding.span,
        *_said(finding.message, templates),
        None
        if fix is None
        else [
            *_said(fix.title, templates),
            [(*edit.span, edit.text) for edit in fix.edits],
            fix.safety.value,
            sorted(effect.value for effect in fix.effects),
        ],
        [(source.title, source.url, source.by, source.year, source.locator) for source in finding.sources],
        finding.slide,
    ]


def _said(message: Message, templates: dict[tuple[str, str], int]) -> tuple[int, dict[str, Any]]:
    for value in message.values.values():
        if type(value) not in _PLAIN:
            raise NotPlain(type(value).__name__)
    return templates.setdefault((message.template.en, message.template.zh), len(templates)), dict(message.values)


def _outline(deck: Deck) -> list[Any]:
    from decklint.deck.walk import title

    front = deck.front_matter.span if deck.front_matter is not None else None
    return [front, [(*slide.span, slide.break_span, title(slide)) for slide in deck.slides]]


class _Opened:
    """What is in packed bytes, and the text that it is about."""

    def __init__(self, body: bytes, source: Source | None) -> None:
        whole = json.loads(body.decode("utf-8", "surrogatepass"))
        templates = [Template(*both) for both in whole["templates"]]
        self.findings = [_finding(each, templates) for each in whole["findings"]]
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


def _finding(packed: list[Any], templates: list[Template]) -> Finding:
    code, name, severity, confidence, start, end, template, values, fix, sources, slide = packed
    return Finding(
        code,
        name,
        _SEVERITIES[severity],
        _CONFIDENCES[confidence],
        Span(start, end),
        Message(templates[template], values),
        None if fix is None else _fix(fix, templates),
        tuple([Citation(*source) for source in sources]),
        slide,
    )


def _fix(packed: list[Any], templates: list[Template]) -> Fix:
    template, values, edits, safety, effects = packed
    return Fix(
        Message(templates[template], values),
        tuple([Edit(Span(start, end), text) for start, end, text in edits]),
        _SAFETIES[safety],
        frozenset([_EFFECTS[effect] for effect in effects]),
    )


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

    __slots__ = ("_asks", "_has_deck", "_is_noted", "_own", "_place", "_read", "_small", "_tally", "outline")

    def __init__(self, path: str, packed: bytes, read: Callable[[], bytes]) -> None:
        """`packed` as `pack` gives it; `read` gives the bytes of the deck as they were when it was checked."""
        self.path = path
        self.old = self.new = b""
        self.fixed = None
        self.outline = Outline(self)
        head, notes, _ = packed.split(b"\n", 2)
        place, has_deck, asks, severities, safeties, names = json.loads(head)
        self._has_deck: bool = has_deck
        self._asks: bool = asks
        self._place = Position(*place)
        counts = {_SEVERITIES[key]: count for key, count in severities}, {_SAFETIES[key]: count for key, count in safeties}
        self._tally = Tally(*counts, frozenset(names))
        self._is_noted = bool(notes)
        self._small = zlib.compress(packed, 1)
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
        opened = _Opened(self._part(2), None)
        if opened.outline is not None:
            opened.source = Source.decode(self._read(), self.path)
        _opened.insert(0, (self, opened))
        del _opened[_OPEN:]
        return opened

    def _part(self, number: int) -> bytes:
        return zlib.decompress(self._small).split(b"\n", 2)[number]

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
        return self._is_noted

    @property
    def is_outline(self) -> bool:
        """Of the deck only source, spans and titles are at hand."""
        return True

    @property
    def asks(self) -> bool:
        """Whether the deck asks to keep quiet about anything, which its outline does not tell."""
        return self._asks

    @property
    def packed_notes(self) -> str:
        """What the deck is compared by, as text that is the same for the same notes; empty where there is nothing."""
        return self._part(1).decode()

    @property
    def notes(self) -> dict[str, Any]:  # type: ignore[override]
        """By code of the rule: what the deck is compared by."""
        from decklint.packing_notes import whole

        notes = self.packed_notes
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


def pack_findings(found: Iterable[tuple[int, list[Finding]]]) -> bytes:
    """Findings by number of deck."""
    templates: dict[tuple[str, str], int] = {}
    decks = [[number, [_packed(finding, templates) for finding in findings]] for number, findings in found]
    return json.dumps([decks, list(templates)], separators=(",", ":"), default=_refuse).encode()


def unpack_findings(packed: bytes) -> dict[int, list[Finding]]:
    """The findings that `pack_findings` packed."""
    decks, told = json.loads(packed)
    templates = [Template(*both) for both in told]
    return {number: [_finding(each, templates) for each in findings] for number, findings in decks}
