r"""A picture's path is written with backslashes.

Windows shows paths with `\`, but Marp puts `img%5Closs.png` into the slides, a file that no system has; before some characters
(`_`, `-`, `.`) the backslash disappears altogether. Programs on Windows may still show the picture in a preview.

The fix writes `/`, which works everywhere, where the file is there. It wants your consent, because it changes which file the deck
asks for.

```deck bad 3:15-3:27
# Loss

![Loss falls](img\loss.png)
```

```deck bad 3:10-3:25
# 背景图片

![bg 网格](..\img\grid.png)
```

```deck good
# Slashes, and what is no path

![Loss falls](img/loss.png) and the code `![](img\loss.png)`

A browser reads both signs in HTML: <img src="https://example.com\logo.png">
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Edit, Finding, Fix, Template
from decklint.references import Location, Reference, relative_path, respelt
from decklint.rule import Context, hint, rule, unsafe_fix

_BACKSLASH = Template('the backslash in "{path}" is no separator to Marp', "“{path}”中的反斜杠对 Marp 不是路径分隔符")
_USE = Template('write "{better}"', "写作“{better}”")
_SLASH = Template('write "/"', "写作“/”")


@rule("IM004", "image-backslash", severity="error", since="0.1", zh="图片路径用了反斜杠。")
def check(context: Context) -> Iterator[Finding]:
    for reference in context.references:
        if reference.is_asset:
            place = context.locate(reference)
            if place.kind == "backslash":
                fix = _fix(context, reference, place)
                yield context.finding(reference.span, _BACKSLASH, path=place.shown, fix=fix)


def _fix(context: Context, reference: Reference, place: Location) -> Fix:
    if place.path is None:
        return hint(_SLASH)
    if not reference.is_exact:
        return hint(_USE, better=relative_path(place.path, context.path))
    better = respelt(context.source.slice(reference.span), place.path, context.path)
    return unsafe_fix(_USE, Edit(reference.span, better), effects=reference.effects, better=better)
