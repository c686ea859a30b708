"""The deck's `lang` is another language than its text.

Templates are copied with `lang: en`, and the Chinese text below gets the glyphs, line breaks and screen reader's voice of another
language. Only what scripts tell is judged: a mostly Chinese text under another language (also under names that are none, such as
`cn`), and `lang: zh` above a deck without any Chinese character.

The fix changes the value where the deck is Chinese; what another language is meant to be, only its author knows.

```deck bad 3:7-3:9
---
marp: true
lang: en
---

# 注意力机制

注意力机制让模型在每一步都能看到整个输入序列，并决定哪些部分更重要。
```

```deck fixed
---
marp: true
lang: zh-CN
---

# 注意力机制

注意力机制让模型在每一步都能看到整个输入序列，并决定哪些部分更重要。
```

```deck bad 3:7-3:12
---
marp: true
lang: zh-CN
---

# Attention

In each step the model sees the whole sequence, and decides which parts of it matter most for the next word.
```

```deck good
---
marp: true
lang: en
---

# An English deck about 注意力

In each step the model sees the whole sequence, and decides which parts of it matter most for the next word.
```

```deck good
---
marp: true
lang: zh-Hant-TW
---

# 注意力機制

注意力機制讓模型在每一步都能看到整個輸入序列，並決定哪些部分更重要。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.nodes import Comment
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.lang import HAN
from decklint.lang.chinese import is_mostly_chinese, language_tag
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_IS_CHINESE = Template('"lang" is "{lang}", but the text is Chinese', "“lang”是“{lang}”，而正文是中文")
_NOT_CHINESE = Template('"lang" is "{lang}", but the deck has no Chinese character', "“lang”是“{lang}”，而讲稿中没有汉字")
_WRITE = Template('write "lang: {tag}"', "写作“lang: {tag}”")
_CHOOSE = Template("give the language of the text", "写上正文的语言")

# Languages written with Han characters alone: Chinese and its varieties (ISO 639).
_CHINESE = frozenset("zh zho chi cmn yue wuu nan hak gan hsn cdo cjy lzh".split())  # noqa: SIM905
_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")
_SHORTEST = 50  # letters: a deck with fewer says nothing about its language


@rule("AX004", "lang-mismatch", severity="warning", since="0.1", zh="声明的语言与正文的文字不符。")
def check(context: Context) -> Iterator[Finding]:
    lang = context.deck.directives.get("lang")
    span = _place(context)
    if not isinstance(lang, str) or not lang or span is None:
        return
    text = context.prose.text
    is_chinese = re.split(r"[-_ ]", lang.lower())[0] in _CHINESE
    if is_chinese and not _HAN.search(context.source.text) and len(_LETTER.findall(text)) >= _SHORTEST:
        yield context.finding(span, _NOT_CHINESE, lang=lang, fix=hint(_CHOOSE))
    elif not is_chinese and is_mostly_chinese(text):
        yield context.finding(span, _IS_CHINESE, lang=lang, fix=_fix(span, language_tag(text)))


def _place(context: Context) -> Span | None:
    """Where the value stands that is in force: the last one."""
    front = context.deck.front_matter
    spans = [] if front is None or "lang" not in front.value_spans else [front.value_spans["lang"]]
    spans += [comment.value_spans["lang"] for comment in context.of_type(Comment) if "lang" in comment.value_spans]
    return spans[-1] if spans else None


def _fix(span: Span, tag: str) -> Fix:
    if not tag:
        return hint(_CHOOSE)
    return unsafe_fix(_WRITE, Edit(span, tag), effects=(Effect.DIRECTIVES,), tag=tag)
