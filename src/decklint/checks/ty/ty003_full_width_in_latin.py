"""A full-width letter or digit, or a full-width mark in an English sentence.

`ＧＰＴ` and `２０２３` were typed with the input method in its wide mode: they are not found when somebody searches for
GPT. A `，` in an English sentence leaves a hole. The deck's own habit decides in both: the half-width form must make up
four of five places. Lists of names in a Chinese deck (`CPU，GPU`) are no sentences; Japanese and Korean, where wide digits
have their place, are left alone, and so is a text about full-width characters.

```deck bad 3:1-3:4
# 模型

ＧＰＴ是一种模型，GPT-3 有 1750 亿个参数，运行时需要 CPU 和 GPU。
```

```deck fixed
# 模型

GPT是一种模型，GPT-3 有 1750 亿个参数，运行时需要 CPU 和 GPU。
```

```deck bad 5:43-5:44
# Attention

First, we compute the scores. Then, we scale the scores, and so on. Finally, the values are weighed, and summed.

The scores are divided by the square root ，which keeps the gradients large.
```

```deck fixed
# Attention

First, we compute the scores. Then, we scale the scores, and so on. Finally, the values are weighed, and summed.

The scores are divided by the square root, which keeps the gradients large.
```

```deck good
# 设备

运行设备：CPU，GPU，TPU

全角字符 Ａ 与半角字符 A 的编码不同。
```

```deck good
# はじめに

これは３種類のモデルの説明です。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Leaf
from decklint.findings import Edit, Finding, Template
from decklint.lang import HAN
from decklint.lang.habits import is_habit
from decklint.lang.prose import Prose
from decklint.lang.scripts import outside_japanese_and_korean
from decklint.lang.sentences import is_latin_sentence
from decklint.rule import Context, leaf_fix, rule

_WIDE = Template('"{wide}" is written in full-width characters', "“{wide}”用了全角字符")
_MARK = Template('full-width "{wide}" in an English sentence', "英文句子里用了全角“{wide}”")
_FIX = Template('write "{narrow}"', "改为“{narrow}”")
_CHARACTERS = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_PLAIN = re.compile(r"[A-Za-z0-9]")
_ABOUT = re.compile(r"全角|全形|半角|半形|full-?width|half-?width|unicode", re.IGNORECASE)
_NARROW = {"，": ",", "。": ".", "；": ";", "：": ":", "？": "?", "！": "!"}
_WIDE_MARK = re.compile(r" ?([，。；：？！])(?=\s|[A-Za-z“\"(]|$)")
_SUSPECT = re.compile(f"[，。；：？！](?<=[^{HAN}].)(?=[^{HAN}]|$)", re.MULTILINE)
_NARROW_MARK = re.compile(r"(?<=[A-Za-z)])[,.;:?!](?=\s|$)")
_LIST = re.compile(r"\s*(?:\d{1,9}|[#+-]{1,6})[.)\s]?")


@rule("TY003", "full-width-in-latin", severity="warning", since="0.1", zh="英文或数字用了全角字符。")
def check(context: Context) -> Iterator[Finding]:
    prose = context.prose.once(outside_japanese_and_korean)
    yield from _characters(context, prose)
    yield from _marks(context, prose)


def _characters(context: Context, prose: Prose) -> Iterator[Finding]:
    wide_ones = prose.holding(_CHARACTERS) if any(map(_CHARACTERS.match, prose.unfolded)) else ()
    plain = [leaf for leaf in wide_ones if not _ABOUT.search(leaf.view.text)]
    hits = [(leaf, match) for leaf in plain for match in _CHARACTERS.finditer(leaf.view.text) if not _makes_list(leaf, match)]
    wide = sum(len(match[0]) for _, match in hits)
    if not hits or not (context.absolute or is_habit(len(_PLAIN.findall(prose.text)), wide)):
        return
    for leaf, match in hits:
        narrow = "".join(chr(ord(char) - 0xFEE0) for char in match[0])
        span = leaf.view.span(match.start(), match.end())
        fix = leaf_fix(context, _FIX, Edit(span, narrow), leaf, narrow=narrow)
        yield context.finding(span, _WIDE, fix=fix, wide=match[0])


def _makes_list(leaf: Leaf, match: re.Match[str]) -> bool:
    """Whether it is a number that would begin a list once it is narrow."""
    text = leaf.view.text
    begins_line = text[max(0, match.start() - 8) : match.start()].rpartition("\n")[2].strip() == ""
    return begins_line and text[match.end() : match.end() + 1] in (".", ")")


def _marks(context: Context, prose: Prose) -> Iterator[Finding]:
    hits = [(leaf, at, match) for leaf in prose.holding(_SUSPECT) for at, line in _lines(leaf) for match in _wide_marks(line)]
    if not hits:
        return
    narrow = sum(len(_NARROW_MARK.findall(line)) for line in prose.text.split("\n") if is_latin_sentence(line))
    if not (context.absolute or is_habit(narrow, len(hits))):
        return
    for leaf, at, match in hits:
        better = _NARROW[match[1]]
        behind = match.string[match.end() : match.end() + 1]
        edit = Edit(leaf.view.span(at + match.start(), at + match.end()), better if not behind.strip() else f"{better} ")
        fix = leaf_fix(context, _FIX, edit, leaf, narrow=better)
        yield context.finding(leaf.view.span(at + match.start(1), at + match.end(1)), _MARK, fix=fix, wide=match[1])


def _lines(leaf: Leaf) -> Iterator[tuple[int, str]]:
    """The lines of a leaf and where they begin."""
    at = 0
    for line in leaf.view.text.split("\n"):
        yield at, line
        at += len(line) + 1


def _wide_marks(line: str) -> list[re.Match[str]]:
    """The full-width marks of an English sentence, but none that makes a list of its line once it is narrow."""
    marks = [match for match in _WIDE_MARK.finditer(line) if match.start()]
    return (
        [match for match in marks if not (match.start() < 16 and _LIST.fullmatch(line[: match.start()]))]
        if marks and is_latin_sentence(line)
        else []
    )
