"""A heading does not fit on one line of the theme.

A title of two lines takes the room of two items, and a wrapped word or two look like a mistake. Line breaks of your own (`<br>`)
are respected: the longest line counts. Headings that are scaled to the slide (`<!-- fit -->`) always fit.

The length is estimated in columns, two for a Chinese character and one for a Latin letter. How many fit was measured with Noto
Sans CJK in the themes of Marp Core 4.4: 44, 58 and 66 columns for the levels 1 to 3 of `default`, 34, 40 and 44 of `gaia`, 25,
30 and 36 of `uncover`, on slides of 16:9. Other themes are taken for `default`. Long titles are a style too, so the rule is off
by default.

```deck bad 1:3-1:56
# 从感知机到深度神经网络：人工神经网络七十年的发展历史、主要的转折点、代表性的人物以及今天仍然没有解决的问题

- 1958
```

```deck bad 9:3-9:44
---
theme: uncover
---

# Networks

---

# What a network learns in its first layers

- edges
```

```deck good
# 人工神经网络七十年

### What a network learns in its first layers, and in the last

# <!-- fit --> What a network learns in its first layers, and in the last
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import Comment, Heading
from decklint.findings import Finding, Template
from decklint.rule import Context, rule

_LONG = Template(
    'the heading is about {width} columns wide, a line of the theme "{theme}" holds about {limit}',
    "标题约宽 {width} 列，主题“{theme}”一行约容纳 {limit} 列",
)
_COLUMNS = {
    "default": (44, 58, 66, 72, 76, 86),
    "gaia": (34, 40, 44, 56, 62, 68),
    "uncover": (25, 30, 36, 44, 56, 70),
}
"""Twice the Han characters on a line, by level: measured for 1 to 3, width of the text over size of the font for 4 to 6."""
_SLACK = 1.05  # lines of Latin letters hold 2.05 to 2.12 times as many characters as lines of Han, in all three themes
_NARROW = 0.715  # the text of a 4:3 slide is 803 pixels wide in `default`, that of a 16:9 slide 1123
_FIRST_WIDE = 0x2E80  # CJK begins here


@rule("HD010", "heading-too-long", severity="info", since="0.1", zh="标题超过主题的一行。", default=False)
def check(context: Context) -> Iterator[Finding]:
    theme = context.theme.name if context.theme.name in _COLUMNS else "default"
    scale = _NARROW if context.deck.directives.get("size") == "4:3" else 1
    for heading in context.of_type(Heading):
        limit = int(_COLUMNS[theme][heading.level - 1] * scale)
        width = max(map(_width, heading.view.text.split("\n")))
        if width > limit * _SLACK and not any(isinstance(node, Comment) and node.kind == "fit" for node in heading.inlines):
            text = heading.view.text
            span = heading.view.span(len(text) - len(text.lstrip()), len(text.rstrip()))
            yield context.finding(span, _LONG, width=width, theme=theme, limit=limit)


def _width(line: str) -> int:
    return sum(1 if ord(char) < _FIRST_WIDE else 2 for char in line.strip())
