"""An acronym is used on several slides and never expanded.

Off by default: a course may rely on its other lectures. What everybody knows (PDF, CPU, HTML) needs no expansion; that list
is data (`everyday` in `rules/terms/acronyms.yaml`). Only the first place is shown.

```deck bad 3:5-3:8
# 记忆

门控的 GRU 单元。

---

# 再看

GRU 的参数更少。
```

```deck good
# 记忆

门控循环单元（GRU）的结构。HTML 与 CPU 人人皆知，XYZW 只用一次。

---

# 再看

GRU 的参数更少，GPT-4 是名称。HTML 与 CPU。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.terms.acronyms import key, meanings, pairs_of
from decklint.terms.usage import explained_in, uses_in

_NEVER = Template(
    '"{acronym}" is used on {count} slides and never expanded', "“{acronym}”在 {count} 张幻灯片上使用，却从未给出全称"
)
_EXPAND = Template("say at the first place what it stands for", "在首次出现处给出全称")
_KNOWN = Template('write "{right} ({acronym})" at the first place', "在首次出现处写“{right}（{acronym}）”")
_FEWEST = 2


@rule("TM006", "acronym-never-expanded", severity="info", since="0.1", zh="缩写从未给出全称。", default=False)
def check(context: Context) -> Iterator[Finding]:
    used = uses_in(context.prose)
    wanted = {name: uses for name, uses in used.items() if len({use.slide for use in uses}) >= _FEWEST}
    explained = explained_in(context.prose, context.prose.once(pairs_of), wanted) if wanted else set()
    for name, uses in wanted.items():
        if name in explained:
            continue
        known = meanings().get(key(name), ())
        acronym, first = uses[0].acronym, uses[0].span
        yield context.finding(
            first,
            _NEVER,
            fix=hint(_KNOWN, right=known[0].text, acronym=acronym) if len(known) == 1 else hint(_EXPAND),
            acronym=acronym,
            count=len({use.slide for use in uses}),
        )
