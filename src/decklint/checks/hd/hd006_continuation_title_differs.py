"""A continued slide repeats its title with a small difference.

A subject that fills several slides repeats its title on each, and readers take that as "still the same". `GANs` and `GANS`,
`池化(Pooling)` and `池化（Pooling）`, `Word embeddings` and `Word Embeddings` look like two subjects in the outline, and a search
for one misses the other. Only letter case, spaces and the width of punctuation are compared: other words, `Part 1` and `Part 2`,
`(1/2)` and `(2/2)` are titles of their own. A title in capitals above the same title in ordinary letters is a style.

The fix writes the title in the form that more slides have, else in that of the first. A line in bold that stands for a title
counts as one.

```deck bad 13:4-13:19
## Word Embeddings

- Words as vectors

---

## Word Embeddings

- Neighbours in meaning

---

## Word embeddings

- Arithmetic
```

```deck fixed
## Word Embeddings

- Words as vectors

---

## Word Embeddings

- Neighbours in meaning

---

## Word Embeddings

- Arithmetic
```

```deck bad 7:3-7:14
**池化（Pooling）**

池化缩小特征图。

---

**池化(Pooling)**

常用最大池化。
```

```deck fixed
**池化（Pooling）**

池化缩小特征图。

---

**池化（Pooling）**

常用最大池化。
```

```deck good
## Attention (1/2)

---

## Attention (2/2)

---

## Attention（续）

---

## ATTENTION

---

## Attention

Capitals on the opening slide of a section are a style.
```
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from decklint.deck.deck import Slide
from decklint.deck.nodes import Heading
from decklint.deck.textview import OPAQUE, TextView, view_of
from decklint.deck.walk import blocks, bold_title, title
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix

_DIFFERS = Template(
    'the title is "{title}"; the slides that it continues with write "{usual}"', "标题为“{title}”，相邻的同题幻灯片写作“{usual}”"
)
_FIX = Template('write "{usual}"', "改为“{usual}”")
_FORMS = str.maketrans("‘’“”–—、", "''\"\"--,")
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"[*_`\[\]<>\\$&#]")
_NEAR = 2  # a picture without a title may stand between
_LONGEST = 200  # comparing letter by letter takes time; longer text is no title


@rule("HD006", "continuation-title-differs", severity="warning", since="0.1", zh="续页的标题与前一页略有不同。")
def check(context: Context) -> Iterator[Finding]:
    titled = [(slide, text) for slide in context.deck.slides if (text := title(slide))]
    counts = Counter(text for _, text in titled)
    for run in _runs(titled):
        usual = max((text for _, text in run), key=lambda text: counts[text])
        for slide, text in run:
            if text == usual or _is_style(text, usual) or OPAQUE in (view := _view(slide)).text:
                continue
            start = len(view.text) - len(view.text.lstrip())
            span = view.span(start, len(view.text.rstrip()))
            yield context.finding(span, _DIFFERS, title=text, usual=usual, fix=_fix(view, usual))


def _runs(titled: list[tuple[Slide, str]]) -> Iterator[list[tuple[Slide, str]]]:
    """Slides that follow each other with titles alike, where the titles are not all the same."""
    folded = {text: _folded(text) for text in {text for _, text in titled}}
    if len(set(folded.values())) == len(folded):
        return  # no two titles are alike
    run = titled[:1]
    for before, this in pairwise(titled):
        if this[0].number - before[0].number <= _NEAR and folded[this[1]] == folded[before[1]]:
            run.append(this)
            continue
        yield run
        run = [this]
    if run:
        yield run


def _folded(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).casefold().translate(_FORMS))


def _is_style(text: str, other: str) -> bool:
    """Whether one of two titles is the other in capitals: `GANS` is not `GANs` in capitals, which has some of its own."""
    upper, plain = (text, other) if text.isupper() else (other, text)
    return upper.isupper() and upper == plain.upper() and plain in (plain.lower(), plain.capitalize(), plain.title())


def _view(slide: Slide) -> TextView:
    heading = next((block for block in blocks(slide) if isinstance(block, Heading)), None)
    if heading is not None:
        return heading.view
    strong = bold_title(slide)
    return view_of(strong.content if strong is not None else ())


def _fix(view: TextView, usual: str) -> Fix | None:
    """Change what differs and nothing else; not where the text holds line breaks or the change would be read as markup."""
    if len(view.text) > _LONGEST or "\n" in view.text:
        return None
    from difflib import SequenceMatcher

    changes = [
        Edit(view.span(start, end), usual[new_start:new_end])
        for kind, start, end, new_start, new_end in SequenceMatcher(None, view.text, usual, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    if any(_MARKUP.search(change.text) for change in changes):
        return None
    return unsafe_fix(_FIX, *changes, effects=(Effect.TEXT, Effect.SPACING, Effect.ANCHORS), usual=usual)
