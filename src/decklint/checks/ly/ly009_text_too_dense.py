"""A slide holds more text than can be read while it is shown.

An audience reads or listens. A slide that takes more than a minute to read aloud is a page of the script, not of the talk. The
minute is counted with 255 Chinese characters or 228 English words, the mean of readers who read aloud (Trauzettel-Klosinski and
Dietz: Standardized assessment of reading performance: the new international reading speed texts IReST, 2012). Code, formulas and
what is in comments do not count.

The fix divides the slide between blocks or items of a list, as that of `slide-overflow` does.

```deck bad 1:1-1:8
# 注意力机制

- 注意力机制来自一个朴素的想法：读一句话的时候，人并不平均地看每一个词，而是先看与问题最有关的几个，再决定要不要细读其余。
- 模型也可以这样做：给每个词一个分数，分数高的词多看一点，分数低的词少看一点，最后把所有的词按分数加权求和，得到一个定长的向量。
- 分数由查询与键的内积算出，除以维度的平方根，再经过归一化，于是所有分数加起来等于一，既不会太大，也不会太小，训练因此稳定。
- 多个头各自学习一种关系：有的看语法，有的看指代，有的看语义，最后拼接在一起，再乘以一个矩阵，送进下一层网络，直到最后一层。
- 长文本的代价是平方的：词数翻一番，分数的个数就翻两番，所以才有滑动窗口、稀疏注意力与各种缓存的办法。
```

```deck fixed
# 注意力机制

- 注意力机制来自一个朴素的想法：读一句话的时候，人并不平均地看每一个词，而是先看与问题最有关的几个，再决定要不要细读其余。
- 模型也可以这样做：给每个词一个分数，分数高的词多看一点，分数低的词少看一点，最后把所有的词按分数加权求和，得到一个定长的向量。
- 分数由查询与键的内积算出，除以维度的平方根，再经过归一化，于是所有分数加起来等于一，既不会太大，也不会太小，训练因此稳定。

---

# 注意力机制

- 多个头各自学习一种关系：有的看语法，有的看指代，有的看语义，最后拼接在一起，再乘以一个矩阵，送进下一层网络，直到最后一层。
- 长文本的代价是平方的：词数翻一番，分数的个数就翻两番，所以才有滑动窗口、稀疏注意力与各种缓存的办法。
```

```deck good
# 注意力机制

- 读一句话的时候，人不会平均地看每一个词
- 分数高的词多看一点，分数低的词少看一点
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Leaf
from decklint.deck.walk import blocks
from decklint.findings import Finding, Fix, Template
from decklint.layout.dividing.continued import manner
from decklint.layout.dividing.split import split
from decklint.layout.dividing.unit import Unit
from decklint.layout.model import SlideLayout, Verdict
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_DENSE = Template("reading this slide aloud takes {seconds} seconds", "这一页念完要 {seconds} 秒")
_FIX = Template("divide into {slides} slides", "拆成 {slides} 页")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_\u3040-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]+(?:['’-][^\W\d_]+)*|\d+")
_HAN_A_MINUTE, _WORDS_A_MINUTE = 255, 228


@rule("LY009", "text-too-dense", severity="info", since="0.2", default=False, zh="一页文字太多，听众来不及读。")
def check(context: Context) -> Iterator[Finding]:
    how = None
    for layout in context.layout:
        texts = [leaf for leaf in blocks(layout.slide) if isinstance(leaf, Leaf)]
        minutes = sum(map(_minutes, texts))
        if minutes <= 1:
            continue
        how = how or manner(context.deck)
        start = texts[0].span.start
        span = Span(start, context.source.line_of(start).end)
        yield context.finding(span, _DENSE, fix=_fix(context, layout), seconds=round(60 * minutes))


def _minutes(leaf: Leaf) -> float:
    text = leaf.view.text
    return len(_HAN.findall(text)) / _HAN_A_MINUTE + len(_WORD.findall(text)) / _WORDS_A_MINUTE


def _weight(unit: Unit) -> float:
    leaves = [unit.node] if isinstance(unit.node, Leaf) else [leaf for leaf in blocks(unit.node) if isinstance(leaf, Leaf)]  # type: ignore[arg-type]
    return sum(map(_minutes, leaves))


def _fix(context: Context, layout: SlideLayout) -> Fix | None:
    if layout.verdict is Verdict.DECLINED:
        return None
    found = split(context.deck, layout, manner(context.deck), weigh=_weight)
    return unsafe_fix(_FIX, *found.edits, effects=found.effects, slides=found.slides) if found is not None else None
