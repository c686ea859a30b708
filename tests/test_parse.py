"""Trees keep their invariants, whatever the text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import Inline, Leaf, Node, Text
from decklint.deck.walk import walk
from decklint.parse import parse
from decklint.text import Source
from tests.conftest import CORPUS, ROOT

DECKS = sorted((ROOT / "fixtures").rglob("*.md"))
CORPUS_DECKS = sorted((CORPUS / "decks").rglob("*.md")) if CORPUS.is_dir() else []


def violations(deck: Deck) -> list[str]:
    """The invariants of decklint.deck.nodes that a tree breaks."""
    source, found = deck.source, []
    for slide in deck.slides:
        for node in (slide, *walk(slide)):
            if not 0 <= node.span.start <= node.span.end <= len(source.text):
                found.append(f"{node!r}: no such range")
            children = list(node.children)
            found += [f"{child!r} is not in {node!r}" for child in children if not node.span.contains(child.span)]
            found += [f"{child!r} has another parent" for child in children if child.parent is not node]
            found += [f"{left!r} overlaps {right!r}" for left, right in pairwise(children) if left.span.end > right.span.start]
            if (
                isinstance(node, Text)
                and len(node.value) == len(source.slice(node.span))
                and node.value != source.slice(node.span)
            ):
                found.append(f"{node!r} is not what stands there: {source.slice(node.span)!r}")
    starts = [slide.span.start for slide in deck.slides]
    if starts != sorted(starts) or starts[0] != 0 or deck.slides[-1].span.end != len(source.text):
        found.append("the slides do not cover the deck")
    return found


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_fixtures_give_valid_trees(path: Path) -> None:
    assert violations(parse(Source.decode(path.read_bytes()))) == []


def test_real_decks_give_valid_trees(corpus: Path) -> None:
    wrong = {path.name: violations(parse(Source.decode(path.read_bytes())))[:3] for path in CORPUS_DECKS}

    assert {} == {name: found for name, found in wrong.items() if found}


LINES = st.sampled_from(
    [
        "",
        "# 标题",
        "## B `c`",
        "text **bold** *em*",
        "- item",
        "  - deeper",
        "+ 项目",
        "1. one",
        "   续行",
        "> quote",
        "> - a",
        ">> b",
        "---",
        "***",
        "===",
        "```",
        "    code",
        "\tTab",
        "-\ttab item",
        "<!-- note -->",
        "<!-- _class: lead -->",
        "<div>",
        "</div>",
        "<style>",
        "</style>",
        "| a | b |",
        "|---|---|",
        "| 1 | \\| |",
        "$$",
        "$x$ 和 $5",
        "![bg right](a.png)",
        "[a][b]",
        "[b]: c.png",
        "a\\*b &amp; c",
        "<b>x</b> <!-- i -->",
        "~~x~~ `y`",
        "***b*** _i_",
        "",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_any_lines_give_a_valid_tree(lines: list[str], newline: str) -> None:
    assert violations(parse(Source.decode(newline.join(lines).encode()))) == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab标 \n\t#*_`-+>|[]()!<>&\\$:1.~=", max_size=60))
def test_any_text_gives_a_valid_tree(text: str) -> None:
    assert violations(parse(Source(text))) == []


@pytest.mark.parametrize("start", [">", "- a\n  ", "[", "*a ", "<!--", "**a", "![", "$", "> - "], ids=repr)
def test_deep_nesting_ends(start: str) -> None:
    text = start * 10_000
    deck = parse(Source(text))

    assert 1 == len(deck.slides)
    assert isinstance(list(walk(deck)), list)


def leaf_of(text: str) -> Leaf:
    return next(node for node in walk(parse(Source(text))) if isinstance(node, Leaf))


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("a **b** c", "a b c"),
        ("用 `code` 表示", "用 \ufffc 表示"),
        ("a\\*b &amp; c", "a*b & c"),
        ("see https://a.b/c, ok", "see \ufffc, ok"),
        ("[text](url) ![alt](x.png)", "text \ufffc"),
        ("one  \ntwo\nthree", "one\ntwo\nthree"),
        ("a <!-- note --> b<br>c", "a  b\nc"),
        ("$x^2$ 是", "\ufffc 是"),
    ],
)
def test_the_view_is_what_the_audience_reads(text: str, visible: str) -> None:
    assert visible == leaf_of(text).view.text


@pytest.mark.parametrize("text", ["a **b** c", "在 **GPT-2** 论文 *2018年*", "x\\*y &lt;z", "a\nb", "> q **r**\n> s"])
def test_the_view_maps_back_to_the_source(text: str) -> None:
    leaf = leaf_of(text)
    for at, char in enumerate(leaf.view.text):
        written = text[slice(*leaf.view.span(at, at + 1))]
        assert char in (written, written.removeprefix("\\")) or written.startswith("&") or char == "\n"


def test_a_claim_across_markup_has_one_span() -> None:
    text = "在 **GPT-2** 论文发表于 *2018年*"
    view = leaf_of(text).view
    start = view.text.index("GPT")

    assert "GPT-2** 论文发表于 *2018年" == text[slice(*view.span(start, len(view.text)))]


def test_inline_content_waits_until_it_is_asked_for() -> None:
    deck = parse(Source("# A *b*\n\ntext `c`\n"))
    leaves = [block for block in deck.slides[0].blocks if isinstance(block, Leaf)]

    assert [None, None] == [leaf._inlines for leaf in leaves]
    assert all(isinstance(node, Inline) for leaf in leaves for node in leaf.inlines)


def test_every_node_reaches_its_slide() -> None:
    deck = parse(Source("- a\n  > **b**\n"))
    for node in walk(deck.slides[0]):
        up: Node | None = node
        while up is not None and not isinstance(up, Slide):
            up = up.parent
        assert up is deck.slides[0]
