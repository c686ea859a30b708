"""A word in a picture's text looks like a Marp keyword and is none.

Marp reads sizes and positions from the alternative text: `![w:300](a.png)`, `![bg right:33%](b.png)`. A slip (`w=300`, `w: 300`,
`W:300`, `BG`, `bg:cover`, `right:33`) is not an error to Marp: it stays in the alternative text and changes nothing. Words that
a style sheet of the deck or its project selects on (`img[alt~="center"]`) are keywords too.

```deck bad 3:3-3:8
# Results

![w=300](plot.png)
```

```deck fixed
# Results

![w:300](plot.png)
```

```deck bad 3:6-3:14
# Results

![bg right:33](plot.png)
```

```deck fixed
# Results

![bg right:33%](plot.png)
```

```deck bad 3:3-3:5
# Results

![BG](plot.png)
```

```deck good
<style>
img[alt~="#c"] { display: block; margin: auto; }
</style>

![#c w:800](plot.png)
```

```deck good
# A sentence is no keyword

![The ratio w/h at 300 pixels, shown to the right: a plot](plot.png)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.images import Word, read_words
from decklint.deck.nodes import Image
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_UNKNOWN = Template('"{word}" is no keyword of Marp and changes nothing', "“{word}”不是 Marp 关键字，不起作用")
_DID_YOU_MEAN = Template('write "{better}"', "写作“{better}”")
_UNITS = (
    "Marp takes numbers (pixels) and the units % ch cm em ex in mm pc pt px",
    "Marp 只接受数字（像素）和单位 % ch cm em ex in mm pc pt px",
)
_UNIT_HINT = Template(*_UNITS)

_SIZE = re.compile(r"(w(?:idth)?|h(?:eight)?)\s*[:=：]\s*(-?[\d.]+)\s*([a-z%]*)", re.IGNORECASE)
_SPLIT = re.compile(r"(left|right)[:=：]?(\d+(?:\.\d+)?)%?", re.IGNORECASE)
_BACKGROUND = re.compile(r"bg(?:[:,，=]\s*(.+))?", re.IGNORECASE)
_UNITS_KNOWN = ("", "%", "ch", "cm", "em", "ex", "in", "mm", "pc", "pt", "px")


@rule("IM002", "image-keyword-unknown", severity="warning", since="0.1", zh="图片说明中像关键字的词不是 Marp 关键字。")
def check(context: Context) -> Iterator[Finding]:
    for image in context.of_type(Image):
        words = _joined(image.words)
        if sum(not word.consumed for word in words) > 3:
            continue  # a sentence
        for word in words:
            if word.consumed:
                continue
            better = _better(word.text, image.is_background)
            if better is None or context.theme.selects(word.text):
                continue
            yield context.finding(word.span, _UNKNOWN, word=word.text, fix=_fix(word, better))


def _joined(words: tuple[Word, ...]) -> list[Word]:
    """The words, with `w:` and a number behind it taken as one."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and not last.consumed and re.fullmatch(r"(?i)(w|width|h|height)[:=]", last.text) and re.match(r"\d", word.text):
            joined[-1] = Word(f"{last.text} {word.text}", Span(last.span.start, word.span.end))
        else:
            joined.append(word)
    return joined


def _better(word: str, background: bool) -> str | None:
    """What a word was most likely meant to be; empty where it was a keyword with a value that Marp does not take."""
    if match := _SIZE.fullmatch(word):
        number, unit = match[2], match[3].lower()
        if number.startswith("-") or unit not in _UNITS_KNOWN:
            return ""
        return f"{match[1].lower()}:{number}{unit}"
    if background and (match := _SPLIT.fullmatch(word)):
        return f"{match[1].lower()}:{match[2]}%"
    if (match := _BACKGROUND.fullmatch(word)) and word != "bg":
        rest = re.sub(r"[,，:=]", " ", match[1] or "").strip()
        known = all(w.consumed for w in read_words([("bg", Span(0, 0)), *((part, Span(0, 0)) for part in rest.split())]))
        return f"bg {rest}".strip() if known else None
    return None


def _fix(word: Word, better: str) -> Fix:
    if not better:
        return hint(_UNIT_HINT)
    return unsafe_fix(_DID_YOU_MEAN, Edit(word.span, better), effects=(Effect.MEDIA, Effect.TEXT), better=better)
