"""Decks are what Marp says they are: our tree against golden files that the pinned Marp wrote (tools/marp)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from decklint.deck.anchors import anchors
from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import (
    CodeBlock,
    CodeSpan,
    Comment,
    Heading,
    Image,
    Inline,
    InlineHtml,
    InlineMath,
    Leaf,
    LineBreak,
    Link,
    ListItem,
    MathBlock,
    Styled,
    Text,
)
from decklint.deck.walk import of_type, walk
from decklint.parse import parse
from decklint.text import Source
from tests.conftest import ROOT

CASES = sorted((Path(__file__).parent.parent / "fixtures" / "marp").glob("*.md"))
NOT_LOCAL = {"theme", "size", "math", "headingDivider", "author", "description", "image", "title", "url", "keywords"}


def as_golden(deck: Deck) -> dict[str, Any]:
    front = deck.front_matter
    last = None if front is None else deck.source.line(max(0, front.span.end - 1))
    return {"front_matter_lines": last, "slides": [slide_as_golden(deck, slide, anchors(deck)) for slide in deck.slides]}


def read(inlines: Iterable[Inline]) -> str:
    """What a text reads, as the golden files have it."""
    parts = []
    for node in inlines:
        if isinstance(node, (Text, CodeSpan, InlineHtml, InlineMath)):
            parts.append(node.value)
        elif isinstance(node, LineBreak):
            parts.append(" ")
        elif isinstance(node, Styled):
            parts.append(read(node.content))
    return "".join(parts)


def slide_as_golden(deck: Deck, slide: Slide, ids: dict[Heading, str]) -> dict[str, Any]:
    line = deck.source.line
    directives = {name: value for name, value in sorted(slide.directives.items()) if name not in NOT_LOCAL}
    return {
        "start": line(slide.span.start),
        "directives": directives,
        "headings": [[line(node.span.start), node.level, ids[node]] for node in of_type(slide, Heading)],
        "texts": [words for leaf in of_type(slide, Leaf) if (words := " ".join(read(leaf.inlines).split()))],
        "images": [
            {"url": unquote(node.url), "keywords": [w.text for w in node.words if w.consumed], "alt": node.alt}
            for node in of_type(slide, Image)
        ],
        "links": [unquote(node.url) for node in of_type(slide, Link)],
        "comments": [[node.kind, node.value] for node in of_type(slide, Comment)],
        "code": [line(node.span.start) for node in of_type(slide, CodeBlock)],
        "math": [node.value.strip() for node in walk(slide) if isinstance(node, (MathBlock, InlineMath))],
        "fragments": sum(node.is_fragment for node in of_type(slide, ListItem)),
    }


def normalised(golden: dict[str, Any]) -> dict[str, Any]:
    """What Marp says, with addresses decoded."""
    for slide in golden["slides"]:
        slide["images"] = [{**image, "url": unquote(image["url"])} for image in slide["images"]]
        slide["links"] = [unquote(link) for link in slide["links"]]
    return golden


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_deck_is_what_marp_makes_of_it(path: Path) -> None:
    expected = normalised(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))

    deck = parse(Source.decode(path.read_bytes(), path.name))

    assert expected == as_golden(deck)


SHORT_CODE = re.compile(r":[a-z0-9_+-]+:")  # Marp makes emoji of them; our text keeps what is written


def comparable(slide: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """A slide without the texts in which Marp may have replaced an emoji's short code."""
    changed = [i for i, text in enumerate(ours["texts"]) if SHORT_CODE.search(text)]
    kept = {**slide, "texts": [text for i, text in enumerate(slide["texts"]) if i not in changed]}
    kept["headings"] = [heading[: 2 if changed else 3] for heading in slide["headings"]]
    return kept


def marp_says(paths: list[Path]) -> list[dict[str, Any]]:
    """What the pinned Marp makes of decks; the test is skipped where it is not installed."""
    marp = ROOT / "tools" / "marp"
    if not shutil.which("node") or not (marp / "node_modules").is_dir():
        pytest.skip("Marp is not installed (npm ci in tools/marp)")
    command = ["node", str(marp / "golden.mjs"), "--print", *map(str, paths)]
    printed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return [json.loads(line) for line in printed.splitlines()]


def different(said: list[dict[str, Any]]) -> list[str]:
    """The decks of which our tree is not what Marp says."""
    found = []
    for expected in map(normalised, said):
        path = Path(expected.pop("file"))
        ours = as_golden(parse(Source.decode(path.read_bytes(), path.name)))
        if len(expected["slides"]) == len(ours["slides"]):
            pairs = list(zip(expected["slides"], ours["slides"], strict=True))
            expected["slides"] = [comparable(slide, own) for slide, own in pairs]
            ours["slides"] = [comparable(own, own) for _, own in pairs]
        found += [path.name] if expected != ours else []
    return found


def test_real_decks_are_what_marp_makes_of_them(corpus: Path) -> None:
    decks = [json.loads(line) for line in (corpus / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    said = marp_says([corpus / "decks" / deck["repo"].replace("/", "+") / deck["path"] for deck in decks])

    assert 361 == len(decks) == len(said)
    assert [] == different(said)
