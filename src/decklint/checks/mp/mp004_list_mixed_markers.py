"""Two markers in one list make two lists, and `*` is an animation.

A list whose items begin with different markers (`+` and `-`, `*` and `-`) is read as two lists: the second one begins anew, with
its own margins and numbering. In Marp the marker also decides about animation: items marked `*` or `1)` appear one by one,
all others at once. A single `*` among `-` is an animation that nobody ordered; only `*` at the end of a list is a known habit.

The fix makes the shorter list follow the longer one. It may change which items appear step by step, so it is never applied
without being asked for.

```deck bad 3:1-3:2
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
# Shown at once, then step by step

- The question
- What we know
* The answer
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

from collections import Counter
from collections.abc import Iterator

from decklint.deck.nodes import Container, List
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix

_TWO_LISTS = Template(
    'the marker "{odd}" stands among "{usual}": Marp makes more than one list of it',
    "列表标记“{odd}”夹在“{usual}”中：Marp 会拆成多个列表",
)
_ANIMATED = Template(
    'the marker "{odd}" stands among "{usual}": Marp makes more than one list, and items with "{animated}" appear one by one',
    "列表标记“{odd}”夹在“{usual}”中：Marp 会拆成多个列表，带“{animated}”的条目还会逐条出现",
)
_FIX = Template('use "{marker}" for all items', "统一使用“{marker}”")


@rule("MP004", "list-mixed-markers", severity="warning", since="0.1", zh="一个列表混用标记会变成多个列表，`*` 还会变成动画。")
def check(context: Context) -> Iterator[Finding]:
    holders = Counter(node.parent for node in context.of_type(List))
    for container in (holder for holder, lists in holders.items() if lists > 1 and isinstance(holder, Container)):
        for run in _runs(container):
            if _is_step_by_step(run):
                continue
            usual = max(run, key=lambda node: len(node.items)).bullet
            for odd in run:
                if odd.bullet == usual:
                    continue
                animated = next((bullet for bullet in (odd.bullet, usual) if bullet in "*)"), "")
                yield context.finding(
                    odd.items[0].marker_span,
                    _ANIMATED if animated else _TWO_LISTS,
                    odd=_shown(odd.ordered, odd.bullet),
                    usual=_shown(odd.ordered, usual),
                    animated=animated,
                    fix=_fix(odd, usual, animated),
                )


def _runs(container: Container) -> Iterator[list[List]]:
    """The lists that follow each other with nothing between them, two or more, all ordered or all not."""
    run: list[List] = []
    for block in [*container.blocks, None]:
        if isinstance(block, List) and (not run or run[-1].ordered == block.ordered):
            run.append(block)
            continue
        if len(run) > 1:
            yield run
        run = [block] if isinstance(block, List) else []


def _is_step_by_step(run: list[List]) -> bool:
    """Whether all animated items come last: first what is shown at once, then step by step is done on purpose."""
    animated = [node.bullet in "*)" for node in run]
    return any(animated) and animated == sorted(animated)


def _shown(ordered: bool, bullet: str) -> str:
    return f"1{bullet}" if ordered else bullet


def _fix(odd: List, usual: str, animated: str) -> Fix:
    edits = (Edit(item.marker_span, item.marker[:-1] + usual) for item in odd.items)
    effects = (Effect.TEXT, Effect.SPACING, *((Effect.FRAGMENTS,) if animated else ()))
    return unsafe_fix(_FIX, *edits, effects=effects, marker=_shown(odd.ordered, usual))
