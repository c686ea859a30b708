r"""A comment of settings that Marp cannot read as such becomes a note for the presenter.

One mistake, and the directives in the comment do nothing: a key given twice, an indented line, a tab, a backslash that begins no
escape, a value that begins with a sign of YAML. No message is printed; the presenter reads the settings instead. The most usual
one cannot be seen: where the lines of a longer comment are indented, the first one is not, because Marp takes the blanks before
it away.

The fix is offered where only one thing can be meant.

```deck bad 5:3-5:19
# Thanks

<!--
  _class: lead
  _paginate: false
-->
```

```deck fixed
# Thanks

<!--
_class: lead
_paginate: false
-->
```

```deck bad 3:1-3:7
<!--
_class: lead
_class: invert
-->

# 谢谢
```

```deck bad 1:6-1:41
<!-- _footer: 路径 \\server\data, 100\% 必读 -->

# 数据
```

```deck fixed
<!-- _footer: '路径 \\server\data, 100\% 必读' -->

# 数据
```

```deck bad 3:1-3:23
<!--
_class: lead
_footer: **Lecture 3**
-->

# Sorting
```

```deck fixed
<!--
_class: lead
_footer: '**Lecture 3**'
-->

# Sorting
```

```deck good
# Sorting

<!-- color: tell them what the \d in the pattern on the slide means, and why -->

<!--
class: says what an object can do
object: has a class

class: comes twice in these notes
-->

<!--
_class:
  - lead
  - invert
-->
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import YamlProblem
from decklint.deck.directives import is_directive
from decklint.deck.nodes import Comment
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_NOTE = {
    "duplicate-key": Template(
        'the key "{detail}" is given twice, so Marp shows the comment to the presenter instead of acting on it',
        "键“{detail}”重复，整个注释会显示为演讲者备注，不会生效",
    ),
    "tab": Template(
        "a tab is no indentation in YAML, so Marp shows the comment to the presenter instead of acting on it",
        "YAML 不能用制表符缩进，整个注释会显示为演讲者备注，不会生效",
    ),
    "escape": Template(
        "a backslash begins an escape here, so Marp shows the comment to the presenter instead of acting on it",
        "反斜杠在此被当作转义，整个注释会显示为演讲者备注，不会生效",
    ),
    "indentation": Template(
        "this line is indented deeper than the one before, so Marp shows the comment to the presenter instead of acting on it",
        "这一行比上一行缩进更深，整个注释会显示为演讲者备注，不会生效",
    ),
}
_UNREADABLE = Template(
    "this is no YAML, so Marp shows the comment to the presenter instead of acting on it",
    "这里不是合法的 YAML，整个注释会显示为演讲者备注，不会生效",
)
_FIX = Template("mend the line", "修正这一行")
_TWICE = Template("remove the second one", "删除重复的一行")
_KEEP = Template("keep one of them", "只保留一个")
_JOIN = Template('write both in one line: "{better}"', "写在一行里：“{better}”")

_LINE = re.compile(r"""[ \t]*(["']?)(?P<key>_?\w+)\1[ \t]*:(?:[ \t]++(?P<value>.*\S)|)[ \t]*""")
_OTHER_RULE = re.compile(r"_?(?:header|footer): +[\[*&`][^\n]*")  # directive-invalid-value
_PROSE = 5  # words: what is longer behind a key that is a word as well, is a sentence
_SIGNS = "*&`@%!["


@rule("MP038", "directive-comment-broken", severity="error", since="0.1", zh="注释里的设置有 YAML 错误，会变成演讲者备注。")
def check(context: Context) -> Iterator[Finding]:
    for comment in context.of_type(Comment):
        problem = comment.problem
        if problem is None or _OTHER_RULE.fullmatch(comment.value) or _is_sentence(comment.value):
            continue
        message = _NOTE.get(problem.reason, _UNREADABLE)
        yield context.finding(problem.span, message, fix=_fix(context, comment, problem), detail=problem.detail)


def _is_sentence(value: str) -> bool:
    """Whether the directives are words that begin a sentence."""
    settings = [match for match in map(_LINE.fullmatch, value.split("\n")) if match and is_directive(match["key"])]
    words = all(match["key"].isalpha() and match["key"].islower() for match in settings)
    return words and all(
        match["key"] not in ("header", "footer") and len((match["value"] or "").split()) >= _PROSE for match in settings
    )


def _fix(context: Context, comment: Comment, problem: YamlProblem) -> Fix | None:
    start = context.source.text.find(comment.value, comment.span.start, comment.span.end)
    if start < 0 or problem.span == comment.span:
        return None
    lines = comment.value.split("\n")
    number = context.source.line(problem.span.start) - context.source.line(start)
    end = start + len(comment.value)
    if problem.reason == "duplicate-key":
        return _without_second(lines, number, problem.detail, Span(start, end))
    if problem.reason in ("tab", "indentation"):
        before = context.source.text[context.source.line_of(start).start : start]
        start -= 0 if before.strip() else len(before)  # the first line goes to the margin with the others
        lines = _at_margin(lines)
    else:
        lines[number] = _quoted(lines[number], problem.reason)
    return _unsafe(_FIX, Edit(Span(start, end), "\n".join(lines))) if "\n".join(lines) != comment.value else None


def _without_second(lines: list[str], number: int, key: str, span: Span) -> Fix:
    values = [match["value"] or "" for match in map(_LINE.fullmatch, lines) if match and match["key"] == key]
    if len(set(values)) == 1 and values[0]:
        return _unsafe(_TWICE, Edit(span, "\n".join((*lines[:number], *lines[number + 1 :]))))
    if key in ("class", "_class") and all(re.fullmatch(r"[\w -]+", value) for value in values):
        return hint(_JOIN, better=f"{key}: {' '.join(values)}")
    return hint(_KEEP)


def _at_margin(lines: list[str]) -> list[str]:
    """The lines without the indentation that all but the first share, and with blanks for what tabs are left."""
    indents = [line[: len(line) - len(line.lstrip())] for line in lines[1:] if line.strip()]
    shortest = min(indents, key=len, default="")
    common = shortest if all(indent.startswith(shortest) for indent in indents) else ""
    found = [lines[0]]
    above = _LINE.fullmatch(lines[0])
    for line in lines[1:]:
        text = line.removeprefix(common)
        body = text.lstrip()
        indent = text[: len(text) - len(body)].replace("\t", "  ")
        setting = _LINE.fullmatch(body)
        if setting and above and above["value"] and above["value"][0] not in "|>{[":
            indent = ""  # nothing can stand deeper than a setting that has its value
        if not indent or (setting and not (above and above["value"] and above["value"][0] in "|>")):
            above = setting
        found.append(indent + body)
    return found


def _quoted(line: str, reason: str) -> str:
    """The line with its value in single quotes, where that must have been meant."""
    match = _LINE.fullmatch(line)
    value = (match and match["value"]) or "'"
    if match is None or value[0] in "\"'|>{" or (reason not in ("escape", "colon") and value[0] not in _SIGNS):
        return line
    quoted = "'" + value.replace("'", "''") + "'"
    return f"{line[: match.start('value')]}{quoted}{line[match.end('value') :]}"


def _unsafe(title: Template, edit: Edit) -> Fix:
    effects = {Effect.DIRECTIVES, Effect.MEDIA}
    if "headingDivider" in edit.text:
        effects |= {Effect.SLIDES, Effect.ANCHORS, Effect.FRAGMENTS}
    return unsafe_fix(title, edit, effects=effects)
