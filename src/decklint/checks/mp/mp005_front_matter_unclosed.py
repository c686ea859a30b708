"""The front matter is not closed where it ends, so slides are read as part of it.

Front matter begins with `---` in the first line and ends with the next line of dashes. Without that line Marp takes everything
that follows for settings: the whole file, which leaves one blank slide, or all up to the first slide break, which leaves out
the first slide. No message is printed. Close it with a line `---` right below the last setting.

```deck bad 1:1-1:4
---
marp: true
theme: gaia

# Gradient descent

The learning rate decides how far each step goes.
```

```deck bad 1:1-1:4
---
marp: true
theme: gaia

# 梯度下降

## 优化方法入门

---

# 学习率
```

```deck good
---
marp: true

# theme: gaia
# the line above is switched off, and this is a remark
paginate: true

# More remarks on the settings
---

# Front matter may hold blank lines and remarks
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.opening import last_setting_of_unclosed
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_WHOLE_FILE = Template(
    "the front matter is not closed: Marp takes the whole file for settings and shows one blank slide",
    "front matter 没有结束：Marp 把整个文件都当作设置，只显示一页空白幻灯片",
)
_FIRST_SLIDE = Template(
    "the front matter is not closed before the first slide: Marp takes that slide for settings and does not show it",
    "front matter 没有在第一页之前结束：Marp 把第一页当作设置，不会显示",
)
_HINT = Template('close it with a line "---" below line {line}', "在第 {line} 行下面加一行“---”来结束它")


@rule("MP005", "front-matter-unclosed", severity="error", since="0.1", zh="front matter 没有结束，幻灯片被当作设置。")
def check(context: Context) -> Iterator[Finding]:
    front, last = context.deck.front_matter, last_setting_of_unclosed(context.deck)
    if front is not None and last is not None:
        message = _FIRST_SLIDE if front.closed else _WHOLE_FILE
        yield context.finding(context.source.line_span(1), message, fix=hint(_HINT, line=last))
