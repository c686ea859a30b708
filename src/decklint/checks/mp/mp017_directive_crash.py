"""Page numbers written as a list or a mapping stop Marp: no slides are made.

`paginate` takes one word: `true`, `false`, `hold` or `skip`. With a list or a mapping Marp does not ignore the setting but
breaks off with "TypeError", in the editor as well as on the command line.

The fix takes the word out of a list that has only one.

```deck bad 2:11-2:17
---
paginate: [true]
---

# Sorting
```

```deck fixed
---
paginate: true
---

# Sorting
```

```deck bad 6:1-6:10
# 排序算法

---

<!--
_paginate:
  show: true
-->

# 快速排序
```

```deck good
---
paginate: true
class:
  - lead
  - invert
---

# A list is fine for classes
```

```deck good
# 注释里的列表

<!-- 讲稿：paginate: [true] 是错误的写法 -->
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decklint.deck.deck import FrontMatter
from decklint.deck.nodes import Comment
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_CRASH = Template(
    '"{key}" has a list or a mapping for a value, and Marp stops without making any slide',
    "“{key}”的值是列表或映射，Marp 会报错退出，一页也生成不了",
)
_USE = Template('write "{word}"', "改为“{word}”")
_ONE_WORD = Template("give one word: true, false, hold or skip", "只写一个词：true、false、hold 或 skip")
_WORDS = ("true", "false", "hold", "skip")


@rule("MP017", "directive-crash", severity="error", since="0.1", zh="页码指令写成列表或映射会使 Marp 报错退出。")
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    holders: list[FrontMatter | Comment] = [front] if front else []
    holders += [comment for comment in context.of_type(Comment) if comment.kind == "directive"]
    for holder in holders:
        for key in ("paginate", "_paginate"):
            value = holder.settings.get(key)
            if not isinstance(value, (list, dict)):
                continue
            span = holder.value_spans[key] if "\n" not in context.source.slice(holder.value_spans[key]) else holder.key_spans[key]
            if context.source.line_of(span.start) != context.source.line_of(holder.key_spans[key].start):
                span = holder.key_spans[key]
            yield context.finding(span, _CRASH, key=key, fix=_fix(context, holder, key, value))


def _fix(context: Context, holder: FrontMatter | Comment, key: str, value: Any) -> Fix:
    word = value[0].lower() if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) else ""
    start, end = holder.key_spans[key].end, holder.value_spans[key].end
    colon = context.source.text.find(":", start, end)
    if word not in _WORDS or colon < 0 or holder.key_spans[key] == holder.span:
        return hint(_ONE_WORD)
    return unsafe_fix(_USE, Edit(Span(colon + 1, end), f" {word}"), effects=(Effect.DIRECTIVES,), word=word)
