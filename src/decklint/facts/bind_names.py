"""Binds makers to things: "X 由 Y 提出", "Y 提出了 X", "proposed by Y", "Y's X", and citations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from decklint.facts.agents import Agents, agents_in, judge_organisations, judge_people, outdated_name
from decklint.facts.binding import DISTRIBUTES, JOIN, Binding, runs, sure
from decklint.facts.mentions import Mention
from decklint.facts.registry import Registry
from decklint.facts.sentence import Sentence
from decklint.facts.verdicts import Verdict
from decklint.findings import Confidence

_KIND = (
    r"(?:(?:预训练|语言|图文|视觉|神经|对话|聊天|深度学习|多模态|开源|大|新|优化|正则化)*(?:模型|架构|算法|网络|结构|系列|优化器|框架|数据集|机制|方法|正则化|系统|机器人|论文|"
    r"技术|概念|思想|产品|助手|工具|概念|工作|原始论文)){0,3}"
)
_KIND_EN = (
    r"(?: (?:original|neural|language|pre-?trained|large|deep|new|famous|classic|first|optimi[sz]er|model|models|"
    r"architecture|paper|algorithm|"
    r"network|networks|dataset|framework|family|series|system|chatbot|method|technique|assistant)){0,4}"
)
_DATED = (
    r"(?:\s*[,，(（]?\s*(?:早?在|于|in|on)?\s*(?:\d{4}\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?日)?|"
    r"(?:[a-z]{3,9}\.? )?(?:\d{1,2}, )?\d{4})\s*[,，)）]?\s*)?"
)
_VERB = (
    r"(?:提出|发明|开发|研发|研制|发布|推出|创建|建立|构建|设计|撰写|创造|打造|开源|发表|引入|出品|训练|构建|编写|首创|制作|建造)"
)
_ADVERB = r"(?:首次|首先|最早|最先|率先|正式|共同|合作|联合|一起|独立|成功|公开|所|又|还|随后|最初|于是|便|也)*"
_TEAM = (
    r"\s*(?:的?(?:研究者|研究人员|研究团队|研究组|团队|科学家|工程师|学者|教授|实验室|公司|们|等|人|"
    r"大脑团队)){0,3}\s*(?:[,，]\s*)?"
)
_VERB_EN = (
    r"(?:proposed|introduced|developed|invented|released|created|presented|published|launched|designed|built|unveiled|"
    r"announced|trained|written|authored|pioneered|open-sourced|made)"
)
_MADE = re.compile(_VERB + "|" + _VERB_EN)
_WHO = (
    r"(?:\s*(?:the|a|by|at|from|of|team|teams|group|researchers?|engineers?|scientists?|colleagues|people|company|labs?|"
    r"inventors?|professor|prof\.|dr\.)\b\.?)*\s*"
)

_FORMS = (  # between the thing and its makers, and what must follow these
    (rf"\s*(?:{_KIND})(?:的(?:思想|概念|论文|想法))?\s*[”\"》」)）]?\s*{_DATED}(?:则|也|都|均)?{_ADVERB}(?:是)?{_DATED}(?:由|被){_DATED}\s*(?:来自)?",
     rf"{_TEAM}{_DATED}(?:在[^，。；]{{0,80}}?)?{_ADVERB}{_VERB}(?!的\s*\w)"),
    (rf"\s*(?:{_KIND})\s*(?:则|也|都|均)?(?:是|为)\s*{_DATED}(?:由)?\s*", rf"{_TEAM}{_DATED}{_ADVERB}{_VERB}的"),
    (rf"\s*(?:{_KIND})\s*(?:是|为)\s*", rf"\s*(?:公司|团队)?的(?:一[个款种])?(?:{_KIND})\s*(?:$|[，,。；;、)）])"),
    (rf"\s*(?:{_KIND})\s*[”\"》」]?\s*(?:的)?(?:第一|主要|论文)?(?:作者|提出者|发明者|发明人|创始人|开发者|开发商|研发机构|"
        rf"提出机构)(?:是|为|包括|有|[:：])\s*", ""),
    (rf"\s*(?:{_KIND})\s*(?:是)?(?:来自|出自)(?:于)?\s*", r"(?!.{0,8}的(?:启发|思想|想法))"),
    (rf"{_KIND_EN}\s*[”\"]?,?(?:\s*(?:,?\s?which|that))?\s*(?:(?:was|is|were|has been|"
        rf"had been)\s)?(?:first |originally |jointly |also |initially )*"
     rf"{_VERB_EN}{_DATED}\s*(?:by|at)\s*{_WHO}", ""),
    (rf"{_KIND_EN}\s*(?:is|was) (?:a|an|the|one of the) (?:[\w-]+ ){{0,5}}?(?:model|models|system|chatbot|network|"
        rf"architecture|product|assistant|dataset)s? "
     rf"(?:by|from|of)\s*{_WHO}", r"\s*(?:$|[,.;)])"),
    (rf"{_KIND_EN}\s*(?:comes? from|came from|originates? (?:from|at)|originated (?:from|at))\s*{_WHO}", ""),
    (rf"{_KIND_EN}'s (?:first |lead |main |original )?(?:authors?|inventors?|creators?|developers?|makers?) (?:is|are|was|"
        rf"were)\s*{_WHO}", ""),
)  # fmt: skip
_IDEA = (  # told of makers only where they are right: what rests on an idea has other makers as well
    (rf"\s*(?:{_KIND})(?:都|也)?(?:正|就)?(?:是)?(?:基于|源于|来自|出自|建立在)\s*",
     rf"{_TEAM}{_DATED}{_ADVERB}(?:{_VERB})?的(?:[这那]一?[个种项]?)?(?:想法|思想|理念|构想|概念|点子|思路|框架)"),
    (rf"{_KIND_EN}\s*(?:is|are|was|were|rests?) (?:all )?(?:based |built )?(?:on|upon) (?:the |an )?(?:original )?"
     rf"(?:ideas?|concepts?|insights?) (?:of|by|from|due to)\s*{_WHO}", ""),
)  # fmt: skip
_ON_AN_IDEA = tuple((re.compile(gap), re.compile(after) if after else None) for gap, after in _IDEA)
_BEHIND = tuple((re.compile(gap), re.compile(after) if after else None) for gap, after in _FORMS)
_BEFORE = (  # between the makers and the thing, and what must not follow it
    re.compile(rf"{_TEAM}{_DATED}(?:在[^，。；]{{0,80}}?)?{_ADVERB}{_VERB}(?:了|出了?|的)?\s*(?:一[种个款])?(?:名为|叫做?|称为)?\s*(?:{_KIND})[\s“\"《「]*"),
    re.compile(rf"{_WHO}(?:,?\s?who )?{_DATED}(?:first |originally |jointly |later |also |then )*{_VERB_EN}\s*(?:the|a|an|its|"
        rf"their)?{_KIND_EN}\s*[“\"]?"),
)  # fmt: skip
_AUTHORS_OF = re.compile(r"\b(?:authors?|inventors?|creators?|developers?) of (?:the )?\s*$")
_ARE = re.compile(rf"{_KIND_EN}\s*(?:is|are|was|were|includes?)\s*")
_OF_THE_DECK = re.compile(r"(?<!论文)(?<!第一)作者|authors?")
"""Under a title, an author may be the lecturer."""
_REACH = 160
_OWNED = re.compile(r"(?:'s|’s|的|旗下的)\s*")
_NOT_IT = re.compile(
    r"\s*(?:的(?!论文|原始论文)|驱动|版|改|变|微调|插件|应用|接口|集成|加持|赋能|代码|教程|课程|实现|复现|优化|服务|风格|类|式|中文|应用|上|中|技术|相关|竞|"
    r"-|'s|’s|based|powered|api|integration|implementation|competitor|variant|alternative|version|tutorial|course|clone|chip|port|"
    r"for |on |with |in (?!\d)|using |like |training|fine|benchmark|inference|deployment|app|plugin)"
)
_PAPER_AFTER = re.compile(
    rf"[.,，。:：]?{_DATED}[.,:：]?\s*(?:的)?\s*(?:发表)?(?:论文|文章|paper)?\s*(?:中|里)?\s*[“\"《「『]?\s*"
)
_PAPER_BEFORE = re.compile(r"[”\"》」』]?\s*[.,，。]?\s*(?:by|作者[是为:：]?|,|，|\.|-|—)\s*")
_CITED = re.compile(r"\s*[\[(（]+\s*")
_CITED_YEAR = re.compile(r"\s*[,，]?\s*(?:19|20)\d\d[a-z]?\s*[\])）]")


class _Tie(NamedTuple):
    mention: Mention
    agents: Agents
    confidence: Confidence


def bind_names(sentence: Sentence, registry: Registry) -> Iterable[Binding]:
    """The makers that a sentence gives to things, people and organisations judged apart."""
    things = [mention for mention in sentence.mentions if not mention.entity.is_agent]
    agents = agents_in(sentence) if things else ()
    return _made(sentence, things, agents, registry) if agents else ()


def _made(sentence: Sentence, things: Sequence[Mention], agents: Sequence[Agents], registry: Registry) -> Iterator[Binding]:
    yield from _on_an_idea(sentence, things, agents, registry)
    seen: set[tuple[int, int]] = set()
    for mention, makers, confidence in _ties(sentence, things, agents):
        if (mention.start, makers.start) not in seen:
            seen.add((mention.start, makers.start))
            yield from _judged(sentence, registry, mention, makers, confidence)


def _on_an_idea(sentence: Sentence, things: Sequence[Mention], agents: Sequence[Agents], registry: Registry) -> Iterator[Binding]:
    """`X is based on an idea of Y`: says nothing against other makers of X, so that only a right one is a claim."""
    text = sentence.text
    for mention, makers in ((m, a) for a in agents for m in things if m.end <= a.start <= m.end + _REACH):
        for gap, after in _ON_AN_IDEA:
            if gap.fullmatch(text, mention.end, makers.start) and (after is None or after.match(text, makers.stop, sentence.end)):
                for binding in _judged(sentence, registry, mention, makers, Confidence.HIGH):
                    if binding.judgement.verdict is Verdict.CONFIRMED:
                        yield binding


def _judged(
    sentence: Sentence, registry: Registry, mention: Mention, makers: Agents, confidence: Confidence
) -> Iterator[Binding]:
    people, organisations = makers.people, makers.organisations
    authors, house = registry.attributes["authors"], registry.attributes["organisation"]
    confidence = sure(mention, confidence)
    if people and mention.entity.kind in authors.kinds:
        facts = registry.facts(mention.entity, ("authors",))
        judged = judge_people(people, facts, not makers.has_strangers and not organisations)
        yield Binding(mention, authors, people[0].start, people[-1].end, confidence, judged)
    if organisations and mention.entity.kind in house.kinds:
        judged = judge_organisations(organisations, registry.facts(mention.entity, ("organisation",)), registry)
        if len(organisations) == 1:
            written = sentence.leaf.view.text[organisations[0].start : organisations[0].end]
            made = [
                value for fact in registry.facts(mention.entity, ("released", "announced", "published")) for value in fact.values
            ]
            judged = outdated_name(written, organisations[0].entity, made, judged)
        yield Binding(mention, house, organisations[0].start, organisations[-1].end, confidence, judged)


def _ties(sentence: Sentence, things: Sequence[Mention], agents: Sequence[Agents]) -> Iterator[_Tie]:
    text, end = sentence.text, sentence.end
    if DISTRIBUTES.search(text, sentence.start, end):
        yield from _distributed(sentence, things, agents)
        return
    lists = list(runs(text, things, JOIN))
    starts, places = [makers.start for makers in agents], [mention.start for mention in things]
    for run in lists:
        low, high = run[0].start - _REACH, run[-1].end + _REACH
        others = things[bisect_left(places, low) : bisect_right(places, high)]
        for makers in agents[bisect_left(starts, low) : bisect_right(starts, high)]:
            confidence = _tied(text, end, run, makers)
            if confidence is not None and not _stands_between(others, run, makers):
                yield from (_Tie(mention, makers, confidence) for mention in run)


def _tied(text: str, end: int, run: Sequence[Mention], makers: Agents) -> Confidence | None:
    """How surely a list of things and a list of makers belong together; None where nothing says that they do."""
    first, last = run[0], run[-1]
    if makers.start >= last.end:
        for gap, after in _BEHIND:
            if gap.fullmatch(text, last.end, makers.start) and (after is None or after.match(text, makers.stop, end)):
                return None if last.elsewhere and _OF_THE_DECK.search(text, last.end, makers.start) else Confidence.HIGH
        if _AUTHORS_OF.search(text, max(0, first.start - 24), first.start) and _ARE.fullmatch(text, last.end, makers.start):
            return Confidence.HIGH
        if last.entity.kind == "paper" and makers.people and _PAPER_BEFORE.fullmatch(text, last.end, makers.start):
            return Confidence.HIGH
        is_cited = (
            last.entity.kind in ("model", "paper")
            and makers.people
            and makers.stop > makers.end
            and _CITED.fullmatch(text, last.end, makers.start)
        )
        return Confidence.MEDIUM if is_cited and last.elsewhere is None and _CITED_YEAR.match(text, makers.stop) else None
    if makers.stop > first.start or first.elsewhere is not None:
        return None
    if first.entity.kind == "paper" and makers.people and _PAPER_AFTER.fullmatch(text, makers.stop, first.start):
        return Confidence.HIGH
    if _NOT_IT.match(text, last.end) and last.entity.kind != "paper":
        return None
    if any(gap.fullmatch(text, makers.stop, first.start) for gap in _BEFORE):
        return Confidence.HIGH
    owned = _OWNED.fullmatch(text, makers.stop, first.start) and re.match(
        r"\s*(?:$|[，。；、,.;)）:：]|是|在|和|与|is|was|has|and)", text[last.end : end]
    )
    return Confidence.MEDIUM if owned else None


def _stands_between(things: Sequence[Mention], run: Sequence[Mention], makers: Agents) -> bool:
    """Whether another thing stands between some things and their makers."""
    low, high = min(run[-1].end, makers.stop), max(run[0].start, makers.start)
    return any(low <= mention.start and mention.end <= high and mention not in run for mention in things)


def _distributed(sentence: Sentence, things: Sequence[Mention], agents: Sequence[Agents]) -> Iterator[_Tie]:
    """`A and B introduced X and Y, respectively`: each its own, where there are as many makers as things."""
    lists = [run for run in runs(sentence.text, things, JOIN) if len(run) > 1]
    if len(lists) != 1 or len(agents) != 1 or agents[0].people:
        return
    run, (makers,) = lists[0], agents
    if len(run) == len(makers.organisations) and _MADE.search(sentence.text[sentence.start : sentence.end]):
        for mention, maker in zip(run, makers.organisations, strict=True):
            yield _Tie(mention, Agents(maker.start, maker.end, maker.end, (), (maker,)), Confidence.HIGH)
