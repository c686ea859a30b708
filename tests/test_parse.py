"""Trees keep their invariants, whatever the text."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from decklint.deck.deck import Slide
from decklint.deck.nodes import (
    CodeBlock,
    Comment,
    Container,
    Heading,
    HtmlBlock,
    Inline,
    Leaf,
    List,
    ListItem,
    Node,
    Paragraph,
    Quote,
    Ruler,
    StyleBlock,
    Table,
    TableRow,
)
from decklint.deck.walk import walk
from decklint.parse import Options, parse
from decklint.parse.blocks import parse_blocks
from decklint.parse.convert import Converter
from decklint.testing import violations
from decklint.text import Source
from tests.conftest import CORPUS, ROOT

DECKS = sorted((ROOT / "fixtures").rglob("*.md"))
CORPUS_DECKS = sorted((CORPUS / "decks").rglob("*.md")) if CORPUS.is_dir() else []


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


CONTAINERS = st.sampled_from(["> ", ">", "- ", "-\t", "1. ", "  ", "\t", "+   ", ">\t", "10) "])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.lists(CONTAINERS, max_size=5), LINES), max_size=10),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_any_nesting_gives_a_valid_tree(lines: list[tuple[list[str], str]], newline: str, bom: bool) -> None:
    text = newline.join("".join(containers) + line for containers, line in lines)

    assert violations(parse(Source.decode((b"\xef\xbb\xbf" if bom else b"") + text.encode()))) == []


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


YAML = st.text(alphabet="ab标:- #'\"[]{}|>&*!%@`,?\\n \t\x85\u2028\ufeff", max_size=30)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.one_of(YAML, YAML.map("class: {}".format), YAML.map("theme : {}".format)), max_size=5))
def test_any_settings_give_places_inside(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert violations(parse(Source(f"---\n{text}\n---\n\n> <!-- {text} -->\n"))) == []


@pytest.mark.parametrize(
    "settings",
    [
        "a: &a [*a]",
        "a: &a {b: *a}",
        "? theme",
        "\n".join(["a0: &a0 [x]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 20))]),
        "a: " + "[" * 90 + "]" * 90,
    ],
    ids=["list-of-itself", "mapping-of-itself", "no-value", "ten-to-the-nineteenth", "deep"],
)
def test_settings_that_stand_for_too_much_do_no_harm(settings: str) -> None:
    deck = parse(Source(f"---\n{settings}\nclass: lead\n---\n\n<!--\n{settings}\nclass: lead\n-->\n"))

    assert violations(deck) == []
    assert deck.front_matter is not None
    assert deck.front_matter.settings["class"] == "lead"


@pytest.mark.parametrize("level", ["[", "{a: ", "- ", "? "])
def test_settings_nested_without_end_are_dropped(level: str) -> None:
    deck = parse(Source(f"---\nclass: lead\na: {level * 50_000}\n---\n\n<!--\nclass: lead\nb:\n  {level * 50_000}\n-->\n\n# A\n"))

    assert violations(deck) == []
    assert deck.front_matter is not None
    assert {} == deck.front_matter.settings


def test_settings_know_where_they_stand() -> None:
    front = "---\ntitle: '标题'  # shown\nheader: A: B \nstyle: |\n  a\n  b\n---\n\n"
    text = front + "x <!-- _class: [lead, 大] -->\n\n> <!--\n> _footer: C\n> -->\n"
    deck = parse(Source(text))
    assert deck.front_matter is not None
    first, second = (node for node in walk(deck.slides[0]) if isinstance(node, Comment))

    assert [text[slice(*span)] for span in deck.front_matter.key_spans.values()] == ["title", "header", "style"]
    assert [text[slice(*span)] for span in deck.front_matter.value_spans.values()] == ["'标题'", "A: B", "|\n  a\n  b"]
    assert text[slice(*first.key_spans["_class"])] == "_class"
    assert text[slice(*first.value_spans["_class"])] == "[lead, 大]"
    assert second.value_spans == {"_footer": second.span}


@pytest.mark.parametrize(
    "text",
    [
        "> \ta\n",
        ">> \ta\n",
        ">\t- \ta\n",
        "- - \tc\n",
        "-\t\tc\n",
        ">-  \tc\n",
        "> ```\n> \tc\n",
        "> \t \n> a\n",
        "\t \t\n> \ta\n",
        "> a\n\t<div>\n",
        "> - > a\n    > a\n",
        "> [r]: x\n",
        "- [r]:\n  x\n",
        "- [r]: x y\n",
    ],
)
def test_tabs_and_definitions_inside_containers(text: str) -> None:
    assert ours(text) == theirs(text)
    assert violations(parse(Source(text))) == []


def test_code_inside_a_quote_keeps_its_tabs() -> None:
    (code,) = (node for node in walk(parse(Source("> ```\n> \tc\n> ```\n")).slides[0]) if isinstance(node, CodeBlock))

    assert code.value == "\tc\n"


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


# ---------------------------------------------------------------- other judges

SPEC = ROOT / "tools" / "marp" / "node_modules" / "commonmark-spec" / "spec.txt"


def test_every_example_of_commonmark_gives_a_valid_tree() -> None:
    if not SPEC.is_file():
        pytest.skip("the CommonMark specification is not installed (npm ci in tools/marp)")
    fence = "`" * 32
    found = re.findall(rf"^{fence} example\n(.*?)^\.$", SPEC.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    texts = [text.replace("→", "\t") for text in found]

    assert 652 == len(texts)
    assert [] == [text for text in texts if violations(parse(Source(text)))]


BLOCKS = [
    "# T",
    "## H",
    "text",
    "more text",
    "- item",
    "- item2",
    "  - sub",
    "* star",
    "+ plus",
    "1. one",
    "2. two",
    "1) paren",
    "> quote",
    "> - item in quote",
    "> # heading in quote",
    "---",
    "***",
    "___",
    "===",
    "```",
    "~~~",
    "    indented",
    "\ttab",
    "<!-- c -->",
    "<div>",
    "</div>",
    '<div class="x">',
    "<br>",
    "<b>i</b>",
    "![a](b.png)",
    "| a | b |",
    "|---|---|",
    "| 1 | 2 |",
    "|:-:|",
    "   续行",
    "  两格",
    "[r]: x.png",
    "+无空格",
    "**b**",
    '<a id="x"/>',
    "<style>",
    "</style>",
    "$x$",
    "中文。",
]


def theirs(text: str) -> list[tuple[str, int]]:
    """The blocks of a text with their first lines, from 0, as markdown-it-py reads it."""
    names = {"p": "p", "ul": "ul", "ol": "ol", "li": "li", "blockquote": "quote", "hr": "hr", "table": "table", "tr": "tr"}
    names |= {f"h{level}": f"h{level}" for level in range(1, 7)}
    found = []
    for token in MARKDOWN_IT.parse(text):
        name = {"fence": "code", "code_block": "code", "html_block": "html"}.get(token.type)
        if token.nesting >= 0 and token.map and (name := name or names.get(token.tag)):
            found.append((name, token.map[0]))
    return found


def ours(text: str) -> list[tuple[str, int]]:
    """The same of our own blocks."""
    source = Source(text)
    tokens, env = parse_blocks(text)
    converter = Converter(source, env, Options())
    found: list[tuple[str, int]] = []

    def add(node: Node) -> None:
        name = OURS.get(type(node))
        if isinstance(node, Heading):
            name = f"h{node.level}"
        elif isinstance(node, List):
            name = "ol" if node.ordered else "ul"
        if name:
            found.append((name, source.line(node.span.start) - 1))
        for child in node.blocks if isinstance(node, Container) else ():
            add(child)

    for token in tokens:
        if (node := converter.block(token)) is not None:
            add(node)
    return found


MARKDOWN_IT = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS: dict[type[Node], str] = {
    Paragraph: "p", ListItem: "li", Quote: "quote", Ruler: "hr", CodeBlock: "code", HtmlBlock: "html", Comment: "html",
    StyleBlock: "html", Table: "table", TableRow: "tr",
}  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_blocks_are_those_of_markdown_it(seed: int) -> None:
    """5,000 texts of lines without blank lines between them; at most one in a thousand may be read otherwise."""
    dice = random.Random(seed)
    texts = ["\n".join(dice.choices(BLOCKS, k=dice.randint(2, 9))) + "\n" for _ in range(5_000)]

    different = [text for text in texts if theirs(text) != ours(text)]

    assert len(different) <= 5, different[:3]
