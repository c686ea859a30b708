"""Something stands before the front matter, so that it is shown as text.

Front matter must begin with the very first character of the file. After a blank line, a blank or a comment, its first line is a
slide break to Marp, and the last setting becomes a heading above `---`: the deck begins with an empty slide and with a slide
full of settings, and the theme is the default one. A byte order mark alone does no harm, because the command line takes it away.

The fix removes blank lines and blanks. A comment is not removed; move it below the front matter.

```deck bad 2:1-2:4

---
marp: true
theme: gaia
---

# Convolution
```

```deck fixed
---
marp: true
theme: gaia
---

# Convolution
```

```deck bad 3:1-3:4
<!-- 第三讲 -->

---
theme: gaia
paginate: true
---

# 卷积神经网络
```

```deck good

# Two slides

---

# And no front matter

theme: gaia
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.opening import late_front_matter
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_NOT_FIRST = Template(
    "this is no front matter, because it does not begin with the first character of the file: Marp shows it as text",
    "这不是 front matter，因为它不在文件的最开头：Marp 会把它当作正文显示",
)
_FIX = Template("remove the blanks before it", "删除它前面的空白")
_HINT = Template("move the comment below the front matter", "把注释移到 front matter 之后")


@rule("MP006", "front-matter-not-first", severity="error", since="0.1", zh="front matter 不在文件最开头，会被当作正文显示。")
def check(context: Context) -> Iterator[Finding]:
    late = late_front_matter(context.deck)
    if late is not None:
        text = context.source.text
        opener = len(text[late.start :]) - len(text[late.start :].lstrip("-"))
        yield context.finding(Span(late.start, late.start + opener), _NOT_FIRST, fix=_fix(text, late.start))


def _fix(text: str, start: int) -> Fix:
    if text[:start].strip("\ufeff \t\n\v\f\r"):
        return hint(_HINT)
    effects = (Effect.TEXT, Effect.SLIDES, Effect.DIRECTIVES, Effect.ANCHORS, Effect.MEDIA)
    return unsafe_fix(_FIX, Edit(Span(0, start), ""), effects=effects)
