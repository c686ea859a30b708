"""A slide is the same as the one before it, or part of a passage that stands in the deck twice.

Copying a slide to start the next one, and merging two versions of a lecture, leave copies behind that are noticed on stage. Two
slides are the same if their text, pictures, notes, classes and other settings are: slides that build up, or that show one text
in two styles, differ in something. A single slide that comes back later (the agenda between two parts, a figure to recall, the
title at the end) is no accident; three slides or more that come back in the same order are. Slides with nothing but a title
are passed over.

```deck bad 11:1-11:22
# Overfitting

---

## What it looks like

![Two curves](curves.png)

---

## What it looks like

![Two curves](curves.png)
```

```deck good
## Agenda

- Data
- Model

---

## Data

- ten thousand pictures

---

## Agenda

- Data
- Model
```

```deck good
## Gradient descent

![Step 1](step-1.png)

---

## Gradient descent

![Step 2](step-2.png)

---

<!-- _class: invert -->

## Gradient descent

![Step 2](step-2.png)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.nodes import Comment, Heading, StyleBlock
from decklint.findings import Finding, Template
from decklint.rule import Context, rule
from decklint.text import Source

_SAME = Template("this slide is the same as slide {number}", "这一页与第 {number} 页相同")
_FIRST = 4  # words that are compared before all others are
_PASSAGE = 3  # slides: fewer that come back are a reminder


@rule("HD007", "slide-duplicated", severity="warning", since="0.1", zh="幻灯片重复。")
def check(context: Context) -> Iterator[Finding]:
    slides = context.deck.slides
    earlier = _earlier(context)
    if len(earlier) == len(slides) - 1:
        return  # one slide several times and nothing else: a sheet to be printed and cut
    for slide in slides:
        other = earlier.get(slide.number)
        if other is not None and (other == slide.number - 1 or _passage(slide.number, earlier) >= _PASSAGE):
            first = next(block for block in slide.blocks if not isinstance(block, (Comment, StyleBlock)))
            yield context.finding(first.span, _SAME, number=other)


def _earlier(context: Context) -> dict[int, int]:
    """For each slide with content that is the same as one before: the number of the nearest such slide."""
    alike: dict[tuple[str, ...], list[Slide]] = {}
    for slide in filter(_has_content, context.deck.slides):
        alike.setdefault(_first_words(context.source, slide), []).append(slide)
    found = {}
    for group in alike.values():
        seen: dict[str, int] = {}
        for slide in group if len(group) > 1 else ():
            own = sorted(item for item in slide.directives.items() if item[0] not in context.deck.directives)
            written = f"{own} {' '.join(context.source.slice(block.span) for block in slide.blocks)}"
            key = " ".join(written.split()) + " " * written[-1].isspace()
            if key in seen:
                found[slide.number] = seen[key]
            seen[key] = slide.number
    return found


def _first_words(source: Source, slide: Slide) -> tuple[str, ...]:
    """The first words of a slide's blocks: slides that differ in them need no closer look."""
    words: list[str] = []
    for block in slide.blocks:
        start, end = block.span
        words += source.text[start:end].split(None, _FIRST)[:_FIRST]
        if len(words) >= _FIRST:
            break
    return tuple(words[:_FIRST])


def _has_content(slide: Slide) -> bool:
    """Whether a slide has more than a title."""
    return any(not isinstance(block, (Comment, Heading, StyleBlock)) for block in slide.blocks)


def _passage(number: int, earlier: dict[int, int]) -> int:
    """How many slides in a row around this one come back in the same order; counted up to what is needed."""
    shift = number - earlier[number]
    length = 1
    for step in (1, -1):
        at = number + step
        while length < _PASSAGE and earlier.get(at) == at - shift:
            length += 1
            at += step
    return length
