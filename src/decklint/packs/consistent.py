"""What holds between entries: names and ids are given once, references lead somewhere, reviews are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import takewhile
from typing import Any

from decklint.packs.canonical import canonical
from decklint.packs.examine import Pack, Trouble
from decklint.packs.schema import Alias, Entity, Fact, Misconception

Location = tuple[int | str, ...]
LONG_PAST = timedelta(days=365)
"""How long after its date a review may wait until the pack counts as neglected."""


def troubles(packs: Sequence[Pack], book: Mapping[str, Any], today: date) -> Iterator[Trouble]:
    """What is wrong with packs whose entries are valid; `book` is the rule book with these packs in it, as plain data."""
    names = _holders(book)
    known = {holder for entity in book["entities"] for holder in _ids(entity)}
    attributes = [attribute["id"] for attribute in book["attributes"]]
    yield from _given_twice(packs)
    for pack in packs:
        yield from _not_in_its_form(pack)
        for number, entry in pack.entries.items():
            if isinstance(entry, Misconception):
                yield from _dangling(pack, (number, "about"), [entry.about] if entry.about else [], known)
            elif isinstance(entry, Entity):
                yield from _of_entity(pack, number, entry, names, known)
                for location, _, fact in facts_of(number, entry):
                    yield from _of_fact(pack, location, fact, known, attributes, today)


def facts_of(number: int, entity: Entity) -> Iterator[tuple[Location, str, Fact]]:
    """The facts of an entity and of its variants: where they stand, whose they are."""
    for at, fact in enumerate(entity.facts):
        yield (number, "facts", at), entity.id, fact
    for which, variant in enumerate(entity.variants):
        for at, fact in enumerate(variant.facts):
            yield (number, "variants", which, "facts", at), variant.id, fact


def comment_of(text: str) -> str:
    """The comment at the top of a pack, without its marks."""
    return "\n".join(line[1:].removeprefix(" ") for line in takewhile(lambda line: line.startswith("#"), text.splitlines()))


def _of_entity(pack: Pack, number: int, entity: Entity, names: Mapping[str, list[str]], known: set[str]) -> Iterator[Trouble]:
    for location, owner, alias in _aliases(number, entity):
        holders = names[alias.text]
        if len(holders) > 1:
            other = next((holder for holder in holders if holder != owner), owner)
            whose = f"also a name of {other}" if other != owner else "given twice"
            yield pack.trouble(location, f'the name "{alias.text}" is {whose}', "a name belongs to one entity")
    for key, ids in (("version_of", (entity.version_of,)), ("part_of", (entity.part_of,)), ("papers", entity.papers)):
        yield from _dangling(pack, (number, key), [each for each in ids if each], known)


def _of_fact(
    pack: Pack, location: Location, fact: Fact, known: set[str], attributes: Sequence[str], today: date
) -> Iterator[Trouble]:
    if fact.attribute not in attributes:
        near = get_close_matches(fact.attribute, attributes, n=1)
        cure = f'did you mean "{near[0]}"?' if near else "attributes.yaml lists all"
        yield pack.trouble((*location, "attribute"), f'there is no attribute "{fact.attribute}"', cure)
    if fact.attribute == "organisation" and isinstance(fact.value, tuple):
        yield from _dangling(pack, (*location, "value"), fact.value, known)
    if fact.review and _last_day(fact.review) + LONG_PAST < today:
        cure = "open the source again, then set `checked` and `review`"
        yield pack.trouble((*location, "review"), f"the review of {fact.review} is long past", cure)


def _given_twice(packs: Sequence[Pack]) -> Iterator[Trouble]:
    first: dict[str, Pack] = {}
    for pack in packs:
        for number, entry in pack.entries.items():
            ids = _ids(entry.model_dump()) if isinstance(entry, Entity) else (getattr(entry, "id", ""),)
            for each in ids:
                if each in first:
                    yield pack.trouble(
                        (number, "id"), f'the id "{each}" is given twice', f"the other one is in {first[each].path}"
                    )
                first.setdefault(each, pack)


def _not_in_its_form(pack: Pack) -> Iterator[Trouble]:
    """Only of a pack whose entries are all valid: the others have no form yet."""
    if pack.troubles or not pack.text:
        return
    written = pack.text.splitlines()
    wanted = canonical(list(pack.entries.values()), comment_of(pack.text)).splitlines()
    if written != wanted:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(written, wanted, strict=False)))
        yield Trouble(pack.path, same + 1, "", "not in the one form of packs", "`decklint facts check --write` brings it there")


def _dangling(pack: Pack, location: Location, ids: Sequence[str], known: set[str]) -> Iterator[Trouble]:
    for each in ids:
        if each not in known:
            near = get_close_matches(each, known, n=1)
            cure = f'did you mean "{near[0]}"?' if near else "an entity is named by its id"
            yield pack.trouble(location, f'there is no entity "{each}"', cure)


def _aliases(number: int, entity: Entity) -> Iterator[tuple[Location, str, Alias]]:
    for at, alias in enumerate(entity.aliases):
        yield (number, "aliases", at), entity.id, alias
    for which, variant in enumerate(entity.variants):
        for at, alias in enumerate(variant.aliases):
            yield (number, "variants", which, "aliases", at), variant.id, alias


def _holders(book: Mapping[str, Any]) -> Mapping[str, list[str]]:
    """Whose each name is."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for entity in book["entities"]:
        for owner in (entity, *entity.get("variants", ())):
            for alias in owner.get("aliases", ()):
                holders[alias["text"]].append(owner["id"])
    return holders


def _ids(entity: Mapping[str, Any]) -> tuple[str, ...]:
    return (entity["id"], *(variant["id"] for variant in entity.get("variants", ())))


def _last_day(text: str) -> date:
    """The last day of `2027`, `2027-03` or `2027-03-01`."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    return date(year + (month in (0, 12)), month % 12 + 1, 1) - timedelta(days=1)
