"""From text to claims: a mention, an attribute and a value that belong together, and what the registry says to it.

No cue, no claim: a name and a number in one sentence are nothing. Two bindings equally good: no claim. A true statement that
is called false costs more than ten false ones that are missed.
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import Leaf, Strikethrough, TableCell
from decklint.deck.walk import of_type
from decklint.facts.asserting import is_hedged, is_of_another_time
from decklint.facts.bind_awards import bind_awards
from decklint.facts.bind_cells import DATES, bind_cells
from decklint.facts.bind_dates import bind_dates
from decklint.facts.bind_names import bind_names
from decklint.facts.bind_phrases import bind_phrases
from decklint.facts.bind_quantities import bind_quantities
from decklint.facts.bind_ratios import bind_ratios
from decklint.facts.bind_venues import bind_venues
from decklint.facts.binding import Binding
from decklint.facts.entities import Attribute, Entity, Fact
from decklint.facts.reading import Passage, read
from decklint.facts.registry import Registry
from decklint.facts.sentence import Sentence, lines, sentences
from decklint.facts.subjects import Surroundings, with_subject
from decklint.facts.verdicts import UNKNOWN, Verdict
from decklint.findings import Confidence
from decklint.lang.prose import Prose
from decklint.records import dataclass
from decklint.text import Span

_MOST_NAMES = 60
"""What names more is no sentence; looking at all pairs would take long."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about an entity, with the places of its parts and what the registry says to it."""

    entity: Entity
    attribute: Attribute
    written: str
    leaf: Leaf
    mention_span: Span
    """Where the entity is named: for a claim that a title or a table's head completes, there."""
    value_span: Span
    confidence: Confidence
    verdict: Verdict
    facts: tuple[Fact, ...]
    right: str = ""
    """For a contradicted value: the right one, in the form that the slide uses; empty where it cannot be written so."""


def claims_of(prose: Prose) -> list[Claim]:
    """The claims in all leaves of a deck."""
    reading = prose.once(read)
    if not any(passage.mentions for passage in reading.passages):
        return []
    around = Surroundings(reading)
    found: list[Claim] = []
    for passage in reading.passages:
        if around.is_worth_reading(passage):
            found += _claims_in(passage, reading.known, around)
    return found


def _claims_in(passage: Passage, known: Registry, around: Surroundings) -> list[Claim]:
    leaf = passage.leaf
    struck = [node.span for node in of_type(leaf, Strikethrough)] if "~~" in leaf.raw else []
    bindings = list(_in_sentences(passage, known, around))
    if passage.venues:
        bindings += (binding for line in lines(passage) for binding in bind_venues(line, known))
    found: dict[tuple[str, str, Span], Claim] = {}
    for binding in bindings:
        claim = _claim(leaf, binding, known)
        if not any(span.contains(claim.value_span) for span in struck):
            found.setdefault((claim.entity.id, claim.attribute.id, claim.value_span), claim)
    return sorted(found.values(), key=lambda claim: claim.value_span)


def _in_sentences(passage: Passage, known: Registry, around: Surroundings) -> Iterator[Binding]:
    before: Sentence | None = None
    is_cell = isinstance(passage.leaf, TableCell)
    for bare in sentences(passage):
        sentence = with_subject(bare, before, around)
        before = sentence if sentence.mentions else before
        if is_cell and not any(not m.entity.is_agent for m in bare.mentions):
            yield from bind_cells(bare, around, known)
            continue
        if 0 < len(sentence.mentions) <= _MOST_NAMES:
            yield from _in_sentence(sentence, known)


def _in_sentence(sentence: Sentence, known: Registry) -> Iterator[Binding]:
    """What a sentence binds; how it says so is asked of the few that bind anything."""
    place = sentence.text, sentence.start, sentence.end
    told = [*bind_dates(sentence, known), *bind_names(sentence, known), *bind_awards(sentence, known)]
    counted = [*bind_quantities(sentence, known), *bind_ratios(sentence, known), *bind_phrases(sentence, known)]
    if (told or counted) and not is_of_another_time(*place):
        yield from told
        if counted and not is_hedged(*place):
            yield from counted


def _claim(leaf: Leaf, binding: Binding, known: Registry) -> Claim:
    mention, view, judged = binding.mention, leaf.view, binding.judgement
    name = binding.attribute.id
    is_against = judged.verdict in (Verdict.CONTRADICTED, Verdict.DISPUTED)
    if is_against and not known.may_deny(mention.entity, DATES if name in DATES and name != "venue" else (name,)):
        judged = UNKNOWN
    return Claim(
        mention.entity,
        binding.attribute,
        view.text[binding.start : binding.end],
        leaf,
        mention.elsewhere or view.span(mention.start, mention.end),
        view.span(binding.start, binding.end),
        binding.confidence,
        judged.verdict,
        tuple(judged.facts),
        judged.right,
    )
