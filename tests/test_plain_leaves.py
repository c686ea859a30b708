"""Where reading takes a shorter way, it comes to the same place as the long one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mistune.block_parser import BlockParser

from decklint.deck import textview
from decklint.deck.nodes import Inline, Styled
from decklint.deck.textview import OPAQUE, fold
from decklint.parse import Options, containers, inline
from decklint.parse.blocks import SpanBlockParser, parse_blocks
from decklint.parse.comments import read_comment
from decklint.parse.linemap import Identity
from decklint.parse.plain_inline import read_plain
from decklint.parse.state import Token

MARKUP = (
    "a b 1 ² 中 é ， ： “ — 😀 ** ** * _ __ ` ` `` ~ ~~ $ $ $$ \\ \\* & &amp; &x < <b <http://a.cn> <!--c--> [ ] ( ) ]( "
    "![ ! @ m@a.cn : :// http://a.cn a_b . / - | `a` **a** **：** $a$ [a](b) [a_b](c_d) [a] ![bg](a.png) ![中:a](b/c.png)"
)
BLANKS = (" ", "  ", "\n", "  \n", "\n ", "\t", "\u3000")
HEADS = (
    "",
    "",
    "",
    "> ",
    "- ",
    "* ",
    "1. ",
    "１) ",
    "# ",
    " ",
    "   ",
    "      ",
    "\t",
    "===",
    "---",
    "***",
    "```",
    "~~~",
    "$$",
    "<div>",
    "<!-- ",
    "</x>",
)
TEXTS = ("", "", "中文", "a", "**b**", "（c）", "1", "-->", "$$", "[a]: b", "d  ", "\u3000", "\v", "\f", "&", "#")
ROWS = ("a | b", "| a | b |", "|---|---|", "-|-", ": | -", "c \\| d")
ADDRESSES = "a b. .py .Com / // :// https:// ~ ../ @ a@b.c com. md -x _ 中 ， ( ) 1"


def shown(nodes: Iterable[Inline]) -> list[Any]:
    """Nodes as data."""
    left_out = ("parent", "content")
    return [
        (
            type(node).__name__,
            *(repr(getattr(node, name)) for name in node.__dataclass_fields__ if name not in left_out),
            shown(node.content) if isinstance(node, Styled) else [],
        )
        for node in nodes
    ]


def read(text: str, options: Options, defined: bool) -> list[Any]:
    env = {"ref_links": {"A": {"url": "x", "label": "a"}} if defined else {}}
    nodes = inline.parse_inline(text, Identity(3), env, lambda raw, span: read_comment(raw, span, text), options)
    return shown(nodes)


@settings(max_examples=2000)
@given(
    st.lists(st.sampled_from((*MARKUP.split(), *BLANKS, OPAQUE)), max_size=9).map("".join),
    st.booleans(),
    st.booleans(),
    st.sampled_from((False, False, True)),
)
def test_a_plain_leaf_reads_as_the_inline_parser_reads_it(text: str, math: bool, breaks: bool, defined: bool) -> None:
    options = Options(math=math, breaks=breaks)
    short = read(text, options, defined)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inline, "read_plain", lambda *_, **__: None)
        assert read(text, options, defined) == short


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "**a**：b",
        "a **b：** c",
        "`a_*b` and **`c`**",
        "$x_1$",
        "![w:50](a.png)",
        "see [b](c.md)",
        "a_b & 2 * 3 < 4 [1]",
        "a\nb  \nc",
    ],
)
def test_usual_leaves_take_the_short_way(text: str) -> None:
    assert read_plain(text, 0, len(text), Identity(), Options(), references=False) is not None


def marked(texts: Iterable[str]) -> st.SearchStrategy[str]:
    """A line: the marks of some blocks, and a text."""
    return st.tuples(st.lists(st.sampled_from(HEADS), max_size=3).map("".join), st.sampled_from(tuple(texts))).map("".join)


@settings(max_examples=2000)
@given(st.lists(st.one_of(marked(TEXTS), st.sampled_from(ROWS)), max_size=9).map("\n".join), st.sampled_from(("", "\n")))
def test_blocks_are_read_as_mistune_reads_them(text: str, end: str) -> None:
    short, _ = parse_blocks(text + end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SpanBlockParser, "_parse_lines", BlockParser.parse)
        assert placed(parse_blocks(text + end)[0]) == placed(short)


ITEMS = (
    "- a",
    "- a ",
    "* **b** c",
    "1. 中",
    "2) `d`",
    "10. e",
    " - f",
    "  g",
    "h",
    "",
    "-",
    "- - -",
    "* * *",
    "> - i",
    "---",
    "- # j",
)


@settings(max_examples=2000)
@given(st.lists(st.sampled_from(ITEMS), max_size=9).map("\n".join), st.sampled_from(("", "\n")))
def test_an_item_of_one_line_is_read_as_any_item(text: str, end: str) -> None:
    short, _ = parse_blocks(text + end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(containers, "_short_item", lambda *_: None)
        assert placed(parse_blocks(text + end)[0]) == placed(short)


def placed(tokens: Iterable[Token]) -> list[Any]:
    """Tokens as data, with their places in the source instead of the maps that lead there."""
    return [
        {key: placed(value) if key == "children" else value for key, value in token.items() if key != "map"}
        | {"place": token["map"].span(*token["at"]) if "map" in token else None}
        for token in tokens
    ]


@settings(max_examples=1000)
@given(st.lists(st.sampled_from((*ADDRESSES.split(), " "))).map("".join))
def test_a_text_without_marks_of_an_address_holds_none(text: str) -> None:
    assert textview._ADDRESS.sub(lambda m: OPAQUE * len(m[0]), text) == textview._without_addresses(text)


@given(st.text(alphabet="aİＡｚ０５—‐\xa0中， "))
def test_a_text_is_folded_character_for_character(text: str) -> None:
    assert "".join(map(fold, text)) == fold(text)
