"""An acronym's expansion has a slip in it.

`Knowledge Discovery in Data Base (KDD)`, `Internal Conference on Computer Vision (ICCV)`, `Machine Learn (ML)`: the audience
learns the wording from the slide and looks for it in vain. Found is only what differs from a known expansion by a word or two
that remain recognisable: letters lost or swapped, another ending, a compound cut in two so that the letters no longer fit.
Another meaning of the letters, another language, plurals, hyphens, British or American spelling and small words ("for", "of")
are no slips, and a sentence that corrects the error is left alone. The expansions stand in `rules/terms/acronyms.yaml`.

```deck bad 3:8-3:16
# 深度学习

循环神经网络（Recurent Neural Network，RNN）处理序列。
```

```deck fixed
# 深度学习

循环神经网络（Recurrent Neural Network，RNN）处理序列。
```

```deck bad 3:3-3:12 4:19-4:29
# Methods

- Principle Component Analysis (PCA)
- MLP (multilayer perception) and SVM (support vector machines)
```

```deck bad 3:1-3:34
# Mining

Knowledge Discovery in Data Bases (KDD)
```

```deck good
# Other meanings, other spellings

- ML (Maximum Likelihood), SSD (Solid-State Drive), RNN (recursive neural network), NLP (neuro-linguistic programming)
- Self-Organising Map (SOM), Generative Pretrained Transformer (GPT), reinforcement learning with human feedback (RLHF)
- Réseau de neurones convolutifs (CNN), machine-learned (ML) models, deep neural networks (CNN)
```

```deck good
# A correction

It is Principal Component Analysis, not Principle Component Analysis (PCA).
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Citation, Edit, Effect, Finding, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.terms.acronyms import pairs_of
from decklint.terms.misworded import Misworded, misworded

_WRONG = Template('{acronym} stands for "{right}", not "{written}"', "{acronym} 的全称是“{right}”，不是“{written}”")
_FIX = Template('write "{better}"', "改为“{better}”")


@rule("TM004", "acronym-expansion-wrong", severity="warning", since="0.1", zh="缩写的全称写错。")
def check(context: Context) -> Iterator[Finding]:
    seen: set[tuple[int, int]] = set()
    for pair in context.prose.once(pairs_of):
        found = misworded(pair)
        if found is not None and (place := pair.leaf.view.span(found.start, found.end)) not in seen:
            seen.add(place)
            yield _finding(context, found)


def _finding(context: Context, found: Misworded) -> Finding:
    view, meaning = found.pair.leaf.view, found.meaning
    edits = [Edit(view.span(start, end), right) for start, end, right in found.changes]
    better = ", ".join(right for _, _, right in found.changes)
    return context.finding(
        view.span(found.changes[0][0], found.changes[-1][1]),
        _WRONG,
        fix=unsafe_fix(_FIX, *edits, effects=(Effect.TEXT, Effect.ANCHORS), better=better),
        sources=(Citation(meaning.text, meaning.source),) if meaning.source else (),
        acronym=found.pair.acronym,
        right=meaning.text,
        written=" ".join(view.text[found.start : found.end].split()),
    )
