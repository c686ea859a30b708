"""A picture has far more pixels than any screen shows of it.

A 4K projector has 3840 × 2160 pixels, three times the width and height of Marp's slides. What a picture has beyond that nobody
sees, but everybody loads it: the HTML gets slow, the PDF large, and the repository keeps every version for ever. A finding
begins where more than half of the pixels are of no use.

```deck bad 3:37-3:51 beside img/campus.png@6000x4000
# Campus

![w:600 The library from the south](img/campus.png)
```

```deck good
# Drawings have no pixels, and files that do not exist are another rule's business

![Loss falls](img/loss.svg) ![The library](img/no-such-file.jpg)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_LARGE = Template(
    '"{path}" has {width} × {height} pixels, more than a 4K screen shows (3840 × 2160)',
    "“{path}”有 {width} × {height} 像素，是 4K 屏幕（3840 × 2160）能显示的两倍以上",
)
_SHRINK = Template("make it {width} × {height} pixels", "缩小到 {width} × {height} 像素")
_WIDEST, _HIGHEST = 3840, 2160
_ENOUGH = 0.7  # below, more than half of the pixels are of no use


@rule("IM012", "image-oversize", severity="info", since="0.1", default=False, zh="图片的像素远多于屏幕能显示的。")
def check(context: Context) -> Iterator[Finding]:
    for reference in context.references:
        place = context.locate(reference) if reference.is_asset else None
        pixels = context.files.pixels(place.path) if place and place.kind == "found" and place.path else None
        if place is None or pixels is None:
            continue
        width, height = pixels
        scale = min(_WIDEST / width, _HIGHEST / height)
        if scale < _ENOUGH:
            fix = hint(_SHRINK, width=max(1, round(width * scale)), height=max(1, round(height * scale)))
            yield context.finding(reference.span, _LARGE, path=place.shown, width=width, height=height, fix=fix)
