"""A figure, table, section or slide is referred to and does not exist.

"As Figure 4 shows" sends the audience looking where there are three figures: one was removed, or the numbers moved.

Figures and tables are judged only where the deck numbers its own (captions like "图1：" or "Table 2.", from 1 on), sections only
where its headings are numbered from 1 on, and slides only where the number lies beyond the last. What may stand elsewhere is left
alone: in a textbook, a paper, another lecture, behind a link.

```deck bad 3:2-3:5 3:6-3:9
# 结果

如图 4和表 3 所示，误差在第二轮后下降。

图1：数据

图2：模型

图3：结果

表1：设置

表 2 误差
```

```deck bad 8:8-8:16 8:28-8:37 8:42-8:50
# 1. Data

# 2. Model

# 3. Training

![](a.png) **Figure 1.** Data
See in Figure 5 and, as in Section 7, on slide 30.

![](b.png)
*Fig. 2: Model*
```

```deck good
# 第1节 数据

见教材第5章，以及论文的图 7；第8节见下一讲。请看图3个例子，再看第 300 页的习题，共2页。

# 第2节 模型

图1：数据，如图2a 所示

图2：模型，代表9种，改编自 Miller 等人的表 9

# 第3节 训练

As [their Figure 5](https://example.com) shows; Miller et al. (2018, Table 4); see Section 9 of the paper. Slide 2 of 9.
```

```deck good
# Without numbers of its own

Figure 12 and Table 3 show it, see Section 4. 如图5-1所示，见第4节。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from decklint.deck.nodes import Heading, HtmlBlock, Image, Leaf, Link, List
from decklint.deck.outline import number_of
from decklint.deck.textview import OPAQUE, fold
from decklint.findings import Finding, Template
from decklint.lang import HAN
from decklint.rule import Context, rule

_NONE = Template('there is no "{written}" in this deck; it numbers {listed}', "本稿没有“{written}”，已有的编号是 {listed}")
_NO_SLIDE = Template("there is no slide {number}; the deck has {count}", "没有第 {number} 页，本稿共 {count} 页")

_NUMBER = r"(?P<number>\d{1,3}(?:[-–.]\d{1,2})?)(?![-–.]?\d)"
_DIGIT = re.compile(r"\d")
_KINDS = {"图": "figure", "表": "table", "fig": "figure", "tab": "table"}
_LABEL = (
    rf"(?P<kind>(?<![{HAN}])[图表]|(?<=[如见和与、在由从及或到据看参照于])[图表]|"
    rf"\b(?i:figures?|figs?\.?|tables?|tabs?\.))\s?{_NUMBER}"
)
_CAPTION = re.compile(
    rf"^[\s{OPAQUE}]*{_LABEL}[a-z]?(?:\s?[:：.．、,|—–-]|\s+(?=[{HAN}A-Z“\"(（]))(?!\s*[展显给是为所中说表描列比对])",
    re.MULTILINE,
)
_REFERRED = re.compile(rf"{_LABEL}(?!\s?[%％个種种张条行列项次幅年月维层元倍件本])(?![A-Za-z]{{2}})")
_ANYWHERE = re.compile(
    r"(?P<kind>[图表]|fig(?:ure)?s?\.?|tab(?:le)?s?\.?)[\s_-]?(?P<number>\d{1,3}(?:[-.]\d{1,2})?)", re.IGNORECASE
)
_LABELLED = re.compile(r"[图表FfTt](?:(?<=[图表])|(?i:igures?|igs?\.?|ables?|abs?\.))\s?\d")
_COUNTED = re.compile(r"[Ss第](?:(?<=第)\s?|(?<=[Ss])(?:ection|lides?)\s)\d")
_SECTION = re.compile(r"(?:\b[Ss]ection\s(?P<en>\d{1,2}(?:\.\d{1,2})?)(?!\.?\d)|第\s?(?P<zh>\d{1,2})\s?节)")
_SLIDE = re.compile(
    r"\b[Ss]lides?\s(?P<en>\d{1,4})(?!\.?\d|[-/]|\sof\b)|第\s?(?P<zh>\d{1,4})\s?[页张]\s?(?:幻灯片|PPT|课件)|"
    r"(?:回到|跳到|跳转到|返回|回顾|前面|上文)第\s?(?P<back>\d{1,4})\s?[页张]"
)
_ELSEWHERE = re.compile(
    r"教材|课本|教科书|[论原]文|原[图表]|文献|手册|讲义|报告|《|来源|来自|引自|摘自|出自|改编|作者|第\s?[\d一二三四五六七八九十]+\s?[章版讲课]|"
    r"下[一次节]|后续|[上前]一?[讲次]|等人|\[\d|\b(?:et al|papers?|textbook|book|chapter|appendix|supplement\w*|lectures?|"
    r"their|adapted|source|courtesy|credits?|from|reports?|manual|handout|his|her|next|ch\.|arxiv|of the|original)\b|"
    r"\b(?:19|20)\d\d\b"
)
_FEWEST = {"figure": 2, "table": 2, "section": 3}


@rule("CN003", "reference-dangling", severity="warning", since="0.1", zh="引用的图、表、章节或页不存在。")
def check(context: Context) -> Iterator[Finding]:
    labelled, counted = (list(context.prose.holding(pattern)) for pattern in (_LABELLED, _COUNTED))
    numbered = _captions(context, labelled) if labelled else {}
    numbered["section"] = _sections(context) if counted else set()
    known = {kind for kind, numbers in numbered.items() if _is_own(numbers, _FEWEST[kind])}
    named = _named_anywhere(context) if known & {"figure", "table"} else set()
    for leaf in dict.fromkeys((*labelled, *counted) if known else counted):
        for kind, number, start, end in sorted(_referred(leaf), key=lambda found: found[2]):
            is_slide = kind == "slide" and int(number) > len(context.deck.slides)
            is_missing = kind in known and (kind, number) not in named and _is_missing(number, numbered[kind])
            if not (is_slide or is_missing) or _is_elsewhere(leaf):
                continue
            written = leaf.view.text[start:end]
            span = leaf.view.span(start, end)
            if is_slide:
                yield context.finding(span, _NO_SLIDE, number=number, count=len(context.deck.slides))
            else:
                yield context.finding(span, _NONE, written=written, listed=_listed(numbered[kind], number))


def _referred(leaf: Leaf) -> Iterator[tuple[str, str, int, int]]:
    """What a block refers to: kind, number, place. A caption refers to nothing, nor does a heading to a section."""
    text = leaf.view.text
    captions = {match.start("number") for match in _CAPTION.finditer(text)}
    for match in _REFERRED.finditer(text):
        if match.start("number") not in captions:
            yield *_label(match), match.start("kind"), match.end("number")
    for match in _SECTION.finditer(text) if not isinstance(leaf, Heading) else ():
        yield "section", match["en"] or match["zh"], *match.span()
    for match in _SLIDE.finditer(text):
        yield "slide", match["en"] or match["zh"] or match["back"], *match.span()


def _label(match: re.Match[str]) -> tuple[str, str]:
    """Kind and number, whatever the width of its digits and dashes."""
    return _KINDS[match["kind"][:3].lower()], fold(match["number"])


def _captions(context: Context, labelled: Iterable[Leaf]) -> dict[str, set[str]]:
    """The numbers of the deck's own captions by kind: where a line of text, or of HTML, begins with one."""
    texts = [leaf.view.text for leaf in labelled if _DIGIT.search(leaf.raw)]
    texts += [re.sub(r"<[^<>]*>", "\n", block.value) for block in context.of_type(HtmlBlock)]
    found: dict[str, set[str]] = {"figure": set(), "table": set()}
    for text in texts:
        for match in _CAPTION.finditer(text):
            kind, number = _label(match)
            found[kind].add(number)
    return found


