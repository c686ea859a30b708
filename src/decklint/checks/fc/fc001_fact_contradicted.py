"""A statement that an established, sourced fact denies.

A year, a size or a number on the slide differs from every value that the registry knows for that thing: of the paper and the
release, of all its versions and sizes, rounded or exact. Each fact names the source that was opened for it. A statement is an
error where name, cue and value stand in one clause and the primary source was opened, and a warning otherwise. Questions,
negations, plans and sentences that correct an error are no statements.

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

import re
from collections.abc import Iterator

from decklint.facts.claims import Claim
from decklint.facts.verdicts import Verdict
from decklint.findings import Confidence, Edit, Finding, Fix, Severity, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_DATE = Template('the slide dates {name} "{written}"; the source says {right}', "幻灯片称 {name} 出自“{written}”，来源为 {right}")
_QUANTITY = Template(
    'the slide gives {name} "{written}" as {attribute}; the source says {right}',
    "幻灯片称 {name} 的{attribute_zh}为“{written}”，来源为 {right}",
)
_FIX = Template('replace "{written}" by "{better}"', "把“{written}”改为“{better}”")


@rule("FC001", "fact-contradicted", severity="error", since="0.1", zh="与有来源的事实相矛盾。")
def check(context: Context) -> Iterator[Finding]:
    for claim in context.claims:
        if claim.verdict is not Verdict.CONTRADICTED:
            continue
        fact = claim.facts[0]
        sure = claim.confidence is Confidence.HIGH and fact.primary
        template = _DATE if claim.attribute.type == "date" else _QUANTITY
        yield context.finding(
            claim.value_span,
            template,
            severity=Severity.ERROR if sure else Severity.WARNING,
            confidence=claim.confidence,
            sources=fact.sources[:2],
            fix=_fix(context, claim),
            name=claim.entity.name,
            written=claim.written,
            attribute=claim.attribute.name_en,
            attribute_zh=claim.attribute.name_zh,
            right=_readable(fact.values[0]),
        )


def _readable(value: str) -> str:
    """`175 billion (1.75e11)` says more than `1.75e11`."""
    try:
        number = float(value)
    except ValueError:
        return value
    if re.fullmatch(r"\d{4}", value):
        return value
    for scale, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if number >= scale:
            return f"{number / scale:g}{word}"
    return f"{number:,.0f}"


def _fix(context: Context, claim: Claim) -> Fix | None:
    """Replace the digits of the value; only where they stand together in the source."""
    written = context.source.slice(claim.value_span)
    digits = re.search(r"\d[\d,.]*\d|\d", written)
    if not claim.right or digits is None or written != claim.written:
        return None
    start = claim.value_span.start + digits.start()
    better = written[: digits.start()] + claim.right + written[digits.end() :]
    edit = Edit(Span(start, start + len(digits[0])), claim.right)
    return unsafe_fix(_FIX, edit, written=written, better=better)
