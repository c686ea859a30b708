"""Binds numbers to attributes by their unit or cue, and to the thing that the sentence is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from decklint.facts.binding import DISTRIBUTES, JOIN, Binding, runs, sure
from decklint.facts.cues import meant
from decklint.facts.entities import Attribute
from decklint.facts.mentions import Mention
from decklint.facts.registry import Registry
from decklint.facts.sentence import CLAUSE, REACH, Sentence
from decklint.facts.values import Quantity, quantities_in, rescaled, standing_alone
from decklint.facts.verdicts import Verdict, judge_quantity
from decklint.findings import Confidence
from decklint.patterns import constant

_COMPARED = re.compile(
    r"(?:比|相比|相较于?|相对于?|较|与|和|than|versus|vs\.?|to|like|基于|使用|(?<!layer )of|on|from|unlike|不同于)\s?$"
)
_OWNS = re.compile(r"\s*(?:的|'s|’s)\s*")
_NOT_ITSELF = re.compile(
    r"\s*(?:的(?:后继|继任|前身|竞争|变体|改进|升级|衍生|下一代|对手|参考|蒸馏|一[个种])|之后的?|之前|以外|"
    r"以后|'s (?:successor|competitor|predecessor|rival|variant))"
)
_ORIGINAL = re.compile(r"(?:原始的?|原版|最初的|original)\s*$")
_WITH = re.compile(r"\s*(?:with|at|having)\s(?:its\s|a total of\s|some\s)?(?:about|around|over|more than|nearly|roughly)?\s*$")
_IN_BRACKETS = re.compile(r"\s*[(（]\s*(?:约|about|~)?\s*$")
_SIZE_IN_BRACKETS = re.compile(r"[(（]\s*(?:约|about|~)?\s*[0-9][0-9,.]*\s?[bm]")
"""What `_plainly` asks of the text at a number that stands alone in brackets."""
_ENDS = re.compile(
    r"\s*(?:$|[^\w\s]|和|与|的(?:模型|网络|transformer)|tokens?\b|编码器|解码器|transformer|(?:and|with|in|on|of|total|trained)\b)"
)
"""What may stand behind a value that a title or an item above completes: `3 层全连接` begins something new."""
_OF = re.compile(r"\s(?:of|for|in)\s(?:the\s)?$")
_IS = re.compile(r"\s*(?:model\s*)?(?:is|was|=|:|equals|reaches)\s*(?:about|around|over|only|just)?\s*$")
_UNIT_WORD = re.compile(r"\s*(?:个|種|种|-)?\s*([a-z]+|[\u4e00-\u9fff]{1,2})")
_BETWEEN = re.compile(r"[^,，。和与、及]{0,14}?\s*(?:与|和|及|、|以及|,? and|&|,|，)\s*(?:约|about )?")


def bind_quantities(sentence: Sentence, registry: Registry) -> Iterable[Binding]:
    """The quantities of a sentence that one attribute and one thing claim."""
    if not may_measure(sentence, registry):
        return ()
    quantities = [
        quantity
        for quantity in quantities_in(sentence.text, sentence.start, sentence.end)
        if not any(m.start <= quantity.start < m.end for m in sentence.mentions)
    ]
    return _measured(sentence, quantities, registry) if quantities else ()


def may_measure(sentence: Sentence, registry: Registry) -> bool:
    """Whether a sentence has what all have that bind a number: a word for a measured attribute, or a size in brackets."""
    text, start, end = sentence.text, sentence.start, sentence.end
    return registry.measures.search(text, start, end) is not None or _SIZE_IN_BRACKETS.search(text, start, end) is not None


def _measured(sentence: Sentence, quantities: Sequence[Quantity], registry: Registry) -> Iterator[Binding]:
    quantities = standing_alone(quantities, sentence.text)
    if DISTRIBUTES.search(sentence.text, sentence.start, sentence.end):
        yield from _distributed(sentence, quantities, registry)
        return
    carried: Attribute | None = None
    unit = ""
    for quantity in quantities:
        plain = _plainly(sentence, quantity, registry)
        if plain is not None:
            yield bound(sentence, plain[0], quantity, plain[1], Confidence.HIGH, registry)
            continue
        attribute = meant(sentence, quantity, registry)
        own_unit = _UNIT_WORD.match(sentence.text, quantity.end)
        if attribute is None and carried is not None and own_unit and own_unit[1] == unit and _is_owned(sentence, quantity):
            attribute = carried
        if attribute is None:
            continue
        carried, unit = attribute, own_unit[1] if own_unit else ""
        mention, confidence = _about(sentence, quantity, attribute, registry)
        if mention is not None and _is_itself(sentence, mention, attribute):
            found = bound(sentence, mention, quantity, attribute, confidence, registry)
            is_loose = mention.is_implied and _is_of_the_data(sentence, quantity, attribute)
            if not (is_loose and found.judgement.verdict is Verdict.CONTRADICTED):
                yield found


def _plainly(sentence: Sentence, quantity: Quantity, registry: Registry) -> tuple[Mention, Attribute] | None:
    """`GPT-3 (175B)` and `the hidden size of GPT-2 is 768`: forms in which the order is another, or the unit says it all."""
    before = [m for m in sentence.mentions if not m.entity.is_agent and not m.elsewhere and m.end <= quantity.start]
    if not before:
        return None
    last, text = before[-1], sentence.text
    gap = text[last.end : quantity.start]
    size = registry.attributes["parameters"]
    if _IN_BRACKETS.fullmatch(gap) and text[quantity.digits_end : quantity.end].strip() in ("b", "m"):
        closed = re.match(r"\s*(?:参数|parameters|params)?\s*[)）]", text[quantity.end : sentence.end])
        return (last, size) if closed and last.entity.kind == "model" else None
    head = _OF.search(text, sentence.start, last.start)
    if head is None or not _IS.fullmatch(gap):
        return None
    words = text[max(sentence.start, head.start() - 30) : head.start()]
    found = [a for a in registry.measured if last.entity.kind in a.kinds and words.endswith(a.cues or ("\0",))]
    return (last, found[0]) if len(found) == 1 else None


def bound(
    sentence: Sentence, mention: Mention, quantity: Quantity, attribute: Attribute, confidence: Confidence, registry: Registry
) -> Binding:
    """A thing's quantity, judged."""
    written = sentence.leaf.view.text[quantity.start : quantity.end]
    facts = registry.facts(mention.entity, (attribute.id,))
    if quantity.open_below or quantity.open_above:  # a bound speaks of the thing, not of its smallest or largest relative
        facts = [fact for fact in facts if fact in mention.entity.facts] or facts
    judged = judge_quantity(quantity, facts, written)
    return Binding(mention, attribute, quantity.start, quantity.end, sure(mention, confidence), judged)


