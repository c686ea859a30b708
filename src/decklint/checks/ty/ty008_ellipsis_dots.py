"""An ellipsis in Chinese is made of dots.

`数据、模型...` and `数据、模型。。。` in a deck that otherwise writes `……`. The ranges, lists and calls that `...` also
stands for are left alone: only dots behind a Han character count.

```deck bad 5:6-5:9
# 省略号

一……二……三……四……五……

数据、模型...
```

```deck fixed
# 省略号

一……二……三……四……五……

数据、模型……
```

```deck good
# 习惯

数据、模型...都很重要，还有算力...
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.findings import Edit, Finding, Template
from decklint.lang import HAN
from decklint.lang.habits import is_habit, unbroken
from decklint.rule import Context, leaf_fix, rule

_DOTS = Template('ellipsis written "{dots}"; the deck writes "……"', "省略号写作“{dots}”，全文用的是“……”")
_FIX = Template('write "……"', "改为“……”")
_DOTTED = re.compile(r"…|\.\.\.|。。。")
_ELLIPSIS = re.compile(
    rf"(?<=[{HAN}）】》”])(?:\.{{3,6}}|。{{3,6}}|…)(?![\w./\\。…])|(?<=[{HAN}）】》”])(?:\.{{3,6}}|。{{3,6}}|…)(?=[{HAN}])"
)


@rule("TY008", "ellipsis-dots", severity="info", since="0.1", zh="中文省略号写成了点。", default=False)
def check(context: Context) -> Iterator[Finding]:
    prose = context.chinese
    hits = [(leaf, match) for leaf in prose.holding(_DOTTED) for match in _ELLIPSIS.finditer(leaf.view.text)]
    if not hits or not (context.absolute or is_habit(prose.text.count("……"), len(hits))):
        return
    for leaf, match in hits:
        if (span := unbroken(leaf, match.start(), match.end())) is not None:
            fix = leaf_fix(context, _FIX, Edit(span, "……"), leaf)
            yield context.finding(span, _DOTS, fix=fix, dots=match[0])
