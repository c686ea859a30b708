"""A number that nobody outside can know is stated as a fact.

Makers keep some numbers to themselves: the size of GPT-4, the number of its experts. What circulates are leaks and estimates.
A slide may give them, but should say so: 据报道, reportedly. The finding names where the maker declines to say, or where the
rumour comes from. Sentences that say that they report are left alone.

```deck bad 3:8-3:13
# 规模

GPT-4拥有1.8万亿个参数。
```

```deck good
# 规模

据报道，GPT-4拥有约1.8万亿个参数。GPT-3拥有1750亿个参数。
```

```deck good
# Size

GPT-4 reportedly has 1.8 trillion parameters; its maker does not say.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.facts.verdicts import Verdict
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_DISPUTED = Template(
    'the slide states "{written}" as {attribute} of {name}, which its maker has not disclosed',
    "幻灯片把“{written}”作为 {name} 的{attribute_zh}陈述，但官方并未公布",
)
_HINT = Template("say where it comes from: “reportedly”, “estimated”", "注明出处，如“据报道”“估计”")


@rule("FC002", "fact-disputed", severity="warning", since="0.1", zh="把未公开或有争议的数值当作事实。")
def check(context: Context) -> Iterator[Finding]:
    for claim in context.claims:
        if claim.verdict is Verdict.DISPUTED:
            yield context.finding(
                claim.value_span,
                _DISPUTED,
                confidence=claim.confidence,
                sources=claim.facts[0].sources[:1],
                fix=hint(_HINT),
                name=claim.entity.name,
                written=claim.written,
                attribute=claim.attribute.name_en,
                attribute_zh=claim.attribute.name_zh,
            )
