"""A traditional character stands in a simplified text, or the other way round.

`这個模型` in a deck in simplified characters. Only single characters among words of the other script are told: whole passages,
quotations, titles of works and proper names keep their own. Most such slips come from a conversion that missed a character.

```deck bad 3:2-3:3
# 注意力

这個模型对语言的理解来自训练数据，学习过程需要很长时间，结果还不错。
```

```deck good
# 引文

这个模型对语言的理解来自训练数据，学习过程需要很长时间，书名是《機器學習》，作者是陳文華。

> 這個模型很好，我們應該學習它。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Quote
from decklint.deck.walk import ancestors
from decklint.findings import Finding, Template
from decklint.lang.chinese import one_of, simplified_only, traditional_only, variants_in
from decklint.lang.habits import is_habit
from decklint.lang.sentences import enclosure
from decklint.rule import Context, hint, rule

_TRADITIONAL = Template('traditional "{char}" in a text in simplified characters', "简体文本里出现繁体字“{char}”")
_SIMPLIFIED = Template('simplified "{char}" in a text in traditional characters', "繁体文本里出现简体字“{char}”")
_HINT = Template("write one script throughout", "全文统一用一种字形")
_NEAR = 4  # characters: two of the rare script so close together are a name or a passage
_SURNAME = re.compile(
    "[陳劉張黃吳趙楊葉蘇鄭謝蕭許韓馮鄧賴龍羅顧錢孫盧鍾莊嚴鄒陸湯龔賀閻齊關魯韋馬蔣呂範簡"
    "陈刘张黄吴赵杨叶苏郑谢萧许韩冯邓赖龙罗顾钱孙卢钟庄严邹陆汤龚贺阎齐关鲁韦马蒋吕范简]"
)


@rule("TY013", "traditional-simplified-mixed", severity="info", since="0.1", zh="简体与繁体混用。", default=False)
def check(context: Context) -> Iterator[Finding]:
    prose = context.chinese
    simplified, traditional = simplified_only(), traditional_only()
    if not all(one_of(chars).search(prose.text) for chars in (traditional, simplified)):
        return
    many, few = variants_in(prose.text)
    if is_habit(many, few) or (context.absolute and many > few):
        yield from _slips(context, traditional, simplified, _TRADITIONAL)
    elif is_habit(few, many) or (context.absolute and few > many):
        yield from _slips(context, simplified, traditional, _SIMPLIFIED)


def _slips(context: Context, rare: frozenset[str], common: frozenset[str], message: Template) -> Iterator[Finding]:
    for leaf in context.chinese.holding(one_of(rare)):
        text = leaf.view.text
        places = [at for at, char in enumerate(text) if char in rare]
        if not places or not any(char in common for char in text) or any(isinstance(node, Quote) for node in ancestors(leaf)):
            continue
        for at in places:
            alone = not any(char in rare for char in text[max(0, at - _NEAR) : at] + text[at + 1 : at + 1 + _NEAR])
            if alone and enclosure(text, at) is None and not _is_name(text, at):
                yield context.finding(leaf.view.span(at, at + 1), message, fix=hint(_HINT), char=text[at])


def _is_name(text: str, at: int) -> bool:
    """Whether a surname stands at the place, or up to two characters before it."""
    return _SURNAME.search(text, max(0, at - 2), at + 1) is not None
