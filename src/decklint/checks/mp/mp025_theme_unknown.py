"""The deck asks for a theme that is nowhere to be found.

Marp then takes its default theme, or another one that the deck also asks for, without a word: other colours, other sizes, no
classes. The command line knows the themes that its settings or `--theme-set` name; VS Code those in `markdown.marp.themes`. A
theme counts as known where it is built in (`default`, `gaia`, `uncover`), where any style sheet of the project has `@theme` with
its name, and where the settings take themes from places that are not looked at. Letter case counts. What a style sheet's file is
called does not count: without a line `/* @theme lecture */` in it, Marp does not take `lecture.css` for a theme.

Where themes lie outside the repository on purpose, switch the rule off in the front matter of the deck.

```deck bad 3:8-3:12
---
marp: true
theme: Gaia
---

# Neural networks
```

```deck fixed
---
marp: true
theme: gaia
---

# Neural networks
```

```deck good
---
marp: true
theme: uncover
---

# A theme of Marp's own
```

```deck good
---
marp: true
---

# No theme is the default theme
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span
from decklint.theme import themes_asked

_UNKNOWN = Template(
    'no theme "{name}" is built in or defined in this project: Marp uses "{used}"',
    "没有名为“{name}”的内置主题，项目中也没有定义：Marp 会改用“{used}”",
)
_FIX = Template('ask for "{near}"', "改用“{near}”")
_NAMELESS = Template(
    'Marp does not take "{path}" for a theme: it lacks a comment with "@theme {name}"',
    "Marp 不把“{path}”当作主题：文件里缺少含“@theme {name}”的注释",
)
_OTHERWISE = Template('the theme of "{path}" is called "{other}"', "“{path}”中的主题名为“{other}”")
_HINT = Template('did you mean "{near}"?', "是不是“{near}”？")


@rule("MP025", "theme-unknown", severity="warning", since="0.1", zh="找不到幻灯片要求的主题。")
def check(context: Context) -> Iterator[Finding]:
    if context.theme.known is None:
        return
    for span, name in themes_asked(context.deck):
        if name not in context.theme.names:
            yield context.finding(span, _UNKNOWN, name=name, used=_used(context), fix=_fix(name, span, context))


def _used(context: Context) -> str:
    """The theme that Marp takes instead: the last one asked for that it knows."""
    return context.theme.name if context.theme.known else "default"


def _fix(name: str, span: Span, context: Context) -> Fix | None:
    """The theme that differs only in letter case, dashes and underscores; else a hint at the nearest."""
    known = sorted(context.theme.names)
    same = [other for other in known if _plain(other) == _plain(name)]
    if len(same) == 1 and context.source.slice(span) == name:
        return unsafe_fix(_FIX, Edit(span, same[0]), effects=(Effect.DIRECTIVES,), near=same[0])
    if not same and (called := _called(name, context)):
        return called
    from difflib import get_close_matches

    near = same or get_close_matches(name, known, n=1, cutoff=0.75)
    return hint(_HINT, near=near[0]) if near else None


def _called(name: str, context: Context) -> Fix | None:
    """A hint at a style sheet whose file is called as the theme, but not the theme in it."""
    stem = _stem(name)
    for sheet in context.theme.project_sheets:
        if _stem(sheet.path) == stem:
            own = sheet.names[0] if sheet.names else ""
            return hint(_OTHERWISE, path=sheet.path, other=own) if own else hint(_NAMELESS, path=sheet.path, name=name)
    return None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".css").removesuffix(".scss").casefold()


def _plain(name: str) -> str:
    return name.casefold().replace("-", "").replace("_", "").replace(" ", "")
