"""Binds values that are said in words: architecture, training hardware, licence, modalities, and what a model is based on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from decklint.facts.binding import JOIN, Binding, runs, sure
from decklint.facts.entities import Attribute, Phrase
from decklint.facts.mentions import Mention
from decklint.facts.places import chosen
from decklint.facts.registry import Registry
from decklint.facts.sentence import Sentence
from decklint.facts.verdicts import UNKNOWN, Judgement, Verdict, agreeing, judge_phrase
from decklint.findings import Confidence
from decklint.patterns import constant

_SIZE = r"\d+(?:\.\d+)?\s?[bm]"
_SIZES = (
    rf"(?:(?:在|有)?\s*{_SIZE}(?:\s*(?:和|与|、|及|/)\s*{_SIZE})*\s*"
    r"(?:尺寸|规模|参数|大小)?的?(?:模型|版本)?[中上里]?)?"
)
_HEAD = (
    r"\s*(?:模型|架构|系列|网络|家族|models?|family|series|的(?:架构|结构|训练))?\s*(?:本质上|其实|仍然|则|也|都|均|主要|"
    r"only|also)?\s*" + _SIZES + r"(?:则|也|都|均)?\s*"
)
_MODS = (
    r"(?:的|了|一[种个款类]|典型|自回归|自编码|生成式|标准|经典|稀疏|双向|单向|预训练|深度|纯|大型|大规模|原始|潜在|多层|\d+\s?[块张个]|片|块|英伟达|华为|谷歌的?|张量处理单元|[（(]|"
    r"\b(?:a|an|the|pure|sparse|standard|bidirectional|deep|large|pre-?trained|classic|latent|multi-layer|nvidia|huawei|\d+|"
    r"language|autoregressive|so-called|type of|kind of)\b|[\s“\"、,/]|和|与|and|gpus?)*"
)
_LONGEST = 60
_SETS_APART = re.compile(
    r"与(?!\S{1,16}的?(?:深度|紧密)?(?:融合|结合|集成|整合)$)|和|除|比|基于|在.{0,12}[上中]|不同|之后|之前|以外|后$|前$|以前|unlike|after|before|than|like|besides|compared|based|using|with"
)
_AFTER_USED = re.compile(
    r"\s*(?:$|[^\w\s]|架构|结构|模型|网络|来|的|和|与|并|而|进行|上训练|训练|机制|许可|协议|开源|授权|技术|方法|transformer|（|moe)"
)
"""What is used for a purpose (用卷积提取特征) does not make the thing one."""
_LISTED = re.compile(r"\s*(?:派|类|型|架构|模型|路线|阵营|结构|models?|architectures?|family|based|type)*\s*[:：]\s*")
_NOT_IT = re.compile(
    r"\s*(?:之前|以外|不同|相比|无关|的(?:缺点|问题|变体|启发|思想|前身|竞争)|-free|like|style|-inspired|alternative|competitor)"
)
_WORDS = {
    "文本": "text", "文字": "text", "图像": "image", "图片": "image", "音频": "audio", "语音": "audio", "视频": "video",
    "text": "text", "images": "image", "image": "image", "audio": "audio", "speech": "audio", "video": "video", "videos": "video",
}  # fmt: skip
_MODALITY = "|".join(sorted(_WORDS, key=len, reverse=True))
_MODALITIES = rf"(?P<list>(?:{_MODALITY})(?:\s*(?:、|和|与|及|以及|或|,? and|,? or|,|，)\s*(?:{_MODALITY}))*)"
_CAN = (
    r"\s*(?:模型|model)?\s*(?:还|也|同时|不仅|原生|可以|能够?|可|支持|直接|并|"
    r"can |also |could |directly |natively |only |is able to |accepts? both )*\s*"
)
_INPUT = re.compile(
    rf"{_CAN}(?:接受|接收|支持|处理|输入)\s*{_MODALITIES}\s*(?:的|作为)?(?:输入)(?!和输出|与输出|输出|、输出)"
    rf"|{_CAN}(?:accepts?|takes?)\s(?:both\s)?{_MODALITIES.replace('list', 'list_en')}\s(?:as\s)?inputs?\b"
)
_OUTPUT = re.compile(
    rf"{_CAN}(?:生成|输出|产生)\s*{_MODALITIES}(?:输出)?(?=\s*(?:$|[。；，,！!;.]|等))"
    rf"|{_CAN}(?:generates?|produces?|outputs?|"
    rf"emits?)\s(?:both\s)?{_MODALITIES.replace('list', 'list_en')}(?:\soutputs?)?(?=\s*(?:$|[.,;!]))"
)
_VERBS = ("接受", "接收", "支持", "处理", "输入", "生成", "输出", "产生")
_VERBS_EN = ("accepts?", "takes?", "generates?", "produces?", "outputs?", "emits?")
_TAKES_OR_MAKES = re.compile(  # each begins with a character of its own, to which the engine runs
    "|".join([rf"{verb}\s*(?:{_MODALITY})" for verb in _VERBS] + [rf"{verb}\s(?:both\s)?(?:{_MODALITY})" for verb in _VERBS_EN])
)
"""What each of the two has: the verb, and the first of what is taken or made."""
_RESTS = re.compile(r"基于|建立在|由|以|在|构建于|built on|based on|tuned from|derived from")
"""A word that `_BASED` has."""
_BASED = re.compile(
    rf"{_HEAD}(?:是|则是|由|is|was)?\s*(?:基于|建立在|由|以|在|构建于|built on(?: top of)?|based on|fine-?tuned from|"
    rf"derived from)\s*"
)
_BASED_AFTER = re.compile(
    r"\s*(?:模型|之上)?\s*(?:为基础|的?基础|的基础上|上微调|微调|构建|开发|训练|改进|而来|$|[。，；,.;)）])"
)


class Said(NamedTuple):
    """Words for a value, in a text."""

    phrase: Phrase
    start: int
    end: int


def phrases_in(sentence: Sentence) -> list[Said]:
    """The words for values in a sentence, those that belong to a name left out."""

    def accept(start: int, end: int, phrase: Phrase) -> Iterator[Said]:
        inside = sentence.start <= start and end <= sentence.end
        if inside and not any(_covers(m, start, end) for m in sentence.mentions):
            yield Said(phrase, start, end - phrase.tail)

    return list(chosen(sentence.passage.phrases, accept))


def _covers(mention: Mention, start: int, end: int) -> bool:
    """Whether words are no more than a name: in `Transformer架构` they are more than the name Transformer."""
    return mention.start < end and start < mention.end and (start, end) != (mention.start, mention.end) and end <= mention.end


def bind_phrases(sentence: Sentence, registry: Registry) -> Iterable[Binding]:
    """The values in words that a sentence gives to things."""
    text, start, end = sentence.text, sentence.start, sentence.end
    said = phrases_in(sentence) if sentence.passage.phrases else ()
    takes = _TAKES_OR_MAKES.search(text, start, end) is not None
    rests = len(sentence.mentions) > 1 and _RESTS.search(text, start, end) is not None
    return _bound(sentence, said, takes, rests, registry) if said or takes or rests else ()


def _bound(sentence: Sentence, said: Sequence[Said], takes: bool, rests: bool, registry: Registry) -> Iterator[Binding]:
    for one in said:
        attribute = registry.attributes[one.phrase.attribute]
        for mention in _things(sentence, one, attribute, said):
            judged = judge_phrase(
                one.phrase.value, attribute, registry.facts(mention.entity, (attribute.id,)), registry.canonical
            )
            apart = re.search(r"[，,]", sentence.text[mention.end : one.start]) and one.start > mention.end
            confidence = sure(mention, Confidence.MEDIUM if apart else Confidence.HIGH)
            yield Binding(mention, attribute, one.start, one.end, confidence, judged)
    kinds = registry.attributes["input_modalities"].kinds
    for mention in sentence.mentions if takes or rests else ():
        if mention.entity.kind in kinds:
            if takes:
                yield from _modalities(sentence, mention, registry)
            if rests:
                yield from _basis(sentence, mention, registry)


def _things(sentence: Sentence, one: Said, attribute: Attribute, said: Sequence[Said]) -> Sequence[Mention]:
    """The things that have the value: named directly before a cue, or listed behind a colon."""
    text = sentence.text
    able = [m for m in sentence.mentions if m.entity.kind in attribute.kinds and not m.start <= one.start < m.end]
    lists = list(runs(text, able, JOIN))
    behind = [run for run in lists if run[0].start >= one.end and _LISTED.fullmatch(text, one.end, run[0].start)]
    if behind and not re.search(r"\w", text[sentence.start : one.start]):
        return behind[0]
    before = [run for run in lists if run[-1].end <= one.start]
    if not before or _NOT_IT.match(text, one.end):
        return ()
    gap = text[before[-1][-1].end : one.start]
    if len(before) == len(before[-1]) == 1 and len(lists) == 1:
        gap = _same_subject(text[sentence.start : before[0][0].start], gap)
    for other in reversed(said):  # 仅解码器的Transformer架构 says two values
        if before[-1][-1].end <= other.start and other.end <= one.start and other.phrase.attribute == attribute.id:
            at = other.start - before[-1][-1].end
            gap = gap[:at] + " " + gap[at + other.end - other.start :]
    if not attribute.cues or len(gap) > _LONGEST or not _says(attribute.cues).fullmatch(gap):
        return ()
    if re.search(r"使用了?|用了?|采用了?", gap) and not _AFTER_USED.match(text[one.end : sentence.end]):
        return ()
    units = attribute.units
    return before[-1] if not units or text[one.end : one.end + 24].lstrip().startswith(units) else ()


@cache
@constant
def _says(cues: tuple[str, ...]) -> re.Pattern[str]:
    """What may stand between a thing and the value that the cues of an attribute give to it."""
    return re.compile(rf"{_HEAD}(?:{'|'.join(map(re.escape, sorted(cues, key=len, reverse=True)))}){_MODS}")


def _same_subject(before: str, gap: str) -> str:
    """What stands directly before a value, in the clause that goes on about the only thing that the sentence names."""
    first, comma, rest = gap.rpartition("，") if "，" in gap else gap.rpartition(",")
    if not comma or _SETS_APART.search(before) or _SETS_APART.search(first) or len(first) > 40:
        return gap
    return re.sub(r"^\s*(?:它|其|该模型|并|且|而且|it|and|which)\s*", "", rest)


def _modalities(sentence: Sentence, mention: Mention, registry: Registry) -> Iterator[Binding]:
    for pattern, name in ((_INPUT, "input_modalities"), (_OUTPUT, "output_modalities")):
        match = pattern.match(sentence.text, mention.end, sentence.end)
        if match is None:
            continue
        group = "list" if match["list"] else "list_en"
        stated = {_WORDS[word] for word in re.findall(_MODALITY, match[group])}
        facts = registry.facts(mention.entity, (name,))
        known = {value for fact in facts for value in fact.values}
        judged = UNKNOWN
        if known and stated <= known:
            judged = agreeing(facts)
        elif facts and all(fact.closed for fact in facts):
            judged = Judgement(Verdict.CONTRADICTED, facts[:1])
        yield Binding(mention, registry.attributes[name], match.start(group), match.end(group), sure(mention), judged)


def _basis(sentence: Sentence, mention: Mention, registry: Registry) -> Iterator[Binding]:
    """`X is based on Y`, where both are models: contradicted by another model, not by a relative."""
    for other in sentence.mentions:
        if other.start < mention.end or other.entity.kind not in ("model", "product") or other.entity.id == mention.entity.id:
            continue
        if not _BASED.fullmatch(sentence.text, mention.end, other.start) or not _BASED_AFTER.match(sentence.text, other.end):
            continue
        facts = registry.facts(mention.entity, ("based_on",))
        right = {value for fact in facts for value in fact.values}
        judged = UNKNOWN
        relatives = {name for value in right for name in registry.line_of(value)}
        if other.entity.id in relatives:
            judged = agreeing(facts)
        elif facts and not registry.line(other.entity) & (relatives | {mention.entity.id}):
            judged = Judgement(Verdict.CONTRADICTED, facts[:1], registry.name_of(facts[0].values[0]))
        yield Binding(mention, registry.attributes["based_on"], other.start, other.end, sure(mention, Confidence.HIGH), judged)
