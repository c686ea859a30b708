"""Markdown directly inside an HTML block stays as it is written.

From a line that begins with a tag to the next blank line everything is HTML to Marp: `- item`, `# heading`, `**bold**` and
`![](picture.png)` are shown as characters. With a blank line behind the opening tag and one before the closing tag the text
between them is Markdown again.

The rule speaks only where the text is unmistakably Markdown, and leaves code alone. The fix inserts the blank lines, and
takes back an indentation of four and more blanks, which would make the text a block of code. In `<p>` and in headings no
block can stand: there use `<strong>` or `<img>`, or a `<div>`.

```deck bad 4:1-5:12
# Two columns

<div class="columns">
- 监督学习
- **非监督**学习
</div>
```

```deck fixed
# Two columns

<div class="columns">

- 监督学习
- **非监督**学习

</div>
```

```deck bad 3:9-3:27
# Loss

<center>![w:300](loss.png)</center>
```

```deck fixed
# Loss

<center>

![w:300](loss.png)

</center>
```

```deck good
# No Markdown, or not directly

<div class="columns">

- a blank line makes it **Markdown**

</div>

<pre>
# a comment in a program
- **kwargs
</pre>

<blockquote>
The loss must fall - always.
- An author
</blockquote>

<div title="**">2 ** 3 * 4 is 32; <code>**x**</code></div>
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.html import ALLOWED, Tag, tags
from decklint.deck.nodes import HtmlBlock
from decklint.deck.textview import OPAQUE
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, rule, unsafe_fix
from decklint.text import Span

_RAW = Template("Markdown directly inside an HTML block stays as it is written", "HTML 块内紧挨标签的 Markdown 会原样显示")
_FIX = Template("put blank lines around it", "在前后加空行")
_HOMES = frozenset("article aside blockquote center dd details div figcaption figure nav section td th".split())  # noqa: SIM905
"""Elements that can hold paragraphs, lists and headings."""
_BLOCKS = _HOMES | frozenset(
    """
    address caption dl dt h1 h2 h3 h4 h5 h6 hr li ol p summary table tbody tfoot thead tr ul
    """.split()  # noqa: SIM905
)
_INNER = frozenset("caption dd dt li tbody td tfoot th thead tr".split())  # noqa: SIM905
"""Elements that only others of their list or table may follow."""
_CODE = frozenset(("code", "kbd", "math", "pre", "script", "style", "svg", "textarea"))
_ITEM = r"^[ \t]*(?:[-+*]|\d{1,3}[.)])[ \t]+\S[^\n]*"
_MARKDOWN = re.compile(
    rf"(?P<list>{_ITEM}(?:\n{_ITEM})+)"
    r"|(?P<heading>^[ \t]*#{1,6}[ \t]+\S[^\n]*)"
    r"|(?P<image>!\[[^\[\]\n]*\]\([^()\s]+\))"
    r"|(?P<link>\[[^\[\]\n]+\]\((?=[^()\s]*[/.#])[^()\s]+\))"
    r"|(?P<bold>\*\*(?=\S)(?=[^*\n]*[^\W\d_])[^*\n]+(?<=\S)\*\*)",
    re.MULTILINE,
)
_RULER = re.compile(r"^[ \t]*(?:[-=]{2,}|(?:[*_-][ \t]*){3,})$", re.MULTILINE)


@rule("MP029", "markdown-in-html", severity="warning", since="0.1", zh="HTML 块内紧挨标签的 Markdown 不会被解析。")
def check(context: Context) -> Iterator[Finding]:
    for block in context.of_type(HtmlBlock):
        source = context.source.slice(block.span)
        found = list(tags(source))
        if not found or found[0].name not in ALLOWED:  # an element of the author's own may be hidden by its style
            continue
        text = _without_code(source, found)
        for start, end, before, behind in _segments(found, len(source)):
            matches = list(_MARKDOWN.finditer(text, start, end))
            if not matches:
                continue
            first = matches[0].start() + len(matches[0][0]) - len(matches[0][0].lstrip())
            span = Span(block.span.start + first, block.span.start + matches[-1].end())
            fix = None
            if isinstance(block.parent, Slide) and _is_home(before, behind) and not _RULER.search(text, start, end):
                kinds = {match.lastgroup or "" for match in matches}
                edit = Edit(Span(block.span.start + start, block.span.start + end), _apart(source[start:end], behind is not None))
                fix = _fix(context, edit, kinds)
            yield context.finding(span, _RAW, fix=fix)


def _fix(context: Context, edit: Edit, kinds: set[str]) -> Fix:
    effects = {Effect.TEXT, Effect.SPACING}
    if kinds & {"heading", "link"}:
        effects.add(Effect.ANCHORS)
    if "heading" in kinds and "headingDivider" in context.deck.directives:
        effects.add(Effect.SLIDES)
    if "image" in kinds:
        effects.add(Effect.MEDIA)
    if re.search(r"(?m)^[ \t]*(?:\*|\d+\))[ \t]", edit.text):
        effects.add(Effect.FRAGMENTS)
    return unsafe_fix(_FIX, edit, effects=effects)


def _without_code(source: str, found: list[Tag]) -> str:
    """The source with comments, tags, and code between tags opaque."""
    source = re.sub(r"<!--.*?-->", lambda m: OPAQUE * len(m[0]), source, flags=re.DOTALL)
    pieces: list[str] = []
    at, until = 0, ""
    for tag in found:
        if tag.start < at:
            continue
        if until:
            if tag.closing and tag.name == until:
                pieces.append(OPAQUE * (tag.end - at))
                at, until = tag.end, ""
            continue
        pieces += (source[at : tag.start], OPAQUE * (tag.end - tag.start))
        at, until = tag.end, tag.name if tag.name in _CODE and not tag.closing else ""
    return "".join((*pieces, OPAQUE * (len(source) - at) if until else source[at:]))


def _segments(found: list[Tag], length: int) -> Iterator[tuple[int, int, Tag, Tag | None]]:
    """The texts between tags of blocks, each with the tags around it; none behind the last."""
    before: Tag | None = None
    for tag in found:
        if tag.name in _BLOCKS:
            if before is not None:
                yield before.end, tag.start, before, tag
            before = tag
    if before is not None:
        yield before.end, length, before, None


def _is_home(before: Tag, behind: Tag | None) -> bool:
    """Whether blocks may stand between two tags."""
    follows = before.name not in _INNER if before.closing else before.name in _HOMES
    return follows and (behind is None or not behind.closing or behind.name in _HOMES)


def _apart(segment: str, has_tag_behind: bool) -> str:
    """A text with blank lines around it, indented by fewer than the four columns that make code."""
    lines = segment.strip("\n").rstrip().split("\n")
    if not segment.startswith("\n"):
        lines[0] = lines[0].lstrip()
    filled = [line.expandtabs(4) for line in lines if line.strip()]
    if filled and min(len(line) - len(line.lstrip()) for line in filled) >= 4:
        depth = min(len(line) - len(line.lstrip()) for line in filled)
        lines = [line.expandtabs(4)[depth:] for line in lines]
    return "\n\n" + "\n".join(lines) + ("\n\n" if has_tag_behind else "")
