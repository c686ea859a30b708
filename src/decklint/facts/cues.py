"""Which attribute the words at a number mean: its unit behind, its cue before, or words around it. No cue, no claim."""

from __future__ import annotations

import re

from decklint.facts.entities import Attribute
from decklint.facts.registry import Registry
from decklint.facts.sentence import CLAUSE, Sentence
from decklint.facts.values import Quantity

_OTHER_UNIT = re.compile(
    r"\s?(?:倍|%|％|[x×](?![a-z\d])|times|-?fold|年|月|日|分钟|小时|天|美元|元|gb|mb|fps|flops|亿次|次|步|steps|hours|days|epochs|gpus?\b)"
)
_ONLY_A_PART = re.compile(
    r"其中|仅(?:有|需|用)?|只需|激活|可训练|第\s?$|前\s?$|后\s?$|最后\s?$|每|各|剩|另外?|增加了|减少了?|新增|冻结|多出|少了|"
    r"\b(?:only|active|activated|trainable|first|last|each|every|per|top|frozen|another|additional|extra|remaining|"
    r"of which|added|"
    r"removed|reduced by|increased by)\b"
)
_OF_A_LAYER = re.compile(r"\b(?:each|every|per) layer(?: (?:of|in))?|每一?个?层(?:编码器)?(?:有|使用|包含)?|only has")
_PART_BEHIND = re.compile(r"\s?\S{0,8}(?:被激活|激活参数|可训练|are active|active|trainable|/\s?token)")
_VERB_TAIL = re.compile(
    r"(?:高|多|可|达|到|了|为|是|有|约|大约|大概|近|接近|超过|不到|不足|少于|至少|仅有|仅为|只有|共|:|：|分别|增长|增加|提升|扩大|扩展|"
    r"上升|设为|取|of|is|was|are|were|has|=|~|about|around|over|under|up to|at least|less than|more than|only|just|"
    r"nearly|roughly|to|"
    r"reaches|reached|grew|set|being|\s)*$"
)
_COUNTER = re.compile(r"\s*(?:多|余|几)?\s*(?:个|種|种|-|的)?\s*")


def meant(sentence: Sentence, quantity: Quantity, registry: Registry, whole: bool = True) -> Attribute | None:
    """The one attribute that the words at a number name; `whole` asks that the number be no part of another."""
    text = sentence.text
    behind = text[quantity.end : min(sentence.end, quantity.end + 24)]
    tail = text[max(sentence.start, quantity.start - 24) : quantity.start]
    before = CLAUSE.split(_OF_A_LAYER.sub("", text[max(sentence.start, quantity.start - 48) : quantity.start])[-24:])
    near = before[-1] if before[-1].strip() else "".join(before[-2:])
    if _OTHER_UNIT.match(behind) or (whole and (_ONLY_A_PART.search(near) or _PART_BEHIND.match(behind))):
        return None
    counter = _COUNTER.match(behind)
    rest = behind[counter.end() if counter else 0 :]
    said = _VERB_TAIL.sub("", tail), tail.rstrip()
    if not _cued(registry.all_measured, said, rest):
        return None
    found = [attribute for attribute in registry.measured if _cued(attribute, said, rest)]
    return found[0] if len(found) == 1 else None


def _cued(attribute: Attribute, said: tuple[str, str], rest: str) -> bool:
    """Whether the unit of an attribute follows a number, or its cue stands before it with nothing else between.

    `said` are the words before the number, without and with the verb of having; `rest` is what follows it and its counter.
    """
    if rest.startswith(attribute.units) and any(rest.startswith(unit) and _ends(rest, len(unit)) for unit in attribute.units):
        return True
    if said[0].endswith(attribute.cues):
        return True
    return any(said[0].endswith(start) or said[1].endswith(start) for start, end in attribute.frames if rest.startswith(end))


def _ends(rest: str, end: int) -> bool:
    """Whether a Latin unit is a word: `layers` is not in `layerson`, and 层 not in 层次 or 层级."""
    if rest[end - 1] == "层":
        return rest[end : end + 1] not in ("次", "级", "面", "归", "出")
    return not (rest[end - 1].isascii() and rest[end : end + 1].isascii() and rest[end : end + 1].isalpha())
