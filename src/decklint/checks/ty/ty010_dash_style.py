"""A Chinese dash is made of hyphens or lines.

`注意力--一种机制`, `注意力──一种机制` in a deck that otherwise writes `——`. A single `—` or `–` between Chinese words joins
them (`北京—上海`) and is left alone, and so are arrows, ranges and rules of code.

```deck bad 5:4-5:6
# 破折号

甲——乙，丙——丁，戊——己，庚——辛，壬——癸。

注意力--一种机制。
```

```deck fixed
# 破折号

甲——乙，丙——丁，戊——己，庚——辛，壬——癸。

注意力——一种机制。
```

```deck good
# 破折号

甲——乙，丙——丁，戊——己，庚——辛，壬——癸。从北京—上海线到输入-->输出，都不是破折号。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.findings import Edit, Finding, Template
from decklint.lang import HAN
from decklint.lang.habits import is_habit, unbroken
from decklint.rule import Context, leaf_fix, rule

_OTHER = Template('dash written "{dash}"; the deck writes "——"', "破折号写作“{dash}”，全文用的是“——”")
_FIX = Template('write "——"', "改为“——”")
_STROKES = ("--", "－－", "──", "- -")  # folded
_DASH = re.compile(rf"(?<=[{HAN}）》”])(?:-{{2,4}}|－－|─{{2}}|――|— —|–{{2}})(?=[{HAN}（《“])")


@rule("TY010", "dash-style", severity="info", since="0.1", zh="破折号写法不一致。", default=False)
def check(context: Context) -> Iterator[Finding]:
    prose = context.chinese
    hits = [(leaf, match) for leaf in prose.containing(_STROKES) for match in _DASH.finditer(leaf.view.text)]
    if not hits or not (context.absolute or is_habit(prose.text.count("——"), len(hits))):
        return
    for leaf, match in hits:
        if (span := unbroken(leaf, match.start(), match.end())) is not None:
            fix = leaf_fix(context, _FIX, Edit(span, "——"), leaf)
            yield context.finding(span, _OTHER, fix=fix, dash=match[0])
