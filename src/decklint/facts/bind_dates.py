"""Binds dates to the things that came into the world, were founded or were held on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from decklint.facts.binding import DISTRIBUTES, JOIN, Binding, runs, sure
from decklint.facts.events import BIRTH, EVENTS, Event, brings_forth, ends_there, is_narrowed, tells_more
from decklint.facts.mentions import Mention
from decklint.facts.registry import Registry
from decklint.facts.sentence import CLAUSE, REACH, Sentence
from decklint.facts.values import Date, dates_in, may_hold_a_date
from decklint.facts.verdicts import judge_date
from decklint.findings import Confidence


class _Tie(NamedTuple):
    mention: Mention
    date: Date
    event: Event
    confidence: Confidence


_NOT_ITSELF_BEFORE = re.compile(
    r"(?:基于|使用|利用|采用|针对|用于|借助|通过|改进|扩展|围绕|结合|借鉴|类似于?|不同于|早于|晚于|先于|超越|优于|将|把|对|在|从|与|和|比|受|像|"
    r"(?<!常)用|"
    r"一[个种款]|(?<![a-z])(?:an?|another|several|new)|based on|using|with|for|of|on|in|to|from|into|than|like|via|by|and|"
    r"extending|improving)\s*[“\"《「]?$"
)
_NOT_ITSELF_AFTER = re.compile(
    r"\s*(?:的(?!论文|原始论文|原论文|文章|比赛|对局|对弈)|based|-based|'s\b|上|中|变体|改进|技术报告|团队|系统卡|api|插件|版本)"
)
_CITED = re.compile(
    r"(?:\s*(?:模型|优化器|算法|网络|架构|model|optimi[sz]er|network))?\s*[(（\[]{1,2}[^\d()（）\[\]]{2,60}[,，\s]\s*"
)
_CLOSED = re.compile(r"[a-z]?\s?[)）\]]")
_ITS_PAPER = re.compile(r"\s*的?(?:原始|原)?论文(?![中里上])")
_LACKS_A_DATE = re.compile(r"分别[^，。；,;]{0,8}\d|\d{4}\s?,? respectively")
"""One date that is said to be shared out: the others are written in a way that is not read."""
_JOIN_DATES = re.compile(r"\s*(?:与|和|及|、|以及|,? and|&|,|，)\s*(?:于|在|in )?\s*")
_VERB_TO_DATE = re.compile(r"(?:时间|日期|年份|年|date|year|by|[\s:：于在]|in|on)*")
_DATE_TO_VERB = re.compile(r"[\s,，]*(?:由|被|首次|正式|最早)?\s*(?:公司|团队)?\s*(?:首次|正式|最早)?\s*")
_PAPER = re.compile(r"\s?的?(?:论文|文章|工作|报告|著作|paper)?\s?(?:中|里)?\s?[《“\"「『‘':：,，]{0,2}\s?$")
_AGAIN = re.compile(
    r"\s*[,，]\s*(?:(?:它|其|该(?:模型|论文|数据集|架构|网络|算法|公司)|这篇论文|which was|which|it was|it|"
    r"and was)?\s*(?:的)?\s*(?:原始|原)?(?:论文)?\s*"
    r"(?:最早|首次|正式|最初|first|originally)?(?:是|被)?(?:在|于|由)?\s*)?"
)
"""A clause that goes on about the thing before the comma."""
_OF_ANOTHER = re.compile(r"的\s*\w")
_IS_ONE = re.compile(
    r"(?:是|(?<!华)为)(?!\s*(?:基于|依据|根据|按照|参考|借鉴|沿用|采用|使用|利用|受|建立在|改进自|源于|由\S{0,12}基于))"
)
_OF_ITS_KIND = re.compile(r"^ (?:architecture|algorithm|benchmark|optimi[sz]er|framework|language model)(?= )")
_MADE = "".join(f"(?<!{verb})" for verb in ("开发", "研发", "设计", "训练", "研制", "创建", "构建", "完成", "编写", "实现"))
_DONE_BEFORE = re.compile(
    rf"{_MADE}(?:并且?|而后)|(?<=\S)(?<![随最然之此])后(?![来续])|用[于来以]|作为|选[为作入]|当作|纳入|集成|移植|"
    r"(?<!developed)(?<!designed)(?<!trained)(?<!built)(?<!created)(?<!written)(?<!made) and (?!(?:was|were|is|first|later)\b)"
)
"""Something else was done to the thing first; what appeared then may be what was made of it."""
_BY = re.compile(r"由[^，,。；]{1,50}$")
_NAMELY = re.compile(r"\s*(?:即|也就是|名为|称为|叫做|the|called|named)?\s*[“\"《「]?\s*")
_ON = r"\s*(?:(?:in|on|at)(?: early| late| mid)?|于|在)\s*"
_ON_DATE = re.compile(rf"\s*(?:by [\w .,&]{{2,40}} )?{_ON}")
_OBJECT_ON_DATE = re.compile(rf"(?: (?:models?|architecture|series|family|paper|algorithm|method|dataset))?{_ON}")


def bind_dates(sentence: Sentence, registry: Registry) -> Iterable[Binding]:
    """The dates that a sentence ties to things, judged."""
    return _dated(sentence, registry) if may_hold_a_date(sentence.text, sentence.start, sentence.end) else ()


def _dated(sentence: Sentence, registry: Registry) -> Iterator[Binding]:
    for mention, date, event, confidence in _ties(sentence, registry):
        written = sentence.leaf.view.text[date.start : date.end]
        judged = judge_date(date, registry.facts(mention.entity, event.attributes), written)
        attribute = registry.attributes[judged.facts[0].attribute if judged.facts else event.attributes[0]]
        if attribute.type != "date":
            attribute = registry.attributes[event.attributes[0]]
        yield Binding(mention, attribute, date.start, date.end, sure(mention, confidence), judged)


def _ties(sentence: Sentence, registry: Registry) -> Iterator[_Tie]:
    """`Name (year)`, `the paper of year "Title"`, and a verb between one date and a name. Two dates: only the first two forms."""
    dates = list(dates_in(sentence.text, sentence.start, sentence.end))
    if not dates:
        return
    beside = [
        _Tie(mention, date, BIRTH, confidence) for date in dates for mention, confidence in _beside(sentence, date, registry)
    ]
    yield from beside
    if beside:
        return
    opens = not sentence.text[sentence.start : dates[0].start].strip(
        " 在于in"
    )  # a date that opens the sentence is that of all it names
    if len(dates) > 1 or (not opens and _LACKS_A_DATE.search(sentence.text, sentence.start, sentence.end)):
        if DISTRIBUTES.search(sentence.text, sentence.start, sentence.end):
            for event in EVENTS:
                yield from _distributed(sentence, dates, event)
        return
    for event in EVENTS:
        things = [m for m in sentence.mentions if m.entity.kind in event.kinds]
        if things and things[0].elsewhere is not None:
            tied = things[:1] if _implied(sentence, dates[0], event, registry) else []
        else:
            tied = _with_verb(sentence, dates[0], event, things) if things else []
        for mention in tied:
            apart = mention.end <= dates[0].start and CLAUSE.search(sentence.text, mention.end, dates[0].start)
            yield _Tie(mention, dates[0], event, Confidence.MEDIUM if apart else Confidence.HIGH)


def _distributed(sentence: Sentence, dates: Sequence[Date], event: Event) -> Iterator[_Tie]:
    """`A and B were released in 2018 and 2019, respectively`."""
    things = [m for m in sentence.mentions if m.entity.kind in event.kinds]
    lists = [run for run in runs(sentence.text, things, JOIN) if len(run) > 1]
    dated = list(runs(sentence.text, dates, _JOIN_DATES))
    said = event.verbs.search(sentence.text, sentence.start, sentence.end)
    if said and len(lists) == len(dated) == 1 and len(lists[0]) == len(dated[0]):
        yield from (_Tie(m, date, event, Confidence.HIGH) for m, date in zip(lists[0], dated[0], strict=True))


def _implied(sentence: Sentence, date: Date, event: Event, registry: Registry) -> bool:
    """Whether a sentence without a subject dates what is spoken of: `发布时间：2018年`, `Introduced in 2014, it …`."""
    verb = event.verbs.search(sentence.text, sentence.start, sentence.end)
    if date.iso.count("-") == 2:
        return False  # under a title, a day is more likely the day of the lecture
    if verb is None or not registry.says_nothing_new(_without_agents(sentence, sentence.start, min(verb.start(), date.start))):
        return False
    if verb.start() < date.start:
        return _VERB_TO_DATE.fullmatch(_without_agents(sentence, verb.end(), date.start)) is not None
    gap = _without_agents(sentence, date.end, verb.start())
    says_of_it = not sentence.text.startswith(("的", "了"), verb.end()) and not brings_forth(sentence.text, verb)
    return _DATE_TO_VERB.fullmatch(gap) is not None and says_of_it


def _without_agents(sentence: Sentence, start: int, end: int) -> str:
    text = sentence.text[start:end]
    for mention in reversed(sentence.mentions):
        if mention.entity.is_agent and start <= mention.start and mention.end <= end:
            text = text[: mention.start - start] + " " + text[mention.end - start :]
    return text


def _beside(sentence: Sentence, date: Date, registry: Registry) -> Iterator[tuple[Mention, Confidence]]:
    """Less sure for what is sold: there a year in brackets may tell when somebody looked."""
    text = sentence.text
    for mention in sentence.mentions:
        if mention.entity.kind not in BIRTH.kinds or mention.elsewhere is not None:
            continue
        gap = text[mention.end : date.start]
        if len(date.iso) == 4 and gap.strip() in ("(", "（") and re.match(r"\s?[)）]", text[date.end : date.end + 2]):
            sold = mention.entity.kind in ("model", "product", "software", "hardware")
            yield mention, Confidence.MEDIUM if sold else Confidence.HIGH
        elif _CITED.fullmatch(gap) and _CLOSED.match(text, date.end) and _is_by(sentence, mention, date, registry):
            yield mention, Confidence.MEDIUM
        elif mention.entity.kind == "paper" and 0 <= mention.start - date.end <= 12:
            between = text[date.end : mention.start]
            if _PAPER.fullmatch(between) and between.strip():
                yield mention, Confidence.HIGH


def _is_by(sentence: Sentence, mention: Mention, date: Date, registry: Registry) -> bool:
    """Whether a citation names an author of the thing: others are cited for what they did with it."""
    authors = [name for fact in registry.facts(mention.entity, ("authors",)) for name in fact.values]
    people = registry.people_in(sentence.leaf.view.text[mention.end : date.start], sentence.text[mention.end : date.start])
    return bool(people) and all(person.is_one_of(authors) for person in people)


def _with_verb(sentence: Sentence, date: Date, event: Event, things: Sequence[Mention]) -> list[Mention]:
    """The things that the first verb of an event ties to a date; none where they stand on both sides of it."""
    verbs = list(event.verbs.finditer(sentence.text, sentence.start, sentence.end))
    if not verbs:
        return []
    verb = verbs[0]
    before = _subjects(sentence, date, verb, event, things)
    after = [] if verb[0] in event.subject_only or len(verbs) > 1 else _objects(sentence, verb, things)
    if verb.start() >= date.end:
        tied = verb.start() - date.end <= REACH * 2
    elif after and after[-1].end <= date.start:  # introduced X in 2017
        tied = not before and _OBJECT_ON_DATE.fullmatch(sentence.text, after[-1].end, date.start) is not None
    else:  # was introduced in 2017
        tied = _ON_DATE.fullmatch(sentence.text, verb.end(), date.start) is not None
    behind = sentence.text[max(verb.end(), date.end) : sentence.end]
    if before and is_narrowed(sentence.text[before[-1].end : verb.start()], behind):
        return []
    return (before or after) if tied and not (before and after) else []


def _subjects(sentence: Sentence, date: Date, verb: re.Match[str], event: Event, things: Sequence[Mention]) -> list[Mention]:
    """The nearest name before the verb, in its clause, with those joined to it; a date may stand between."""
    near = [m for m in things if m.end <= verb.start() and verb.start() - m.end <= REACH]
    if not near:
        return []
    text, last = sentence.text, near[-1]
    gap = text[last.end : verb.start()]
    if last.start < date.start < verb.start():
        gap = text[last.end : date.start] + text[date.end : verb.start()]
    if _OF_ANOTHER.match(text, verb.end()) and not _IS_ONE.search(gap):
        return []
    if (verb[0] not in event.subject_only or verb[0] == "出现") and brings_forth(text, verb):
        return []
    if _DONE_BEFORE.search(gap):
        return []
    gap = _OF_ITS_KIND.sub("", _BY.sub("", gap))
    if _AGAIN.fullmatch(gap) and len({m.entity.id for m in near}) == 1:
        return [last]
    if CLAUSE.search(gap) or _NOT_ITSELF_AFTER.match(text, last.end) or len(gap) > 16:
        return []
    run = _joined(text, near)
    is_paper = _ITS_PAPER.match(text, last.end) is not None
    if len(run) == 1 and not is_paper and _NOT_ITSELF_BEFORE.search(text[max(sentence.start, last.start - 14) : last.start]):
        return []
    return run


def _objects(sentence: Sentence, verb: re.Match[str], things: Sequence[Mention]) -> list[Mention]:
    """The first name behind the verb, with those joined to it."""
    near = [m for m in things if 0 <= m.start - verb.end() <= REACH and m.entity.kind != "concept"]
    if not near:
        return []
    gap = sentence.text[verb.end() : near[0].start]
    clauses = CLAUSE.split(gap)
    if re.search(r"\bthat\b", gap) or tells_more(sentence.text, verb, near[0].end):
        return []
    if _NOT_ITSELF_BEFORE.search(gap) or len(clauses) > 2 or (len(clauses) > 1 and not _NAMELY.fullmatch(clauses[-1])):
        return []
    run = [near[0]]
    for mention in near[1:]:
        if not JOIN.fullmatch(sentence.text[run[-1].end : mention.start]):
            break
        run.append(mention)
    is_object = len(clauses) == 1  # behind a comma the name begins something new
    if _NOT_ITSELF_AFTER.match(sentence.text, run[-1].end) or (is_object and not ends_there(sentence.text, run[-1].end)):
        return []
    return run


def _joined(text: str, near: Sequence[Mention]) -> list[Mention]:
    """The last of some names with those joined to it by `and` or a comma."""
    run = [near[-1]]
    for mention in reversed(near[:-1]):
        if not JOIN.fullmatch(text[mention.end : run[0].start]):
            break
        run.insert(0, mention)
    return run
