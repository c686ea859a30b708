"""Text that hardly stands out from its background.

A projector in a bright room takes away more contrast than any screen, and some of the audience see less of it than the
author. WCAG 2.1 asks for 4.5:1, and for 3:1 where the letters are large: from 24 pixels on. Marp's themes write their text in 29
to 40 pixels on a slide of 720, so this rule asks for 3:1. It looks at plain text and at headings, in the colours of the
directives `color` and `backgroundColor`, of the deck's styles, and of the theme. Where a colour is not known for sure (a
picture or a gradient in the background, a theme from elsewhere, a box with colours of its own), it is silent.

```deck bad 3:14-3:20
# Forces

<!-- _color: yellow -->

Action equals reaction.
```

```deck bad 4:18-4:27
---
marp: true
theme: gaia
backgroundColor: "#333333"
---

# 牛顿第三定律

作用力与反作用力大小相等。
```

```deck bad 2:17-2:31
<style>
section.quiet { color: #bbbbbb; }
</style>

<!-- class: quiet -->

A remark that nobody in the last row can read.
```

```deck good
<!-- _backgroundColor: navy -->
<!-- _color: white -->

# Both colours are set, and they differ
```

```deck good
<!-- _color: white -->

![bg](dark.jpg)

# Nobody knows the colours of a picture
```

```deck good
---
theme: gaia
_class: invert
_color: "#ffffff"
---

# 反色页面的背景是深色，白字清楚
```
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from decklint.deck.deck import Slide
from decklint.deck.html import tags
from decklint.deck.nodes import (
    CodeSpan,
    Comment,
    Emphasis,
    Heading,
    HtmlBlock,
    Image,
    InlineHtml,
    Leaf,
    Link,
    List,
    ListItem,
    Node,
    Paragraph,
    Quote,
    Strikethrough,
    Strong,
    StyleBlock,
    TableCell,
    Text,
)
from decklint.deck.walk import ancestors, blocks, slide_of, walk
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span
from decklint.theme.cascade import SLIDE, Declaration
from decklint.theme.colour import BLACK, WHITE, contrast
from decklint.theme.colours import Pair, Palette

_TEXT = Template(
    "text in {text} on {background} has a contrast of {ratio}:1, less than {least}:1 (slide {slide})",
    "{background} 背景上的文字（{text}）对比度只有 {ratio}:1，低于 {least}:1（第 {slide} 页）",
)
_HEADING = Template(
    "a heading of level {level} in {text} on {background} has a contrast of {ratio}:1, less than {least}:1 (slide {slide})",
    "{background} 背景上的 {level} 级标题（{text}）对比度只有 {ratio}:1，低于 {least}:1（第 {slide} 页）",
)
_BETTER = Template("{colour} text would have {ratio}:1 there", "换成{colour_zh}文字，对比度为 {ratio}:1")
_CANDIDATES = (("black", "黑色", BLACK), ("white", "白色", WHITE))
_LEAST = 3  # WCAG 2.1, success criterion 1.4.3, for text of at least 18 points
_ELEMENTS = (SLIDE, "h1", "h2", "h3", "h4", "h5", "h6")
_TAGS: dict[type[Node], frozenset[str]] = {
    Paragraph: frozenset(("p",)),
    TableCell: frozenset(("table",)),
    List: frozenset(("ul", "ol")),
    ListItem: frozenset(("li",)),
    Quote: frozenset(("blockquote",)),
    Strong: frozenset(("strong", "b")),
    Emphasis: frozenset(("em", "i")),
    Strikethrough: frozenset(("s",)),
    Link: frozenset(("a",)),
    CodeSpan: frozenset(("code",)),
}


@rule("AX006", "contrast-low", severity="warning", since="0.1", zh="文字与背景的对比度太低。", default=False)
def check(context: Context) -> Iterator[Finding]:
    palette = Palette(context.deck, context.theme, context.files)
    seen: set[tuple[Span | None, str, str]] = set()
    for slide, places in _with_places(context):
        for element in _ELEMENTS:
            pair = palette.pair(slide, element)
            if pair is None or (ratio := contrast(pair.text.colour, pair.background.colour)) >= _LEAST:
                continue
            place, is_own = _place(context, pair, places)
            if place is None or not _shows(slide, element, palette.touched(slide)):
                continue
            key = (place if is_own else None, pair.text.written, pair.background.written)
            if key not in seen:  # what the theme alone makes is told once
                seen.add(key)
                yield _finding(context, place, element, pair, ratio, slide)


def _finding(context: Context, span: Span, element: str, pair: Pair, ratio: float, slide: Slide) -> Finding:
    back = pair.background.colour
    name, name_zh, better = max(_CANDIDATES, key=lambda candidate: contrast(candidate[2], back))
    return context.finding(
        span,
        _TEXT if element == SLIDE else _HEADING,
        fix=hint(_BETTER, colour=name, colour_zh=name_zh, ratio=_shown(contrast(better, back))),
        text=pair.text.written,
        background=pair.background.written,
        ratio=_shown(ratio),
        least=_LEAST,
        level=element[1:],
        slide=slide.number,
    )


def _shown(ratio: float) -> str:
    """One decimal, never rounded up to what would do."""
    return f"{math.floor(ratio * 10) / 10:.1f}"


def _shows(slide: Slide, element: str, touched: frozenset[str]) -> bool:
    """Whether a slide has text in an element's own colours."""
    within = list(blocks(slide))
    if "*" in touched or any(isinstance(block, HtmlBlock) and _colours(block.value, touched) for block in within):
        return False
    leaves = [block for block in within if isinstance(block, Leaf)]
    if any(isinstance(node, Image) and node.is_background for leaf in leaves for node in walk(leaf)):
        return False
    return any(_is_plain(leaf, element, touched) for leaf in leaves)


