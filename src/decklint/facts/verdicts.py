"""What the registry says to a value: confirmed, contradicted, disputed, outdated, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from decklint.facts.entities import Attribute, Fact
from decklint.facts.forms import right_date, right_quantity
from decklint.facts.values import Date, Quantity


class Verdict(Enum):
    """The registry's answer to a claim."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    OUTDATED = "outdated"
    UNKNOWN = "unknown"


class Judgement(NamedTuple):
    """A verdict, the facts behind it, and for a contradicted value the right one in the slide's own form."""

    verdict: Verdict
    facts: Sequence[Fact] = ()
    right: str = ""


UNKNOWN = Judgement(Verdict.UNKNOWN)


def judge_date(date: Date, facts: Sequence[Fact], written: str) -> Judgement:
    """A date is contradicted only if it fits no date of the entity; a bare year only if it is no year of any."""
    known = [(value, fact) for fact, raw in _established(facts) if (value := _iso(raw))]
    if any(_fits(date.iso, value) for value, _ in known):
        return agreeing([fact for value, fact in known if _fits(date.iso, value)])
    if not known:
        return UNKNOWN
    known.sort(key=lambda pair: pair[1].attribute != "published")
    told = ((fact, right) for value, fact in known if (right := right_date(date, written, value)))
    fact, right = next(told, (known[0][1], ""))  # of several, the first that is as exact as what was written
    return Judgement(Verdict.CONTRADICTED, [fact], right)


_COUNTED_FROM, _NEARLY = 1e6, 0.03


def judge_quantity(quantity: Quantity, facts: Sequence[Fact], written: str) -> Judgement:
    """A quantity is contradicted only if it agrees, at the precision it was written with, with no value of the entity."""
    known = [(value, fact) for fact, raw in _established(facts) if (value := as_number(raw)) is not None]
    if any(quantity.agrees_with(value) for value, _ in known):
        return agreeing([fact for value, fact in known if quantity.agrees_with(value)])
    disputed = [fact for fact in facts if fact.status != "established"]
    if disputed:
        return Judgement(Verdict.DISPUTED, disputed)
    if not known or not all(quantity.denies(value) for value, _ in known):
        return UNKNOWN
    if quantity.value >= _COUNTED_FROM and any(abs(quantity.value / value - 1) < _NEARLY for value, _ in known if value):
        return UNKNOWN  # counted otherwise: with embeddings, with biases, of the released weights
    value, fact = known[0]
    return Judgement(Verdict.CONTRADICTED, [fact], right_quantity(quantity, written, value))


def judge_phrase(value: str, attribute: Attribute, facts: Sequence[Fact], canonical: dict[str, str]) -> Judgement:
    """Words for a value: contradicted where the set is closed, or holds another value that excludes this one.

    `canonical` tells which value the words in a fact stand for.
    """
    known = [(canonical.get(raw.lower(), raw), fact) for fact, raw in _established(facts)]
    held = {held for held, _ in known}
    if value in held:
        return agreeing([fact for own, fact in known if own == value])
    rivals = {own for group in attribute.exclusive if value in group for own in group} & held
    deciding = [fact for own, fact in known if own in rivals] or [fact for _, fact in known if fact.closed]
    return Judgement(Verdict.CONTRADICTED, deciding[:1]) if deciding else UNKNOWN


def agreeing(facts: Sequence[Fact]) -> Judgement:
    """Facts that a value agrees with: outdated if all of them have ended."""
    if facts and all(fact.until for fact in facts):
        return Judgement(Verdict.OUTDATED, facts)
    return Judgement(Verdict.CONFIRMED, facts)


def as_number(value: str) -> float | None:
    """The number in a fact's value."""
    try:
        return float(value)
    except ValueError:
        return None


def _established(facts: Iterable[Fact]) -> Iterator[tuple[Fact, str]]:
    return ((fact, value) for fact in facts if fact.status == "established" for value in fact.values)


def _iso(value: str) -> str:
    """The date in a value; of a venue such as `NeurIPS 2017`, its year."""
    match = re.search(r"\d{4}(?:-\d\d(?:-\d\d)?)?", value)
    return match[0] if match else ""


def _fits(stated: str, known: str) -> bool:
    return stated.startswith(known) or known.startswith(stated)
