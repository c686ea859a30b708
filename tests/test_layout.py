"""Boxes: where the blocks of a slide stand, and what becomes of those that find no room, as a browser has it.

`fixtures/layout/decks/browser.json` is what Chromium makes of the decks beside it (`tools/marp/boxes.mjs`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from decklint.files import ProjectFiles
from decklint.layout.estimate import layout_of
from decklint.layout.model import Box, SlideLayout, Verdict
from decklint.parse import parse
from decklint.text import Source
from decklint.theme import theme_of

DECKS = Path(__file__).parent.parent / "fixtures" / "layout" / "decks"
MEASURED: list[dict[str, Any]] = json.loads((DECKS / "browser.json").read_text(encoding="utf-8"))
INLINE = frozenset(("#text", "br", "img", "span", "small", "b", "code", "script", "video", "audio", "iframe", "header", "footer"))
"""What stands in a line: a browser tells its own box, and not that of its line."""
APART = {("columns.md", 4): "a list that goes on in the next column has no one place", ("columns.md", 7): "floats"}
NEAR, NEAR_FORMULA = 1.5, 4.0  # pixels


def near(row: dict[str, Any]) -> float:
    """How far a slide may be from what the browser has: formulas are estimated, the rest is not."""
    return NEAR_FORMULA if "$" in (DECKS / row["deck"]).read_text(encoding="utf-8") else NEAR


def laid_out(text: str, theme: str = "", folder: Path = DECKS) -> list[SlideLayout]:
    """The slides of a deck in a built-in theme, or its own."""
    deck = parse(Source(text, str(folder / "deck.md")))
    files = ProjectFiles(folder)
    own = theme_of(deck, files)
    return layout_of(deck, replace(own, name=theme, known=True, sheets=()) if theme else own, files)


@cache
def layouts(deck: str, theme: str) -> list[SlideLayout]:
    path = DECKS / deck
    return laid_out(path.read_text(encoding="utf-8"), theme if path.parent == DECKS else "", path.parent)


def each(box: Box) -> Iterator[Box]:
    yield box
    for child in box.children:
        yield from each(child)


@pytest.fixture(params=MEASURED, ids=lambda row: f"{row['deck']}-{row['theme']}-{row['slide']}")
def measured(request: pytest.FixtureRequest) -> dict[str, Any]:
    row: dict[str, Any] = request.param
    return row


@pytest.fixture
def ours(measured: dict[str, Any]) -> SlideLayout:
    number: int = measured["slide"]
    return layouts(measured["deck"], measured["theme"])[number - 1]


def test_blocks_stand_where_the_browser_puts_them(measured: dict[str, Any], ours: SlideLayout) -> None:
    if (measured["deck"], measured["slide"]) in APART:
        pytest.skip(APART[measured["deck"], measured["slide"]])
    theirs = [
        (kind.removeprefix("marp-"), top) for kind, _, top, *_ in measured["blocks"] if kind.removeprefix("marp-") not in INLINE
    ]
    found = [(box.kind, box.y) for box in ours.root.children if box.kind not in INLINE]
    assert [kind for kind, _ in theirs] == [kind for kind, _ in found]
    assert [top for _, top in theirs] == pytest.approx([top for _, top in found], abs=near(measured))


def test_ink_ends_where_the_browser_ends_it(measured: dict[str, Any], ours: SlideLayout) -> None:
    assert (measured["verdict"], measured["over"]) == (ours.verdict.value, pytest.approx(ours.over, abs=near(measured)))


def test_code_is_scaled_as_the_browser_scales_it(measured: dict[str, Any], ours: SlideLayout) -> None:
    scales = [box.scale for box in each(ours.root) if box.kind in ("pre", "math")]
    assert measured["scale"] == pytest.approx(min(scales, default=1.0), abs=0.01)


@pytest.mark.parametrize(
    ("theme", "slide", "first", "lines"),
    [
        ("default", 1, "- twelve", 3),
        ("gaia", 1, "- ten", 5),
        ("default", 3, "The last paragraph is lost.", 1),
        ("gaia", 3, "18", 4),
        ("default", 4, "![w:900](picture.png)", 2),
        ("default", 5, "| 1 | 2 |", 1),
    ],
)
def test_first_lost_line_is_named(theme: str, slide: int, first: str, lines: int) -> None:
    source = Source((DECKS / "overflowing.md").read_text(encoding="utf-8"))
    found = layouts("overflowing.md", theme)[slide - 1]
    assert found.first_lost is not None
    assert (first, lines) == (source.slice(source.line_of(found.first_lost.start)).strip(), found.lost_lines)


def test_line_of_a_long_paragraph_is_named_that_is_lost() -> None:
    text = "\n".join(f"line {i}" for i in range(1, 31))
    found = laid_out(text)[0]
    assert found.first_lost is not None
    assert "line 15" == text[found.first_lost.start :].partition("\n")[0]


def test_empty_slide_is_ok() -> None:
    found = laid_out("")[0]
    assert (Verdict.OK, 0.0, 0) == (found.verdict, found.fill, found.lost_lines)


def test_centred_slide_that_overflows_keeps_its_first_line() -> None:
    found = laid_out("\n\n".join(["paragraph"] * 30))[0]
    assert found.padding.top == found.root.children[0].y


def test_trailing_margin_alone_is_no_overflow() -> None:
    """Gaia leaves 35 px below a list: nobody sees them."""
    found = laid_out("\n".join(f"- item {i}" for i in range(10)), "gaia")[0]
    assert (Verdict.MARGIN, None) == (found.verdict, found.first_lost)


def test_margin_that_is_larger_swallows_the_smaller() -> None:
    """16 px below a paragraph of `default` meet 24 px above a heading."""
    first, second = laid_out("text\n\n## heading")[0].root.children
    assert 24.0 == pytest.approx(second.y - first.y - first.height)


def test_negative_margin_pulls_up() -> None:
    first, second = laid_out("<style>h2 { margin-top: -10px }</style>\n\ntext\n\n## heading")[0].root.children
    assert 6.0 == pytest.approx(second.y - first.y - first.height)


def test_scale_of_code_is_that_of_its_widest_line() -> None:
    """A table of advances has 0.6 em for each character: 1089 px hold 73 columns of 24.65 px."""
    narrow, wide = (laid_out(f"```\n{'x' * count}\n```")[0].root.children[0].scale for count in (73, 146))
    assert [1.0, 0.504] == pytest.approx([narrow, wide], abs=0.002)


def test_code_is_not_scaled_in_a_theme_that_does_not_ask_for_it(tmp_path: Path) -> None:
    (tmp_path / "plain.css").write_text("/* @theme plain */\nsection { font-size: 30px }\n", encoding="utf-8")
    found = laid_out(f"---\ntheme: plain\n---\n\n```\n{'x' * 200}\n```", folder=tmp_path)[0]
    assert (1.0, Verdict.CUT) == (found.root.children[0].scale, found.verdict)


def test_theme_asks_for_scaling_in_a_comment(tmp_path: Path) -> None:
    text = "/*\n * @theme plain\n * @auto-scaling code\n */\nsection { font-size: 30px }\n"
    (tmp_path / "plain.css").write_text(text, encoding="utf-8")
    code, heading = laid_out(f"---\ntheme: plain\n---\n\n```\n{'x' * 200}\n```\n\n# <!-- fit --> a", folder=tmp_path)[
        0
    ].root.children
    assert (True, 1.0) == (code.scale < 0.5, heading.scale)


def test_item_stands_in_its_named_area() -> None:
    style = """section { display: grid; grid-template-columns: 1fr 3fr; grid-template-areas: "list head" "list rest" }
    h1 { grid-area: head } ul { grid-area: list } p { grid-area: rest }"""
    found = laid_out(f"<style>{style}</style>\n\n# head\n\n- item\n\nrest")[0]
    places = {box.kind: (round(box.x), round(box.width)) for box in found.root.children}
    assert {"h1": (359, 842), "ul": (78, 281), "p": (359, 842)} == places


def test_slide_with_lines_of_a_grid_is_declined() -> None:
    style = "<style>section { display: grid } p { grid-column: 2 / span 3 }</style>"
    found = laid_out(f"{style}\n\n# one\n\n" + "two\n\n" * 40)[0]
    assert (Verdict.DECLINED, "grid-area", None) == (found.verdict, found.declined, found.first_lost)


def test_remote_picture_is_a_doubt() -> None:
    found = laid_out("![](https://example.org/picture.png)")[0]
    assert (False, ["picture"]) == (found.sure, sorted(found.doubts))


@pytest.mark.parametrize(
    "text",
    [
        "- " * 400 + "deep",
        "> " * 400 + "deep",
        "<div>" * 3000,
        "<style>div { display: flex }</style>\n\n" + "<div>" * 400 + "text",
        "<table><tr><td>" * 400 + "text",
        "</div>" * 300,
        "<table>" * 40 + "<td>x",
        "<td>cell without a table",
        "| a |\n|---|\n" + "| x |\n" * 300,
        "<table><tr><td colspan=99999999999999999999 rowspan=99999999>x</td></tr></table>",
        "<video width=1e309 height=nan></video>",
        "# <!-- fit -->",
        "```\n```",
        "$$\n$$",
        "![w:0 h:0](picture.png)",
        "<style>section { padding: 2000px; font-size: 0 }</style>\n\ntext",
        "<style>section { columns: 3; column-gap: 9999px } </style>\n\n" + "text\n\n" * 20,
    ],
)
def test_strange_decks_are_laid_out(text: str) -> None:
    assert 1 == len(laid_out(text))
