"""A slide holds more than fits on it.

Marp does not shrink text and does not add slides: what is too much enters the margin, runs under footer and page number, and at
last is cut off at the lower edge, in the presentation and in the PDF, without a word. The height is estimated from the theme's
style sheet and the widths of the fonts that browsers usually take; the message tells how many pixels are too many, the place is
the first line that does not fit.

Content that is cut off is an error, content in the margin a warning. Nothing is said of less than a fifth of a line, or of less
than half of one where not everything that counts could be read (a theme from elsewhere, pictures whose size is not known). A
single table, picture or code block that is too large by itself is a matter of `table-too-tall`, `table-too-wide`,
`image-overflows`, `code-too-long` and `code-too-wide`.

The fix divides the slide between blocks or items of a list into slides that fit; where that is not enough, also between the items
inside an item, the rows of a table, pieces of code with nothing open, and lines that are shown as lines; where nothing else
helps, inside a body of code (its title says so), behind a sentence, and between pictures of one line. It repeats the title in the
way the deck does it for slides that continue (as it is, with `（续）`, `(cont.)` or `(2)`), what acts on this slide alone
(directives, scoped styles, backgrounds), and what a part needs to be read: the item above it, the head of its table, its fence.
Notes stay with the text above them, ordered lists count on. Where it is enough to make the only picture of the slide a little
smaller, or there is no place to divide it, that is the fix instead.

Elements that the deck's own style hides and that Marp prints as text take no room here: whoever hides them lets all HTML through,
on the command line or in an editor.

```deck bad 14:3-14:27
# Learning rates

- Too large: the loss jumps
- Too small: nothing moves
- Warm up for some steps
- Then let it decay
- Cosine or step by step
- Restart from time to time
- Look at the first batches
- Scale it with the batch
- Freeze the lower layers
- Use another one for the head
- Average the last weights
- Write down what you used
- Compare with a baseline
- Never tune on test data
```

```deck fixed
# Learning rates

- Too large: the loss jumps
- Too small: nothing moves
- Warm up for some steps
- Then let it decay
- Cosine or step by step
- Restart from time to time
- Look at the first batches

---

# Learning rates

- Scale it with the batch
- Freeze the lower layers
- Use another one for the head
- Average the last weights
- Write down what you used
- Compare with a baseline
- Never tune on test data
```

```deck good
# Learning rates

- Too large: the loss jumps
- Too small: nothing moves
- Warm up for some steps
- Then let it decay
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.deck import Deck
from decklint.findings import Confidence, Effect, Finding, Fix, Severity, Template
from decklint.layout.causes import (
    hidden_elements,
    holds_too_much,
    line_height,
    overflows,
    pictures,
    place_of,
    prints_any,
    too_wide,
)
from decklint.layout.dividing.continued import Manner, manner
from decklint.layout.dividing.shrink import only_picture
from decklint.layout.dividing.split import split
from decklint.layout.model import SlideLayout, Verdict
from decklint.rule import Context, rule, unsafe_fix

_OVER = Template(
    "the slide is too full: from here on it enters the margin, by {px} px (lines: {lines}; metrics: {assumed})",
    "内容过多：从这里起进入页边距，超出 {px} 像素（涉及 {lines} 行；按 {assumed} 的度量）",
)
_CUT = Template(
    "the slide is too full: {px} px are cut off at its lower edge, from here on (lines: {lines}; metrics: {assumed})",
    "内容过多：从这里起超出页面下沿，{px} 像素被裁掉（涉及 {lines} 行；按 {assumed} 的度量）",
)
_WIDE = Template(
    "this is too wide for the slide by {px} px and has no place to break (metrics: {assumed})",
    "这里比页面宽 {px} 像素，又没有可以换行的地方（按 {assumed} 的度量）",
)
_SHRINK = Template("show the picture {height} px high", "把图片改为高 {height} 像素")
_A_LITTLE, _HALF = 0.8, 0.5
_SURE, _UNSURE = 0.2, 0.5
"""Parts of a line that may be too much before anything is said: less than a fifth of one in the margin is seen by nobody."""


@rule("LY001", "slide-overflow", severity="warning", since="0.2", zh="一页放不下：内容进入页边距或被裁掉。")
def check(context: Context) -> Iterator[Finding]:
    how = hidden = None
    for layout in context.crowded:
        if not overflows(layout) or holds_too_much(layout):
            continue
        hidden = hidden_elements(context.deck) if hidden is None else hidden
        if prints_any(layout, hidden):
            layout = context.with_html(layout.slide)
            if not overflows(layout) or holds_too_much(layout):
                continue
        least = line_height(layout) * (_SURE if layout.sure else _UNSURE)
        if layout.over > least:
            how = how or manner(context.deck)
            yield _too_high(context, layout, how, least)
        elif layout.over_x > least and not too_wide(layout) and not _has_wide_picture(layout):
            span = place_of(layout, context.source)
            px, confidence = round(layout.over_x), _confidence(layout)
            yield context.finding(span, _WIDE, confidence=confidence, px=px, assumed=layout.assumed)


def _too_high(context: Context, layout: SlideLayout, how: Manner, least: float) -> Finding:
    cut = layout.verdict is Verdict.CUT and layout.cut > 0
    return context.finding(
        place_of(layout, context.source),
        _CUT if cut else _OVER,
        fix=_fix(context.deck, layout, how),
        severity=Severity.ERROR if cut and layout.cut > least else Severity.WARNING,
        confidence=_confidence(layout),
        px=round(layout.cut if cut else layout.over),
        lines=layout.lost_lines,
        assumed=layout.assumed,
    )


def _confidence(layout: SlideLayout) -> Confidence:
    return Confidence.HIGH if layout.sure else Confidence.MEDIUM


def _has_wide_picture(layout: SlideLayout) -> bool:
    return any(picture.width > picture.wide for picture in pictures(layout))


def _fix(deck: Deck, layout: SlideLayout, how: Manner) -> Fix | None:
    """Make a picture a little smaller where that is enough, else divide the slide, else make the picture smaller still."""
    picture = only_picture(layout)
    found = split(deck, layout, how) if picture is None or picture.scale < _A_LITTLE else None
    if found is not None:
        return unsafe_fix(found.title, *found.edits, effects=found.effects, slides=found.slides)
    if picture is None or picture.scale < _HALF:
        return None
    return unsafe_fix(_SHRINK, *picture.edits, effects=(Effect.MEDIA,), height=picture.height)
