"""A deck expands one acronym in two ways.

An audience that has learnt `DP` as dynamic programming stumbles over data parallelism, and of two wordings that differ by a
letter one is a slip. The rarer wording is shown. Case, plural, hyphens, spelling and language are no difference. Two meanings
of letters that are both well known (MAP, RNN) are left alone, and so is what acronym-expansion-wrong has found already.

```deck bad 7:1-7:25
# 缓存

TWB（翻译窗口缓冲，Translation Window Buffer）很小；the translation window buffer (TWB) is fast.

# 再看

Translation Word Buffers (TWB) are slow.
```

```deck good
# The same

- Quick Index Table (QIT), quick index tables (QIT), QIT（快速索引表，Quick-Index Table）
- MAP (maximum a posteriori), MAP (mean average precision)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.terms.acronyms import Expansion, expansion_of, is_known, key, pairs_of
from decklint.terms.misworded import misworded
from decklint.terms.wording import same

_DIFFERS = Template(
    '{acronym} stands for "{here}" here and for "{there}" in line {line}',
    "{acronym} 在这里的全称是“{here}”，在第 {line} 行是“{there}”",
)
_CHOOSE = Template("keep one wording, or another acronym for the other thing", "统一全称，或为另一概念换一个缩写")


@rule("TM005", "acronym-expansion-differs", severity="warning", since="0.1", zh="同一缩写有两种全称。")
def check(context: Context) -> Iterator[Finding]:
    for expansions in _expansions(context).values():
        usual = max(expansions, key=lambda one: sum(same(one.words, other.words) for other in expansions))
        for here in expansions:
            if same(here.words, usual.words) or (is_known(here) and is_known(usual)):
                continue
            yield context.finding(
                here.span,
                _DIFFERS,
                fix=hint(_CHOOSE),
                acronym=here.acronym,
                here=here.text,
                there=usual.text,
                line=context.source.line(usual.span.start),
            )


def _expansions(context: Context) -> dict[str, list[Expansion]]:
    found: dict[str, list[Expansion]] = {}
    for pair in context.prose.once(pairs_of):
        expansion = expansion_of(pair)
        if expansion is not None and misworded(pair) is None:
            found.setdefault(key(expansion.acronym), []).append(expansion)
    return found
