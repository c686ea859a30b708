"""A deck uses two translations of one term.

鉴别器 on one slide and 判别器 on the next: the audience looks for the difference, and there is none. Which wordings are equally
right is data (`equal` in `rules/terms/pairs.yaml`); words that mean two things, and short forms, are not in it. The rarer wording
is shown; of decks that are checked together also where one has only the wording that is rarer in their course. A deck that
introduces both ("判别器（又称鉴别器）") is left alone, and so are quotations, titles of works and reference lists.

```deck bad 5:6-5:9
# 对抗训练

判别器给图片打分。
生成器想骗过判别器。
到了后期，鉴别器不再占优。
```

```deck fixed
# 对抗训练

判别器给图片打分。
生成器想骗过判别器。
到了后期，判别器不再占优。
```

```deck bad 5:3-5:7
# 采样

- 用蒙特卡洛方法估计期望，误差随样本数减小
- 另一种做法不需要随机数
- 蒙特卡罗方法的代价是方差
```

```deck good
# 两个名字

判别器（又称鉴别器）给图片打分。鉴别器占优，判别器学得快。

---

# 两种东西

词嵌入是向量，嵌入层产生它；无监督学习不是监督学习；《极大似然方法》讲最大似然。
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decklint.findings import Finding, Template
from decklint.rule import Across, Context, Noted, Remark, rule
from decklint.rule.mixed import Wording, unify, unify_course
from decklint.terms.consistency import mixed_terms, term_uses
from decklint.terms.course import Forms, by_thing, differences, noted

_WORDING = Wording(
    inside=Template(
        '"{here}" (line {lines}) and "{usual}" (line {others}) are one term',
        "“{here}”（第 {lines} 行）与“{usual}”（第 {others} 行）混用",
    ),
    across=Template('"{here}" and "{usual}" ({others}) are one term', "“{here}”与“{usual}”（{others}）是同一术语"),
    choose=Template("keep to one wording", "统一用一种译法"),
)


def _note(context: Context) -> dict[str, Forms]:
    """The wordings that the deck uses, by term; none of a term that it introduces under both names."""
    terms = context.prose.once(term_uses)
    return {term: {} if term in terms.introduced else noted(uses, context.source) for term, uses in terms.uses.items()}


def _judge(decks: Sequence[Noted]) -> Iterator[Remark]:
    introduced = {term for deck in decks for term, forms in deck.notes.items() if not forms}
    for term, forms in by_thing([deck.notes for deck in decks]):
        if term not in introduced:
            yield from unify_course(decks, _WORDING, differences(forms))


@rule(
    "TM007",
    "term-inconsistent",
    severity="warning",
    since="0.1",
    zh="同一术语用了两种译法。",
    across=Across(_note, _judge),
)
def check(context: Context) -> Iterator[Finding]:
    for found in mixed_terms(context.prose):
        yield from unify(context, _WORDING, found)
