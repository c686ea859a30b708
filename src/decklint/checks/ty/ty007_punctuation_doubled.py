"""A punctuation mark stands twice.

`。。` and `，，` are slips of the finger, and so is `，。`. Three full stops stand for an ellipsis (see ellipsis-dots), and
`！！` is emphasis.

```deck bad 3:9-3:11 3:14-3:16
# 注意力

注意力机制很重要。。很有用，。
```

```deck fixed
# 注意力

注意力机制很重要。很有用。
```

```deck good
# 省略号

数据、模型、算力……都很重要！！他想了想。。。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.findings import Edit, Finding, Template
from decklint.lang.habits import unbroken
from decklint.rule import Context, leaf_fix, rule

_DOUBLED = Template('"{marks}" is one mark too many', "标点“{marks}”重复")
_FIX = Template('keep one "{mark}"', "保留一个“{mark}”")
_TWO = re.compile("[，。；：、,][，。；：、,]")
_TWICE = re.compile(r"(?<![，。；：、,;:.…])(?:([，；：、])\1+|。。|[,，]，|，[,，]|[，；、]。|。[，；、])(?![，。；：、,;:.…])")


@rule("TY007", "punctuation-doubled", severity="info", since="0.1", zh="标点重复。", default=False)
def check(context: Context) -> Iterator[Finding]:
    for leaf in context.chinese.holding(_TWO):
        for match in _TWICE.finditer(leaf.view.text):
            span = unbroken(leaf, match.start(), match.end())
            if span is None:
                continue
            mark = "。" if match[0][-1] == "。" else "，" if "，" in match[0] else match[0][0]
            fix = leaf_fix(context, _FIX, Edit(span, mark), leaf, mark=mark)
            yield context.finding(span, _DOUBLED, fix=fix, marks=match[0])
