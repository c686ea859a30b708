"""A deck writes one person's name in two ways.

莱特希尔 and 菜特希尔, Frank and Franck Rosenblatt: one of them is a slip, and who looks the person up with it finds nobody. That
it is one person must be plain: the same Latin name in brackets behind two transcriptions, a transcribed name with one
character that sounds or looks like another, a known person or a common given name with one letter changed. Two people who
share a surname and reference lists are left alone.

```deck bad 5:4-5:8
# 历史

- 亚历山大·温特莱尔写了第一份报告
- 温特莱尔认为前景不佳，温特莱尔后来改变了看法
- 《温特菜尔报告》导致经费减少
```

```deck fixed
# 历史

- 亚历山大·温特莱尔写了第一份报告
- 温特莱尔认为前景不佳，温特莱尔后来改变了看法
- 《温特莱尔报告》导致经费减少
```

```deck bad 4:6-4:8
# 两种译法

- 梅森（Karl Mathson）提出了方法，梅森（Mathson）教了三十年
- 卡尔·马森（Karl Mathson）获奖
```

```deck bad 4:3-4:9
# Perceptron

- Frank Rosenblatt built it, 1958
- Franck Rosenblatt wrote about it
```

```deck good
# Different people

- 马丁·温特莱尔，温特（Winter）与文特（Vent）
- Peter Maierson, Petra Maierson, Eric Torwald and Erik Torwald
- Neural Network and Neural Networks; Deep Learning, Deep Learner
- Maria Torwalder, Marie Torwalder; 《莱特与菜特》
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.terms.consistency import mixed, prose
from decklint.terms.persons import latin, transcribed

_MIXED = Template(
    'one person is "{here}" (line {lines}) and "{usual}" (line {others})',
    "同一人写作“{here}”（第 {lines} 行）和“{usual}”（第 {others} 行）",
)
_FIX = Template('write "{usual}"', "统一为“{usual}”")
_CHOOSE = Template("look up which is right, and keep to it", "查明哪个正确，全篇统一")


@rule("TM009", "person-name-inconsistent", severity="warning", since="0.1", zh="同一人名有两种写法。")
def check(context: Context) -> Iterator[Finding]:
    leaves = list(prose(context.leaves))
    taken = {hit.span for hit in context.terms}
    names = [(uses, frozenset[str]()) for uses in transcribed(leaves)]
    for uses, right in (*names, *latin(leaves)):
        found = mixed([use for use in uses if use.span not in taken], right)
        if found is None:
            continue
        for use, lines, others in found.reports(context.source):
            edit = Edit(use.span, found.usual)
            fix = (
                unsafe_fix(_FIX, edit, effects=(Effect.TEXT, Effect.ANCHORS), usual=found.usual)
                if found.decided
                else hint(_CHOOSE)
            )
            yield context.finding(use.span, _MIXED, fix=fix, here=use.form, lines=lines, usual=found.usual, others=others)
