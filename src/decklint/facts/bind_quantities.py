"""Binds numbers to attributes by their unit or cue, and to the thing that the sentence is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from decklint.facts.mentions import Mention
from decklint.facts.registry import Attribute
from decklint.facts.sentence import CLAUSE, REACH, Sentence
from decklint.facts.values import Quantity, quantities_in
from decklint.findings import Confidence

_OTHER_UNIT = re.compile(r"\s?(?:倍|%|％|x\b|times|年|月|日|分)")
_ONLY_A_PART = re.compile(r"其中|仅(?:有|需)?|激活|可训练|第$|前$|后$|每|各|only|active|trainable|first $|last $")
_COMPARED = re.compile(r"(?:比|相比|相较于?|较|与|和|than|versus|vs\.?|to|like|基于|使用|of|on|from)\s?$")
_VERB_TAIL = re.compile(r"(?:高|多)?(?:达到?了?|为|是|有|约|大约|到|共|:|：|of|is|was|=|~|\s)*$")


class QuantityBinding(NamedTuple):
    """A thing, an attribute and a number that a sentence ties together."""

    mention: Mention
    quantity: Quantity
    attribute: Attribute
    confidence: Confidence


def bind_quantities(sentence: Sentence, attributes: Collection[Attribute]) -> Iterator[QuantityBinding]:
    """The quantities of a sentence that one attribute and one thing claim."""
    for quantity in quantities_in(sentence.text, sentence.start, sentence.end):
        if any(m.start <= quantity.start < m.end for m in sentence.mentions):
            continue
        attribute = _meant(sentence, quantity, attributes)
        if attribute is None:
            continue
        mention, confidence = _about(sentence, quantity, attribute)
        if mention is not None:
            yield QuantityBinding(mention, quantity, attribute, confidence)


def _meant(sentence: Sentence, quantity: Quantity, attributes: Collection[Attribute]) -> Attribute | None:
    """The one attribute that the words at a number name."""
    behind = sentence.text[quantity.end : min(sentence.end, quantity.end + 24)]
    before = CLAUSE.split(sentence.text[max(sentence.start, quantity.start - 24) : quantity.start])[-1]
    if _OTHER_UNIT.match(behind) or _ONLY_A_PART.search(before):
        return None
    found = [attribute for attribute in attributes if attribute.type == "quantity" and _cued(attribute, before, behind)]
    return found[0] if len(found) == 1 else None


def _cued(attribute: Attribute, before: str, behind: str) -> bool:
    """Whether the unit of an attribute follows a number, or its cue stands before it with nothing else between."""
    rest = behind.lstrip()
    rest = rest[1:].lstrip() if rest[:1] in ("个", "種", "种") else rest
    rest = rest.removeprefix("-")
    if any(rest.startswith(unit) for unit in attribute.units):
        return True
    tail = _VERB_TAIL.sub("", before)
    return any(tail.endswith(cue) for cue in attribute.cues)


def _about(sentence: Sentence, quantity: Quantity, attribute: Attribute) -> tuple[Mention | None, Confidence]:
    """The thing that has the attribute: named in the same clause, else the only one named before in the sentence."""
    able = [m for m in sentence.mentions if m.entity.kind in attribute.kinds and m.end <= quantity.start]
    if not able or _is_compared(sentence, able[-1]):
        return None, Confidence.LOW
    last = able[-1]
    between = sentence.text[last.end : quantity.start]
    if not CLAUSE.search(between):
        rivals = {m.entity.id for m in able if not CLAUSE.search(sentence.text[m.end : last.start])}
        return (last, Confidence.HIGH) if len(rivals) == 1 else (None, Confidence.LOW)
    if len({m.entity.id for m in able}) == 1 and len(between) <= REACH * 2:
        return last, Confidence.MEDIUM
    return None, Confidence.LOW


def _is_compared(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name is only what something else is compared with, or built on."""
    before = sentence.text[max(sentence.start, mention.start - 8) : mention.start]
    behind = sentence.text[mention.end : mention.end + 6]
    return _COMPARED.search(before) is not None or re.match(r"\s?(?:based|的\d)", behind) is not None
