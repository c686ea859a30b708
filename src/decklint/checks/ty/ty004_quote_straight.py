"""Straight quotation marks stand around Chinese.

`"注意力"` in a deck that otherwise writes `“注意力”` (or `「注意力」`). The rule speaks where the deck's own marks are a
habit, and only of pairs that hold Chinese; English quotations, inches, code and formulas keep theirs. The preset `strict` asks
for curly marks also in a deck that has straight ones throughout.

```deck bad 5:6-5:11
# 引号

“编码”、“解码”、“注意”、“微调”和“推理”是常见的词。

另一个词是"预训练"。
```

```deck fixed
# 引号

“编码”、“解码”、“注意”、“微调”和“推理”是常见的词。

另一个词是“预训练”。
```

```deck good
# 引号

“编码”、“解码”、“注意”、“微调”和“推理”是常见的词，论文 "Attention Is All You Need" 也很有名，屏幕是 15" 的。
```

```deck options
preset = "strict"
```

```deck bad 3:3-3:8
# 引号

这叫"预训练"，论文是 "Attention Is All You Need"。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.findings import Edit, Effect, Finding, Template
from decklint.lang import HAN
from decklint.lang.habits import is_habit
from decklint.rule import Context, rule, unsafe_fix

_STRAIGHT = Template('straight quotation marks around "{word}"', "“{word}”用了直引号")
_FIX = Template("write {better}", "改为{better}")
_MARK = re.compile('"')
_QUOTED = re.compile(r'(?<![0-9])"([^"\n\s](?:[^"\n]*[^"\n\s])?)"')
_HAN = re.compile(f"[{HAN}]")
_CODE = re.compile(r"[;={}<>\\]")
_PAIRS = ("“”", "「」")


@rule("TY004", "quote-straight", severity="info", since="0.1", zh="中文用了直引号。", default=False)
def check(context: Context) -> Iterator[Finding]:
    prose = context.chinese
    hits = [
        (leaf, match)
        for leaf in prose.holding(_MARK)
        if leaf.view.text.count('"') % 2 == 0  # else nobody knows which mark opens
        for match in _QUOTED.finditer(leaf.view.text)
        if _HAN.search(match[1]) and not _CODE.search(match[1]) and match[1].count("(") == match[1].count(")")
    ]
    if not hits:
        return
    counts = {pair: prose.text.count(pair[0]) for pair in _PAIRS}
    pair = next((pair for pair in _PAIRS if is_habit(counts[pair], len(hits))), "")
    if context.absolute:
        pair = max(_PAIRS, key=lambda pair: counts[pair])
    if not pair:
        return
    for leaf, match in hits:
        view = leaf.view
        edits = (
            Edit(view.span(match.start(), match.start() + 1), pair[0]),
            Edit(view.span(match.end() - 1, match.end()), pair[1]),
        )
        effects = (Effect.TEXT, Effect.ANCHORS)
        fix = unsafe_fix(_FIX, *edits, effects=effects, better=f"{pair[0]}{match[1]}{pair[1]}")
        yield context.finding(view.span(match.start(), match.end()), _STRAIGHT, fix=fix, word=match[1])
