"""The line `marp: true` is written so that Marp for VS Code does not recognise it.

The editor looks for the line itself, not for what it means: `marp`, a colon, a space and `true`, with nothing before or behind.
`marp: true ` with a space at the end, `marp: True`, `marp: "true"` or a comment behind it leave the preview an ordinary Markdown
page, without slides and without a message. The command line does not look at the line at all, so the deck works in one tool
and not in the other.

The fix writes the line as the editor wants it, and puts a comment on a line of its own.

```deck bad 2:1-2:11
---
marp: True
theme: gaia
---

# Regularisation
```

```deck fixed
---
marp: true
theme: gaia
---

# Regularisation
```

```deck bad 3:1-3:18
---
theme: gaia
marp: true # 打开预览
---

# 正则化
```

```deck fixed
---
theme: gaia
# 打开预览
marp: true
---

# 正则化
```

```deck good
---
marp: false
---

# Not shown as slides on purpose
```

```deck good
---
marp  :  true
---

# More spaces are fine between the parts
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.findings import Edit, Finding, Fix, Template
from decklint.rule import Context, hint, rule, safe_fix
from decklint.text import Span

_NOT_EXACT = Template(
    'Marp for VS Code does not recognise this line: it wants exactly "marp: true"',
    "Marp for VS Code 认不出这一行：必须正好写作“marp: true”",
)
_TRAILING = Template(
    "Marp for VS Code does not recognise this line: a blank stands behind it", "Marp for VS Code 认不出这一行：行末有空格"
)
_FIX = Template('write "marp: true"', "写作“marp: true”")
_HINT = Template('write "marp: true" on a line that begins with it', "另起一行，顶格写“marp: true”")

# marp-vscode 3.6 `utils.ts`: the line is searched with /^(marp\s*: +)(.*)\s*$/m, its value compared with `true`
_EXACT = re.compile(r"marp\s*: +true")
_MEANT = re.compile(r"""["']?marp["']?\s*:\s*["']?(?:true|yes|on)["']?(?:[ \t]+(#.*))?""", re.IGNORECASE)


@rule("MP009", "marp-flag-not-exact", severity="warning", since="0.1", zh="`marp: true` 的写法不被 VS Code 识别。")
def check(context: Context) -> Iterator[Finding]:
    front = context.deck.front_matter
    if front is None or not front.closed:
        return
    places = [front.key_spans[key] for key in front.settings if key.lower() == "marp"]
    lines = [context.source.line_of(place.start) for place in places]
    if any(_EXACT.fullmatch(context.source.slice(line)) for line in lines):
        return
    for line in lines:
        written = context.source.slice(line)
        if _MEANT.fullmatch(written.strip()):
            trailing = _EXACT.fullmatch(written.rstrip()) is not None
            yield context.finding(line, _TRAILING if trailing else _NOT_EXACT, fix=_fix(line, written, trailing=trailing))


def _fix(line: Span, written: str, *, trailing: bool) -> Fix:
    match = _MEANT.fullmatch(written.rstrip())
    if match is None:
        return hint(_HINT)  # indented as its neighbours are: YAML wants them all alike
    comment = f"{match[1]}\n" if match[1] else ""
    return safe_fix(_FIX, Edit(line, f"{comment}marp: true"), spacing=trailing)
