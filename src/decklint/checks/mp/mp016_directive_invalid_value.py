"""A directive has a value that Marp does not take.

Marp says nothing about it: `paginate: yes` shows no page numbers, an unknown transition is no transition, `headingDivider:
1,2` divides at level 1 only, `size: 16x9` and `math: latex` are ignored, `backgroundImage: sea.png` is no CSS without
`url(…)`. A footer that begins with `[` or `*` cannot even be read without quotation marks, and the whole comment becomes a
note.

The fix is offered where only one thing can be meant.

```deck bad 2:11-2:14 3:7-3:11
---
paginate: yes
size: 16x9
---

# Overview
```

```deck fixed
---
paginate: true
size: 16:9
---

# Overview
```

```deck bad 2:17-2:20 3:13-3:20
---
headingDivider: 1,2
transition: psuh 1s
---

# 第一章

## 概述
```

```deck fixed
---
headingDivider: [1, 2]
transition: push 1s
---

# 第一章

## 概述
```

```deck bad 1:15-1:28
<!-- _footer: **Lecture 3** -->

# Sorting
```

```deck fixed
<!-- _footer: '**Lecture 3**' -->

# Sorting
```

```deck good
---
paginate: Hold
size: 4:3
math: katex
transition: fade-out 500ms
headingDivider: [2, 3]
backgroundImage: url("sea.png")
---

# 写法正确

<!-- _paginate: "" -->
<!-- _transition: none -->
```

```deck good
---
theme: my-theme
size: A4
transition: dissolve
---

<style>
@keyframes marp-transition-dissolve { from { opacity: 1 } to { opacity: 0 } }
</style>

# A theme can have sizes of its own, and a deck its own transitions
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from decklint.deck.deck import FrontMatter
from decklint.deck.directives import heading_divider, is_directive
from decklint.deck.nodes import Comment, InlineMath, MathBlock
from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_BAD = Template('Marp does not take "{value}" as a value of "{key}"', "“{value}”不是“{key}”可用的值")
_ONLY_FIRST = Template('Marp reads "{value}" as {level}', "Marp 只把“{value}”读作 {level}")
_UNREAD = Template(
    'a value that begins with "{mark}" needs quotation marks: the comment is shown to the presenter as a note',
    "以“{mark}”开头的值需要加引号，否则整个注释会显示为演讲者备注",
)
_WRITE = Template('write "{better}"', "改为“{better}”")
_QUOTE = Template("put it in quotation marks", "加上引号")
_ALLOWED = Template("possible are {allowed}", "可用的值：{allowed}")
_ALLOWED_FOR = {
    "paginate": "true, false, hold, skip",
    "math": "mathjax, katex",
    "headingDivider": "1, 2, 3, 4, 5, 6, [1, 3], false",
}
_LONGEST = 80  # letters of a value that can be a misspelt name
_PAGINATE = {"yes": "true", "on": "true", "1": "true", "show": "true"}
_OFF = ("", "false", "no", "off", "0", "none", "null", "~", "hide")  # all hide the page number, as they say
_MATH = {"mathjax3": "mathjax", "latex": "mathjax", "tex": "mathjax"}
_PICTURE = re.compile(r"[^\s()\"',;]+\.(?:png|jpe?g|gif|svg|webp|avif)", re.IGNORECASE)
_LINE = re.compile(r"(_?(?:header|footer)): +(([\[*&`])[^\n]*)")


class _Wrong(NamedTuple):
    better: str = ""
    message: Template = _BAD


@rule("MP016", "directive-invalid-value", severity="warning", since="0.1", zh="指令的值 Marp 不认。")
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    comments = context.of_type(Comment)
    holders: list[FrontMatter | Comment] = [front] if front else []
    for holder in holders + [comment for comment in comments if comment.kind == "directive"]:
        for key, value in holder.settings.items():
            name = key.removeprefix("_")
            wrong = _wrong(context, name, value) if is_directive(key) else None
            if wrong is not None:
                yield _finding(context, holder, key, value, wrong)
    for comment in comments:
        if comment.kind == "note" and (finding := _unread(context, comment)):
            yield finding


def _unread(context: Context, comment: Comment) -> Finding | None:
    """A header or footer that begins with a character of YAML."""
    match = _LINE.fullmatch(comment.value)
    at = context.source.text.find(comment.value, comment.span.start, comment.span.end) if match else -1
    if match is None or at < 0:
        return None
    span = Span(at + match.start(2), at + match.end(2))
    quoted = match[2].rstrip().replace("'", "''")
    fix = unsafe_fix(_QUOTE, Edit(span, f"'{quoted}'"), effects=(Effect.DIRECTIVES, Effect.MEDIA))
    return context.finding(span, _UNREAD, fix=fix, mark=match[3])


def _finding(context: Context, holder: FrontMatter | Comment, key: str, value: Any, wrong: _Wrong) -> Finding:
    span, name, shown = holder.value_spans[key], key.removeprefix("_"), str(value)
    fix = None
    if wrong.better and span != holder.span:
        effects = {Effect.DIRECTIVES}
        if name == "headingDivider":
            effects |= {Effect.SLIDES, Effect.ANCHORS, Effect.FRAGMENTS}
        elif name == "backgroundImage":
            effects |= {Effect.MEDIA}
        fix = unsafe_fix(_WRITE, Edit(span, wrong.better), effects=effects, better=wrong.better)
    elif name in _ALLOWED_FOR:
        fix = hint(_ALLOWED, allowed=_ALLOWED_FOR[name])
    elif name == "size" and context.theme.sizes:
        fix = hint(_ALLOWED, allowed=", ".join(sorted(context.theme.sizes)))
    return context.finding(span, wrong.message, fix=fix, value=shown, key=key, level=shown[:1])


def _wrong(context: Context, name: str, value: Any) -> _Wrong | None:
    """What is wrong with the value of a directive, if anything is."""
    if name == "headingDivider":
        return _wrong_divider(value)
    if not isinstance(value, str) or re.search(r"(?:^|\s)#", value):
        return None  # a list, or a comment behind the value: other rules speak of them
    if name == "paginate":
        word = value.strip().lower()
        known = word in ("true", "hold", "skip", *_OFF)
        return None if known else _Wrong(_PAGINATE.get(word) or _near(word, ["true", "hold", "skip"]))
    if name == "transition":
        return _wrong_transition(value, context.theme.transitions)
    if name == "math":
        return _wrong_math(context, value)
    if name == "size":
        return _wrong_size(context, value)
    if name == "backgroundImage" and _PICTURE.fullmatch(value):
        return _Wrong(f'url("{value}")')
    if name in ("color", "backgroundColor") and re.fullmatch(r"[0-9a-f]{6}", value, re.IGNORECASE):
        return _Wrong(f'"#{value}"')
    return None


def _wrong_divider(value: Any) -> _Wrong | None:
    if isinstance(value, list):
        return None if all(heading_divider(item) for item in value) else _Wrong()
    text = str(value).strip()
    if re.fullmatch(r"[1-6](?:\s*,\s*[1-6])+", text):
        return _Wrong(f"[{', '.join(re.findall('[1-6]', text))}]", _ONLY_FIRST)
    if match := re.fullmatch(r"[hH]([1-6])|(#{1,6})", text):
        return _Wrong(match[1] or str(len(match[2])))
    return _Wrong() if heading_divider(text) is None else None


def _wrong_transition(value: str, known: frozenset[str] | None) -> _Wrong | None:
    name, _, duration = value.strip().partition(" ")
    if not name or known is None or name in known or name.startswith("var("):
        return None
    near = _near(name.lower(), sorted(known))
    return _Wrong(f"{near} {duration}".strip() if near else "")


def _wrong_math(context: Context, value: str) -> _Wrong | None:
    word = value.strip().lower()
    if value in ("mathjax", "katex") or word in ("", "true", "yes", "on", "1"):
        return None  # formulas are on anyway
    if word in ("mathjax", "katex"):
        return _Wrong(word)
    has_formulas = bool(context.of_type(InlineMath) or context.of_type(MathBlock))
    return _Wrong(_MATH.get(word) or _near(word, ["mathjax", "katex"])) if has_formulas else None


def _wrong_size(context: Context, value: str) -> _Wrong | None:
    """A preset that the theme does not have; in another spelling where it has that."""
    size, known = value.strip(), context.theme.sizes
    if not size or known is None or size in known:
        return None
    respelt = re.sub(r"\s*[:：xX×/-]\s*", ":", size)
    return _Wrong(respelt if respelt in known else "")


def _near(word: str, names: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, names, n=1, cutoff=0.7) if len(word) <= 2 * _LONGEST else []
    return near[0] if near else ""
