"""An acronym's letters are in the wrong order, or its plural s is a capital.

`RHLF` for RLHF is an error where the expansion or the subject stands beside it (强化学习, human feedback), because the letters
no longer stand for the words. It is a warning where only the rest of the deck shows what is meant, and for `GANS`, where only
the plural is wrong. Acronyms come from `rules/terms/acronyms.yaml`.

```deck bad 3:13-3:17
# 对齐

基于人类反馈的强化学习（RHLF）被用来提高模型的能力。
```

```deck fixed
# 对齐

基于人类反馈的强化学习（RLHF）被用来提高模型的能力。
```

```deck good
# Something else

RHLF may be the name of a lake foundation, where nothing speaks of training a model.
```

```deck good
# A correction

Remember: it is RLHF, not RHLF, for reinforcement learning from human feedback.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Edit, Finding, Severity, Template
from decklint.rule import Context, leaf_fix, rule

_MISSPELT = Template('"{written}" should be "{right}"', "“{written}”应为“{right}”")
_FIX = Template('write "{right}"', "改为“{right}”")


@rule("TM002", "acronym-misspelt", severity="warning", since="0.1", zh="缩写的字母写错。")
def check(context: Context) -> Iterator[Finding]:
    for hit in context.terms:
        if hit.form.term != "acronym":
            continue
        severity = Severity[hit.form.severity.upper()] if hit.form.severity and hit.beside else Severity.WARNING
        fix = leaf_fix(context, _FIX, Edit(hit.span, hit.form.right), hit.leaf, right=hit.form.right)
        yield context.finding(hit.span, _MISSPELT, severity=severity, fix=fix, written=hit.written, right=hit.form.right)
