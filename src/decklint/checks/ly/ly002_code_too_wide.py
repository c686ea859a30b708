"""Code has lines so long that it is shrunk below what can be read.

Marp's own themes shrink a code block until its longest line fits: one line of 150 columns, or half of that beside a picture,
makes the whole block too small for the last row. A theme that does not shrink code cuts the line off. Break long lines, or show
less.

Text of less than 12 pixels on a slide 720 pixels high is called too small: a sixtieth of its height, half the size of the page
number in Marp's default theme.

````deck bad 5:1-7:4
![bg right](cells.jpg)

# Pipeline

```python
result = normalise(tokenise(read_everything("train.txt"), lowercase=True), mean=0.0)
```
````

````deck good
# Pipeline

```python
text = read_everything("train.txt")
tokens = tokenise(text, lowercase=True)
result = normalise(tokens, mean=0.0)
```
````
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import CodeBlock
from decklint.findings import Confidence, Finding, Template
from decklint.layout.causes import code_size, right_end
from decklint.layout.model import Verdict
from decklint.rule import Context, rule

_SMALL = Template(
    "the longest line ({columns} columns) shrinks this code to {percent}%, {px} px per character",
    "最长的一行（{columns} 列）把代码缩到 {percent}%，每个字符只有 {px} 像素",
)
_LOST = Template(
    "this code is wider than the slide: {px} px of its longest line are cut off", "代码比页面宽：最长的一行有 {px} 像素看不到"
)
_LEAST = 12.0


@rule("LY002", "code-too-wide", severity="warning", since="0.2", zh="代码太宽，缩小后看不清或被裁掉。")
def check(context: Context) -> Iterator[Finding]:
    for layout in context.crowded:
        if layout.verdict is Verdict.DECLINED:
            continue
        sure = Confidence.HIGH if layout.sure else Confidence.MEDIUM
        for box in layout.boxes:
            code = box.node
            if box.kind != "pre" or not isinstance(code, CodeBlock):
                continue
            size = code_size(box)
            inner = next((child for child in box.children if child.kind == "code"), None)
            if _is_shrunk(box.scale, size) and inner is not None and _fills(inner.width, box.width):
                columns = max(map(len, code.value.expandtabs(8).split("\n")))
                percent = round(100 * box.scale)
                yield context.finding(code.span, _SMALL, confidence=sure, columns=columns, percent=percent, px=f"{size:.0f}")
            elif box.scale == 1 and (lost := right_end(box) - (box.x + box.width)) > (size or _LEAST):
                yield context.finding(code.span, _LOST, confidence=sure, px=round(lost))


def _is_shrunk(scale: float, size: float | None) -> bool:
    """Whether it is the scale that makes code too small, and not its author."""
    return size is not None and size < _LEAST <= size / scale


def _fills(inner: float, outer: float) -> bool:
    """Whether it is the width that makes the code small, not its number of lines."""
    return inner > 0.9 * outer
