"""A slide break stands inside something else, so no new slide begins.

To Marp, `---` is a slide break only where Markdown is read. HTML goes on to the next blank line: in `</div>` directly followed by
`---` the dashes are a part of the HTML. A comment, a code block, a `<style>` or a formula that is not closed goes on until it
meets the end of the next one of its kind, and all slides between are gone.

Dashes that are meant where they stand are left alone: in code, in comments that hold whole slides, in `<pre>`, in Mermaid
diagrams. What is open to the end of the file is the business of `unclosed-construct` (MP011), and is not told here a second time.

```deck bad 6:1-6:4
# Two columns

<div class="columns">
Left and right
</div>
---

# Next slide
```

````deck bad 7:1-7:4
# 训练循环

```python
loss.backward()
optimizer.step()

---

# 验证

```python
model.eval()
```
````

```deck bad 5:1-5:4
# Notes

<!-- mention the lab session

---

# Next slide

<!-- five minutes -->
```

````deck good
# Slides that are switched off

<!--
# An old slide

---

# Another one
-->

```yaml
---
title: dashes in code are code
---
```

<div>

Between blank lines, Markdown is read

---

</div>
````

```deck good
# 流程

<div class="mermaid">
---
title: 图的标题
---
graph LR; A --> B
</div>
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import CodeBlock, Comment, HtmlBlock, MathBlock, Node, StyleBlock
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_SWALLOWED = {
    HtmlBlock: Template(
        'this "---" is part of the HTML that begins in line {line}, and no slide break',
        "这个“---”属于第 {line} 行开始的 HTML，不会分页",
    ),
    Comment: Template(
        'this "---" is part of the comment that begins in line {line}, and no slide break',
        "这个“---”在第 {line} 行开始的注释里，不会分页",
    ),
    CodeBlock: Template(
        'this "---" is part of the code that begins in line {line}, and no slide break',
        "这个“---”在第 {line} 行开始的代码块里，不会分页",
    ),
    StyleBlock: Template(
        'this "---" is part of the style that begins in line {line}, and no slide break',
        "这个“---”在第 {line} 行开始的样式里，不会分页",
    ),
    MathBlock: Template(
        'this "---" is part of the formula that begins in line {line}, and no slide break',
        "这个“---”在第 {line} 行开始的公式里，不会分页",
    ),
}
_BLANK_LINE = Template("insert a blank line above it", "在它上面插入空行")
_CLOSE = Template('close what begins in line {line} with "{closing}"', "用“{closing}”结束第 {line} 行开始的内容")

_RULER = re.compile(r"^ {0,3}-{3,}[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*(\w*)")
_EXAMPLE = frozenset(("md", "markdown", "marp", "mdx", "qmd", "text", "txt"))
_RAW = re.compile(r"\s*<(pre|script|textarea)\b", re.IGNORECASE)


@rule("MP010", "slide-break-swallowed", severity="error", since="0.1", zh="分页线被别的内容吞掉，不会另起一页。")
def check(context: Context) -> Iterator[Finding]:
    for slide in context.deck.slides:
        for block in slide.blocks:
            if type(block) not in _SWALLOWED or "---" not in (text := context.source.slice(block.span)):
                continue
            found = _swallowed(block, text, context.source.text)
            if found is None:
                continue
            ruler, closing = found
            line = context.source.line(block.span.start)
            fix = hint(_CLOSE, line=line, closing=closing) if closing else hint(_BLANK_LINE)
            start = block.span.start + ruler.start() + len(ruler[0]) - len(ruler[0].lstrip())
            span = Span(start, start + len(ruler[0].strip()))
            yield context.finding(span, _SWALLOWED[type(block)], fix=fix, line=line)


def _swallowed(block: Node, text: str, deck: str) -> tuple[re.Match[str], str] | None:
    """The first slide break inside a block, and what should have closed the block before; nothing where all is meant."""
    if isinstance(block, HtmlBlock):
        return _in_html(text)
    if isinstance(block, StyleBlock):
        ruler = _RULER.search(_without(text, "/*", "*/"))
        return (ruler, "</style>") if ruler and "</style" in text.lower() else None
    ruler = _RULER.search(text)
    if ruler is None:
        return None
    if isinstance(block, MathBlock):
        return (ruler, "$$") if text.lstrip()[2:].endswith("$$") else None
    if isinstance(block, Comment):
        return (ruler, "-->") if _closed_by_another(text, ruler.end(), deck, block.span.end) else None
    fence = _FENCE.match(text)
    if fence is None or fence[2].lower() in _EXAMPLE or not _has_another_opening(text[ruler.end() :], fence[1]):
        return None
    return ruler, fence[1]


def _in_html(text: str) -> tuple[re.Match[str], str] | None:
    raw = _RAW.match(text)
    ruler = _RULER.search(_without(text, "<!--", "-->"))
    if ruler is None or "mermaid" in text or (raw and f"</{raw[1]}" in text.lower()):
        return None
    return ruler, f"</{raw[1]}>" if raw else ""


def _without(text: str, opening: str, closing: str) -> str:
    """The text with what stands between these two blanked out, of the same length."""
    parts, at = [], 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
        parts += [text[at:start], re.sub(r"[^\n]", " ", text[start : end + len(closing)])]
        at = end + len(closing)
    return "".join((*parts, text[at:]))


def _closed_by_another(text: str, ruler: int, deck: str, end: int) -> bool:
    """Whether the `-->` of a comment belongs to another one that begins behind the ruler.

    Where one more `-->` follows, a region with comments in it was switched off.
    """
    closing, opening = deck.find("-->", end), deck.find("<!--", end)
    nested = closing >= 0 and (opening < 0 or closing < opening)
    return "<!--" in text[ruler:] and "-->" in text and not nested


def _has_another_opening(text: str, fence: str) -> bool:
    """Whether a line opens code of a language, where code should end first."""
    openings = (match for line in text.split("\n") if (match := _FENCE.match(line)))
    return any(match[2] and match[1].startswith(fence) for match in openings)
