"""A directive is misspelt, and Marp shows it to the presenter instead of acting on it.

`<!-- _clas: lead -->`, `<!-- _class:lead -->` and `<!-- backgroundcolor: red -->` are no directives to Marp but notes: the
slide keeps its looks, and the presenter reads "_clas: lead". Letter case counts. In the front matter an unknown key changes
nothing, without a word.

Only keys that are nearly those of a directive, with a value that such a directive can have, are named. A sentence with a
colon is a note, and other keys of the front matter belong to other tools.

```deck bad 3:6-3:11
# Overview

<!-- _clas: lead -->
```

```deck fixed
# Overview

<!-- _class: lead -->
```

```deck bad 2:1-2:6 3:1-3:17
---
Theme: gaia
background-color: "#fff"
---

# 概述
```

```deck fixed
---
theme: gaia
backgroundColor: "#fff"
---

# 概述
```

```deck bad 1:6-1:13 3:6-3:12
<!-- _class：lead -->

<!-- _theme: gaia -->

# 概述
```

```deck good
---
date: 2024-09-01
layout: slides
classes: wide
---

# 别的工具也用 front matter

<!-- Note: say hello -->
<!-- 提示：先提问 -->
<!-- Class: inheritance and composition -->
<!-- Transition: now we turn to the data -->
<!-- color: explain what the colours mean -->
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from decklint.deck.deck import FrontMatter
from decklint.deck.directives import DIRECTIVES, is_directive
from decklint.deck.nodes import Comment
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span
from decklint.theme import BUILT_IN

_NOTE = Template(
    '"{key}" is no directive of Marp, so it is shown to the presenter as a note', "“{key}”不是 Marp 指令，会显示为演讲者备注"
)
_SEPARATOR = Template(
    'a directive has ": " behind its name: "{key}" is shown to the presenter as a note',
    "指令名后面要写“: ”：“{key}”会显示为演讲者备注",
)
_IGNORED = Template('"{key}" is no directive of Marp and changes nothing', "“{key}”不是 Marp 指令，不起作用")
_GLOBAL = Template(
    '"{key}" changes nothing: "{name}" acts on the whole deck and has no form with an underscore',
    "“{key}”不起作用：“{name}”作用于整个文稿，没有带下划线的形式",
)
_MEANT = Template('write "{better}"', "改为“{better}”")
_WHOLE = Template(
    'a single slide cannot have its own; "{better}" in the front matter is for the whole deck',
    "单独一页不能设置；要作用于整个文稿，请在 front matter 中写“{better}”",
)
_COLOUR = r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^()]*\)|white|black|gr[ae]y|red|green|blue|yellow|orange|purple|navy|teal|transparent"
_VALUES = {
    "theme": "|".join(sorted(BUILT_IN)),
    "paginate": "true|false|hold|skip",
    "color": _COLOUR,
    "backgroundColor": _COLOUR,
    "backgroundImage": r"(?:url|[a-z-]*gradient)\(.*",
    "backgroundPosition": r"(?:[\d.]+(?:%|px)|top|right|bottom|left|center|\s)+",
    "backgroundRepeat": r"(?:no-)?repeat(?:-[xy])?",
    "backgroundSize": r"(?:[\d.]+(?:%|px)|cover|contain|auto|\s)+",
    "headingDivider": r"[1-6]|\[[\d, ]+\]|false",
    "size": r"16:9|4:3",
    "math": "mathjax|katex",
    "lang": r"[a-z]{2}(?:-[a-z]{2,4})?",
}
"""What a directive's value looks like, in any letter case. Directives that are not here can say anything."""
_ALIASES = {"background": "backgroundColor", "bg": "backgroundColor", "bgcolor": "backgroundColor", "pagination": "paginate"}
_NAMES = {name.lower(): name for name, known in DIRECTIVES.items() if known.reader != "cli" or name == "transition"}
_LONGEST = 24  # letters of a key that can be a misspelt name
_LINE = re.compile(r"""[ \t]*(["']?)(?P<key>_?[A-Za-z][\w-]*)\1[ \t]*(?P<colon>[:：=])[ \t]*(?P<value>.*)""")


class _Meant(NamedTuple):
    name: str
    better: str


@rule("MP015", "directive-unknown", severity="error", since="0.1", zh="指令拼写错误，会显示为演讲者备注或不起作用。")
def check(context: Context) -> Iterator[Finding]:
    classes = {word for slide in context.deck.slides for word in str(slide.directives.get("class") or "").split()}
    classes |= {"lead", "invert", "gaia"}  # of the built-in themes
    front = context.deck.front_matter
    if front is not None:
        yield from _among_settings(context, front, classes)
    for comment in context.of_type(Comment):
        if comment.kind == "directive":
            yield from _among_settings(context, comment, classes)
        elif comment.kind == "note" and comment.problem is None:
            yield from _in_note(context, comment, classes)


