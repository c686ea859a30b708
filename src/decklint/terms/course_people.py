"""People whose name is written in one way in one deck of a course and in another way in the next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from decklint.lang.prose import Prose
from decklint.records import dataclass
from decklint.terms.consistency import Use, is_paired
from decklint.terms.course import Forms, by_thing, noted
from decklint.terms.persons import SHORTEST, beside_latin, differing, dotted, is_person, known_people, latin_uses, sound, uses_of
from decklint.text import Source, Span

_MOST = 50  # names that share a word: more are no people


@dataclass(frozen=True, slots=True)
class People:
    """The names of people in a deck: transcribed ones by the Latin surname beside them and all, Latin ones by the word beside."""

    beside: Mapping[str, Forms]
    transcribed: Forms
    latin: Mapping[str, Forms]


def people_in(prose: Prose, source: Source, taken: Collection[Span]) -> People:
    """The names in a deck; places in `taken` are left out: another rule speaks of them."""
    beside: dict[str, list[Use]] = {}
    for use, surname in prose.once(beside_latin):
        beside.setdefault(surname, []).append(use)
    names = prose.once(dotted) | {use.form for uses in beside.values() for use in uses if len(use.form) >= SHORTEST}
    everywhere = [use for leaf in prose.containing(names) for name in names for use in uses_of(name, leaf)]
    latin = {
        shared: noted((use for uses in forms.values() for use in uses if use.span not in taken), source)
        for shared, forms in prose.once(latin_uses).items()
    }
    surnames = {surname: noted((use for use in uses if use.span not in taken), source) for surname, uses in beside.items()}
    return People(surnames, noted((use for use in everywhere if use.span not in taken), source), latin)


def one_person(decks: Sequence[People]) -> Iterator[tuple[list[Forms], frozenset[str]]]:
    """For each person whose name has several forms in the course: the forms in each deck, and those known to be right."""
    told: set[str] = set()
    for _, forms in by_thing([deck.beside for deck in decks]):
        for one, two in combinations(_all(forms), 2):
            if differing(one, two) == 1 and not (is_paired(one) and is_paired(two)):
                told |= {one, two}
                yield _only(forms, (one, two)), frozenset()
    yield from _alike([deck.transcribed for deck in decks], told)
    for shared, forms in by_thing([deck.latin for deck in decks]):
        for one, two in combinations(_all(forms)[:_MOST], 2):
            if is_person(one, two, shared):
                right = frozenset(form for form in (one, two) if frozenset((form, shared)) in known_people())
                yield _only(forms, (one, two)), right


def _alike(decks: Sequence[Forms], told: Collection[str]) -> Iterator[tuple[list[Forms], frozenset[str]]]:
    """Transcribed names that differ in characters which sound or look alike."""
    groups: dict[str, list[str]] = {}
    for form in _all(decks):
        if not is_paired(form) and not any(part in form for part in told):
            groups.setdefault(sound(form), []).append(form)
    for forms in groups.values():
        if len(forms) > 1:
            yield _only(decks, forms), frozenset()


def _all(decks: Sequence[Forms]) -> list[str]:
    return sorted({form for forms in decks for form in forms})


def _only(decks: Sequence[Forms], wanted: Collection[str]) -> list[Forms]:
    return [{form: places for form, places in forms.items() if form in wanted} for forms in decks]
