"""Binds awards, and the years in which they were given, to people: "X 获得2018年图灵奖", "the 2018 Turing Award went to X"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from decklint.facts.binding import JOIN, Binding, runs, sure
from decklint.facts.entities import Attribute, Fact, Phrase
from decklint.facts.mentions import Mention
from decklint.facts.places import chosen
from decklint.facts.registry import Registry
from decklint.facts.sentence import Sentence
from decklint.facts.values import Date, dates_in
from decklint.facts.verdicts import UNKNOWN, Judgement, Verdict, agreeing
from decklint.findings import Confidence

_WINS = re.compile(
    r"\s*(?:等人?|三人|两人|二人|三位|两位|均|都|共同|一起|曾|又|还|也|因此|于|在|首次|[,，])*\s*"
    r"(?:获得|荣获|获颁|获|赢得|被授予|摘得|拿下|分享)(?:了|过)?\s*(?:的|年度|acm|[“\"《])*\s*"
    r"|\s*,?\s*(?:who |each |all |both |jointly |also |later |have |has |had |was |were )*(?:won|received|awarded|shared|got)\s"
    r"(?:with )?(?:the |a |an )?(?:acm )?(?:a\.? ?m\.? )?"
)
_GIVEN_TO = re.compile(
    r"\s*(?:被|由)?\s*(?:授予了?|颁给了?|颁发给|颁予|得主|获得者|获奖者)\s*(?:是|为|包括|有|[:：])?\s*"
    r"|\s*(?:was |were |is |has been )?(?:jointly )?"
    r"(?:awarded to|given to|went to|goes to|winners?|laureates?|recipients?|shared by)\s*(?:is |are |was |were |: ?)?(?:the )?"
)
_WORKS = re.compile(r"\s*(?:的|'s)|\s?(?:award|奖)")
_BEFORE_AWARD = re.compile(r"\s*(?:年度|年)?的?\s*(?:acm )?(?:a\.? ?m\.? )?[“\"《]?")
_AFTER_AWARD = re.compile(r"\s*(?:in|of|for|[(（,，])?\s*")


class _Award(NamedTuple):
    name: str
    start: int
    end: int


def bind_awards(sentence: Sentence, registry: Registry) -> Iterable[Binding]:
    """The awards that a sentence gives to people; a year of one as a claim of its own."""
    return _awarded(sentence, registry) if sentence.passage.awards else ()


def _awarded(sentence: Sentence, registry: Registry) -> Iterator[Binding]:
    people = [m for m in sentence.mentions if m.entity.kind == "person" and not _WORKS.match(sentence.text, m.end)]
    awards = _awards_in(sentence) if people else []
    if len(awards) != 1:
        return
    (award,), attribute = awards, registry.attributes["award"]
    dates = list(dates_in(sentence.text, sentence.start, sentence.end))
    for mention in _holders(sentence, people, award, dates):
        facts = registry.facts(mention.entity, ("award",))
        yield Binding(
            mention, attribute, award.start, award.end, sure(mention, Confidence.HIGH), judge_award(award.name, facts, attribute)
        )
        date = _year_of(sentence, award, dates, mention)
        if date is not None:
            written = sentence.leaf.view.text[date.start : date.end]
            judged = judge_year(award.name, date, facts, written)
            yield Binding(mention, attribute, date.start, date.end, sure(mention, Confidence.HIGH), judged)


def _awards_in(sentence: Sentence) -> list[_Award]:
    def accept(start: int, end: int, phrase: Phrase) -> Iterator[_Award]:
        if sentence.start <= start and end <= sentence.end:
            yield _Award(phrase.value, start, end)

    return list(chosen(sentence.passage.awards, accept))


def _holders(sentence: Sentence, people: Sequence[Mention], award: _Award, dates: Sequence[Date]) -> list[Mention]:
    """The list of people directly before the winning or directly behind the giving."""
    lists = list(runs(sentence.text, people, JOIN))
    before = [run for run in lists if run[-1].end <= award.start]
    if before and _WINS.fullmatch(_without(sentence.text, before[-1][-1].end, award.start, dates)):
        return before[-1]
    behind = [run for run in lists if run[0].start >= award.end]
    if behind and _GIVEN_TO.fullmatch(_without(sentence.text, award.end, behind[0][0].start, dates)):
        return behind[0]
    return []


def _without(text: str, start: int, end: int, dates: Sequence[Date]) -> str:
    """A part of a text without its dates, nor the `in` before them."""
    for date in reversed(dates):
        if start <= date.start and date.end <= end:
            text = re.sub(r"(?:[(（]|\b(?:in|on)\s)$", "", text[: date.start]) + re.sub(r"^[)）]", "", text[date.end :])
            end -= date.end - date.start
    return re.sub(r"\s+", " ", text[start : max(start, end)])


def _year_of(sentence: Sentence, award: _Award, dates: Sequence[Date], holder: Mention) -> Date | None:
    """The only date of a sentence, if it stands at the award or the verb, or opens the sentence that tells who won."""
    if len(dates) != 1 or len(dates[0].iso) != 4:
        return None
    (date,) = dates
    text = sentence.text
    if date.end <= award.start:
        opens = holder.end <= award.start and not text[sentence.start : date.start].strip(" 在于in")
        near = _BEFORE_AWARD.fullmatch(text, date.end, award.start) or _WINS.fullmatch(text, date.end, award.start)
        return date if opens or near else None
    return date if _AFTER_AWARD.fullmatch(text, award.end, date.start) else None


def judge_award(name: str, facts: Sequence[Fact], attribute: Attribute) -> Judgement:
    """An award is contradicted only by another of which a person has but one: a Nobel Prize in another field."""
    held = {value.rpartition(" ")[0] or value: fact for fact in facts if fact.status == "established" for value in fact.values}
    if name in held:
        return agreeing([held[name]])
    rivals = {other for group in attribute.exclusive if name in group for other in group}
    denied = [fact for other, fact in held.items() if other in rivals and fact.closed]
    return Judgement(Verdict.CONTRADICTED, denied[:1]) if denied else UNKNOWN


def judge_year(name: str, date: Date, facts: Sequence[Fact], written: str) -> Judgement:
    """A year is contradicted if the person has the award of another; that in which it may be handed over is let pass."""
    years = [(value, fact) for fact in facts for value in fact.values if value.rpartition(" ")[0] == name]
    agreed = [fact for value, fact in years if value.endswith(date.iso)]
    if agreed or not years:
        return agreeing(agreed) if agreed else UNKNOWN
    if any(int(date.iso) - int(value[-4:]) == 1 for value, _ in years):
        return UNKNOWN
    value, fact = years[0]
    return Judgement(Verdict.CONTRADICTED, [fact], written.replace(date.iso, value[-4:]))
