"""Decks are what Marp says they are: our tree against golden files that the pinned Marp wrote (tools/marp)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import CodeBlock, Comment, Heading, Image, InlineMath, ListItem, MathBlock
from decklint.deck.walk import of_type, walk
from decklint.parse import parse
from decklint.text import Source

CASES = sorted((Path(__file__).parent.parent / "fixtures" / "marp").glob("*.md"))
NOT_LOCAL = {"theme", "size", "math", "headingDivider", "author", "description", "image", "title", "url", "keywords"}


def as_golden(deck: Deck) -> dict[str, Any]:
    front = deck.front_matter
    last = None if front is None else deck.source.line(max(0, front.span.end - 1))
    return {"front_matter_lines": last, "slides": [slide_as_golden(deck, slide) for slide in deck.slides]}


def slide_as_golden(deck: Deck, slide: Slide) -> dict[str, Any]:
    line = deck.source.line
    directives = {name: value for name, value in sorted(slide.directives.items()) if name not in NOT_LOCAL}
    return {
        "start": line(slide.span.start),
        "directives": directives,
        "headings": [[line(node.span.start), node.level] for node in of_type(slide, Heading)],
        "images": [
            {"url": unquote(node.url), "keywords": [w.text for w in node.words if w.consumed], "alt": node.alt}
            for node in of_type(slide, Image)
        ],
        "comments": [[node.kind, node.value] for node in of_type(slide, Comment)],
        "code": [line(node.span.start) for node in of_type(slide, CodeBlock)],
        "math": [node.value.strip() for node in walk(slide) if isinstance(node, (MathBlock, InlineMath))],
        "fragments": sum(node.is_fragment for node in of_type(slide, ListItem)),
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_deck_is_what_marp_makes_of_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    deck = parse(Source.decode(path.read_bytes(), path.name))

    assert expected == as_golden(deck)
