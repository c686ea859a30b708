"""From text to claims: a mention, an attribute and a value that belong together, and what the registry says to it.

No cue, no claim: a name and a number in one sentence are nothing. Two bindings equally good: no claim. A true statement that
is called false costs more than ten false ones that are missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decklint.deck.nodes import Leaf
from decklint.facts.bind_dates import DateBinding, bind_dates
from decklint.facts.bind_quantities import QuantityBinding, bind_quantities
from decklint.facts.mentions import mentions_in
from decklint.facts.registry import Attribute, Entity, Fact, Registry, registry
from decklint.facts.sentence import sentences
from decklint.facts.values import Date, Quantity
from decklint.facts.verdicts import Judgement, Verdict, judge_date, judge_quantity
from decklint.findings import Confidence
from decklint.text import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about an entity, with the places of its parts and what the registry says to it."""

    entity: Entity
    attribute: Attribute
    written: str
    leaf: Leaf
    mention_span: Span
    value_span: Span
    confidence: Confidence
    verdict: Verdict
    facts: tuple[Fact, ...]
    right: str = ""
    """For a contradicted value: the right one, in the form that the slide uses."""


def claims_of(leaves: Sequence[Leaf]) -> list[Claim]:
    """The claims in all leaves of a deck, in source order."""
    known = registry()
    return [claim for leaf in leaves if re.search(r"\d", leaf.view.text) for claim in _claims_in(leaf, known)]


def _claims_in(leaf: Leaf, known: Registry) -> Iterator[Claim]:
    for sentence in sentences(leaf, mentions_in(leaf.view, known)):
        if not sentence.is_of_another_time:
            for dated in bind_dates(sentence):
                yield _claim(leaf, dated, dated.date, known.attributes[dated.event.attributes[0]], _judge_date(dated, known))
        if not sentence.is_hedged:
            for counted in bind_quantities(sentence, known.attributes.values()):
                facts = list(known.facts(counted.mention.entity, (counted.attribute.id,)))
                judged = judge_quantity(counted.quantity, facts, leaf.view.text)
                yield _claim(leaf, counted, counted.quantity, counted.attribute, judged)


def _judge_date(dated: DateBinding, known: Registry) -> Judgement:
    return judge_date(dated.date, list(known.facts(dated.mention.entity, dated.event.attributes)))


def _claim(
    leaf: Leaf, binding: DateBinding | QuantityBinding, value: Date | Quantity, attribute: Attribute, judged: Judgement
) -> Claim:
    verdict, facts, right = judged
    mention, view = binding.mention, leaf.view
    return Claim(
        mention.entity,
        attribute,
        view.text[value.start : value.end],
        leaf,
        view.span(mention.start, mention.end),
        view.span(value.start, value.end),
        binding.confidence,
        verdict,
        tuple(facts),
        right,
    )
