"""A picture is fetched over a connection that is not encrypted.

Browsers refuse pictures from `http:` on pages that are themselves encrypted, so slides that are published show a hole, and in a
lecture room the picture can be exchanged on the way. Most addresses work with `https:` as well; best is a copy beside the deck.

```deck bad 3:15-3:42
# Loss

![Loss falls](http://example.com/loss.png)
```

```deck good
# Encrypted, on this computer, and a link

![Loss falls](https://example.com/loss.png) ![Local](http://localhost:8080/a.png) [the paper](http://example.com/paper.pdf)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_PLAIN = Template(
    'browsers refuse pictures over "http:" on encrypted pages, and the slide has a hole',
    "在 https 网页上，浏览器会拒绝加载“http:”图片，幻灯片上会缺图",
)
_HINT = Template('try "https:", or keep a copy beside the deck', "试试“https:”，或在文稿旁存一份")
_HERE = re.compile(r"http://(?:localhost|127\.|\[::1\])", re.IGNORECASE)


@rule("IM017", "image-over-http", severity="info", since="0.1", zh="图片通过未加密的连接获取。")
def check(context: Context) -> Iterator[Finding]:
    for reference in context.references:
        url = reference.url.strip().lower()
        if reference.is_asset and url.startswith("http:") and not _HERE.match(url):
            yield context.finding(reference.span, _PLAIN, fix=hint(_HINT))
