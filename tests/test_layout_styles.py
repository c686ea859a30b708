"""Computed styles: each is held against what Chromium computes for the same deck (`tools/marp/metrics.mjs`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from decklint.files import ProjectFiles
from decklint.layout.css.styles import DeckStyles, Element, SlideStyles
from decklint.layout.model import Sides, Style
from decklint.parse import parse
from decklint.text import Source
from decklint.theme import theme_of
from tests.conftest import ROOT

LAYOUT = ROOT / "fixtures" / "layout"
METRICS: dict[str, list[dict[str, Any]]] = json.loads((LAYOUT / "metrics.json").read_text(encoding="utf-8"))
LOOKS = {"plain": "", "classes": "class: lead invert\n"}
SIZES = {"wide": "", "narrow": "size: 4:3\n"}
DISPLAY = {"inline-block": ("inline-block", "block"), "ruby": ("inline",), "ruby-text": ("inline",)}
"""What is laid out as something simpler."""
TOLERANCE = 0.03
"""Pixels: Chromium counts in 64ths, and the golden values are rounded."""


def text_of(case: str) -> str:
    if case.endswith(".md"):
        return (LAYOUT / "styles" / case).read_text(encoding="utf-8")
    theme, size, look = case.split()
    elements = (LAYOUT / "styles" / "elements.md").read_text(encoding="utf-8")
    return f"---\ntheme: {theme}\n{SIZES[size]}{LOOKS[look]}---\n\n{elements}"


def styles(text: str, folder: Path = LAYOUT / "styles") -> list[SlideStyles]:
    """The styles of the slides of a deck in a folder with its themes."""
    files = ProjectFiles(folder)
    deck = parse(Source(text, (folder / "deck.md").as_posix()))
    found = DeckStyles(deck, theme_of(deck, files))
    return [found.of(slide) for slide in deck.slides]


def elements(parent: dict[str, Any], around: Element | None, path: str) -> Iterator[tuple[str, dict[str, Any], Element]]:
    """All elements below one of a golden file, each with what selectors see of it."""
    children = parent.get("children", [])
    previous = ""
    for index, child in enumerate(children):
        element = Element(
            child["tag"],
            around,
            frozenset(child.get("classes", ())),
            child.get("inline", ""),
            first=index == 0,
            last=index == len(children) - 1,
            index=index + 1,
            previous=previous,
            words=child.get("alt", ""),
        )
        previous = child["tag"]
        below = f"{path} {child['tag']}:{index + 1}"
        yield below, child, element
        yield from elements(child, element, below)


def as_golden(style: Style, like: dict[str, Any]) -> dict[str, Any]:
    """A style in the words of the golden file; what that leaves open is taken from there."""
    start = "start" if like["align"] in ("start", "-webkit-center", "-webkit-auto") else "left"
    found: dict[str, Any] = {
        "hidden": style.hidden or None,
        "display": like["display"] if style.display in DISPLAY.get(like["display"], ()) or style.hidden else style.display,
        "size": style.font.size,
        "line": "normal" if like["line"] == "normal" else style.line_height,
        "spacing": style.font.spacing or None,
        "bold": style.font.bold or None,
        "italic": style.font.italic or None,
        "align": like["align"] if style.text_align in (start, like["align"].removeprefix("-webkit-")) else style.text_align,
        "keeps": not style.wraps or None,
        "breaks": style.breaks_words or None,
        "collapses": style.collapses or None,
        "borderBox": style.border_box or None,
        "most": share(style.max_width_part) or pixels(style.max_width),
        "least": like.get("least") if "%" in like.get("least", "") else pixels(style.min_width),
        "place": place(style) if "place" in like else None,
    }
    for name in ("margin", "padding", "border"):
        sides: Sides = getattr(style, name)
        found[name] = list(sides) if any(abs(side) >= TOLERANCE for side in sides) else None
    return {name: value for name, value in found.items() if value is not None}


def share(part: float | None) -> str | None:
    return None if part is None else f"{part:.0%}"


def pixels(length: float | None) -> str | None:
    return f"{length:g}px" if length else None


def place(style: Style) -> str:
    """`align-content` of a block, which in a slide never moves content out at the top."""
    return "safe center" if style.align == "center" else "normal"


def close(golden: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in golden.items() if name not in ("tag", "classes", "inline", "alt", "children", "frame")}
    return {name: approx(value) for name, value in kept.items()}


def approx(value: Any) -> Any:
    return value if isinstance(value, (str, bool)) else pytest.approx(value, abs=TOLERANCE)


@pytest.mark.parametrize("case", METRICS)
def test_styles_are_what_a_browser_computes(case: str) -> None:
    wrong = []
    for number, (slide, golden) in enumerate(zip(styles(text_of(case)), METRICS[case], strict=True), 1):
        pairs = [("section", golden, slide.section)]
        pairs += [(child["tag"], child, slide.of(Element(child["tag"]))) for child in golden.get("frame", ())]
        pairs += [(path, child, slide.of(element)) for path, child, element in elements(golden, None, "section")]
        for path, like, style in pairs:
            found, expected = as_golden(style, like), close(like)
            if found != expected:
                wrong.append((number, path, {k: (found.get(k), v) for k, v in expected.items() if found.get(k) != v}))
    assert [] == wrong


def test_golden_files_hold_what_decks_are_made_of() -> None:
    seen = {child["tag"] for slides in METRICS.values() for s in slides for _, child, _ in elements(s, None, "")}
    wanted = "h1 h2 h3 h4 h5 h6 p ul ol li blockquote pre code table thead tbody tr th td hr img strong em a div small"
    assert set() == set(wanted.split()) - seen


@pytest.mark.parametrize(
    ("theme", "heading", "code"),
    [("default", 563.0, 529.0), ("gaia", 580.0, 580.0 - 35.0), ("uncover", 660.0, 570.0)],
    # Marp Core 4.4 `themes/*.scss`, `::part(auto-scaling)`; gaia's is `calc(580px - 1em)` of its 35 px
)
def test_auto_scaling_has_a_greatest_height(theme: str, heading: float, code: float) -> None:
    slide = styles(f"---\ntheme: {theme}\n---\n")[0]
    assert (heading, code) == (slide.of(Element("h2")).fitted, slide.of(Element("pre")).fitted)


def test_styles_of_a_slide_are_made_once() -> None:
    one, two, lead = styles("---\ntheme: gaia\n---\n\n# A\n\n---\n\n# B\n\n---\n\n<!-- _class: lead -->\n\n# C")
    assert one is two
    assert ("start", "center") == (one.section.align, lead.section.align)


@pytest.mark.parametrize(
    ("css", "slide", "expected"),
    [
        ("section { place-content: center }", "", ("center", True)),  # Chromium: a block that clips never loses its top
        ("section { display: flex; flex-direction: column; justify-content: center }", "", ("center", False)),
        ("section { display: flex; flex-flow: column; justify-content: safe center }", "", ("center", True)),
        ("section { display: grid; align-content: end }", "", ("end", False)),
        ("section { justify-content: center }", "", ("center", True)),  # of a block: across; the theme's own centring stays
    ],
)
def test_a_slide_places_its_content(css: str, slide: str, expected: tuple[str, bool]) -> None:
    section = styles(f"---\nstyle: |\n  {css}\n---\n{slide}")[0].section
    assert expected == (section.align, section.safe)


def test_a_split_background_leaves_percentages_less_room() -> None:
    whole, half = styles("<style>p { width: 50% }</style>\n\n# A\n\n---\n\n![bg right:50%](a.png)\n\n# B")
    widths = [slide.of(Element("p")).width for slide in (whole, half)]
    assert [(1280 - 157) / 2, (640 - 157) / 2] == widths


def test_columns_of_a_grid_are_what_percentages_of_its_items_are_taken_from() -> None:
    css = ".two { display: grid; grid-template-columns: 300px 1fr; gap: 23px }\n  img { max-width: 50% }"
    slide = styles(f"---\nstyle: |\n  {css}\n---\n")[0]
    grid = Element("div", classes=frozenset({"two"}))
    found = [slide.of(Element("img", Element("div", grid, index=i))).max_width for i in (1, 2)]
    assert [150.0, (1123 - 300 - 23) / 2] == found
    assert ((300.0, 0.0), (0.0, 1.0)) == slide.of(grid).tracks


def theme_deck(folder: Path, css: str, deck: str = "---\ntheme: mine\n---\n\n# A") -> SlideStyles:
    (folder / "mine.css").write_text(f"/* @theme mine */\n{css}", encoding="utf-8")
    return styles(deck, folder)[0]


def test_a_theme_of_the_project_is_named_and_sized(tmp_path: Path) -> None:
    slide = theme_deck(tmp_path, "@import 'gaia';\nsection { width: 10in; height: 540px; font-size: 20px }")
    assert ("mine", True, 960.0, 540.0) == (slide.assumed, slide.sure, slide.width, slide.height)
    assert (36.0, 10.0) == (slide.of(Element("h1")).font.size, slide.of(Element("h2")).margin.top / 1.5)


def test_a_size_preset_goes_before_the_size_of_the_theme(tmp_path: Path) -> None:
    css = "/* @size tall 600px 800px */ section { width: 960px; height: 540px }"
    slide = theme_deck(tmp_path, css, "---\ntheme: mine\nsize: tall\n---\n")
    assert (600.0, 800.0) == (slide.width, slide.height)


@pytest.mark.parametrize(
    ("css", "doubt"),
    [
        ("@import url('https://example.org/utilities.css');", "import"),
        ("@import 'elsewhere';", "import"),
        ("@media (min-width: 900px) { h1 { font-size: 3px } }", "font-size"),
        ("h1[data-x] { color: red; padding: 3px } a[href] { padding: 3px }", "padding-top"),
        ("h1:has(a) { margin: 0 }", "margin-top"),
        ("h1 { transform: scale(2) }", "transform"),
        ("h1 { font-size: 2vw }", "vw"),
        ("h1::before { content: 'x'; display: block }", "generated"),
        ("section { display: grid; grid-template-columns: auto 1fr }", "grid-template-columns"),
        ("section { writing-mode: vertical-rl }", "writing-mode"),
    ],
)
def test_what_cannot_be_known_is_told(tmp_path: Path, css: str, doubt: str) -> None:
    slide = theme_deck(tmp_path, css)
    slide.of(Element("a", Element("h1")))
    assert (False, True) == (slide.sure, doubt in slide.doubts)


@pytest.mark.parametrize(
    "css",
    [
        "@import url('https://fonts.googleapis.com/css2?family=Sora');",  # where it is not loaded, the next family is taken
        "h2[data-x] { padding: 3px }",  # no such element was asked for
        "h1[data-x] { color: red }",  # colours take no room
        "@media print { h1 { font-size: 3px } }",  # a screen shows the slides
        "h1:hover { font-size: 3px }",  # nobody points at it
        "h1::before { content: 'x'; display: block; position: absolute }",  # out of the flow
        "h1::after { content: ''; display: block }",  # nothing in it
        "@font-face { font-family: X; src: url(x.woff) }",  # no rule
    ],
)
def test_what_takes_no_room_is_no_doubt(tmp_path: Path, css: str) -> None:
    slide = theme_deck(tmp_path, css)
    slide.of(Element("h1"))
    assert frozenset() == slide.doubts


def test_an_unknown_theme_is_the_default_one_as_marp_has_it() -> None:
    slide = styles("---\ntheme: nowhere\n---\n", LAYOUT / "golden")[0]
    assert ("default", True, 29.0) == (slide.assumed, slide.sure, slide.section.font.size)


def test_a_theme_that_may_be_anywhere_is_not_sure(tmp_path: Path) -> None:
    (tmp_path / ".marprc.yml").write_text("themeSet: https://example.org/theme.css\n", encoding="utf-8")
    slide = styles("---\ntheme: nowhere\n---\n", tmp_path)[0]
    assert ("default", False) == (slide.assumed, slide.sure)


def test_variables_that_stand_for_each_other_end(tmp_path: Path) -> None:
    css = "section { --a: var(--b); --b: var(--a); font-size: var(--a); padding: var(--c, 7px) }"
    slide = theme_deck(tmp_path, css)
    assert (16.0, 7.0) == (slide.section.font.size, slide.section.padding.left)
