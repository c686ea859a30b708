"""A `<!-- fit -->` outside of a heading makes nothing larger.

`# <!-- fit --> Title` fills the width of the slide with the title. The comment must stand inside the heading: on a line of its
own, or in a paragraph, it is a note, and the presenter reads "fit". Only headings can be fitted.

The fix moves the comment into the heading right below it.

```deck bad 1:1-1:13
<!-- fit -->

# Thank you!
```

```deck fixed
# <!-- fit --> Thank you!
```

```deck bad 5:1-5:13
# 问题

---

<!-- fit -->
谢谢大家！
```

```deck good
# <!-- fit --> Thank you!

<!-- fit the curve by hand first -->

谢谢 <!-- fit --> 大家
===
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.nodes import Comment, Heading
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_NOTHING = Template(
    "this stands outside of a heading: it makes nothing larger, and the presenter reads it as a note",
    "它不在标题里：不会放大任何文字，只会显示为演讲者备注",
)
_MOVE = Template("move it into the heading below", "移到下面的标题里")
_HINT = Template('write it in a heading: "# <!-- fit --> Title"', "写在标题里：“# <!-- fit --> 标题”")
_MARKER = re.compile(r"#{1,6}[ \t]+(?=[^\s#])")
_BLANKS = re.compile(r"\s*")


@rule("MP039", "fit-outside-heading", severity="warning", since="0.1", zh="`<!-- fit -->` 不在标题里，不起作用。")
def check(context: Context) -> Iterator[Finding]:
    wanted = [comment for comment in context.of_type(Comment) if comment.kind == "note" and comment.value == "fit"]
    if not wanted:
        return
    headings = {heading.span.start: heading for heading in context.of_type(Heading) if isinstance(heading.parent, Slide)}
    for comment in wanted:
        if not comment.swallowed:  # else text-after-comment brings the heading back first
            yield context.finding(comment.span, _NOTHING, fix=_fix(context, comment, headings))


def _fix(context: Context, comment: Comment, headings: dict[int, Heading]) -> Fix:
    text = context.source.text
    below = _BLANKS.match(text, comment.span.end)
    heading = headings.get(below.end()) if below else None
    marker = _MARKER.match(text, heading.span.start) if heading else None
    if not isinstance(comment.parent, Slide) or below is None or heading is None or marker is None:
        return hint(_HINT)
    if any(isinstance(node, Comment) and node.kind == "fit" for node in heading.inlines):
        return hint(_HINT)
    start = context.source.line_of(comment.span.start).start
    away = Edit(Span(start, context.source.line_of(below.end()).start), "")
    written = context.source.slice(comment.span)
    return unsafe_fix(_MOVE, away, Edit(Span(marker.end(), marker.end()), f"{written} "), effects=(Effect.TEXT, Effect.SPACING))
