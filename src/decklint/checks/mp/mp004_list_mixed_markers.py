"""Two markers in one list make two lists, and `*` is an animation.

A list whose items begin with different markers (`+` and `-`, `*` and `-`) is read as two lists: the second one begins anew, with
its own margins and numbering. In Marp the marker also decides about animation: items marked `*` or `1)` appear one by one,
all others at once. A single `*` among `-` is an animation that nobody ordered.

The fix makes the shorter list follow the longer one. It may change which items appear step by step, so it is never applied
without being asked for.

```deck bad 5:1-5:2
# 特点

+ 规模大

- 能力强
- 通用
```

```deck fixed
# 特点

- 规模大

- 能力强
- 通用
```

```deck bad 4:1-4:2
# Agenda

- Motivation
* Method
- Results
```

```deck good
# Two levels

- outer
  * inner, on a level of its own
- outer
```

```deck good
# Two lists

- one list

Text between them.

* another list
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from decklint.deck.nodes import Container, List
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix

_TWO_LISTS = Template(
    'the marker changes from "{first}" to "{second}": Marp makes two lists of it', "列表标记由“{first}”变为“{second}”：Marp 会拆成两个列表"
)
_ANIMATED = Template(
    'the marker changes from "{first}" to "{second}": Marp makes two lists, and items with "{animated}" appear one by one',
    "列表标记由“{first}”变为“{second}”：Marp 会拆成两个列表，带“{animated}”的条目还会逐条出现",
)
_FIX = Template('use "{marker}" for all items', "统一使用“{marker}”")


@rule("MP004", "list-mixed-markers", severity="warning", since="0.1", zh="一个列表混用标记会变成两个列表，`*` 还会变成动画。")
def check(context: Context) -> Iterator[Finding]:
    for container in context.of_type(Container):
        for first, second in pairwise(container.blocks):
            if not (isinstance(first, List) and isinstance(second, List)) or first.ordered != second.ordered:
                continue
            animated = next((b for b in (first.bullet, second.bullet) if b in "*)"), "")
            span = second.items[0].marker_span
            yield context.finding(
                span,
                _ANIMATED if animated else _TWO_LISTS,
                first=_shown(first),
                second=_shown(second),
                animated=animated,
                fix=_fix(first, second, animated),
            )


def _shown(node: List) -> str:
    return f"1{node.bullet}" if node.ordered else node.bullet


def _fix(first: List, second: List, animated: str) -> Fix:
    kept, changed = (first, second) if len(first.items) >= len(second.items) else (second, first)
    edits = (Edit(item.marker_span, item.marker[:-1] + kept.bullet) for item in changed.items)
    effects = (Effect.TEXT, Effect.SPACING, *((Effect.FRAGMENTS,) if animated else ()))
    return unsafe_fix(_FIX, *edits, effects=effects, marker=_shown(kept))
