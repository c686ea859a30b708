"""A statement was true once and is not any more.

Names and numbers change: Facebook has been Meta since October 2021, so what came out later was not made by a company called
Facebook. The finding says until when the statement was right. It is information, because a slide may well speak of the past:
what came out before the change keeps its old name without a word.

```deck bad 3:9-3:17
# 开源模型

Llama 2由Facebook发布。
```

```deck good
# 开源模型

Llama 2 由 Meta 发布，卷积神经网络和它无关。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.facts.verdicts import Verdict
from decklint.facts.wording import told
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_OUTDATED = Template(
    '"{written}" was right for {name} until {until}; since then it is {right}',
    "“{written}”对 {name} 只在 {until} 之前成立，此后为 {right_zh}",
)
_HINT = Template("write {right}, or say which time is meant", "改写为 {right_zh}，或注明所指的时间")


@rule("FC003", "fact-outdated", severity="info", since="0.1", zh="曾经成立、现已过时的说法。")
def check(context: Context) -> Iterator[Finding]:
    for claim in context.claims:
        if claim.verdict is not Verdict.OUTDATED:
            continue
        right, right_zh = told(claim, "en"), told(claim, "zh")
        yield context.finding(
            claim.value_span,
            _OUTDATED,
            confidence=claim.confidence,
            sources=claim.facts[0].sources[:2],
            fix=hint(_HINT, right=right, right_zh=right_zh),
            name=claim.entity.name,
            written=claim.written,
            until=claim.facts[0].until,
            right=right,
            right_zh=right_zh,
        )
