"""The parts that styles are computed with: selectors, declarations, lengths, columns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decklint.layout.boxes.geometry import Container, geometry
from decklint.layout.boxes.tracks import areas_of, placed, tracks_of, width_of
from decklint.layout.css.cascade import Cascade, match
from decklint.layout.css.computed import Setting, computed, page
from decklint.layout.css.conditions import Node
from decklint.layout.css.declarations import declared
from decklint.layout.css.selectors import read_selector
from decklint.layout.css.sheets import Rule, Waiting, inline_rules, read_rules
from decklint.layout.css.values import Scale, read_length
from decklint.layout.model import Font, Style

ROOT_NODE = Node("section", None, frozenset({"lead"}), {"data-size": "4:3"}, first=True, last=True)
TITLE = Node("h1", ROOT_NODE, attributes={}, first=True, index=1)
LIST = Node("ul", ROOT_NODE, frozenset({"big"}), index=2, before=TITLE, from_end=-1)
BESIDE = Node("p", ROOT_NODE, before=Node("div", ROOT_NODE, vague=True))
ITEM = Node("li", LIST, attributes={}, last=True, index=3, from_end=1)
OUTER = Container(800.0, None)
EDGES = "margin: 1em 3%; padding: 2px 5%; border: thin solid; border-spacing: 3px; "


@pytest.mark.parametrize(
    ("selector", "node", "matches"),
    [
        ("h1", TITLE, True),
        ("section.lead > h1", TITLE, True),
        ("section:not(.lead) h1", TITLE, False),
        (".lead h1", TITLE, False),  # Marp looks for it inside the slide
        (":is(h2, h1):first-child", TITLE, True),
        ("H1", TITLE, True),
        (r"ul.b\ig", LIST, True),
        ("h1:nth-child(odd)", TITLE, True),
        ("h1 + .big", LIST, True),
        (".note + ul", LIST, False),
        (".note + p", BESIDE, None),  # a box of HTML may have any class
        ("h2 ~ ul", LIST, False),  # the heading is the first, nothing is before it
        ("li ~ li", ITEM, None),  # nobody said what is before
        ("li:nth-child(3n)", ITEM, True),
        ("li:nth-child(-n+2)", ITEM, False),
        ("li:nth-last-child(1)", ITEM, True),
        ("ul:nth-last-child(1)", LIST, False),
        ("ul:nth-last-child(2)", LIST, None),
        ("ul[data-x]", LIST, None),
        ("li[data-x]", ITEM, False),
        ("li:has(p)", ITEM, None),
        ("li:not(:has(p))", ITEM, None),
        ("li:not(:has(p)):hover", ITEM, False),
        ("ul.big li:last-child:not(.x)", ITEM, True),
        ('section[data-size="4:3"] li', ITEM, True),
        ('section[data-size^="16"] li', ITEM, False),
        ("section", ROOT_NODE, True),
        (":root", ROOT_NODE, True),
        ("*", ROOT_NODE, False),
    ],
)
def test_selectors_know_what_they_do_not_know(selector: str, node: Node, matches: bool | None) -> None:
    read = read_selector(selector)
    assert read is not None
    assert matches == read.matches(node)


NODES = (ROOT_NODE, TITLE, LIST, BESIDE, ITEM, Node("code", TITLE), Node("p", Node("blockquote", LIST)), Node("h3", None))
COMPOUNDS = st.sampled_from(
    ["*", "h1", "ul", "li", "p", "code", "h3", "section", ".big", "blockquote", "ul:first-child", "h1::part(auto-scaling)"]
)


@given(COMPOUNDS, st.lists(st.tuples(st.sampled_from([" ", " > ", " + ", " ~ "]), COMPOUNDS), max_size=3), st.sampled_from(NODES))
def test_what_rules_need_not_be_held_against_never_decides_otherwise(first: str, more: list[tuple[str, str]], node: Node) -> None:
    read = read_selector(first + "".join(by + other for by, other in more))
    assert read is not None
    cascade = Cascade()
    cascade.add([Rule(read, (("width", "auto", False),))], 1, 1)

    part = read.pseudo == "part"
    top = node
    while top.parent is not None:
        top = top.parent
    held = read.on <= top.classes and any(rule.selector is read for _, rule in cascade.candidates(node, part=part))
    expected = read.matches(node) if held else False
    found = match([cascade], node, part=part)

    assert (expected is True, expected is None) == (bool(found.rules), bool(found.doubtful))


@pytest.mark.parametrize("display", ["block", "inline", "list-item", "inline-block", "table-cell"])
def test_boxes_with_nothing_but_edges_are_those_of_all_others(display: str) -> None:
    sets = inline_rules(EDGES + f"display: {display}")
    values = {name: value for name, value, _ in sets if not isinstance(value, Waiting)}
    asked = {**values, "box-sizing": "content-box"}  # as it is where nobody asks
    scale = Scale(20.0, (1000.0, 700.0))
    sizes = [Style(Font("lato", 20.0), 30.0, **geometry(TITLE, v, OUTER, scale).lengths) for v in (values, asked)]
    inner = [geometry(TITLE, v, OUTER, scale).container for v in (values, asked)]

    assert (sizes[1], inner[1]) == (sizes[0], inner[0])


@pytest.mark.parametrize("text", ["", ">", "h1 >", "> h1", "h1,", "h1 h2]", "h1:is(", "#{x}", "[", "h1{", ".", "::"])
def test_what_is_no_selector_is_none(text: str) -> None:
    assert read_selector(text) is None


@pytest.mark.parametrize(
    ("text", "pixels"),
    [
        ("12px", 12.0),
        ("1.5em", 30.0),
        ("50%", 100.0),
        ("1in", 96.0),
        ("calc(100% - 2 * (1em + 10px))", 140.0),
        ("min(10px, 1em)", 10.0),
        ("clamp(1px, 50%, 30px) ", 30.0),
        ("2rem", 50.0),
        ("-1em", -20.0),
        ("1e999px", 33_554_432.0),  # the greatest length of a browser
        ("calc(1px * 1em)", None),
        ("1 px", None),
        ("1foo", None),
        ("calc(1px", None),
        ("(" * 50 + "1px" + ")" * 50, None),
    ],
)
def test_lengths(text: str, pixels: float | None) -> None:
    length = read_length(text)
    scale = Scale(20.0, (1280.0, 720.0), read_length("25px"))
    assert pixels == (None if length is None else scale.pixels(length, 200.0))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("font-size", "30"),
        ("padding", "-1px"),
        ("width", "wide"),
        ("margin", "1px 2px 3px 4px 5px"),
        ("font", "bold"),
        ("x", "1px"),
    ],
)
def test_what_a_browser_drops_is_dropped(name: str, text: str) -> None:
    assert () == declared(name, text)


@pytest.mark.parametrize(
    ("text", "tracks", "sure"),
    [
        ("1fr 2fr", ((0.0, 1.0), (0.0, 2.0)), True),
        ("repeat(2, minmax(0, 1fr)) 100px", ((0.0, 1.0), (0.0, 1.0), (100.0, 0.0)), True),
        ("repeat(auto-fit, minmax(200px, 1fr))", ((0.0, 1.0),) * 4, True),
        ("[a] 25% [b] 1fr", ((225.0, 0.0), (0.0, 1.0)), True),
        ("auto 1fr", ((0.0, 1.0), (0.0, 1.0)), False),
        ("repeat(², 1fr)", (), False),
        ("repeat(1000000, 1fr)", ((0.0, 1.0),) * 50, True),
    ],
)
def test_columns_of_a_grid(text: str, tracks: tuple[tuple[float, float], ...], sure: bool) -> None:
    assert (tracks, sure) == tracks_of(text, Scale(20.0, (0.0, 0.0)), 900.0, 20.0)


def test_overflowing_content_that_is_spread_stays_at_the_top() -> None:
    assert ("center", True) == placed("space-around", safe=False)


def test_cost_of_a_selector_does_not_explode() -> None:
    node = ROOT_NODE
    for _ in range(200):
        node = Node("li", Node("ul", node))
    read = read_selector("ul li ul li ul li ul li ul li")
    assert read is not None and read.matches(node) is True


def test_rules_that_are_nested_too_deep_are_a_doubt() -> None:
    assert ["nesting"] == read_rules("h1 {" * 20 + "margin: 0" + "}" * 20).doubts


def test_named_places_of_a_grid() -> None:
    rows = areas_of('"title title title" "left left right"')
    assert (("title",) * 3, ("left", "left", "right")) == rows
    assert () == areas_of('"a b" "c"')  # a browser drops rows of different lengths


def test_width_of_columns_beside_each_other() -> None:
    tracks = ((100.0, 0.0), (0.0, 1.0), (0.0, 3.0))
    widths = [width_of(tracks, range(*ends), 720.0, 10.0) for ends in ((0, 1), (0, 2), (1, 3))]
    assert [100.0, 100.0 + 10.0 + 150.0, 150.0 + 10.0 + 450.0] == widths


PIECES = st.sampled_from(
    """h1 section :root :is( :not( :nth-child( ) { } ; : , > + ~ * [a="b"] . # & @media @import 'x' margin padding font width flex
    columns border grid-template-columns font-size line-height --x var(--x calc( min( repeat( auto-fit 1fr 2 -1 1e999 px em % rem
    / - !important inherit initial all '' " solid none""".split()  # noqa: SIM905
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=40))
def test_any_text_is_some_style_sheet(text: str) -> None:
    specified = {name: value for name, value, _ in inline_rules(text)}
    found = computed(ITEM, specified, page(1280.0, 720.0), Setting((1280.0, 720.0)))
    assert all(abs(side) < 1e8 for side in found.style.margin)
    for rule in read_rules(text).rules:
        assert rule.selector.matches(ITEM) in (True, False, None)
