"""A section's heading stands at another level than its siblings, or is numbered in another form.

`## 1. Data`, `### 2. Model`, `## 3. Training`: the outline, the contents of the PDF and screen readers file number two below
number one, and the theme sets it in another size. `## 1. 数据`, `## 2、模型`, `## 3. 训练` is one list in two styles.

The rule speaks where it can be sure. Numbered headings that count on from each other are siblings; `1` and `1.1` are not, nor
is a list that begins anew. At least three are needed, and one of them has to differ from all others. Without numbers, it speaks
of a heading that stands as high as the deck's title although it covers slides just as the sections before it do. Where headings
begin slides (`headingDivider`), their levels say where, so levels are left alone.

The fix gives the heading the level, or the form of number, that its siblings have. Headings below it stay as they are.

```deck bad 7:1-7:13 11:1-11:13
# Training a network

## 1. Data

---

### 2. Model

---

### 2. Model

---

## 3. Training
```

```deck fixed
# Training a network

## 1. Data

---

## 2. Model

---

## 2. Model

---

## 3. Training
```

```deck bad 5:4-5:6
## 1. 数据

---

## 2、模型

---

## 3. 训练
```

```deck fixed
## 1. 数据

---

## 2. 模型

---

## 3. 训练
```

```deck good
# 1. Regression

## 1.1 Least squares

## 1.2 Regularisation: numbers with a parent belong below it

# 2. Classification

### 1. a list in the section, with its own numbers

### 2. that ends here

# 3. Outlook
```

```deck good
# Clustering

## K-means

---

## Mixtures

---

## Density

---

## Evaluation

---

# Questions

A last slide may stand as high as the title.
```
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

from decklint.deck.nodes import Heading
from decklint.deck.outline import Numbered, Series, is_divided, mark, rewritten, series
from decklint.deck.walk import bold_title, slide_of
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix

_LEVEL = Template(
    "number {number} is a heading of level {level}, its siblings are of level {usual}",
    "编号 {number} 是 {level} 级标题，同组的其他标题是 {usual} 级",
)
_SECTION = Template(
    "this section is a heading of level {level}, like the deck's title; the sections before it are of level {usual}",
    "这一节是 {level} 级标题，与全篇标题同级；前面各节是 {usual} 级",
)
_FORM = Template(
    'the number is written "{form}", those of its siblings "{usual}"', "编号写作“{form}”，同组的其他编号写作“{usual}”"
)
_SET_LEVEL = Template("make it a heading of level {level}", "改为 {level} 级标题")
_SET_FORM = Template('write it as "{form}"', "改写为“{form}”的形式")
_ENOUGH_NUMBERED = 3
_ENOUGH_SECTIONS = 4
_LONG = 3  # slides: closing slides ("Questions", "References") are fewer


@rule("HD003", "heading-level-inconsistent", severity="warning", since="0.1", zh="同组标题的级别或编号形式不一致。")
def check(context: Context) -> Iterator[Finding]:
    headings = context.of_type(Heading)
    divided = is_divided(context.deck)
    for group in series(headings):
        if len(group.members) < _ENOUGH_NUMBERED:
            continue
        odd = None if divided else _odd_one(group, [member.heading.level for member in group.members])
        if odd is not None and not _leads_on(odd, group):
            for each in _with_repeats(odd, group):
                yield _of_level(context, each, group, headings)
        if odd := _odd_one(group, [member.number.form for member in group.members]):
            for each in _with_repeats(odd, group):
                yield _of_form(context, each, group)
    section = None if divided else _raised_section(context, headings)
    if section is not None:
        fix = _set_level(context, section, section.level + 1, headings)
        yield context.finding(section.span, _SECTION, level=section.level, usual=section.level + 1, fix=fix)


def _odd_one(group: Series, values: list[int] | list[str]) -> Numbered | None:
    """The single member whose value differs from that of all others."""
    counts = Counter(values).most_common()
    if len(counts) != 2 or counts[1][1] != 1:
        return None
    return next(member for member, value in zip(group.members, values, strict=True) if value == counts[1][0])


def _leads_on(odd: Numbered, group: Series) -> bool:
    """Whether the heading may be the next section, which a list with numbers of its own happens to end before."""
    return odd is group.members[-1] and odd.heading.level < _usual(odd, group).heading.level


def _with_repeats(odd: Numbered, group: Series) -> list[Numbered]:
    """The heading, and the slides that continue it under the same number."""
    return [odd, *(repeat for repeat in group.repeats if repeat.number[:3] == odd.number[:3])]


def _usual(odd: Numbered, group: Series) -> Numbered:
    return next(member for member in group.members if member.number.last != odd.number.last)


def _of_level(context: Context, odd: Numbered, group: Series, headings: list[Heading]) -> Finding:
    usual = _usual(odd, group).heading.level
    heading, number = odd.heading, ".".join(map(str, odd.number.parts))
    fix = _set_level(context, heading, usual, headings)
    return context.finding(heading.span, _LEVEL, number=number, level=heading.level, usual=usual, fix=fix)


def _of_form(context: Context, odd: Numbered, group: Series) -> Finding:
    usual = _usual(odd, group).number
    number, fix = odd.number, None
    if edit := rewritten(odd, usual.form):
        fix = unsafe_fix(_SET_FORM, Edit(*edit), effects=(Effect.TEXT, Effect.ANCHORS), form=usual.form)
    span = odd.heading.view.span(number.start, number.end)
    return context.finding(span, _FORM, form=number.form, usual=usual.form, fix=fix)


def _raised_section(context: Context, headings: list[Heading]) -> Heading | None:
    """The last heading, if it leads a section just like those one level below it and only the deck's title stands as high."""
    if not headings or slide_of(headings[0]).number != 1:
        return None
    level, last = headings[0].level, headings[-1]
    if [heading for heading in headings[1:] if heading.level <= level] != [last]:
        return None
    sections = [slide_of(heading).number for heading in headings if heading.level == level + 1]
    ends = [*sections[1:], slide_of(last).number]
    long = [end - start for start, end in zip(sections, ends, strict=False) if end - start >= _LONG]
    below = context.deck.slides[slide_of(last).number :]
    if len(sections) < _ENOUGH_SECTIONS or not long or len(below) < _LONG:
        return None
    return last if sum(bold_title(slide) is not None for slide in below) * 2 > len(below) else None


def _set_level(context: Context, heading: Heading, level: int, headings: list[Heading]) -> Fix | None:
    """Change the marks of a heading; not where it would come to stand beside or below the headings that it leads."""
    old = mark(context.source, heading)
    after = bisect_right(headings, heading.span.start, key=lambda other: other.span.start)
    led = takewhile(lambda below: below.level > heading.level, (headings[at] for at in range(after, len(headings))))
    if old is None or any(below.level <= level for below in led):
        return None
    return unsafe_fix(_SET_LEVEL, Edit(old, "#" * level), level=level)
