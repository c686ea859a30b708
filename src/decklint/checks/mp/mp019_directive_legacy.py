"""A directive of an old version of Marp, which nobody reads any more.

Names of the first Marp app (`page_number`, `template`, `prerender`, `$width`, and `*` in front for a single slide) and the
names with a dollar sign (`$theme`, `$size`) are unknown today: the comment is shown to the presenter as a note, and nothing
else happens. The colour of a slide can no longer be written as a picture (`![bg](#fff)`) either; that makes a broken picture
now.

```deck bad 1:6-1:12
<!-- $theme: gaia -->

# Overview
```

```deck fixed
<!-- theme: gaia -->

# Overview
```

```deck bad 1:6-1:17 7:6-7:15
<!-- page_number: true -->

# 概述

---

<!-- *template: invert -->

# 结论
```

```deck fixed
<!-- paginate: true -->

# 概述

---

<!-- _class: invert -->

# 结论
```

```deck bad 3:1-3:12
# Questions

![bg](#fff)
```

```deck fixed
# Questions

<!-- _backgroundColor: "#fff" -->
```

```deck good
---
template: lecture
---

# The front matter may hold a template of another tool

<!-- template: ask for volunteers -->
<!-- prerender: what the browser does before it shows anything -->
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.directives import DIRECTIVES
from decklint.deck.images import COLOUR_ADDRESS
from decklint.deck.nodes import Comment, Image
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_NOTE = Template(
    '"{key}" is a name of an old Marp: today it is shown to the presenter as a note',
    "“{key}”是旧版 Marp 的指令名，现在只会显示为演讲者备注",
)
_IGNORED = Template('"{key}" is a name of an old Marp and changes nothing today', "“{key}”是旧版 Marp 的指令名，现在不起作用")
_COLOUR = Template(
    "Marp no longer takes a colour for a picture: this one is broken", "Marp 不再支持用图片语法写颜色，这里会是一张坏图"
)
_WRITE = Template('write "{better}"', "改为“{better}”")
_NONE = Template("leave it out: there is no such setting any more", "可以删去：现在没有这个设置")
_NAMES = {"page_number": "paginate", "template": "class", "prerender": "", "width": "", "height": ""}
_VALUES = {
    "page_number": r"true|false",
    "template": r"[\w-]+",
    "prerender": r"true|false",
    "width": r"[\d.]+ ?\w*",
    "height": r"[\d.]+ ?\w*",
}
_LINE = re.compile(r"\s*([$*]{0,2})(_?[A-Za-z]\w*):[ \t]+(\S.*)")


@rule("MP019", "directive-legacy", severity="warning", since="0.1", zh="旧版 Marp 的指令，现在不再起作用。")
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    for key, value in front.settings.items() if front else ():
        better = _better(key, str(value)) if key.startswith("$") else None
        if front and better is not None:
            taken = better in front.settings
            yield context.finding(
                front.key_spans[key], _IGNORED, key=key, fix=_fix(front.key_spans[key], "" if taken else better)
            )
    for comment in context.of_type(Comment):
        if comment.kind == "note":
            yield from _in_note(context, comment)
    for image in context.of_type(Image):
        if COLOUR_ADDRESS.fullmatch(image.url) and not any(word.consumed and word.role != "background" for word in image.words):
            yield context.finding(image.span, _COLOUR, fix=_comment_for(context, image))


def _in_note(context: Context, comment: Comment) -> Iterator[Finding]:
    """The old names in a comment that holds nothing but `key: value` lines."""
    lines = comment.value.split("\n")
    if not all(_LINE.fullmatch(line) for line in lines if line.strip()):
        return
    at = context.source.text.find(comment.value, comment.span.start, comment.span.end)
    for line in lines if at >= 0 else ():
        match = _LINE.fullmatch(line)
        key = match[1] + match[2] if match else ""
        better = _better(key, match[3]) if match else None
        if match and better is not None:
            span = Span(at + match.start(1), at + match.end(2))
            yield context.finding(span, _NOTE, key=key, fix=_fix(span, better))
        at += len(line) + 1


def _better(key: str, value: str) -> str | None:
    """Today's name for an old one, empty where there is none; None where the name is no old one."""
    name = key.lstrip("$*")
    if name in _NAMES:
        is_size = name in ("width", "height")
        if is_size != ("$" in key) or not re.fullmatch(_VALUES[name], value.strip(" \t'\"")):
            return None
        return ("_" if "*" in key and _NAMES[name] else "") + _NAMES[name]
    if name.removeprefix("_") not in DIRECTIVES or name == key:
        return None
    is_local = DIRECTIVES[name.removeprefix("_")].scope == "local"
    return f"_{name}" if key.startswith("*") and is_local and not name.startswith("_") else name


def _fix(span: Span, better: str) -> Fix:
    if not better:
        return hint(_NONE)
    effects = {Effect.DIRECTIVES, Effect.SLIDES, Effect.ANCHORS, Effect.FRAGMENTS, Effect.MEDIA}
    if better != "headingDivider":
        effects -= {Effect.SLIDES, Effect.ANCHORS, Effect.FRAGMENTS}
    return unsafe_fix(_WRITE, Edit(span, better), effects=effects, better=better)


def _comment_for(context: Context, image: Image) -> Fix | None:
    name = "_backgroundColor" if image.is_background else "_color"
    comment = f'<!-- {name}: "{image.url}" -->'
    line = context.source.line_of(image.span.start)
    if context.source.slice(line).strip() != context.source.slice(image.span) or not _is_on_slide(image):
        return hint(_WRITE, better=comment)
    return unsafe_fix(_WRITE, Edit(image.span, comment), effects=(Effect.DIRECTIVES, Effect.MEDIA), better=comment)


def _is_on_slide(image: Image) -> bool:
    return image.parent is not None and isinstance(image.parent.parent, Slide)
