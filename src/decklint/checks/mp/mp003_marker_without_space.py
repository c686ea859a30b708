"""A list or heading marker without a space behind it is shown as text.

`+文字` is a paragraph that begins with a plus sign; only `+ 文字` is an item of a list, and only `## 标题` a heading. The slip
hides easily where the other items of the list, on the same slide or on the one that it continues, are written well. Lines
that begin so for another reason (`-5 °C`, `-> next`, `1.5`, `#hashtag`) stand alone, and are left alone. A full-width `＃`,
and a no-break or full-width space behind a marker, are never meant; two lines in a row that begin with the same sign and a
Han character are a list.

The space between a list's marker and its text is put in without being asked for where the list has other items. All else
makes a heading or a list of what is a paragraph now, and so is left to you.

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

```deck bad 5:1-5:3 9:1-9:2 13:1-13:2
# 语言模型

一段文字。

##历史

---

＃ 现状

---

#未来
```

```deck fixed
# 语言模型

一段文字。

## 历史

---

# 现状

---

# 未来
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

#人工智能 #大模型

1.编号后不空格也是常见的写法

#define 不是标题
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.nodes import Comment, Heading, List, ListItem, Paragraph, StyleBlock
from decklint.deck.walk import slide_of, title
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.lang import HAN
from decklint.marprc import mapping
from decklint.rule import Context, rule, safe_fix, unsafe_fix
from decklint.text import Span

_MISSING = Template(
    'Marp shows "{marker}" as text: a list item needs a space behind its marker',
    "Marp 会把“{marker}”当作文字显示：列表标记后需要空格",
)
_NO_HEADING = Template(
    'Marp shows "{marker}" as text: a heading needs "#" and a space', "Marp 会把“{marker}”当作文字显示：标题需要“#”加空格"
)
_FIX = Template('insert a space behind "{marker}"', "在“{marker}”后插入空格")
_WRITE = Template('write "{better}"', "写作“{better}”")
_ITEM = re.compile(rf"[ \t]*([+*-]|\d{{1,2}}[.)])(?=[{HAN}“《（【A-Za-z])")
_HAN_ITEM = re.compile(rf"[ \t]*([+-])(?=[{HAN}“《（【])")
_ODD_SPACE = re.compile(r"[ \t]*([+*-]|#{1,6})([\u00a0\u2000-\u200a\u3000]+)(?=\S)")
_HEADING = re.compile(
    rf"[ \t]*(?:(#{{2,6}})(?=\d{{0,3}}[.、]?[{HAN}A-Za-z“《])|(＃{{1,6}})[ \t\u3000]*(?=[\w“《])|(#)(?=[{HAN}“《]|[A-Z][a-z]))"
)
_SUSPECT = re.compile("|".join(f"^{pattern.pattern}" for pattern in (_ITEM, _ODD_SPACE, _HEADING)), re.MULTILINE)
_TITLE_LENGTH = 60  # characters: a longer line that begins with one "#" is no title
Line = tuple[str, int]  # its text, and where it begins in the source


@rule("MP003", "marker-without-space", severity="warning", since="0.1", zh="列表或标题标记后没有空格，会被当作文字显示。")
def check(context: Context) -> Iterator[Finding]:
    suspects = [paragraph for paragraph in context.of_type(Paragraph) if _is_suspect(paragraph.raw)]
    if not suspects:
        return
    bullets = _bullets(context)
    has_titles = any(heading.level == 1 for heading in context.of_type(Heading))
    known: dict[Slide, tuple[set[str], Paragraph | None]] = {}
    for paragraph in suspects:
        slide = slide_of(paragraph)
        if slide not in known:
            known[slide] = _near(slide, context.deck.slides, bullets), _without_heading(slide) if has_titles else None
        near, missing = known[slide]
        lines = list(_lines(context, paragraph))
        yield from _items(context, paragraph, lines, near)
        yield from _odd_spaces(context, lines)
        yield from _headings(context, lines, is_title=paragraph is missing and len(lines) == 1)


def _is_suspect(raw: str) -> bool:
    """Whether a line looks as if it began with a marker; most texts have one line, of which only the beginning is looked at."""
    if _SUSPECT.match(raw):
        return True
    return raw.find("\n", 0, -1) >= 0 and _SUSPECT.search(raw) is not None


def _lines(context: Context, paragraph: Paragraph) -> Iterator[Line]:
    """The lines of a paragraph that stand in the source as they are, behind the markers of quotes and lists."""
    first = context.source.line(paragraph.span.start)
    for number, text in enumerate(paragraph.raw.rstrip("\n").split("\n")):
        start, end = context.source.line_span(first + number)
        at = context.source.text.rfind(text.rstrip(), start, end)
        if at >= 0:
            yield text, at


def _items(context: Context, paragraph: Paragraph, lines: list[Line], near: set[str]) -> Iterator[Finding]:
    markers = {match[1] if (match := _HAN_ITEM.match(text)) else "" for text, _ in lines}
    is_list = len(lines) > 1 and len(markers) == 1 and "" not in markers
    for text, at in lines:
        match = _ITEM.match(text)
        if match is None or (match[1] == "*" and "*" in text[match.end() :]):  # emphasis
            continue
        marker, span = match[1], Span(at + match.start(1), at + match.end(1))
        is_sibling = marker[-1] in near and not _is_inside_other_list(paragraph, marker[-1])
        if is_sibling or is_list:
            yield context.finding(span, _MISSING, marker=marker, fix=_fix(span, marker, is_sibling))


def _odd_spaces(context: Context, lines: list[Line]) -> Iterator[Finding]:
    for text, at in lines:
        if match := _ODD_SPACE.match(text):
            marker, span = match[1], Span(at + match.start(1), at + match.end(1))
            edit = Edit(Span(span.end, at + match.end(2)), " ")
            fix = unsafe_fix(_FIX, edit, effects=_effects(context, marker), marker=marker)
            yield context.finding(span, _NO_HEADING if "#" in marker else _MISSING, marker=marker, fix=fix)


def _headings(context: Context, lines: list[Line], *, is_title: bool) -> Iterator[Finding]:
    for text, at in lines:
        match = _HEADING.match(text)
        if match is None or (match[3] and not (is_title and text.count("#") == 1 and len(text) <= _TITLE_LENGTH)):
            continue
        marker = match[1] or match[2] or match[3]
        start = at + text.index(marker)
        better = "#" * len(marker)
        fix = unsafe_fix(_WRITE, Edit(Span(start, at + match.end()), f"{better} "), effects=_effects(context, "#"), better=better)
        yield context.finding(Span(start, start + len(marker)), _NO_HEADING, marker=marker, fix=fix)


def _without_heading(slide: Slide) -> Paragraph | None:
    """The paragraph that a slide without headings begins with: what looks like a heading there was meant as one."""
    shown = [block for block in slide.blocks if not isinstance(block, (Comment, StyleBlock))]
    if not shown or not isinstance(shown[0], Paragraph) or any(isinstance(block, Heading) for block in shown):
        return None
    return shown[0]


def _effects(context: Context, marker: str) -> set[Effect]:
    effects = {Effect.TEXT, Effect.SPACING}
    if marker.startswith("#"):
        effects.add(Effect.ANCHORS)
        if "headingDivider" in context.deck.directives or mapping(context.tools.cli.get("options")).get("headingDivider"):
            effects.add(Effect.SLIDES)
    return effects | {Effect.FRAGMENTS} if marker[-1] in "*)" else effects


def _fix(span: Span, marker: str, is_sibling: bool) -> Fix:
    insert = Edit(Span(span.end, span.end), " ")
    if marker[-1] in "*)":  # items with these markers appear step by step
        return unsafe_fix(_FIX, insert, effects=(Effect.SPACING, Effect.FRAGMENTS), marker=marker)
    if not is_sibling:
        return unsafe_fix(_FIX, insert, effects=(Effect.SPACING,), marker=marker)
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


def _is_inside_other_list(paragraph: Paragraph, bullet: str) -> bool:
    """Whether the paragraph continues an item of a list with another marker."""
    item = paragraph.parent
    return isinstance(item, ListItem) and item.marker[-1] != bullet
