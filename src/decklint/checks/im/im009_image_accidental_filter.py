"""A word of a picture's description works as a filter.

`blur`, `contrast`, `brightness`, `grayscale`, `invert`, `opacity`, `saturate` and `sepia` are Marp keywords, also in the
middle of a sentence: `![Gaussian blur example](x.png)` blurs the picture, and the word is gone from the alternative text. Where
a filter is meant, it stands among keywords or carries a value (`opacity:.5`), and is left alone.

Keywords are lower case, so the fix writes the word with a capital: the sentence keeps its meaning, the picture its look.

```deck bad 3:12-3:16
# Smoothing

![Gaussian blur example](smooth.png)
```

```deck fixed
# Smoothing

![Gaussian Blur example](smooth.png)
```

```deck bad 3:11-3:19
# 图像增强

![w:600 低 contrast 图像](low.png)
```

```deck fixed
# 图像增强

![w:600 低 Contrast 图像](low.png)
```

```deck good
# Filters on purpose

![bg blur opacity:.5](city.png)

![grayscale Portrait of the author](me.png)

![w:300 sepia](old.png)
```

```deck good
# No filters

![Blur caused by motion, and low contrast, side by side](motion.png)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from decklint.deck.images import Word
from decklint.deck.nodes import Heading, Image
from decklint.deck.walk import ancestors
from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, rule, unsafe_fix

_FILTERS = Template(
    '"{word}" is a filter to Marp: it changes the picture and vanishes from its text',
    "“{word}”在 Marp 中是滤镜：它会改变图片，并从说明文字中消失",
)
_CAPITAL = Template('write "{better}", which is no keyword', "写作“{better}”，它不是关键字")
_LETTER = re.compile(r"[^\W\d_]")
_PLACES = frozenset(("auto", "contain", "cover", "fit", "left", "right", "vertical", "horizontal", "center"))


@rule("IM009", "image-accidental-filter", severity="warning", since="0.1", zh="图片说明中的普通单词被当作滤镜。")
def check(context: Context) -> Iterator[Finding]:
    for image in context.of_type(Image):
        background = image.is_background
        for i, word in enumerate(image.words):
            if word.role != "filter" or ":" in word.text or not _in_sentence(context, image.words, i, background):
                continue
            better = word.text.capitalize()
            in_heading = any(isinstance(node, Heading) for node in ancestors(image))
            effects = (Effect.MEDIA, Effect.TEXT, *((Effect.ANCHORS,) if in_heading else ()))
            fix = unsafe_fix(_CAPITAL, Edit(word.span, better), effects=effects, better=better)
            yield context.finding(word.span, _FILTERS, word=word.text, fix=fix)


def _in_sentence(context: Context, words: Sequence[Word], at: int, background: bool) -> bool:
    """Whether a filter's word belongs to the sentence around it: on a background on both sides, elsewhere before it at least."""
    before = at > 0 and _is_prose(context, words[at - 1])
    after = at + 1 < len(words) and _is_prose(context, words[at + 1])
    if background:
        return before and after
    return before or (after and words[at + 1].text[0].isascii() and words[at + 1].text[0].islower())


def _is_prose(context: Context, word: Word) -> bool:
    """Whether a word is one of a sentence: letters, no keyword, and no word that a style sheet selects on."""
    if word.role == "filter" and ":" not in word.text:
        return False
    return not (word.consumed or word.text in _PLACES or context.theme.selects(word.text)) and bool(_LETTER.search(word.text))
