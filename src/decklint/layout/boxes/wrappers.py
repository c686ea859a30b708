"""The HTML elements around the blocks of a slide: what ends them before a slide break, and what begins them again behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from decklint.deck.deck import Slide
from decklint.deck.html import Tag, is_rendered, tags
from decklint.deck.nodes import HtmlBlock
from decklint.records import dataclass
from decklint.text import Source, Span

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
"""Elements that end where they begin."""
_WRAPPERS = frozenset(("div", "article", "aside", "center", "main", "small", "big"))
"""Elements that only hold blocks: closed and opened again, they look as before."""
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Around:
    """The elements around a block."""

    closes: str = ""
    """Ends them."""
    again: str = ""
    """Begins them again."""
    dropped: Span | None = None
    """The tags right before the block that begin the innermost ones: not needed where they are begun again."""
    before: str = ""
    """Ends those that are open before these tags."""


class _Open(NamedTuple):
    name: str
    written: str
    """As it is begun again; empty where it cannot be."""


def wrappers(slide: Slide, source: Source) -> dict[int, Around | None]:
    """For each block of a slide, by its `id`, what is around it; None where that cannot be ended and begun again."""
    found: dict[int, Around | None] = {}
    stack: list[_Open] = []
    outer, opened = 0, -1
    for block in slide.blocks:
        around = _around(stack)
        if around is not None and opened >= 0:
            around = replace(around, dropped=Span(opened, source.line_of(block.span.start).start), before=_ending(stack[:outer]))
        found[id(block)], opened = around, -1
        if isinstance(block, HtmlBlock):
            found_tags = list(tags(block.value))
            first = _first_opening(found_tags, block.value)
            for tag in found_tags:
                if opened < 0 and tag.start >= first:
                    outer, opened = len(stack), block.span.start + tag.start
                _follow(stack, tag, block.value)
            opened = opened if len(stack) > outer and source.slice(block.span) == block.value.rstrip("\n") else -1
    return found


def _first_opening(found: list[Tag], text: str) -> int:
    """Where the tags begin that end a text and only open elements; behind it where there are none."""
    end = len(text.rstrip())
    start = len(text)
    for tag in reversed(found):
        if tag.closing or tag.name in VOID or text[tag.end : end].strip():
            break
        start = end = tag.start
    return start


def _follow(stack: list[_Open], tag: Tag, text: str) -> None:
    if tag.closing:
        if any(each.name == tag.name for each in stack[-_DEEPEST:]):
            while stack.pop().name != tag.name:
                pass
    elif tag.name not in VOID:
        keeps = is_rendered(tag) and tag.name in _WRAPPERS and not any(map(_is_bound, tag.attributes))
        stack.append(_Open(tag.name, text[tag.start : tag.end] if keeps else ""))


def _is_bound(attribute: str) -> bool:
    """Whether an attribute may stand only once, or makes steps of what the element holds."""
    return attribute == "id" or attribute.startswith(("data-", "on"))


def _around(stack: list[_Open]) -> Around | None:
    if len(stack) > _DEEPEST or not all(each.written for each in stack):
        return None
    return Around(_ending(stack), "".join(each.written + "\n" for each in stack) + "\n") if stack else Around()


def _ending(stack: list[_Open]) -> str:
    return "\n" + "".join(f"</{each.name}>\n" for each in reversed(stack)) if stack else ""
