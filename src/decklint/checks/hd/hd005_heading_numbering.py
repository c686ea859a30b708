"""The numbers of headings leave one out, repeat one, or are written in several ways.

`1, 2, 4` makes the audience look for number three. `2. Model` and `2. Training` are two sections with one number, unless the
second slide continues the first. `1.`, `1、` and `1` on one level of a deck are one numbering in several hands. Numbers that
begin anew below another heading, and lists of their own with `1)` or `一、`, are left alone.

Extracts from a longer lecture keep their numbers, and some authors number slides by section, so the rule is off by default. The
fix counts on from the number before, in all headings that follow in the same numbering; there is none where `4.1` hangs on a `4`
that would change.

```deck bad 9:4-9:6
## 1. Data

---

## 2. Model

---

## 4. Training

---

## 5. Results
```

```deck fixed
## 1. Data

---

## 2. Model

---

## 3. Training

---

## 4. Results
```

```deck bad 5:4-5:6
## 1. 数据

---

## 1. 模型
```

```deck fixed
## 1. 数据

---

## 2. 模型
```

```deck bad 13:4-13:6
# 上篇

## 1. 数据

## 2. 模型

## 3. 训练

## 4. 评价

# 下篇

## 1、应用
```

```deck good
## 2. Model

---

## 2. Model: layers

---

## 3. Training

### 1) a list of its own

### 2) in the section
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from decklint.deck.nodes import Heading
from decklint.deck.outline import Number, Numbered, Series, rewritten, series
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_GAP = Template("number {number} follows {before}", "编号 {before} 之后是 {number}")
_REPEATED = Template('number {number} is already that of "{title}"', "编号 {number} 已用于“{title}”")
_MIXED = Template(
    'the number is written "{form}", most of this level are written "{usual}"', "编号写作“{form}”，同级编号多写作“{usual}”"
)
_COUNT_ON = Template("count on: {number}", "改为连续编号：{number}")
_WRITE = Template('write it as "{form}"', "改写为“{form}”的形式")
_EFFECTS = (Effect.TEXT, Effect.ANCHORS)
_ENOUGH, _SHARE = 5, 0.8


@rule("HD005", "heading-numbering", severity="warning", since="0.1", zh="标题编号缺号、重号或写法不一。", default=False)
def check(context: Context) -> Iterator[Finding]:
    groups = series(context.of_type(Heading))
    above = {n.number.above[: end + 1] for g in groups for n in (*g.members, *g.repeats) for end in range(len(n.number.above))}
    for group in groups:
        first, before = group.members[0], group.after_gap
        if before is not None:
            fix = _renumber([*group.members, *group.repeats], before.number.last + 1 - first.number.last, above)
            yield context.finding(_span(first), _GAP, fix=fix, number=_shown(first.number), before=_shown(before.number))
        yield from _repeated(context, group, above)
    yield from _mixed(context, groups)


def _repeated(context: Context, group: Series, above: set[tuple[int, ...]]) -> Iterator[Finding]:
    """Members that share a number without sharing a title; the first of them counts on, which makes room for the others."""
    by_number = {member.number.last: member for member in group.members}
    fixed = False
    for repeat in group.repeats:
        member = by_number[repeat.number.last]
        if _continues(member.number.rest, repeat.number.rest):
            continue
        start = repeat.heading.span.start
        later = [this for this in (*group.members, *group.repeats) if this.heading.span.start >= start] if not fixed else []
        fix, fixed = _renumber(later, 1, above), True
        yield context.finding(
            _span(repeat), _REPEATED, fix=fix, number=_shown(repeat.number), title=member.heading.view.text.strip()
        )


def _continues(rest: str, other: str) -> bool:
    """Whether two titles with one number are one subject: one begins with the other, or both begin alike."""
    pairs = zip(rest.casefold(), other.casefold(), strict=False)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    return same * 2 >= min(len(rest), len(other))


def _mixed(context: Context, groups: list[Series]) -> Iterator[Finding]:
    """Series that are written throughout in another form than most numbers of their level."""
    forms: dict[tuple[int, int], Counter[str]] = {}
    for group in groups:
        if group.members[0].number.family == "count" and not group.members[0].number.is_han:
            forms.setdefault(_place(group), Counter()).update(member.number.form for member in group.members)
    for group in groups:
        own = {member.number.form for member in group.members}
        counts = forms.get(_place(group), Counter()) if len(own) == 1 and group.members[0].number.family == "count" else Counter()
        usual, most = counts.most_common(1)[0] if counts else ("", 0)
        if counts.total() < _ENOUGH or most < counts.total() * _SHARE or usual in own or group.members[0].number.is_han:
            continue
        for member in (*group.members, *group.repeats):
            edit = rewritten(member, usual)
            fix = unsafe_fix(_WRITE, Edit(*edit), effects=_EFFECTS, form=usual) if edit else None
            yield context.finding(_span(member), _MIXED, fix=fix, form=member.number.form, usual=usual)


def _place(group: Series) -> tuple[int, int]:
    """The level of a series and how many parts its numbers have."""
    return group.members[0].heading.level, len(group.members[0].number.parts)


def _renumber(these: list[Numbered], shift: int, above: set[tuple[int, ...]]) -> Fix | None:
    """Add `shift` to the last part of numbers; only for Arabic digits, and where no other number is made of these."""
    if not these or any(this.number.is_han or this.number.parts in above for this in these):
        return None
    edits = []
    for this in these:
        number, view = this.number, this.heading.view
        end = number.start + len(view.text[number.start : number.end].rstrip(" .、．)）"))
        start = end - len(str(number.last))
        edits.append(Edit(view.span(start, end), str(number.last + shift)))
    return unsafe_fix(_COUNT_ON, *edits, effects=_EFFECTS, number=these[0].number.last + shift)


def _shown(number: Number) -> str:
    return ".".join(map(str, number.parts))


def _span(this: Numbered) -> Span:
    return this.heading.view.span(this.number.start, this.number.end)
