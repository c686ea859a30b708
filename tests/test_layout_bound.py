"""What is said to fit without being laid out does fit when it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decklint.deck.deck import Deck
from decklint.files import ProjectFiles
from decklint.layout.causes import overflows, pictures, right_end, tallest
from decklint.layout.estimate import Layouts
from decklint.layout.lines.fonts import advance, loose
from decklint.layout.lines.gauge import gauge
from decklint.layout.lines.inline import SPACE
from decklint.layout.model import Font, SlideLayout
from decklint.parse import parse
from decklint.text import Source
from decklint.theme import BUILT_IN, theme_of
from tests.conftest import ROOT

GOLDEN = sorted((ROOT / "fixtures" / "layout" / "golden").glob("*.md"))


def layouts(text: str, theme: str = "", path: Path = ROOT / "fixtures" / "deck.md") -> Layouts:
    deck = parse(Source(text, path.as_posix()))
    files = ProjectFiles(path.parent)
    own = theme_of(deck, files)
    return Layouts(deck, replace(own, name=theme, known=True, sheets=()) if theme else own, files)


def left_out(found: Layouts) -> list[SlideLayout]:
    """The slides that were said to fit, laid out after all."""
    crowded = {layout.slide.number for layout in found.crowded}
    return [layout for layout in found.all if layout.slide.number not in crowded]


# ---------------------------------------------------------------- it is never wrong


@pytest.mark.parametrize("theme", sorted(BUILT_IN))
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_slides_of_decks_that_are_left_out_fit(path: Path, theme: str) -> None:
    found = left_out(layouts(path.read_text(encoding="utf-8"), theme, path))

    assert [] == [layout.slide.number for layout in found if overflows(layout)]


WORDS = st.sampled_from(
    """大模型 神经网络，通过 （训练） “参数” a the gradient descent GPT-4 state-of-the-art internationalisation 1,024 x=y $E=mc^2$
    **注意力** **bold** *slanted* `code` [link](https://a.org/b?c=d) https://example.org/a/rather/long/address ~~old~~ 🎉 ™️ é —
    。” —— …… 한국어 かな H~2~O &nbsp; <br> 《书名》 [1] 3.14% → `a,b,c` `中文：代码，很长的代码`""".split()  # noqa: SIM905
)
PHRASES = st.lists(WORDS, min_size=1, max_size=70).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda by: by.join(words))
)
BLOCKS = st.tuples(
    st.sampled_from(["# {}", "### {}", "{}", "- {}", "  - {}", "1. {}", "> {}", "> - {}", "- {}\n\n  {}", "###### {}"]), PHRASES
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(BLOCKS, min_size=1, max_size=9), st.sampled_from(sorted(BUILT_IN)), st.sampled_from(["", "![bg left:60%](a.png)"])
)
def test_no_slide_is_left_out_that_overflows(blocks: list[tuple[str, str]], theme: str, before: str) -> None:
    text = "\n\n".join([before, *(form.format(phrase, phrase) for form, phrase in blocks)])

    assert [] == [layout for layout in left_out(layouts(text, theme)) if overflows(layout)]


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=5), st.sampled_from(sorted(BUILT_IN)), st.integers(200, 719))
def test_no_slide_is_left_out_that_is_a_little_too_low(blocks: list[tuple[str, str]], theme: str, height: int) -> None:
    style = f"<style>section {{ height: {height}px }} h1 {{ padding: 3px }} em {{ font-size: 1.2em }}</style>"
    text = "\n\n".join([style, *(form.format(phrase, phrase) for form, phrase in blocks)])

    assert [] == [layout for layout in left_out(layouts(text, theme)) if overflows(layout)]


@pytest.mark.parametrize(
    "css",
    [
        "p { margin-top: -40px; margin-right: -300px }",
        "h1 { height: 900px }",
        "h1 { width: 1500px }",
        "ul { columns: 2 }",
        "p { position: relative; float: left }",
        "p { white-space: pre }",
        "h1 { font-size: 30em }",
        "h1 { line-height: 0.2; font-size: 9em }",
        "ul { display: flex }",
        "section { display: grid }",
        "section { padding: 350px }",
        "strong { display: inline-block; padding: 500px }",
        "li { padding-left: 1250px }",
        "em { letter-spacing: 40px }",
    ],
)
def test_styles_of_a_deck_are_minded(css: str) -> None:
    text = f"<style>{css}</style>\n\n# A title\n\nSome **bold** and *slanted* words in a paragraph\n\n- one item\n- 另一项"

    assert [] == [layout for layout in left_out(layouts(text)) if overflows(layout)]


@given(st.text(max_size=40), st.lists(st.integers(1, 39), max_size=3))
def test_the_loose_width_of_a_text_is_no_less_than_that_of_its_parts(text: str, cuts: list[int]) -> None:
    font = Font("lato", 20.0, bold=True)
    borders = [0, *sorted(cuts), len(text)]
    parts = [text[start:end] for start, end in pairwise(borders)]

    assert sum(advance(part, font) for part in parts) <= loose(text, font) + 1e-6


@given(st.text(max_size=40), st.sampled_from(["lato", "liberation-sans", "dejavu-serif"]), st.booleans())
def test_the_loose_width_of_a_text_is_no_more_than_that_of_its_characters(text: str, table: str, bold: bool) -> None:
    font = Font(table, 20.0, bold=bold, spacing=1.25)

    assert loose(SPACE.sub(" ", text), font) <= sum(gauge(font).chars[char] for char in text) + 1e-6


# ---------------------------------------------------------------- and it is of use


@pytest.mark.parametrize("theme", sorted(BUILT_IN))
def test_slides_of_some_lines_need_not_be_laid_out(theme: str) -> None:
    found = layouts("# 学习率\n\n- Too large: the loss **jumps**\n- 太小：什么都不动\n- Warm up, then `decay`", theme)

    assert [] == found.crowded


@pytest.mark.parametrize(
    "block",
    ["| a |\n| - |\n| b |", "$$\nx\n$$", "<center>\n\ntext\n\n</center>", "# <!-- fit --> A"],
)
def test_what_is_not_plain_text_is_laid_out(block: str) -> None:
    assert [1] == [layout.slide.number for layout in layouts(block).crowded]


@pytest.mark.parametrize("theme", ["default", "gaia"])
def test_code_that_stands_in_full_size_need_not_be_laid_out(theme: str) -> None:
    found = layouts("# Step\n\n```python\nx = 1\nprint(x)\n```\n\n- then\n\n  ```\n  y\n  ```", theme)

    assert [] == found.crowded


@pytest.mark.parametrize("theme", sorted(BUILT_IN))
@pytest.mark.parametrize("code", ["x" * 200, "x\n" * 45, "\u4e00" * 60])
def test_code_that_is_scaled_or_too_wide_is_laid_out(code: str, theme: str) -> None:
    assert [1] == [layout.slide.number for layout in layouts(f"```\n{code}\n```", theme).crowded]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([1, 8, 30, 60, 66, 70, 75]), min_size=1, max_size=16),
    st.sampled_from(["`", "word ", "中文"]),
    st.sampled_from(sorted(BUILT_IN)),
    st.sampled_from(["", "code { display: block; padding: 9px }", "pre { font-size: 2em }", "pre code { line-height: 3 }"]),
)
def test_code_that_is_left_out_is_neither_scaled_nor_lost(widths: list[int], sign: str, theme: str, css: str) -> None:
    code = "\n".join((sign * width)[:width] for width in widths)
    found = left_out(layouts(f"<style>{css}</style>\n\n# Title\n\n~~~\n{code}\n~~~\n\n- one\n- two", theme))

    boxes = [box for layout in found for box in layout.boxes if box.kind == "pre"]
    assert [] == [layout for layout in found if overflows(layout)]
    assert [] == [box for box in boxes if box.scale != 1 or right_end(box) > box.x + box.width]


def test_what_a_plain_element_of_html_holds_need_not_be_laid_out() -> None:
    assert [] == layouts("# Cell\n\n<div>\n\ntext\n\n- a wall\n\n</div>").crowded


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["text", "- one\n- two", "## Title", "<div>", "</div>", "<div class=a>"]), min_size=1, max_size=14),
    st.sampled_from(["", "padding: 40px", "margin: 30px", "float: left", "display: flex", "position: absolute", "width: 2000px"]),
)
def test_no_slide_is_left_out_on_which_elements_of_html_overflow(blocks: list[str], css: str) -> None:
    found = left_out(layouts(f"<style>div {{ {css} }} div.a {{ border: 9px solid }}</style>\n\n" + "\n\n".join(blocks)))

    assert [] == [layout for layout in found if overflows(layout)]


def test_a_small_picture_need_not_be_laid_out() -> None:
    assert [] == layouts("# Cell\n\n![w:200 h:100](cell.png)\n\n- a wall").crowded


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([20, 600, 1100, 1500]), st.sampled_from([20, 200, 420, 600])), min_size=1, max_size=3),
    st.sampled_from(["", " and words ", "\n\n"]),
    st.sampled_from(["", "img { max-width: 50% }", "img { width: 100%; max-width: 900px }", "img { display: block }"]),
)
def test_no_slide_is_left_out_on_which_a_picture_overflows(sizes: list[tuple[int, int]], by: str, css: str) -> None:
    shown = by.join(f"![w:{width} h:{height}](a.png)" for width, height in sizes)
    found = left_out(layouts(f"<style>{css}</style>\n\n# Title\n\n{shown}\n\n- one"))

    assert [] == [layout for layout in found if overflows(layout)]
    assert [] == [each for layout in found for each in pictures(layout) if each.height > tallest(layout)]


def test_all_slides_can_be_had_after_the_crowded_ones() -> None:
    found = layouts("a\n\n---\n\n| b |\n| - |\n| b |\n\n---\n\nc")

    assert ([2], [1, 2, 3]) == ([layout.slide.number for layout in found.crowded], [layout.slide.number for layout in found.all])


def test_a_deck_is_styled_as_if_it_were_the_only_one() -> None:
    """Decks with the same sheets share their styles; what could not be read for one of them is no doubt about the other."""
    css = "<style>h2 { transform: scale(2) }</style>\n\n"
    doubtful: Deck = layouts(css + "## a").deck
    both = [layouts(css + text).all[0] for text in ("# b", "## a", "# b")]

    assert (1, [True, False, True]) == (len(doubtful.slides), [layout.sure for layout in both])
