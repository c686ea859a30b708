"""A heading is empty.

`#` with nothing behind it shows nothing, but takes the room of a line, is an empty entry in the outline and in the contents of
the PDF, and screen readers announce it: "heading level 1, blank". A picture, a formula, an icon or a blank written as such
(`&nbsp;`) is something. On slides with a class or a style of their own the empty heading is left alone: themes use it to
break columns.

```deck bad 3:1-3:3
# Results

##

- Accuracy rose by three points
```

```deck bad 3:1-3:16
# Sources

## <!-- fit -->
```

```deck good
# ![Logo of the institute](logo.png)

## <!-- fit --> Welcome
```

```deck good
<!-- _class: two-columns -->

## Advantages

- fast

##

- small
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import Comment, Heading, StyleBlock, Text
from decklint.deck.walk import slide_of, walk
from decklint.findings import Finding, Template
from decklint.rule import Context, rule

_EMPTY = Template("the heading is empty", "标题是空的")
_BUILT_IN_CLASSES = frozenset(("lead", "invert", "gaia"))  # of Marp Core's themes; none of them lays out by headings


@rule("HD012", "heading-empty", severity="warning", since="0.1", zh="标题是空的。")
def check(context: Context) -> Iterator[Finding]:
    for heading in context.of_type(Heading):
        if heading.underline is None and not any(map(_is_shown, walk(heading))) and not _is_laid_out(heading):
            yield context.finding(heading.span, _EMPTY)


def _is_shown(node: object) -> bool:
    """Whether a node is more than white space or a comment."""
    return bool(node.value.strip(" \t")) if isinstance(node, Text) else not isinstance(node, Comment)


def _is_laid_out(heading: Heading) -> bool:
    """Whether the slide has a class of its theme or a style of its own, either of which can give an empty heading a use."""
    slide = slide_of(heading)
    classes = str(slide.directives.get("class") or "").split()
    return not _BUILT_IN_CLASSES.issuperset(classes) or any(isinstance(block, StyleBlock) for block in slide.blocks)
