"""A number and its unit are written with and without a space in one deck.

`128 GB` and `128GB`. Standards ask for the space, Chinese decks often leave it out: the deck's own majority decides. Words
(`tokens`) and abbreviations (`GB`, `ms`) are counted apart. Percent, degrees, and letters that mean something else (`5G`,
`4K`, `7B`) are left alone, and so are product names (`A100-80GB`).

```deck bad 5:3-5:7
# Memory

We have 16 GB, 24 GB, 32 GB, 48 GB and 80 GB.

A 40GB card is enough.
```

```deck fixed
# Memory

We have 16 GB, 24 GB, 32 GB, 48 GB and 80 GB.

A 40 GB card is enough.
```

```deck good
# Names

We have 16 GB, 24 GB, 32 GB, 48 GB and 80 GB; the A100-80GB and 5G, 4K and 7B are names.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.findings import Edit, Finding, Template
from decklint.lang.habits import is_habit, unbroken
from decklint.lang.prose import Prose
from decklint.lang.scripts import outside_japanese_and_korean
from decklint.rule import Context, leaf_fix, rule

_MISSING = Template('no space in "{run}"; the deck writes one', "“{run}”里没有空格，全文通常有空格")
_PRESENT = Template('a space in "{run}"; the deck writes none', "“{run}”里有空格，全文通常没有空格")
_FIX = Template('write "{better}"', "改为“{better}”")
_NUMBER = r"(\d(?<![\w.,/+\-–:].)\d*(?:[.,]\d+)*%s)( ?)"
_SHORT = re.compile(
    _NUMBER % ""
    + r"([KMGTP]i?B|[KMGT]bps|[KMGT]bit|[kMGT]?Hz|[mµμn]s|[kc]m|mm|nm|µm|μm|kg|mg|mL|kW|MW|kWh|[TGP]FLOP[Ss]|dB)(?![\w/²³^-])"
)
_WORD = re.compile(
    _NUMBER % "[kKMBT]?" + r"(tokens?|bits?|bytes?|parameters|params|epochs?|steps?|layers?|GPUs?|FLOPs)(?![\w/-])"
)


@rule("TY011", "unit-spacing", severity="info", since="0.1", zh="数字与单位之间的空格不一致。", default=False)
def check(context: Context) -> Iterator[Finding]:
    prose = context.prose.once(outside_japanese_and_korean)
    for kind in (_SHORT, _WORD):
        yield from _findings(context, prose, list(kind.finditer(prose.text)))


def _findings(context: Context, prose: Prose, places: list[re.Match[str]]) -> Iterator[Finding]:
    spaced = sum(bool(match[2]) for match in places)
    bare = len(places) - spaced
    if not (is_habit(spaced, bare) or is_habit(bare, spaced) or (context.absolute and spaced != bare)):
        return
    wanted = " " if spaced > bare else ""
    for match in places:
        leaf, at = prose.place(match.start())
        span = unbroken(leaf, at, at + len(match[0]))
        if match[2] == wanted or span is None:
            continue
        better = f"{match[1]}{wanted}{match[3]}"
        fix = leaf_fix(context, _FIX, Edit(span, better), leaf, better=better)
        yield context.finding(span, _MISSING if wanted else _PRESENT, fix=fix, run=match[0])
