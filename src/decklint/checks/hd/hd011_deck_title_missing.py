"""The deck has no title.

Neither `title` in the front matter nor any heading: Marp has nothing to write into the title of the page and of the PDF, so the
browser's tab, the list of recent files and a search engine show the address instead. A line in bold is no heading.

```deck bad 1:1-1:1
**Neural networks**

- what they are
```

```deck good
---
title: Neural networks
---

- what they are
```

```deck good
- what they are

---

### Neural networks
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import Heading
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_MISSING = Template(
    'the deck has neither "title" in its front matter nor a heading', "这份幻灯片既没有在文首设置 title，也没有任何标题"
)
_HINT = Template('add "title: …" to the front matter', "在文首加上“title: …”")


@rule("HD011", "deck-title-missing", severity="info", since="0.1", zh="整份幻灯片没有标题。", default=False)
def check(context: Context) -> Iterator[Finding]:
    title = context.deck.directives.get("title")
    if not (isinstance(title, str) and title.strip()) and not context.of_type(Heading):
        yield context.finding(Span(0, 0), _MISSING, fix=hint(_HINT))
