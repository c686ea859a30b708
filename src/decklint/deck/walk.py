"""Walking a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import (
    Block,
    Comment,
    Container,
    Heading,
    Image,
    Leaf,
    LineBreak,
    Node,
    Paragraph,
    Strong,
    StyleBlock,
    Styled,
    Text,
)
from decklint.deck.textview import OPAQUE, view_of

N = TypeVar("N", bound=Node)

_HOLDERS = (Container, Styled)
"""What may have nodes inside, besides leaves."""


def walk(root: Node | Deck) -> Iterator[Node]:
    """All nodes below `root` in source order, `root` itself left out. Slides and decks remember theirs."""
    if isinstance(root, Slide):
        return iter(_nodes_of(root))
    if not isinstance(root, Deck):
        return iter(_walked(root.children))
    if root._nodes is None:
        root._nodes = [node for slide in root.slides for node in (slide, *_nodes_of(slide))]
    return iter(root._nodes)


def _nodes_of(slide: Slide) -> list[Node]:
    if slide._nodes is None:
        slide._nodes = _walked(slide.blocks)
    return slide._nodes


def _walked(nodes: Sequence[Node]) -> list[Node]:
    found: list[Node] = []
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        found.append(node)
        if isinstance(node, Leaf):
            inlines = node.inlines
            if len(inlines) == 1 and type(inlines[0]) is Text:  # most leaves
                found.append(inlines[0])
            else:
                stack.extend(reversed(inlines))
        elif isinstance(node, _HOLDERS):
            stack.extend(reversed(node.children))
    return found


def blocks(root: Container | Deck) -> Iterator[Block | Comment]:
    """All blocks below `root` in source order; inline content is not parsed. Slides and decks remember these too."""
    if isinstance(root, Slide):
        return iter(_blocks_of(root))
    if not isinstance(root, Deck):
        return iter(_blocks_among(root.children))
    if root._blocks is None:
        root._blocks = [block for slide in root.slides for block in (slide, *_blocks_of(slide))]
    return iter(root._blocks)


def _blocks_of(slide: Slide) -> list[Block | Comment]:
    if slide._all_blocks is None:
        slide._all_blocks = _blocks_among(slide.blocks)
    return slide._all_blocks


def _blocks_among(nodes: Sequence[Node]) -> list[Block | Comment]:
    found: list[Block | Comment] = []
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if isinstance(node, (Block, Comment)):
            found.append(node)
            if isinstance(node, Container):
                stack.extend(reversed(node.blocks))
    return found


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
    at: Node | None = node
    while not isinstance(at, Slide):
        assert at is not None
        at = at.parent
    return at


def bold_title(slide: Slide) -> Strong | None:
    """The bold text that a slide without headings begins with and uses as its title: a first line wholly in bold."""
    if slide._bold_titles is None:
        slide._bold_titles = tuple(_bold_titles(slide))
    return slide._bold_titles[0] if slide._bold_titles else None


def _bold_titles(slide: Slide) -> Iterator[Strong]:
    for block in slide.blocks:
        if isinstance(block, Heading):
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
    if slide._title is None:
        slide._title = _title(slide)
    return slide._title


def _title(slide: Slide) -> str:
    for block in _blocks_of(slide):
        if isinstance(block, Heading):
            text = block.view.text
            break
    else:
        strong = bold_title(slide)
        text = view_of(strong.content).text if strong is not None else ""
    return " ".join(text.replace(OPAQUE, " ").split())
