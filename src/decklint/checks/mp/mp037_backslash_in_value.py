r"""A backslash in a value without quotes is read as the beginning of an escape.

Marp puts the values of its own settings in double quotes before it reads them as YAML, and there `\t` is a tab, `\n` a new line,
`\a` a bell and `\P` a separator of paragraphs. `footer: $\theta$` shows "heta", `C:\new` becomes two lines, and no message is
printed. In single quotes a backslash is a backslash.

A new line outside of formulas and paths is taken for meant, and so are `\\` and `\ `. Escapes that YAML does not know void
the whole block; `front-matter-dropped` (MP001) and `directive-comment-broken` (MP038) tell of them.

```deck bad 3:9-3:35
---
marp: true
footer: The angle $\theta$ and $R$
---

# Rotations
```

```deck fixed
---
marp: true
footer: 'The angle $\theta$ and $R$'
---

# Rotations
```

```deck bad 1:15-1:38
<!-- _header: 学生's 目录：D:\teaching\new -->

# 数据
```

```deck fixed
<!-- _header: '学生''s 目录：D:\teaching\new' -->

# 数据
```

```deck good
---
header: '$\theta$'
footer: Department of Mathematics\nAutumn
title: $\\beta$ with two backslashes
size: 4:3
---

# 有意的写法

<!-- _footer: \ *左* *中* *右* -->
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import FrontMatter
from decklint.deck.nodes import Comment
from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, rule, unsafe_fix

_CHANGED = Template(
    'Marp reads "{escape}" in a value without quotes as one special character',
    "没有引号的值里，“{escape}”会被 Marp 读成一个特殊字符",
)
_FIX = Template("put the value in single quotes", "给值加单引号")
_ESCAPE = re.compile(r"\\(.)")
_NEVER_MEANT = frozenset("0abefvNLP_")  # control characters, separators, a blank that does not break
_LINES = frozenset("ntr")
_FORMULA = re.compile(r"\$(?=[^\s$])[^$]*(?<=[^\s$])\$")
_WORD = re.compile(r"\S+")
_PATH = re.compile(r"[A-Za-z]:\\|\.(?:png|jpe?g|gif|svg|webp|pdf|css)\b", re.IGNORECASE)


@rule("MP037", "backslash-in-value", severity="warning", since="0.1", zh="没有引号的值里，反斜杠会被当作转义。")
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    holders: list[FrontMatter | Comment] = [front] if front else []
    for holder in holders + context.of_type(Comment):
        for key, value in holder.settings.items():
            span = holder.value_spans[key]
            written = context.source.slice(span)
            if not isinstance(value, str) or value == written or "\\" not in written or span == holder.span:
                continue
            escape = _escape(written)
            if escape and written[0] not in "\"'|>" and "\n" not in written:
                edit = Edit(span, "'" + written.replace("'", "''") + "'")
                fix = unsafe_fix(_FIX, edit, effects=(Effect.DIRECTIVES, Effect.MEDIA))
                yield context.finding(span, _CHANGED, fix=fix, escape=escape)


def _escape(written: str) -> str:
    """The first escape that cannot be meant."""
    in_formula, in_path = set[int](), set[int]()
    for match in _FORMULA.finditer(written):
        in_formula.update(range(*match.span()))
    for match in _WORD.finditer(written):
        if _PATH.search(match[0]):
            in_path.update(range(*match.span()))
    for match in _ESCAPE.finditer(written):
        letter, at = match[1], match.start()
        if letter in _NEVER_MEANT or (letter != "\\" and at in in_formula) or (letter in _LINES and at in in_path):
            return match[0]
    return ""
