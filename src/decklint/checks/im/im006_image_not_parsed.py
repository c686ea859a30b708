"""What should be a picture is text to Marp.

A space in the address (`![](my plot.png)`), full-width signs (`！[图](a.png)`, `![图]（a.png）`), a space before the
address (`![图] (a.png)`), a size as other programs write it (`![](a.png =300x200)`): in all these cases the slide shows the
Markdown itself instead of the picture. Addresses that begin with `file:` are refused altogether, and so are SVG pictures
written into the address (`data:image/svg+xml`).

The fix writes the address as Marp reads it (`%20` for a space), or the size as Marp's keyword.

```deck bad 3:1-3:23
# Results

![Loss](my plot 1.png)
```

```deck fixed
# Results

![Loss](my%20plot%201.png)
```

```deck bad 3:1-3:12 5:1-5:14 7:1-7:13
# 结构

！[图](a.png)

![图 2]（b.png）

![图] (c.png)
```

```deck fixed
# 结构

![图](a.png)

![图 2](b.png)

![图](c.png)
```

```deck bad 3:1-3:27
# Sizes

![Loss](plot.png =300x200)
```

```deck fixed
# Sizes

![Loss w:300 h:200](plot.png)
```

```deck bad 3:1-3:44
# A picture that only this computer has

![Loss](file:///home/lecturer/img/loss.png)
```

```deck good
# Pictures

![Loss](<my plot.png>) ![Loss](my%20plot.png "A title") ![Loss](plot(1).png)

In a text about Markdown, `![](my plot.png)` is code.

太好了！[结果](result.png)在这里；Look! [The plot](plot.png) is done, and #![no_std] is Rust.
```
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from decklint.deck.nodes import CodeSpan, Comment, Heading, Image, InlineHtml, InlineMath, Leaf
from decklint.deck.walk import walk
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_SPACE = Template(
    "Marp shows this picture as text: an address must not contain a space", "Marp 会把这张图片显示为文字：地址中不能有空格"
)
_SIGNS = Template(
    "Marp shows this picture as text: its signs must be ASCII, and stand together",
    "Marp 会把这张图片显示为文字：符号必须是半角，且中间不能有空格",
)
_SIZE = Template('Marp shows this picture as text: "{size}" is no size to it', "Marp 会把这张图片显示为文字：它不认大小“{size}”")
_TITLE = Template(
    "Marp shows this picture as text: what stands behind the address must be a title in straight quotes",
    "Marp 会把这张图片显示为文字：地址后面只能是用半角引号括起的标题",
)
_SCHEME = Template(
    'Marp refuses addresses that begin with "{scheme}" and shows text', "Marp 拒绝以“{scheme}”开头的地址，只显示文字"
)
_OPEN = Template("Marp shows this picture as text: the closing parenthesis is missing", "Marp 会把这张图片显示为文字：缺少右括号")

_WRITE = Template('write "{better}"', "写作“{better}”")
_COPY = Template("put the file beside the deck and give its relative path", "把文件放到讲稿所在的文件夹，改用相对路径")
_SAVE = Template("save the picture as an .svg file beside the deck", "把图片存为讲稿旁的 .svg 文件")
_ADVICE = Template("write the size as w:300 or h:200 between the brackets", "把大小写成方括号中的 w:300 或 h:200")

_QUOTE = Template("put the title in straight quotes, or remove it", "用半角引号括起标题，或删去它")

_START = re.compile(r"([!！])([ \u3000]?)([\[【［])([^\[\]【】［］\n]{0,500})([\]】］])([ \u3000]{0,2})([(（])")
_MEDIA = r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico|tiff?|mp4|webm)"
_ENDING = re.compile(rf"{_MEDIA}(?:[?#]\S*)?\Z", re.IGNORECASE)
_SIZED = re.compile(r"(\S+)[ \t]+(=(\d*)(%?)(?:x(\d*)(%?))?)")
_TITLED = re.compile(r"(\S+)[ \t]+[“”‘’「『]([^“”‘’「」『』\"]*)[“”‘’」』]")
_FOLLOWED = re.compile(rf"\S+?{_MEDIA}[ \t]+[^\s\"'(]", re.IGNORECASE)
_REFUSED = re.compile(r"\s*<?(file:|data:image/svg\+xml)", re.IGNORECASE)
_LONGEST = 500  # characters of an address that are looked at
_UNSEEN = (CodeSpan, Comment, Image, InlineHtml, InlineMath)


class _Wrong(NamedTuple):
    message: Template
    better: str = ""
    advice: Template | None = None
    detail: str = ""


@rule("IM006", "image-not-parsed", severity="error", since="0.1", zh="写成图片的内容被 Marp 当作文字。")
def check(context: Context) -> Iterator[Finding]:
    for leaf in context.leaves:
        if "![" not in leaf.raw and "！" not in leaf.raw and "!【" not in leaf.raw and "! [" not in leaf.raw:
            continue
        matches = list(_START.finditer(context.source.text, leaf.span.start, leaf.span.end))
        unseen = [node.span for node in walk(leaf) if isinstance(node, _UNSEEN)] if matches else []
        starts = [span.start for span in unseen]
        for match in matches:
            around = bisect_right(starts, match.start()) - 1
            if around < 0 or unseen[around].end <= match.start():
                yield from _look(context, leaf, match)


def _look(context: Context, leaf: Leaf, match: re.Match[str]) -> Iterator[Finding]:
    text, start, end = context.source.text, match.start(), match.end()
    before = text[max(leaf.span.start, start - 4) : start].rstrip(" \t")
    if before.endswith("\\"):
        return  # an escaped sign
    line_end = text.find("\n", end, min(leaf.span.end, end + _LONGEST))
    rest = text[end : line_end if line_end >= 0 else min(leaf.span.end, end + _LONGEST)]
    close = _closing(rest)
    wrong = _wrong(match, rest, close, at_start=before[-1:] in ("", "\n"))
    if wrong is None or (wrong.message is _SIZE and context.tools.has_own_engine):
        return  # another engine may read such sizes
    span = Span(start, end + (len(rest.rstrip()) if close < 0 else close + 1))
    fix = _fix(span, wrong, isinstance(leaf, Heading))
    yield context.finding(span, wrong.message, size=wrong.detail, scheme=wrong.detail, fix=fix)


def _closing(rest: str) -> int:
    """Where the parenthesis closes that was opened before; -1 where it does not."""
    if ")" not in rest and "）" not in rest:
        return -1
    depth = 0
    for at, char in enumerate(rest):
        if char in "(（":
            depth += 1
        elif char in ")）":
            if not depth:
                return at
            depth -= 1
    return -1


def _wrong(match: re.Match[str], rest: str, close: int, *, at_start: bool) -> _Wrong | None:
    """Why a match is no picture, and how it is one; None where it is or was not meant to be."""
    mark, gap, opening, alt, closing, space, parenthesis = match.groups()
    address = (rest if close < 0 else rest[:close]).strip()
    signs = f"{mark}{gap}{opening}{closing}{space}{parenthesis}{rest[close] if close >= 0 else ')'}"
    plain = f"![{alt}]({address})"
    if refused := _REFUSED.match(address):
        saved = "data" in refused[1].lower()
        return _Wrong(_SCHEME, advice=_SAVE if saved else _COPY, detail=refused[1])
    if signs != "![]()":
        link = (mark == "！" or gap) and f"{opening}{closing}{space}{parenthesis}" == "[]("  # a link behind an exclamation mark
        if not _ENDING.search(address) or (link and not at_start):
            return None
        return _Wrong(_SIGNS, _encoded(plain, address))
    if close < 0:
        return _Wrong(_OPEN, plain) if re.fullmatch(rf"[^\s()（）<]+{_MEDIA}", address, re.IGNORECASE) else None
    return _inside(alt, address)


def _inside(alt: str, address: str) -> _Wrong | None:
    """What is wrong with an address between the right signs."""
    if address.startswith("<"):
        return None
    if match := _SIZED.fullmatch(address):
        url, size, width, width_share, height, height_share = match.groups()
        if width_share or height_share or not (width or height):
            return _Wrong(_SIZE, advice=_ADVICE, detail=size)
        words = [alt, f"w:{width}" if width else "", f"h:{height}" if height else ""]
        return _Wrong(_SIZE, f"![{' '.join(filter(None, words))}]({url})", detail=size)
    if match := _TITLED.fullmatch(address):
        return _Wrong(_TITLE, f'![{alt}]({match[1]} "{match[2]}")')
    url, title = _split_title(address)
    if " " in url and _ENDING.search(url):
        return _Wrong(_SPACE, f"![{alt}]({_percent(url)}{title})")
    return _Wrong(_TITLE, advice=_QUOTE) if _FOLLOWED.match(address) else None


def _split_title(address: str) -> tuple[str, str]:
    """An address and the title in quotes behind it, with the space before it."""
    at = address.find(address[-1]) if address.endswith(("'", '"')) else -1
    if 0 < at < len(address) - 1 and address[at - 1] == " ":
        return address[: at - 1].rstrip(), address[at - 1 :]
    return address, ""


def _encoded(plain: str, address: str) -> str:
    return plain.replace(f"({address})", f"({_percent(address)})") if " " in address and '"' not in address else plain


def _percent(url: str) -> str:
    return url.strip().replace(" ", "%20").replace("\t", "%09")


def _fix(span: Span, wrong: _Wrong, in_heading: bool) -> Fix:
    if wrong.advice is not None:
        return hint(wrong.advice)
    effects = (Effect.MEDIA, Effect.TEXT, *((Effect.ANCHORS,) if in_heading else ()))
    return unsafe_fix(_WRITE, Edit(span, wrong.better), effects=effects, better=wrong.better)
