"""A link has no text, or one that says nothing.

People who use a screen reader jump from link to link and hear only their texts: "here, here, here". A link without any text
cannot be seen or clicked, unless a style sheet puts a sign in its place. Good link text says where the link leads.

```deck bad 3:1-3:24 5:27-5:54
# Sources

[](https://example.com)

The data set can be found [here](https://example.com).
```

```deck bad 3:3-3:30
# 资料

下载[点击这里](https://example.com)。
```

```deck good
# Sources

The [data set](https://example.com) and the [slides of last week](week1.html), or <https://example.com>.

[![Logo of the course](logo.png)](https://example.com)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.nodes import Image, InlineHtml, Link
from decklint.deck.textview import view_of
from decklint.deck.walk import of_type
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_EMPTY = Template("the link has no text", "链接没有文字")
_SAYS_NOTHING = Template('the link text "{text}" does not say where the link leads', "链接文字“{text}”没有说明指向哪里")
_HINT = Template("name what the link leads to", "写出链接指向的内容")

_GENERIC = frozenset(
    (
        *("here", "click here", "click", "click me", "link", "the link", "this", "this link", "see here"),
        *("go", "url", "more", "read more"),
        *("这里", "这儿", "此处", "点这里", "点击这里", "点击此处", "点此", "点我", "点击"),
        *("链接", "戳这里", "见这里", "详见", "更多", "查看"),
        *("這裡", "點此", "點擊這裡", "點這裡", "連結", "鏈接"),
    )
)


@rule("AX005", "link-text-empty", severity="info", since="0.1", zh="链接没有文字，或文字没有意义。", default=False)
def check(context: Context) -> Iterator[Finding]:
    for link in context.of_type(Link):
        if link.is_address:
            continue
        text = " ".join(view_of(link.content).text.split())
        if not text:
            if not any(True for _ in of_type(link, Image)) and not any(True for _ in of_type(link, InlineHtml)):
                yield context.finding(link.span, _EMPTY, fix=hint(_HINT))
        elif text.casefold().strip(" .,:;!>»→()[]。，：；！（）【】") in _GENERIC:
            yield context.finding(link.span, _SAYS_NOTHING, text=text, fix=hint(_HINT))
