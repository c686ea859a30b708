"""A picture's file is broken, or is of another kind than its name says.

A download that broke off, an error page saved as `.png`, a pointer of Git LFS that was never fetched: the slide shows a hole.
A JPEG called `.png` is shown by browsers, but programs that trust the name (PPTX among them) stumble over it. The first bytes
of the file tell.

```deck bad 3:15-3:27 beside img/loss.png
# Loss

![Loss falls](img/loss.png)
```

```deck good beside img/loss.png@640x480
# A picture

![Loss falls](img/loss.png)
```

```deck good
# Files that do not exist are another rule's business

![Loss falls](img/no-such-file.png)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.findings import Finding, Template
from decklint.rule import Context, rule

_EMPTY = Template('the file "{path}" is empty', "文件“{path}”是空的")
_POINTER = Template('"{path}" is a pointer of Git LFS, not the file itself', "“{path}”只是 Git LFS 的指针，不是文件本身")
_OTHER = Template('"{path}" is called .{named}, but it is {actual}', "“{path}”的扩展名是 .{named}，内容却是 {actual}")
_BROKEN = Template('"{path}" is no .{named} file', "“{path}”不是 .{named} 文件")
_NO_SIZE = Template('"{path}" is broken: it tells no width and height', "“{path}”已损坏：读不出宽和高")

_NAMES = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "htm": "html"}
_CHECKED = frozenset(("png", "jpg", "gif", "webp", "svg", "pdf"))
_UNREADABLE_ELSE = frozenset(("png", "jpg", "gif"))  # whose size imagesize always finds


@rule("IM011", "image-unreadable", severity="warning", since="0.1", default=False, zh="图片文件损坏，或与扩展名不符。")
def check(context: Context) -> Iterator[Finding]:
    for reference in context.references:
        place = context.locate(reference) if reference.is_asset else None
        if place is None or place.kind != "found" or place.path is None:
            continue
        suffix = place.path.suffix[1:].lower()
        named = _NAMES.get(suffix, suffix)
        head = context.files.head(place.path) if named in _CHECKED else None
        if head is None:
            continue
        message, actual = _problem(named, head)
        if message is None and named in _UNREADABLE_ELSE and context.files.pixels(place.path) is None:
            message = _NO_SIZE
        if message is not None:
            yield context.finding(reference.span, message, path=place.shown, named=suffix, actual=actual)


def _problem(named: str, head: bytes) -> tuple[Template | None, str]:
    if not head:
        return _EMPTY, ""
    if head.startswith(b"version https://git-lfs.github.com/"):
        return _POINTER, ""
    actual = _kind(head)
    if actual == named:
        return None, ""
    return (_OTHER, actual.upper()) if actual else (_BROKEN, "")


def _kind(head: bytes) -> str:
    """What the first bytes say; nothing where they say nothing."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"%PDF-"):
        return "pdf"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "svg" if text.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) else ""
