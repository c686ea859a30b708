"""A half-width mark stands in a Chinese sentence: a comma, a full stop, a colon, a pair of brackets.

`NLP任务,如机器翻译` in a deck that otherwise writes `，`. The deck's own habit decides: the rule speaks only where at least
five marks, and at least four of five, are full-width; full stops, colons, brackets around Chinese, and brackets behind
Chinese around Latin words have each a majority of their own. What counts is the sentence that the mark stands in: it must be
a Chinese one. Numbers, formulas, code, calls, tuples, citations, lists of names, and English in brackets or quotation marks
are never touched, nor is anything Japanese or Korean. The preset `strict` asks for the full-width form whatever the deck is
used to.

```deck bad 3:56-3:57
# 多任务

大模型可以处理多种任务，包括翻译、摘要，以及问答；它的能力很强，应用很广，前景很好。它学习多种不同的NLP任务,如机器翻译等。
```

```deck fixed
# 多任务

大模型可以处理多种任务，包括翻译、摘要，以及问答；它的能力很强，应用很广，前景很好。它学习多种不同的NLP任务，如机器翻译等。
```

```deck bad 5:18-5:19 7:16-7:17
# 句末和空格

数据，模型，算力，算法，应用，评测，部署，安全，都很重要。

- 训练这样的模型需要多少块GPU?

- 我们先把数据放进显存GPU, 然后再开始真正的训练过程。
```

```deck good
# A habit

这份课件,一直使用半角逗号,所以不提示,因为这是习惯,而不是错误,对吗?
```

```deck good
# 数字和英文

大模型，小模型，中模型，新模型，旧模型，都有1,750亿这样的数字，以及 “yes, we can” 这样的引文，函数f(x,y)也一样。

1. 王小明, 李华, & 赵强. (2020). 一篇文献的著录格式. 学报, 31(5).
2. What is the role of 注意力, and why do we need it?
3. 参加者：王小明, 李华, 赵强
```

```deck bad 5:5-5:6 7:3-7:8 9:10-9:11
# 定义

模型：网络。数据：样本。损失：误差。训练：调参。推理：使用（前向）（一）（二）（三）（四）。

优化目标:让误差变小，比例是 3:1，时间是 8:30。

网络(多层的)由 `f(x:y)`、f(甲)、(甲, 乙)、层 (layers) 和 (3) 组成。

请先在窗口底部检查.
```

```deck fixed
# 定义

模型：网络。数据：样本。损失：误差。训练：调参。推理：使用（前向）（一）（二）（三）（四）。

优化目标：让误差变小，比例是 3:1，时间是 8:30。

网络（多层的）由 `f(x:y)`、f(甲)、(甲, 乙)、层 (layers) 和 (3) 组成。

请先在窗口底部检查。
```

```deck options
[rules.half-width-punctuation]
marks = [",", ";", "?", "!"]
```

```deck good
# 定义

模型：网络。数据：样本。损失：误差。训练：调参。推理：使用（前向）（一）（二）（三）（四）。

优化目标:让误差变小。网络(多层的)。
```

```deck options
preset = "strict"
```

```deck bad 3:5-3:6
# 习惯

我们先看,再想。
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from decklint.findings import Finding, Template
from decklint.lang.habits import is_habit
from decklint.lang.half_width import FULL, Place, brackets, colons, full_glosses, glosses, pauses, stops
from decklint.rule import Context, leaf_fix, option, rule

_HALF = Template(
    'half-width "{mark}" in a Chinese sentence; the deck writes "{full}"', "中文句子里用了半角“{mark}”，全文用的是“{full}”"
)
_STRICT = Template('half-width "{mark}" in a Chinese sentence', "中文句子里用了半角“{mark}”")
_FIX = Template('write "{full}"', "改为“{full}”")
_PAUSES = ",;?!"


@dataclass(frozen=True, slots=True)
class Options:
    """Which marks are judged."""

    marks: tuple[Literal[",", ";", "?", "!", ".", ":", "()"], ...] = option(
        (",", ";", "?", "!", ".", ":", "()"), "The marks that are judged.", "要检查的标点。"
    )


@rule("TY001", "half-width-punctuation", severity="warning", since="0.1", zh="中文句子里混用半角标点。", options=Options)
def check(context: Context) -> Iterator[Finding]:
    marks = context.options(Options).marks
    prose = context.chinese
    found = [*_judged(context, list(pauses(prose, "".join(marks))), _PAUSES)]
    for mark, places in ((".", stops), (":", colons), ("()", brackets)):
        found += _judged(context, list(places(prose)), (mark,)) if mark in marks else ()
    if "()" in marks and (half := list(glosses(prose))):
        found += _judged(context, half, (), full_glosses(prose))
    yield from sorted(found, key=lambda finding: finding.span)


def _judged(context: Context, places: list[Place], marks: Iterable[str], full: int = 0) -> Iterator[Finding]:
    """What is written half-width against the habit of the deck, which is told by all marks of a kind."""
    full += sum(context.chinese.text.count(FULL[mark][0]) for mark in marks) if places else 0
    if not (context.absolute or is_habit(full, len(places))):
        return
    for leaf, span, mark, edits, better in places:
        fix = leaf_fix(context, _FIX, edits, leaf, full=better)
        yield context.finding(span, _STRICT if context.absolute else _HALF, fix=fix, mark=mark, full=better)
