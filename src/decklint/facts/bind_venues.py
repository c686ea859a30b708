"""Binds conferences and journals with their years to papers and to what the papers are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from decklint.facts.binding import Binding, sure
from decklint.facts.entities import Attribute, Fact, Phrase
from decklint.facts.mentions import Mention
from decklint.facts.places import chosen
from decklint.facts.registry import Registry
from decklint.facts.sentence import Sentence
from decklint.facts.verdicts import UNKNOWN, Judgement, Verdict, agreeing
from decklint.findings import Confidence

_YEAR_BEHIND = re.compile(r"\s?[)）]?[.,，'’]?\s?[(（]?(?P<year>(?:19|20)\d\d)(?!\d)|\s?['’](?P<short>\d\d)(?!\d)")
_YEAR_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年?(?:的|\s)\s?$")
_SMALLER = re.compile(
    r"\s*[)）]?\s*(?:workshops?|tutorials?|challenge|competition|demo|deadline|findings|研讨会|竞赛|挑战赛|教程|比赛)"
)
_SAID = re.compile(
    r"\s*(?:模型|架构|算法|网络)?\s*(?:的(?:原始)?论文|一文)?\s*[”\"》)]?\s*(?:最早|首次|最终|后来|于是|于)*\s*(?:被|是)?(?:发表|收录|录用|亮相|提出|公布)?\s*(?:于|在|至|的)\s*"
    r"|\s*(?:model|architecture|paper|network)?\s*[”\"]?\s*(?:was|were|is|has been)?\s?(?:first |originally |finally )?"
    r"(?:published|presented|accepted|introduced|proposed|appeared|appears|released)\s(?:at|in|to|by)\s(?:the\s)?"
)
_SAID_WHERE = re.compile(r"发表|收录|录用|亮相|提出|公布|published|presented|accepted|introduced|proposed|appear|released")
_BESIDE = re.compile(r"\s*[)）]?\s*[,，(（\[]?\s*")
_REFERENCE = re.compile(r"[^?？;；。]{0,120}")


class Venue(NamedTuple):
    """A conference or journal of a year, in a text."""

    id: str
    year: str
    start: int
    end: int


def venues_in(places: Iterable[tuple[int, int, Phrase]], text: str, start: int, end: int) -> list[Venue]:
    """The venues with a year in a part of a folded text; `places` are those of all venues in the text."""

    def accept(at: int, stop: int, phrase: Phrase) -> Iterator[Venue]:
        if not start <= at < stop <= end:
            return
        behind, before = _YEAR_BEHIND.match(text, stop, end), _YEAR_BEFORE.search(text, max(start, at - 8), at)
        if behind is not None and not _SMALLER.match(text, behind.end()):
            yield Venue(phrase.value, behind["year"] or f"20{behind['short']}", at, behind.end())
        elif behind is None and before is not None and not _SMALLER.match(text, stop):
            yield Venue(phrase.value, before[1], before.start(), stop)

    return list(chosen(places, accept))


def bind_venues(line: Sentence, registry: Registry) -> Iterator[Binding]:
    """The venues that one line of text gives to a paper or a thing."""
    venues = venues_in(line.passage.venues, line.text, line.start, line.end)
    things = [m for m in line.mentions if not m.entity.is_agent]
    if len(venues) != 1 or not things:
        return
    (venue,) = venues
    attribute = registry.attributes["venue"]
    mention = _placed(line, things, venue, registry)
    if mention is None or mention.entity.kind not in attribute.kinds:
        return
    written = line.leaf.view.text[venue.start : venue.end]
    judged = judge_venue(venue, attribute, registry.facts(mention.entity, ("venue",)), written, registry)
    is_aside = line.text[mention.end : mention.end + 1] in (")", "）")
    confidence = sure(mention, Confidence.MEDIUM if is_aside else Confidence.HIGH)
    yield Binding(mention, attribute, venue.start, venue.end, confidence, judged)


def _placed(line: Sentence, things: Sequence[Mention], venue: Venue, registry: Registry) -> Mention | None:
    """The thing that appeared at a venue: a paper cited on the line, or a name that the line begins with or a verb ties to it."""
    papers = [mention for mention in things if mention.entity.kind == "paper"]
    if len(papers) == 1 and papers[0].end <= venue.start:
        return papers[0] if _REFERENCE.fullmatch(line.text, papers[0].end, venue.start) else None
    before = [mention for mention in things if mention.end <= venue.start]
    if papers or not before:
        return None
    gap = line.text[before[-1].end : venue.start]
    if _SAID.fullmatch(gap) and _SAID_WHERE.search(gap):
        return before[-1]
    begins = not re.search(r"\w", line.text[line.start : before[0].start])
    if len(before) != 1 or before[0].elsewhere or not _BESIDE.fullmatch(gap):
        return None
    return before[0] if begins or _is_cited(line, before[0], registry) else None


def _is_cited(line: Sentence, mention: Mention, registry: Registry) -> bool:
    """Whether a line cites a title that gives a thing its name in brackets, by nobody but authors of the thing."""
    text = line.text
    if not (text[line.start : mention.start].endswith(("(", "（")) and text[mention.end : mention.end + 1] in (")", "）")):
        return False
    authors = [name for fact in registry.facts(mention.entity, ("authors",)) for name in fact.values]
    people = registry.people_in(line.leaf.view.text[line.start : mention.start], text[line.start : mention.start])
    opens = [person for person in people if person.name]
    return (
        bool(opens)
        and not text[line.start : line.start + opens[0].start].strip(' >*-+[]"“')
        and all(person.is_one_of(authors) for person in opens)
    )


def judge_venue(venue: Venue, attribute: Attribute, facts: Sequence[Fact], written: str, registry: Registry) -> Judgement:
    """A venue is contradicted by another of its kind, or by another year of the same; a journal excludes no conference."""
    known = [
        (registry.canonical.get(name.lower(), name), year, fact) for fact in facts for name, year in map(_split, fact.values)
    ]
    agreed = [fact for name, year, fact in known if (name, year) == (venue.id, venue.year)]
    if agreed:
        return agreeing(agreed)
    rivals = {other for group in attribute.exclusive if venue.id in group for other in group}
    denied = [(name, year, fact) for name, year, fact in known if name in rivals and fact.status == "established"]
    if not denied or len(denied) != len(known):
        return UNKNOWN
    name, year, fact = denied[0]
    right = written.replace(venue.year, year) if name == venue.id else fact.values[0]
    return Judgement(Verdict.CONTRADICTED, [fact], right)


def _split(value: str) -> tuple[str, str]:
    """`NeurIPS 2017` in name and year."""
    name, _, year = value.rpartition(" ")
    return (name, year) if re.fullmatch(r"\d{4}", year) else (value, "")
