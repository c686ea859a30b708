"""A directive and a note in one comment: one of the two is lost.

Marp reads a comment as settings or as a note for the presenter, never as both. With a sentence beside `_class: lead` the
comment cannot be read as settings: the slide does not get its class, and the presenter reads "_class: lead". With a line such
as `Note: …` beside it, the comment is read as settings and the note is gone.

The fix splits the comment in two. Comments that hide a whole piece of a slide (lists, pictures, quotes) are left alone.

```deck bad 4:1-4:13
# Overview

<!--
_class: lead
Welcome everybody, and wait for silence.
-->
```

```deck fixed
# Overview

<!-- _class: lead -->
<!-- Welcome everybody, and wait for silence. -->
```

```deck bad 5:1-5:3
# 课程安排

<!--
_class: lead
备注: 先点名，再开始讲课
-->
```

```deck fixed
# 课程安排

<!-- _class: lead -->
<!-- 备注: 先点名，再开始讲课 -->
```

```deck good
# Overview

<!-- theme: this slide is about loss; color: explain the legend -->

<!--
_class: lead
_paginate: false
-->

<!--
_class: hidden

- a slide that is commented out
-->
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.directives import DIRECTIVES, is_directive
from decklint.deck.nodes import Comment
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_SHOWN = Template(
    'prose stands in the same comment, so Marp shows "{directive}" to the presenter instead of acting on it',
    "同一个注释里还有文字，“{directive}”不会生效，只会显示为演讲者备注",
)
_GONE = Template(
    'a directive stands in the same comment, so Marp drops the note "{key}"', "同一个注释里还有指令，备注“{key}”会被丢弃"
)
_SPLIT = Template("split the comment in two", "拆成两个注释")
_LOCAL = "|".join(name for name, known in DIRECTIVES.items() if known.scope == "local")
_DIRECTIVE = re.compile(
    rf"(?:_(?:{_LOCAL})|background(?:Color|Image|Position|Repeat|Size)): ?\S.*|_(?:class|header|footer|paginate):"
    r"|paginate: (?:true|false|hold|skip)|headingDivider: \d|theme: (?:default|gaia|uncover)|class: (?:lead|invert)"
    r"|size: \d+:\d+|math: (?:mathjax|katex)"
)
_MARKUP = re.compile(r"[#>|<`~$\[{-]|!\[|[*+] |\d+[.)] |:::|.*[;{}]$")
"""Lines that are a piece of a slide or of a style sheet rather than a sentence."""
_NOTE = re.compile(
    r"(?i)(?:speaker|presenter)?[ _-]?notes?|todo|tips?|reminder|script|remarks?|备注|演讲者?备注|讲稿|提示|注意?|说明|旁白"
)


@rule("MP018", "directive-with-prose", severity="error", since="0.1", zh="指令和文字写在同一个注释里，其中一个会丢失。")
def check(context: Context) -> Iterator[Finding]:
    for comment in context.of_type(Comment):
        if comment.kind == "note" and ":" in comment.value and comment.problem is None:
            yield from _shown_as_note(context, comment)
        elif comment.kind == "directive" and len(comment.settings) > 1:
            yield from _dropped_note(context, comment)


def _shown_as_note(context: Context, comment: Comment) -> Iterator[Finding]:
    lines = [line.strip() for line in comment.value.split("\n") if line.strip()]
    given = [bool(_DIRECTIVE.fullmatch(line)) for line in lines]
    count = sum(given)
    if count in (0, len(lines)) or not (all(given[:count]) or all(given[-count:])):
        return
    first = lines[given.index(True)]
    prose = [line for line, is_setting in zip(lines, given, strict=True) if not is_setting]
    start = context.source.text.find(first, comment.span.start, comment.span.end)
    if start >= 0 and not any(map(_MARKUP.match, prose)):
        settings = [line for line, is_setting in zip(lines, given, strict=True) if is_setting]
        fix = _split(context, comment, settings, prose)
        yield context.finding(Span(start, start + len(first)), _SHOWN, fix=fix, directive=first)


def _dropped_note(context: Context, comment: Comment) -> Iterator[Finding]:
    for key, value in comment.settings.items():
        span = comment.key_spans[key]
        if is_directive(key) or not _NOTE.fullmatch(key.strip()) or not isinstance(value, str) or span == comment.span:
            continue
        lines = [line.strip() for line in comment.value.split("\n") if line.strip()]
        prose = [line for line in lines if line.startswith(key)]
        fix = None
        if "\n" not in value and len(prose) == 1 and prose[0].endswith(value):
            fix = _split(context, comment, [line for line in comment.value.split("\n") if line.strip() != prose[0]], prose)
        yield context.finding(span, _GONE, fix=fix, key=key)


def _split(context: Context, comment: Comment, settings: list[str], prose: list[str]) -> Fix | None:
    if not isinstance(comment.parent, Slide) or comment.swallowed:
        return None
    both = "\n".join((_comment(settings), _comment(prose)))
    return unsafe_fix(_SPLIT, Edit(comment.span, both), effects=(Effect.DIRECTIVES,))


def _comment(lines: list[str]) -> str:
    return f"<!-- {lines[0]} -->" if len(lines) == 1 else "\n".join(("<!--", *lines, "-->"))
