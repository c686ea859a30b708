"""A deck writes one name in several ways.

`LLaMA3` and `LLaMA 3`, `COVID19` and `COVID-19`, `Open AI` and `OpenAI`: the eye takes two spellings for two things, and a search
finds half of the slides. Names are compared without space, hyphen and case. Shown is the form that is rarer, or that is not the
one the rule book knows; of decks that are checked together also where one has only the form that is rarer in their course.
Ordinary words, names all in small letters (they are identifiers), code, citations, titles of works and reference lists are not
compared; what is wrong in any deck is left to name-misspelt.

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

from collections.abc import Iterator, Sequence

from decklint.findings import Finding, Template
from decklint.rule import Across, Context, Noted, Remark, rule
from decklint.rule.mixed import Wording, unify, unify_course
from decklint.terms.consistency import mixed
from decklint.terms.course import Forms, by_thing, differences, noted
from decklint.terms.spellings import are_several, known_forms, spellings

_WORDING = Wording(
    inside=Template(
        '"{here}" (line {lines}) is written "{usual}" in line {others}',
        "“{here}”（第 {lines} 行）在第 {others} 行写作“{usual}”",
    ),
    across=Template('"{here}" is written "{usual}" in {others}', "“{here}”在 {others} 写作“{usual}”"),
    choose=Template("keep to one spelling", "统一用一种写法"),
)


def _note(context: Context) -> dict[str, Forms]:
    """The spellings that the deck uses, by the letters of the name."""
    found = spellings(context.prose, [hit.span for hit in context.terms], single=True)
    return {letters: noted(uses, context.source) for letters, uses in found.items()}


def _judge(decks: Sequence[Noted]) -> Iterator[Remark]:
    for _, forms in by_thing([deck.notes for deck in decks]):
        if not are_several({form for deck in forms for form in deck}):
            yield from unify_course(decks, _WORDING, differences(forms, known_forms()))


@rule(
    "TM008",
    "name-inconsistent",
    severity="warning",
    since="0.1",
    zh="同一名称有几种写法。",
    across=Across(_note, _judge),
)
def check(context: Context) -> Iterator[Finding]:
    for uses in spellings(context.prose, [hit.span for hit in context.terms]).values():
        found = mixed(uses, known_forms())
        if found is not None:
            yield from unify(context, _WORDING, found)
