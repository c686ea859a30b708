"""A statement that an established, sourced fact denies.

A year, a size, an author, an organisation, a conference or an architecture on the slide differs from every value that the
registry knows for that thing: of the paper and the release, of all its versions and sizes, rounded or exact. Each fact names
the source that was opened for it. A statement is an error where name, cue and value stand in one clause and the primary source
was opened, and a warning otherwise, for example where a title says what a list is about. Questions, negations, plans and
sentences that correct an error are no statements.

Facts are never changed without being asked for: the fix replaces the value only, in the form that the slide uses.

```deck bad 3:11-3:16
# 语言模型

Radford等人在2018年的论文“Language Models are Unsupervised Multitask Learners”介绍了GPT-2。
```

```deck fixed
# 语言模型

Radford等人在2019年的论文“Language Models are Unsupervised Multitask Learners”介绍了GPT-2。
```

```deck bad 3:11-3:22
# Sizes

GPT-3 has 150 billion parameters.
```

```deck bad 3:8-3:14 5:9-5:14 7:9-7:17
# 预训练模型

BERT 由 OpenAI 提出。

BERT 是一种解码器架构的模型。

BERT发表于 ACL 2018。
```

```deck bad 3:7-3:12
## GPT-3

- 参数量：1750万
```

```deck fixed
## GPT-3

- 参数量：1750亿
```

```deck good
# Two right years

ResNet (2015) won at CVPR 2016. BERT (2018) was presented in 2019, and we used BERT in 2021.
```

```deck good
# Quiz

Which year was GPT-2 released: 2017, 2018 or 2019?
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.facts.claims import Claim
from decklint.facts.misconceptions import misconceptions_in
from decklint.facts.verdicts import Verdict
from decklint.facts.wording import ratio_of, told
from decklint.findings import Confidence, Edit, Finding, Fix, Severity, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_DATE = Template(
    'the slide dates {name} "{written}"; the source says {right}', "幻灯片称 {name} 的时间为“{written}”，来源记载为 {right_zh}"
)
_MAKER = Template(
    'the slide attributes {name} to "{written}"; the source says {right}',
    "幻灯片把 {name} 归于“{written}”，来源记载为 {right_zh}",
)
_VALUE = Template(
    'the slide gives {name} "{written}" as {attribute}; the source says {right}',
    "幻灯片称 {name} 的{attribute_zh}为“{written}”，来源记载为 {right_zh}",
)
_RATIO = Template(
    'the slide compares {name} as "{written}" in {attribute}; by the sources it is {right}',
    "幻灯片称 {name} 的{attribute_zh}为对方的“{written}”，按来源计算约为 {right_zh} 倍",
)
_FIX = Template('replace "{written}" by "{better}"', "把“{written}”改为“{better}”")


@rule("FC001", "fact-contradicted", severity="error", since="0.1", zh="与有来源的事实相矛盾。")
def check(context: Context) -> Iterator[Finding]:
    contradicted = [claim for claim in context.claims if claim.verdict is Verdict.CONTRADICTED]
    popular = context.prose.once(misconceptions_in) if contradicted else []
    for claim in contradicted:
        if any(hit.misconception.about == claim.entity.id and hit.span.overlaps(claim.value_span) for hit in popular):
            continue  # FC004 tells it, and why
        fact, is_ratio = claim.facts[0], len(claim.facts) > 1
        sure = claim.confidence is Confidence.HIGH and fact.primary
        yield context.finding(
            claim.value_span,
            _template(claim),
            severity=Severity.ERROR if sure else Severity.WARNING,
            confidence=claim.confidence,
            sources=fact.sources[:2],
            fix=_fix(context, claim),
            name=claim.entity.name,
            written=claim.written,
            attribute=claim.attribute.name_en,
            attribute_zh=claim.attribute.name_zh,
            right=ratio_of(claim) if is_ratio else told(claim, "en"),
            right_zh=ratio_of(claim) if is_ratio else told(claim, "zh"),
        )


def _template(claim: Claim) -> Template:
    if len(claim.facts) > 1:
        return _RATIO
    if claim.attribute.id in ("authors", "organisation"):
        return _MAKER
    return _DATE if claim.attribute.type == "date" else _VALUE


def _fix(context: Context, claim: Claim) -> Fix | None:
    """Replace the value, only where it stands in the source as it is shown."""
    if not claim.right or context.source.slice(claim.value_span) != claim.written or claim.right == claim.written:
        return None
    same = 0  # units stay as they are
    while claim.written[-1 - same :][:1] == claim.right[-1 - same :][:1] and not claim.right[-1 - same :][:1].isdigit():
        same += 1
    start, end = claim.value_span
    edit = Edit(Span(start, end - same), claim.right[: len(claim.right) - same])
    return unsafe_fix(_FIX, edit, written=claim.written, better=claim.right)
