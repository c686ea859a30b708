"""A list marker without a space behind it is shown as text.

`+文字` is a paragraph that begins with a plus sign; only `+ 文字` is an item of a list. The slip hides easily where the other
items of the list, on the same slide or on the one that it continues, are written well. Lines that begin so for another reason
(`-5 °C`, `-> next`, `1.5`) stand alone, and are left alone.

```deck bad 4:1-4:2
# 数据标注

+ 分类标注
+文本标注
```

```deck fixed
# 数据标注

+ 分类标注
+ 文本标注
```

```deck bad 9:1-9:2
**采集**

+ 网络爬虫

---

**采集**

+以社交媒体为例，平台每天都会产生大量内容。
```

```deck good
# Temperature

- Winter
- Summer

-5 °C is cold.
```

```deck good
# 信号

-S：开始信号，没有列表与它同页
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.nodes import List, ListItem, Paragraph
from decklint.deck.walk import slide_of, title
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.lang import HAN
from decklint.rule import Context, rule, safe_fix, unsafe_fix
from decklint.text import Span

_MISSING = Template(
    'Marp shows "{marker}" as text: a list item needs a space behind its marker',
    "Marp 会把“{marker}”当作文字显示：列表标记后需要空格",
)
_FIX = Template('insert a space behind "{marker}"', "在“{marker}”后插入空格")
_LINE = re.compile(rf"(?m)^[ \t]*([+*-]|\d{{1,2}}[.)])(?=[{HAN}“《（【A-Za-z])")


@rule("MP003", "marker-without-space", severity="warning", since="0.1", zh="列表标记后没有空格，会被当作文字显示。")
def check(context: Context) -> Iterator[Finding]:
    bullets = _bullets(context)
    for paragraph in context.of_type(Paragraph):
        for match in _LINE.finditer(paragraph.raw):
            marker = match[1]
            if marker[-1] not in _near(slide_of(paragraph), context.deck.slides, bullets):
                continue
            if marker == "*" and "*" in paragraph.raw[match.end() :].partition("\n")[0]:
                continue  # emphasis
            span = _place(context, paragraph, match)
            if span is None or _is_inside_other_list(paragraph, marker[-1]):
                continue
            yield context.finding(span, _MISSING, marker=marker, fix=_fix(span, marker))


def _fix(span: Span, marker: str) -> Fix:
    insert = Edit(Span(span.end, span.end), " ")
    if marker[-1] in "*)":  # items with these markers appear step by step
        return unsafe_fix(_FIX, insert, effects=(Effect.SPACING, Effect.FRAGMENTS), marker=marker)
    return safe_fix(_FIX, insert, spacing=True, marker=marker)


def _bullets(context: Context) -> dict[Slide, set[str]]:
    found: dict[Slide, set[str]] = {}
    for node in context.of_type(List):
        found.setdefault(slide_of(node), set()).add(node.bullet)
    return found


def _near(slide: Slide, slides: list[Slide], bullets: dict[Slide, set[str]]) -> set[str]:
    """The bullets on a slide and on its neighbours of the same title."""
    near = set(bullets.get(slide, ()))
    name = title(slide)
    for number in (slide.number - 2, slide.number):
        if name and 0 <= number < len(slides) and title(slides[number]) == name:
            near |= bullets.get(slides[number], set())
    return near


def _place(context: Context, paragraph: Paragraph, match: re.Match[str]) -> Span | None:
    """Where the marker stands in the source: the line of the paragraph with that number."""
    line = context.source.line(paragraph.span.start) + paragraph.raw.count("\n", 0, match.start(1))
    start, end = context.source.line_span(line)
    column = context.source.text.find(match[1], start, end)
    return Span(column, column + len(match[1])) if column >= 0 else None


def _is_inside_other_list(paragraph: Paragraph, bullet: str) -> bool:
    """Whether the paragraph continues an item of a list with another marker."""
    item = paragraph.parent
    return isinstance(item, ListItem) and item.marker[-1] != bullet
