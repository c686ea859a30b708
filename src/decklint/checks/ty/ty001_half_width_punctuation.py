"""A half-width comma, semicolon, question or exclamation mark stands in a Chinese sentence.

`NLP任务,如机器翻译` in a deck that otherwise writes `，`. The deck's own habit decides: the rule speaks only where at least five
marks, and at least four of five, are full-width. A mark belongs to the Chinese sentence if a Han character stands on either
side of it; numbers, formulas, code and English runs are never touched. Colons and brackets are a matter of style.

```deck bad 3:56-3:57
# 多任务

大模型可以处理多种任务，包括翻译、摘要，以及问答；它的能力很强，应用很广，前景很好。它学习多种不同的NLP任务,如机器翻译等。
```

```deck fixed
# 多任务

大模型可以处理多种任务，包括翻译、摘要，以及问答；它的能力很强，应用很广，前景很好。它学习多种不同的NLP任务，如机器翻译等。
```

```deck good
# A habit

这份课件,一直使用半角逗号,所以不提示,因为这是习惯,而不是错误,对吗?
```

```deck good
# 数字和英文

大模型，小模型，中模型，新模型，旧模型，都有1,750亿这样的数字，以及 “yes, we can” 这样的引文，函数f(x,y)也一样。

1. 王小明, 李华, & 赵强. (2020). 一篇文献的著录格式. 学报, 31(5).
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Leaf
from decklint.findings import Edit, Finding, Template
from decklint.lang import HAN, is_chinese
from decklint.rule import Context, leaf_fix, rule

_HALF = Template(
    'half-width "{mark}" in a Chinese sentence; the deck writes "{full}"', "中文句子里用了半角“{mark}”，全文用的是“{full}”"
)
_FIX = Template('write "{full}"', "改为“{full}”")
_FULL = {",": "，", ";": "；", "?": "？", "!": "！"}
_MARK = re.compile(
    rf"(?<=[{HAN}）】》”’])[,;?!]+(?![,;?!)\s.…\"])"  # 任务,如
    rf"|(?<=[{HAN}）】》”’])[?!]+(?=\s*$)|(?<=[{HAN}）】》”’]);(?=\s*$)"  # at the end of a line
    rf"|(?<=[{HAN}])[,;](?= [{HAN}])"  # 缺页, 更好
    rf"|(?<=[A-Za-z0-9)%])[,;](?=[{HAN}“《])",  # GPU,以及
    re.MULTILINE,
)
_REFERENCE = re.compile(r"[(（]\d{4}[a-z]?[)）]|[,，.] ?\d{4}\b|\bet al|等, ?|&|\bpp?\. ?\d|\d+ ?\(\d+\)", re.ASCII)
_TUPLE = re.compile(r"[(（\[{][^()（）\[\]{}]*$")
_ENOUGH, _SHARE = 5, 0.8


@rule("TY001", "half-width-punctuation", severity="warning", since="0.1", zh="中文句子里混用半角标点。")
def check(context: Context) -> Iterator[Finding]:
    hits = [(leaf, match) for leaf in context.leaves for match in _MARK.finditer(leaf.view.text) if _is_prose(leaf, match)]
    if not hits:
        return
    text = "\n".join(leaf.view.text for leaf in context.leaves)
    full = sum(text.count(mark) for mark in _FULL.values())
    if full < _ENOUGH or full / (full + len(hits)) < _SHARE or not is_chinese(text):
        return
    for leaf, match in hits:
        mark = match[0]
        better = "".join(_FULL[char] for char in mark)
        end = match.end() + (leaf.view.text[match.end() : match.end() + 1] == " ")
        span = leaf.view.span(match.start(), match.end())
        fix = leaf_fix(context, _FIX, Edit(leaf.view.span(match.start(), end), better), leaf, full=better)
        yield context.finding(span, _HALF, fix=fix, mark=mark, full=better)


def _is_prose(leaf: Leaf, match: re.Match[str]) -> bool:
    """Whether the mark is punctuation of a Chinese sentence: no list of numbers, no code-like run around it."""
    text = leaf.view.text
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 12]
    if len(set(match[0])) > 1 or re.search(r"[=<>{}\[\]\\|]", before[-12:] + after):
        return False
    if after.startswith(" ") and match[0] in ",;":  # a list of names or numbers rather than a sentence
        return not (_REFERENCE.search(text) or _TUPLE.search(before) or re.search(r"[A-Za-z0-9], ", text) or text.count(", ") > 1)
    return not re.search(r"\w\([^)]*$", before)
