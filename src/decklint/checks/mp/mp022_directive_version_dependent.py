"""A header or footer without a value clears the text in one version of Marp and keeps it in another.

`<!-- header: -->` after a slide with a header: Marp CLI 4.5.1 takes the header away, Marp for VS Code 3.6.1 keeps it, so the
preview and the exported slides differ. An empty text in quotation marks clears it everywhere.

```deck bad 9:6-9:12
---
header: Sorting
---

# Sorting

---

<!-- header: -->

# Searching
```

```deck bad 5:6-5:13
<!-- footer: 第三讲 -->

---

<!-- _footer: -->

# 封面
```

```deck good
---
header: Sorting
footer:
---

<!-- header: "" -->

# 没有可以保留的文字，或者写明了空值
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.directives import local_value
from decklint.deck.nodes import Comment
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_EMPTY = Template(
    '"{key}:" without a value clears the {name} in some versions of Marp and keeps it in others',
    "“{key}:”没有值：有的 Marp 版本会清除“{name}”，有的会保留",
)
_QUOTE = Template("write '{key}: \"\"' to clear it", '要清除请写成 {key}: ""')


@rule(
    "MP022",
    "directive-version-dependent",
    severity="info",
    since="0.1",
    zh="没有值的页眉页脚指令，不同版本的 Marp 处理不同。",
    default=False,
)
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    shown = {name: bool(front and (front.settings.get(name) or front.settings.get(f"_{name}"))) for name in ("header", "footer")}
    for comment in context.of_type(Comment):
        if comment.kind != "directive":
            continue
        for key, value in comment.settings.items():
            name = key.removeprefix("_")
            if name not in shown:
                continue
            span = comment.value_spans[key]
            if value == "" and span.start == span.end and shown[name]:
                yield context.finding(comment.key_spans[key], _EMPTY, fix=hint(_QUOTE, key=key), key=key, name=name)
            elif local_value(name, value) is not None:
                shown[name] = bool(value) or (key != name and shown[name])
