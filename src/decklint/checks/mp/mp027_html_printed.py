"""A tag that Marp does not know as harmless is printed as text.

Marp shows only a list of HTML elements. `<iframe>`, `<script>`, `<font>`, `<svg>`, `<input>`, `<button>`, `<progress>` and
others are not on it: the audience reads the tag itself. They work with `--html` on the command line, `html: true` in the
settings of Marp CLI, or "all" for HTML in the settings of Marp for VS Code.

The rule is silent where the settings of the project, or a command line kept in a comment of the deck, let all HTML through.
Where they restrict HTML it warns of every tag. Where they say nothing, its author may well allow HTML and others may not: then it
informs once, at the first tag, and the cure is to write down what the deck needs. A tag that is only named in a sentence, and
names that HTML does not have (`List<T>`), are left alone: there the text is what is wanted.

```deck bad 3:6-3:24
# Loss

This <font color="red"> must </font> fall.
```

```deck bad 3:1-3:45
# Demo

<iframe src="https://example.com/demo.html"></iframe>
```

```deck good
# HTML that Marp shows, and text that looks like it

Water is H<sub>2</sub>O.<br>A `List<String>` or a Vec<T> is generic; the <script> tag holds programs, `<iframe src="x">` frames.
```

```deck good
<!-- marp --html slides.md -o slides.html -->

# The command line says it

<iframe src="https://example.com/demo.html"></iframe>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.commands import order_html
from decklint.deck.html import Tag, is_rendered, tags
from decklint.deck.nodes import Comment, HtmlBlock, InlineHtml, Leaf, Node
from decklint.deck.walk import ancestors
from decklint.findings import Finding, Severity, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_PRINTED = Template('Marp prints "<{name}>" as text', "Marp 会把“<{name}>”原样显示为文字")
_UNLESS = Template(
    'Marp prints "<{name}>" as text unless all HTML is allowed, and the project does not say so (in this deck: {count})',
    "除非允许全部 HTML，否则 Marp 会把“<{name}>”原样显示为文字，而项目设置中没有写明（文稿中共 {count} 处）",
)
_SAY_SO = Template(
    'write "html: true" into .marprc.yml and "markdown.marp.html": "all" into .vscode/settings.json, or do without',
    '在 .marprc.yml 写入“html: true”，在 .vscode/settings.json 写入 "markdown.marp.html": "all"，或者不用这些标签',
)
_ELEMENTS = frozenset(
    """
    applet area base body button canvas datalist dialog embed fieldset font footer form frame frameset head header hgroup
    html iframe input label legend link main map marquee math menu meta meter noscript object optgroup option output param
    progress script search select slot style svg template textarea title track tt var
    """.split()  # noqa: SIM905
)
"""HTML's elements that Marp does not render: any other name in angle brackets is no tag to its author."""


@rule("MP027", "html-printed", severity="info", since="0.1", zh="Marp 不认识的 HTML 标签会原样显示为文字。")
def check(context: Context) -> Iterator[Finding]:
    if context.tools.html or context.tools.has_own_engine or order_html(context.of_type(Comment)):
        return
    printed = sorted((tag for found in _html(context) for tag in _printed(found)), key=lambda tag: tag.start)
    if context.tools.html is not None:
        for tag in printed:
            yield context.finding(Span(tag.start, tag.end), _PRINTED, severity=Severity.WARNING, name=tag.name)
    elif printed:
        first = printed[0]
        span = Span(first.start, first.end)
        yield context.finding(span, _UNLESS, fix=hint(_SAY_SO), name=first.name, count=len(printed))


def _html(context: Context) -> Iterator[list[Tag]]:
    """The tags of each HTML block, and of each text with tags, with their places in the source."""
    for block in context.of_type(HtmlBlock):
        yield list(_tags_in(context, block.span))
    in_leaves: dict[Node, list[Tag]] = {}
    for html in context.of_type(InlineHtml):
        leaf = next(node for node in ancestors(html) if isinstance(node, Leaf))
        in_leaves.setdefault(leaf, []).extend(_tags_in(context, html.span))
    yield from in_leaves.values()


def _tags_in(context: Context, span: Span) -> Iterator[Tag]:
    for tag in tags(context.source.slice(span)):
        yield tag._replace(start=tag.start + span.start, end=tag.end + span.start)


def _printed(found: list[Tag]) -> Iterator[Tag]:
    """The tags meant as HTML that are printed, without those inside an element that is printed already."""
    ends = _ends(found)
    outer_end = -1
    for tag, end in zip(found, ends, strict=True):
        if tag.closing or is_rendered(tag) or tag.name not in _ELEMENTS or tag.start < outer_end:
            continue
        if tag.attributes or end > tag.end:
            outer_end = end
            yield tag


def _ends(found: list[Tag]) -> list[int]:
    """Where the element of each tag ends: behind the next closing tag of its name, else behind the tag."""
    ends: list[int] = []
    closers: dict[str, Tag] = {}
    for tag in reversed(found):
        closer = closers.get(tag.name)
        ends.append(closer.end if closer is not None and closer.start > tag.end else tag.end)
        if tag.closing:
            closers[tag.name] = tag
    return ends[::-1]
