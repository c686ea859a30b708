"""Marp removes an attribute from an HTML tag.

Marp shows harmless elements, but keeps only harmless attributes of them: `class`, `title`, `lang`, `dir` and a few more.
`style`, `id`, `align` on a paragraph and all that begins with `on` are removed, and the colour, the two columns or the anchor
are gone without a message. A class with a rule in the deck's `style` does the same and works everywhere. With `--html`,
`html: true` or the editor's setting "all" the attributes stay.

The rule is silent where the settings of the project, or a command line kept in a comment of the deck, let all HTML through.
Where they restrict HTML it warns of every tag. Where they say nothing, its author may well allow HTML and others may not: then it
informs once, at the first tag, and the cure is to write down what the deck needs.

```deck bad 3:1-3:25
# Two columns

<div style="columns: 2">

- first
- second

</div>
```

```deck bad 3:9-3:34
# Loss

It must <span style="color: red">fall</span>.

<p align="center">centred</p>
```

```deck good
# Attributes that stay

<div class="columns" lang="en" data-note="for a script">

<img src="plot.png" width="300" align="right" alt="Loss">

</div>
```
"""

from __future__ import annotations

from collections.abc import Iterator

from decklint.deck.commands import order_html
from decklint.deck.html import Tag, is_rendered, removed_attributes, tags
from decklint.deck.nodes import Comment, HtmlBlock, InlineHtml
from decklint.findings import Finding, Severity, Template
from decklint.rule import Context, hint, rule
from decklint.text import Span

_REMOVED = Template('Marp removes {attributes} from "<{name}>"', "Marp 会去掉“<{name}>”的 {attributes} 属性")
_UNLESS = Template(
    'Marp removes {attributes} from "<{name}>" unless all HTML is allowed, and the project does not say so '
    "(in this deck: {count})",
    "除非允许全部 HTML，否则 Marp 会去掉“<{name}>”的 {attributes} 属性，而项目设置中没有写明（文稿中共 {count} 处）",
)
_SAY_SO = Template(
    'write "html: true" into .marprc.yml and "markdown.marp.html": "all" into .vscode/settings.json, or use a class',
    '在 .marprc.yml 写入“html: true”，在 .vscode/settings.json 写入 "markdown.marp.html": "all"，或者改用 class',
)
_SEEN = frozenset(
    """
    align bgcolor border cellpadding cellspacing color data-marpit-fragment height hidden id size style valign width
    """.split()  # noqa: SIM905
)
"""Attributes whose loss shows; without `role`, `aria-label` and data for scripts a slide looks the same."""


@rule("MP028", "html-attribute-stripped", severity="info", since="0.1", zh="Marp 会去掉 HTML 标签的某些属性。")
def check(context: Context) -> Iterator[Finding]:
    if context.tools.html or context.tools.has_own_engine or order_html(context.of_type(Comment)):
        return
    stripped = sorted(_stripped(context))
    if context.tools.html is not None:
        for span, lost, name in stripped:
            yield context.finding(span, _REMOVED, severity=Severity.WARNING, attributes=lost, name=name)
    elif stripped:
        span, lost, name = stripped[0]
        yield context.finding(span, _UNLESS, fix=hint(_SAY_SO), attributes=lost, name=name, count=len(stripped))


def _stripped(context: Context) -> Iterator[tuple[Span, str, str]]:
    """Each tag that loses something: its place, what it loses, its name."""
    for node in (*context.of_type(HtmlBlock), *context.of_type(InlineHtml)):
        for tag in tags(context.source.slice(node.span)):
            if lost := _lost(tag):
                yield Span(node.span.start + tag.start, node.span.start + tag.end), ", ".join(lost), tag.name


def _lost(tag: Tag) -> list[str]:
    if tag.closing or not is_rendered(tag):
        return []
    return [name for name in removed_attributes(tag) if name in _SEEN or name.startswith("on")]
