"""A link leads to a file, a heading or a slide that does not exist.

In the PDF and in the browser such a link does nothing, or shows an error. Looked at are links to files beside the deck, to
headings (`#loss-functions`: Marp makes the anchor of the heading's text, as GitHub does) and to slides (`#3`). Letter case
counts. Addresses on the web are not asked. What Marp or another program makes of a Markdown file of the same name (`deck.html`,
`deck.pdf`), and what git is told to ignore because it is made, counts as there. So do addresses without an ending, which can be
pages of a site, and results of an exercise in a folder that is not there yet. In other files only the file is looked for, not
the anchor.

```deck bad 3:13-3:21 3:34-3:49
# Loss functions

See [there](#lossess), or [here](#loss-Functions).
```

```deck bad 3:10-3:12 5:11-5:21
# 目录

[下一张幻灯片](#2)，本讲只有一张。

[实验一：感知机](lab1.ipynb)
```

```deck good
# Loss functions

[Above](#loss-functions), [this slide](#1), [top](#), [the web](https://example.com/x), [mail](mailto:me@example.com)

## 损失函数

[见上](#损失函数)，[也见上](#%E6%8D%9F%E5%A4%B1%E5%87%BD%E6%95%B0)，<a href="#note">注</a>

<a name="note"></a>

[A page](about), [results](run1/log.txt) and [these slides as PDF](deck.pdf) are made later.

[Placeholders]({{ site.url }}/x.html) are filled in by a program, and `[code](nowhere.md)` is code.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from decklint.deck.anchors import anchors
from decklint.deck.html import tags
from decklint.deck.nodes import HtmlBlock, InlineHtml
from decklint.findings import Finding, Fix, Template
from decklint.references import Location, Reference, elsewhere, nearest, relative_path
from decklint.rule import Context, hint, rule

_NO_FILE = Template('the link leads to "{path}", which does not exist', "链接指向的“{path}”不存在")
_NO_HEADING = Template('no heading has the anchor "#{anchor}"', "没有标题的锚点是“#{anchor}”")
_NO_SLIDE = Template("there is no slide {anchor}: the deck has {count}", "没有第 {anchor} 张幻灯片：全文共 {count} 张")
_NEAREST = Template('did you mean "{better}"?', "是不是“{better}”？")
_WEB = Template('an address on the web begins with "https://"', "网址应以“https://”开头")

_MARKDOWN = (".md", ".markdown", ".mdown", ".markdn", ".qmd", ".rmd", ".ipynb")
_MADE = frozenset((".html", ".htm", ".pdf", ".pptx", ".png", ".jpg", ".jpeg", ".txt"))
_WRITTEN = frozenset(
    """.md .markdown .mdown .markdn .qmd .rmd .ipynb .html .htm .pdf .pptx .ppt .docx .doc .xlsx .tex .typ .png .jpg .jpeg .gif
    .svg .webp .mp4 .py .r .jl .m .c .cc .cpp .h .hh .hpp .cu .java .kt .go .rs .js .mjs .ts .jsx .tsx .vue .css .scss .php .rb
    .sh .sql .json .yml .yaml .toml .xml""".split()  # noqa: SIM905
)
"""Endings of what people write themselves, not of what a program leaves behind."""
_MOST_HINTS = 100  # in one deck: each compares with all anchors, or all names of a folder
_HOST = re.compile(r"www\.|[\w-]+(?:\.[\w-]+){0,5}\.(?:com|org|net|edu|gov|io|dev|cn|de|fr|jp|uk)(?:/|\Z)", re.ASCII)


@rule("IM015", "link-broken", severity="warning", since="0.1", zh="链接指向不存在的文件、标题或幻灯片。")
def check(context: Context) -> Iterator[Finding]:
    hints = _MOST_HINTS
    missing: list[tuple[Reference, Location]] = []
    known: frozenset[str] | None = None
    for reference in context.references:
        if reference.is_asset or context.source.text.startswith("[^", reference.span.start):
            continue  # a footnote, which Marp takes for a link, is another rule's business
        place = context.locate(reference)
        if place.kind == "anchor":
            known = _anchors(context) if known is None else known
            for finding in _anchor(context, reference, unquote(place.tail[1:]), known, hints > 0):
                hints -= 1
                yield finding
        elif place.kind in ("missing", "case", "backslash") and not _may_be_made(context, place):
            missing.append((reference, place))
    ignored = _ignored(context, [place for _, place in missing])
    for reference, place in missing:
        if place.path not in ignored:
            hints -= 1
            fix = _file_hint(context, place) if hints >= 0 else None
            yield context.finding(reference.span, _NO_FILE, path=place.shown, fix=fix)


def _anchors(context: Context) -> frozenset[str]:
    """The anchors of headings, and those that HTML sets."""
    texts = [*(node.value for node in context.of_type(HtmlBlock)), *(node.value for node in context.of_type(InlineHtml))]
    set_in_html = {tag.attributes.get(key, "") for text in texts for tag in tags(text) for key in ("id", "name")}
    return frozenset((*anchors(context.deck).values(), *set_in_html))


def _anchor(context: Context, reference: Reference, anchor: str, known: frozenset[str], hints: bool) -> Iterator[Finding]:
    count = len(context.deck.slides)
    if anchor in ("", "top") or anchor in known or "{" in anchor or anchor.startswith(":~:"):
        return
    if anchor.isascii() and anchor.isdigit():
        if not 1 <= int(anchor[:9]) <= count:
            yield context.finding(reference.span, _NO_SLIDE, anchor=anchor, count=count)
    elif not context.tools.has_own_engine:
        near = nearest(anchor.lower(), known, 0.75) if hints else None
        fix = hint(_NEAREST, better=f"#{near}") if near else None
        yield context.finding(reference.span, _NO_HEADING, anchor=anchor, fix=fix)


def _may_be_made(context: Context, place: Location) -> bool:
    """Whether a missing file can be a page of a site, a result, or what a program makes of a Markdown file or a notebook."""
    path = place.path
    if path is None or place.kind != "missing" or "://" in place.shown or _HOST.match(place.shown):
        return False
    suffix, stem = path.suffix.lower(), path.stem.lower()
    if not suffix or (suffix not in _WRITTEN and not context.files.exists(path.parent)):
        return True
    return suffix in _MADE and (stem == context.path.stem.lower() or _has_markdown(context, stem))


def _has_markdown(context: Context, stem: str) -> bool:
    stems = (stem, "readme") if stem == "index" else (stem,)
    return any(context.files.named(name + ending) for name in stems for ending in _MARKDOWN)


def _ignored(context: Context, places: list[Location]) -> frozenset[Path]:
    """The files that git is told to ignore, since programs make them."""
    files = context.files
    paths = {relative: place.path for place in places if place.path and (relative := files.relative(place.path))}
    if not paths or files.tracked is None:
        return frozenset()
    return frozenset(paths[relative] for relative in files.ignored(sorted(paths)) if relative in paths)


def _file_hint(context: Context, place: Location) -> Fix | None:
    if "://" in place.shown or _HOST.match(place.shown):
        return hint(_WEB)
    if place.kind != "missing" and place.path is not None:
        return hint(_NEAREST, better=relative_path(place.path, context.path))
    candidates = elsewhere(place, context.path, context.files)
    if not candidates and place.path is not None:
        near = nearest(place.path.name, context.files.names_in(place.path.parent), 0.8)
        candidates = [relative_path(place.path.parent / near, context.path)] if near else []
    return hint(_NEAREST, better=candidates[0]) if candidates else None
