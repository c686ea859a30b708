"""A comment, a code block, a style or a formula is never closed, and swallows the rest of the file.

`<!--` without `-->`, three backticks without their partner, `<style>` without `</style>` and `$$` without a second `$$` go on to
the end of the file. All later slides are gone, without a message: the deck simply ends here. Where nothing but its own content
follows, it is a warning, because the next slide added below will be lost.

The fix closes it at its most likely end: above the next slide break, or where Markdown clearly begins again. This rule also
speaks for the slide breaks that are lost in this way; those lost otherwise are told by `slide-break-swallowed` (MP010).

```deck bad 3:1-3:5
# Agenda

<!-- greet the guests

---

# Results
```

```deck fixed
# Agenda

<!-- greet the guests -->

---

# Results
```

````deck bad 3:1-3:10
# 读取数据

```python
data = load("train.csv")

---

# 划分数据集
````

````deck fixed
# 读取数据

```python
data = load("train.csv")
```

---

# 划分数据集
````

```deck bad 3:1-3:3
# Loss

$$
L = (y - p)^2

where $p$ is the prediction
```

```deck fixed
# Loss

$$
L = (y - p)^2
$$

where $p$ is the prediction
```

```deck bad 1:1-1:8
<style>
section { font-size: 30px; }

# 卷积

---

# 池化
```

```deck fixed
<style>
section { font-size: 30px; }
</style>

# 卷积

---

# 池化
```

````deck good
# All closed

<!-- a note -->

~~~
code with ``` inside
~~~

$$ a = b $$

- ```
  code in a list ends with the list
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import CodeBlock, Comment, MathBlock, Node, StyleBlock
from decklint.findings import Edit, Effect, Finding, Fix, Severity, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_SWALLOWS = Template('"{opening}" is not closed and swallows the rest of the file', "“{opening}”没有结束，吞掉了后面的全部内容")
_OPEN = Template('"{opening}" is not closed', "“{opening}”没有结束")
_FIX = Template('close it with "{closing}" in line {line}', "在第 {line} 行用“{closing}”结束")
_STRAY = Template(
    "remove it, or look above for its partner: nothing stands between it and the next slide or the end",
    "删除它，或在上文寻找与它配对的符号：它后面没有内容",
)

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_STYLE = re.compile(r" {0,3}(<style[^>\n]*>?)", re.IGNORECASE)
_RULER = re.compile(r" {0,3}-{3,}[ \t]*")
_HEADING = re.compile(r"#{1,6}\s+\S")
_SETTING = re.compile(r"\s*_?[A-Za-z]+\s*:(?:\s|$)")
_BAD_END = re.compile(r"(?:-{1,2} ?[>＞]|[—–]-?[>＞])\s*$")  # what `-->` becomes in slips and in editors that mend dashes
_CSS = re.compile(r"[{}]|^\s*[@/*]|\*/|[,;]\s*$")
_MARKDOWN = re.compile(r"#{1,6}\s|```|~~~|!\[|<")


@rule("MP011", "unclosed-construct", severity="error", since="0.1", zh="注释、代码块、样式或公式没有结束，吞掉后面的内容。")
def check(context: Context) -> Iterator[Finding]:
    blocks = context.deck.slides[-1].blocks
    if not blocks:
        return
    block = blocks[-1]
    text = context.source.slice(block.span)
    found = _opening(block, text)
    if found is None:
        return
    opening, closing = found
    start = block.span.start + text.index(opening)
    lines = text.split("\n")
    own = _own_lines(block, lines)
    alone = len(lines) == own
    fix = _fix(context, block, lines[:own], opening, closing)
    shown = alone and not isinstance(block, Comment)  # the text of an open comment does not even reach the notes
    severity = Severity.WARNING if shown else Severity.ERROR
    message = _OPEN if alone else _SWALLOWS
    yield context.finding(Span(start, start + len(opening)), message, fix=fix, opening=opening, severity=severity)


def _opening(block: Node, text: str) -> tuple[str, str] | None:
    """What opens a block that nothing closes, and what should close it."""
    if isinstance(block, Comment):
        return ("<!--", "-->") if block.unclosed else None
    if isinstance(block, StyleBlock):
        style = _STYLE.match(text)
        return (style[1], "</style>") if style and "</style>" not in text.lower() else None
    if isinstance(block, MathBlock):
        return ("$$", "$$") if not text.lstrip()[2:].endswith("$$") else None
    fence = _FENCE.match(text) if isinstance(block, CodeBlock) and block.fenced else None
    if fence is None:
        return None
    first, _, rest = text.partition("\n")
    last = rest.rpartition("\n")[2].strip()
    return None if last.startswith(fence[1]) and not last.strip(fence[1][0]) else (first.strip(), fence[1])


def _own_lines(block: Node, lines: list[str]) -> int:
    """How many lines are most likely the block's own: up to the slide break, or to where Markdown begins again."""
    ends = {Comment: _ends_comment, MathBlock: _ends_formula}.get(type(block))
    rules = _lines_of_css(lines) if isinstance(block, StyleBlock) else len(lines)
    for number in range(1, rules):
        if _RULER.fullmatch(lines[number]) or (ends is not None and ends(lines, number)):
            return number
    return rules


def _ends_comment(lines: list[str], number: int) -> bool:
    """Whether a comment ends above a line: below a mistyped `-->`, below settings, or above a title."""
    before = lines[number - 1]
    if _BAD_END.search(before):
        return True
    settings = lines[0].lstrip().removeprefix("<!--").strip() or lines[1]
    if _SETTING.match(settings):
        return _SETTING.match(lines[number]) is None and not lines[number].startswith((" ", "\t"))
    return not before.strip() and _HEADING.match(lines[number]) is not None


def _ends_formula(lines: list[str], number: int) -> bool:
    """Whether a formula ends above a line: TeX knows no blank lines there."""
    return not lines[number].strip() or _MARKDOWN.match(lines[number]) is not None


def _lines_of_css(lines: list[str]) -> int:
    """How many lines are CSS: outside of braces stand selectors only, which lead to a brace or to the next selector."""
    depth = 0
    for number, line in enumerate(lines):
        after = lines[number + 1].lstrip() if number + 1 < len(lines) else ""
        if number and depth <= 0 and line.strip() and not _CSS.search(line) and not after.startswith("{"):
            return number
        depth += line.count("{") - line.count("}")
    return len(lines)


def _fix(context: Context, block: Node, own: list[str], opening: str, closing: str) -> Fix:
    while len(own) > 1 and not own[-1].strip():
        own = own[:-1]
    text = "\n".join(own)
    if not text.replace(opening, "", 1).strip():
        return hint(_STRAY)
    bad = _BAD_END.search(own[-1]) if isinstance(block, Comment) else None
    end = block.span.start + len(text)
    begin = end - len(own[-1]) + len(own[-1][: bad.start()].rstrip()) if bad else end
    same_line = isinstance(block, Comment) or (len(own) == 1 and isinstance(block, MathBlock))
    edit = Edit(Span(begin, end), (" " if same_line else "\n") + closing)
    line = context.source.line(end) + (not same_line)
    return unsafe_fix(_FIX, edit, effects=tuple(Effect), closing=closing, line=line)
