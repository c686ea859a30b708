"""One thing is given two values that cannot both be right.

Decks contradict themselves at least as often as they contradict the world: a paper is of one conference on this slide and of
another on the next, somebody was born in two years, an algorithm was invented twice. Only forms that leave no doubt are read:
titles or names with conference and year, the years of a life, sentences such as "X was founded in 1998", and numbers of things
for which the registry of facts has none. A journal version beside a conference is no contradiction.

```deck bad 3:35-3:44 7:41-7:50
# Detection

He, Kaiming, et al. "Mask R-CNN." ICCV 2017.

---

Region networks with masks (Mask R-CNN) NIPS 2017
```

```deck bad 3:6-3:10 5:6-5:10
# 历史

遗传算法于1975年提出。

遗传算法于1985年提出，模拟自然选择。
```

```deck good
# Two papers, one in two forms

Smith, A. "Learning to count slides." ICML 2019. Journal version: "Learning to count slides." JMLR 2021.

Alan Turing (1912-1954). Another museum (1912-1960), the university was founded in 1998, and the school in 1999.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.facts.doubles import doubles_in
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_TWICE = Template(
    '{name} is given "{written}" here and "{other}" on line {line}', "{name} 在此处为“{written}”，在第 {line} 行为“{other}”"
)
_HINT = Template("find out which is right", "查证哪一个正确，并统一")


@rule("CN001", "value-contradicts-itself", severity="warning", since="0.1", zh="同一事物前后给出两个矛盾的值。")
def check(context: Context) -> Iterator[Finding]:
    for here, other in doubles_in(context.prose, context.claims):
        yield context.finding(
            here.span,
            _TWICE,
            fix=hint(_HINT),
            name=here.name,
            written=here.written,
            other=other.written,
            line=context.source.line(other.span.start),
        )
