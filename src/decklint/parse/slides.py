"""From block tokens to the deck: nodes, slides cut where Marp cuts them, directives in force on each.

Sources: Marpit 3.2 `markdown/slide.js`, `heading_divider.js`, `directives/parse.js`.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

from decklint.deck.deck import Deck, FrontMatter, Slide
from decklint.deck.directives import DIRECTIVES, heading_divider, is_directive, local_value
from decklint.deck.nodes import Block, Comment, Container, Heading, Leaf, ListItem
from decklint.deck.walk import of_type, slide_of
from decklint.parse.blocks import parse_blocks
from decklint.parse.convert import Converter, span_of
from decklint.parse.front_matter import read_front_matter
from decklint.parse.options import Options
from decklint.parse.state import Token
from decklint.text import Source, Span

DEFAULTS = Options()


def parse(source: Source, options: Options = DEFAULTS) -> Deck:
    """The deck that Marp would make of a source. Never fails: whatever the text, it is some deck."""
    front_matter = read_front_matter(source)
    start = front_matter.span.end if front_matter else 0
    tokens, env = parse_blocks(source.text[start:], start, math=options.math)
    converter = Converter(source, env, options)
    settings = front_matter.settings if front_matter else {}
    blocks = [
        (token, converter.block(token) if token["type"] != "thematic_break" else None)  # which only cuts
        for token in tokens
        if token["type"] != "blank_line"
    ]
    comments = list(_comments(converter.commented))
    directives = _global_directives(settings, comments)
    levels = heading_divider(directives["headingDivider"]) if "headingDivider" in directives else options.heading_divider
    slides = _cut(source, front_matter, blocks, levels or frozenset())
    _apply_local_directives(settings, slides, comments, directives)
    return Deck(source, front_matter, slides, directives)


def _comments(commented: list[Comment | Leaf]) -> Iterator[Comment]:
    """The comments of a deck; of its leaves only those are parsed that hold one."""
    for holder in commented:
        if isinstance(holder, Comment):
            yield holder
        else:
            yield from of_type(holder, Comment)


def _cut(
    source: Source, front_matter: FrontMatter | None, blocks: list[tuple[Token, Block | Comment | None]], levels: frozenset[int]
) -> list[Slide]:
    slides = [Slide(Span(0, len(source.text)))]
    anything_visible = False
    for token, block in blocks:
        kind = token["type"]
        if kind == "thematic_break":
            span = span_of(token)
            slides.append(_begin(slides, span, break_span=span))
            anything_visible = True
            continue
        if isinstance(block, Heading) and block.level in levels and anything_visible:
            slides.append(_begin(slides, span_of(token)))
        if block is not None:
            anything_visible = anything_visible or kind not in ("comment", "style")
            for part in _divided(block, levels) if levels else (block,):
                if part is not block:
                    slides.append(_begin(slides, part.span))
                part.parent = slides[-1]
                slides[-1].blocks.append(part)  # type: ignore[arg-type]
    return slides


def _divided(block: Block | Comment, levels: frozenset[int]) -> list[Block | Comment]:
    """A block, cut before each heading inside it that begins a slide: Marp cuts quotes and lists too."""
    if not levels or not isinstance(block, Container):
        return [block]
    parts: list[Block | Comment] = [block]
    inner, block.blocks = block.blocks, []
    for child in inner:
        for part in _divided(child, levels):
            if part is not child or (isinstance(part, Heading) and part.level in levels):
                parts.append(_continued(parts[-1], part.span.start))
            holder = parts[-1]
            assert isinstance(holder, Container)
            part.parent = holder
            holder.blocks.append(part)  # type: ignore[arg-type]
    return parts


def _continued(block: Block | Comment, start: int) -> Container:
    """What follows of a quote, a list or an item from an offset on; the block itself ends there."""
    assert isinstance(block, Container)
    rest = copy(block)
    rest.span, block.span = Span(start, block.span.end), Span(block.span.start, start)
    rest.blocks = []
    if isinstance(rest, ListItem):
        rest.marker, rest.marker_span = "-", Span(start, start)  # the marker stands before
    return rest


def _begin(slides: list[Slide], span: Span, break_span: Span | None = None) -> Slide:
    last = slides[-1]
    end = last.span.end
    last.span = Span(last.span.start, span.start)
    return Slide(Span(span.start, end), number=len(slides) + 1, break_span=break_span)


def _global_directives(front: dict[str, Any], comments: list[Comment]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for settings in (front, *(comment.settings for comment in comments)):
        for key, value in settings.items():
            known = DIRECTIVES.get(key)
            if known is None or known.scope != "global":
                continue
            if key == "headingDivider" and heading_divider(value) is None:
                continue
            values[key] = value
    return values


def _apply_local_directives(
    front: dict[str, Any], slides: list[Slide], comments: list[Comment], directives: dict[str, Any]
) -> None:
    said: dict[int, list[dict[str, Any]]] = {1: [front]}
    for comment in comments:
        if comment.settings:
            said.setdefault(slide_of(comment).number, []).append(comment.settings)
    inherited: dict[str, Any] = {}
    for slide in slides:
        here: dict[str, Any] = {}
        for settings in said.get(slide.number, ()):
            for key, value in settings.items():
                name = key.removeprefix("_")
                if not is_directive(key) or DIRECTIVES[name].scope != "local":
                    continue
                made = local_value(name, value)
                if made is not None:
                    (here if key != name else inherited)[name] = made
        slide.directives = {**inherited, **here, **directives}
