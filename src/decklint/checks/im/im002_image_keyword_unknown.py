"""A word in a picture's text looks like a Marp keyword and is none.

Marp reads sizes and positions from the alternative text: `![w:300](a.png)`, `![bg right:33%](b.png)`. A slip (`w=300`, `w: 300`,
`W:300`, `300`, `BG`, `bg:cover`, `right:33`, `h:100vh`) is not an error to Marp: it stays in the alternative text and changes
nothing. Words that a style sheet of the deck or its project selects on (`img[alt~="center"]`) are keywords too.

The fix writes the keyword that was most likely meant, so the picture changes its size or its place.

```deck bad 3:3-3:8
# Results

![w=300 Loss over time](plot.png)
```

```deck fixed
# Results

![w:300 Loss over time](plot.png)
```

```deck bad 3:6-3:16
# 结果

![bg right: 33%](plot.png)
```

```deck fixed
# 结果

![bg right:33%](plot.png)
```

```deck bad 3:3-3:11 5:3-5:6 7:6-7:8 9:3-9:11
# 实验结果

![bg,cover](plot.png)

![300](plot.png)

![bg 80](plot.png)

![w:300 px 损失曲线](plot.png)
```

```deck fixed
# 实验结果

![bg cover](plot.png)

![w:300](plot.png)

![bg 80%](plot.png)

![w:300px 损失曲线](plot.png)
```

```deck bad 3:3-3:10 3:11-3:15
# A unit that Marp does not know, and a negative width

![h:100vh w:-5](plot.png)
```

```deck good
<style>
img[alt~="#c"] { display: block; margin: auto; }
</style>

![#c w:800](plot.png)
```

```deck good
# A sentence is no keyword

![The ratio w/h at 300 pixels, shown to the right: 40% of a plot](plot.png)

![A sliding window, w=100](window.png) ![Regression line with w=2 and b=1](line.png)

![An accuracy of 95%, then 97%, later 99%](accuracy.png) ![bg Left: 3 cats, right: 2 dogs](cats.png)

![BG noise of the receiver](noise.png) ![Radio tower, height: 300 m](tower.png)
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from decklint.deck.images import Word
from decklint.deck.nodes import Heading, Image
from decklint.deck.slips import PLACES, Slip, joined, slip_of
from decklint.deck.walk import ancestors
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix

_UNKNOWN = Template('"{word}" is no keyword of Marp and changes nothing', "“{word}”不是 Marp 关键字，不起作用")
_TORN = Template('the space in "{word}" keeps Marp from reading it as a keyword', "“{word}”中间有空格，Marp 不会把它当作关键字")
_WRITE = Template('write "{better}"', "写作“{better}”")
_ADVICE = {
    "units": Template(
        "Marp takes numbers (pixels) and the units % ch cm em ex in mm pc pt px",
        "Marp 只接受数字（像素）和单位 % ch cm em ex in mm pc pt px",
    ),
    "share": Template(
        'a split background takes its share of the slide in percent, such as "right:40%"',
        "分栏背景的宽度用百分比表示，例如“right:40%”",
    ),
    "share-or-size": Template(
        'write "{side}:{number}%" for its share of the slide, or "{number}%" for the size of the picture',
        "背景所占的宽度写作“{side}:{number}%”，图片的大小写作“{number}%”",
    ),
    "sizes": Template("sizes are written w:300, h:200, or 80% on a background", "大小写作 w:300、h:200，背景图片也可写作 80%"),
    "place": Template(
        "Marp centres backgrounds; another place needs the directive backgroundPosition with backgroundImage",
        "Marp 的背景图片总是居中；要换位置，需用指令 backgroundImage 加 backgroundPosition",
    ),
}
_BEFORE_A_VALUE = frozenset("with for at of when where if and or is from to in by vs let 当 取 为 在 若 如 设 令 即".split())  # noqa: SIM905


@rule("IM002", "image-keyword-unknown", severity="warning", since="0.1", zh="图片说明中像关键字的词不是 Marp 关键字。")
def check(context: Context) -> Iterator[Finding]:
    for image in context.of_type(Image):
        if all(word.consumed for word in image.words):
            continue
        words, background = joined(image.words), image.is_background
        slips = [slip_of(word, words[i - 1] if i else None, background) for i, word in enumerate(words)]
        selected = [any(map(context.theme.selects, word.text.split())) for word in words]
        ordinary = [
            i
            for i, word in enumerate(words)
            if not (word.consumed or slips[i] or selected[i] or word.text in PLACES) and any(map(str.isalnum, word.text))
        ]
        for i, (word, slip) in enumerate(zip(words, slips, strict=True)):
            if slip is None or selected[i] or not (slip.sure or not ordinary or (slip.at_edge and _at_edge(i, ordinary, words))):
                continue
            message = _TORN if " " in word.text else _UNKNOWN
            fix = _fix(context, image, word, slip, words[i - 1] if i else None)
            yield context.finding(word.span, message, word=word.text, fix=fix)


def _at_edge(at: int, ordinary: Sequence[int], words: Sequence[Word]) -> bool:
    """Whether a sentence stands on one side only, and does not lead up to the word ("with w=100")."""
    before = ordinary[0] < at
    if before and ordinary[-1] > at:
        return False
    if before:
        last = words[ordinary[-1]].text
        return last.lower() not in _BEFORE_A_VALUE and last[-1] not in ",，、:：(（"
    first = words[ordinary[0]].text
    return first.lower() not in ("and", "or", "vs") and not first.startswith(("时", "的", "和", "与"))


def _fix(context: Context, image: Image, word: Word, slip: Slip, before: Word | None) -> Fix:
    if slip.advice:
        side = before.text if before else ""
        return hint(_ADVICE[slip.advice], side=side, number=word.text)
    if "\n" in context.source.slice(word.span):
        return hint(_WRITE, better=slip.better)
    in_heading = any(isinstance(node, Heading) for node in ancestors(image))
    effects = (Effect.MEDIA, Effect.TEXT, *((Effect.ANCHORS,) if in_heading else ()))
    return unsafe_fix(_WRITE, Edit(word.span, slip.better), effects=effects, better=slip.better)
