"""A Chinese term is not the one that the field uses.

A wrong translation (`变分编码器` for 变分自编码器), a person taken for somebody else (`约翰·麦肯锡` for
约翰·麦卡锡), a character that looks alike (`阀值` for 阈值). Each entry of `rules/terms/terms.yaml` says why it is
wrong, and where the same characters are right.

```deck bad 3:14-3:19
# 生成模型

如玻尔兹曼机，马尔可夫链或变分编码器。
```

```deck fixed
# 生成模型

如玻尔兹曼机，马尔可夫链或变分自编码器。
```

```deck good
# 结构

变分自编码器由变分编码器和解码器组成；阀门的阀值由压力决定。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, rule, unsafe_fix

_WRONG = Template('"{written}" should be "{right}"', "“{written}”应为“{right}”")
_FIX = Template('write "{right}"', "改为“{right}”")


@rule("TM003", "term-wrong", severity="warning", since="0.1", zh="术语用错。")
def check(context: Context) -> Iterator[Finding]:
    for hit in context.terms:
        if hit.form.term != "term":
            continue
        fix = unsafe_fix(_FIX, Edit(hit.span, hit.form.right), effects=(Effect.TEXT, Effect.ANCHORS), right=hit.form.right)
        yield context.finding(hit.span, _WRONG, fix=fix, written=hit.written, right=hit.form.right)
