"""Binds dates to the things that came into the world, were founded or were held on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from decklint.facts.mentions import Mention
from decklint.facts.sentence import CLAUSE, REACH, Sentence
from decklint.facts.values import Date, dates_in
from decklint.findings import Confidence


@dataclass(frozen=True, slots=True)
class Event:
    """What can be dated: the verbs that say so, the kinds of things, the attributes that hold such dates."""

    verbs: re.Pattern[str]
    subject_only: frozenset[str]
    """Verbs whose thing stands before them: what `appeared` is never behind the verb."""
    kinds: frozenset[str]
    attributes: tuple[str, ...]


class DateBinding(NamedTuple):
    """A thing and a date that a sentence ties together."""

    mention: Mention
    date: Date
    event: Event
    confidence: Confidence


_THINGS = frozenset(
    [
        "model",
        "product",
        "paper",
        "dataset",
        "benchmark",
        "method",
        "architecture",
        "hardware",
        "software",
        "award",
    ]  # what somebody makes
)
BIRTH = Event(
    re.compile(
        r"诞生|问世|面世|亮相|出现|首次发布|正式发布|发布|推出|提出|发表|开源|公布|上线|"
        r"\b(?:introduced|proposed|released|published|announced|launched|unveiled|presented|invented|debuted|came out|appeared)\b"
    ),
    frozenset(("诞生", "问世", "面世", "亮相", "出现", "debuted", "came out", "appeared")),
    _THINGS,
    ("published", "released", "announced", "venue"),
)
FOUNDING = Event(
    re.compile(r"成立|创立|创办|创建|\b(?:founded|established)\b"), frozenset(), frozenset(("organisation",)), ("founded",)
)
HOLDING = Event(
    re.compile(r"举行|召开|举办|\b(?:held|took place)\b"), frozenset(("took place",)), frozenset(("event",)), ("held_in",)
)

_NOT_ITSELF_BEFORE = re.compile(
    r"(?:基于|使用|利用|采用|针对|用于|借助|通过|改进|扩展|围绕|结合|将|把|对|在|从|与|和|用|"
    r"based on|using|with|for|of|on|in|to|from|into|than|like|via|by|and|extending|improving)\s*[“\"《「]?$"
)
_NOT_ITSELF_AFTER = re.compile(
    r"\s*(?:的(?!论文|原始论文|原论文|文章)|based|-based|'s\b|上|中|变体|改进|技术报告|团队|系统卡|api|插件|版本)"
)
_ITS_PAPER = re.compile(r"\s*的?(?:原始|原)?论文(?![中里上])")
_JOIN = re.compile(r"\s*(?:与|和|及|、|以及|and|&|,|，)\s*")
_PAPER = re.compile(r"\s?的?(?:论文|文章|工作|报告|著作|paper)?\s?(?:中|里)?\s?[《“\"「『‘':：,，]{0,2}\s?$")
_ON = r"\s*(?:(?:in|on|at)(?: early| late| mid)?|于|在)\s*"
_ON_DATE = re.compile(rf"\s*(?:by [\w .,&]{{2,40}} )?{_ON}")
_OBJECT_ON_DATE = re.compile(rf"(?: (?:model|architecture|series|family))?{_ON}")


def bind_dates(sentence: Sentence) -> Iterator[DateBinding]:
    """`Name (year)`, `the paper of year "Title"`, and a verb between one date and a name. Two dates: only the first two forms."""
    dates = list(dates_in(sentence.text, sentence.start, sentence.end))
    bound = False
    for date in dates:
        for mention, confidence in _beside(sentence, date):
            bound = True
            yield DateBinding(mention, date, BIRTH, confidence)
    if len(dates) != 1 or bound:
        return
    for event in (BIRTH, FOUNDING, HOLDING):
        things = [m for m in sentence.mentions if m.entity.kind in event.kinds]
        for mention in _with_verb(sentence, dates[0], event, things) if things else ():
            yield DateBinding(mention, dates[0], event, Confidence.HIGH)


def _beside(sentence: Sentence, date: Date) -> Iterator[tuple[Mention, Confidence]]:
    """Less sure for what is sold: there a year in brackets may tell when somebody looked."""
    text = sentence.text
    for mention in sentence.mentions:
        if mention.entity.kind not in BIRTH.kinds:
            continue
        gap = text[mention.end : date.start]
        if len(date.iso) == 4 and gap.strip() in ("(", "（") and re.match(r"\s?[)）]", text[date.end : date.end + 2]):
            sold = mention.entity.kind in ("model", "product", "software", "hardware")
            yield mention, Confidence.MEDIUM if sold else Confidence.HIGH
        elif mention.entity.kind == "paper" and 0 <= mention.start - date.end <= 12:
            between = text[date.end : mention.start]
            if _PAPER.fullmatch(between) and between.strip():
                yield mention, Confidence.HIGH


def _with_verb(sentence: Sentence, date: Date, event: Event, things: Sequence[Mention]) -> list[Mention]:
    """The things that the first verb of an event ties to a date; none where they stand on both sides of it."""
    verbs = list(event.verbs.finditer(sentence.text, sentence.start, sentence.end))
    if not verbs:
        return []
    verb = verbs[0]
    before = _subjects(sentence, date, verb, things)
    after = [] if verb[0] in event.subject_only or len(verbs) > 1 else _objects(sentence, verb, things)
    if verb.start() >= date.end:
        tied = verb.start() - date.end <= REACH * 2
    elif after and after[-1].end <= date.start:  # introduced X in 2017
        tied = not before and _OBJECT_ON_DATE.fullmatch(sentence.text, after[-1].end, date.start) is not None
    else:  # was introduced in 2017
        tied = _ON_DATE.fullmatch(sentence.text, verb.end(), date.start) is not None
    return (before or after) if tied and not (before and after) else []


def _subjects(sentence: Sentence, date: Date, verb: re.Match[str], things: Sequence[Mention]) -> list[Mention]:
    """The nearest name before the verb, in its clause, with those joined to it; a date may stand between."""
    near = [m for m in things if m.end <= verb.start() and verb.start() - m.end <= REACH]
    if not near:
        return []
    text, last = sentence.text, near[-1]
    gap = text[last.end : verb.start()]
    if last.start < date.start < verb.start():
        gap = text[last.end : date.start] + text[date.end : verb.start()]
    if CLAUSE.search(gap) or _NOT_ITSELF_AFTER.match(text, last.end) or len(gap) > 16:
        return []
    run = _joined(text, near)
    is_paper = _ITS_PAPER.match(text, last.end) is not None
    if len(run) == 1 and not is_paper and _NOT_ITSELF_BEFORE.search(text[max(sentence.start, last.start - 14) : last.start]):
        return []
    return run


def _objects(sentence: Sentence, verb: re.Match[str], things: Sequence[Mention]) -> list[Mention]:
    """The first name behind the verb, with those joined to it."""
    near = [m for m in things if 0 <= m.start - verb.end() <= REACH]
    if not near:
        return []
    gap = sentence.text[verb.end() : near[0].start]
    if _NOT_ITSELF_BEFORE.search(gap) or len(CLAUSE.findall(gap)) > 1:
        return []
    run = [near[0]]
    for mention in near[1:]:
        if not _JOIN.fullmatch(sentence.text[run[-1].end : mention.start]):
            break
        run.append(mention)
    return [] if _NOT_ITSELF_AFTER.match(sentence.text, run[-1].end) else run


def _joined(text: str, near: Sequence[Mention]) -> list[Mention]:
    """The last of some names with those joined to it by `and` or a comma."""
    run = [near[-1]]
    for mention in reversed(near[:-1]):
        if not _JOIN.fullmatch(text[mention.end : run[0].start]):
            break
        run.insert(0, mention)
    return run
