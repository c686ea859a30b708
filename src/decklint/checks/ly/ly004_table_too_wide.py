"""A table is wider than the slide: its last columns are cut off.

A browser gives each column at least the room of its longest word; where that is too much for all of them, a table grows past the
slide. In Marp's default theme it scrolls instead, and a PDF cannot scroll: the last columns are gone. Leave out columns, use
shorter words, or turn rows into columns.

```deck bad 3:1-3:114
# Data sets

| Identification | Documentation | Responsibility | Classification | Representation | Implementation | Licences |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | yes | nobody | multi-label | one-hot | torch | CC0 |
```

```deck good
# Data sets

| Name | Size | Licence |
| --- | --- | --- |
| a | b | c |
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import Table
from decklint.findings import Confidence, Finding, Template
from decklint.layout.causes import right_end
from decklint.layout.model import Verdict
from decklint.rule import Context, rule
from decklint.text import Span

_WIDE = Template(
    "this table is {px} px wider than the slide has room; what is too much is lost in a PDF",
    "表格比页面可用宽度多 {px} 像素，超出的列在 PDF 里看不到",
)
_FORGIVEN = 0.02
"""Of the slide's width: about one character of the narrowest column."""


@rule("LY004", "table-too-wide", severity="warning", since="0.2", zh="表格太宽，最后几列看不到。")
def check(context: Context) -> Iterator[Finding]:
    for layout in context.crowded:
        if layout.verdict is Verdict.DECLINED:
            continue
        wall = layout.width - layout.padding.right
        for box in layout.boxes:
            if box.kind != "table" or not isinstance(box.node, Table):
                continue
            lost = right_end(box) - min(wall, box.x + box.width)
            if lost > _FORGIVEN * layout.width:
                first = box.node.blocks[0].span if box.node.blocks else box.node.span
                span = Span(first.start, context.source.line_of(first.start).end)
                confidence = Confidence.HIGH if layout.sure else Confidence.MEDIUM
                yield context.finding(span, _WIDE, confidence=confidence, px=round(lost))
