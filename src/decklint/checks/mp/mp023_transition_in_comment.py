"""A transition in a comment of its own turns up in the notes of PowerPoint and PDF files.

Only the HTML slides of Marp CLI know `transition`. Everywhere else (PPTX, `--pdf-notes`, the editor) a comment with nothing
but a transition is no directive, so the presenter reads "transition: push". In the front matter, or in one comment together
with another directive such as `_class`, it works just the same and is never taken for a note.

The fix joins it with a comment of directives on the same slide. On the first slide of a deck with front matter it may move
there.

```deck bad 4:6-4:16
# Overview

<!-- _class: lead -->
<!-- transition: push -->
```

```deck fixed
# Overview

<!--
_class: lead
transition: push
-->
```

```deck bad 5:6-5:16
---
theme: gaia
---

<!-- transition: fade 1s -->

# 神经网络
```

```deck fixed
---
theme: gaia
transition: fade 1s
---

# 神经网络
```

```deck bad 5:6-5:17
# Overview

---

<!-- _transition: none -->

# No other directive is near, so there is only an advice
```

```deck good
---
transition: push
---

# 写在 front matter 里

---

<!--
_class: lead
transition: none
-->

# 和别的指令写在一起
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.directives import DIRECTIVES
from decklint.deck.nodes import Comment
from decklint.deck.walk import slide_of
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_LEAKS = Template(
    '"{key}" alone in a comment is shown as a note to the presenter in PPTX and PDF notes',
    "注释里单独写“{key}”，导出 PPTX 或 PDF 备注时会显示为演讲者备注",
)
_JOIN = Template('join it with the comment that sets "{key}"', "与设置“{key}”的注释合并")
_MOVE = Template("move it to the front matter", "移到 front matter")
_ADVICE = Template(
    "put it in the front matter, or in one comment with another directive", "写在 front matter 里，或与别的指令写在同一个注释里"
)


@rule("MP023", "transition-in-comment", severity="warning", since="0.1", zh="单独写在注释里的 `transition` 会混进演讲者备注。")
def check(context: Context) -> Iterator[Finding]:
    partners: dict[Slide, Comment | None] = {}
    for comment in context.of_type(Comment):
        keys = [key for key in comment.settings if key.removeprefix("_") == "transition"]
        if not keys or any(_is_known_everywhere(key) for key in comment.settings):
            continue
        slide = slide_of(comment)
        if slide not in partners:
            partners[slide] = _partner(slide)
        fix = _fix(context, comment, keys[0], partners[slide])
        yield context.finding(comment.key_spans[keys[0]], _LEAKS, fix=fix, key=keys[0])


def _is_known_everywhere(key: str) -> bool:
    """Whether Marp acts on a key in all its outputs, so that a comment with it is never a note there."""
    known = DIRECTIVES.get(key.removeprefix("_"))
    return known is not None and known.name != "transition" and (known.scope == "local" or not key.startswith("_"))


def _partner(slide: Slide) -> Comment | None:
    """The first comment of a slide that a transition can be joined with."""
    for block in slide.blocks:
        if isinstance(block, Comment) and _is_plain(block) and any(map(_is_known_everywhere, block.settings)):
            return block
    return None


def _is_plain(comment: Comment) -> bool:
    """Whether a comment holds nothing but `key: value` lines, and nothing stands behind it."""
    return not comment.swallowed and not comment.value.startswith("{")


def _fix(context: Context, comment: Comment, key: str, partner: Comment | None) -> Fix:
    text, front = context.source.text, context.deck.front_matter
    if not isinstance(comment.parent, Slide) or "\n" in comment.value or not _is_plain(comment):
        return hint(_ADVICE)
    start = context.source.line_of(comment.span.start).start
    away = Edit(Span(start, min(comment.span.end + 1, len(text))), "")
    if partner is not None and key not in partner.settings:
        joined = f"<!--\n{partner.value}\n{comment.value}\n-->"
        other = next(filter(_is_known_everywhere, partner.settings))
        return unsafe_fix(_JOIN, Edit(partner.span, joined), away, effects=(Effect.DIRECTIVES,), key=other)
    if comment.parent.number > 1 or front is None or front.problem or not front.closed or key in front.settings:
        return hint(_ADVICE)
    if text[comment.span.end : comment.span.end + 2] == "\n\n":  # one blank line is enough where the comment was
        away = Edit(Span(start, comment.span.end + 2), "")
    closer = context.source.line_of(front.span.end - 1).start
    return unsafe_fix(_MOVE, Edit(Span(closer, closer), f"{comment.value}\n"), away, effects=(Effect.DIRECTIVES,))
