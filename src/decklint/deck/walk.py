"""Walking a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import Block, Comment, Container, Heading, Image, LineBreak, Node, Paragraph, Strong, StyleBlock, Text
from decklint.deck.textview import OPAQUE, view_of

N = TypeVar("N", bound=Node)


def walk(root: Node | Deck) -> Iterator[Node]:
    """All nodes below `root` in source order, `root` itself left out."""
    stack: list[Node] = list(reversed(root.slides if isinstance(root, Deck) else root.children))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def blocks(root: Container | Deck) -> Iterator[Block | Comment]:
    """All blocks below `root` in source order; inline content is not parsed."""
    stack: list[Node] = list(reversed(root.slides if isinstance(root, Deck) else root.children))
    while stack:
        node = stack.pop()
        if isinstance(node, (Block, Comment)):
            yield node
        if isinstance(node, Container):
            stack.extend(reversed(node.blocks))


def of_type(root: Node | Deck, kind: type[N]) -> Iterator[N]:
    """The nodes of one type below `root`."""
    return (node for node in walk(root) if isinstance(node, kind))


def ancestors(node: Node) -> Iterator[Node]:
    """The nodes around `node`, innermost first."""
    while node.parent is not None:
        node = node.parent
        yield node


def slide_of(node: Node) -> Slide:
    """The slide that holds a node."""
    if isinstance(node, Slide):
        return node
    return next(n for n in ancestors(node) if isinstance(n, Slide))


def bold_title(slide: Slide) -> Strong | None:
    """The bold text that a slide without headings begins with and uses as its title: a first line wholly in bold."""
    if slide._bold_titles is None:
        slide._bold_titles = tuple(_bold_titles(slide))
    return slide._bold_titles[0] if slide._bold_titles else None


def _bold_titles(slide: Slide) -> Iterator[Strong]:
    if any(isinstance(block, Heading) for block in slide.blocks):
        return
    for block in slide.blocks:
        if isinstance(block, (Comment, StyleBlock)):
            continue
        if not isinstance(block, Paragraph):
            return
        shown = [node for node in block.inlines if not _is_unseen(node)]
        if not shown and block.inlines:
            continue
        if shown and isinstance(shown[0], Strong) and (len(shown) == 1 or isinstance(shown[1], LineBreak)):
            yield shown[0]
        return


def _is_unseen(node: Node) -> bool:
    """Whether a node takes no room in its line: comments, backgrounds, blanks."""
    if isinstance(node, Text):
        return not node.value.strip()
    return isinstance(node, Comment) or (isinstance(node, Image) and node.is_background)


def title(slide: Slide) -> str:
    """The visible text of a slide's title: its first heading, else a bold line used as one; empty where there is none."""
    heading = next((block for block in blocks(slide) if isinstance(block, Heading)), None)
    strong = bold_title(slide) if heading is None else None
    text = heading.view.text if heading is not None else view_of(strong.content).text if strong is not None else ""
    return " ".join(text.replace(OPAQUE, " ").split())
