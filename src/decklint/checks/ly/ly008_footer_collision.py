"""Text runs into the footer or the page number.

Footer and page number stand in the padding of the slide and take no room: content that is a line too long is printed over them.
Only Marp's own themes are judged, whose footers are measured.

```deck bad 18:3-18:9
---
marp: true
footer: Deep learning, week 3
---

# Optimisers

- one
- two
- three
- four
- five
- six
- seven
- eight
- nine
- ten
- eleven
- twelve
```

```deck good
---
marp: true
footer: Deep learning, week 3
---

# Optimisers

- one
- two
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Finding, Template
from decklint.layout.model import SlideLayout, Verdict
from decklint.rule import Context, rule
from decklint.text import Span

_FOOTER = Template("the text runs into the footer of the slide", "正文压到了页脚")
_NUMBER = Template("the text runs into the page number of the slide", "正文压到了页码")
_BANDS = {"default": (45.0, 57.0, 50.0), "gaia": (47.0, 57.0, 68.0), "uncover": (54.0, 60.0, 80.0)}
"""Distance from the lower edge to the top of the footer's letters and of the page number, and of the latter from the right
edge, in pixels; measured in Chromium with Marp Core 4.4."""


@rule("LY008", "footer-collision", severity="info", since="0.2", default=False, zh="正文压到页脚或页码。")
def check(context: Context) -> Iterator[Finding]:
    for layout in context.layout:
        bands = _BANDS.get(layout.assumed)
        if layout.verdict is Verdict.DECLINED or bands is None:
            continue
        footer, number, corner = bands
        directives = layout.slide.directives
        if directives.get("footer"):
            place, message = _reaching(layout, footer, 0.0), _FOOTER
        elif directives.get("paginate") in (True, "hold"):
            place, message = _reaching(layout, number, layout.width - corner), _NUMBER
        else:
            continue
        if place is not None:
            end = context.source.line_of(place).end
            yield context.finding(Span(place, max(place, end)), message)


def _reaching(layout: SlideLayout, band: float, corner: float) -> int | None:
    """Where the first line begins that reaches the band at the lower edge, right of `corner`."""
    for box in layout.boxes:
        y = box.y
        for row in box.rows:
            y += row.height
            if y - 0.14 * row.height > layout.height - band and y - row.height < layout.height and box.x + row.width > corner:
                return row.source
    return None
