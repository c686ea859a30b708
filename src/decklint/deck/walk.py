"""Walking a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from decklint.deck.nodes import Block, Comment, Container, Deck, Heading, Image, Leaf, Node, Paragraph, Slide, Strong, Text

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


def bold_title(slide: Slide) -> Paragraph | None:
    """The paragraph wholly in bold that a slide uses as its title: its first visible block, where it has no heading."""
    for block in slide.blocks:
        if isinstance(block, Heading):
            return None
    for block in slide.blocks:
        if isinstance(block, Comment):
            continue
        if not isinstance(block, Paragraph):
            return None
        shown = [n for n in block.inlines if not (isinstance(n, (Image, Comment)) or (isinstance(n, Text) and not n.value.strip()))]
        if not shown and any(isinstance(n, Image) and n.is_background for n in block.inlines):
            continue  # a background is not seen as a block
        if len(shown) == 1 and isinstance(shown[0], Strong) and block.view.text.strip():
            return block
        return None
    return None


def title_leaf(slide: Slide) -> Leaf | None:
    """The leaf that is a slide's title: its first heading, else a bold paragraph used as one."""
    for block in blocks(slide):
        if isinstance(block, Heading):
            return block
    return bold_title(slide)


def title(slide: Slide) -> str:
    """The visible text of a slide's title, empty where there is none."""
    leaf = title_leaf(slide)
    return " ".join(leaf.view.text.replace("\ufffc", " ").split()) if leaf is not None else ""
