"""A line looks like a slide break and is none: the dashes are the wrong ones, or a blank is.

Only plain hyphens make a slide break. Editors that "mend" dashes and Chinese input methods turn `---` into `—-`, `—--`, `–––` or
`－－－`; a full-width blank behind `---` cannot even be seen. Marp shows the dashes as text, and two slides run into one.

A line of nothing but long dashes may be an ornament; it is reported only where a title or a directive follows. The fix writes
`---`, with a blank line above.

```deck bad 5:1-5:4
# Training

Loss falls for ten epochs.

—--

# Evaluation
```

```deck fixed
# Training

Loss falls for ten epochs.

---

# Evaluation
```

```deck bad 4:1-4:4
# 数据清洗

去除重复的样本。
－－－

# 数据标注
```

```deck fixed
# 数据清洗

去除重复的样本。

---

# 数据标注
```

```deck good
# An ornament

– – –

———

The proof goes on here.
```

```deck good
# 对话

——

# 两个字宽的是破折号
```
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from decklint.deck.deck import Slide
from decklint.deck.nodes import Block, Comment, Heading, LineBreak, Paragraph, Strong
from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_DASHES = Template('"{dashes}" is no slide break: Marp shows it as text', "“{dashes}”不是分页线：Marp 会把它当作文字显示")
_BLANK = Template(
    '"{dashes}" is no slide break: a blank beside it is no plain one', "“{dashes}”不是分页线：旁边的空白不是普通空格"
)
_FIX = Template('write "---"', "改为“---”")

_WIDE = "\u2010-\u2015\u2212\u2500\u2501\ufe58\ufe63\uff0d"  # hyphens, dashes, minus, box drawings, small and full-width forms
_LINE = re.compile(rf"[ \t]*([-{_WIDE}]{{2,10}})[ \t]*")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"  # no blanks to Python
_ALONE = re.compile(  # behind the end of a line, which is found faster than the beginning of one
    rf"\n(?:(?!\n)[\s{_UNSEEN}])*([-{_WIDE}]{{2,10}})(?![-{_WIDE}])(?=(?:(?!\n)[\s{_UNSEEN}])*(?:\n|\Z))"
)


@rule("MP013", "look-alike-break", severity="warning", since="0.1", zh="看起来像分页线，其实不是。")
def check(context: Context) -> Iterator[Finding]:
    for paragraph in _suspects(context):
        slide = paragraph.parent
        if isinstance(slide, Slide):
            number = slide.blocks.index(paragraph)
            following = next(iter(slide.blocks[number + 1 :]), None)
            yield from _in_paragraph(context, paragraph, between=bool(number) and _begins_slide(following))


def _suspects(context: Context) -> Iterable[Paragraph]:
    """The paragraphs with a line of nothing but dashes."""
    paragraphs = context.of_type(Paragraph)
    starts = [paragraph.span.start for paragraph in paragraphs]
    lines = (match.start(1) - 1 for match in _ALONE.finditer(f"\n{context.source.text}"))
    around = [(paragraphs[at], line) for line in lines if (at := bisect_right(starts, line) - 1) >= 0]
    return dict.fromkeys(paragraph for paragraph, line in around if line < paragraph.span.end)


def _in_paragraph(context: Context, paragraph: Paragraph, *, between: bool) -> Iterator[Finding]:
    source = context.source
    first, last = source.line(paragraph.span.start), source.line(paragraph.span.end)
    for number in range(first, last + 1):
        line = source.line_span(number)
        written = source.slice(line)
        dashes = written.strip().strip(_UNSEEN).strip()
        if not _LINE.fullmatch(dashes):
            continue
        if re.fullmatch("-{3,10}", dashes):
            template = _BLANK
        elif _LINE.fullmatch(written) and _stands_for_a_break(dashes, between=number == last and (between or number > first)):
            template = _DASHES
        else:
            continue
        start = line.start + written.index(dashes)
        above = "\n" if number > 1 and source.slice(source.line_span(number - 1)).strip() else ""
        fix = unsafe_fix(_FIX, Edit(line, f"{above}---"), effects=(Effect.TEXT, Effect.SLIDES, Effect.DIRECTIVES))
        yield context.finding(Span(start, start + len(dashes)), template, fix=fix, dashes=dashes)


def _stands_for_a_break(dashes: str, *, between: bool) -> bool:
    """Whether dashes of mixed kinds, or long ones between a text and a title, were meant as a slide break."""
    if dashes.strip("-") == "":
        return False
    return "-" in dashes or (between and len(dashes) > 2)


def _begins_slide(block: Block | Comment | None) -> bool:
    """A heading, a line wholly in bold, or a directive."""
    if isinstance(block, Comment):
        return block.kind == "directive"
    if isinstance(block, Paragraph):
        inlines = block.inlines
        return bool(inlines) and isinstance(inlines[0], Strong) and (len(inlines) == 1 or isinstance(inlines[1], LineBreak))
    return isinstance(block, Heading)
