"""A heading ends with a full stop, a comma or a semicolon.

A heading is a label, not a sentence: the mark says nothing and turns up in the outline and the contents. A question or an
exclamation mark, an ellipsis (`...`, `……`), a colon that leads to what follows, an abbreviation (`etc.`, `et al.`, `Inc.`) and a
heading of several sentences keep their marks. So does a deck in which half of the headings are sentences: that is a style.

The fix removes the mark. The rule is off by default, because it is a matter of taste.

```deck bad 1:8-1:9
## 损失函数。

- 交叉熵
```

```deck fixed
## 损失函数

- 交叉熵
```

```deck bad 1:26-1:27
## The loss must be small.

- on data never seen
```

```deck good
## Optimisers: SGD, Adam, etc.

## Attention, by Vaswani et al.

## What comes next?

## And so on ...

## Made in the U.S.

## Talk is cheap. Show me the code.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Heading
from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, rule, unsafe_fix

_MARK = Template('the heading ends with "{mark}"', "标题以“{mark}”结尾")
_FIX = Template('remove "{mark}"', "去掉“{mark}”")
_LAST = re.compile(r"(?<=[^\s。．.,，;；、…])([。．.,，;；、])\s*$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(（])(?:etc|al|inc|ltd|co|corp|jr|sr|dr|vs|cf|ibid|resp|approx|cont|contd|ctd|esp|fig|no|vol|ed|eds|st|dept|univ)\.$"
    r"|(?:^|[^A-Za-z])(?:[A-Za-z]\.){1,4}$",  # U.S., e.g., an initial
    re.IGNORECASE,
)
_SENTENCE_INSIDE = re.compile(r"[。！？；]|[.!?;][\"”’)]?\s")
_SHARE = 0.5


@rule("HD009", "heading-punctuation", severity="info", since="0.1", zh="标题以句号、逗号或分号结尾。", default=False)
def check(context: Context) -> Iterator[Finding]:
    headings = [heading for heading in context.of_type(Heading) if heading.underline is None]  # text above a lost break
    found = [(heading, match) for heading in headings if (match := _mark(heading.view.text)) is not None]
    if len(found) > 1 and len(found) >= len(headings) * _SHARE:
        return  # sentences as headings
    for heading, match in found:
        span = heading.view.span(*match.span(1))
        fix = unsafe_fix(_FIX, Edit(span, ""), effects=(Effect.TEXT, Effect.ANCHORS), mark=match[1])
        yield context.finding(span, _MARK, mark=match[1], fix=fix)


def _mark(text: str) -> re.Match[str] | None:
    """The mark at the end of a heading that is neither an abbreviation nor several sentences."""
    match = _LAST.search(text)
    if match is None or _ABBREVIATION.search(text[: match.end(1)][-16:]) or _SENTENCE_INSIDE.search(text, 0, match.start(1)):
        return None
    return None if text[: match.end(1)].strip().rstrip(".").isdecimal() else match
