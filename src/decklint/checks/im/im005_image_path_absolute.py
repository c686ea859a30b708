r"""A picture's path begins at the top of a disk or a server, or leads out of the project.

`C:\lecture\loss.png` and `file:///home/…` exist on one computer. `/img/loss.png` is something else to every tool: to the preview
of VS Code it begins at the opened folder (but not for backgrounds), to Marp CLI at the top of the file system in PDF and PPTX,
and at the top of the server in HTML. `../../loss.png` beyond the project's own folder is not there for anybody else.

The fix writes the path relative to the deck where the file is found in the project.

```deck bad 3:15-3:28
# Loss

![Loss falls](/img/loss.png)
```

```deck bad 3:9-3:28 5:11-5:36
# 只在一台电脑上有的图片

![损失曲线](D:/lecture/loss.png)

<img src="file:///Users/me/loss.png">
```

```deck good
# Paths that everybody has, and addresses

![Loss falls](../img/loss.png) ![A logo](//example.com/logo.png)

[The course](/course/) is a link, and links may well begin at the top of a server.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from decklint.findings import Edit, Finding, Fix, Template
from decklint.references import Location, Reference, encoded, relative_path
from decklint.rule import Context, hint, rule, unsafe_fix

_TOP = Template(
    '"{path}" begins at the top of a server or a disk: every tool reads it differently',
    "“{path}”从服务器或磁盘的根目录开始，各工具的理解不同",
)
_COMPUTER = Template('"{path}" is a file of one computer only', "“{path}”只在某一台电脑上存在")
_OUTSIDE = Template('"{path}" leads out of the project', "“{path}”在项目文件夹之外")
_USE = Template('write "{better}"', "写作“{better}”")
_COPY = Template("put the file beside the deck and write its relative path", "把文件放到讲稿旁边，写相对路径")
_ONE_COMPUTER = re.compile(r"file:|~[/\\]|\\|[a-zA-Z]:[\\/]|/(?:home|Users|mnt|Volumes|root|tmp)/", re.IGNORECASE)
_TOP_OF_PATH = re.compile(r"(?:file:)?/*(?:[a-zA-Z]:/)?/*|~/", re.IGNORECASE)
_LONGEST = 20  # parts of a path that are compared


@rule("IM005", "image-path-absolute", severity="warning", since="0.1", zh="图片路径是绝对路径，或指向项目之外。")
def check(context: Context) -> Iterator[Finding]:
    for reference in context.references:
        if not reference.is_asset:
            continue
        place = context.locate(reference)
        if place.kind == "outside":
            yield context.finding(reference.span, _OUTSIDE, path=place.shown, fix=hint(_COPY))
        elif place.kind == "absolute":
            message = _COMPUTER if _ONE_COMPUTER.match(place.shown) else _TOP
            yield context.finding(reference.span, message, path=place.shown, fix=_fix(context, reference, place))


def _fix(context: Context, reference: Reference, place: Location) -> Fix:
    found = _in_project(context, place.shown)
    if found is None:
        return hint(_COPY)
    better = encoded(relative_path(found, context.path)) + place.tail
    if not reference.is_exact:
        return hint(_USE, better=better)
    return unsafe_fix(_USE, Edit(reference.span, better), effects=reference.effects, better=better)


def _in_project(context: Context, shown: str) -> Path | None:
    """The file of the project that is meant: under the project's or the deck's folder, or the only one whose path ends so."""
    files = context.files
    below = _TOP_OF_PATH.sub("", shown.replace("\\", "/"), count=1)
    parts = below.split("/")
    if not parts[-1]:
        return None
    for path in (Path(f"/{below}"), files.root / below, context.path.parent / below):
        if path.is_relative_to(files.root) and files.exists(path):
            return path
    named = files.named(parts[-1])
    for at in range(max(0, len(parts) - _LONGEST), len(parts) - 1):  # with one folder at least
        tail = "/".join(parts[at:])
        ending = [path for path in named if path == tail or path.endswith(f"/{tail}")]
        if ending:
            return files.root / ending[0] if len(ending) == 1 else None
    return None
