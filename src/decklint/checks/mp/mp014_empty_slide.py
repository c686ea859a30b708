"""A slide has nothing on it.

Two slide breaks with nothing between them, a slide break behind the last slide, or one right above a heading that begins a slide
by itself (`headingDivider`): each makes a blank slide, which the audience sees and which counts in the page numbers.

A slide that is blank on purpose shows it: with a background, a class, a style, a picture, HTML or a note for the presenter. The
fix takes the superfluous slide break away.

```deck bad 5:1-5:4
# Results

---

---

# Questions
```

```deck fixed
# Results

---

# Questions
```

```deck bad 5:1-5:4
# 总结

谢谢大家！

---
```

```deck fixed
# 总结

谢谢大家！
```

```deck bad 8:1-8:4
---
marp: true
headingDivider: 1
---

# Part one

---

# Part two
```

```deck fixed
---
marp: true
headingDivider: 1
---

# Part one

# Part two
```

```deck bad 5:1-5:4
---
marp: true
---

---

# 第一讲
```

```deck fixed
---
marp: true
---

# 第一讲
```

```deck good
# Blank on purpose

---

<!-- _backgroundColor: black -->

---

<!-- Let the question sink in. -->

---

![bg](night.jpg)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Deck, Slide
from decklint.deck.directives import DIRECTIVES
from decklint.deck.nodes import Comment
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_BETWEEN = Template(
    "nothing stands between this slide break and the one before: the slide is empty", "两条分页线之间没有内容：多出一页空白"
)
_LAST = Template("nothing stands behind this slide break: the last slide is empty", "这条分页线后面没有内容：末尾多出一页空白")
_FIRST = Template("nothing stands before this slide break: the first slide is empty", "这条分页线前面没有内容：开头多出一页空白")
_DIVIDER = Template(
    "the heading below begins a slide by itself: this slide break makes an empty one",
    "下面的标题会自动分页：这条分页线多出一页空白",
)
_FIX = Template("remove the slide break", "删除这条分页线")

_SETTING = re.compile(rf"\s*[\"']?_?(?:{'|'.join(('marp', *DIRECTIVES))})[\"']?\s*[:：]")
_BLANKS = re.compile(r"\s*")
_OF_ITS_OWN = frozenset(("class", "header", "footer", "color", "style", "transition"))


@rule("MP014", "empty-slide", severity="warning", since="0.1", zh="空白幻灯片。")
def check(context: Context) -> Iterator[Finding]:
    slides = context.deck.slides
    for slide in slides:
        following = slides[slide.number] if slide.number < len(slides) else None
        if not _is_empty(context.deck, slide) or len(slides) == 1:
            continue
        ruler = following.break_span if following and following.break_span else slide.break_span
        if ruler is None or _SETTING.match(context.source.text, ruler.end):
            continue  # with settings below, it was to open front matter
        yield context.finding(_trimmed(context, ruler), _message(slide, following), fix=_fix(context, slide, ruler))


def _message(slide: Slide, following: Slide | None) -> Template:
    if following is None:
        return _LAST
    if following.break_span is None:
        return _DIVIDER
    return _FIRST if slide.number == 1 else _BETWEEN


def _is_empty(deck: Deck, slide: Slide) -> bool:
    """Whether a slide holds nothing but directives for the deck or for the slides behind it."""
    settings = [comment.settings for comment in slide.blocks if isinstance(comment, Comment)]
    if any(not isinstance(block, Comment) or block.kind not in ("directive", "magic") for block in slide.blocks):
        return False
    if slide.number == 1 and deck.front_matter is not None:
        settings.append(deck.front_matter.settings)
    keys = [key for found in settings for key in found]
    return not any(key.startswith(("_", "background")) or key in _OF_ITS_OWN for key in keys)


def _trimmed(context: Context, ruler: Span) -> Span:
    text = context.source.slice(ruler)
    start = ruler.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _fix(context: Context, slide: Slide, ruler: Span) -> Fix | None:
    """Take a ruler away with the blank lines below it, or, at the end, above it."""
    if ruler == slide.break_span and slide.blocks:
        return None  # its directives would begin to act one slide earlier
    text = context.source.text
    start, end = context.source.line_of(ruler.start)
    below = _BLANKS.match(text, end)
    assert below is not None
    if below.end() == len(text):
        edit = Edit(Span(len(text[:start].rstrip()), len(text)), "\n")
    else:
        edit = Edit(Span(start, text.rfind("\n", 0, below.end()) + 1), "")
    return unsafe_fix(_FIX, edit, effects=(Effect.SLIDES, Effect.DIRECTIVES))
