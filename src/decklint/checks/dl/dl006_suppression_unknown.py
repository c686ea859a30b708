"""A request to keep quiet names no rule.

`<!-- lint ignore AX0001 -->` does nothing, and its author believes that the matter is settled. Codes and names are written as
`decklint rules` lists them. In comments only a word of the shape of a code, or nearly a name, is looked at, because remark-lint
reads the same comments and has names of its own (`no-html`); in the front matter, every word is decklint's.

*Fix safety*: unsafe where the right word is plain (another case, a slip in a long name); else the nearest name is a hint.

```deck bad 3:18-3:23 7:18-7:35
# Attention

<!-- lint ignore ax001 -->

![](attention.png)

<!-- lint ignore image-witout-text -->

![](heads.png)
```

```deck fixed
# Attention

<!-- lint ignore AX001 -->

![](attention.png)

<!-- lint ignore image-without-text -->

![](heads.png)
```

```deck bad 2:21-2:24 4:19-4:24
---
decklint: {ignore: [pix]}
---
<!-- lint disable AX901 -->

# 注意力
```

```deck good
# 注意力

<!-- lint ignore AX001 no-html no-duplicate-headings -->

![](attention.png)
```
"""

from __future__ import annotations

from decklint.findings import Edit, Finding, Template
from decklint.rule import Context, DeckView, hint, reported, unsafe_fix
from decklint.text import Span

check = reported(
    "DL006", "suppression-unknown", severity="warning", since="0.1", zh="忽略标记中没有这条规则。", documentation=__doc__ or ""
)

_UNKNOWN = Template('no rule is called "{word}"', "没有名为“{word}”的规则")
_WRITE = Template('write "{near}"', "改为“{near}”")
_MEANT = Template('did you mean "{near}"?', "是否想写“{near}”？")


def unknown(view: DeckView, span: Span, word: str, near: str, *, sure: bool) -> Finding:
    """The finding for a word that names no rule, and the nearest that does, if any; `sure` that nothing else can be meant."""
    fix = None
    if near:
        fix = unsafe_fix(_WRITE, Edit(span, near), effects=(), near=near) if sure else hint(_MEANT, near=near)
    return Context(view, check).finding(span, _UNKNOWN, fix=fix, word=word)