def _distributed(sentence: Sentence, quantities: Sequence[Quantity], registry: Registry) -> Iterator[Binding]:
    """`A and B have x and y parameters, respectively`: each its own, where there are as many values as things."""
    for values in runs(sentence.text, quantities, _BETWEEN):
        found = {a.id: a for q in values if (a := meant(sentence, q, registry, whole=False)) is not None}
        if len(values) < 2 or len(found) != 1:
            continue
        (attribute,) = found.values()
        able = [m for m in sentence.mentions if m.entity.kind in attribute.kinds]
        lists = [run for run in runs(sentence.text, able, JOIN) if len(run) > 1]
        if len(lists) != 1 or len(lists[0]) != len(values):
            continue
        for mention, quantity in zip(lists[0], _scaled_alike(sentence.text, values), strict=True):
            yield bound(sentence, mention, quantity, attribute, Confidence.HIGH, registry)


def _scaled_alike(text: str, values: Sequence[Quantity]) -> list[Quantity]:
    """In `1.5 and 175 billion` both are billions."""
    last = values[-1]
    number = float(text[last.start : last.digits_end].replace(",", "") or 1)
    scale = last.value / number if number else 1.0
    if scale == 1.0:
        return list(values)
    return [q if q.digits_end != q.end or q.value >= 10_000 else rescaled(q, text, scale) for q in values]


def _is_itself(sentence: Sentence, mention: Mention, attribute: Attribute) -> bool:
    """Whether a number is the named thing's own; an architecture has many sizes, but the original one has its own."""
    if _NOT_ITSELF.match(sentence.text, mention.end):
        return False
    is_kind = mention.entity.kind == "architecture" and mention.entity.family is None and attribute.id != "parameters"
    return not is_kind or _ORIGINAL.search(sentence.text, max(sentence.start, mention.start - 10), mention.start) is not None


