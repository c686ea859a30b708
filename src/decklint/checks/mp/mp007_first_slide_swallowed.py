"""A deck begins with a slide break, and its first slide is taken for front matter.

A line `---` at the very top opens front matter. Who means a slide break with it loses everything down to the next `---`:
Marp reads it as settings, finds none, and shows nothing of it. `# Title` is a comment in YAML, so nothing is wrong with that.

The first slide needs no slide break before it. The fix takes the line away, and keeps a blank line above the next slide break.

```deck bad 1:1-1:4
---

# Gradient descent

A lecture in two parts

---

# Part one
```

```deck fixed
# Gradient descent

A lecture in two parts

---

# Part one
```

```deck bad 1:1-1:4
---
# 注意力机制
王老师
---

# 查询、键和值
```

```deck fixed
# 注意力机制
王老师

---

# 查询、键和值
```

```deck good
---
author: Ada
---

# Settings that Marp does not know are front matter as well
```

```deck good
---
# theme: gaia
---

# All settings are switched off
```

```deck good
---
---

# Empty front matter loses nothing
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.opening import swallowed_first_slide
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_SWALLOWED = Template(
    "the deck begins with a slide break: Marp takes the first slide for front matter and does not show it",
    "文件以分页线开头：Marp 把第一页当作 front matter，不会显示",
)
_FIX = Template("remove the slide break at the top", "删除文件开头的分页线")


@rule("MP007", "first-slide-swallowed", severity="error", since="0.1", zh="文件以 `---` 开头，第一页被当作 front matter。")
def check(context: Context) -> Iterator[Finding]:
    swallowed = swallowed_first_slide(context.deck)
    if swallowed is not None:
        yield context.finding(context.source.line_span(1), _SWALLOWED, fix=_fix(context, *swallowed))


def _fix(context: Context, start: int, closer: int) -> Fix | None:
    content = context.source.text[start:closer]
    first = start + content.rfind("\n", 0, len(content) - len(content.lstrip())) + 1
    text = context.source.text
    if text.startswith("---", first):
        return None  # front matter again
    edits = [Edit(Span(0, first), "")]
    if text.startswith("-", closer) and content.splitlines()[-1].strip():
        edits.append(Edit(Span(closer, closer), "\n"))
    return unsafe_fix(_FIX, *edits, effects=tuple(Effect))
