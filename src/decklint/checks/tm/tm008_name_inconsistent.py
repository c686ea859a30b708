"""A deck writes one name in several ways.

`LLaMA3` and `LLaMA 3`, `COVID19` and `COVID-19`, `Open AI` and `OpenAI`: the eye takes two spellings for two things, and a search
finds half of the slides. Names are compared without space, hyphen and case. Shown is the form that is rarer, or that is not the
one the rule book knows. Ordinary words, names all in small letters (they are identifiers), code, citations, titles of works and
reference lists are not compared; what is wrong in any deck is left to name-misspelt.

```deck bad 7:1-7:9
# 数据

FOOD101 有 101 类，FOOD101 的图片不大。

# 结果

FOOD-101 上的准确率。
```

```deck fixed
# 数据

FOOD101 有 101 类，FOOD101 的图片不大。

# 结果

FOOD101 上的准确率。
```

```deck bad 4:3-4:10
# Tools

- QuuxLab trains it, and QuuxLab serves it
- Quuxlab keeps the models
```

```deck good
# No spellings

- GPU 8 张，GPU8 是主机名；`FOOD-101` 与 FOOD101；food-101 是目录
- Data Frame and DataFrame, Simple CPU and SimpleCPU, CPU 0 and CPU0, Step 1 and Step1, NeurIPS 2017 and NeurIPS2017
- DEEPLAB shouts; DeepLab does not; DeepLab-v3 and DeepLabv3-Large are others
- 《FOOD-101 数据集》介绍了它；Bossard et al., FOOD-101, 2014
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.terms.consistency import mixed
from decklint.terms.spellings import known_forms, spellings

_MIXED = Template(
    '"{here}" (line {lines}) is written "{usual}" in line {others}',
    "“{here}”（第 {lines} 行）在第 {others} 行写作“{usual}”",
)
_FIX = Template('write "{usual}"', "统一为“{usual}”")
_CHOOSE = Template("keep one spelling in the deck", "全篇统一用一种写法")


@rule("TM008", "name-inconsistent", severity="warning", since="0.1", zh="同一名称有几种写法。")
def check(context: Context) -> Iterator[Finding]:
    for uses in spellings(context.leaves, [hit.span for hit in context.terms]).values():
        found = mixed(uses, known_forms())
        if found is None:
            continue
        for use, lines, others in found.reports(context.source):
            edit = Edit(use.span, found.usual)
            fix = (
                unsafe_fix(_FIX, edit, effects=(Effect.TEXT, Effect.ANCHORS), usual=found.usual)
                if found.decided
                else hint(_CHOOSE)
            )
            yield context.finding(use.span, _MIXED, fix=fix, here=use.form, lines=lines, usual=found.usual, others=others)
