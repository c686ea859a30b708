"""A picture has no address.

`![bg]()` is dropped without a word: the slide has no background. `![A plot]()` becomes a picture that no browser can show: its
text, with a sign for a broken picture. Most often the address was to be filled in later.

```deck bad 3:1-3:14 5:1-5:10
# Attention

![bg right]()

![权重矩阵]()
```

```deck bad 5:1-5:14
<!-- a reference can be empty as well -->

# Sources

![A map][map]

[map]: <>
```

```deck good
# Pictures with addresses, and text about Markdown

![bg right](weights.png) ![权重矩阵](<weight matrix.png>)

A picture is written `![text](address)`, and `![]()` without either. [A link]() is none.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import Image
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_BACKGROUND = Template(
    "this background has no address: Marp drops it without a word", "这张背景图片没有地址，Marp 会直接丢弃，不作提示"
)
_PICTURE = Template("this picture has no address and is shown as broken", "这张图片没有地址，会显示为坏图")
_FILL_IN = Template("write the address between the parentheses, or remove the picture", "在圆括号中写上地址，或者删去图片")


@rule("IM016", "image-address-empty", severity="warning", since="0.1", zh="图片没有地址。")
def check(context: Context) -> Iterator[Finding]:
    for image in context.of_type(Image):
        if not image.url.strip():
            yield context.finding(image.span, _BACKGROUND if image.is_background else _PICTURE, fix=hint(_FILL_IN))
