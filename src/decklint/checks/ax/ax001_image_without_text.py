"""A picture has no alternative text.

People who cannot see the slide hear nothing where a picture has no text, and so does everybody who reads the handout when the
picture does not load. Backgrounds that fill the slide are decoration and exempt; split backgrounds (`bg left`, `bg right`) are
content. Marp's keywords, and words that a style sheet selects on (`#c`, `center`), are not text.

```deck bad 3:1-3:18
# Loss

![](img/loss.png)
```

```deck bad 3:1-3:23
# Loss

![w:800](img/loss.png)
```

```deck good
# Loss

![w:800 Loss falls for ten epochs, then rises](img/loss.png)

![bg](img/texture.png)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Image
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_MISSING = Template("the picture has no alternative text{but}", "图片没有替代文字{but_zh}")
_ONLY_KEYWORDS = Template(': "{words}" are keywords', "：“{words}”是关键字")
_HINT = Template("say in a few words what the picture shows", "用几个字说明图片的内容")
_NO_WORD = re.compile(r"#\w+|[\W\d_]+")


@rule("AX001", "image-without-text", severity="warning", since="0.1", zh="图片没有替代文字。")
def check(context: Context) -> Iterator[Finding]:
    for image in context.of_type(Image):
        if not image.url or (image.is_background and not image.is_split):
            continue
        words = [word.text for word in image.words if not word.consumed]
        words = [word for word in words if not _NO_WORD.fullmatch(word)]
        if words and not all(context.theme.selects(word) for word in words):
            continue
        shown = " ".join(word.text for word in image.words)
        but, but_zh = (text.format(words=shown) if shown else "" for text in _ONLY_KEYWORDS)
        yield context.finding(image.span, _MISSING, but=but, but_zh=but_zh, fix=hint(_HINT))
