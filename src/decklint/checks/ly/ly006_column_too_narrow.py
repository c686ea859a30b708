"""A split background leaves the text a column too narrow to read.

`![bg left:70%](photo.jpg)` leaves 30 % of the slide, less the padding on both sides: in a large theme, four or five Chinese
characters a line. Sentences fall apart into a ladder of words. Give the picture less, or the text less to say.

```deck bad 1:1-1:27
![bg left:75%](campus.jpg)

## 图

左边是校园的照片，右边是说明文字。
```

```deck good
![bg left:40%](campus.jpg)

## 图

左边是校园的照片，右边是说明文字。
```

```deck good
![bg left:75%](campus.jpg)

# 校园
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.nodes import Image
from decklint.deck.walk import walk
from decklint.findings import Finding, Template
from decklint.layout.causes import room
from decklint.layout.model import SlideLayout, Verdict
from decklint.rule import Context, rule

_NARROW = Template(
    "this background leaves a column of about {characters} Chinese characters a line",
    "这张背景图只给文字留下每行约 {characters} 个汉字的宽度",
)
_FEWEST = 8
_LINES = 3
"""Text of fewer lines is a caption, which may stand in a narrow column."""
_LINE = 1.5
"""A line of text in parts of its font size, as in Marp's default theme."""


@rule("LY006", "column-too-narrow", severity="info", since="0.2", default=False, zh="分栏背景留给文字的宽度太窄。")
def check(context: Context) -> Iterator[Finding]:
    for layout in context.layout:
        background = _split(layout.slide) if layout.verdict is not Verdict.DECLINED else None
        if background is None:
            continue
        characters = _characters(layout)
        if characters is not None and characters < _FEWEST:
            yield context.finding(background.span, _NARROW, characters=int(characters))


def _split(slide: Slide) -> Image | None:
    images = [node for node in walk(slide) if isinstance(node, Image) and node.is_split]
    return images[-1] if images else None


def _characters(layout: SlideLayout) -> float | None:
    """Characters as wide as tall that fit in a line of the running text; None where it runs over few lines."""
    texts = [box for box in layout.boxes if box.rows and box.kind not in ("code", "pre") and len(box.rows) >= _LINES]
    if not texts:
        return None
    longest = max(texts, key=lambda box: len(box.rows))
    return min(room(layout)[0], longest.width) / (longest.rows[0].height / _LINE)
