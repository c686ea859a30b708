"""Comparisons as claims of their own: "the size of A is 10 times that of B", "A 的参数量是 B 的10倍以上"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from decklint.facts.binding import Binding, sure
from decklint.facts.entities import Attribute, Entity, Fact
from decklint.facts.mentions import Mention
from decklint.facts.registry import Registry
from decklint.facts.sentence import Sentence
from decklint.facts.verdicts import UNKNOWN, Judgement, Verdict, as_number
from decklint.findings import Confidence

_ABOUT = r"约|大约|近|将近|about|roughly|around|nearly|almost|approximately"
_OVER = r"超过|至少|over|more than|at least"
_ZH = re.compile(
    rf"(?P<cue>(?:[^，。；,;]{{0,24}}[，,])?[^，。；,;]{{0,14}}?)(?:是|为|达到了?|相当于)\s*(?P<other>\x00+)\s*的?[^，。；,;\d]{{0,6}}?(?P<how>{_ABOUT}|{_OVER})?\s*"
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<more>多|余)?倍(?P<past>多|以上|左右)?"
)
_EN = re.compile(
    rf"(?P<cue>[^,.;]{{0,30}}?)(?P<how>{_ABOUT}|{_OVER})?\s*(?P<number>\d+(?:\.\d+)?)\s*(?:x|×|times|-fold|fold)\s(?:as\s)?"
    r"(?P<what>larger|bigger|more parameters|the parameters|the size|as large|large|as many parameters|many parameters|"
    r"longer|the context)"
    r"[^,.;]{0,16}?\s(?:than|as|of)\s(?:that of\s)?(?:the\s)?(?P<other>\x00+)"
)
_TIMES = re.compile(r"\s*(?:[多余]?倍|times|x\b|×|-?fold)")
_MULTIPLE = re.compile(r"\d\s?(?:x|×|times|-?fold)\b")
_SIZE = re.compile(r"参数|规模|大小|parameter|larger|bigger|large|size")
_CONTEXT = re.compile(r"上下文|context|longer")


def bind_ratios(sentence: Sentence, registry: Registry) -> Iterable[Binding]:
    """The ratios that a sentence claims between two things whose sizes are known."""
    if len(sentence.mentions) < 2 or not ("倍" in sentence.text or _MULTIPLE.search(sentence.text)):
        return ()
    able = [mention for mention in sentence.mentions if mention.entity.kind == "model"]
    return _compared(sentence, able, registry)


def _compared(sentence: Sentence, able: Sequence[Mention], registry: Registry) -> Iterator[Binding]:
    for first, other in pairwise(able):
        text = (
            sentence.text[first.end : other.start]
            + "\x00" * (other.end - other.start)
            + sentence.text[other.end : min(other.end + 90, sentence.end)]
        )
        match = _ZH.match(text) or _EN.match(text)
        if match is None:
            continue
        said = match["cue"] + (match.groupdict().get("what") or text[: match.end()])
        is_context, is_size = _CONTEXT.search(said), _SIZE.search(said)
        if bool(is_context) == bool(is_size):
            continue
        attribute = registry.attributes["context_length" if is_context else "parameters"]
        judged = _judged(match, attribute, first.entity, other.entity, registry)
        start = first.end + match.start("number")
        unit = _TIMES.match(text, match.end("number"))
        stop = first.end + (unit.end() if unit else match.end("number"))
        yield Binding(first, attribute, start, stop, sure(first, Confidence.HIGH), judged)


def _judged(match: re.Match[str], attribute: Attribute, one: Entity, other: Entity, registry: Registry) -> Judgement:
    ratio = float(match["number"])
    mine, theirs = _numbers(one, attribute, registry), _numbers(other, attribute, registry)
    if not mine or not theirs:
        open_facts = [fact for fact in registry.facts(one, (attribute.id,)) if fact.status != "established"]
        return Judgement(Verdict.DISPUTED, open_facts) if open_facts and theirs else UNKNOWN
    groups = match.groupdict()
    is_over = bool(re.fullmatch(_OVER, match["how"] or "")) or bool(groups.get("more")) or groups.get("past") in ("多", "以上")
    low, high = ratio * (0.95 if is_over else 0.8), float("inf") if is_over else ratio * 1.25
    facts = [mine[0][1], theirs[0][1]]
    if any(low <= a / b <= high for a, _ in mine for b, _ in theirs):
        return Judgement(Verdict.CONFIRMED, facts)
    if not registry.may_deny(other, (attribute.id,)):
        return UNKNOWN
    return Judgement(Verdict.CONTRADICTED, facts)


def _numbers(entity: Entity, attribute: Attribute, registry: Registry) -> list[tuple[float, Fact]]:
    own = [fact for fact in entity.facts if fact.attribute == attribute.id]
    facts = [fact for fact in own or registry.facts(entity, (attribute.id,)) if fact.status == "established"]
    return [(number, fact) for fact in facts for value in fact.values if (number := as_number(value)) is not None and number > 0]