def _is_of_the_data(sentence: Sentence, quantity: Quantity, attribute: Attribute) -> bool:
    """Whether languages are those of the training data: a registry that counts the supported ones does not deny them."""
    said = re.search(r"训练|语料|数据|train|data|corpus", sentence.text[sentence.start : quantity.start])
    return attribute.id == "languages" and said is not None


def _is_owned(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is something's own: `GPT-2's 1.5 billion`."""
    return any(m.end <= quantity.start and _OWNS.fullmatch(sentence.text, m.end, quantity.start) for m in sentence.mentions)


def _about(sentence: Sentence, quantity: Quantity, attribute: Attribute, registry: Registry) -> tuple[Mention | None, Confidence]:
    """The thing that has the attribute: named in the same clause, else the only one named before in the sentence."""
    able = [m for m in sentence.mentions if m.entity.kind in attribute.kinds and m.end <= quantity.start]
    behind = _behind(sentence, quantity, attribute)
    if not able or behind[1] is Confidence.HIGH:
        return behind
    last = able[-1]
    if last.elsewhere is not None:
        said = sentence.text[sentence.start : quantity.start]
        ends = _ENDS.match(_after_unit(sentence.text[quantity.end : sentence.end], attribute))
        return (last if ends and registry.says_nothing_new(said) else None), Confidence.MEDIUM
    if _OWNS.fullmatch(sentence.text, last.end, quantity.start):
        return last, Confidence.HIGH
    if _is_compared(sentence, last):
        return None, Confidence.LOW
    between = sentence.text[last.end : quantity.start]
    if not _interrupts(between):
        rivals = {m.entity.id for m in able if not CLAUSE.search(sentence.text[m.end : last.start])}
        return (last, Confidence.HIGH) if len(rivals) == 1 else (None, Confidence.LOW)
    if len({m.entity.id for m in able}) == 1 and len(between) <= REACH * 2:
        return last, Confidence.MEDIUM
    return None, Confidence.LOW


@constant  # the patterns of units, which are those of the rule book
def _behind(sentence: Sentence, quantity: Quantity, attribute: Attribute) -> tuple[Mention | None, Confidence]:
    """`With 175 billion parameters, GPT-3 …` and `拥有1750亿参数的GPT-3`: the thing stands behind its number."""
    after = [m for m in sentence.mentions if m.entity.kind in attribute.kinds and m.start >= quantity.end]
    if not after:
        return None, Confidence.LOW
    first, text = after[0], sentence.text
    between = text[quantity.end : first.start]
    if _WITH.fullmatch(text, sentence.start, quantity.start) and re.fullmatch(r"[\w\s-]{3,30},\s*(?:the\s)?", between):
        return first, Confidence.MEDIUM
    unit = next(
        (u for u in sorted(attribute.units, key=len, reverse=True) if re.match(rf"\s*个?\s*{re.escape(u)}", between)), None
    )
    if unit is not None and re.fullmatch(rf"\s*个?\s*{re.escape(unit)}量?的\s*", between):
        return first, Confidence.HIGH
    return None, Confidence.LOW


def _after_unit(behind: str, attribute: Attribute) -> str:
    rest = behind.lstrip(" 个多余几种-")
    unit = max((unit for unit in attribute.units if rest.startswith(unit)), key=len, default="")
    return rest[len(unit) :]


def _interrupts(between: str) -> bool:
    """Whether a clause ends between a name and its number; a colon behind the name, or a year between commas, ends none."""
    rest = re.sub(r"^\s*[:：]|[，,]\s?[^，,]{0,12}\d{4}年?[^，,]{0,8}[，,]", "", between)
    return CLAUSE.search(rest) is not None


def _is_compared(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name is only what something else is compared with, or built on."""
    before = sentence.text[max(sentence.start, mention.start - 14) : mention.start]
    behind = sentence.text[mention.end : mention.end + 6]
    return _COMPARED.search(before) is not None or re.match(r"\s?(?:based|的\d)", behind) is not None
