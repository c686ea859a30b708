"""A deck with formulas does not say which library draws them.

Marp draws formulas with MathJax or KaTeX. The default has changed between versions, and the editor's setting may differ from
that of the command line: formulas then look different, or a command is unknown. `math: mathjax` in the front matter settles
it, and the editor asks for it too. The fix writes down the present choice, so nothing changes.

```deck bad 7:9-7:15
---
marp: true
---

# Loss

It is a $p(x)$ of the model.
```

```deck fixed
---
marp: true
math: mathjax
---

# Loss

It is a $p(x)$ of the model.
```

```deck good
---
marp: true
math: katex
---

# Loss

It is a $p(x)$ of the model.
```

```deck good
# A deck without front matter is no deck to the editor

$$x$$
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.deck import FrontMatter
from decklint.deck.nodes import InlineMath, MathBlock
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.marprc import mapping
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_MISSING = Template(
    "the first formula of a deck that does not say which library draws it",
    "有公式，但 front matter 没有用“math”指定公式库，这是第一个公式",
)
_FIX = Template('write "math: {library}" in the front matter', "在 front matter 中写明“math: {library}”")


@rule("MP032", "math-not-declared", severity="info", since="0.1", zh="课件有公式，却没有用 math 指定公式库。", default=False)
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    if front is None or front.problem is not None or not front.closed or "math" in context.deck.directives:
        return
    formulas = [*context.of_type(MathBlock)[:1], *context.of_type(InlineMath)[:1]]
    if formulas:
        first = min(formulas, key=lambda node: node.span)
        yield context.finding(first.span, _MISSING, fix=_fix(context, front))


def _fix(context: Context, front: FrontMatter) -> Fix | None:
    if not front.settings:
        return None
    at = context.source.line_of(front.value_spans["marp"].end).end if "marp" in front.settings else front.content_span.end
    library = _library(context)
    edit = Edit(Span(at, at), f"\nmath: {library}")
    return unsafe_fix(_FIX, edit, effects=(Effect.DIRECTIVES,), library=library)


def _library(context: Context) -> str:
    """The library that draws the formulas now, as far as the settings of the project tell."""
    said = mapping(context.tools.cli.get("options")).get("math", context.tools.editor.get("markdown.marp.mathTypesetting"))
    return "katex" if said == "katex" else "mathjax"
