"""The estimated slides of decks as a table for people and as JSON for programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from decklint.commands.columns import columns
from decklint.deck.walk import title
from decklint.findings import Template
from decklint.layout.model import Box, SlideLayout, Verdict
from decklint.report.machine import as_json
from decklint.report.plain import harmless
from decklint.text import Source, Span

_HEAD = (
    Template("slide", "页"),
    Template("line", "行"),
    Template("full", "占满"),
    Template("verdict", "结论"),
    Template("over px", "超出像素"),
    Template("code", "代码缩放"),
    Template("first lost", "最先越界"),
    Template("title", "标题"),
)
_WIDEST = (5, 6, 6, 10, 10, 8, 42, 36)
_WORDS = {
    Verdict.OK: Template("ok", "放得下"),
    Verdict.MARGIN: Template("margin", "仅空白"),
    Verdict.OVER: Template("over", "越界"),
    Verdict.CUT: Template("cut", "被裁"),
    Verdict.DECLINED: Template("declined", "不判断"),
}
_DECK = Template(
    "{path}: {width:g} x {height:g} px, metrics: {assumed}", "{path}：{width:g} x {height:g} 像素，采用的度量：{assumed}"
)
_LINE = Template("line {line}: {text}", "第 {line} 行：{text}")
_COUNTS = Template("{slides} in {decks}: {parts}", "{decks}共 {slides}：{parts}")
_NONE_LISTED = Template("every slide fits", "每一页都放得下")
_SAFE = re.compile(r"[^\w-]+")
_LONGEST = 50  # characters of a file name; Han take three bytes each, and systems allow 255


class Laid(NamedTuple):
    """A deck with the layouts of its slides."""

    path: str
    source: Source
    slides: list[SlideLayout]


def table(listed: Sequence[Laid], everything: Sequence[Laid], lang: str) -> Iterator[str]:
    """The lines of the table: deck by deck, the metrics that were assumed above, then counts of all slides."""
    for each in listed:
        if not each.slides:
            continue
        first = each.slides[0]
        assumed = ", ".join(dict.fromkeys(slide.assumed for slide in each.slides))
        yield harmless(_say(_DECK, lang, path=each.path, width=first.width, height=first.height, assumed=assumed))
        rows = [[_say(head, lang) for head in _HEAD], *(_row(each.source, slide, lang) for slide in each.slides)]
        yield from (f"  {line}" for line in columns(rows, _WIDEST))
        yield ""
    if not any(each.slides for each in listed) and everything:
        yield _say(_NONE_LISTED, lang)
    yield _summary(everything, lang)


def _row(source: Source, slide: SlideLayout, lang: str) -> list[str]:
    number, line = str(slide.slide.number), str(source.line(slide.slide.span.start))
    word = _say(_WORDS[slide.verdict], lang)
    if slide.verdict is Verdict.DECLINED:
        return [number, line, "-", word, "-", "-", slide.declined, title(slide.slide)]
    over = f"{max(slide.over, 0):.0f}" + (f" → {slide.over_x:.0f}" if slide.over_x > 0 else "")
    scale = smallest_scale(slide.root)
    shown = f"{scale:.0%}" if scale < 1 else "-"
    fits = slide.verdict in (Verdict.OK, Verdict.MARGIN)
    lost = "" if fits or slide.first_lost is None else _lost(source, slide.first_lost, lang)
    return [number, line, f"{slide.fill:.0%}", word, "-" if fits else over, shown, lost or "-", title(slide.slide)]


def _lost(source: Source, span: Span, lang: str) -> str:
    text = source.slice(source.line_of(span.start))
    return _say(_LINE, lang, line=source.line(span.start), text=text.strip())


def smallest_scale(box: Box) -> float:
    """How small auto-scaling makes the smallest code block or formula in a box."""
    return min([1.0, *(child.scale for child in _all(box) if child.kind in ("pre", "math"))])


def _all(root: Box) -> Iterator[Box]:
    waiting = [root]
    while waiting:
        box = waiting.pop()
        yield box
        waiting += box.children


def _summary(everything: Sequence[Laid], lang: str) -> str:
    counts = Counter(slide.verdict for each in everything for slide in each.slides)
    parts = [f"{_say(_WORDS[verdict], lang)} {counts[verdict]}" for verdict in Verdict if counts[verdict]]
    slides = _many(sum(counts.values()), "slide", "页", lang)
    decks = _many(len(everything), "deck", "个文件", lang)
    return _say(_COUNTS, lang, slides=slides, decks=decks, parts=("，" if lang == "zh" else ", ").join(parts))


def _many(number: int, en: str, zh: str, lang: str) -> str:
    return f"{number} {zh}" if lang == "zh" else f"{number} {en}{'' if number == 1 else 's'}"


def _say(template: Template, lang: str, **values: object) -> str:
    return (template.zh if lang == "zh" else template.en).format_map(values)


# ---------------------------------------------------------------- for programs


def as_objects(listed: Iterable[Laid]) -> Iterator[str]:
    """An array with one object per slide. Lengths are pixels of the slide, lines count from 1."""
    slides = [_object(each, slide) for each in listed for slide in each.slides]
    yield as_json(slides, indent=1)


def _object(laid: Laid, slide: SlideLayout) -> dict[str, Any]:
    source = laid.source
    lost = slide.first_lost if slide.verdict in (Verdict.OVER, Verdict.CUT) else None
    return {
        "path": laid.path,
        "slide": slide.slide.number,
        "line": source.line(slide.slide.span.start),
        "title": title(slide.slide),
        "verdict": slide.verdict.value,
        "declined": slide.declined or None,
        "sure": slide.sure,
        "metrics": slide.assumed,
        "width": round(slide.width, 1),
        "height": round(slide.height, 1),
        "fill": round(slide.fill, 3),
        "over": round(slide.over, 1),
        "over_x": round(slide.over_x, 1),
        "cut": round(slide.cut, 1),
        "scale": round(smallest_scale(slide.root), 3),
        "first_lost_line": source.line(lost.start) if lost else None,
        "lost_lines": slide.lost_lines if lost else 0,
        "boxes": [_box(source, box) for box in slide.root.children],
    }


def _box(source: Source, box: Box) -> dict[str, Any]:
    lengths = {name: round(getattr(box, name), 1) for name in ("x", "y", "width", "height")}
    line = source.line(box.node.span.start) if box.node is not None else None
    return {"element": box.kind, "line": line, **lengths, "scale": round(box.scale, 3)}


# ---------------------------------------------------------------- pictures


def picture_names(paths: Iterable[str]) -> Iterator[str]:
    """A file name for each deck, without ending: letters, digits and `-` of its path, never the same one twice."""
    taken: set[str] = set()
    for path in paths:
        stem = path.rsplit(".", 1)[0] if "." in path.rsplit("/", 1)[-1] else path
        name = plain = _SAFE.sub("-", stem)[-_LONGEST:].strip("-") or "deck"
        number = 2
        while name.casefold() in taken:
            name, number = f"{plain}-{number}", number + 1
        taken.add(name.casefold())
        yield name
