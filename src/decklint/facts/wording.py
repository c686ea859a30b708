"""What the registry says, in the words of a finding."""

from __future__ import annotations

import re

from decklint.facts.claims import Claim
from decklint.facts.registry import registry

_ENGLISH = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
_CHINESE = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))


def told(claim: Claim, lang: str) -> str:
    """The right value of a contradicted claim: the fact's own, and how many others are right as well is left out."""
    values, kind = claim.facts[0].values, claim.attribute.type
    known = registry()
    if kind == "date" or claim.attribute.id == "venue":
        return values[0]
    if kind == "quantity":
        return number(values[0], lang)
    stated = known.canonical.get(claim.written.lower(), "")
    rivals = {value for group in claim.attribute.exclusive if stated in group for value in group}
    values = tuple(value for value in values if known.canonical.get(value.lower(), value) in rivals) or values
    shown = [known.shown(claim.attribute.id, value, lang) for value in values[:3]]
    more = ("等" if lang == "zh" else " et al.") if len(values) > 3 else ""
    return ("、" if lang == "zh" else ", ").join(shown) + more


def number(value: str, lang: str) -> str:
    """`175 billion` or `1750亿` says more than `1.75e11`."""
    try:
        amount = float(value)
    except ValueError:
        return value
    if re.fullmatch(r"\d{4}", value):
        return value
    for scale, word in _CHINESE if lang == "zh" else _ENGLISH:
        if amount >= scale and abs(amount / scale - round(amount / scale, 3)) < 1e-9:
            return f"{amount / scale:g}{word}"
    return f"{amount:,.10g}"


def ratio_of(claim: Claim) -> str:
    """For a comparison, what the first value of the one divided by that of the other makes."""
    first, second = (float(fact.values[0]) for fact in claim.facts[:2])
    return f"{first / second:.2g}"
