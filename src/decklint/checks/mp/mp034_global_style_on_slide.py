"""A style sheet on a later slide changes all slides.

`<style>` acts on the whole deck wherever it stands, on the slides before it too; only `<style scoped>` is limited to its
slide. A style sheet in the middle of a deck is often meant for that slide alone, and two of them undo each other.

```deck bad 5:1-5:39
# Overview

---

<style>section { color: navy }</style>

# A slide in another colour
```

```deck good
<style>
section { color: navy }
</style>

# On the first slide it is clear that the whole deck is meant

---

<style scoped>
section { color: black }
</style>

# 只作用于这一页
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import StyleBlock
from decklint.deck.walk import slide_of
from decklint.findings import Finding, Template
from decklint.rule import Context, rule
from decklint.text import Span

_ALL = Template(
    'this style acts on all {count} slides: only "<style scoped>" is limited to its own',
    "这段样式作用于全部 {count} 页：只有“<style scoped>”才限于本页",
)


@rule(
    "MP034", "global-style-on-slide", severity="info", since="0.1", zh="写在某一页上的 `<style>` 会作用于所有页。", default=False
)
def check(context: Context) -> Iterator[Finding]:
    for style in context.of_type(StyleBlock):
        if style.scoped or not style.css.strip() or slide_of(style).number == 1:
            continue
        line = context.source.line_of(style.span.start)
        yield context.finding(Span(style.span.start, min(style.span.end, line.end)), _ALL, count=len(context.deck.slides))
