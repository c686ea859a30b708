"""A comment above a heading that begins a slide acts on the slide before.

With `headingDivider` the slide begins at the heading itself. What stands above the heading, if only by one line, still
belongs to the previous slide: `<!-- _class: lead -->` above `# Part 2` changes the end of part 1. Comments of directives have
their place below the heading.

The rule speaks where the comment stands closer to the heading than to the text before it, or as close; a comment right below
its own heading is left alone. The fix moves the comment below the heading.

```deck bad 9:1-9:22
---
headingDivider: 1
---

# Part 1

We look at the data first.

<!-- _class: lead -->
# Part 2

And then at the models.
```

```deck fixed
---
headingDivider: 1
---

# Part 1

We look at the data first.

# Part 2
<!-- _class: lead -->

And then at the models.
```

```deck good
---
headingDivider: 2
---

## 数据
<!-- _class: lead -->

## 模型

这里的注释写在自己的标题下面。
<!-- _footer: 来源：课程讲义 -->

## 结论
```

```deck good
# A ruler begins the slide here

text

---

<!-- _class: lead -->

# Part 2
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from decklint.deck.deck import Slide
from decklint.deck.directives import is_directive
from decklint.deck.nodes import Comment, Heading
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_BEFORE = Template(
    'the slide begins at the heading below, so "{key}" acts on the slide before it',
    "新的一页从下面的标题开始，所以“{key}”作用于前一页",
)
_MOVE = Template("move the comment below the heading", "把注释移到标题下面")


@rule("MP020", "directive-before-divider", severity="warning", since="0.1", zh="写在分页标题上面的指令会作用于前一页。")
def check(context: Context) -> Iterator[Finding]:
    for slide, following in pairwise(context.deck.slides):
        heading = following.blocks[0] if following.break_span is None and following.blocks else None
        if not isinstance(heading, Heading):
            continue
        above = _above(context, slide, heading)
        below = {key for block in following.blocks if above and isinstance(block, Comment) for key in block.settings}
        for comment in above:
            keys = [key for key in comment.settings if key.startswith("_") and is_directive(key)]
            if not keys or keys[0] in below:  # the next slide has its own, so this one is meant where it acts
                continue
            fix = _fix(context, comment, heading) if comment is above[-1] else None
            yield context.finding(comment.span, _BEFORE, key=keys[0], fix=fix)


def _above(context: Context, slide: Slide, heading: Heading) -> list[Comment]:
    """The comments between a slide's content and the heading that ends it, where they stand nearer to the heading."""
    comments: list[Comment] = []
    for block in reversed(slide.blocks):
        if isinstance(block, Comment):
            comments.insert(0, block)
            continue
        gap_before = _blank_lines(context, block.span.end, comments[0].span.start) if comments else 0
        gap_after = _blank_lines(context, comments[-1].span.end, heading.span.start) if comments else 0
        return [] if isinstance(block, Heading) or gap_after > gap_before else comments
    return []  # nothing else on the slide: the comments are all that it has


def _blank_lines(context: Context, start: int, end: int) -> int:
    return max(0, context.source.text[start:end].count("\n") - 1)


def _fix(context: Context, comment: Comment, heading: Heading) -> Fix | None:
    text = context.source.text
    whole = context.source.slice(comment.span)
    if comment.swallowed or not all(key.startswith("_") for key in comment.settings) or heading.span.end >= len(text):
        return None
    away = Edit(Span(comment.span.start, heading.span.start), "")
    below = Edit(Span(heading.span.end, heading.span.end), "\n" + whole)
    return unsafe_fix(_MOVE, away, below, effects=(Effect.DIRECTIVES,))
