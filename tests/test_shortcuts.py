"""What is told by a shorter way is what the long way tells."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from decklint.deck.deck import Slide
from decklint.deck.nodes import Block, Comment, Image, Inline, Leaf, Link, List, Node, Paragraph, Styled, Text
from decklint.deck.textview import TextView
from decklint.deck.walk import slide_of, walk
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.terms.course import Place, by_thing
from decklint.text import Source, Span

KINDS: tuple[type[Node], ...] = (Slide, Block, Comment, Image, Inline, Leaf, Link, List, Paragraph, Styled, Text)
DECK = """---
marp: true
---

# **Title** with `code`

<!-- a note -->

- one [link](a.md)
  - two ![picture](b.png) **and *three***

> quoted <!-- inside -->

| a | **b** |
| --- | --- |
| c | ![d](e.png) |

---

Second
"""


@given(st.integers(1, 9), st.integers(0, 9), st.integers(0, 30), st.integers(-3, 12), st.integers(-3, 12))
def test_a_view_of_one_run_leads_where_a_view_of_two_runs_leads(size: int, cut: int, source: int, start: int, end: int) -> None:
    cut, start, end = min(cut, size), min(start, size), min(end, size)
    text = "x" * size
    one = TextView(text, [(0, source, source + size)])
    two = TextView(text, [(0, source, source + cut), (cut, source + cut, source + size)])

    assert cut == 0 or start < 0 or two.span(start, end) == one.span(start, end)


@given(st.text(st.sampled_from("a\n\r\u2028\v中"), max_size=20))
def test_a_line_begins_behind_each_line_feed_and_nowhere_else(text: str) -> None:
    assert [0, *(at + 1 for at, char in enumerate(text) if char == "\n")] == Source(text).line_starts


def test_nodes_of_a_type_are_those_of_it_and_its_subtypes_in_order() -> None:
    deck = parse(Source(DECK))
    view = DeckView(deck)

    for kind in KINDS:
        wanted = [node for node in walk(deck) if isinstance(node, kind)]
        assert wanted and wanted == view.of_type(kind), kind


def test_every_node_knows_its_slide() -> None:
    deck = parse(Source(DECK))

    assert all(slide is slide_of(node) for slide in deck.slides for node in (slide, *walk(slide)))


def test_only_what_is_written_in_several_ways_is_compared() -> None:
    places = [Place(Span(0, 1), 1, 1)]
    decks: list[dict[str, dict[str, Any]]] = [
        {"b": {"B": places}, "a": {"A": places, "a": places}, "c": {"C": places}, "d": {}},
        {"b": {"b": places}, "c": {"C": places}, "d": {}},
    ]

    assert [("a", [decks[0]["a"], {}]), ("b", [decks[0]["b"], decks[1]["b"]])] == list(by_thing(decks))
