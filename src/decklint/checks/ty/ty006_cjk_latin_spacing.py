"""A space between Chinese and Latin is there, or missing, against the deck's habit.

`使用 GPT 模型` and `使用GPT模型` are both right; a deck should settle for one. Letters and digits are counted apart, and
each is judged only where at least five places, and four of five, are of one form. Dates (`2020年`), ordinals (`第3章`),
single letters (`K均值`), and spaces that part a number or a label from its title are left alone, and so is a place where the ten
slides before and behind keep to its form: a file of several lectures may have several habits. A deck with too few places for
a habit of its own goes with the other decks of its course, where they are checked together. The settings may ask for one form
whatever the deck is used to; the preset `strict` lets any majority decide.

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

```deck options
[rules.cjk-latin-spacing]
style = "spaced"
```

```deck bad 3:1-3:3
# 模型

用GPT 模型训练了 3 天。
```

```deck options
[rules.cjk-latin-spacing]
style = "off"
```

```deck good
# 空格

使用GPT模型，基于BERT编码器，训练LLaMA模型，称为LoRA微调，再用 PyTorch 来训练它们。
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from decklint.findings import Edit, Finding, Template
from decklint.lang.habits import ENOUGH, unbroken
from decklint.lang.spacing import Boundaries, Neighbours, boundaries, habit, is_in_sentence
from decklint.rule import Across, Context, Noted, Remark, hint, leaf_fix, option, rule
from decklint.text import Span

_MISSING = Template('no space in "{run}"; the deck writes one', "“{run}”之间没有空格，全文通常有空格")
_PRESENT = Template('a space in "{run}"; the deck writes none', "“{run}”之间有空格，全文通常没有空格")
_WANTED = Template('no space in "{run}"', "“{run}”之间没有空格")
_UNWANTED = Template('a space in "{run}"', "“{run}”之间有空格")
_COURSE_MISSING = Template(
    'no space in "{run}"; the decks of the course write one ({path})', "“{run}”之间没有空格，课程其他幻灯片通常有空格（{path}）"
)
_COURSE_PRESENT = Template(
    'a space in "{run}"; the decks of the course write none ({path})', "“{run}”之间有空格，课程其他幻灯片通常没有空格（{path}）"
)
_INSERT = Template("insert a space", "加空格")
_REMOVE = Template("remove the space", "删去空格")


@dataclass(frozen=True, slots=True)
class Options:
    """Which form is asked for."""

    style: Literal["consistent", "spaced", "unspaced", "off"] = option(
        "consistent",
        "Whether a space stands between Chinese and Latin: as in most places of the deck, always, never, or as it comes.",
        "中文与西文之间是否加空格：随全文多数、总加、不加、不检查。",
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """Places of one kind in a deck; where they are few, with span, slide, text, and whether a space is there."""

    spaced: int
    bare: int
    places: tuple[tuple[Span, int, str, bool], ...]


def _note(context: Context) -> tuple[_Kind, ...] | None:
    """What the deck has to say, beside words and beside numbers; nothing where the settings have decided."""
    if context.options(Options).style != "consistent":
        return None
    found = []
    for kind in boundaries(context.chinese):
        few = max(kind.spaced, kind.bare) < ENOUGH and _habit(kind, absolute=context.absolute) is None
        places = [*_against(context, kind, spaced=True), *_against(context, kind, spaced=False)] if few else []
        told = ((f.span, f.slide, f.message.values["run"], f.message.template is _PRESENT) for f in places)
        found.append(_Kind(kind.spaced, kind.bare, tuple(told)))
    return tuple(found)


def _judge(decks: Sequence[Noted]) -> Iterator[Remark]:
    noted = [(number, deck) for number, deck in enumerate(decks) if deck.notes is not None]
    for which in (0, 1):
        kinds = [(number, deck.notes[which]) for number, deck in noted]
        usual = habit(sum(kind.spaced for _, kind in kinds), sum(kind.bare for _, kind in kinds))
        if usual is None:
            continue
        model = max(kinds, key=lambda kind: kind[1].spaced if usual else kind[1].bare)[0]
        for number, kind in kinds:
            for span, slide, run, spaced in kind.places if number != model else ():
                if spaced is not usual:
                    message, cure = (_COURSE_PRESENT, _REMOVE) if spaced else (_COURSE_MISSING, _INSERT)
                    yield Remark(number, span, slide, message, {"run": run, "path": decks[model].path}, hint(cure))


@rule(
    "TY006",
    "cjk-latin-spacing",
    severity="info",
    since="0.1",
    zh="中英文之间的空格前后不一致。",
    default=False,
    options=Options,
    across=Across(_note, _judge),
)
def check(context: Context) -> Iterator[Finding]:
    style = context.options(Options).style
    if style == "off":
        return
    found: list[Finding] = []
    for kind in boundaries(context.chinese):
        usual = style == "spaced" if style != "consistent" else _habit(kind, absolute=context.absolute)
        if usual is not None:
            found += _against(context, kind, spaced=usual, asked=style != "consistent")
    yield from sorted(found, key=lambda finding: finding.span)


def _habit(kind: Boundaries, *, absolute: bool) -> bool | None:
    if absolute and kind.spaced != kind.bare:
        return kind.spaced > kind.bare
    return habit(kind.spaced, kind.bare)


def _against(context: Context, kind: Boundaries, *, spaced: bool, asked: bool = False) -> Iterator[Finding]:
    missing, present = (_WANTED, _UNWANTED) if asked else (_MISSING, _PRESENT)
    prose = context.chinese
    around = None if asked or context.absolute else Neighbours(prose, kind)
    for which, place in enumerate(kind.places):
        if place.spaced is spaced or (place.spaced and not is_in_sentence(prose, place)):
            continue
        if around is not None and around.keep_to(which, spaced=place.spaced):
            continue
        leaf, at = prose.place(place.start)
        span = unbroken(leaf, at - 1, at + place.end - place.start + 1)
        if span is None:
            continue
        run = context.source.slice(span)
        title, between = (_REMOVE, "") if place.spaced else (_INSERT, " ")
        fix = leaf_fix(context, title, Edit(span, f"{run[0]}{between}{run[-1]}"), leaf)
        yield context.finding(span, present if place.spaced else missing, fix=fix, run=run)
