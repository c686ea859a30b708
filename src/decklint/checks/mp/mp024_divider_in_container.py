"""A heading inside a quote or a list item cuts the slide, and the quote with it.

With `headingDivider` Marp begins a new slide at every heading of the chosen levels, also at one inside a block quote or a
list. The quote is then opened on one slide and closed on the next: its frame breaks off, and what follows may be laid out
wrongly. Write such a line in bold instead, or with a level that does not divide.

```deck bad 9:3-9:13
---
headingDivider: 2
---

# Ethics

What the report says:

> ## Summary
>
> Models repeat the prejudice of their data.
```

```deck bad 7:3-7:8
<!-- headingDivider: [1, 2] -->

# 课程安排

- 第一周

  ## 绪论
```

```deck good
---
headingDivider: 1
---

# 引文

> ## 这一级标题不分页
>
> 内容
```

```deck good
# Without a divider headings cut nothing

> # Summary
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.directives import heading_divider
from decklint.deck.nodes import Heading, ListItem, Quote
from decklint.deck.walk import ancestors
from decklint.findings import Finding, Template
from decklint.rule import Context, rule

_CUT = {
    "quote": Template(
        "this heading of level {level} begins a new slide in the middle of a quote, which is torn in two",
        "这个 {level} 级标题会在引用块中间另起一页，引用块被拆成两半",
    ),
    "list": Template(
        "this heading of level {level} begins a new slide in the middle of a list, which is torn in two",
        "这个 {level} 级标题会在列表中间另起一页，列表被拆成两半",
    ),
}


@rule("MP024", "divider-in-container", severity="error", since="0.1", zh="引用块或列表里的标题会把幻灯片切断。")
def check(context: Context) -> Iterator[Finding]:
    levels = _levels(context)
    if not levels:
        return
    for heading in context.of_type(Heading):
        around = next((node for node in ancestors(heading) if isinstance(node, (Quote, ListItem))), None)
        if around is None or heading.level not in levels:
            continue
        kind = "quote" if isinstance(around, Quote) else "list"
        yield context.finding(heading.span, _CUT[kind], level=heading.level)


def _levels(context: Context) -> frozenset[int]:
    """The levels that divide: what the deck says, else what its slides tell of the project's settings."""
    if "headingDivider" in context.deck.directives:
        return heading_divider(context.deck.directives["headingDivider"]) or frozenset()
    return frozenset(
        slide.blocks[0].level
        for slide in context.deck.slides
        if slide.number > 1 and slide.break_span is None and slide.blocks and isinstance(slide.blocks[0], Heading)
    )
