"""A keyword in a picture's text does nothing there.

Percentages (`w:50%`, `80%`) size backgrounds only: on a picture in the text Marp takes them out of the alternative text and
changes nothing. `left`, `right:40%`, `contain`, `cover`, `fit`, `vertical` mean something only together with `bg`. On a
background, `cover`, `contain` and `fit` silence `w:` and `h:`, and a percentage silences them in turn.

In `header` and `footer` a picture with `bg` is neither a background nor a picture: Marp drops it without a word.

```deck bad 3:3-3:8
# Loss

![w:50% Loss over time](loss.png)
```

```deck bad 3:3-3:6
# 结果

![80%](loss.png)
```

```deck bad 3:3-3:12
# Missing bg

![right:45% Loss over time](loss.png)
```

```deck bad 3:3-3:12
# With bg, the percentage works as well

![right:45% 85%](loss.png)
```

```deck bad 3:12-3:17
# The width has no say beside cover

![bg cover w:300](loss.png)
```

```deck bad 2:12-2:14 6:23-6:25
---
header: "![bg](wave.png) 机器学习"
---

# A background belongs to a slide
<!-- _footer: '![w:80 bg](logo.png)' -->
```

```deck good
---
header: "![w:80](logo.png) and `![bg](wave.png)`"
---

# A picture without "bg" stands in the header

![bg](wave.png)
```

```deck good
# Lengths work everywhere, percentages on backgrounds

![w:640 Loss over time](loss.png)

![bg right:45% 80%](loss.png)
```

```deck good
# Words of a sentence are no keywords

![The cover of the book, with a model that does not fit](cover.png)

![cover](book-cover.png)
```

```deck good
<style>
img[alt~="right"] { float: right; }
</style>

![w:300 right](loss.png)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from decklint.deck.images import Word
from decklint.deck.nodes import Comment, Image
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_PERCENT = Template(
    '"{word}" does nothing here: percentages size backgrounds only', "“{word}”在这里不起作用：百分比只对背景图片（bg）有效"
)
_TAKEN = Template(
    'Marp takes "{word}" for a size and removes it from the text; on a picture that is no background it does nothing',
    "Marp 把“{word}”当作大小并从说明中删去，而普通图片用百分比不起作用",
)
_NO_BG = Template('"{word}" does nothing without "bg"', "没有“bg”，“{word}”不起作用")
_BEATEN = Template('"{word}" does nothing beside "{winner}"', "有了“{winner}”，“{word}”不起作用")

_DROPPED = Template('Marp drops this picture: "{key}" cannot have a background', "Marp 会丢弃这张图片：“{key}”不能有背景图片")

_LENGTH = Template('give a length, such as "{better}"', "改用长度，例如“{better}”")
_KEEP = Template('write "{better}" where the number is part of the sentence', "如果是句中的数字，写作“{better}”")
_ADD_BG = Template('add "bg" if the picture is a background, or remove the word', "若是背景图片，加上“bg”；否则删去这个词")
_CHOOSE = Template("keep one of them", "两者保留一个")
_REMOVE = Template(
    'remove "bg" if the picture is for the {key}, or write it on the slide', "图片若属于“{key}”，删去“bg”；否则写到幻灯片上"
)

_FILL = ("contain", "cover", "fit")
_NEED_BG = frozenset(("auto", *_FILL, "left", "right", "vertical", "horizontal"))
_SHARE = re.compile(r"(?:left|right):(?:\d*\.)?\d+%")
_AMBIGUOUS = frozenset(("auto", "cover", "vertical", "horizontal"))  # words that can say what the picture shows, alone
_PICTURE = re.compile(r"`+[^`]*`+|!\[(?P<words>[^\[\]]*)\]\(")
_WIDE, _NARROW, _HIGH = 1280, 960, 720  # pixels: the sizes 16:9 and 4:3 of the built-in themes


@rule("IM008", "image-keyword-ignored", severity="warning", since="0.1", zh="图片说明中的关键字在这里不起作用。")
def check(context: Context) -> Iterator[Finding]:
    yield from _in_settings(context)
    for image in context.of_type(Image):
        if not image.words:
            continue
        if image.is_background:
            yield from _beaten(context, image)
            continue
        ordinary = _ordinary(context, image)
        miswritten = any(word.text.lower().startswith("bg") for word in image.words)  # then "bg" is the slip
        without_bg = [] if miswritten else list(_without_bg(context, image, ordinary))
        yield from without_bg
        yield from _percentages(context, image, ordinary, only_keyed=bool(without_bg) or miswritten)


def _in_settings(context: Context) -> Iterator[Finding]:
    """Backgrounds in headers and footers, which are made when the backgrounds of the slides are there already."""
    for holder in (context.deck.front_matter, *context.of_type(Comment)):
        for key, value in holder.settings.items() if holder else ():
            name = key.removeprefix("_")
            if holder is None or name not in ("header", "footer") or not isinstance(value, str):
                continue
            for match in _PICTURE.finditer(value):
                if "bg" in (match["words"] or "").split():
                    span = _place_of_bg(context, match[0], holder.value_spans[key])
                    yield context.finding(span, _DROPPED, key=name, fix=hint(_REMOVE, key=name))


def _place_of_bg(context: Context, picture: str, holder: Span) -> Span:
    at = context.source.text.find(picture, *holder)
    word = re.search(r"(?<![^\s\[])bg(?![^\s\]])", picture)
    return holder if at < 0 or word is None else Span(at + word.start(), at + word.end())


def _ordinary(context: Context, image: Image) -> bool:
    """Whether words stand in the text that are no keywords."""
    words = (word.text for word in image.words if not word.consumed)
    return any(word not in _NEED_BG and not _SHARE.fullmatch(word) and not context.theme.selects(word) for word in words)


def _percentages(context: Context, image: Image, ordinary: bool, *, only_keyed: bool) -> Iterator[Finding]:
    """Percentages on a picture that is no background; with `bg` added, those without `w:` or `h:` would work."""
    for i, word in enumerate(image.words):
        if word.role not in ("size", "width", "height") or not word.text.endswith("%"):
            continue
        if i and image.words[i - 1].text[-1] in ":=：":
            continue  # torn apart by a space: an unknown keyword
        bare = word.role == "size"
        if bare and only_keyed:
            continue
        if bare and ordinary:
            better = word.text.replace("%", " %")
            yield context.finding(word.span, _TAKEN, word=word.text, fix=hint(_KEEP, better=better))
        else:
            better = _length(word, narrow=context.deck.directives.get("size") == "4:3")
            yield context.finding(word.span, _TAKEN if bare else _PERCENT, word=word.text, fix=hint(_LENGTH, better=better))


def _length(word: Word, *, narrow: bool) -> str:
    """The same share of a slide in pixels."""
    share = float(word.text.rpartition(":")[2].rstrip("%")) / 100
    whole = _HIGH if word.role == "height" else _NARROW if narrow else _WIDE
    return f"{'h' if word.role == 'height' else 'w'}:{round(whole * share)}"


def _without_bg(context: Context, image: Image, ordinary: bool) -> Iterator[Finding]:
    alone = len(image.words) == 1
    for word in image.words:
        if word.consumed or context.theme.selects(word.text):
            continue
        share = _SHARE.fullmatch(word.text) is not None
        if not share and (ordinary or word.text not in _NEED_BG):
            continue
        if alone and not share and (word.text in _AMBIGUOUS or word.text in image.url.lower()):
            continue
        yield context.finding(word.span, _NO_BG, word=word.text, fix=hint(_ADD_BG))


def _beaten(context: Context, image: Image) -> Iterator[Finding]:
    """Sizes of a background that another of its words overrules. Source: Marpit `background_image/parse.js`."""
    percent = next((word.text for word in image.words if word.role == "size" and word.text.endswith("%")), "")
    fill = next((word.text for word in image.words if word.role == "size" and word.text in _FILL), "")
    for i, word in enumerate(image.words):
        if percent and word.role == "size" and word.text in _FILL and not _is_prose(image.words, i):
            yield context.finding(word.span, _BEATEN, word=word.text, winner=percent, fix=hint(_CHOOSE))
        if fill and not percent and word.role in ("width", "height"):
            yield context.finding(word.span, _BEATEN, word=word.text, winner=fill, fix=hint(_CHOOSE))


def _is_prose(words: Sequence[Word], at: int) -> bool:
    """Whether a word beside this one is no keyword."""
    return any(not other.consumed for other in words[max(0, at - 1) : at + 2])