def _named_anywhere(context: Context) -> set[tuple[str, str]]:
    """Figures and tables that pictures and HTML name: they may be what is meant."""
    texts = [f"{image.alt} {image.title} {image.url}" for image in context.of_type(Image)]
    texts += [block.value for block in context.of_type(HtmlBlock)]
    return {_label(match) for text in texts for match in _ANYWHERE.finditer(text)}


def _sections(context: Context) -> set[str]:
    """The numbers of headings, and of every ordered list: what an agenda announces exists somewhere."""
    numbers = [number_of(heading.view.text) for heading in context.of_type(Heading)]
    found = {".".join(map(str, n.parts)) for n in numbers if n is not None and n.family in ("count", "section", "第节")}
    if not _is_own(found, _FEWEST["section"]):
        return set()
    longest = max((len(block.items) for block in context.of_type(List) if block.ordered), default=0)
    return found | {str(number) for number in range(1, longest + 1)}


def _is_own(numbers: set[str], fewest: int) -> bool:
    """Whether a deck counts for itself: from 1 on, or as 5.1, 5.2 within one chapter."""
    return len(numbers) >= fewest and any(re.fullmatch(r"(?:\d+[-.])?1", number) for number in numbers)


def _is_missing(number: str, numbers: set[str]) -> bool:
    """A number that is not there, though others of its chapter are."""
    above = _above(number)
    return number not in numbers and f"{above}1" in numbers


def _above(number: str) -> str:
    return number[: max(number.rfind("-"), number.rfind(".")) + 1]


def _listed(numbers: Iterable[str], like: str) -> str:
    """`1–3` for 1, 2 and 3 of the same chapter."""
    above = _above(like)
    lasts = sorted(int(number[len(above) :]) for number in numbers if _above(number) == above)
    whole = lasts == list(range(1, len(lasts) + 1))
    return f"{above}{lasts[0]}–{above}{lasts[-1]}" if whole and len(lasts) > 1 else ", ".join(f"{above}{last}" for last in lasts)


def _is_elsewhere(leaf: Leaf) -> bool:
    """Whether what a block refers to may stand outside the deck."""
    return not _DIGIT.search(leaf.raw) or _ELSEWHERE.search(leaf.view.folded) is not None or _has_link(leaf)


def _has_link(leaf: Leaf) -> bool:
    return "](" in leaf.raw and any(isinstance(node, Link) for node in leaf.inlines)
