"""A picture's file is there, but its name is written in other letters.

On Windows and most Macs `Img/Loss.PNG` opens `img/loss.png`; on Linux, and so on a web server and wherever slides are made
automatically, the picture is missing. The same goes for letters that can be stored in two ways, such as `é` or `が`: as one
character, or as a letter and its mark.

The fix writes the name as the file has it. It wants your consent, because it changes which file the deck asks for.

```deck bad 3:15-3:27 beside img/loss.png
# Loss

![Loss falls](img/Loss.PNG)
```

```deck fixed
# Loss

![Loss falls](img/loss.png)
```

```deck good beside img/loss.png
# Names that are right, and names on other computers

![Loss falls](img/loss.png) ![A logo](https://example.com/Logo.PNG)
```
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from decklint.findings import Edit, Finding, Template
from decklint.references import relative_path, respelt
from decklint.rule import Context, hint, rule, unsafe_fix

_CASE = Template('the file is called "{name}": letter case counts', "文件名是“{name}”，字母大小写不一致")
_COMPOSED = Template(
    'the name of the file "{name}" is made of other characters that look the same (composed or not)',
    "文件“{name}”的名称由另一种编码的相同字符组成（组合字符与预组字符不同）",
)
_USE = Template('write "{better}"', "写作“{better}”")


@rule("IM003", "image-case-mismatch", severity="error", since="0.1", zh="图片文件名的字母大小写与文件不一致。")
def check(context: Context) -> Iterator[Finding]:
    for reference in context.references:
        if not reference.is_asset:
            continue
        place = context.locate(reference)
        if place.kind != "case" or place.path is None:
            continue
        name = relative_path(place.path, context.path)
        composed = normalize("NFC", name).endswith(normalize("NFC", place.shown.removeprefix("./")))
        if reference.is_exact:
            better = respelt(context.source.slice(reference.span), place.path, context.path)
            fix = unsafe_fix(_USE, Edit(reference.span, better), effects=reference.effects, better=better)
        else:
            fix = hint(_USE, better=name)
        yield context.finding(reference.span, _COMPOSED if composed else _CASE, name=name, fix=fix)
