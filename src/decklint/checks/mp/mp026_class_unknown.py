"""A slide asks for a class that no style sheet knows.

`_class: lead` centres a title slide in Marp's theme `gaia` and does nothing in `default` and `uncover`; a misspelt class does
nothing anywhere. The style sheets of the theme, those that it builds on, and the deck's own styles are looked at. Where one of
them cannot be read (a theme from elsewhere, a style sheet that only a program makes), the rule is silent.

```deck bad 6:14-6:18
---
marp: true
theme: default
---

<!-- _class: lead -->

# Neural networks
```

```deck good
---
marp: true
theme: gaia
---

<!-- _class: lead -->

# The theme knows the class
```

```deck good
---
marp: true
class: [small, invert]
style: |
  section.small { font-size: 20px; }
---

# The deck's own style knows one, the theme the other
```

```deck good
---
marp: true
theme: a-theme-from-elsewhere
class: lead
---

# Nobody knows what this theme selects on
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from decklint.deck.nodes import Comment
from decklint.findings import Finding, Fix, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_UNKNOWN = Template(
    'nothing in theme "{theme}" or in the deck\'s styles selects on the class "{name}"',
    "主题“{theme}”和幻灯片自带的样式都没有用到 class“{name}”",
)
_NEAREST = Template('did you mean "{near}"?', "是不是“{near}”？")
_KNOWN_BY = Template('theme "{theme}" knows this class', "主题“{theme}”有这个 class")


@rule("MP026", "class-unknown", severity="warning", since="0.1", zh="没有任何样式用到幻灯片的 class。")
def check(context: Context) -> Iterator[Finding]:
    for holder in (context.deck.front_matter, *context.of_type(Comment)):
        if holder is not None:
            yield from _in(context, holder.settings, holder.value_spans)


def _in(context: Context, settings: Mapping[str, Any], spans: Mapping[str, Span]) -> Iterator[Finding]:
    for key in ("class", "_class"):
        value = settings.get(key)
        names = value.split() if isinstance(value, str) else list(map(str, value)) if isinstance(value, list) else []
        for name in names:
            known = context.theme.classes
            if known is None or name in known:
                continue
            place = _place(context, name, spans[key])
            yield context.finding(place, _UNKNOWN, name=name, theme=context.theme.name, fix=_hint(name, known))


def _place(context: Context, name: str, span: Span) -> Span:
    """Where the name stands in the value."""
    at = context.source.text.find(name, span.start, span.end)
    return Span(at, at + len(name)) if at >= 0 else span


def _hint(name: str, known: frozenset[str]) -> Fix | None:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), n=1, cutoff=0.75)
    if near:
        return hint(_NEAREST, near=near[0])
    return hint(_KNOWN_BY, theme="gaia") if name == "lead" else None
