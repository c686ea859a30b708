"""A slide has text and no title, where most slides have one.

The audience reads the title first, and it is what the outline, the overview and screen readers show of a slide. The rule speaks
in decks in which at least two thirds of the slides with text have a title; a line in bold at the top counts as one. A slide of
pictures, a quotation and a single statement need none. Where headings begin slides (`headingDivider`), a slide without one is
made on purpose. Many lecturers let a slide continue the one before it, so the rule is off by default.

```deck bad 14:1-15:13
# Loss

- cross entropy
- mean square

---

# Optimiser

- SGD

---

- learning rate
- batch size
```

```deck good
# Loss

- cross entropy

---

**Optimiser**

- SGD

---

> A quotation stands alone.

---

One statement.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.nodes import Block, Comment, HtmlBlock, List, Paragraph, Quote, StyleBlock, Table
from decklint.deck.outline import is_divided
from decklint.deck.textview import OPAQUE
from decklint.deck.walk import title
from decklint.findings import Finding, Template
from decklint.rule import Context, rule

_MISSING = Template(
    "the slide has no title, {titled} of {all} slides with text have one", "这一页没有标题；有文字的 {all} 页中 {titled} 页有标题"
)
_SHARE = 2 / 3
_HTML_HEADING = re.compile(r"<h[1-6]\b", re.IGNORECASE)


@rule("HD008", "title-missing", severity="info", since="0.1", zh="有文字的一页没有标题。", default=False)
def check(context: Context) -> Iterator[Finding]:
    if is_divided(context.deck):
        return
    slides = [(slide, blocks) for slide in context.deck.slides if (blocks := _text(slide))]
    bare = [(slide, blocks) for slide, blocks in slides if not _is_titled(slide)]
    titled = len(slides) - len(bare)
    if titled < len(slides) * _SHARE:
        return
    for _, blocks in bare:
        if len(blocks) > 1 or isinstance(blocks[0], (List, Table)):
            yield context.finding(blocks[0].span, _MISSING, titled=titled, all=len(slides))


def _text(slide: Slide) -> list[Block]:
    """The blocks of a slide that say something in words."""
    seen = (block for block in slide.blocks if not isinstance(block, (Comment, StyleBlock, Quote)))
    return [block for block in seen if not isinstance(block, Paragraph) or block.view.text.strip(f" \t\n{OPAQUE}")]


def _is_titled(slide: Slide) -> bool:
    return bool(title(slide)) or any(isinstance(block, HtmlBlock) and _HTML_HEADING.search(block.value) for block in slide.blocks)
