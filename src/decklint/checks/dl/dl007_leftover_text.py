"""Text is left that was to be replaced.

`TODO: add a figure`, "TBD", "Lorem ipsum dolor", “待补充”, “汇报人：XXX” and the three marks of an unsettled merge (`<<<<<<<`,
`=======`, `>>>>>>>`) show the audience what the author meant to do.

The words are leftovers where they are a mark: alone, at the beginning with a colon, behind a colon, in brackets. As part of a
name or a sentence (a TODO list, work that 有待完善) they are content, and so they are on a slide about such marks, on a board of
tasks, and where work is handed out. Code and the presenter's notes are not looked at.

```deck bad 3:1-3:5 5:14-5:17 11:5-11:10
# Evaluation

TODO: add the confusion matrix

Course page: TBD

---

# Results

- **FIXME** wrong axis
```

```deck bad 3:1-3:6 5:5-5:8 7:4-7:7 9:1-9:12
# 实验结果

图片待补充

汇报人：XXX

- （待完善）

Lorem ipsum dolor sit amet
```

```deck bad 3:1-3:13
# Momentum

<<<<<<< HEAD
The velocity decays by 0.9.
=======

The velocity decays by 0.99.
>>>>>>> draft
```

```deck good
# 用 TODO 注释标记未完成的代码

- TODO：稍后要做的事
- FIXME：需要修复的错误
```

```deck good
# Project board

| To do | Doing | Done |
|---|---|---|
| TODO | review | tests |

<!-- TODO: ask a student to explain -->
```

```deck good
# A TODO app

- Build a TODO list: add, tick, delete
- `# TODO: implement` marks what you write
- 该方法仍有待完善，XXX 模型也是如此
- Lorem ipsum is a placeholder text
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from decklint.deck.deck import Slide
from decklint.deck.nodes import CodeBlock, Heading, Leaf, TableCell
from decklint.deck.walk import blocks, slide_of, title
from decklint.findings import Finding, Template
from decklint.rule import Context, rule
from decklint.text import Span

_LEFT = Template('"{words}" is left in the text', "文中遗留了“{words}”")
_MERGE = Template("a merge conflict is left unsettled", "遗留了未解决的合并冲突")

_MARK = re.compile(
    r"""(?:^|(?<=\n))[ \t]*(?:[-*•#!]+\ ?)?(?P<first>(?:TODO|FIXME|todo|fixme|Todo)(?:\(\w{1,20}\))?)
        (?=\ ?[:：]\ ?\S|[ \t]*(?:\n|$))
    |(?:^|(?<=\n))[ \t]*(?P<plain>FIXME|TODO)(?=\ [a-z]+\ [a-z]+)
    |(?<=[(（\[【])(?P<bracketed>(?:TODO|FIXME|TBD|TBA|待补充?|待完善|待更新)(?:\ ?[:：]\ ?[^)）\]】\n]{1,60})?)(?=[)）\]】])
    |(?:^|(?<=\n)|(?<=[:：]))[ \t]*(?P<whole>TBD|TBA|待补充|待完善)(?=[。.…!！]{0,3}[ \t]*(?:\n|$))
    |(?:^|(?<=\n)|(?<=[:：]))[ \t]*(?P<noun>
        (?:内容|此处|这里|本节|本页|此页|图片?|配图|截图|示例|例子|案例|代码|数据|答案|链接|文字|说明|解析|参考文献|细节)
        待(?:补充?|完善|添加))(?=[。.…!！]{0,3}[ \t]*(?:\n|$))
    |(?<![A-Za-z\u4e00-\u9fff])(?:
        (?:汇报人|报告人|主讲人?|演讲者|(?i:presenter|speaker))\ ?[:：]\ ?(?P<speaker>[Xx]{3,})
        |(?:作者|姓名|学号|导师|邮箱|日期|(?i:author|name|date|e-?mail))\ ?[:：]\ ?(?P<author>[Xx]{3,}))(?=\s|$)
    |(?P<lorem>[Ll]orem\ ipsum(?=\ dolor)|^Lorem\ ipsum[.…]*$)""",
    re.VERBOSE,
)
_HINTS = ("todo", "fixme", "tbd", "tba", "待", "xxx", "orem ipsum")
_ABOUT = re.compile(
    r"to-?\s?dos?\b|fixme|kanban|scrum|agile|backlog|tasks?\b|homework|assignment|exercise|\blabs?\b|next steps?"
    r"|comment|annotation|placeholder|看板|敏捷|任务|作业|练习|实验要求|下一步|计划|注释|待办|标记|占位",
    re.IGNORECASE,
)
_STATUS = re.compile(r"^(?:to-?\s?do|doing|done|in progress|review|backlog|进行中|已完成|完成|待办|未开始)\b", re.IGNORECASE)
_MARKED = re.compile(r"(?:TODO|FIXME|XXX|HACK|NOTE)\b")
_MERGE_MARK = re.compile(r"^(?:(<)<{6}(?: .*)?|(=)={6}|(>)>{6}(?: .*)?)$", re.MULTILINE)


@rule("DL007", "leftover-text", severity="warning", since="0.1", zh="文中遗留了待替换的文字。")
def check(context: Context) -> Iterator[Finding]:
    subjects: dict[int, _Subject] = {}
    for leaf in context.prose.containing(_HINTS):
        raw = leaf.raw.lower()
        if not any(hint in raw for hint in _HINTS):
            continue  # markup stands inside
        for match in _MARK.finditer(leaf.view.text):
            kind = match.lastgroup or ""
            slide = slide_of(leaf)
            if kind == "author" and slide.number > 1:
                continue  # how work is to be handed in
            if kind in ("first", "plain") or match[kind].startswith(("TODO", "FIXME")):
                subject = subjects.get(slide.number) or subjects.setdefault(slide.number, _subject(slide))
                if _is_content(leaf, match[kind][:4].lower(), slide, subject):
                    continue
            yield context.finding(leaf.view.span(*match.span(kind)), _LEFT, words=match[kind])
    if "<<<<<<<" in context.source.text:
        yield from _conflicts(context)


class _Subject(NamedTuple):
    """What a slide with marks is about."""

    is_about: bool
    """Whether its title speaks of marks, boards or work that is handed out."""
    starts: frozenset[tuple[bool, str]]
    """The marks (their first four letters) and states of work that its texts begin with; whether in a table."""


def _subject(slide: Slide) -> _Subject:
    starts = set()
    for block in blocks(slide):
        text = block.view.text.strip()[:40] if isinstance(block, Leaf) else ""
        if _MARKED.match(text):
            starts.add((isinstance(block, TableCell), text[:4].lower()))
        elif (status := _STATUS.match(text)) and len(text) < 40:
            state = "todo" if status[0].lower().startswith("to") else "state"
            starts.add((isinstance(block, TableCell), state))
    heading = next((block for block in blocks(slide) if isinstance(block, Heading)), None)
    is_mark = heading is not None and _MARK.match(heading.view.text) is not None
    return _Subject(not is_mark and _ABOUT.search(title(slide)) is not None, frozenset(starts))


def _is_content(leaf: Leaf, mark: str, slide: Slide, subject: _Subject) -> bool:
    """Whether a mark is what its slide is about: marks themselves, a board of tasks, work that is handed out."""
    if isinstance(leaf, Heading) and any(block is not leaf for block in slide.blocks):
        return True  # the title of a list of things to do
    if subject.is_about:
        return True
    return any(other != mark for in_table, other in subject.starts if in_table == isinstance(leaf, TableCell))


def _conflicts(context: Context) -> Iterator[Finding]:
    """The first line of each conflict: all three marks in their order, none of them in code."""
    code = [block.span for block in context.of_type(CodeBlock)]
    opening: Span | None = None
    marks = ""
    for match in _MERGE_MARK.finditer(context.source.text):
        span, mark = Span(*match.span()), match[match.lastindex or 1]
        if any(block.overlaps(span) for block in code):
            continue
        if mark == "<":
            opening, marks = span, mark
        elif opening is not None and (marks, mark) in (("<", "="), ("<=", ">")):
            marks += mark
            if mark == ">":
                yield context.finding(opening, _MERGE)
                opening = None
