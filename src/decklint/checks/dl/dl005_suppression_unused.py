"""A request to keep quiet keeps nothing quiet.

`<!-- lint ignore AX001 -->` outlives its reason: the picture got its text, the block moved away. What is left hides the next
mistake before anybody has seen it. The fix takes the comment away, or the word where others beside it are still needed; the
same holds for `decklint: {ignore: […]}` in the front matter.

Only rules that ran can be judged: nothing is said about a rule that is off or was not selected, about a family unless all of it
ran, about the names of other linters, nor about a comment without words (remark-lint reads this form too).

*Fix safety*: the deck looks the same, but the next finding there will be shown; where a comment parts two lists it is kept.

```deck bad 3:1-3:40
# Regularization

<!-- lint ignore suppression-unused -->

Dropout switches units off at random.
```

```deck fixed
# Regularization

Dropout switches units off at random.
```

```deck good
# 正则化

<!-- lint ignore no-html image-without-text -->

随机失活会随机关闭一部分神经元。
```
"""

from __future__ import annotations

from decklint.findings import Edit, Finding, Template
from decklint.rule import Context, DeckView, reported, unsafe_fix
from decklint.text import Span

check = reported(
    "DL005", "suppression-unused", severity="warning", since="0.1", zh="忽略标记没有忽略任何问题。", documentation=__doc__ or ""
)

_UNUSED = Template('nothing is found here that "{words}" would keep quiet', "“{words}”在这里没有可忽略的问题")
_WHOLE = Template("take the request away", "删除这一忽略标记")
_WORD = Template('take "{words}" away', "删除“{words}”")


def unused(view: DeckView, span: Span, words: str, edits: tuple[Edit, ...], *, whole: bool) -> Finding:
    """The finding for words that kept nothing quiet; `edits` take them away, or the `whole` request."""
    fix = unsafe_fix(_WHOLE if whole else _WORD, *edits, effects=(), words=words) if edits else None
    return Context(view, check).finding(span, _UNUSED, fix=fix, words=words)
