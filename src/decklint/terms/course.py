"""One thing, one wording, across the decks of a course: what is noted of each deck, and where two of them differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from decklint.deck.walk import slide_of
from decklint.lang.habits import is_habit
from decklint.records import dataclass
from decklint.terms.consistency import Use
from decklint.text import Source, Span

_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands in a deck."""

    span: Span
    line: int
    slide: int


Forms = Mapping[str, Sequence[Place]]
"""The forms of one thing in one deck, each with its places."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A form at a place of one deck, where others of the course use another one."""

    deck: int
    place: Place
    form: str
    usual: str
    decided: bool
    """Whether the usual form is known to be right, or is a habit of the course and stands in as many decks as any other."""
    others: tuple[tuple[int, int], ...]
    """Decks and lines with the usual form: the first place of each deck, of few decks."""


def noted(uses: Iterable[Use], source: Source) -> dict[str, list[Place]]:
    """The places of each form."""
    found: dict[str, list[Place]] = {}
    for use in uses:
        span = use.span
        found.setdefault(use.form, []).append(Place(span, source.line(span.start), slide_of(use.leaf).number))
    return found


def differences(decks: Sequence[Forms], right: Collection[str] = ()) -> Iterator[Difference]:
    """Where decks that use one form of a thing differ from the form that the course uses most, or that is known to be right.

    A deck that has the usual form too is left out: it is told by itself that it mixes them.
    """
    holders: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for forms in decks:
        holders.update(forms.keys())
        places.update({form: len(found) for form, found in forms.items()})
    if len(holders) < 2:
        return
    known = [form for form in holders if form in right]
    usual = known[0] if len(known) == 1 else max(holders, key=lambda form: (places[form], holders[form]))
    is_usual = is_habit(places[usual], places.total() - places[usual]) and holders[usual] == max(holders.values())
    decided = len(known) == 1 or is_usual
    others = [(deck, forms[usual][0].line) for deck, forms in enumerate(decks) if usual in forms]
    for deck, forms in enumerate(decks):
        for form, found in forms.items() if usual not in forms else ():
            for place in found:
                yield Difference(deck, place, form, usual, decided, tuple(others[:_MOST_PLACES]))


def by_thing(decks: Sequence[Mapping[str, Forms]]) -> Iterator[tuple[str, list[Forms]]]:
    """For each thing of which decks have noted several forms, its forms in each of them."""
    written: dict[str, set[str]] = {}
    for deck in decks:
        for thing, forms in deck.items():
            written.setdefault(thing, set()).update(forms)
    for thing in sorted(thing for thing, forms in written.items() if len(forms) > 1):
        yield thing, [deck.get(thing, {}) for deck in decks]
