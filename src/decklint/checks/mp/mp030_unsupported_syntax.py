r"""Markdown of other tools is shown as text.

Task lists, footnotes, `==marked==` text, alerts (`> [!NOTE]`), `:::` containers, `[toc]`, formulas in `\(…\)`, attributes in
braces and wiki links come from GitHub, Pandoc, Typora or Obsidian. Marp knows none of them, and the audience sees the
characters. Mermaid diagrams are drawn by Marp Core 5 only; Marp Core 4, which the present Marp CLI
and Marp for VS Code use, shows their code.

What there is instead: pictures take `w:300` in their text, formulas are written `$x$`, `<mark>` and `<sup>` are shown. Where
the settings of the project name an engine of their own, anything may be possible, and the rule is silent.

```deck bad 3:3-3:6 4:3-4:6
# Homework

- [ ] read chapter two
- [x] install Python
```

```deck bad 3:14-3:18 5:11-5:15 7:1-7:5
# 数据管理

非关系数据库的使用逐年增加[^1]。

关系数据库也没有消失[^2]。

[^2]: 见 2023 年的年度调查报告

[^1]: 这一行会整个消失
```

```deck bad 3:7-3:15 5:3-5:10 8:1-8:10
# 注意力

注意力的核心==加权平均==是可以求导的。

> [!NOTE]
> 权重之和为一。

::: block
权重由相似度决定。
:::
```

```deck bad 3:1-3:6 5:10-5:18 7:18-7:29
# Odds and ends

[toc]

The cost \(O(n)\) is linear.

![Loss](loss.png){width=50%}
```

````deck bad 3:5-3:13 5:1-8:4
# Notes

See [[线性代数]].

```mermaid graph LR A --> B ``` ````

```deck good
# Text that looks like it

The matrix [[1, 2], [3, 4]], `a[[1]]`, the slot [[Prototype]], the attribute [[nodiscard]], [[1]](paper.pdf), the set {x: x = 1}.

If a == b and c==d, `==` compares; `[^1]` matches all but a one; \[optional\] and \(aside\) are escaped; a::b has two colons.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from decklint.deck.nodes import CodeBlock, Heading, HtmlBlock, Leaf, Link, ListItem, Paragraph, Quote
from decklint.deck.textview import OPAQUE
from decklint.deck.written import written
from decklint.findings import Finding, Template
from decklint.lang import HAN
from decklint.rule import Context, rule
from decklint.text import Span

_SHOWN = Template("shown as text: Marp has no {what}", "会原样显示：Marp 不支持{what_zh}")
_MERMAID = Template(
    "Marp Core 4 shows the code of a Mermaid diagram, only Marp Core 5 draws it",
    "Marp Core 4 只显示 Mermaid 图的代码，Marp Core 5 才会画图",
)
_TASK = ("task lists", "任务列表")
_ALERT = ("alerts", "提示块")
_FOOTNOTE = ("footnotes", "脚注")
_CONTENTS = ("table of contents", "自动目录")
_ATTRIBUTE = r"(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}\"]+))"
_PATTERNS = [
    (what, re.compile(pattern, re.MULTILINE))
    for what, pattern in (
        (("highlighting with ==", "“==”高亮"), r"(?<![=!<>A-Za-z0-9_)\]])==(?=[^\s=])[^=\n]{1,80}(?<=\S)==(?![=A-Za-z0-9_(\[])"),
        (("containers with :::", "“:::”容器"), r"^[ \t]*:{3,}[ \t]*[{\w][^\n]*$"),
        (("attributes in braces", "花括号属性"), rf"(?<=[{OPAQUE}\]])\{{:?[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]*\}}"),
        (("embedded notes", "“![[ ]]”嵌入"), r"!\[\[[^\[\]\n]{1,120}\]\]"),
        (
            ("wiki links", "“[[ ]]”维基链接"),
            rf"(?<![\w\])!\[])\[\[(?=[^\[\]\n]{{0,80}}[{HAN} |#])[^\W\d_][\w .#|/-]{{0,80}}\w\]\](?!\()",
        ),
    )
]
_FORMULAS = (  # how they are written, and what makes them formulas rather than escaped brackets
    (
        (r"formulas in \( \)", r"“\( \)”公式"),
        re.compile(r"(?<![\\A-Za-z0-9_])\\\(((?:(?!\\[()])[^\n]){1,160})\\\)"),
        re.compile(r"[A-Za-z]$|[A-Z]\([^()]+\)$|.*(?:\\[A-Za-z]{2}|[_^=+*/<>])"),
    ),
    (
        (r"formulas in \[ \]", r"“\[ \]”公式"),
        re.compile(r"(?<!\\)\\\[((?:(?!\\[\[\]])[\s\S]){1,800})\\\]"),
        re.compile(r"[\s\S]*(?:\\[A-Za-z]{2}|\^|_\{)"),
    ),
)
_HEADING_END = re.compile(rf"[ ]\{{:?[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]*\}}(?=\s*$)")
_SIGN = re.compile(r"\[|\{|==|:::")
_DEFINED = re.compile(r"^ {0,3}\[\^(\w[\w-]{0,30})\]:", re.MULTILINE)
_REFERENCE = re.compile(r"\[\^(\w[\w-]{0,30})\]")


@rule("MP030", "unsupported-syntax", severity="warning", since="0.1", zh="其他工具的 Markdown 写法在 Marp 中会原样显示。")
def check(context: Context) -> Iterator[Finding]:
    if context.tools.has_own_engine:
        return
    has_notes = "[^" in context.source.text
    defined = set(_DEFINED.findall(context.source.text)) if has_notes else set()
    for leaf in _suspects(context):
        text = written(leaf, context.source, escapes=True)
        for what, start, end in sorted((*_at_start(leaf, text), *_inside(leaf, text, defined)), key=lambda hit: hit[1:]):
            span = Span(leaf.span.start + start, leaf.span.start + end)
            yield context.finding(span, _SHOWN, what=what[0], what_zh=what[1])
    for link in context.of_type(Link) if has_notes else ():
        if re.match(r"\[\^[\w-]+\](?!\()", context.source.slice(link.span)):
            yield context.finding(link.span, _SHOWN, what=_FOOTNOTE[0], what_zh=_FOOTNOTE[1])
    diagrams = [code for code in context.of_type(CodeBlock) if code.info.split(maxsplit=1)[:1] == ["mermaid"]]
    if diagrams and not any("mermaid" in block.value for block in context.of_type(HtmlBlock)):  # a script may draw them
        yield from (context.finding(code.span, _MERMAID) for code in diagrams)


def _suspects(context: Context) -> Iterable[Leaf]:
    """The leaves that show a bracket or a sign of such a syntax; escapes and what looks like an address hide it."""
    prose = context.prose
    escaped = (leaf for leaf in context.leaves if "\\" in leaf.raw)
    hidden = (leaf for leaf in prose.with_addresses() if _SIGN.search(leaf.raw))
    return dict.fromkeys((*prose.holding(_SIGN), *escaped, *hidden))


def _at_start(leaf: Leaf, text: str) -> Iterator[tuple[tuple[str, str], int, int]]:
    """What is syntax at the beginning of a list item, a quote, or a text of its own."""
    parent = leaf.parent
    is_first = isinstance(parent, (ListItem, Quote)) and parent.blocks[0] is leaf
    if is_first and isinstance(parent, ListItem) and (match := re.match(r"\[[ xX]\](?=[ \t])", text)):
        yield _TASK, match.start(), match.end()
    if is_first and isinstance(parent, Quote) and (match := re.match(r"\[![A-Za-z]+\](?!\()", text)):
        yield _ALERT, match.start(), match.end()
    if isinstance(leaf, (Paragraph, Heading)) and (match := re.fullmatch(r"\s*(\[\[?_?toc_?\]?\])\s*", text, re.IGNORECASE)):
        yield _CONTENTS, match.start(1), match.end(1)


def _inside(leaf: Leaf, text: str, defined: set[str]) -> Iterator[tuple[tuple[str, str], int, int]]:
    for what, pattern in _PATTERNS:
        yield from ((what, match.start(), match.end()) for match in pattern.finditer(text))
    for what, pattern, formula in _FORMULAS:
        yield from ((what, match.start(), match.end()) for match in pattern.finditer(text) if formula.match(match[1].strip()))
    for match in _REFERENCE.finditer(text):
        if match[1].isdigit() or match[1] in defined:
            yield _FOOTNOTE, match.start(), match.end()
    if isinstance(leaf, Heading) and (end := _HEADING_END.search(text)):
        yield ("attributes in braces", "花括号属性"), end.start() + 1, end.end()
