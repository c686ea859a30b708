"""Settings of Marp that change what a deck is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from decklint.deck.html import ALLOWED, is_rendered, removed_attributes, tags
from decklint.files import ProjectFiles
from decklint.parse import Options, parse, read_options
from decklint.text import Source
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        (".marprc", "options:\n  headingDivider: 2\n", Options(heading_divider=frozenset((1, 2)))),
        (".marprc.yml", "options: {markdown: {breaks: false}}\n", Options(breaks=False)),
        (".marprc.json", '{"options": {"math": false}} // with a comment', Options(math=False)),
        (".config/marprc.yaml", "options: {headingDivider: [1, 3]}", Options(heading_divider=frozenset((1, 3)))),
        ("package.json", '{"name": "x", "marp": {"options": {"markdown": {"breaks": false}}}}', Options(breaks=False)),
        (".vscode/settings.json", '{\n// c\n"markdown.marp.breaks": "off", /* d */ "x": "//",\n}', Options(breaks=False)),
        (".vscode/settings.json", '{"markdown.marp.mathTypesetting": "off"}', Options(math=False)),
        ("marp.config.js", "module.exports = { options: { math: false } }", Options(math=False)),
        (
            "marp.config.mjs",
            "export default { options: { math: process.env.MATH, headingDivider: 2 } }",
            Options(heading_divider=frozenset((1, 2))),
        ),
        ("marp.config.js", "// options: { math: false }\nmodule.exports = {}", Options()),
        (".marprc", "not: [valid", Options()),
        (".marprc", "just text", Options()),
        ("package.json", "{}", Options()),
    ],
)
def test_settings_are_read_as_data(tmp_path: Path, name: str, text: str, options: Options) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")

    assert options == read_options(ProjectFiles(tmp_path))


def test_the_command_line_goes_before_the_editor(tmp_path: Path) -> None:
    (tmp_path / ".marprc").write_text("options: {markdown: {breaks: true}}", encoding="utf-8")
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "settings.json").write_text('{"markdown.marp.breaks": "off"}', encoding="utf-8")

    assert Options() == read_options(ProjectFiles(tmp_path))


TEXT = "# A\n\none\ntwo $x$\n\n# B\n\n$$\ny\n$$\n"


@pytest.mark.parametrize(
    ("options", "slides", "view"),
    [
        (Options(), 1, "one\ntwo \ufffc"),
        (Options(breaks=False), 1, "one two \ufffc"),
        (Options(math=False), 1, "one\ntwo $x$"),
        (Options(heading_divider=frozenset((1,))), 2, "one\ntwo \ufffc"),
    ],
)
def test_settings_change_the_deck(options: Options, slides: int, view: str) -> None:
    deck = parse(Source(TEXT), options)

    assert slides == len(deck.slides)
    assert view == deck.slides[0].blocks[1].view.text  # type: ignore[attr-defined]


def test_the_deck_itself_goes_before_the_settings() -> None:
    deck = parse(Source("---\nheadingDivider: false\n---\n\n# A\n\n# B\n"), Options(heading_divider=frozenset((1,))))

    assert 1 == len(deck.slides)


def test_the_allowlist_is_that_of_marp() -> None:
    golden = json.loads((ROOT / "fixtures" / "marp" / "allowed-html.golden").read_text(encoding="utf-8"))

    assert golden == {name: sorted(attributes) for name, attributes in sorted(ALLOWED.items())}


@pytest.mark.parametrize(
    ("text", "names", "printed", "removed"),
    [
        ('<div class="x" style="color:red">', ["div"], [], ["style"]),
        ("<iframe src=a></iframe>", ["iframe", "iframe"], ["iframe", "iframe"], []),
        ("<!-- <b> --><BR/>", ["br"], [], []),
        ("<p align='center' ID=x>", ["p"], [], ["align", "id"]),
        ("a < b > c <3", [], [], []),
        ('<img src="a>b.png" onclick="x()">', ["img"], [], ["onclick"]),
    ],
)
def test_tags(text: str, names: list[str], printed: list[str], removed: list[str]) -> None:
    found = list(tags(text))

    assert names == [tag.name for tag in found]
    assert printed == [tag.name for tag in found if not is_rendered(tag)]
    assert removed == [name for tag in found if is_rendered(tag) for name in removed_attributes(tag)]
