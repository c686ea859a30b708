"""A space stands beside a full-width mark.

`数据， 模型`: the mark brings its own room. The deck's habit decides, for colons and brackets apart, so a deck that always
writes `： ` may do so. Spaces behind an enumeration (`一、 概述`), before formulas, and beside quotation marks are left
alone.

```deck bad 5:3-5:5
# 空格

数据，模型，算力，算法，应用，都很重要。

训练， 然后推理。
```

```deck fixed
# 空格

数据，模型，算力，算法，应用，都很重要。

训练，然后推理。
```

```deck good
# 空格

一、 概述，背景，动机，方法，结论，展望。

定义： 数据。
```
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from decklint.findings import Edit, Finding, Template
from decklint.lang import HAN
from decklint.lang.habits import is_habit, unbroken
from decklint.rule import Context, leaf_fix, rule

_SPACE = Template('a space beside "{mark}"', "“{mark}”旁有空格")
_FIX = Template("remove the space", "删去空格")
_MARKS = re.compile("[，。；：？！、（《）》]")
_FOLLOWS = re.compile(f"[{HAN}A-Za-z0-9（《]")
_HAN = re.compile(f"[{HAN}]")
_PAUSES = "，。；？！、"
_BRACKETS = "（《）》"
_SPACED = re.compile(f" {_MARKS.pattern}|{_MARKS.pattern} ")
_NUMBER = r"[（(]?[\d一二三四五六七八九十A-Za-z①-⑳.]{1,4}"
_ENUMERATION = re.compile(rf"(?:^|\n)\s*{_NUMBER}$")
_ROOM = 40


@rule("TY009", "space-around-fullwidth", severity="info", since="0.1", zh="全角标点旁有多余的空格。", default=False)
def check(context: Context) -> Iterator[Finding]:
    prose = context.chinese
    hits = []
    spaced: Counter[tuple[str, bool]] = Counter()
    for leaf in prose.holding(_SPACED):
        for start, end, place in _places(leaf.view.text):
            if start < end:
                key = (_PAUSES if leaf.view.text[place] in _PAUSES else leaf.view.text[place], place < start)
                spaced[key] += 1
                hits.append((leaf, start, end, place, key))
    usual = {key for key, count in spaced.items() if context.absolute or is_habit(_bare(prose.text, *key), count)}
    for leaf, start, end, place, key in hits:
        span = unbroken(leaf, start - 1, end + 1)
        if span is None or key not in usual or not _is_chinese(leaf.view.text, start, end):
            continue
        run = context.source.slice(span)
        fix = leaf_fix(context, _FIX, Edit(span, run[0] + run[-1]), leaf)
        shown = leaf.view.span(start - 1, end) if place < start else leaf.view.span(start, end + 1)
        yield context.finding(shown, _SPACE, fix=fix, mark=leaf.view.text[place])


def _bare(text: str, marks: str, behind: bool) -> int:
    """At how many places no space stands behind, or before, one of some marks."""
    if not behind:
        return len(re.findall(f"[{marks}](?<=[{HAN}A-Za-z0-9].)", text))
    follows = f"[{marks}](?={_FOLLOWS.pattern})"
    return len(re.findall(follows, text)) - len(re.findall(rf"(?m)^[^\S\n]*{_NUMBER}{follows}", text))


def _places(text: str) -> Iterator[tuple[int, int, int]]:
    """The places beside full-width marks: where a space begins and ends, and where the mark stands."""
    for mark in _MARKS.finditer(text):
        at = mark.start()
        start = at
        while start and text[start - 1] == " ":
            start -= 1
        if start and (_HAN.match(text[start - 1]) or (text[start - 1].isascii() and text[start - 1].isalnum())):
            yield start, at, at
        end = at + 1
        while text[end : end + 1] == " ":
            end += 1
        if _FOLLOWS.match(text[end : end + 1]) and not _ENUMERATION.search(text[max(0, at - _ROOM) : at]):
            yield at + 1, end, at


def _is_chinese(text: str, start: int, end: int) -> bool:
    """Whether Chinese stands near the gap: behind `。 ` an English sentence may begin, and a bracket may touch `vs`."""
    before, after = text[start - 1], text[end]
    if before in _BRACKETS or after in _BRACKETS:
        return _HAN.match(before) is not None or _HAN.match(after) is not None
    return _HAN.search(text[max(0, start - 2) : start] + text[end : end + 2]) is not None
