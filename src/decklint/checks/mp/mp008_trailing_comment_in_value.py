"""A comment behind a setting becomes part of its value.

In YAML ` # …` begins a comment, but for its own settings Marp takes all that stands behind the colon: `theme: gaia # nice` asks
for a theme called `gaia # nice`, which does not exist, and `paginate: true # x` is not true, so there are no page numbers. Only
where the value stands in quotes is the rest of the line a comment.

The fix puts the value in quotes. Headers, footers, titles and the like are left alone, because a `#` may be meant there, and so
are colours.

```deck bad 3:8-3:27
---
marp: true
theme: gaia # warm colours
---

# Backpropagation
```

```deck fixed
---
marp: true
theme: "gaia" # warm colours
---

# Backpropagation
```

```deck bad 1:16-1:27
<!-- paginate: true # 显示页码 -->

# 反向传播
```

```deck fixed
<!-- paginate: "true" # 显示页码 -->

# 反向传播
```

```deck good
---
theme: "gaia" # behind quotes this is a comment
size: 4:3 # and behind settings that Marp takes as YAML does
color: #333
backgroundImage: linear-gradient(to right, #fff, #eee)
footer: Lecture #3
title: Introduction to C # and F #
---

# Signs that are meant
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import FrontMatter
from decklint.deck.directives import heading_divider, local_value
from decklint.deck.nodes import Comment
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_PART = Template('the "#" comment is part of the value: Marp reads "{value}"', "“#”注释成了值的一部分：Marp 读到的是“{value}”")
_FIX = Template('put "{value}" in quotes', "给“{value}”加引号")

_CSS = ("color", "backgroundColor", "backgroundImage", "backgroundPosition", "backgroundRepeat", "backgroundSize")
_KEYS = frozenset(("theme", "lang", "headingDivider", "class", "paginate", "transition", "url", "image", *_CSS))
_COMMENT = re.compile(r"\s#(?![0-9A-Fa-f]{3,8}\b)")  # the sign of a colour has digits behind it


@rule("MP008", "trailing-comment-in-value", severity="error", since="0.1", zh="设置后面的 `# 注释` 会成为值的一部分。")
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    if front is not None:
        yield from _in_settings(context, front)
    for comment in context.of_type(Comment):
        yield from _in_settings(context, comment)


def _in_settings(context: Context, node: FrontMatter | Comment) -> Iterator[Finding]:
    for key, value in node.settings.items():
        name = key.removeprefix("_")
        if name not in _KEYS or not isinstance(value, str):
            continue
        wanted = _without_comment(value, name)
        if wanted == value or _acts(name, wanted) == _acts(name, value):
            continue
        span = node.value_spans[key]
        if context.source.slice(span) == value:  # else in quotes, or folded from several lines
            yield context.finding(span, _PART, value=value, fix=_fix(span.start, wanted, name))


def _without_comment(value: str, name: str) -> str:
    """The value up to the comment; inside the parentheses of CSS there is none."""
    depth = at = 0
    for match in _COMMENT.finditer(value):
        depth += value.count("(", at, match.start()) - value.count(")", at, match.start())
        at = match.start()
        if name not in _CSS or depth <= 0:
            return value[:at].rstrip()
    return value


def _acts(name: str, value: str) -> object:
    """What Marp makes of a value: a comment behind `false` or a number does no harm."""
    return heading_divider(value) if name == "headingDivider" else local_value(name, value)


def _fix(start: int, wanted: str, name: str) -> Fix | None:
    quote = next((quote for quote in "\"'" if quote not in wanted), None)
    if quote is None or "\\" in wanted or not wanted:
        return None
    edit = Edit(Span(start, start + len(wanted)), f"{quote}{wanted}{quote}")
    media = (Effect.MEDIA,) if name in ("backgroundImage", "image") else ()
    return unsafe_fix(_FIX, edit, effects=(Effect.DIRECTIVES, *media), value=wanted)
