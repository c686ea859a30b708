"""A heading is wrapped in bold.

Themes set headings in bold already, so `## **Loss**` looks like `## Loss` in most of them, and differs in those that chose
another weight. The marks are noise in the source, and in the outline of editors that show it as written. Many authors like
them all the same, so the rule is off by default. The fix takes them away; the words stay. Bold on a part is emphasis.

```deck bad 1:4-1:12
## **Loss**

- cross entropy
```

```deck fixed
## Loss

- cross entropy
```

```deck good
## Loss is **not** accuracy

## **Loss** and **accuracy**
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Comment, Heading, Strong, Text
from decklint.findings import Edit, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix

_BOLD = Template("the whole heading is wrapped in bold", "整个标题都用粗体标记包围")
_FIX = Template("remove the bold marks", "去掉粗体标记")
_CLOSING = re.compile(r"(?:^|\s)#+\s*$")


@rule("HD002", "heading-bold", severity="info", since="0.1", zh="整个标题用粗体标记包围。", default=False)
def check(context: Context) -> Iterator[Finding]:
    for heading in context.of_type(Heading):
        shown = [node for node in heading.inlines if not isinstance(node, Comment)]
        shown = [node for node in shown if not (isinstance(node, Text) and not node.value.strip())]
        if len(shown) == 1 and isinstance(shown[0], Strong) and shown[0].content:
            yield context.finding(shown[0].span, _BOLD, fix=_fix(context, heading, shown[0]))


def _fix(context: Context, heading: Heading, strong: Strong) -> Fix | None:
    """Only where the words are read as before: a number above an underline begins a list, `#` at the end is dropped."""
    inner = context.source.text[strong.content[0].span.start : strong.content[-1].span.end]
    if heading.underline is not None or not inner.strip() or _CLOSING.search(inner):
        return None
    return unsafe_fix(_FIX, Edit(strong.span, inner))
