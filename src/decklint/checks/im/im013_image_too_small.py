"""A picture is shown at more than twice its own size.

`w:900` on a picture of 300 pixels, or a thumbnail as the background of a whole slide: on a projector its pixels can be counted,
and text in it cannot be read. Backgrounds fill their part of the slide unless they are told otherwise. Backgrounds that
are blurred on purpose are left alone.

```deck bad 3:25-3:37 beside img/plot.png@300x200
# Results

![w:900 Loss over time](img/plot.png)
```

```deck good beside img/plot.png@300x200
# Its own size, a size that depends on the text, and a drawing

![Loss over time](img/plot.png) ![w:20em Loss over time](img/plot.png) ![w:900 Loss over time](img/plot.svg)
```
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from decklint.deck.images import Word
from decklint.deck.nodes import Image
from decklint.deck.walk import slide_of
from decklint.findings import Finding, Template
from decklint.rule import Context, rule

_SMALL = Template(
    '"{path}" has {width} × {height} pixels and is shown {times} times as large',
    "“{path}”只有 {width} × {height} 像素，却放大到 {times} 倍显示",
)
_MOST = 2.0  # a projector shows about 1.5 pixels for one of the slide's 1280 × 720; from 2 on blur is seen from any seat
_WIDTH, _NARROW, _HEIGHT = 1280, 960, 720  # pixels: the sizes 16:9 and 4:3 of the built-in themes
_IN_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LENGTH = re.compile(r"([\d.]+)([a-z]*)")
_SHARE = re.compile(r"(?:left|right):([\d.]+)%")
_PERCENT = re.compile(r"([\d.]+)%")


@rule("IM013", "image-too-small", severity="info", since="0.1", default=False, zh="图片放大显示，超过自身大小的两倍。")
def check(context: Context) -> Iterator[Finding]:
    backgrounds = Counter(slide_of(image).number for image in context.of_type(Image) if image.is_background)
    for reference in context.references:
        image = reference.node
        if not isinstance(image, Image) or any(word.text.startswith("blur") for word in image.words):
            continue
        place = context.locate(reference)
        pixels = context.files.pixels(place.path) if place.kind == "found" and place.path else None
        if pixels is None or (image.is_background and backgrounds[slide_of(image).number] > 1):
            continue  # several backgrounds share the slide
        times = _times(image, *pixels, _NARROW if context.deck.directives.get("size") == "4:3" else _WIDTH)
        if times > _MOST:
            width, height = pixels
            shown = f"{times:.1f}"
            yield context.finding(reference.span, _SMALL, path=place.shown, width=width, height=height, times=shown)


def _times(image: Image, width: int, height: int, slide_width: int) -> float:
    """How many times larger than its own pixels a picture is shown; 0 where its size depends on something else."""
    own = {"width": width, "height": height}
    given = [_given(word) / own[word.role] for word in image.words if word.role in own]
    if not image.is_background:
        return max(given, default=0.0)
    share = next((float(m[1]) / 100 if (m := _SHARE.fullmatch(w.text)) else 0.5 for w in image.words if w.role == "split"), 1.0)
    across, down = slide_width * share / width, _HEIGHT / height
    sizes = [word.text for word in image.words if word.role == "size"]
    percent = next((float(m[1]) / 100 for text in sizes if (m := _PERCENT.fullmatch(text))), None)
    if percent is not None:
        return percent * across
    if {"contain", "fit"} & set(sizes):
        return min(across, down)
    if "cover" in sizes:
        return max(across, down)
    return 0.0 if "auto" in sizes else max(given, default=max(across, down))


def _given(word: Word) -> float:
    """The pixels of a length; 0 where it depends on the text or the slide."""
    match = _LENGTH.fullmatch(word.text.rpartition(":")[2])
    return float(match[1]) * _IN_PIXELS.get(match[2], 0.0) if match else 0.0
