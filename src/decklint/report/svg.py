"""A slide as a picture: the boxes that were estimated, with what does not fit marked.

What a deck says stands in it as text and nothing else: escaped, without characters that XML forbids, without a link or a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from decklint.deck.nodes import CodeBlock, CodeSpan, Container, Image, InlineHtml, InlineMath, Leaf, LineBreak, Node, Text
from decklint.findings import Template
from decklint.layout.model import Box, SlideLayout, Verdict
from decklint.report.plain import width
from decklint.text import Source

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Source: XML 1.0, 2.2."""
_COLOURS = {
    "table": "#d8e4d0",
    "td": "#eef4ea",
    "th": "#d8e4d0",
    "pre": "#e3e3ea",
    "img": "#d5dde8",
    "math": "#efe2ee",
    "blockquote": "#ece8da",
}
_FRAMED = frozenset((*_COLOURS, "video", "iframe", "hr", "svg"))
_PICTURE = re.compile(r"\[?!\[|<img\b", re.IGNORECASE)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_LONGEST = 200  # characters of a line; what is longer is cut
_STYLE = (
    "text{font-family:sans-serif}.box{fill:none;stroke:#b8b8b8;stroke-width:1}.line{fill:#222}.note{fill:#666;font-size:14px}"
    ".room{fill:none;stroke:#3a7;stroke-dasharray:8 6}.over{fill:#f5a623;fill-opacity:.28}.cut{fill:#e0243a;fill-opacity:.25}"
    ".edge{fill:none;stroke:#e0243a;stroke-width:2}"
)
_HEAD = Template(
    "slide {number}: {fill}% full, {verdict}, metrics: {assumed}", "第 {number} 页：占 {fill}%，{verdict}，采用的度量：{assumed}"
)
_VERDICTS = {
    Verdict.OK: Template("fits", "放得下"),
    Verdict.MARGIN: Template("only an empty margin passes the padding", "只有空白越过内边距"),
    Verdict.OVER: Template("{over} px into the padding", "进入内边距 {over} 像素"),
    Verdict.CUT: Template("{cut} px cut off", "被裁掉 {cut} 像素"),
    Verdict.DECLINED: Template("not judged ({declined})", "未判断（{declined}）"),
}


def svg(layout: SlideLayout, source: Source, lang: str) -> str:
    """The picture of one slide, in pixels of the slide. What passes its lower edge is shown below it."""
    across, height = layout.width, layout.height
    boxes = layout.boxes
    low = max([height, *(max(box.ink, box.y + box.height) for box in boxes)])
    right = max([across, *(box.x + box.width for box in boxes)])
    low, right = min(low, 4 * height), min(right, 2 * across)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -24 {right:.0f} {low + 32:.0f}" width="{right:.0f}">',
        f"<style>{_STYLE}</style>",
        f'<rect y="-24" width="{right:.0f}" height="{low + 32:.0f}" fill="#fafafa"/>',
        f'<rect width="{across:g}" height="{height:g}" fill="#fff" stroke="#888"/>',
        f'<text class="note" x="4" y="-7">{_text(_headline(layout, lang))}</text>',
        *(part for box in boxes for part in _drawn(box, source)),
        *_marks(layout, low, right),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _headline(layout: SlideLayout, lang: str) -> str:
    values = {
        "number": layout.slide.number,
        "fill": round(100 * layout.fill),
        "over": round(max(layout.over, layout.over_x)),
        "cut": round(max(layout.cut, layout.over_x - layout.padding.right)),
        "assumed": layout.assumed,
        "declined": layout.declined,
    }
    verdict = _say(_VERDICTS[layout.verdict], lang, **values)
    return _say(_HEAD, lang, **values, verdict=verdict)


def _say(template: Template, lang: str, **values: object) -> str:
    return (template.zh if lang == "zh" else template.en).format_map(values)


def _drawn(box: Box, source: Source) -> Iterator[str]:
    if box.kind in _FRAMED or box.rows:
        fill = f' style="fill:{_COLOURS[box.kind]}"' if box.kind in _COLOURS else ""
        yield f'<rect class="box"{_place(box.x, box.y, box.width, box.height)}{fill}/>'
    if box.rows:
        yield from _lines(box, source)
    elif box.kind in _FRAMED and not box.children:
        yield _note(box.kind, box.x, box.y)


