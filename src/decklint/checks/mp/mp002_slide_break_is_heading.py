"""A `---` right below text makes the text a heading, and no new slide.

In Markdown a line of dashes under a paragraph underlines it: the paragraph becomes a heading of level 2 and the slide break is
lost. With a blank line between them it is a slide break. Formatters that "normalise" such headings make the loss permanent.

It is an error where the text cannot be meant as a title (a picture, a formula, a long sentence, the end of a list), and a
warning elsewhere.

```deck bad 10:1-10:4
# Results

![Accuracy over time](accuracy.png)

---

# Loss

![Loss over time](loss.png)
---

# Questions
```

```deck bad 10:1-10:4
# 结果

准确率提高了三个百分点，训练时间缩短了一半。

---

# 讨论

这个方法在小数据集上的效果还不稳定，需要更多的实验来验证它的结论是否可靠。
---

# 结论
```

```deck fixed
# 结果

准确率提高了三个百分点，训练时间缩短了一半。

---

# 讨论

这个方法在小数据集上的效果还不稳定，需要更多的实验来验证它的结论是否可靠。

---

# 结论
```

```deck good
Results
=======

- a list, and then a break

---

Discussion
----------

A deck that underlines its titles with `=` does so with `-` as well.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import Heading, Image, InlineMath, Leaf, ListItem
from decklint.deck.opening import early_end, late_front_matter, settings_of_slides
from decklint.findings import Edit, Effect, Finding, Severity, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_LOST = Template(
    'the text above makes "{ruler}" an underline: a heading of level 2, not a new slide',
    "上一行的文字使“{ruler}”成为下划线：这里是二级标题，而不是新的一页",
)
_FIX = Template("insert a blank line, so that a new slide begins", "插入空行，另起一页")
_TITLE_LENGTH = 60  # in half-width columns: longer text is no title


@rule("MP002", "slide-break-is-heading", severity="warning", since="0.1", zh="文字下面紧跟 `---` 会变成标题，而不会另起一页。")
def check(context: Context) -> Iterator[Finding]:
    headings = context.of_type(Heading)
    underlines = [(h, h.underline, context.source.slice(h.underline)) for h in headings if h.underline is not None]
    if not underlines or any(ruler.strip().startswith("=") for _, _, ruler in underlines):
        return  # none, or this author underlines titles
    settings = _settings(headings, context.deck)  # of which other rules speak
    for heading, underline, ruler in underlines:
        if len(ruler.strip()) < 3 or heading in settings:
            continue
        sure = _cannot_be_a_title(heading)
        if not sure and len(ruler.strip()) > 5:
            continue  # drawn to the length of a title
        fix = None
        if isinstance(heading.parent, Slide):
            fix = unsafe_fix(
                _FIX, Edit(Span(underline.start, underline.start), "\n"), effects=(Effect.SLIDES, Effect.ANCHORS, Effect.TEXT)
            )
        yield context.finding(
            underline, _LOST, ruler=ruler.strip(), fix=fix, severity=Severity.ERROR if sure else Severity.WARNING
        )


def _settings(headings: list[Heading], deck: Deck) -> set[Leaf]:
    """The headings that are made of front matter that is not first, ends too early, or is meant for one slide."""
    early, late = early_end(deck), late_front_matter(deck)
    regions = [span for span in (late, early and early.settings) if span]
    inside = {heading for heading in headings for region in regions if region.start <= heading.span.start < region.end}
    return {*settings_of_slides(deck), *inside}


def _cannot_be_a_title(heading: Heading) -> bool:
    if isinstance(heading.parent, ListItem) or "\n" in heading.raw.strip():
        return True
    if any(isinstance(node, (Image, InlineMath)) for node in heading.inlines):
        return True
    text = heading.view.text.strip()
    width = sum(1 if ord(char) < 0x2E80 else 2 for char in text)
    return width > _TITLE_LENGTH or text.endswith(("。", ".", "；", ";", "，", ","))
