r"""A formula is shown as text, dollars and all.

`$ x_1 $` is no formula to Marp: no space may stand behind the first dollar or before the second. `$$ … $$` must begin a line;
in the middle of one, and in a table, it stays text. The rule speaks only where what stands between the dollars is surely a
formula: it has a command like `\alpha`, an index, an exponent, or single letters with operators. Prices and shell prompts are
left alone.

The fix writes `$…$`: a formula within the line.

```deck bad 3:4-3:11 5:12-5:24
# 自注意力

权重 $ w_i $ 之和为一。

能量可以写作质量的函数$$E = mc^2$$，这是爱因斯坦的公式。
```

```deck fixed
# 自注意力

权重 $w_i$ 之和为一。

能量可以写作质量的函数$E = mc^2$，这是爱因斯坦的公式。
```

```deck bad 5:10-5:23
# Complexity

| sort | cost |
| ---- | ---- |
| heap | $$n \log{n}$$ |
```

```deck good
# Formulas, prices, prompts

It costs $5 and $10, or $ 20 and $ 30. The loss $\ell$ falls, `$ x_1 $` is code, \$ a_1 \$ is escaped.

$$E = mc^2$$

$ ls -l $HOME and $ cat a_file.txt $ are typed, process $$ is killed with kill $$ again, ${ name } and $ { x } $ are filled in.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from decklint.deck.nodes import Heading
from decklint.deck.textview import OPAQUE
from decklint.deck.written import written
from decklint.findings import Edit, Effect, Finding, Template
from decklint.lang import HAN
from decklint.marprc import mapping
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_SPACE = Template("shown as text: no space may stand just inside the dollars of a formula", "会原样显示：公式的“$”内侧不能有空格")
_WITHIN = Template('shown as text: "$$" begins a formula only at the start of a line', "会原样显示：“$$”只有在行首才表示公式")
_FIX = Template('write "$…$"', "改写为“$…$”")
_DOLLARS = re.compile(r"\$+")
_SURE = re.compile(r"\\[A-Za-z]{2}|(?<![A-Za-z0-9])[A-Za-z]_(?:[{\\\d]|[A-Za-z](?![A-Za-z]))|[\w)}]\^[\w{(\\*]")
_SYMBOLS = re.compile(r"(?:(?<![A-Za-z])(?:[A-Za-z]|log|exp|max|min|sin|cos|tan)(?![A-Za-z])|[\d\s=+\-*/<>≤≥≠≈()\[\],.|'])+")
_OPERATOR = re.compile(r"[=<>≤≥≠≈]|[\w)]\s*[+*/-]\s*[\w(]")
_NO_FORMULA = re.compile(r"[A-Za-z]:\\|[`\"“”；。]|\\(?:tag|begin)\b")
_WORDS = re.compile(r"\\(?:text|mathrm|mbox|textbf)\{[^{}]*\}")


@rule("MP033", "math-literal", severity="warning", since="0.1", zh="公式的写法不对，会连同美元符号一起显示。")
def check(context: Context) -> Iterator[Finding]:
    if _math_is_off(context):
        return
    for leaf in context.leaves:
        if leaf.raw.count("$") < 2:
            continue
        source = context.source.slice(leaf.span)
        for start, end, width in _formulas(written(leaf, context.source), source):
            span = Span(leaf.span.start + start, leaf.span.start + end)
            better = f"${source[start + width : end - width].strip()}$" + " " * source[end : end + 1].isdigit()
            effects = (Effect.TEXT, Effect.SPACING, *((Effect.ANCHORS,) if isinstance(leaf, Heading) else ()))
            fix = unsafe_fix(_FIX, Edit(span, better), effects=effects)
            yield context.finding(span, _SPACE if width == 1 else _WITHIN, fix=fix)


def _formulas(text: str, source: str) -> Iterator[tuple[int, int, int]]:
    """What was meant as a formula: start, end, number of dollars. `text` is the source with code and real formulas opaque."""
    taken = -1
    for left, right in pairwise(_DOLLARS.finditer(text)):
        width, content = len(left[0]), source[left.end() : right.start()]
        if left.start() < taken or width > 2 or len(right[0]) != width or not content.strip() or "\n" in content:
            continue
        if width == 1 and content.strip() == content:
            continue
        if _is_formula(content.strip()) or (width == 2 and re.fullmatch(r"\s*[A-Za-z]\s*", content)):
            taken = right.end()
            yield left.start(), right.end(), width


def _is_formula(content: str) -> bool:
    bare = _WORDS.sub("", content)
    if OPAQUE in content or _NO_FORMULA.search(bare) or re.search(rf"[{HAN}]", bare):
        return False
    if _SURE.search(bare):
        return True
    return bool(re.search(r"[A-Za-z]", bare)) and bool(_OPERATOR.search(bare)) and bool(_SYMBOLS.fullmatch(bare))


def _math_is_off(context: Context) -> bool:
    options = mapping(context.tools.cli.get("options"))
    return options.get("math") is False or context.tools.editor.get("markdown.marp.mathTypesetting") == "off"
