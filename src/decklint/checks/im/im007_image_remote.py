"""A picture is fetched from the network while the slides are shown.

In a lecture room without a network, or when the other side moves the file, the slide has a hole. Many decks do this knowingly, so
the rule is off by default. Of pictures over `http:` another rule speaks, image-over-http.

```deck bad 3:15-3:43
# Loss

![Loss falls](https://example.com/loss.png)
```

```deck bad 2:22-2:50
---
backgroundImage: url(https://example.com/grid.png)
---

# 背景图片
```

```deck good
# What lies beside the deck, and links

![Loss falls](img/loss.png) [the paper](https://example.com/paper.pdf)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Finding, Template
from decklint.rule import Context, rule

_REMOTE = Template("this needs the network while the slides are shown", "放映时需要联网才能显示")


@rule("IM007", "image-remote", severity="info", since="0.1", default=False, zh="图片放映时要从网络获取。")
def check(context: Context) -> Iterator[Finding]:
    for reference in context.references:
        is_plain = reference.url.strip().lower().startswith("http:")  # of which image-over-http speaks
        if reference.is_asset and not is_plain and context.locate(reference).kind == "remote":
            yield context.finding(reference.span, _REMOTE)
