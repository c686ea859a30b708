"""A space between Chinese and Latin is there, or missing, against the deck's habit.

`使用 GPT 模型` and `使用GPT模型` are both right; a deck should settle for one. Letters and digits are counted apart, and
each is judged only where at least five places, and four of five, are of one form. Dates (`2020年`), ordinals (`第3章`),
single letters (`K均值`), and spaces that part a number or a label from its title are left alone.

```deck bad 5:1-5:3
# 空格

使用 GPT 模型，基于 BERT 编码器，训练 LLaMA 模型，称为 LoRA 微调。

用PyTorch 训练。
```

```deck fixed
# 空格

使用 GPT 模型，基于 BERT 编码器，训练 LLaMA 模型，称为 LoRA 微调。

用 PyTorch 训练。
```

```deck bad 5:4-5:7 5:12-5:15
# 没有空格

使用GPT模型，基于BERT编码器，训练LLaMA模型，称为LoRA微调。

我们先用 PyTorch 训练，再去部署。
```

```deck good
# 1 概述

使用GPT模型，基于BERT编码器，训练LLaMA模型，称为LoRA微调。

图 1 GPT 结构
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Heading, Leaf
from decklint.findings import Edit, Finding, Template
from decklint.lang import HAN
from decklint.lang.habits import is_habit, unbroken
from decklint.lang.scripts import chinese
from decklint.rule import Context, leaf_fix, rule

_MISSING = Template('no space in "{run}"; the deck writes one', "“{run}”之间没有空格，全文通常有空格")
_PRESENT = Template('a space in "{run}"; the deck writes none', "“{run}”之间有空格，全文通常没有空格")
_INSERT = Template("insert a space", "加空格")
_REMOVE = Template("remove the space", "删去空格")
_BOUNDARY = re.compile(rf"(?<=[{HAN}])( ?)(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])( ?)(?=[{HAN}])")
_DATE = re.compile(r"[年月日天号时分秒第]")
_ORDINAL = re.compile(r"第 ?\d+$")
_HAN = re.compile(f"[{HAN}]")
_AROUND = 200
_SENTENCE = re.compile(r"[，。；？！：]")


@rule("TY006", "cjk-latin-spacing", severity="info", since="0.1", zh="中英文之间的空格前后不一致。", default=False)
def check(context: Context) -> Iterator[Finding]:
    places: dict[bool, list[tuple[Leaf, re.Match[str]]]] = {True: [], False: []}
    for leaf in chinese(context.leaves):
        for match in _BOUNDARY.finditer(leaf.view.text):
            if (of_digits := _kind(leaf.view.text, match)) is not None:
                places[of_digits].append((leaf, match))
    found = [finding for kind in places.values() for finding in _findings(context, kind)]
    yield from sorted(found, key=lambda finding: finding.span)


def _kind(text: str, match: re.Match[str]) -> bool | None:
    """Whether digits stand at the boundary, or letters; None where neither form is a matter of habit."""
    before, after = text[match.start() - 1], text[match.end()]
    latin_follows = _HAN.match(before) is not None
    latin, han = (after, before) if latin_follows else (before, after)
    if latin.isdigit() and (_DATE.match(han) or _ORDINAL.search(text[max(0, match.start() - 8) : match.start()])):
        return None
    if latin.isalpha() and not _is_word(text, match, latin_follows):
        return None
    return latin.isdigit()


def _is_word(text: str, match: re.Match[str], follows: bool) -> bool:
    """Whether the Latin side is longer than the one letter of `K均值` and `T检验`."""
    near = text[match.end() + 1 : match.end() + 2] if follows else text[match.start() - 2 : match.start() - 1]
    return re.match(r"[A-Za-z0-9]", near) is not None


def _findings(context: Context, places: list[tuple[Leaf, re.Match[str]]]) -> Iterator[Finding]:
    spaced = sum(match.start() < match.end() for _, match in places)
    bare = len(places) - spaced
    if not (is_habit(spaced, bare) or is_habit(bare, spaced)):
        return
    wants_space = spaced > bare
    for leaf, match in places:
        has_space = match.start() < match.end()
        span = unbroken(leaf, match.start() - 1, match.end() + 1)
        if has_space is wants_space or span is None or (has_space and not _is_in_sentence(leaf, match)):
            continue
        run = context.source.slice(span)
        title, between = (_REMOVE, "") if has_space else (_INSERT, " ")
        fix = leaf_fix(context, title, Edit(span, f"{run[0]}{between}{run[-1]}"), leaf)
        yield context.finding(span, _PRESENT if has_space else _MISSING, fix=fix, run=run)


def _is_in_sentence(leaf: Leaf, match: re.Match[str]) -> bool:
    """Whether the space stands in a sentence, where it parts nothing: a label and its title, an author and a place."""
    text = leaf.view.text
    before, after = text[max(0, match.start() - _AROUND) : match.start()], text[match.start() : match.end() + _AROUND]
    line = before.rpartition("\n")[2] + after.partition("\n")[0]
    return not isinstance(leaf, Heading) and _SENTENCE.search(line) is not None and len(_HAN.findall(line)) >= 8
