"""A Chinese quotation mark has no partner, or a partner that faces the wrong way.

`“注意力“` opens twice and never closes; `“注意力"` closes with a straight mark. Quotation marks are paired within a block;
a quotation that goes on in the next block of the slide is left alone, and so are other languages, whose marks face other
ways.

```deck bad 3:12-3:13
# 引号

这种机制叫做“自注意力“，它很有用。
```

```deck fixed
# 引号

这种机制叫做“自注意力”，它很有用。
```

```deck bad 3:7-3:8
# 引号

这种机制叫做“自注意力，它很有用。
```

```deck good
# 引文

“第一段引文还没有结束，

第二段才结束。”

他说“‘注意力’很重要”，又说"好"。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Leaf
from decklint.deck.walk import slide_of
from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, rule, unsafe_fix

_ALONE = Template('"{mark}" has no partner', "“{mark}”不成对")
_TURNED = Template('"{mark}" closes a quotation that "“" opened', "引文以“开始，却以{mark}结束")
_FIX = Template('write "”"', "改为”")
_CURLED = re.compile("[“”]")
_MARK = re.compile('[“”"]')
_CODE = re.compile(r'<<|\|\||[{}]|[=;(] ?[“”"]|[“”"] ?;')  # a word processor curls the quotation marks of code all one way


@rule("TY005", "quote-unbalanced", severity="info", since="0.1", zh="中文引号不成对。", default=False)
def check(context: Context) -> Iterator[Finding]:
    lonely: list[tuple[Leaf, re.Match[str]]] = []
    for leaf in context.chinese.holding(_CURLED):
        if "„" in leaf.view.text or _CODE.search(leaf.view.text):
            continue
        alone, turned = _pair(leaf.view.text)
        lonely += [(leaf, mark) for mark in alone]
        for mark in turned:
            span = leaf.view.span(*mark.span())
            fix = unsafe_fix(_FIX, Edit(span, "”"), effects=(Effect.TEXT, Effect.ANCHORS))
            yield context.finding(span, _TURNED, fix=fix, mark=mark[0])
    waiting: dict[tuple[int, str], set[int]] = {}
    for leaf, mark in lonely:
        waiting.setdefault((slide_of(leaf).number, mark[0]), set()).add(leaf.span.start)
    for leaf, mark in lonely:
        partner = "”" if mark[0] == "“" else "“"
        if not waiting.get((slide_of(leaf).number, partner), set()) - {leaf.span.start}:
            yield context.finding(leaf.view.span(*mark.span()), _ALONE, mark=mark[0])


def _pair(text: str) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """The marks without a partner, and those that close a quotation and face the wrong way."""
    alone: list[re.Match[str]] = []
    turned: list[re.Match[str]] = []
    marks = list(_MARK.finditer(text))
    straight = sum(mark[0] == '"' for mark in marks) % 2 == 1  # of an even number each has a straight partner
    opened: list[re.Match[str]] = []
    last = max((at for at, mark in enumerate(marks) if mark[0] == "”"), default=-1)
    for at, mark in enumerate(marks):
        if mark[0] == "”":
            alone += [] if opened else [mark]
            del opened[-1:]
        elif mark[0] == "“" and (not opened or last > at):
            opened.append(mark)
        elif mark[0] == "“" or (opened and straight):
            turned.append(mark)
            opened.pop()
            straight = straight and mark[0] == "“"
    return alone + opened, turned
