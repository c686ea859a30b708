"""A name is not written as its owners write it.

`Pytorch`, `Tensorflow`, `GPT3.5`, `GeminiPro`: small things that make a lecture look careless, and that make a search for the
right name miss the slide. The names come from packs (`rules/terms/names.yaml`) that say where the official form can be seen.
The alternative texts of pictures are read as well: they are what people hear who cannot see the slide. Code, addresses, paths,
file names and identifiers are never read, and a sentence that corrects the error is left alone.

```deck bad 3:5-3:12
# 工具

我们使用Pytorch训练模型。
```

```deck fixed
# 工具

我们使用PyTorch训练模型。
```

```deck bad 3:3-3:12
# 版本

+ GeminiPro在成本和延迟方面进行了优化
```

```deck bad 3:13-3:23
# Attention

![w:300 The Transfomer](img/Transfomer.png)
```

```deck good
# 工具

`Pytorch` 是代码，https://example.com/Pytorch 是地址，my_Pytorch_env 是标识符；应写 PyTorch，不是 Pytorch。
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Edit, Effect, Finding, Template
from decklint.rule import Context, leaf_fix, rule, unsafe_fix

_MISSPELT = Template('"{written}" is written "{right}"', "“{written}”应写作“{right}”")
_FIX = Template('write "{right}"', "改为“{right}”")
_FEW = 2  # letters: with more of them put in or left out it is another name (ChatGPT 4 for GPT-4), which a human should see


@rule("TM001", "name-misspelt", severity="warning", since="0.1", zh="名称的写法不对。")
def check(context: Context) -> Iterator[Finding]:
    for hit in context.terms:
        if hit.form.term != "name":
            continue
        edit, right = Edit(hit.span, hit.form.right), hit.form.right
        if abs(_letters(hit.written) - _letters(right)) > _FEW:
            fix = unsafe_fix(_FIX, edit, effects=(Effect.TEXT, Effect.ANCHORS), right=right)
        else:
            fix = leaf_fix(context, _FIX, edit, hit.leaf, right=right)
        yield context.finding(hit.span, _MISSPELT, fix=fix, written=hit.written, right=hit.form.right)


def _letters(name: str) -> int:
    return sum(map(str.isalnum, name))
