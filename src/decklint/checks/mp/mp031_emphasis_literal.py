"""Bold text next to Chinese punctuation shows its asterisks.

`**注意：**正文` is not bold in Marp: asterisks that follow a punctuation mark end no emphasis when a letter or a Han character
comes right behind them, and the audience sees `**`. The same happens with brackets, quotation marks, a percent sign, code and
formulas at the edge of the bold text, with a blank just inside the asterisks, and with `__` between Han characters.

The fix changes as little as can be seen: it moves the punctuation mark, or the pair of brackets around the whole text, out of
the bold; where that is not possible it puts a space beside the asterisks.

```deck bad 3:1-3:8 5:3-5:13 7:5-7:12
# 注意力

**注意：**权重之和为一。

所谓**“自注意力”**就是对自己的注意力。

准确率为**95%**以上。
```

```deck fixed
# 注意力

**注意**：权重之和为一。

所谓“**自注意力**”就是对自己的注意力。

准确率为**95%** 以上。
```

```deck bad 3:1-3:10
# Training

**Note:**the loss must fall.
```

```deck good
# 这些都显示为粗体

**重点**：内容，**注意：** 正文，（**强**）的，**结束。**

**零宽空格：​**有人用它解决了问题，`**代码：**不看`，$a**(b)**c$ 也不看。
```

```deck good
# Powers and wild cards

2 ** 3 is 8, (a)**(b)**2 is a power, and the pattern src/*/(main)*x.py matches files * of all kinds * here.
```
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from decklint.deck.nodes import Heading, Leaf, Styled
from decklint.deck.walk import of_type
from decklint.deck.written import written
from decklint.findings import Edit, Effect, Finding, Template
from decklint.lang import HAN
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_LITERAL = Template('"{marks}" is shown as text: this is not emphasised', "“{marks}”会原样显示：这里没有被强调")
_MOVE = Template('move "{mark}" out of the emphasis', "把“{mark}”移到强调之外")
_SPACE = Template("put a space beside the asterisks", "在星号旁加空格")
_TRIM = Template("take the blanks inside the asterisks out", "去掉星号内侧的空格")
_ASTERISKS = Template('write "**" for "__"', "把“__”改为“**”")
_RUN = re.compile(r"(?<!\*)\*{1,3}(?!\*)")
_UNDERSCORES = re.compile(rf"(?:(?<=[{HAN}])__(?=[{HAN}])|^[ \t]*(__)(?=[{HAN}]))[^_\n]*?(?<=[{HAN}])__(?=[{HAN}])", re.MULTILINE)
_WORD = re.compile(rf"[{HAN}\u3041-\u30ff\uac00-\ud7af]|[^\W\d_]{{2}}")
_EASTERN = re.compile(rf"[{HAN}\u3041-\u30ff\uac00-\ud7af]")
_CODE_LIKE = re.compile(r"[=;*/\\{}<>|]|\+\+|->")
_MOVABLE = "，。：；！？、…—,:;.!?"
_PAIRS = {
    "（": "）",
    "(": ")",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "【": "】",
    "〈": "〉",
    "[": "]",
    '"': '"',
}


@rule("MP031", "emphasis-literal", severity="warning", since="0.1", zh="紧挨中文标点的粗体会把星号原样显示出来。")
def check(context: Context) -> Iterator[Finding]:
    for leaf in _suspects(context):
        source = context.source.slice(leaf.span)
        done = {node.span for node in of_type(leaf, Styled)}
        for start, end, width in _meant(written(leaf, context.source)):
            span = Span(leaf.span.start + start, leaf.span.start + end)
            cure = None if span in done else _cure(source, start, end, width)
            if cure is None:
                continue
            title, better, mark = cure
            effects = (Effect.TEXT, Effect.SPACING, *((Effect.ANCHORS,) if isinstance(leaf, Heading) else ()))
            fix = unsafe_fix(title, Edit(span, better), effects=effects, mark=mark)
            yield context.finding(span, _LITERAL, fix=fix, marks=source[start : start + width])


def _suspects(context: Context) -> Iterable[Leaf]:
    """The leaves that show such a mark, or may show it in what looks like an address and is blotted out of their visible text."""
    addresses = (leaf for leaf in context.prose.with_addresses() if "*" in leaf.raw)
    return dict.fromkeys((*context.prose.containing(("*", "__")), *addresses))


def _meant(text: str) -> Iterator[tuple[int, int, int]]:
    """The emphases that the author meant: delimiters of one length paired from left to right on each line."""
    at = 0
    for line in text.splitlines(keepends=True):
        runs = [(at + match.start(), len(match[0])) for match in _RUN.finditer(line)]
        for width in (1, 2, 3):
            places = [place for place, length in runs if length == width]
            if len(places) % 2 == 0:
                yield from ((left, right + width, width) for left, right in zip(places[::2], places[1::2], strict=True))
        at += len(line)
    for match in _UNDERSCORES.finditer(text):
        yield match.start() + match[0].index("_"), match.end(), 2


def _cure(text: str, start: int, end: int, width: int) -> tuple[Template, str, str] | None:
    """What to write for the emphasis at `start` to `end`; None where nothing is wrong with it, or where it may be none."""
    marks, content = text[start : start + width], text[start + width : end - width]
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if marks[0] == "_":
        return _ASTERISKS, f"**{content}**", ""
    trimmed = content.strip(" \t")
    if not trimmed or not _is_prose(trimmed, before, behind, width):
        return None
    if trimmed != content and not _EASTERN.search(trimmed):  # 2 ** n ** 3
        return None
    opens, closes = _flanks(trimmed[0], before), _flanks(trimmed[-1], behind)
    if opens and closes:
        left = " " * (trimmed[0] != content[0] and not _is_blank(before))
        right = " " * (trimmed[-1] != content[-1] and not _is_blank(behind))
        return None if trimmed == content else (_TRIM, f"{left}{marks}{trimmed}{marks}{right}", "")
    moved = _moved(trimmed, marks, opens, behind)
    spaced = "".join(("" if opens else " ", marks, trimmed, marks, "" if closes else " "))
    return moved or (_SPACE, spaced, "")


def _moved(content: str, marks: str, opens: bool, behind: str) -> tuple[Template, str, str] | None:
    """The punctuation at the edge moved out of the emphasis, if it can be."""
    first, inner, last = content[0], content[1:-1], content[-1]
    if inner and _PAIRS.get(first) == last and first not in inner and last not in inner:
        return (_MOVE, f"{first}{marks}{inner}{marks}{last}", first + last) if inner.strip() == inner else None
    stem = content.rstrip(_MOVABLE)
    tail = content[len(stem) :]
    if opens and tail and stem and not _is_blank(stem[-1]) and not (tail.isascii() and behind.isascii()):
        return _MOVE, f"{marks}{stem}{marks}{tail}", tail
    return None


def _is_prose(content: str, before: str, behind: str, width: int) -> bool:
    """Whether asterisks around this are meant as emphasis, and are no operators or wild cards."""
    eastern = _EASTERN.search(content)
    if width == 1:
        return bool(eastern) and not _CODE_LIKE.search(content)
    if not _WORD.search(content):  # a number or a formula: only in an Eastern sentence
        return bool(re.search(r"[\d`$]", content)) and bool(_EASTERN.search(before + behind))
    return (
        bool(eastern) or " " in content or not (before.isascii() and before.isalnum() and behind.isascii() and behind.isalnum())
    )


def _flanks(inside: str, outside: str) -> bool:
    """Whether delimiters between these two characters can open or close an emphasis (CommonMark, as markdown-it 14 reads it)."""
    return not _is_blank(inside) and (not _is_mark(inside) or _is_blank(outside) or _is_mark(outside))


def _is_blank(char: str) -> bool:
    return not char or char in "\t\n\v\f\r" or unicodedata.category(char) == "Zs"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
