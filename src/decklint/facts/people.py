"""Names of people in a text: full names, surnames, and the forms of citations (Radford, A. et al.)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from decklint.facts.places import chosen
from decklint.facts.values import MONTHS, SHORT_MONTHS
from decklint.packs.names import HAN, plain
from decklint.records import dataclass

_ALSO = re.compile(r"\s*,?\s*(?:et al\b\.?|and al\b\.?|and (?:colleagues|others|co-workers)|等人?(?!价|于)|团队)")
_INITIALS = re.compile(r"\s*,\s*((?:[A-Z]\.?[ -]?){1,3})(?=[\s,.&;]|et\b|and\b|$)")
_BEFORE = re.compile(r"\b([A-Z])(?:\.[ -]?[A-Z])?\.\s?$")
# Surnames that are words too: only an `et al.` or an initial makes them names.
_WORDS = frozenset(
    ["he", "long", "so", "do", "an", "case", "son", "chen", "brown", "fan", "hu", "hua", "li", "bai", "xu"]
    + [name.lower() for name in (*MONTHS, *SHORT_MONTHS)]
)
_UNKNOWN = re.compile(
    r"\b[A-Z][a-z\u00df-\u017f]+(?:-[A-Z][a-z\u00df-\u017f]+)?\s(?:[A-Z]\.\s)?[A-Z][a-z\u00df-\u017f]+\b|"
    r"\b[A-Z][a-z\u00df-\u017f]+(?= et al)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a text, from `start` to the end of the name; `et al.` goes on to `stop`."""

    start: int
    end: int
    stop: int
    surname: str
    initial: str
    name: str
    """The full name that the registry knows; empty for somebody it does not know."""

    def is_one_of(self, names: Iterable[str]) -> bool:
        """Whether one of some full names may be this person's."""
        own = sorted(_parts(self.name))
        return any((_parts(name)[0] == self.surname and self._fits(name)) or sorted(_parts(name)) == own for name in names)

    def _fits(self, name: str) -> bool:
        return not self.initial or any(part[:1] == self.initial for part in _parts(name)[1:])


def people_at(places: Iterable[tuple[int, int, tuple[str, bool]]], text: str, folded: str) -> list[Person]:
    """The people named in a text, in order; `folded` is the same text folded.

    `places` are those of all names in the folded text, the longest first: each stands for a full name, and tells whether it is
    only the surname.
    """

    def accept(start: int, end: int, owner: tuple[str, bool]) -> Iterator[Person]:
        if text[start].isupper() or HAN.match(folded, start):
            yield from _person(text, folded, (start, end), *owner)

    found = list(chosen(places, accept))
    taken = [(person.start, person.stop) for person in found]
    found += [
        Person(match.start(), match.end(), _stop(folded, match.end()), plain(match[0].split()[-1]), "", "")
        for match in _UNKNOWN.finditer(text)
        if all(match.end() <= start or stop <= match.start() for start, stop in taken)
    ]
    return sorted(found, key=lambda person: person.start)


def _person(text: str, folded: str, place: tuple[int, int], name: str, only_surname: bool) -> Iterator[Person]:
    start, end = place
    initial = "" if only_surname else _parts(name)[1][:1] if len(_parts(name)) > 1 else ""
    if only_surname:
        behind, before = _INITIALS.match(text, end), _BEFORE.search(text, max(0, start - 6), start)
        if behind is not None:
            initial, end = behind[1][0].lower(), end + len(behind[0].rstrip())
        elif before is not None:
            initial, start = before[1].lower(), before.start()
    stop = _stop(folded, end)
    if only_surname and not initial and stop == end and folded[place[0] : place[1]] in _WORDS:
        return
    yield Person(start, end, stop, _parts(name)[0], initial, name)


def _stop(folded: str, end: int) -> int:
    match = _ALSO.match(folded, end)
    return match.end() if match else end


@cache  # of names in the rule book only
def _parts(name: str) -> tuple[str, ...]:
    """The surname, then the given names, all plain."""
    parts = plain(name).replace(".", " ").split()
    return (parts[-1], *parts[:-1]) if parts else ("",)
