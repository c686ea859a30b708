"""A picture is larger than the slide has room.

Marp shows a picture in its own size unless told otherwise. The default theme limits its width, never its height; gaia and uncover
limit nothing. A photo of 4000 × 3000 pixels shows its upper left corner, and the rest of the slide is gone with it. A picture
that has no room below the title of its slide is too large as well; with other text beside it, it is one for `slide-overflow`.

The fix gives the picture the largest size at which the slide fits, in its own proportions.

```deck bad 3:1-3:24 beside tower.png@600x1400
# The tower

![The tower](tower.png)
```

```deck fixed
# The tower

![h:467 The tower](tower.png)
```

```deck good beside tower.png@600x400
# The tower

![The tower](tower.png)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Confidence, Effect, Finding, Fix, Template
from decklint.layout.causes import Picture, head, line_height, overflows, pictures, room, tallest
from decklint.layout.dividing.shrink import shrunk
from decklint.layout.model import SlideLayout, Verdict
from decklint.rule import Context, rule, unsafe_fix

_LARGE = Template(
    "this picture is shown {width} × {height} px large, the slide has room for {wide} × {tall}",
    "图片显示为 {width} × {height} 像素，页面只放得下 {wide} × {tall}",
)
_FIX = Template("show it {height} px high", "改为高 {height} 像素")


@rule("LY007", "image-overflows", severity="warning", since="0.2", zh="图片比页面大，被裁掉。")
def check(context: Context) -> Iterator[Finding]:
    for layout in context.crowded:
        if layout.verdict is Verdict.DECLINED:
            continue
        wide, tall = room(layout)
        slack = line_height(layout) / 2
        found = pictures(layout)
        limit = tallest(layout) if found else 0.0
        for picture in found:
            if picture.height <= limit and (picture.width <= picture.wide + slack or not picture.alone):
                continue
            yield context.finding(
                picture.image.span,
                _LARGE,
                confidence=Confidence.HIGH if layout.sure else Confidence.MEDIUM,
                fix=_fix(layout, picture) if picture.alone else None,
                width=round(picture.width),
                height=round(picture.height),
                wide=round(wide),
                tall=round(tall - head(layout) if overflows(layout) else tall),
            )


def _fix(layout: SlideLayout, picture: Picture) -> Fix | None:
    found = shrunk(layout, picture)
    if found is None:
        return None
    return unsafe_fix(_FIX, *found.edits, effects=(Effect.MEDIA,), height=found.height)
