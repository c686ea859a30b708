"""Text behind a comment, on the same line, is lost.

A comment that begins a line is a block of its own to Marp, and the rest of its last line is thrown away without a message:
`<!-- _class: lead --> # Title` has no title, and of two comments side by side the second is lost. The same holds behind
`</style>`. A comment inside a line of text does no harm.

The fix moves the text to a line of its own. In lists and quotes the comment is best put behind the text, by hand.

```deck bad 1:23-1:40
<!-- _class: lead --> # Neural networks

A lecture
```

```deck fixed
<!-- _class: lead -->
# Neural networks

A lecture
```

```deck bad 3:15-3:39
# 循环神经网络

<!-- 讲三分钟 --> <!-- paginate: false -->
```

```deck fixed
# 循环神经网络

<!-- 讲三分钟 -->
<!-- paginate: false -->
```

```deck bad 3:25-3:35
# Reading list

- <!-- out of print --> A textbook
```

```deck good
# Harmless

Text first <!-- then a comment --> and text again

- item <!-- note -->

<!-- a comment <!-- inside another --> -->
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.nodes import Comment, StyleBlock
from decklint.deck.walk import blocks
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_LOST = Template("Marp throws this away, because it stands on the line of a comment", "这些内容和注释在同一行，Marp 会丢弃")
_LOST_STYLE = Template(
    "Marp throws this away, because it stands on the line of </style>", "这些内容和 </style> 在同一行，Marp 会丢弃"
)
_FIX = Template("move it to a line of its own", "另起一行")
_HINT = Template("put the comment behind the text", "把注释移到文字后面")

_STYLE_END = re.compile(r"</style>", re.IGNORECASE)
_UNDERLINE = re.compile(r"\n {0,3}(?:-+|=+)[ \t]*(?:\n|\Z)")


@rule("MP012", "text-after-comment", severity="error", since="0.1", zh="注释后面同一行的内容会被丢弃。")
def check(context: Context) -> Iterator[Finding]:
    for block in blocks(context.deck):
        if not isinstance(block, (Comment, StyleBlock)):
            continue
        lost = _lost(context.source.slice(block.span), block)
        if lost.strip("-> \t"):  # else what is left of a comment inside a comment
            end = block.span.start + len(context.source.slice(block.span).rstrip())
            span = Span(end - len(lost), end)
            template = _LOST if isinstance(block, Comment) else _LOST_STYLE
            yield context.finding(span, template, fix=_fix(context, block, span))


def _lost(text: str, block: Comment | StyleBlock) -> str:
    """What stands behind the end of a block on its last line."""
    if isinstance(block, Comment):
        return block.swallowed
    closing = _STYLE_END.search(text)
    return text[closing.end() :].strip() if closing else ""


def _fix(context: Context, block: Comment | StyleBlock, span: Span) -> Fix:
    if not isinstance(block.parent, Slide):
        return hint(_HINT)
    text = context.source.text
    start = span.start
    while text[start - 1] in " \t":
        start -= 1
    edits = [Edit(Span(start, span.start), "\n")]
    if _UNDERLINE.match(text, span.end):  # the text must not become a heading
        edits.append(Edit(Span(span.end, span.end), "\n"))
    return unsafe_fix(_FIX, *edits, effects=tuple(Effect))
