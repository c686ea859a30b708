"""A popular false statement.

Some errors are handed from lecture to lecture: that Word2Vec was the first to turn words into vectors, that LeNet-5 was the
first convolutional network. They are kept as data (`rules/facts/misconceptions.yaml`) with the words that they come in, the
reason why they are false, and the source. A sentence that asks, denies or corrects is left alone.

```deck bad 3:1-3:21
# 词向量

Word2Vec 是第一个将词表示为向量的模型。
```

```deck bad 3:1-3:51
# Networks

LeNet-5 was the first convolutional neural network.
```

```deck good
# Networks

LeNet-5 was one of the first convolutional neural networks. 有人误以为 Word2Vec 首次将词表示为向量。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.facts.misconceptions import misconceptions_in
from decklint.findings import Finding, Template
from decklint.rule import Context, hint, rule

_POPULAR = Template('"{written}" is a popular error', "“{written}”是常见的误解")
_WHY = Template("why it is wrong: {why}", "错在哪里：{why_zh}")


@rule("FC004", "misconception", severity="warning", since="0.1", zh="流传很广的错误说法。")
def check(context: Context) -> Iterator[Finding]:
    for hit in context.prose.once(misconceptions_in):
        known = hit.misconception
        written = _shortened(hit.written.strip())
        why = hint(_WHY, why=known.why, why_zh=known.why_zh)
        yield context.finding(hit.span, _POPULAR, sources=known.sources[:2], fix=why, written=written)


def _shortened(text: str) -> str:
    """The beginning and the end of a long statement."""
    return text if len(text) <= 60 else f"{text[:30]}…{text[-24:]}"
