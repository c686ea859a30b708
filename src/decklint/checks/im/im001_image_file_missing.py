"""A picture's file does not exist.

Marp makes the slide all the same, with an empty place where the picture should be; the command line prints one warning without
the name. Looked at is everything that a slide shows: pictures and backgrounds, HTML (`img`, `video`, `source`, `audio` …),
`backgroundImage`, pictures in `header` and `footer`, and `url(…)` in styles. Paths are read relative to the deck, letter case
included, because the slides are also made on systems where it counts.

Where files of that name exist elsewhere in the project, the message says so. The fix is offered only where one of them lies
in a folder beside the deck: the same name in another lecture's folder is most likely another picture.

```deck bad 3:15-3:27
# Loss

![Loss falls](img/loss.png)
```

```deck bad 3:23-3:33 6:1-6:14 6:27-6:35 8:11-8:19
---
marp: true
backgroundImage: url("img/bg.jpg")
---

![Logo][logo] <video src="demo.mp4" controls></video>

<img src="plot.svg">

[logo]: img/logo.png
```

```deck good
# Addresses, data and templates are not looked up

![A logo](https://example.com/logo.png)

![A plot]({{ site.baseurl }}/plot.png)

Code such as `![](img/loss.png)` is no picture.
```
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from decklint.deck.images import COLOUR_ADDRESS
from decklint.findings import Edit, Finding, Fix, Template
from decklint.references import Location, Reference, elsewhere, encoded, nearest, relative_path
from decklint.rule import Context, hint, rule, unsafe_fix

_MISSING = Template('the file "{path}" does not exist', "文件“{path}”不存在")
_ELSEWHERE = Template(
    'the file "{path}" does not exist; a file of that name is at "{elsewhere}"', "文件“{path}”不存在；同名文件在“{elsewhere}”"
)
_USE = Template('use "{path}"', "改用“{path}”")
_NEAREST = Template('did you mean "{path}"?', "是不是“{path}”？")
_MOST_HINTS = 100  # in one deck: each compares with all names of a folder


@rule("IM001", "image-file-missing", severity="error", since="0.1", zh="图片文件不存在。")
def check(context: Context) -> Iterator[Finding]:
    hints = _MOST_HINTS
    for reference in context.references:
        if not reference.is_asset:
            continue
        place = context.locate(reference)
        if place.kind != "missing" or place.path is None:
            continue
        if COLOUR_ADDRESS.fullmatch(place.shown):
            continue  # of which directive-legacy speaks
        candidates = elsewhere(place, context.path, context.files)
        if candidates:
            fix = _fix(reference, place, candidates)
            yield context.finding(reference.span, _ELSEWHERE, path=place.shown, elsewhere=candidates[0], fix=fix)
        else:
            near = _nearest(context, place.path) if hints > 0 else None
            hints -= 1
            yield context.finding(reference.span, _MISSING, path=place.shown, fix=near)


def _fix(reference: Reference, place: Location, candidates: list[str]) -> Fix:
    own = [path for path in candidates if not path.startswith("../")]
    if len(own) == 1 and reference.is_exact:
        edit = Edit(reference.span, encoded(own[0]) + place.tail)
        return unsafe_fix(_USE, edit, effects=reference.effects, path=own[0])
    return hint(_NEAREST, path=candidates[0])


def _nearest(context: Context, path: Path) -> Fix | None:
    """A file with nearly the same name in the folder where this one was looked for."""
    near = nearest(path.name, context.files.names_in(path.parent), 0.8)
    return hint(_NEAREST, path=relative_path(path.parent / near, context.path)) if near else None
