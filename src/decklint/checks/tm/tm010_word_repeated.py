"""A small word stands twice.

`the the`, `的的`: a slip that the eye of its author passes over and the eye of the audience does not. Only small words that
never double are looked for, and some Chinese nouns. Chinese doubles many words on purpose (刚刚, 慢慢; most verbs, as
讨论讨论), and where two words meet, characters may rightly stand twice (目的的, 为了了解, 操作系统系统调用); English has
"had had" and "that that". Code, formulas, the ends of sentences and doubling that markup sets off are no repetitions.

```deck bad 3:6-3:13 4:3-4:5
# Results

Here the the loss falls.
模型的的参数很多。
```

```deck fixed
# Results

Here the loss falls.
模型的参数很多。
```

```deck bad 3:14-3:16 4:1-4:5 5:4-5:8 5:15-5:19
# 步骤

先看数据的分布，再训练模型和和调整参数。
通过通过注意力，模型看到全文。
训练时需要需要更多内存，操作系统系统中没有。
```

```deck good
# 重叠

刚刚、慢慢、一一、看看、的的确确、是是非非、和和气气。他的的士到了，有目的的学习，为了了解模型，只是是否要用还不清楚。
大家讨论讨论、考虑考虑、调度调度，一层一层地看；操作系统系统调用、打开文件文件名、学习大数据数据库。
现在在线学习，存在在内存里，总和和平均值，参与与否，以及及时反馈，还是是的。
```

```deck good
# Doubled

I had had it; that that is, is. The `the` the, the **the** word, the "the" token. Log in in time. Vitamin A a day. the, the
A syntax for for loops. It wrote: the the the. Bye bye, no no, very very.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress
from operator import eq

from decklint.findings import Edit, Finding, Template
from decklint.lang.prose import echoes
from decklint.rule import Context, rule, unsafe_fix

_TWICE = Template('"{word}" stands twice', "“{word}”重复")
_FIX = Template('keep one "{word}"', "保留一个“{word}”")
_WORDS = (
    "the|The|an|of|Of|and|And|with|With|from|From|for|For|by|By|as|As|are|were|was|be|been|this|This|these|These"
    "|their|its|our|we|We|they|They|which|when|When|can|will|has|have|should|into|than|because|between|or|to"
)
_SMALL = frozenset(_WORDS.lower().split("|"))
_ENGLISH = re.compile(
    rf"(?<![\w'’.$/-])({_WORDS})(?: \1)+"
    r"(?![\w'’/-]| (?:loops?|statements?|clauses?|keywords?|operators?|expressions?|gates?|and|or)\b)"
)
_ONES = "的了是在和与"
_TWOS = (
    "我们|他们|它们|以及|通过|因为|所以|如果|但是|并且|或者|由于|对于|关于|根据|其中|已经"
    "|需要|应该|应当|可以|能够|必须|这些|那些|不仅|而且|虽然|然而|因此|例如|比如|即使|除了|为了"
)
# Nouns never double; but one may end a compound and begin the next word (操作系统|系统调用), so what follows must begin nothing.
_NOUNS = (
    "系统|文件|数据|模型|算法|网络|函数|参数|程序|进程|线程|信息|结构|方法|问题|任务|图像|文本|向量|矩阵|内存|指令|节点|样本|特征"
)
_DOUBLED = frozenset((*_TWOS.split("|"), *_NOUNS.split("|")))
# What stands before or behind two characters that belong to two words, or to one that doubles on purpose.
_CHINESE = re.compile(
    r"(?<![目标有端似的])的的(?![确士话的])"
    r"|(?<![明不草小寥便甚了])了了(?![不解结事然断却账得无之了])"
    r"|(?<![还于但可只若要总凡都正就倒或像先国便硬老尽算是])是是(?![否不非的因是])"
    r"|(?<![存现所实内外潜自正好常同旨在])在在(?![线职场校建于此乎位外内在])"
    r"|(?<![求总共饱调缓柔之温亲谐暖平祥随媾讲和])和和(?![平睦气谐声解弦蔼美善暖煦缓和])"
    r"|(?<![参给赋授干与])与与(?![会非或门否时日共与])"
    rf"|({_TWOS})\1(?![率了地])"
    rf"|({_NOUNS})\2(?=[及和与或中里内上，。；：、！？）]|$)",
    re.MULTILINE,
)


@rule("TM010", "word-repeated", severity="warning", since="0.1", zh="虚词重复。")
def check(context: Context) -> Iterator[Finding]:
    prose = context.prose
    words = prose.latin.split()
    english = prose.containing(f"{word} {word}" for word in _SMALL.intersection(compress(words, map(eq, words, words[1:]))))
    twice = (prose.place(at)[0] for at in echoes(prose.text, 2) if prose.text[at : at + 2] in _DOUBLED)
    chinese = dict.fromkeys((*prose.containing(char * 2 for char in _ONES), *twice))
    for pattern, leaves in ((_ENGLISH, english), (_CHINESE, chinese)):
        for leaf in leaves:
            view = leaf.view
            for match in pattern.finditer(view.text):
                span = view.span(match.start(), match.end())
                word = next(filter(None, match.groups()), match[0][0])
                if context.source.slice(span) != match[0] or len(match[0]) > 2 * len(word) + 1:
                    continue  # markup sets one of the two off; more than two are on purpose
                fix = unsafe_fix(_FIX, Edit(span, word), word=word)
                yield context.finding(span, _TWICE, fix=fix, word=word)
