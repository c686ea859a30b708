"""What the registry says to a value: confirmed, contradicted, disputed, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from decklint.facts.registry import Fact
from decklint.facts.values import Date, Quantity

Judgement = tuple["Verdict", Sequence[Fact], str]


class Verdict(Enum):
    """The registry's answer to a claim."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


def judge_date(date: Date, facts: Sequence[Fact]) -> Judgement:
    """A date is contradicted only if it fits no date of the entity; a bare year only if it is no year of any."""
    known = [(value, fact) for fact in facts if fact.status == "established" for value in map(_iso, fact.values) if value]
    if any(_fits(date.iso, value) for value, _ in known):
        return Verdict.CONFIRMED, [fact for value, fact in known if _fits(date.iso, value)], ""
    if not known:
        return Verdict.UNKNOWN, (), ""
    first = next((pair for pair in known if pair[1].attribute == "published"), known[0])
    return Verdict.CONTRADICTED, [first[1]], _like(date, first[0])


def judge_quantity(quantity: Quantity, facts: Sequence[Fact], text: str) -> Judgement:
    """A quantity is contradicted only if it agrees, at the precision it was written with, with no value of the entity."""
    established = [
        (float(value), fact) for fact in facts if fact.status == "established" for value in fact.values if _is_number(value)
    ]
    if any(quantity.agrees_with(value) for value, _ in established):
        return Verdict.CONFIRMED, [fact for value, fact in established if quantity.agrees_with(value)], ""
    disputed = [fact for fact in facts if fact.status != "established"]
    if disputed:
        return Verdict.DISPUTED, disputed, ""
    if not established:
        return Verdict.UNKNOWN, (), ""
    value, fact = established[0]
    return Verdict.CONTRADICTED, [fact], _scaled(quantity, value, text)


def _iso(value: str) -> str:
    """The date in a value; of a venue such as `NeurIPS 2017`, its year."""
    match = re.search(r"\d{4}(?:-\d\d(?:-\d\d)?)?", value)
    return match[0] if match else ""


def _fits(stated: str, known: str) -> bool:
    return stated.startswith(known) or known.startswith(stated)


def _like(date: Date, iso: str) -> str:
    """A right date, only as exact as the one on the slide, for replacing its digits; empty where the form is another."""
    return iso[:4] if len(date.iso) == 4 else ""


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _scaled(quantity: Quantity, value: float, text: str) -> str:
    """A right value in the slide's own scale, empty where it cannot be written so in four digits."""
    digits = text[quantity.start : quantity.digits_end]
    scale = quantity.value / float(digits.replace(",", "") or "1") if quantity.value else 1.0
    shown = f"{value / scale:.4g}" if scale != 1.0 else f"{value:.0f}"
    return shown if "e" not in shown else ""
