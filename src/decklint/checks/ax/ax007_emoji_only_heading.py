"""A heading is made of emoji alone.

The outline, the list of slides in the presenter view and a screen reader name slides by their headings; "🎉" names nothing, and
its anchor is empty. A word beside it is enough.

```deck bad 1:1-1:4
# 🎉

We are done.
```

```deck bad 1:1-1:14
# :rocket: 🚀🚀
```

```deck good
# 🎉 Results

## 问答 ❓

### ???
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from decklint.deck.nodes import Heading
from decklint.findings import Finding, Template
from decklint.rule import Context, rule

_ONLY_EMOJI = Template("the heading has no word, only emoji", "标题中只有表情符号，没有文字")
_SHORT_CODE = re.compile(r":[a-z0-9_+-]+:")
_AROUND = frozenset(("So", "Sk", "Mn", "Me", "Cf", "Zs"))  # emoji, their skin tones, selectors and joiners


@rule("AX007", "emoji-only-heading", severity="info", since="0.1", zh="标题只有表情符号。", default=False)
def check(context: Context) -> Iterator[Finding]:
    for heading in context.of_type(Heading):
        text = heading.view.text
        bare = _SHORT_CODE.sub("", text)
        kinds = {category(char) for char in bare.replace("\n", " ")}
        if kinds <= _AROUND and ("So" in kinds or bare != text) and "\ufffc" not in bare:
            yield context.finding(heading.span, _ONLY_EMOJI)
