"""A picture's file does not exist.

Marp makes the slide all the same, with an empty place where the picture should be; the command line prints one warning without
the name. Paths are read relative to the deck, letter case included, because the slides are also made on systems where it counts.

Where files of that name exist elsewhere in the project, the message says so. The fix is offered only where one of them lies
in a folder beside the deck: the same name in another lecture's folder is most likely another picture.

```deck bad 3:15-3:27
# Loss

![Loss falls](img/loss.png)
```

```deck good
# Addresses and data are not looked up

![A logo](https://example.com/logo.png)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from urllib.parse import quote, unquote

from decklint.deck.nodes import Image
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix

_MISSING = Template('the file "{path}" does not exist', "文件“{path}”不存在")
_ELSEWHERE = Template(
    'the file "{path}" does not exist; a file of that name is at "{elsewhere}"', "文件“{path}”不存在；同名文件在“{elsewhere}”"
)
_USE = Template('use "{path}"', "改用“{path}”")
_NEAREST = Template('did you mean "{path}"?', "是不是“{path}”？")


@rule("IM001", "image-file-missing", severity="error", since="0.1", zh="图片文件不存在。")
def check(context: Context) -> Iterator[Finding]:
    files = context.files
    for image in context.of_type(Image):
        target = files.target(context.path, image.url)
        if target is None or files.exists(target):
            continue
        span = image.url_span or image.span
        written = unquote(re.split(r"[?#]", image.url, maxsplit=1)[0])
        candidates = _relative(context, files.named(target.name), written)
        if candidates:
            yield context.finding(span, _ELSEWHERE, path=written, elsewhere=candidates[0], fix=_fix(image, candidates))
        else:
            yield context.finding(span, _MISSING, path=written, fix=_nearest(context, target))


def _relative(context: Context, paths: list[str], written: str) -> list[str]:
    """Paths of the project as the deck would write them: those that end most like the one written first, then the nearest."""
    relative = [_from(context.path.parent, Path(context.files.root, path)) for path in paths]
    return sorted(relative, key=lambda path: (-_shared_tail(path, written), path.count("../"), path.count("/"), path))


def _shared_tail(path: str, other: str) -> int:
    """How many of the last parts of two paths are the same."""
    pairs = zip(reversed(path.split("/")), reversed(other.split("/")), strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _from(folder: Path, path: Path) -> str:
    up = 0
    while not path.is_relative_to(folder):
        folder, up = folder.parent, up + 1
    return "../" * up + path.relative_to(folder).as_posix()


def _fix(image: Image, candidates: list[str]) -> Fix:
    own = [path for path in candidates if not path.startswith("../")]
    if len(own) == 1 and image.url_span is not None:
        return unsafe_fix(_USE, Edit(image.url_span, quote(own[0], safe="/-_.~()（）")), effects=(Effect.MEDIA,), path=own[0])
    return hint(_NEAREST, path=candidates[0])


def _nearest(context: Context, target: Path) -> Fix | None:
    """A file with nearly the same name in the folder where this one was looked for."""
    names = context.files.names_in(target.parent)
    near = get_close_matches(target.name, names, n=1, cutoff=0.8)
    return hint(_NEAREST, path=_from(context.path.parent, target.parent / near[0])) if near else None
