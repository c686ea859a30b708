"""A style cannot be read, and takes all others with it.

A brace, a quotation mark or a comment that is not closed, a missing colon or semicolon: browsers pass over such a slip, Marp
does not. It drops this style without a word, and with it every other `<style>` of the deck and `style:` in the front matter. Only
in `<style scoped>` the loss is limited to that one. Where an opening sign meets its partner in the next style, that style is
swallowed.

CSS knows no comments with `//`. Inside of braces the style is dropped; above a rule, that rule is lost; and above a rule for
headings (`h1` to `h6`, `pre`, `span`) Marp stops with an error, and no slides are made at all. The same goes for other signs that
no selector can have, such as the colon of `h1: { … }`.

```deck bad 2:1-2:10
<style>
section { font-size: 28px;
h2 { color: navy; }
</style>

## Attention
```

```deck bad 3:18-3:22 8:3-8:4
---
style: |
  section { font size: 28px; }
---

<style scoped>
h2 { color: navy; } /* closed */
  }
</style>

## 注意力机制
```

```deck bad 2:1-2:3
<style>
// headings in the colour of the faculty
h1 { color: navy; }
</style>

# Marp stops
```

```deck bad 3:3-3:26
---
style:
  section { color: navy }
---

# "|" is missing behind the colon
```

````deck good
---
style: |
  @import url("https://example.com/fonts.css");
  section::after { content: "{ " attr(data-marpit-pagination) " }"; }
---

<style>
/* all { that is open is closed */
section { background: url(data:image/png;base64,AAA//BBB=); --gap: { a: b }; }
h1 { & a[href^="http://"] { color: navy } }
</style>

# 样式完整

```css
h1 { an example of an open brace
```
````
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from decklint.deck.deck import FrontMatter
from decklint.deck.nodes import Comment, StyleBlock
from decklint.deck.opening import early_end
from decklint.findings import Finding, Severity, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span
from decklint.theme.syntax import Broken, read

_ALL = Template(
    "Marp cannot read this style and drops all styles of the deck: {what}", "Marp 读不懂这段样式，会丢弃文稿的全部样式：{what_zh}"
)
_OWN = Template("Marp cannot read this style and drops it: {what}", "Marp 读不懂这段样式，会丢弃它：{what_zh}")
_SWALLOWS = Template(
    "the rest of this style and the beginning of the next are lost: {what}",
    "这段样式的余下部分和下一段样式的开头会失效：{what_zh}",
)
_REST = Template("all styles behind this place are lost: {what}", "此处之后的样式全部失效：{what_zh}")
_STOPS = Template(
    'Marp stops with an error and makes no slides: a selector cannot have "{sign}"',
    "Marp 会报错停止，生成不了幻灯片：选择器中不能有“{sign}”",
)
_RULE = Template('this rule does nothing: a selector cannot have "{sign}"', "这条规则不起作用：选择器中不能有“{sign}”")
_MAPPING = Template('"style" is read as keys and values, not as CSS, and does nothing', "“style”被读作键和值而不是 CSS，不起作用")
_WHAT = {
    "string": Template("this quotation mark is not closed", "这个引号没有结束"),
    "comment": Template('this "/*" is not closed', "这个“/*”没有结束"),
    "bracket": Template('this "{word}" is not closed', "这个“{word}”没有结束"),
    "block": Template('the "{{" of this rule is not closed', "这条规则的“{{”没有结束"),
    "close": Template('this "}}" closes nothing', "这个“}}”没有对应的左括号"),
    "word": Template('"{word}" begins neither a rule nor a declaration with a colon', "“{word}”既不是规则，也不是带冒号的声明"),
    "name": Template(
        'a property is one word, and "{word}" stands before the colon too', "属性名只是一个词，冒号前却还有“{word}”"
    ),
    "semicolon": Template('a semicolon is missing before "{word}"', "“{word}”前缺少分号"),
    "at": Template('this "@" has no name', "这个“@”后面没有名称"),
}
_WHAT["rest"] = _WHAT["bracket"]
_COMMENTS = Template('write comments as "/* … */"', "注释写作“/* … */”")
_HALF_WIDTH = Template("write the signs of CSS in half width: {{ }} : ; ( )", "CSS 的符号用半角：{{ }} : ; ( )")
_PIPE = Template('put "|" behind "style:"', "在“style:”后面加上“|”")

_NO_SELECTOR = re.compile(r"//|\*/|<!--|!|:(?=:?(?:[\s,>(]|$))")
_OPAQUE = re.compile(r"/\*.*?\*/|\"[^\"]*\"|'[^']*'|\[[^\]]*\]", re.DOTALL)
_LOOKED_INTO = re.compile(r"h[1-6]|pre|span", re.IGNORECASE)
"""Only selectors with these are parsed: Marp Core 4.4 replaces the elements by its own (`custom-elements`)."""
_LONGEST = 40  # characters of a word shown in a message
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{%|<%")


class _Style(NamedTuple):
    css: str
    holder: Span
    scoped: bool = False


@rule("MP040", "style-broken", severity="warning", since="0.1", zh="样式有语法错误，Marp 会丢弃全部样式。")
def check(context: Context) -> Iterator[Finding]:
    styles = []
    for style in _styles(context):
        if isinstance(style, Finding):
            yield style
        elif not _TEMPLATE.search(style.css):  # another program fills it in
            styles.append((style, *read(style.css)))
    kept = [(style, broken) for style, broken, _ in styles if not style.scoped or broken is None or broken.kind == "rest"]
    whole = all(broken is None for _, broken in kept)
    dropped = not whole and _is_refused("\n".join(style.css for style, _ in kept))
    for style, broken, selectors in styles:
        if broken is not None:
            yield _finding(context, style, broken, dropped)
        elif whole:
            yield from _in_selectors(context, style, selectors)


def _styles(context: Context) -> Iterator[_Style | Finding]:
    """The styles that Marp puts together, in order: the last `style` of the settings, then those on the slides."""
    last: FrontMatter | Comment | None = None
    for holder in (context.deck.front_matter, *context.of_type(Comment)):
        last = holder if holder is not None and "style" in holder.settings else last
    torn = isinstance(last, FrontMatter) and (not last.closed or early_end(context.deck) is not None)  # other rules speak of it
    value = last.settings["style"] if last and not torn else None
    if last and isinstance(value, str):
        yield _Style(value, last.value_spans["style"])
    elif last and isinstance(value, dict) and value:
        yield context.finding(_first_line(context, last.value_spans["style"]), _MAPPING, fix=hint(_PIPE))
    for block in context.of_type(StyleBlock):
        if "</style>" in context.source.slice(block.span).lower():  # an open one is dropped by itself
            begin = context.source.text.find(">", block.span.start) + 1
            yield _Style(block.css, Span(begin, block.span.end), block.scoped)


def _is_refused(css: str) -> bool:
    broken, _ = read(css)
    return broken is not None and broken.kind != "rest"


def _finding(context: Context, style: _Style, broken: Broken, dropped: bool) -> Finding:
    line_end = style.css.find("\n", broken.start)
    line = style.css[style.css.rfind("\n", 0, broken.start) + 1 : line_end if line_end >= 0 else len(style.css)]
    word = style.css[broken.start : broken.end].rstrip(": \t\n")[:_LONGEST]
    message = _REST if broken.kind == "rest" else _OWN if style.scoped else _ALL if dropped else _SWALLOWS
    fix = hint(_COMMENTS) if word.startswith("//") else hint(_HALF_WIDTH) if re.search("[｛｝：；（）]", line) else None
    what, what_zh = (text.format(word=word) for text in _WHAT[broken.kind])
    place = _place(context, style, _line_starts(context, style), broken.start, broken.end)
    return context.finding(place, message, fix=fix, what=what, what_zh=what_zh)


def _in_selectors(context: Context, style: _Style, selectors: list[tuple[int, int]]) -> Iterator[Finding]:
    """Selectors that no browser takes, or that stop Marp."""
    starts: list[tuple[int, int]] = []
    for start, end in selectors:
        selector = _OPAQUE.sub(lambda m: "\0" * len(m[0]), style.css[start:end])
        match = _NO_SELECTOR.search(selector)
        if match is None:
            continue
        starts = starts or _line_starts(context, style)
        stops = _LOOKED_INTO.search(selector) is not None
        span = _place(context, style, starts, start + match.start(), start + match.end())
        fix = hint(_COMMENTS) if match[0] in ("//", "<!--") else None
        severity = Severity.ERROR if stops else None
        yield context.finding(span, _STOPS if stops else _RULE, fix=fix, severity=severity, sign=match[0])


def _line_starts(context: Context, style: _Style) -> list[tuple[int, int]]:
    """Where each line of a style begins, in the style and in the deck, where it may be indented; -1 where it is not found."""
    starts: list[tuple[int, int]] = []
    at, begin = style.holder.start, 0
    for line in style.css.split("\n"):
        found = context.source.text.find(line, at, style.holder.end)
        starts.append((begin, found))
        if found < 0:
            break
        at, begin = found + len(line), begin + len(line) + 1
    return starts


def _place(context: Context, style: _Style, starts: list[tuple[int, int]], start: int, end: int) -> Span:
    """Where a part of a style stands, up to the end of its line; the first line of the style where that cannot be told."""
    begin, found = starts[bisect_right(starts, (start, len(context.source.text))) - 1]
    if found < 0:
        return _first_line(context, style.holder)
    line_end = style.css.find("\n", start)
    return Span(found + start - begin, found + min(end, line_end if line_end >= 0 else end) - begin)


def _first_line(context: Context, span: Span) -> Span:
    return Span(span.start, min(span.end, context.source.line_of(span.start).end))
