"""A line of dashes closes the front matter before its last settings, which are then shown as text.

The first line that consists of `---` ends the front matter, whatever stands around it: also inside the text of `style: |`, and
also where it was only meant to part two groups of settings. What follows is not read any more. Marp shows it on the first slide,
mostly as a heading, and the theme, the size or the page numbers that it asks for are missing.

The fix removes the line. It is offered where no setting would then be given twice.

```deck bad 4:1-4:4
---
marp: true
theme: gaia
---
paginate: true
size: 4:3
---

# Graphs
```

```deck fixed
---
marp: true
theme: gaia
paginate: true
size: 4:3
---

# Graphs
```

```deck bad 6:1-6:4
---
marp: true
style: |
  /*
  标题
---
  */
  h1 { color: navy; }
paginate: true
---

# 图论
```

```deck bad 3:1-3:4
---
marp: true
---
headingDivider: 2
class: lead

# Trees

## Search trees
```

```deck fixed
---
marp: true
headingDivider: 2
class: lead
---

# Trees

## Search trees
```

```deck good
---
marp: true
---
Input: a sorted list
output: a position
---

# Text below the front matter that only looks a little like settings
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.opening import EarlyEnd, early_end
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_EARLY = Template(
    "this line ends the front matter: Marp shows the settings below it as text",
    "front matter 到这一行就结束了：下面的设置会当作正文显示",
)
_REMOVE = Template("remove the line", "删除这一行")
_MOVE = Template("move it below the settings", "移到这些设置的后面")
_ONE = Template("keep one front matter, with each setting once", "只保留一个 front matter，每个设置只写一次")


@rule(
    "MP036",
    "front-matter-closed-early",
    severity="error",
    since="0.1",
    zh="`---` 使 front matter 提前结束，后面的设置成了正文。",
)
def check(context: Context) -> Iterator[Finding]:
    early = early_end(context.deck)
    if early is not None:
        line = context.source.line_of(early.dashes.start)
        yield context.finding(line, _EARLY, fix=_fix(context, early))


def _fix(context: Context, early: EarlyEnd) -> Fix:
    if len(set(early.keys)) < len(early.keys):
        return hint(_ONE)
    away, end = Edit(early.dashes, ""), early.settings.end
    if early.is_closed:
        return unsafe_fix(_REMOVE, away, effects=tuple(Effect))
    dashes = context.source.slice(early.dashes).strip()
    return unsafe_fix(_MOVE, away, Edit(Span(end, end), f"\n{dashes}"), effects=tuple(Effect))
