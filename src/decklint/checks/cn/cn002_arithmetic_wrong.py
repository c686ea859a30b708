r"""Numbers on a slide do not add up.

Sums and products that are written out (`12 × 64 = 786`), totals under or beside a table, changes ("from 200 to 50, a 70%
reduction"; what becomes four times as much has risen by three times, not "提高了4倍"), and shares of a split.

Rounding, scales, units, integer division and other readings are considered; where one of them is right, nothing is said. Code
is never read, formulas only where they are plain arithmetic, and nothing on slides that speak of errors.

```deck bad 3:22-3:25 3:61-3:66
# 维度

多头注意力：12 个头 × 64 维 = 786 维，而 $\frac{61}{2}\times(1/64+1/62)=0.984$。
```

```deck bad 7:14-7:16 7:19-7:22
# 数据

| 来源 | 文件 | 大小 | 合计 |
| --- | --- | --- | --- |
| 网页 | 120 | 30 | 150 |
| 书籍 | 40 | 25 | 65 |
| 合计 | 160 | 56 | 215 |
```

```deck bad 3:16-3:22 3:38-3:43 5:13-5:24
# 变化

延迟从200毫秒降到50毫秒，降低了70%。显存从10GB增加到40GB，增加了4倍。

We split it 80%/10%/20% into train, validation and test.
```

```deck good
# Right, or another reading

640 × 480 × 3 × 1000 + 1000 = 922M, 24M x 4 bytes ~= 93MB, 8.314 / 18 = 0.4615, 7 / 2 = 3, 255 + 1 = 0, n + 3 × 4 = 20

从100提高到400，提高到4倍。从100提高到400，提高了3倍。层数从2层增加到4层，提高了5%。`3 + 4 = 8`
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from decklint.deck.deck import Slide
from decklint.deck.nodes import Block, InlineMath, Leaf, MathBlock, Node, Table, TableCell, TableRow
from decklint.deck.textview import OPAQUE
from decklint.deck.walk import ancestors, blocks, slide_of
from decklint.facts.arithmetic import NUMBER, Expression, equations
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_EQUATION = Template('"{expression}" is {right}, not {written}', "“{expression}”等于 {right}，而不是 {written}")
_TOTAL = Template("the total is {written}, the numbers add up to {right}", "合计写作 {written}，各项之和是 {right}")
_CHANGE = Template('from {before} to {after} is {right}, not "{written}"', "从 {before} 到 {after} 是 {right}，而不是“{written}”")
_SHARES = Template('the shares "{written}" add up to {right}%', "各部分“{written}”之和是 {right}%")
_HINT = Template("check the numbers", "核对数字")

_NO_CLAIM = re.compile(  # slides with errors on purpose, with questions, or with an arithmetic of their own
    r"错误(?!率)|有误|误区|算错|出错|答错|幻觉|谎|≠|选择题|判断题|下列|哪|练习|(?:[答出]|answers?|outputs?|responses?)\s?[:：]|^\s*[(（]?[a-e][.、)）]|"
    r"取模|模\s?\d|[同取求]余|余数|进制|溢出|补码|异或|布尔|字符串|拼接|\b(?:mod(?:ulo)?|in binary|hex|xor|overflow|concat\w*|"
    r"bits?|strings?|wrong|incorrect\w*|mistakes?|false|hallucinat\w+|fail\w*|lies?|quiz|which of|exercises?)\b"
)
_TEX = (
    (re.compile(r"\\(?:times|cdot|ast)(?![a-zA-Z])"), "×"),
    (re.compile(r"\\(?:approx|simeq|sim)(?![a-zA-Z])"), "≈"),
    (re.compile(r"\\(?:left|right|q?quad)(?![a-zA-Z])|\\[,;:! ]|&|~"), " "),
    (re.compile(r"\^\{(\d{1,2})\}"), r"^\1"),
    (re.compile(r"\\[a-zA-Z]+|\\\\|[\\{}\n]"), OPAQUE),
)
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_DIGIT = re.compile(r"\d")
_SIGNS = ("=", "≈", "%", "％", "倍", "from ")  # of equations, of shares and changes
_COMPARES = re.compile("[%％倍]|from ")
_EQUATES = re.compile(r"[=≈]|\\(?:approx|sim)")
_TOTAL_WORDS = ("合计", "总计", "共计", "总和", "total", "sum")
_TOTAL_LABEL = re.compile(r"(?:合计|总计|共计|总和|totals?|sum|grand total)\s*[:：]?")
_PART_LABEL = re.compile(r"小计|其中|subtotal|of which|including|…|\.\.\.")
_NO_SUM = re.compile(
    r"年|编号|序号|率|均|单价|[占对]比|\b(?:id|years?|rank|rates?|mean|average|avg|scores?|price|ratio|accuracy)\b"
)
_CELL = re.compile(r"\s*[$¥€£]?\s?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s?([%a-z万亿]{0,8})\s*")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+(?![？?])")
_VERB = "提高|提升|增加|增长|上升|上涨|扩大|增|升|涨|减少|降低|下降|缩短|缩小|压缩|减|降|跌"
_TIME = re.compile(r"\s?(?:毫秒|秒|分钟?|小时|天|周|个?月|年|m?s|min|h)")
_CHANGED = re.compile(
    rf"[从由]\s?(?P<before>{NUMBER})(?P<unit>\s?[^\s\d，。,]{{0,8}}?)\s?(?P<verb>{_VERB})(?:到|至|为|成)了?\s?(?P<after>{NUMBER})"
    rf"(?P<same>\s?[^\s\d，。,（(]{{0,8}}?)[，,（(\s]{{0,2}}(?:即|也就是|共|整整)?(?P<told>(?P<kind>{_VERB})(?P<strict>了)?\s?"
    r"(?P<stated>\d+(?:\.\d+)?)\s?(?P<of>[%％倍]))(?=\s?[，。,；;）)]|\s*$)"
)
_CHANGED_EN = re.compile(
    rf"\bfrom [$€£]?(?P<before>{NUMBER})(?P<unit>\s?[a-zµ]{{0,12}}?)\sto [$€£]?(?P<after>{NUMBER})(?P<same>\s?[a-zµ]{{0,12}}?)"
    r",?\s?[(—–]?\s?(?:i\.e\.,? |that is |or )?(?:an? )?(?:(?:reduction|decrease|drop|increase|growth|rise) of )?"
    r"(?P<told>(?P<stated>\d+(?:\.\d+)?)\s?(?P<of>%|percent|x|times)"
    r"(?:\s(?:reduction|decrease|drop|increase|growth|faster|slower|lower|higher|more|less|fewer))?)(?=\s?[.,;)]|\s*$)"
)
_SPEED = re.compile(r"速|快|慢|效率|吞吐|fast|slow|speed|through")
_SPLIT = tuple(map(re.compile, ("训练|train", "测试|test", "划分|拆分|分成|分为|split|divide")))
_WHOLE = re.compile(r"(?:合计|总计|共计|add up to|sum to)\s?100\s?[%％]")
_WITHIN = re.compile(r"其中|of which|of the|each|分别在")
_SHARE = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d+)?)\s?[%％]")
_Told = tuple[Template, dict[str, Any], int, int]


@rule("CN002", "arithmetic-wrong", severity="warning", since="0.1", zh="幻灯片上的数字算得不对。")
def check(context: Context) -> Iterator[Finding]:
    found: dict[Slide, list[Finding]] = {}
    for node in _suspects(context):
        if findings := list(_judged(context, node)):
            found.setdefault(slide_of(node), []).extend(findings)
    for slide, findings in found.items():
        if not any(_NO_CLAIM.search(leaf.view.folded) for leaf in blocks(slide) if isinstance(leaf, Leaf)):
            yield from findings


def _suspects(context: Context) -> Iterator[Node]:
    """The leaves, formulas and tables with a sign or a word that what is judged cannot do without."""
    for leaf in context.prose.containing(_SIGNS):
        if "~~" not in leaf.raw and _DIGIT.search(leaf.raw):
            yield leaf
    formulas: tuple[InlineMath | MathBlock, ...] = (*context.of_type(InlineMath), *context.of_type(MathBlock))
    for formula in formulas:
        if _DIGIT.search(formula.value) and _EQUATES.search(formula.value):
            yield formula
    labels = (leaf for leaf in context.prose.containing(_TOTAL_WORDS) if isinstance(leaf, TableCell))
    yield from dict.fromkeys(node for label in labels for node in ancestors(label) if isinstance(node, Table))


def _judged(context: Context, node: Node) -> Iterator[Finding]:
    if isinstance(node, Leaf):
        yield from _in_leaf(context, node)
    elif isinstance(node, (InlineMath, MathBlock)):
        yield from _in_math(context, node)
    elif isinstance(node, Table):
        for cell, right in _totals(node):
            yield context.finding(cell.span, _TOTAL, fix=hint(_HINT), written=cell.view.text.strip(), right=_shown(right))


def _in_leaf(context: Context, leaf: Leaf) -> Iterator[Finding]:
    view, text = leaf.view, leaf.view.folded
    for first, start, end, right in equations(text):
        if not re.search(r"<su[bp]>|\d\*+\d", context.source.slice(view.span(first, end))):
            yield _equation(context, view.span(start, end), view.text[first:end], view.text[start:end], right)
    if not _COMPARES.search(text):
        return
    for sentence in _SENTENCE.finditer(text):
        for template, values, start, end in (*_changes(sentence[0]), *_shares(sentence[0])):
            span = view.span(sentence.start() + start, sentence.start() + end)
            yield context.finding(span, template, fix=hint(_HINT), written=context.source.slice(span), **values)


def _in_math(context: Context, formula: InlineMath | MathBlock) -> Iterator[Finding]:
    text = formula.value.replace("-", "−").replace("\\%", "%")
    for _ in range(3):  # from the innermost
        text = _FRACTION.sub(r"((\1)/(\2))", text)
    for pattern, sign in _TEX:
        text = pattern.sub(sign, text)
    for first, start, end, right in equations(text.lower()):
        written = text[start:end]
        at = context.source.text.find(written, *formula.span)
        once = context.source.slice(formula.span).count(written) == 1
        if not re.search("[a-z]", text[first:end]):
            yield _equation(context, Span(at, at + len(written)) if once else formula.span, text[first:end], written, right)


def _equation(context: Context, span: Span, equation: str, written: str, right: float) -> Finding:
    expression = re.split("[=≈]|~=", equation)[0].strip()
    return context.finding(span, _EQUATION, fix=hint(_HINT), expression=expression, written=written, right=_shown(right))


def _shown(value: float) -> str:
    return f"{value:,.6g}" if value % 1 or abs(value) >= 1e15 else f"{value:,.0f}"


def _totals(table: Table) -> Iterator[tuple[Leaf, float]]:
    """Cells of the row or column of totals that differ from the sum, where most of it is right or it is nearly right."""
    rows = [row.blocks for row in table.blocks if isinstance(row, TableRow)]
    for lines in (rows, [list(column) for column in zip(*rows, strict=False)]):
        labels = [line[0].view.folded.strip() if line and isinstance(line[0], Leaf) else "" for line in lines]
        at = [i for i, label in enumerate(labels) if _TOTAL_LABEL.fullmatch(label)]
        if len(at) != 1 or _PART_LABEL.search("\n".join(labels)):
            continue
        parts = lines[1 : at[0]] or lines[at[0] + 1 :]
        sums = [_summed([line[j] for line in parts], lines[at[0]][j], lines[0][j]) for j in range(1, min(map(len, lines)))]
        judged = [found for found in sums if found is not None]
        wrong = [found for found in judged if found[2]]
        if len(wrong) * 2 <= len(judged) or (len(judged) == 1 and judged[0][2] <= judged[0][1] / 5):
            yield from (found[:2] for found in wrong)


def _summed(cells: Sequence[Block], total: Block, heading: Block) -> tuple[Leaf, float, float] | None:
    """A total, what its parts add up to, and how far it is off beyond rounding; None where it may be no sum."""
    texts = [cell.view.folded if isinstance(cell, Leaf) else "" for cell in (*cells, total, heading)]
    found = [_CELL.fullmatch(text) for text in texts[:-1] if text.strip(" -–—/")]
    read = [match for match in found if match is not None]
    if len(read) < max(3, len(found)) or len({match[2] for match in read}) > 1 or _NO_SUM.search(texts[-1]):
        return None
    values = [float(match[1].replace(",", "")) for match in read]
    digits = max(len(match[1].partition(".")[2]) for match in read)
    stated, right = values.pop(), sum(values)
    if min(values) < 0 or min(values) <= stated <= max(values) or not isinstance(total, Leaf) or not _CELL.fullmatch(texts[-2]):
        return None
    slack = 0.51 * len(read) / 10**digits if digits or read[0][2] else 0
    return total, right, max(0.0, abs(stated - right) - slack)


def _changes(sentence: str) -> Iterator[_Told]:
    """A change from one number to another, and directly behind it in the same words how much that is."""
    chinese, english = "从" in sentence or "由" in sentence, "from " in sentence
    for match in (*(_CHANGED.finditer(sentence) if chinese else ()), *(_CHANGED_EN.finditer(sentence) if english else ())):
        numbers = [Expression(match["before"]), Expression(match["after"])]
        before, after = (number.value() or 0.0 for number in numbers)
        is_chinese = match.re is _CHANGED
        same = match["unit"].strip() == match["same"].strip() and (not is_chinese or _is_of_the_same(match))
        if not before or not after or not same:
            continue
        stated, of = float(match["stated"]), match["of"]
        hundred = 1 if of in ("倍", "x", "times") else 100
        right = abs(after / before - 1) * hundred
        strict = is_chinese and match["strict"] and (hundred > 1 or after > before) and not _SPEED.search(sentence)
        others = [] if strict else [after / before, before / after, abs(before / after - 1)]
        readings = [right, *(other * hundred for other in others)]
        readings += [abs(after - before) * 100] if "%" in match["before"] else []
        rough = sum(numbers[0].slack.values()) / before + sum(numbers[1].slack.values()) / after
        unit = 0.1 ** len(match["stated"].partition(".")[2]) * (1 if hundred > 1 else 0.51)
        if not any(
            abs(stated - reading) <= max(unit, rough / 2 * max(right, after / before * hundred), 0.02 * stated)
            for reading in readings
        ):
            shown = f"{_shown(round(right, 1))}{' ' * (of not in '%％')}{of}"
            yield _CHANGE, {"before": match["before"], "after": match["after"], "right": shown}, *match.span("told")


def _is_of_the_same(match: re.Match[str]) -> bool:
    """Whether the second verb goes on about the first, and not about what came of it: more layers, an accuracy that rose."""
    shortened = match["kind"] == "缩短" and _TIME.fullmatch(match["unit"]) is not None
    return shortened or bool(set(match["verb"]) & set(match["kind"]))


def _shares(sentence: str) -> Iterator[_Told]:
    """Percentages of a split into training and test data, or with an announced total of 100%."""
    if sentence.count("%") + sentence.count("％") < 2:
        return
    found = list(_SHARE.finditer(sentence))
    announced = _WHOLE.search(sentence) or all(pattern.search(sentence) for pattern in _SPLIT)
    if not 1 < len(found) < 9 or not announced or _WITHIN.search(sentence):
        return
    values = [float(match[1]) for match in found]
    listed = not re.search(r"[^\d.%％\s/:、，,和与及&]", sentence[found[0].start() : found[-1].end()].replace("and", ""))
    sums = (
        [sum(values)] if listed else [sum(v for i, v in enumerate(values) if some >> i & 1) for some in range(1 << len(values))]
    )
    if not any(abs(total - 100) <= 0.5 * len(values) for total in sums):
        yield _SHARES, {"right": _shown(sum(values))}, found[0].start(), found[-1].end()
