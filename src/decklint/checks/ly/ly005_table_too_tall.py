"""A table has more rows than fit on a slide.

A table is not shrunk and not continued: the rows that are too many are cut off at the lower edge. It is a finding where the table
alone is taller than the slide; beside other content it is one of `slide-overflow`. Leave out rows that nobody will read.

The fix divides the table between rows and repeats its head, and the title of the slide, on each of the slides that come of it.

```deck bad 12:1-12:13
# Layers

| n | size |
| - | ---- |
| 1 | 64   |
| 2 | 64   |
| 3 | 64   |
| 4 | 128  |
| 5 | 128  |
| 6 | 128  |
| 7 | 256  |
| 8 | 256  |
| 9 | 256  |
| 10 | 512 |
| 11 | 512 |
| 12 | 512 |
```

```deck fixed
# Layers

| n | size |
| - | ---- |
| 1 | 64   |
| 2 | 64   |
| 3 | 64   |
| 4 | 128  |
| 5 | 128  |
| 6 | 128  |

---

# Layers

| n | size |
| - | ---- |
| 7 | 256  |
| 8 | 256  |
| 9 | 256  |
| 10 | 512 |
| 11 | 512 |
| 12 | 512 |
```

```deck good
# Layers

| n | size |
| - | ---- |
| 1 | 64   |
| 2 | 128  |
| 3 | 256  |
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import Table
from decklint.findings import Confidence, Finding, Fix, Template
from decklint.layout.causes import overflows, room, too_tall
from decklint.layout.dividing.continued import manner
from decklint.layout.dividing.split import split
from decklint.layout.model import Box, SlideLayout
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_TALL = Template(
    "this table needs {px} px, the slide has {room}: from this row on it does not fit",
    "表格高 {px} 像素，页面只有 {room} 像素：从这一行起放不下",
)


@rule("LY005", "table-too-tall", severity="warning", since="0.2", zh="表格行数太多，一页放不下。")
def check(context: Context) -> Iterator[Finding]:
    for layout in context.crowded:
        if not overflows(layout):
            continue
        for box in too_tall(layout):
            if isinstance(box.node, Table):
                confidence = Confidence.HIGH if layout.sure else Confidence.MEDIUM
                span = _first_lost(box, layout.height - layout.padding.bottom)
                px, tall = round(box.height), round(room(layout)[1])
                yield context.finding(span, _TALL, confidence=confidence, fix=_fix(context, layout), px=px, room=tall)


def _fix(context: Context, layout: SlideLayout) -> Fix | None:
    found = split(context.deck, layout, manner(context.deck))
    return unsafe_fix(found.title, *found.edits, effects=found.effects, slides=found.slides) if found is not None else None


def _first_lost(table: Box, floor: float) -> Span:
    """The first row that passes the padding."""
    assert table.node is not None
    rows = (row.node.span for row in table.children if row.node is not None and row.y + row.height > floor)
    return next(rows, table.node.span)
