"""What can be dated: the verbs that say so, and when such a verb speaks of something else than the thing that is named."""

from __future__ import annotations

import re

from decklint.records import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """What can be dated: the verbs that say so, the kinds of things, the attributes that hold such dates."""

    verbs: re.Pattern[str]
    subject_only: frozenset[str]
    """Verbs whose thing stands before them: what `appeared` is never behind the verb."""
    kinds: frozenset[str]
    attributes: tuple[str, ...]


_MADE = "model product paper dataset benchmark method architecture hardware software award concept"
BIRTH = Event(
    re.compile(
        r"诞生|问世|面世|亮相|出现|首次发布|正式发布|发布|推出|提出|发表|开源|公布|上线|"
        r"\b(?:introduced|proposed|released|published|announced|launched|unveiled|presented|invented|debuted|came out|appeared)\b"
    ),
    frozenset(("诞生", "问世", "面世", "亮相", "出现", "debuted", "came out", "appeared")),
    frozenset(_MADE.split()),
    ("published", "released", "announced", "venue"),
)
FOUNDING = Event(
    re.compile(r"成立|创立|创办|创建|\b(?:founded|established)\b"), frozenset(), frozenset(("organisation",)), ("founded",)
)
HOLDING = Event(
    re.compile(r"举行|召开|举办|\b(?:held|took place)\b"), frozenset(("took place",)), frozenset(("event",)), ("held_in",)
)
BIRTHDAY = Event(re.compile(r"出生|生于|诞生|\bborn\b"), frozenset(), frozenset(("person",)), ("born",))
EVENTS = (BIRTH, FOUNDING, HOLDING, BIRTHDAY)

_SAYS_THAT = frozenset(("公布", "announced", "presented"))
"""A whole sentence may follow them: `announced that X is …`."""
_KINDS = (
    r"(?:\s|模型|架构|结构|算法|网络|系列|数据集|框架|机制|方法|系统|论文|技术|优化器|预训练|语言|神经|大|等|[”\"》」』]|"
    r"models?\b|architecture|family|series|network|dataset|algorithm|optimi[sz]er|method|framework|system|paper)*"
)
_ENDS_THERE = re.compile(rf"{_KINDS}(?:$|[^\w\s]|(?:in|on|at|by)\s|于|和|与|及)")
_GOES_ON = re.compile(
    rf"{_KINDS}(?:$|[^\w\s]|于|和|与|及|以|并|且|而|来|用|为|使|让|从|开|标|引|成|在|是|的|"
    r"(?:in|on|at|by|and|or|as|to|for|with|which|that|who|using|after|before|when|while|but|from|of|is|was|were|together|"
    r"alongside)\b)"
)
_DONE = r"\s*(?:了|过|出来|出)?"
_NO_OBJECT = (
    r"于|在|由|后|时|以来|之|至|到|距|并|且|而|以|也|就|即|便|则|是|为|的|标志|引|推动|开启|改变|让|使|掀|成为|[(（]|\d(?!\S{0,3}版|\.\d)|"
    r"(?:in|on|at|by|and|as|with|to|for|under|but|when|which|that|from|through|via|back|only|just|alongside|after|before|"
    r"during|over|about|around|early|late|it|its|\w+ly)\b"
)
_OBJECT = re.compile(rf"{_DONE}\s*(?!{_NO_OBJECT})\w")
_IS_DONE_TO = re.compile(
    r"(?:\b(?:was|were|is|are|been|being|be|first|originally|initially|finally|officially|publicly)\s+|[,，(（]\s?)$"
)
_FOR_SOME = re.compile(
    r"(?:向|对|给|以)\S{1,12}\s*$|再次|重新|陆续|逐步|分批|在\s?(?:中国|国内|国外|海外|美国|欧洲|日本|手机|安卓|网页|云|ios|android|azure)|"
    r"\b(?:again|separately)\b"
)
_IN_SOME_FORM = re.compile(
    r",?\s(?:as (?:(?:an?|the|part of) )?(?:[\w-]+ ){0,2}(?:service|api|product|beta|preview|app|plugin|demo|package|library|"
    r"free|open[- ]source|part)\b|to (?:the )?(?:general |wider )?(?:public|everyone|all|developers|users|customers|"
    r"subscribers|researchers|press)\b|for (?:free|download|android|ios|mobile|windows|mac|chrome|developers|everyone|"
    r"commercial|enterprise|business)\b|on (?:android|ios|azure|aws|hugging|github|mobile|windows|the web)\b|"
    r"(?:under|via|through) |in (?:china|europe|the eu|japan|india)\b|again\b)"
)


def brings_forth(text: str, verb: re.Match[str]) -> bool:
    """Whether an active verb has an object, so that what stands before it is not what appeared: `ChatGPT 推出插件`."""
    if verb[0].isascii() and _IS_DONE_TO.search(text, max(0, verb.start() - 16), verb.start()):
        return False
    return _OBJECT.match(text, verb.end()) is not None


def is_narrowed(gap: str, behind: str) -> bool:
    """Whether the words between a thing and its verb, or those behind both verb and date, speak of less than the thing.

    `向公众发布`, `as a service`, `on Android`: the thing itself may be older.
    """
    return _FOR_SOME.search(gap) is not None or _IN_SOME_FORM.match(behind) is not None


def tells_more(text: str, verb: re.Match[str], end: int) -> bool:
    """Whether a verb of saying goes on behind the name that it has: `announced X`, but `announced X had been retired`."""
    return verb[0] in _SAYS_THAT and _ENDS_THERE.match(text, end) is None


def ends_there(text: str, end: int) -> bool:
    """Whether a name that an active verb has as its object ends there: not in `推出 BERT 搜索`, `launched BERT search`."""
    return _GOES_ON.match(text, end) is not None
