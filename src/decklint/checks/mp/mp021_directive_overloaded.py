"""A setting of the whole deck is given twice, with different values.

`theme`, `size`, `style`, `headingDivider`, `lang` and `math` act on the whole deck wherever they stand, and Marp takes the
last one. A second value further down does not begin there: it replaces the first one on all slides. A theme or a heading
divider for some of the slides only does not exist; a class (`_class`) is what changes single slides.

```deck bad 2:1-2:6
---
theme: gaia
paginate: true
---

# Overview

---

<!-- theme: uncover -->

# Part 2
```

```deck bad 1:6-1:20
<!-- headingDivider: 1 -->

# 第一章

## 概述

<!-- headingDivider: 2 -->

## 方法
```

```deck good
---
theme: gaia
class: lead
---

# Directives of slides may change from slide to slide

---

<!-- class: invert -->
<!-- theme: gaia -->

# 同样的值不算冲突
```

```deck good
---
title: Sorting
---

<!-- title: "Sorting, lecture 3" -->

# Other tools read the title too, so two titles are nobody's mistake
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from decklint.deck.directives import DIRECTIVES, heading_divider
from decklint.deck.nodes import Comment
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_TWICE = Template(
    '"{key}" acts on the whole deck and is set again on line {line}, where its value is "{value}"',
    "“{key}”作用于整个文稿，但在第 {line} 行又被设为“{value}”",
)
_KEEP = Template("keep one of them; Marp takes the last one", "只保留一处；Marp 以最后一处为准")
_LONGEST = 40  # of a value shown in a message


class _Setting(NamedTuple):
    key: str
    value: Any
    span: Span


@rule("MP021", "directive-overloaded", severity="warning", since="0.1", zh="全局指令重复设置，值不相同。")
def check(context: Context) -> Iterator[Finding]:
    settings = list(_global_settings(context))
    last = {setting.key: setting for setting in settings}
    for setting in settings:
        winner = last[setting.key]
        if _plain(setting) == _plain(winner):
            continue
        line = context.source.line(winner.span.start)
        yield context.finding(
            setting.span, _TWICE, fix=hint(_KEEP), key=setting.key, line=line, value=str(winner.value).strip()[:_LONGEST]
        )


def _global_settings(context: Context) -> Iterator[_Setting]:
    front = context.deck.front_matter
    comments = [comment for comment in context.of_type(Comment) if comment.kind == "directive"]
    for holder in ([front] if front else []) + comments:
        for key, value in holder.settings.items():
            known = DIRECTIVES.get(key)
            if known is None or known.scope != "global" or known.reader == "cli":
                continue
            if key != "headingDivider" or heading_divider(value) is not None:  # Marp passes over others
                yield _Setting(key, value, holder.key_spans[key])


def _plain(setting: _Setting) -> Any:
    if setting.key == "headingDivider":
        return heading_divider(setting.value)
    return setting.value.strip() if isinstance(setting.value, str) else setting.value
