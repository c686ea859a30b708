"""A line in bold stands in for the slide's title.

Bold text looks like a title and is none: the slide is missing from the outline, from the table of contents of the PDF and from
the list of slides in the editor, it has no anchor to link to, and screen readers skip it. The fix makes it a heading of the
level that the deck's other titles have.

```deck bad 9:1-9:13
## Overview

- Data
- Model

---


**Training**

- Loss
- Optimiser
```

```deck fixed
## Overview

- Data
- Model

---


## Training

- Loss
- Optimiser
```

```deck good
## Warning

**Never test on training data.**

The slide has a title, so bold text is just bold.
```

```deck good
**What you need:**

- a laptop (a line that leads to a list is no title)
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.directives import heading_divider
from decklint.deck.nodes import Comment, Heading, Image, LineBreak, Paragraph, Strong, StyleBlock, Text
from decklint.deck.walk import bold_title, title, walk
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix

_BOLD = Template(
    "bold text is used as the slide's title, so the slide is missing from the outline", "用粗体文字代替标题，大纲中没有这一页"
)
_FIX = Template("make it a heading of level {level}", "改为 {level} 级标题")
_LONGEST = 80


@rule("HD001", "title-is-bold-text", severity="warning", since="0.1", zh="用粗体文字代替幻灯片标题。")
def check(context: Context) -> Iterator[Finding]:
    level = _usual_level(context)
    divides = heading_divider(context.deck.directives.get("headingDivider", "false")) or frozenset()
    for slide in context.deck.slides:
        strong = bold_title(slide)
        if strong is None or not _is_words(strong):
            continue
        name = title(slide)
        if len(name) > _LONGEST or name.endswith((":", "：")) or _is_alone(strong, slide):
            continue
        yield context.finding(strong.span, _BOLD, fix=None if level in divides else _fix(context, strong, level))


def _is_words(strong: Strong) -> bool:
    """Whether a bold text is one line without pictures."""
    content = strong.content
    if len(content) == 1 and isinstance(content[0], Text):  # as nearly all are
        return True
    return not any(isinstance(node, (LineBreak, Image)) for node in walk(strong))


def _is_alone(strong: Strong, slide: Slide) -> bool:
    """Whether the bold line is all that the slide says: a statement rather than a title."""
    seen = [block for block in slide.blocks if not isinstance(block, (Comment, StyleBlock))]
    leaf = strong.parent
    return len(seen) < 2 and isinstance(leaf, Paragraph) and leaf.inlines[-1] is strong


def _usual_level(context: Context) -> int:
    """The level of most headings of the deck; the deepest of them where several are as common."""
    levels = Counter(heading.level for heading in context.of_type(Heading))
    return max(levels, key=lambda level: (levels[level], level), default=2)


def _fix(context: Context, strong: Strong, level: int) -> Fix | None:
    start = strong.span.start
    if not strong.content or (start and context.source.text[start - 1] != "\n"):
        return None
    inner = context.source.text[strong.content[0].span.start : strong.content[-1].span.end]
    return unsafe_fix(_FIX, Edit(strong.span, f"{'#' * level} {inner}"), effects=(Effect.ANCHORS, Effect.TEXT), level=level)
