"""A heading is more than one level below the heading before it.

After `#` comes `##`. Screen readers announce levels, and people who jump from heading to heading take a skipped one for a part
that they have missed. Slides often choose a level for its size, so the rule is off by default: a class of the theme, or its CSS,
sets sizes without a hole in the outline. The deck may begin at any level. The fix moves the heading up, with all headings of
its part; there is none where headings begin slides (`headingDivider`), because their levels say where.

```deck bad 5:1-5:12
# Networks

---

### Neurons

#### Weights

---

### Layers
```

```deck fixed
# Networks

---

## Neurons

### Weights

---

## Layers
```

```deck good
## A deck may begin at level two

### and go down step by step

# and up in one go
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile

from decklint.deck.nodes import Heading
from decklint.deck.outline import is_divided, mark
from decklint.findings import Edit, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix

_SKIPPED = Template(
    "a heading of level {level} follows one of level {before}: level {missing} is skipped",
    "{before} 级标题之后是 {level} 级标题，跳过了 {missing} 级",
)
_FIX = Template("move it and the headings of its part up to level {level}", "把它和所属部分的标题上移到 {level} 级")


@rule("HD004", "heading-level-skipped", severity="info", since="0.1", zh="标题跳级。", default=False)
def check(context: Context) -> Iterator[Finding]:
    headings = context.of_type(Heading)
    divided = is_divided(context.deck)
    for at, (before, heading) in enumerate(pairwise(headings), start=1):
        if heading.level <= before.level + 1:
            continue
        fix = None if divided else _fix(context, headings, at, before.level + 1)
        yield context.finding(heading.span, _SKIPPED, level=heading.level, before=before.level, missing=before.level + 1, fix=fix)


def _fix(context: Context, headings: list[Heading], at: int, level: int) -> Fix | None:
    """Move all headings up that follow before one of a higher level: what stood beside each other still does."""
    first = headings[at]
    part = list(takewhile(lambda heading: heading.level >= first.level, headings[at:]))
    marks = [mark(context.source, heading) for heading in part]
    up = first.level - level
    edits = [Edit(old, "#" * (heading.level - up)) for heading, old in zip(part, marks, strict=True) if old is not None]
    return unsafe_fix(_FIX, *edits, level=level) if len(edits) == len(part) else None
