"""A half-width comma, semicolon, question or exclamation mark stands in a Chinese sentence.

`NLP任务,如机器翻译` in a deck that otherwise writes `，`. The deck's own habit decides: the rule speaks only where at least
five marks, and at least four of five, are full-width. What counts is the sentence that the mark stands in: it must be a
Chinese one. Numbers, formulas, code, citations, lists of names, and English in brackets or quotation marks are never
touched, nor is anything Japanese or Korean. Colons and brackets are a matter of style.

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
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Leaf
from decklint.deck.textview import OPAQUE
from decklint.findings import Edit, Finding, Template
from decklint.lang import HAN
from decklint.lang.habits import is_habit
from decklint.lang.scripts import chinese, text_of
from decklint.lang.sentences import is_chinese_sentence, is_foreign_run, sentence_at
from decklint.rule import Context, leaf_fix, rule

_HALF = Template(
    'half-width "{mark}" in a Chinese sentence; the deck writes "{full}"', "中文句子里用了半角“{mark}”，全文用的是“{full}”"
)
_FIX = Template('write "{full}"', "改为“{full}”")
_FULL = {",": "，", ";": "；", "?": "？", "!": "！"}
_MARK = re.compile(
    rf"(?<=[{HAN}）】》”’])[,;?!]+(?![,;?!)\s.…\"])"  # 任务,如
    rf"|(?<=[{HAN}）】》”’])[?!]+(?=\s*$)|(?<=[{HAN}）】》”’]);(?=\s*$)"  # at the end of a line
    rf"|(?<=[{HAN}）】》”’])[,;?!](?= [{HAN}])"  # 缺页, 更好
    rf"|(?<=[A-Za-z0-9)%{OPAQUE}])[,;](?= ?[{HAN}“《])"  # GPU,以及
    r"|(?<=[A-Za-z0-9)])\?(?=\s*$)",  # 多少块GPU?
    re.MULTILINE,
)
_REFERENCE = re.compile(r"[(（]\d{4}[a-z]?[)）]|[,，.] ?\d{4}\b|\bet al|等, ?|&|\bpp?\. ?\d|\d+ ?\(\d+\)", re.ASCII)
_TUPLE = re.compile(r"[(（\[{][^()（）\[\]{}]*$")
_ASKS = re.compile(r"什么|怎|如何|为何|吗|呢|多少|多大|多长|哪|谁|是否|几")
_CALL = re.compile(r"\w\([^()]*\)$")
_HAN = re.compile(f"[{HAN}]")
_AROUND = 300  # characters on each side in which a citation is recognised
_SHORTEST, _LONG = 3, 5  # Han characters: between two commas stands a clause; one of them is longer than a name


@rule("TY001", "half-width-punctuation", severity="warning", since="0.1", zh="中文句子里混用半角标点。")
def check(context: Context) -> Iterator[Finding]:
    leaves = chinese(context.leaves)
    hits = [(leaf, match) for leaf in leaves for match in _MARK.finditer(leaf.view.text) if _is_prose(leaf, match)]
    if not hits:
        return
    text = text_of(leaves)
    if not is_habit(sum(text.count(mark) for mark in _FULL.values()), len(hits)):
        return
    for leaf, match in hits:
        mark = match[0]
        better = "".join(_FULL[char] for char in mark)
        end = match.end() + (leaf.view.text[match.end() : match.end() + 1] == " ")
        span = leaf.view.span(match.start(), match.end())
        fix = leaf_fix(context, _FIX, Edit(leaf.view.span(match.start(), end), better), leaf, full=better)
        yield context.finding(span, _HALF, fix=fix, mark=mark, full=better)


def _is_prose(leaf: Leaf, match: re.Match[str]) -> bool:
    """Whether the mark is punctuation of a Chinese sentence: no list of names or numbers, no code-like run around it."""
    text, at = leaf.view.text, match.start()
    before, after = text[max(0, at - 40) : at], text[match.end() : match.end() + 12]
    if len(set(match[0])) > 1 or re.search(r"[=<>{}\[\]\\|]", before[-12:] + after):
        return False
    start, end = sentence_at(text, at)
    sentence = text[start:end]
    if not re.match(f"[{HAN}）】》”’]", text[at - 1]):
        if not is_chinese_sentence(sentence) or (match[0] == "?" and not _ASKS.search(sentence)):
            return False
        if match[0] == ";" and _CALL.search(before):
            return False
    if is_foreign_run(text, at) or re.search(r"\w\([^)]*$", before):
        return False
    if after.startswith(" ") and match[0] in ",;":
        return not (_REFERENCE.search(text, max(0, at - _AROUND), at + _AROUND) or _TUPLE.search(before)) and _has_clauses(
            sentence
        )
    return True


def _has_clauses(sentence: str) -> bool:
    """Whether the half-width marks of a sentence part clauses and not the names or values of a list."""
    lengths = [len(_HAN.findall(part)) for part in re.split("[,;] ", sentence)]
    return min(lengths) >= _SHORTEST and max(lengths) >= _LONG
