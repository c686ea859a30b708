"""A Chinese deck does not say that it is Chinese.

Chinese, Japanese and Korean share characters and draw them differently. Without `lang`, a browser chooses by the settings of
the computer, and on many of them 直, 骨 and 角 get their Japanese shapes; a screen reader takes the wrong voice. The deck looks
right on the author's own computer and wrong elsewhere.

The fix writes `lang` into the front matter: `zh-CN` for simplified characters, `zh-Hant` for traditional ones. Nothing is
reported where the settings of Marp CLI name the language.

```deck bad 2:1-2:11
---
marp: true
theme: gaia
---

# 注意力机制

注意力机制让模型在每一步都能看到整个输入序列，并决定哪些部分更重要。
```

```deck fixed
---
marp: true
lang: zh-CN
theme: gaia
---

# 注意力机制

注意力机制让模型在每一步都能看到整个输入序列，并决定哪些部分更重要。
```

```deck good
---
marp: true
lang: zh-CN
---

# 注意力机制

注意力机制让模型在每一步都能看到整个输入序列，并决定哪些部分更重要。
```

```deck good
---
marp: true
---

# An English deck

It names 注意力 once, and browsers choose well for the rest.
```

```deck good
---
marp: true
---

# 日本語のスライド

注意機構はモデルが入力系列の全体を見て、どの部分が重要かを決めることを可能にする仕組みです。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import FrontMatter
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.lang.chinese import is_mostly_chinese, language_tag
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_MISSING = Template(
    "the deck is Chinese and does not say so: browsers may draw Japanese glyphs", "未声明语言，浏览器可能使用日文字形"
)
_INSERT = Template('insert "lang: {tag}"', "插入“lang: {tag}”")
_ADD = Template('add "lang: {tag}" to the front matter', "在 front matter 中加上“lang: {tag}”")
_EITHER = Template(
    'add "lang: zh-CN" or "lang: zh-Hant" to the front matter', "在 front matter 中加上“lang: zh-CN”或“lang: zh-Hant”"
)

_COMMANDS = ("Makefile", "package.json", "justfile")
_LANG_OPTION = re.compile(r"--lang\b")


@rule("AX003", "lang-missing", severity="info", since="0.1", zh="中文讲稿未声明语言。")
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    if "lang" in context.deck.directives or (front is not None and (front.problem or not front.closed)):
        return
    text = context.prose.text
    if not is_mostly_chinese(text) or _is_configured(context):
        return
    tag = language_tag(text)
    span = context.source.line_span(1)
    fix: Fix | None = None
    if front is not None:
        if "marp" in front.key_spans:
            span = Span(front.key_spans["marp"].start, front.value_spans["marp"].end)
        fix = _fix(context, front, tag)
    yield context.finding(span, _MISSING, fix=fix or (hint(_ADD, tag=tag) if tag else hint(_EITHER)))


def _is_configured(context: Context) -> bool:
    """Whether the project tells Marp CLI a language: in its settings, or where it calls it."""
    if context.tools.cli.get("lang") is not None or _LANG_OPTION.search(context.source.text):
        return True
    return any(_LANG_OPTION.search(context.files.read(name) or "") for name in _COMMANDS)


def _fix(context: Context, front: FrontMatter, tag: str) -> Fix | None:
    """A line of its own below `marp: true`, else above the first key."""
    if not tag or not front.key_spans:
        return None
    first = min(front.key_spans.values())
    marp = front.key_spans.get("marp")
    line = context.source.line_of((marp or first).start)
    indentation = context.source.text[line.start : (marp or first).start]
    if indentation.strip():
        return None  # keys in braces
    line_break = context.source.text[line.end : line.end + 1]
    if marp is not None and front.value_spans["marp"].end <= line.end and line_break:
        edit = Edit(Span(line.end + 1, line.end + 1), f"{indentation}lang: {tag}\n")
    else:
        edit = Edit(Span(line.start, line.start), f"{indentation}lang: {tag}\n")
    return unsafe_fix(_INSERT, edit, effects=(Effect.DIRECTIVES,), tag=tag)
