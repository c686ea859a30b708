"""Texts, formulas and pictures get as wide and tall as Chromium and MathJax make them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from decklint.deck.deck import Deck
from decklint.deck.nodes import Image, Leaf
from decklint.deck.walk import of_type
from decklint.files import ProjectFiles
from decklint.layout.boxes.pictures import Pictures, Shown, drawing, split_of
from decklint.layout.css.styles import DeckStyles, Element
from decklint.layout.formulas.math import inline_math, math_height, math_width
from decklint.layout.lines.breaks import atoms
from decklint.layout.lines.fonts import advance, extents, font_table, line_normal, x_height
from decklint.layout.lines.inline import runs_of
from decklint.layout.lines.text import Line, Run, break_lines
from decklint.layout.model import Font, Style
from decklint.parse import parse
from decklint.text import Source
from decklint.theme import theme_of
from tests.conftest import ROOT

LINES: list[dict[str, Any]] = json.loads((ROOT / "fixtures" / "layout" / "lines.json").read_text(encoding="utf-8"))
FORMULAS: list[dict[str, Any]] = json.loads((ROOT / "fixtures" / "layout" / "formulas.json").read_text(encoding="utf-8"))
SANS = Font("liberation-sans", 20.0)
PLAIN = Style(SANS, 30.0)


def deck_of(text: str, folder: Path) -> tuple[Deck, ProjectFiles]:
    return parse(Source(text, (folder / "deck.md").as_posix())), ProjectFiles(folder)


def runs(text: str, theme: str, tag: str, folder: Path) -> tuple[list[Run], Style]:
    deck, files = deck_of(f"---\ntheme: {theme}\n---\n{'## ' if tag == 'h2' else ''}{text}\n", folder)
    styles = DeckStyles(deck, theme_of(deck, files)).of(deck.slides[0])
    leaf = next(block for block in deck.slides[0].blocks if isinstance(block, Leaf))
    element = Element(tag, first=True, last=True, index=1)
    return runs_of(leaf, element, styles, Pictures(deck, files)), styles.of(element)


def lines(text: str, width: float, theme: str = "default", tag: str = "p", folder: Path = ROOT / "fixtures") -> list[Line]:
    found, style = runs(text, theme, tag, folder)
    return break_lines(found, width, strut=(style.font, style.line_height))


# ---------------------------------------------------------------- against the browser


@pytest.mark.parametrize("case", LINES, ids=lambda case: f"{case['theme']}-{case['tag']}-{case['width']}-{case['text'][:12]}")
def test_a_text_breaks_where_chromium_breaks_it(case: dict[str, Any]) -> None:
    found = lines(case["text"], case["width"], case["theme"], case["tag"])

    assert case["lines"] == len(found)
    assert case["widths"] == pytest.approx([line.width for line in found], abs=1.0)
    assert case["height"] == pytest.approx(sum(line.height for line in found), abs=0.6)


@pytest.mark.parametrize("display", [True, False])
def test_formulas_are_as_large_as_mathjax_makes_them(display: bool) -> None:
    ex = x_height("liberation-sans")
    wide, tall, deep = [], [], []
    for case in FORMULAS:
        width, height, depth = (size * ex for size in case["display" if display else "inline"])
        wide.append(abs(math_width(case["tex"], 1.0, display) - width) / width)
        tall.append(abs(math_height(case["tex"], 1.0, display) - height))
        deep.append(abs(inline_math(case["tex"], 1.0)[2] - depth) if not display else 0.0)
    for errors in (wide, tall, deep):  # parts of the width; em of the text
        assert (True, True) == (median(errors) < 0.001, quantiles(errors, n=10)[-1] < 0.005)


# ---------------------------------------------------------------- widths


@pytest.mark.parametrize(
    ("text", "table", "ems"),
    [
        ("中文字", "liberation-sans", 3.0),
        ("，「", "liberation-sans", 1.5),
        ("。）」", "lato", 2.0),
        ("：“中", "liberation-sans", 2.333),
        ("AVAVAVAV", "lato", 5.038),
        ("gradient", "liberation-mono", 4.801),
        ("한글", "lato", 1.84),
        ("→", "lato", 1.0),
        ("①", "liberation-sans", 0.896),
        ("e\u0301", "liberation-sans", 0.556),
        ("\u200b", "lato", 0.0),
    ],
)
def test_a_width_is_that_of_chromium(text: str, table: str, ems: float) -> None:
    assert ems == pytest.approx(advance(text, Font(table, 64.0)) / 64, abs=0.001)


def test_letter_spacing_follows_each_character() -> None:
    assert advance("中文", Font("lato", 35.0, spacing=1.25)) == 72.5


def test_bold_and_italic_have_widths_of_their_own() -> None:
    wide = [advance("weights", Font("lato", 10.0, bold, italic)) for bold in (False, True) for italic in (False, True)]

    assert 4 == len(set(wide))


@pytest.mark.parametrize(
    ("families", "table"),
    [
        ((" 'Segoe UI'", "Noto Sans", "Helvetica", "Arial", "sans-serif"), "liberation-sans"),
        (("Lato", "Avenir Next"), "lato"),
        (("Roboto Mono", "monospace"), "dejavu-sans-mono"),
        (("SFMono-Regular", "Consolas", "Liberation Mono", "Menlo"), "liberation-mono"),
        (("Microsoft YaHei", "system-ui"), "dejavu-sans"),
        (("Nobody Has This",), "liberation-serif"),
    ],
)
def test_the_first_family_that_a_browser_has_is_taken(families: tuple[str, ...], table: str) -> None:
    assert table == font_table(families)


def test_the_box_of_a_text_is_counted_in_whole_pixels() -> None:
    assert (28.0, 7.0) == extents(Font("lato", 35.0))


def test_han_makes_a_normal_line_taller() -> None:
    assert line_normal("liberation-sans") < line_normal("liberation-sans", han=True) == pytest.approx(1.448)


# ---------------------------------------------------------------- where lines break


@pytest.mark.parametrize(
    "parts",
    [
        ["Hello ", "world, ", "well-", "known ", "and/or"],
        ["中", "文，", "“引", "号”", "和", "English", "混", "排", "（括", "号）。"],
        ["x-", "1 ", "-5 ", "3.14 ", "100% ", "(a)"],
        ["https://a.org/b?", "c=d&e"],
        ["他", "说：", "“好”"],
        ["say ", "“quoted” ", "now"],
        ["2020–", "2024"],
        ["破", "折", "——", "号"],
        ["no\u00a0break"],
        ["省", "略……", "后"],
        ["50％", "的"],
    ],
    ids="|".join,
)
def test_what_stays_together(parts: list[str]) -> None:
    assert parts == atoms("".join(parts))


def test_a_comma_behind_bold_text_stays_with_it() -> None:
    bold = Font("liberation-sans", 20.0, bold=True)
    found = break_lines(
        [Run("甲乙", SANS, line_height=30), Run("丙", bold, line_height=30), Run("，丁", SANS, line_height=30)], 60.0
    )

    assert [40.0, 60.0] == [line.width for line in found]


def test_a_closing_bracket_gives_up_half_of_itself_at_the_end_of_a_line() -> None:
    assert 2 == len(break_lines([Run("甲乙丙）丁", SANS, line_height=30)], 70.0))


def test_a_comma_gives_up_nothing_at_the_end_of_a_line() -> None:
    assert [40.0, 60.0] == [line.width for line in break_lines([Run("甲乙丙，丁", SANS, line_height=30)], 70.0)]


def test_spaces_hang_at_the_end_of_a_line() -> None:
    one = advance("aaa", SANS)

    assert [one, one] == [line.width for line in break_lines([Run("aaa aaa", SANS, line_height=30)], one)]


@pytest.mark.parametrize(("keeps", "first"), [(False, "bb aaa"), (True, "bb ")])
def test_spaces_of_code_take_room_at_the_end_of_a_line(keeps: bool, first: str) -> None:
    found = break_lines([Run("bb aaa cc", SANS, line_height=30, keeps=keeps)], advance("bb aaa", SANS) + 1)

    assert advance(first, SANS) == pytest.approx(found[0].width)


@pytest.mark.parametrize(("breaks_words", "count"), [(True, 3), (False, 1)])
def test_a_long_word_is_broken_only_where_the_style_says_so(breaks_words: bool, count: int) -> None:
    run = Run("a" * 25, SANS, line_height=30, breaks_words=breaks_words)

    assert count == len(break_lines([run], advance("a" * 10, SANS)))


def test_words_go_on_behind_a_broken_one() -> None:
    run = Run("a" * 12 + " aaa", SANS, line_height=30, breaks_words=True)
    room = advance("a" * 10, SANS)

    assert [room, advance("aa aaa", SANS)] == pytest.approx([line.width for line in break_lines([run], room)])


def test_lines_begin_behind_each_break() -> None:
    assert 3 == len(lines("one\ntwo<br>three", 800))


def test_a_break_at_the_end_makes_no_line() -> None:
    assert 1 == len(lines("one<br>", 800))


@given(st.text("天地玄黄abc1 ，。（-", min_size=1, max_size=120), st.lists(st.integers(1, 119), max_size=4), st.integers(10, 300))
def test_lines_are_the_same_however_a_text_is_cut_into_runs(text: str, cuts: list[int], width: int) -> None:
    """Han is counted, not looked at character by character, wherever a run ends."""
    text = " ".join(text.split())
    assume(text and not re.search("[，。（]{2}|[，。（] |[abc1-]{2}", text))  # what draws closer together only within one run
    borders = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    parts = [Run(text[start:end], SANS, line_height=30, breaks_words=True) for start, end in pairwise(borders)]

    whole = break_lines([Run(text, SANS, line_height=30, breaks_words=True)], width)

    assert [line.width for line in whole] == pytest.approx([line.width for line in break_lines(parts, width)])


@pytest.mark.parametrize("width", [10.0, 20.0, 30.0, 70.0])
def test_han_fills_lines_to_the_last_character_that_fits(width: float) -> None:
    a_line = max(1, int(width // 20))  # one that is too wide stands alone

    found = break_lines([Run("甲乙丙丁戊己庚", SANS, line_height=30)], width)

    assert [20.0 * min(a_line, 7 - done) for done in range(0, 7, a_line)] == [line.width for line in found]


def test_code_of_gaia_wraps_as_a_block_of_its_own() -> None:
    found = lines("`" + "word " * 20 + "`", 300, "gaia")

    assert [268.03] == pytest.approx([line.height for line in found], abs=0.05)  # as Chromium has it: seven lines


def test_thousands_of_brackets_cost_no_more_than_others() -> None:
    run = Run("（" * 20_000 + "a" * 20_000 + "-" * 20_000, SANS, line_height=30, breaks_words=True)

    assert 20_000 * 20 <= sum(line.width for line in break_lines([run], 500.0))


# ---------------------------------------------------------------- what runs are made of


def kinds(text: str, theme: str = "default", folder: Path = ROOT / "fixtures") -> list[tuple[str, bool, bool]]:
    found, _ = runs(text, theme, "p", folder)
    return [(run.text, run.font.bold, run.width is not None) for run in found]


def test_spaces_collapse_over_markup() -> None:
    assert [("a ", False, False), ("b ", True, False), ("c", False, False)] == kinds("a <b>b </b> c")


def test_what_is_not_shown_makes_no_runs() -> None:
    assert [("text", False, False)] == kinds("text <!-- note --> ![bg](x.png)")


def test_an_emoji_is_one_picture() -> None:
    found, _ = runs("👨‍👩‍👧 ok ⚠️", "default", "p", ROOT)

    assert [29 * 1.15, None, 29 * 1.15] == pytest.approx([run.width for run in found])


@pytest.mark.parametrize("text", ["✔ done", "→ next", "① first", "© 2024"])
def test_a_sign_that_marp_leaves_alone_is_text(text: str) -> None:
    assert [(text, False, False)] == kinds(text)  # no emoji without U+FE0F


def test_a_tag_that_marp_prints_is_text() -> None:
    assert [("<font>x</font>", False, False)] == kinds("<font>x</font>")


def test_a_formula_stands_on_the_baseline() -> None:
    found, _ = runs(r"$\frac{a}{b}$", "default", "p", ROOT)

    assert 0 < found[0].depth < found[0].height


def test_nested_formulas_end() -> None:
    assert math_height(r"\sqrt" * 5_000 + "x", 10, True) >= 0
    assert math_height("{" * 5_000 + "x", 10, True) >= 0
    assert math_height(r"\left(" * 5_000 + "x", 10, True) >= 0
    assert math_height(r"\begin{matrix}" * 2_000, 10, True) >= 0


# ---------------------------------------------------------------- pictures


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., Shown | None]:
    """The box of the first picture of a deck, with files beside it."""
    (tmp_path / "wide.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100"></svg>')
    (tmp_path / "ratio.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"></svg>')
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + b"\x08\x02\0\0\0"
    (tmp_path / "photo.png").write_bytes(header)

    def size(markdown: str, style: Style = PLAIN) -> Shown | None:
        deck, files = deck_of(markdown, tmp_path)
        return Pictures(deck, files).size(next(iter(of_type(deck.slides[0], Image))), style)

    return size


@pytest.mark.parametrize(
    ("markdown", "width", "height"),
    [
        ("![](photo.png)", 640, 480),
        ("![w:320](photo.png)", 320, 240),
        ("![h:240px](photo.png)", 320, 240),
        ("![w:10em h:1in](photo.png)", 200, 96),
        ("![w:50%](photo.png)", 640, 480),
        ("![width:auto](photo.png)", 640, 480),
        ("![](wide.svg)", 400, 100),
        ("![h:50](ratio.svg)", 200, 50),
        ("![](no-such.png)", 0, 0),
        ("![w:800](no-such.png)", 0, 0),
        ("![w:800 h:600](no-such.png)", 800, 600),
    ],
)
def test_a_picture_is_as_large_as_marp_shows_it(picture: Any, markdown: str, width: float, height: float) -> None:
    assert (width, height) == picture(markdown)[:2]


def test_a_broken_picture_shows_its_text(picture: Any) -> None:
    assert picture("![Loss falls](no-such.png)") is None


def test_a_drawing_without_a_size_is_as_wide_as_there_is_room(picture: Any) -> None:
    assert picture("![](ratio.svg)").stretches


def test_the_line_narrows_a_picture_and_its_height_follows() -> None:
    run = Run("", SANS, width=800.0, height=400.0, limit=1.0, follows=True)

    assert [(200.0, 100.0)] == [(line.width, line.height) for line in break_lines([run], 200.0)]


def test_a_picture_stands_on_the_baseline_of_its_line() -> None:
    run = Run("", SANS, width=100.0, height=100.0)

    assert [108.0] == [line.height for line in break_lines([run], 200.0, strut=(SANS, 30.0))]  # 30 = 22 above and 8 below it


def test_a_picture_that_is_a_block_has_no_line_around_it() -> None:
    picture = Run("", SANS, width=100.0, height=100.0, block=True)
    text = Run("甲", SANS, line_height=30)

    assert [30.0, 100.0, 30.0] == [line.height for line in break_lines([text, picture, text], 200.0)]


def test_the_limits_of_the_style_hold(picture: Any) -> None:
    assert (160.0, 120.0) == picture("![](photo.png)", Style(SANS, 30.0, max_height=120.0))[:2]


def test_lengths_of_drawings_have_units() -> None:
    assert (96.0, 48.0, 2.0) == drawing('<svg width="1in" height="0.5in">')


@pytest.mark.parametrize(
    ("markdown", "shares"),
    [
        ("![bg right](a.png)", (0.0, 0.5)),
        ("![bg left:40%](a.png)", (0.4, 0.0)),
        ("![bg left:40%](a.png)\n![bg right:30%](b.png)", (0.0, 0.3)),
        ("![bg](a.png)", (0.0, 0.0)),
        ("![right](a.png)", (0.0, 0.0)),
    ],
)
def test_the_last_split_background_counts(markdown: str, shares: tuple[float, float], tmp_path: Path) -> None:
    deck, _ = deck_of(markdown, tmp_path)

    assert shares == split_of(deck.slides[0])
