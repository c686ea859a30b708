"""A bracket has no partner, or one of another width.

`语言模型Language Model，LM）` lacks its opening bracket; `(…）` opens half-width and closes full-width. Brackets are
paired within a block. A bracket whose partner stands in another block of the same slide or in a formula, an
enumeration (`1)`, `a）`), an interval (`[0, 1)`) and an emoticon are left alone.

```deck bad 3:32-3:33
# 语言模型

除此之外，我们还需要语言模型Language Model，LM）才能完成处理。
```

```deck fixed
# 语言模型

除此之外，我们还需要语言模型（Language Model，LM）才能完成处理。
```

```deck bad 3:7-3:8
# 混合宽度

循环神经网络(RNN，一种序列模型）很常用。
```

```deck good
# 列举

1）第一点；2）第二点；区间 [0, 1) 是半开的 :)

a) first, b) second
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import CodeSpan, Heading, InlineMath, Leaf
from decklint.deck.textview import OPAQUE
from decklint.deck.walk import slide_of, walk
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.lang import HAN
from decklint.records import dataclass
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_NO_OPENING = Template('"{bracket}" has no opening bracket', "“{bracket}”缺少左括号")
_NO_CLOSING = Template('"{bracket}" has no closing bracket', "“{bracket}”缺少右括号")
_MIXED = Template('"{bracket}" is paired with "{partner}", a bracket of another width', "“{bracket}”与“{partner}”宽度不一致")
_INSERT = Template('insert "{bracket}" before "{word}"', "在“{word}”前插入“{bracket}”")
_REPLACE = Template('write "{bracket}"', "改为“{bracket}”")

_PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "《": "》", "「": "」", "『": "』", "“": "”"}
_SAME = {"(": "（", "（": "(", ")": "）", "）": ")"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_BRACKET = re.compile(r"[()（）\[\]【】《》「」『』]")
_ENUMERATION = re.compile(r"(?:^|[\s，。；;,、：:（(])(?:\d{1,2}|[A-Za-z]|[ivx]{2,4}|[一二三四五六七八九十]{1,3}|[①-⑳])$")
_EMOTICON = re.compile(r"(?:^|[\s\u2e80-\uffef])[:;]['-]?$")
_INTERVAL = re.compile(r"[\[(（]\s*[-+∞\w.]+\s*[,，]\s*[-+∞\w.]+\s*[\])）]", re.ASCII)
_METHOD = re.compile(r"[A-Za-z_]\w*(?:\.|::|->)\w+$", re.ASCII)
_METHOD_ROOM = 60  # characters: longer names of methods are cut, which still look like one
_TERM_BEFORE = re.compile(rf"(?<=[{HAN}])([A-Za-z][A-Za-z0-9 .\-]*(?:[,，]\s?[A-Za-z][A-Za-z0-9 .\-]*)*)$")


@dataclass(slots=True)
class _Bracket:
    char: str
    at: int


@rule("TY002", "bracket-unbalanced", severity="warning", since="0.1", zh="括号不成对，或左右宽度不一致。")
def check(context: Context) -> Iterator[Finding]:
    lonely: list[tuple[Leaf, _Bracket]] = []
    for leaf in context.prose.holding(_BRACKET):
        alone, mixed = _pair(leaf.view.text)
        if (alone or mixed) and _goes_on_in_formula(leaf):
            continue
        lonely += [(leaf, bracket) for bracket in alone]
        for bracket, partner in mixed:
            span = leaf.view.span(bracket.at, bracket.at + 1)
            fix = unsafe_fix(_REPLACE, Edit(span, _SAME[bracket.char]), effects=_effects(leaf), bracket=_SAME[bracket.char])
            yield context.finding(span, _MIXED, fix=fix, bracket=bracket.char, partner=partner.char)
    waiting = _waiting(lonely)
    for leaf, bracket in lonely:
        if _has_partner_on_slide(leaf, bracket, waiting):
            continue
        span = leaf.view.span(bracket.at, bracket.at + 1)
        template = _NO_CLOSING if bracket.char in _PAIRS else _NO_OPENING
        yield context.finding(span, template, fix=_fix(leaf, bracket), bracket=bracket.char)


def _pair(text: str) -> tuple[list[_Bracket], list[tuple[_Bracket, _Bracket]]]:
    """The brackets without a partner, and the pairs of mixed width with the bracket to change first."""
    if _is_balanced(text):
        return [], []
    intervals = {at for match in _INTERVAL.finditer(text) for at in range(*match.span())}
    open_brackets: list[_Bracket] = []
    alone: list[_Bracket] = []
    mixed: list[tuple[_Bracket, _Bracket]] = []
    for match in _BRACKET.finditer(text):
        bracket = _Bracket(match[0], match.start())
        if bracket.at in intervals:
            continue
        if bracket.char in "()" and _EMOTICON.search(text[max(0, bracket.at - 4) : bracket.at]):
            continue
        if bracket.char in _PAIRS:
            open_brackets.append(bracket)
            continue
        opening = _OPENING[bracket.char]
        if open_brackets and open_brackets[-1].char in (opening, _SAME.get(opening)):
            partner = open_brackets.pop()
            if partner.char != opening:
                mixed.append(_narrower_first(text, partner, bracket))
            continue
        before = text[max(0, bracket.at - 6) : bracket.at]
        if bracket.char in ")）" and _ENUMERATION.search(before):
            continue
        alone.append(bracket)
    lonely = [bracket for bracket in (*alone, *open_brackets) if not _calls_method(text, bracket)]
    return sorted(lonely, key=lambda bracket: bracket.at), mixed


def _is_balanced(text: str) -> bool:
    opened: list[str] = []
    for char in _BRACKET.findall(text):
        if char in _PAIRS:
            opened.append(_PAIRS[char])
        elif not opened or opened.pop() != char:
            return False
    return not opened


def _calls_method(text: str, bracket: _Bracket) -> bool:
    """Whether the bracket opens the arguments of a method: what is shown of code may end anywhere."""
    return bracket.char == "(" and _METHOD.search(text, max(0, bracket.at - _METHOD_ROOM), bracket.at) is not None


def _narrower_first(text: str, opening: _Bracket, closing: _Bracket) -> tuple[_Bracket, _Bracket]:
    """Of a mixed pair the one to change: the half-width one where Chinese stands around or inside."""
    inside = text[opening.at - 1 : closing.at + 2]
    wide = re.search(f"[{HAN}]", inside) is not None
    narrow = opening if opening.char == "(" else closing
    other = closing if narrow is opening else opening
    return (narrow, other) if wide else (other, narrow)


def _goes_on_in_formula(leaf: Leaf) -> bool:
    """Whether a bracket of the text may have its partner inside a formula or code."""
    if OPAQUE not in leaf.view.text:
        return False
    inner = "".join(node.value for node in walk(leaf) if isinstance(node, (InlineMath, CodeSpan)))
    return any(inner.count(opening) != inner.count(closing) for opening, closing in ("()", "[]", "（）"))


def _waiting(lonely: list[tuple[Leaf, _Bracket]]) -> dict[tuple[int, str], set[int]]:
    """By slide and bracket the places of the leaves in which such a bracket is alone."""
    found: dict[tuple[int, str], set[int]] = {}
    for leaf, bracket in lonely:
        found.setdefault((slide_of(leaf).number, bracket.char), set()).add(leaf.span.start)
    return found


def _has_partner_on_slide(leaf: Leaf, bracket: _Bracket, waiting: dict[tuple[int, str], set[int]]) -> bool:
    slide = slide_of(leaf).number
    wanted = _PAIRS.get(bracket.char) or _OPENING[bracket.char]
    return any(waiting.get((slide, char), set()) - {leaf.span.start} for char in (wanted, _SAME.get(wanted, wanted)))


def _fix(leaf: Leaf, bracket: _Bracket) -> Fix | None:
    """For a closing bracket behind a foreign term: the opening one belongs before the term."""
    if bracket.char not in ")）":
        return None
    term = _TERM_BEFORE.search(leaf.view.text[: bracket.at])
    if term is None:
        return None
    place = leaf.view.span(term.start(1), term.start(1) + 1).start
    opening = _OPENING[bracket.char]
    word = term[1].split(",")[0].split("，")[0]
    return unsafe_fix(_INSERT, Edit(Span(place, place), opening), effects=_effects(leaf), bracket=opening, word=word)


def _effects(leaf: Leaf) -> tuple[Effect, ...]:
    """What a changed bracket changes: anchors are made of headings."""
    return (Effect.TEXT, Effect.ANCHORS) if isinstance(leaf, Heading) else (Effect.TEXT,)
