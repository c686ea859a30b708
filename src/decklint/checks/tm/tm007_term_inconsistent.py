"""A deck uses two translations of one term.

鉴别器 on one slide and 判别器 on the next: the audience looks for the difference, and there is none. Which wordings are equally
right is data (`equal` in `rules/terms/pairs.yaml`); words that mean two things, and short forms, are not in it. The rarer wording
is shown. A deck that introduces both ("判别器（又称鉴别器）") is left alone, and so are quotations, titles of works and
reference lists.

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

from collections.abc import Iterator

from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.terms.consistency import mixed_terms

_MIXED = Template(
    '"{here}" (line {lines}) and "{usual}" (line {others}) are one term',
    "“{here}”（第 {lines} 行）与“{usual}”（第 {others} 行）混用",
)
_FIX = Template('write "{usual}"', "统一为“{usual}”")
_CHOOSE = Template("keep one wording in the deck", "全篇统一用一种译法")


@rule("TM007", "term-inconsistent", severity="warning", since="0.1", zh="同一术语用了两种译法。")
def check(context: Context) -> Iterator[Finding]:
    for found in mixed_terms(context.leaves):
        for use, lines, others in found.reports(context.source):
            edit = Edit(use.span, found.usual)
            fix = (
                unsafe_fix(_FIX, edit, effects=(Effect.TEXT, Effect.ANCHORS), usual=found.usual)
                if found.decided
                else hint(_CHOOSE)
            )
            yield context.finding(use.span, _MIXED, fix=fix, here=use.form, lines=lines, usual=found.usual, others=others)