def _colours(html: str, touched: frozenset[str]) -> bool:
    """Whether HTML may give the text in it colours of its own."""
    return any(
        tag.name in touched or not tag.attributes.keys().isdisjoint(("class", "style", "color", "bgcolor")) for tag in tags(html)
    )


def _is_plain(leaf: Leaf, element: str, touched: frozenset[str]) -> bool:
    if element != (f"h{leaf.level}" if isinstance(leaf, Heading) else SLIDE):
        return False
    around = (leaf, *ancestors(leaf))
    if not touched.isdisjoint(tag for node in around for tag in _TAGS.get(type(node), ())):
        return False
    if any(isinstance(node, InlineHtml) and _colours(node.value, touched) for node in walk(leaf)):
        return False
    own = touched | _TAGS[Strong] if isinstance(leaf, Heading) else touched
    waiting: list[Node] = list(leaf.inlines)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text) and any(map(str.isalnum, node.value)):
            return True
        if own.isdisjoint(_TAGS.get(type(node), ())):
            waiting += node.children
    return False


def _with_places(context: Context) -> Iterator[tuple[Slide, dict[str, Span]]]:
    """Each slide, with the places of the directives in force on it."""
    front = context.deck.front_matter
    holders: dict[int, list[Mapping[str, Span]]] = {1: [front.value_spans]} if front is not None else {}
    for comment in context.of_type(Comment):
        if comment.value_spans:
            holders.setdefault(slide_of(comment).number, []).append(comment.value_spans)
    inherited: dict[str, Span] = {}
    for slide in context.deck.slides:
        here: dict[str, Span] = {}
        for spans in holders.get(slide.number, ()):
            for key, span in spans.items():
                (here if key.startswith("_") else inherited)[key.removeprefix("_")] = span
        yield slide, {**inherited, **here}


def _place(context: Context, pair: Pair, places: Mapping[str, Span]) -> tuple[Span | None, bool]:
    """The last place of the deck that has a say in the colours, and whether it sets one itself: a directive, a style.

    Else it is where the deck chooses a class of the theme, or the theme.
    """
    found = []
    for cause in (pair.text.cause, pair.background.cause):
        if isinstance(cause, str):
            found.append(places.get(cause))
        elif isinstance(cause.origin, StyleBlock):
            found.append(_declared(context, cause, cause.origin.span))
        elif cause.origin == "style" and "style" in places:
            found.append(_declared(context, cause, places["style"]))
    own = [span for span in found if span is not None]
    return (max(own), True) if own else (places.get("class", places.get("theme")), False)


def _declared(context: Context, cause: Declaration, holder: Span) -> Span:
    """Where a declaration stands in the style that holds it; where that cannot be told, the first line of the style."""
    source = context.source
    pattern = re.compile(rf"(?<![\w-])(?:{re.escape(cause.name)}|background)\s*:\s*{re.escape(cause.value)}")
    first = source.line(holder.start)
    last = source.line(holder.end)
    for line in (first + cause.line - 1, first + cause.line):
        if first <= line <= last and (match := pattern.search(source.slice(source.line_span(line)))):
            start = source.line_span(line).start
            return Span(start + match.start(), start + match.end())
    return Span(holder.start, min(holder.end, source.line_of(holder.start).end))
