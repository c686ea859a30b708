r"""Front matter that Marp cannot read is dropped without a word.

One mistake in the YAML block at the top, and Marp ignores all of it: theme, size, page numbers and class are gone, the slides
are still made, and no message is printed. Everyday causes: a key given twice, a tab, a second `: ` in a value, a full-width
colon, no space behind the colon, a word behind the opening dashes.

```deck bad 4:1-4:25
---
marp: true
theme: gaia
subtitle: Part 1: Basics
---

# Neural networks
```

```deck fixed
---
marp: true
theme: gaia
subtitle: "Part 1: Basics"
---

# Neural networks
```

```deck bad 3:1-3:11
---
marp: true
theme：gaia
paginate: true
---

# 神经网络
```

```deck fixed
---
marp: true
theme: gaia
paginate: true
---

# 神经网络
```

```deck bad 4:1-4:33
---
marp: true
headingDivider: 1
footer: Teacher's folder C:\data
---

# Neurons

# Layers
```

```deck fixed
---
marp: true
headingDivider: 1
footer: 'Teacher''s folder C:\data'
---

# Neurons

# Layers
```

```deck bad 4:1-4:6
---
marp: true
theme: gaia
theme: default
---

# Neural networks
```

```deck bad 1:4-1:8
---yaml
marp: true
theme: gaia
---

# 神经网络
```

```deck fixed
---
marp: true
theme: gaia
---

# 神经网络
```

```deck good
---
marp: true
header: "Part 1: Basics"
footer: 图1: 示例
---

# Directives that Marp knows may hold a colon without quotes
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Deck, YamlProblem
from decklint.deck.opening import early_end, last_setting_of_unclosed, swallowed_first_slide
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_DROPPED = {
    "duplicate-key": Template(
        'Marp drops the whole front matter: the key "{detail}" is given twice', "Marp 会丢弃整个 front matter：键“{detail}”重复"
    ),
    "tab": Template(
        "Marp drops the whole front matter: a tab is no indentation in YAML",
        "Marp 会丢弃整个 front matter：YAML 不能用制表符缩进",
    ),
    "colon": Template(
        'Marp drops the whole front matter: a value with ": " needs quotes',
        "Marp 会丢弃整个 front matter：值中含有“: ”时需要加引号",
    ),
    "full-width-colon": Template(
        'Marp drops the whole front matter: "：" is no colon in YAML', "Marp 会丢弃整个 front matter：YAML 不认全角冒号“：”"
    ),
    "no-space": Template(
        "Marp drops the whole front matter: a space is missing behind the colon", "Marp 会丢弃整个 front matter：冒号后缺少空格"
    ),
    "escape": Template(
        "Marp drops the whole front matter: a backslash begins an escape here",
        "Marp 会丢弃整个 front matter：反斜杠在此被当作转义",
    ),
    "indentation": Template(
        "Marp drops the whole front matter: this line is indented deeper than the one before",
        "Marp 会丢弃整个 front matter：这一行比上一行缩进更深",
    ),
    "closing-line": Template(
        "Marp drops the whole front matter: this line does not end it, a character stands behind the dashes",
        "Marp 会丢弃整个 front matter：“---”后面有别的字符，front matter 没有在此结束",
    ),
    "not-a-mapping": Template(
        'Marp drops the whole front matter: it is not a list of "key: value" lines',
        "Marp 会丢弃整个 front matter：它不是“键: 值”的形式",
    ),
    "syntax": Template("Marp drops the whole front matter: {detail}", "Marp 会丢弃整个 front matter：{detail}"),
}
_OPENER = Template(
    'Marp drops the whole front matter: "{text}" behind the opening dashes is read as its first line',
    "Marp 会丢弃整个 front matter：开头“---”后面的“{text}”被当作第一行",
)
_RESTORED = (Effect.DIRECTIVES, Effect.MEDIA, Effect.SLIDES)  # all that the settings say
_MARGIN = Template("move the settings to the margin", "把各行设置移到行首")
_FIX = Template("mend the line", "修正这一行")
_BARE = Template("leave nothing but the dashes", "只保留“---”")

_SETTING = re.compile(r"^_?[A-Za-z]\w*:(?:[ \t]|$)", re.MULTILINE)


@rule("MP001", "front-matter-dropped", severity="error", since="0.1", zh="Marp 读不懂的 front matter 会被悄悄丢弃。")
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    if front is None or front.problem is None or not front.closed or _is_no_front_matter(context.deck):
        return
    if behind := _text_behind_dashes(context.source.slice(front.span)):
        end = context.source.line_span(1).end
        bare = unsafe_fix(_BARE, Edit(Span(end - len(behind), end), ""), effects=tuple(Effect))
        start = end - len(behind.lstrip())
        yield context.finding(Span(start, start + len(behind.strip())), _OPENER, fix=bare, text=behind.strip())
        return
    problem = front.problem
    fix = _to_margin(context.source.slice(front.content_span), front.content_span) if problem.reason == "indentation" else None
    if fix is None:
        span = context.source.line_of(problem.span.start)
        fix = _fix(problem, span, context.source.slice(span))
    yield context.finding(problem.span, _DROPPED[problem.reason], fix=fix, detail=problem.detail)


def _text_behind_dashes(text: str) -> str:
    """What stands behind the opening dashes and is read as a line of YAML: Marp passes over one character only."""
    first, _, settings = text.partition("\n")
    behind = first.lstrip("-")
    read = behind[1:].strip()
    return behind if read and not read.startswith("#") and ":" not in read and _SETTING.search(settings) else ""


def _is_no_front_matter(deck: Deck) -> bool:
    """Whether a slide stands in it, or settings stand below it, of which other rules speak."""
    return any(found(deck) is not None for found in (swallowed_first_slide, last_setting_of_unclosed, early_end))


def _to_margin(settings: str, span: Span) -> Fix | None:
    """Settings that are all indented: Marp trims the first line, so the others seem to belong to it."""
    lines = settings.split("\n")
    indented = [line for line in lines if line.strip()]
    head = indented[0][: len(indented[0]) - len(indented[0].lstrip())]
    if not head or not all(line.startswith(head) for line in indented):
        return None
    moved = "\n".join(line.removeprefix(head) for line in lines)
    return unsafe_fix(_MARGIN, Edit(span, moved), effects=_RESTORED)


def _fix(problem: YamlProblem, span: Span, line: str) -> Fix | None:
    mended = _mended(problem.reason, line)
    if mended is None:
        return None
    more = tuple(Effect) if problem.reason == "closing-line" else ()  # the slide that stood in it comes back
    return unsafe_fix(_FIX, Edit(span, mended), effects=(*_RESTORED, *more))


def _mended(reason: str, line: str) -> str | None:
    if reason == "tab":
        head = line[: len(line) - len(line.lstrip())]
        return head.replace("\t", "  ") + line.lstrip()
    if reason == "indentation":
        return line.lstrip()
    if reason == "closing-line":
        return line.rstrip()
    if reason == "full-width-colon":
        return re.sub(r"\s*：\s*", ": ", line, count=1)
    if reason == "no-space":
        return line.replace(":", ": ", 1)
    key, colon, value = line.partition(": ")
    value = value.strip()
    if reason == "escape" and value and value[0] not in "\"'":
        quoted = value.replace("'", "''")
        return f"{key}: '{quoted}'"
    if reason == "colon" and colon and '"' not in value and "\\" not in value:
        return f'{key}: "{value}"'
    return None
