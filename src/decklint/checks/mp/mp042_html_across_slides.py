"""An HTML element is opened on one slide and closed on another.

Each slide is an element of its own, and a browser closes at its end whatever is still open there. Of a `<div class="columns">`
with a slide break before its `</div>` only the first slide gets the columns; the closing tag on the later slide closes nothing,
and what stands before it is laid out as if there were no `<div>`. A `<section>` is worse: slides are sections themselves, and
those that follow are put inside of this one.

The rule speaks only where a slide lacks a closing tag, a later one has one too many, and all tags of that name in the deck come
in pairs. Close the element before the slide break, and open it again behind it where it is wanted there too.

```deck bad 3:1-3:22
# Two kinds of learning

<div class="columns">

- supervised

---

- unsupervised

</div>
```

```deck bad 8:1-8:13
---
headingDivider: 2
---

# 监督学习

<!-- 下面的标题会另起一页 -->
<blockquote>

## 定义

从带标签的数据中学习

</blockquote>
```

```deck good
# Closed on each slide

<div class="columns">

- supervised <div>nested</div>

</div>

---

<div class="columns">

- `<div>` in code is code, <!-- <div> in a comment is none -->

</div>

<p>A paragraph ends by itself

---

# 标签数目不一致，只是写漏或多写

<div>

---

</div></div>
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from decklint.deck.html import tags
from decklint.deck.nodes import HtmlBlock, InlineHtml
from decklint.deck.walk import slide_of
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_ACROSS = Template(
    '"<{name}>" is closed only on slide {slide} (line {line}): this slide ends it, that one does not get it',
    "“<{name}>”到第 {slide} 页（第 {line} 行）才关闭：它在本页末尾就结束了，对那一页不起作用",
)
_NESTED = Template(
    '"<{name}>" is closed only on slide {slide} (line {line}): the slides up to that one are put inside of this one',
    "“<{name}>”到第 {slide} 页（第 {line} 行）才关闭：其间的幻灯片会被套进本页",
)
_CLOSE = Template(
    "close it before the slide ends, and open it again on slide {slide}", "在本页结束前关闭，需要时在第 {slide} 页重新打开"
)
_ELEMENTS = frozenset(
    "address article aside blockquote center details div dl figure nav ol section table tbody thead ul".split()  # noqa: SIM905
)
"""Elements for layout that Marp renders and whose closing tags cannot be left out, and the parts of a table that hold rows."""
_OPAQUE = ("script", "textarea")


class _Place(NamedTuple):
    name: str
    span: Span
    slide: int


@rule("MP042", "html-across-slides", severity="warning", since="0.1", zh="HTML 元素在一页打开，到另一页才关闭。")
def check(context: Context) -> Iterator[Finding]:
    slides = list(_unpaired(context))
    left = Counter(opening.name for opened, _ in slides for opening in opened)
    left.subtract(closing.name for _, surplus in slides for closing in surplus)
    waiting: dict[str, list[_Place]] = {}
    for opened, surplus in slides:
        for closing in surplus:
            before = waiting.get(closing.name)
            if before and not left[closing.name]:
                yield _finding(context, before.pop(), closing)
        for opening in opened:
            waiting.setdefault(opening.name, []).append(opening)


def _finding(context: Context, opening: _Place, closing: _Place) -> Finding:
    message = _NESTED if opening.name == "section" else _ACROSS
    line = context.source.line(closing.span.start)
    fix = hint(_CLOSE, slide=closing.slide)
    return context.finding(opening.span, message, fix=fix, name=opening.name, slide=closing.slide, line=line)


def _unpaired(context: Context) -> Iterator[tuple[list[_Place], list[_Place]]]:
    """For each slide the tags that it leaves open, and the closing tags that close nothing on it."""
    for _, places in groupby(_tags(context), key=lambda found: found[0].slide):
        opened: dict[str, list[_Place]] = {}
        surplus = []
        for place, closing in places:
            if not closing:
                opened.setdefault(place.name, []).append(place)
            elif opened.get(place.name):
                opened[place.name].pop()
            else:
                surplus.append(place)
        yield [place for left in opened.values() for place in left], surplus


def _tags(context: Context) -> Iterator[tuple[_Place, bool]]:
    """The tags that count, in source order, each with whether it closes."""
    nodes: list[HtmlBlock | InlineHtml] = [*context.of_type(HtmlBlock), *context.of_type(InlineHtml)]
    for node in sorted(nodes, key=lambda node: node.span):
        source = context.source.slice(node.span)
        found = [tag for tag in tags(source) if not source.endswith("/>", tag.start, tag.end)]
        if not found or found[0].name in _OPAQUE:
            continue
        slide = slide_of(node).number
        for tag in found:
            if tag.name in _ELEMENTS:
                yield _Place(tag.name, Span(node.span.start + tag.start, node.span.start + tag.end), slide), tag.closing
