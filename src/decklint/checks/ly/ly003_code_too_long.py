"""Code has so many lines that it is shrunk below what can be read, or is taller than the slide.

Marp's own themes shrink a code block that is taller than a slide, with all the room to itself, and the result is read by nobody;
other themes let it run off the slide. Show the lines that matter.

Text of less than 12 pixels on a slide 720 pixels high is called too small: a sixtieth of its height, half the size of the page
number in Marp's default theme.

The fix divides the code at blank lines and between statements at its left edge, where that is not enough also inside of bodies
(its title says so), and repeats fence and title.

````deck bad 3:1-47:4
# Constants

```text
 1 alpha
 2 beta
 3 gamma
 4 delta
 5 epsilon
 6 zeta
 7 eta
 8 theta
 9 iota
10 kappa
11 lambda
12 mu
13 nu
14 xi
15 omicron
16 pi
17 rho
18 sigma
19 tau
20 upsilon
21 phi
22 chi
23 psi
24 omega
25 aleph
26 beth
27 gimel
28 daleth
29 he
30 vav
31 zayin
32 heth
33 teth
34 yodh
35 kaph
36 lamedh
37 mem
38 nun
39 samekh
40 ayin
41 pe
42 sadhe
43 qoph
```
````

````deck good
# Constants

```text
 1 alpha
 2 beta
 3 gamma
```
````
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import CodeBlock
from decklint.findings import Confidence, Finding, Fix, Template
from decklint.layout.causes import code_size, too_tall
from decklint.layout.dividing.continued import manner
from decklint.layout.dividing.split import split
from decklint.layout.model import SlideLayout, Verdict
from decklint.rule import Context, rule, unsafe_fix

_SMALL = Template(
    "{lines} lines shrink this code to {percent}%, {px} px per character",
    "代码有 {lines} 行，被缩到 {percent}%，每个字符只有 {px} 像素",
)
_TALL = Template("this code is taller than the slide has room: {lines} lines, {px} px", "代码比页面高：共 {lines} 行，{px} 像素")
_FIX = Template("divide into {slides} slides on which it stands in full size", "拆成 {slides} 页，代码按原大小显示")
_FIX_INSIDE = Template(
    "divide into {slides} slides on which it stands in full size, splitting it inside a body",
    "拆成 {slides} 页，代码按原大小显示，并从中间断开",
)
_LEAST = 12.0


@rule("LY003", "code-too-long", severity="warning", since="0.2", zh="代码太长，缩小后看不清或放不下。")
def check(context: Context) -> Iterator[Finding]:
    for layout in context.crowded:
        if layout.verdict is Verdict.DECLINED:
            continue
        sure = Confidence.HIGH if layout.sure else Confidence.MEDIUM
        tall = too_tall(layout)
        for box in layout.boxes:
            code = box.node
            if box.kind != "pre" or not isinstance(code, CodeBlock):
                continue
            lines = code.value.removesuffix("\n").count("\n") + 1
            size = code_size(box)
            inner = next((child for child in box.children if child.kind == "code"), None)
            if size is not None and size < _LEAST <= size / box.scale and inner is not None and inner.width <= 0.9 * box.width:
                percent = round(100 * box.scale)
                fix = _fix(context, layout)
                yield context.finding(code.span, _SMALL, confidence=sure, fix=fix, lines=lines, percent=percent, px=f"{size:.0f}")
            elif box in tall:
                yield context.finding(
                    code.span, _TALL, confidence=sure, fix=_fix(context, layout), lines=lines, px=round(box.height)
                )


def _fix(context: Context, layout: SlideLayout) -> Fix | None:
    found = split(context.deck, layout, manner(context.deck))
    if found is None:
        return None
    title = _FIX_INSIDE if found.through else _FIX
    return unsafe_fix(title, *found.edits, effects=found.effects, slides=found.slides)
