"""A deck writes one person's name in two ways.

莱特希尔 and 菜特希尔, Frank and Franck Rosenblatt: one of them is a slip, and who looks the person up with it finds nobody. That
it is one person must be plain: the same Latin name in brackets behind two transcriptions, a transcribed name with one
character that sounds or looks like another, a known person or a common given name with one letter changed. Two people who
share a surname and reference lists are left alone. Decks that are checked together are compared as well.

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

from collections.abc import Iterator, Sequence

from decklint.findings import Finding, Template
from decklint.rule import Across, Context, Noted, Remark, rule
from decklint.rule.mixed import Wording, unify, unify_course
from decklint.terms.consistency import mixed, own_words
from decklint.terms.course import differences
from decklint.terms.course_people import People, one_person, people_in
from decklint.terms.persons import latin, transcribed

_WORDING = Wording(
    inside=Template(
        'one person is "{here}" (line {lines}) and "{usual}" (line {others})',
        "同一人写作“{here}”（第 {lines} 行）和“{usual}”（第 {others} 行）",
    ),
    across=Template(
        'one person is "{here}" here and "{usual}" in {others}', "同一人在这里写作“{here}”，在 {others} 写作“{usual}”"
    ),
    choose=Template("look up which is right, and keep to it", "查明哪个正确，全篇统一"),
)


def _note(context: Context) -> People:
    return people_in(context.prose.once(own_words), context.source, {hit.span for hit in context.terms})


def _judge(decks: Sequence[Noted]) -> Iterator[Remark]:
    for forms, right in one_person([deck.notes for deck in decks]):
        yield from unify_course(decks, _WORDING, differences(forms, right))


@rule(
    "TM009",
    "person-name-inconsistent",
    severity="warning",
    since="0.1",
    zh="同一人名有两种写法。",
    across=Across(_note, _judge),
)
def check(context: Context) -> Iterator[Finding]:
    own = context.prose.once(own_words)
    taken = {hit.span for hit in context.terms}
    names = [(uses, frozenset[str]()) for uses in transcribed(own)]
    for uses, right in (*names, *latin(own)):
        found = mixed([use for use in uses if use.span not in taken], right)
        if found is not None:
            yield from unify(context, _WORDING, found)