def _lines(box: Box, source: Source) -> Iterator[str]:
    """Each line as wide as it was estimated; a line with a picture as a frame."""
    is_code = isinstance(box.node, CodeBlock)
    texts = _code_lines(box) if is_code else _texts(box, source)
    y = box.y + max(0.0, box.height - sum(row.height for row in box.rows)) / 2
    for row, text in zip(box.rows, texts, strict=False):
        shown = text[:_LONGEST] if is_code else " ".join(text[:_LONGEST].split())
        if _PICTURE.match(shown) and row.width > 0:
            yield f'<rect class="box"{_place(box.x, y, row.width, row.height)} style="fill:{_COLOURS["img"]}"/>'
            yield _note(shown, box.x, y)
        elif shown.strip() and row.width > 0:
            place = f'x="{box.x:.1f}" y="{y + row.height * 0.72:.1f}" font-size="{row.height * 0.62:.1f}"'
            stretch = f'textLength="{row.width:.1f}" lengthAdjust="spacingAndGlyphs"'
            family = ' xml:space="preserve" style="font-family:monospace"' if is_code else ""
            yield f'<text class="line" {place} {stretch}{family}>{_text(shown)}</text>'
        y += row.height


def _code_lines(box: Box) -> list[str]:
    assert isinstance(box.node, CodeBlock)
    return [line.rstrip() for line in box.node.value.expandtabs(8).split("\n")]


def _texts(box: Box, source: Source) -> list[str]:
    """What stands on each line: lines broken by the width share the text that they are made of, by their widths."""
    texts: list[str] = []
    leaf = box.node.blocks[0] if isinstance(box.node, Container) and box.node.blocks else box.node
    first = box.rows[0].source
    end = box.node.span.end if box.node is not None else len(source.text)
    lines = _written(leaf, source) if isinstance(leaf, Leaf) else [(first, source.text[first:end])]
    for (_, text), (later, _) in pairwise((*lines, (len(source.text), ""))):
        widths = [row.width for row in box.rows[len(texts) :] if row.source < later]
        texts += _shared(text[: _LONGEST * len(widths)], widths)
    return texts + [""] * (len(box.rows) - len(texts))


def _written(node: Leaf, source: Source) -> list[tuple[int, str]]:
    """The lines as they are written: where each begins in the source, and its text without markup."""
    lines: list[tuple[int, str]] = [(node.span.start, "")]
    waiting: list[Node] = list(reversed(node.inlines))
    while waiting:
        inline = waiting.pop()
        start, text = lines[-1]
        if (isinstance(inline, LineBreak) and inline.shown) or (isinstance(inline, InlineHtml) and _BREAK.match(inline.value)):
            lines.append((inline.span.start, ""))
        elif isinstance(inline, Text | CodeSpan):
            lines[-1] = start, text + inline.value
        elif isinstance(inline, Image | InlineMath) or (isinstance(inline, InlineHtml) and _PICTURE.match(inline.value)):
            lines[-1] = start, text + source.slice(inline.span).strip("$")
        elif isinstance(inline, LineBreak):
            lines[-1] = start, text + " "
        else:
            waiting += reversed(inline.children)
    return lines


def _shared(text: str, widths: list[float]) -> Iterator[str]:
    """The part of a text that stands on each line, by the widths of the lines."""
    whole, total = width(text), sum(widths) or 1.0
    at, drawn, reached = 0, 0, 0.0
    for number, each in enumerate(widths, 1):
        start, reached = at, reached + whole * each / total
        while at < len(text) and (drawn + width(text[at]) <= reached + 0.5 or number == len(widths)):
            drawn += width(text[at])
            at += 1
        inside = at < len(text) and text[at - 1 : at + 1].isalnum() and text[at - 1 : at + 1].isascii()
        if inside and (space := text.rfind(" ", start, at) + 1):
            drawn -= width(text[space:at])
            at = space
        yield text[start:at]


def _note(text: str, x: float, y: float) -> str:
    return f'<text class="note" x="{x + 6:.1f}" y="{y + 18:.1f}">{_text(text)}</text>'


def _marks(layout: SlideLayout, low: float, right: float) -> Iterator[str]:
    """The room inside the padding, and what passes it."""
    across, height, pad = layout.width, layout.height, layout.padding
    floor, wall = height - pad.bottom, across - pad.right
    yield f'<rect class="room"{_place(pad.left, pad.top, wall - pad.left, floor - pad.top)}/>'
    if layout.over > 0:
        yield f'<rect class="over"{_place(0, floor, across, min(layout.over, pad.bottom))}/>'
    if layout.over_x > 0:
        yield f'<rect class="over"{_place(wall, 0, min(layout.over_x, pad.right), height)}/>'
    if low > height:
        yield f'<rect class="cut"{_place(0, height, right, low - height)}/>'
    if right > across:
        yield f'<rect class="cut"{_place(across, 0, right - across, height)}/>'
    if layout.verdict is Verdict.CUT:
        yield f'<rect class="edge"{_place(0, 0, across, height)}/>'


def _place(x: float, y: float, width: float, height: float) -> str:
    return f' x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.0):.1f}" height="{max(height, 0.0):.1f}"'


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))