def _among_settings(context: Context, holder: FrontMatter | Comment, classes: set[str]) -> Iterator[Finding]:
    in_front = isinstance(holder, FrontMatter)
    for key, value in holder.settings.items():
        meant = None if is_directive(key) else _meant(key, str(value), classes, in_front=in_front)
        span = holder.key_spans[key]
        if meant and meant.better not in holder.settings and span != holder.span:
            yield _finding(context, _IGNORED, Edit(span, meant.better), key, meant, span=span, in_front=in_front)


def _in_note(context: Context, comment: Comment, classes: set[str]) -> Iterator[Finding]:
    """The directives in a comment that holds nothing but `key: value` lines."""
    for line in _lines(context, comment):
        key, value, start = line["key"], line["value"], line.start("key")
        message = _NOTE
        if line["colon"] == ":" and (not value or line.start("value") > line.end("colon")):
            meant = None if is_directive(key) else _meant(key, value, classes)
            edit = Edit(Span(start, line.end("key")), meant.better if meant else "")
            span = edit.span
        else:
            meant = _Meant(key.removeprefix("_"), key) if is_directive(key) else None
            meant = meant if meant and _is_likely(meant.name, key, value, classes) else None
            edit = Edit(Span(start, line.start("value")), f"{key}: ")
            span, message = Span(start, line.end("colon")), _SEPARATOR
        if meant:
            yield _finding(context, message, edit, context.source.slice(span), meant, span=span)


def _lines(context: Context, comment: Comment) -> list[re.Match[str]]:
    """The lines of a comment, where they stand in the source; none where one of them is prose."""
    text = context.source.text
    at = text.find(comment.value, comment.span.start, comment.span.end)
    found: list[re.Match[str]] = []
    for line in comment.value.split("\n") if at >= 0 else ():
        match = _LINE.fullmatch(text, at, at + len(line))
        if match:
            found.append(match)
        elif line.strip():
            return []
        at += len(line) + 1
    return found


def _meant(key: str, value: str, classes: set[str], *, in_front: bool = False) -> _Meant | None:
    """The directive that a key is nearly the name of; None where the value does not fit it."""
    key = re.sub(r"^<!--+\s*", "", key)  # a comment that was begun twice
    plain = re.sub(r"[\s_-]", "", key).lower()
    name = _NAMES.get(plain) or _ALIASES.get(plain) or _nearest(plain)
    if name is None or not (
        _is_likely(name, key, value, classes) or (in_front and plain == name and plain in ("header", "footer"))
    ):
        return None
    return _Meant(name, f"_{name}" if key.startswith("_") and DIRECTIVES[name].scope == "local" else name)


@lru_cache(maxsize=1024)
def _nearest(plain: str) -> str | None:
    from difflib import get_close_matches

    is_plural = plain[:-1] in _NAMES and plain.endswith("s")
    near = get_close_matches(plain, _NAMES, n=1, cutoff=0.8) if 4 <= len(plain) <= _LONGEST and not is_plural else []
    return _NAMES[near[0]] if near else None


def _is_likely(name: str, key: str, value: str, classes: set[str]) -> bool:
    """Whether a key with such a value can be nothing else than the directive."""
    plain = re.sub(r"[_-]", "", key).lower()
    value = value.strip().strip("\"'")
    if value.endswith((";", "{", ",", "-->")):
        return False  # a line of CSS, or of a comment inside the front matter
    if plain not in _ALIASES and (key.startswith("_") or (plain == name.lower() != name)):
        return True
    if name == "class":
        return bool(value) and set(value.split()) <= classes
    pattern = _VALUES.get(name)
    return pattern is not None and re.fullmatch(pattern, value, re.IGNORECASE) is not None


def _finding(
    context: Context, message: Template, edit: Edit, key: str, meant: _Meant, *, span: Span, in_front: bool = False
) -> Finding:
    fix: Fix = unsafe_fix(_MEANT, edit, effects=_effects(meant.name), better=edit.text.strip())
    if DIRECTIVES[meant.name].scope == "global" and key.startswith("_"):
        return context.finding(
            span, _GLOBAL, fix=fix if in_front else hint(_WHOLE, better=meant.better), key=key, name=meant.name
        )
    return context.finding(span, message, fix=fix, key=key)


def _effects(name: str) -> set[Effect]:
    more = {Effect.SLIDES, Effect.ANCHORS, Effect.FRAGMENTS} if name == "headingDivider" else set()
    return {Effect.DIRECTIVES, *more, *({Effect.MEDIA} if name in ("header", "footer", "backgroundImage", "style") else ())}
