"""What is known of a deck's theme and of the tools' settings, read from real files and never by running anything."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from decklint.files import ProjectFiles
from decklint.marprc import UNKNOWN, ToolSettings, commanded_themes, tool_settings
from decklint.parse import parse
from decklint.text import Source
from decklint.theme import BUILT_IN, BUILT_IN_SIZES, TRANSITIONS, Theme, theme_of
from decklint.theme.cascade import SLIDE, read_rules, winner
from decklint.theme.colour import BLACK, WHITE, Colour, contrast, over, read_colour
from decklint.theme.colours import Palette
from decklint.theme.css import AltSelector, addresses, read_sheet

Project = Callable[..., ProjectFiles]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Write the files of a project: texts by path, or one text and its path as keywords cannot have dots."""

    def write(files: dict[str, str]) -> ProjectFiles:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return ProjectFiles(tmp_path)

    return write


def theme(files: ProjectFiles, deck: str) -> Theme:
    return theme_of(parse(Source(deck, (files.root / "deck.md").as_posix())), files)


def asking(name: str, more: str = "") -> str:
    return f"---\nmarp: true\ntheme: {name}\n{more}---\n\n# Deck\n"


# ---------------------------------------------------------------- which theme, and whether anybody knows it


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_a_built_in_theme_is_known_with_all_that_it_offers(project: Project, name: str) -> None:
    found = theme(project({}), asking(name))

    assert (name, True) == (found.name, found.known)
    assert (BUILT_IN[name], BUILT_IN_SIZES, TRANSITIONS) == (found.classes, found.sizes, found.transitions)


def test_a_deck_without_a_theme_has_the_default_one(project: Project) -> None:
    assert "default" == theme(project({}), "# Deck\n").name


@pytest.mark.parametrize(
    ("css", "known"),
    [
        ("/* @theme lab */", True),
        ("/*! @theme lab */", True),
        ("/*\n * @theme lab\n * @size 4:3 960px 720px\n */", True),
        ("/* @Theme lab */", False),  # Marp reads names of metadata as they are written
        ("/* theme lab */", False),
        ("// @theme lab", False),
        ("/* @theme Lab */", False),  # names are compared letter by letter
        ("section { color: red }", False),
    ],
)
def test_a_style_sheet_is_a_theme_when_a_comment_names_it(project: Project, css: str, known: bool) -> None:
    assert known is theme(project({"themes/lab.css": css}), asking("lab")).known


def test_a_theme_can_be_told_by_the_settings(project: Project) -> None:
    files = project({".marprc.yml": "theme: ./themes/lab.css", "themes/lab.css": "/* @theme lab */"})

    assert "lab" == theme(files, "# Deck\n").name


def test_where_deck_and_settings_disagree_nobody_knows_the_classes(project: Project) -> None:
    assert theme(project({".marprc.yml": "theme: uncover"}), asking("gaia")).classes is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".marprc.yml", "themeSet: https://example.org/lab.css"),
        (".marprc.yml", "themeSet: [themes, ../shared/themes]"),
        (".marprc.yml", "themeSet: ~/themes"),
        (".marprc.yml", "themeSet: node_modules/lab-theme"),
        (".marprc.yml", "themeSet: built/themes"),  # made by a program that has not run
        ("marp.config.js", "export default { themeSet: themesOf(process.env.LAB) }"),
        ("marp.config.js", "import shared from './shared.js'\nexport default { ...shared }"),
        (".vscode/settings.json", '{"markdown.marp.themes": ["https://example.org/lab.css"]}'),
        ("Makefile", "slides:\n\tmarp --theme-set $(THEMES) deck.md\n"),
        ("build.sh", "marp --theme ../lab.css deck.md\n"),
        (".github/workflows/slides.yml", "run: marp --theme-set=/opt/themes deck.md\n"),
    ],
)
def test_a_theme_that_may_come_from_elsewhere_is_neither_known_nor_unknown(project: Project, name: str, text: str) -> None:
    assert theme(project({name: text}), asking("lab")).known is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Makefile", "slides:\n\tmarp --theme-set themes deck.md\n"),
        (".marprc.yml", "themeSet: ./themes/"),
        (".marprc.yml", "themeSet: themes/*.css"),
        (".marprc.yml", "theme: gaia"),
        ("README.md", "Use `--theme-set https://example.org/lab.css`."),  # prose commands nothing
    ],
)
def test_a_theme_that_the_project_would_show_is_unknown(project: Project, name: str, text: str) -> None:
    assert theme(project({name: text, "themes/other.css": "/* @theme other */"}), asking("lab")).known is False


def test_a_command_in_the_deck_itself_counts(project: Project) -> None:
    deck = asking("lab") + "\n<!-- marp --theme-set ~/themes deck.md -->\n"

    assert theme(project({}), deck).known is None


# ---------------------------------------------------------------- what a theme builds on


def test_a_theme_offers_what_the_themes_below_it_offer(project: Project) -> None:
    files = project(
        {
            "a.css": '/* @theme a */ @import "b"; section.one {}',
            "b.css": "/* @theme b */ @import-theme 'gaia'; section.two {}",
            "c.css": "/* @theme c */ section.three {}",
        }
    )

    assert BUILT_IN["gaia"] | {"one", "two"} == theme(files, asking("a")).classes


@pytest.mark.parametrize("start", ["a", "b"])
def test_themes_that_build_on_each_other_end(project: Project, start: str) -> None:
    files = project({"a.css": "/* @theme a */ @import 'b'; .one {}", "b.css": "/* @theme b */ @import 'a'; .two {}"})

    assert frozenset(("one", "two")) == theme(files, asking(start)).classes


@pytest.mark.parametrize(
    "css",
    [
        "/* @theme a */ @import 'missing'; .one {}",
        "/* @theme a */ .one { #{$name}: 1 }",
        "/* @theme a */ @include boxes; .one {}",
        "/* @theme a */ @each $c in one, two { .#{$c} {} }",
        "/* @theme a */ .box { &-wide { width: 90% } }",
    ],
)
def test_a_style_sheet_that_only_a_program_completes_leaves_the_classes_open(project: Project, css: str) -> None:
    found = theme(project({"a.scss": css}), asking("a"))

    assert (True, None, None) == (found.known, found.classes, found.sizes)


@pytest.mark.parametrize(
    "address", ["url(https://example.org/css?family=A&display=b)", "'https://example.org/font.css'", "'//example.org/f.css'"]
)
def test_a_style_sheet_of_the_network_is_no_theme_below(project: Project, address: str) -> None:
    files = project({"a.css": f"/* @theme a */ @import {address}; @import 'default'; .one {{}}"})

    assert frozenset(("one", "invert")) == theme(files, asking("a")).classes


@pytest.mark.parametrize(
    ("own", "sizes"),
    [
        ("@size a4 210mm 297mm", {"a4", "16:9", "4:3"}),
        ("@size 4:3 false", {"16:9"}),
        ("@size wide 100cm 50cm\n@size tall 50cm 100cm", {"wide", "tall", "16:9", "4:3"}),
    ],
)
def test_sizes_are_inherited_added_and_taken_away(project: Project, own: str, sizes: set[str]) -> None:
    assert frozenset(sizes) == theme(project({"a.css": f"/*\n@theme a\n{own}\n*/ @import 'default';"}), asking("a")).sizes


def test_a_theme_from_nothing_has_no_sizes(project: Project) -> None:
    assert frozenset() == theme(project({"a.css": "/* @theme a */"}), asking("a")).sizes


# ---------------------------------------------------------------- what a style sheet says


@pytest.mark.parametrize(
    ("css", "classes"),
    [
        ("section.lead {}", {"lead"}),
        ("section.lead.wide h1, .note > p {}", {"lead", "wide", "note"}),
        ("section { &.lead {} .note { p {} } }", {"lead", "note"}),
        ("section:is(.lead, .title):not(.plain) {}", {"lead", "title", "plain"}),
        ("@media print { section.handout {} }", {"handout"}),
        ('section[class~="lead"] {} [data-class="wide tall"] {}', {"lead", "wide", "tall"}),
        ("section.封面 {}", {"封面"}),
        (r".\31 6-9 {}", {"16-9"}),
        ("/* section.lead {} */ p { content: '.no' }", set()),
        ("p { width: .5em; margin: 0.5em }", set()),
        ("@keyframes x { from { top: .5em } }", set()),
        ("// .no {}\n.yes {}", {"yes"}),
        ("/* see // there */ .yes {}", {"yes"}),
        ("p::before { content: ' // ' } .yes {}", {"yes"}),
        ("p { background: url(//example.org/a.png) } .yes {}", {"yes"}),
        ("/* never closed .no {}", set()),
    ],
)
def test_classes_are_found_in_selectors_and_nowhere_else(css: str, classes: set[str]) -> None:
    assert classes == read_sheet(css).classes


@pytest.mark.parametrize(
    ("selector", "words", "others"),
    [
        ('[alt~="center"]', ["center"], ["centre", "center-left"]),
        ('[alt="center"]', ["center"], ["cent"]),
        ('[alt="center wide"]', ["center", "wide"], ["centerwide"]),
        ('[alt|="fig"]', ["fig", "fig-2"], ["figure", "big-fig"]),
        ('[alt*="cen"]', ["center", "accent-cen"], ["c"]),
        ('[alt^="fig"]', ["figure"], ["plan"]),
        ('[alt$=":r"]', ["logo:r"], ["logo"]),
        ("[alt=center]", ["center"], ["left"]),
        ("[ALT~=center]", ["center"], ["left"]),
        ("[title~=center]", [], ["center"]),
        ("[alt]", [], ["center"]),  # selects on any text, about no word
    ],
)
def test_a_word_is_known_when_a_selector_is_about_it(
    project: Project, selector: str, words: list[str], others: list[str]
) -> None:
    found = theme(project({}), f"<style>\nimg{selector} {{ width: 10% }}\n</style>\n")

    assert (words, []) == ([w for w in (*words, *others) if found.selects(w)], [w for w in others if found.selects(w)])


@pytest.mark.parametrize(
    ("css", "names"),
    [
        ("@import 'gaia';\nsection { color: red }", ["gaia"]),
        ('@import-theme "a";@IMPORT url(b.css);\n@import "c" screen;', ["a", "c"]),
        ("@import url('https://example.org/f?a=1;b=2'); @import 'gaia';", ["gaia"]),
        ("@import 'gaia' {}\np { color: red }", []),
        ("@import 'gaia'", ["gaia"]),
        ("p { color: red }\n@import 'late';", ["late"]),
        ("/* @import 'no'; */ @import /* it is */ 'yes';", ["yes"]),
        ("@import 'first'; p { content: \"@import 'no';\" }", ["first"]),
        (r"@import 'a'; @\69mport 'b'; p {}", ["a", "b"]),
        ("@import 'https://example.org/a.css';", []),
        ("// @import 'no';\n@import 'yes';", ["yes"]),
    ],
)
def test_imports_are_found_wherever_they_stand(css: str, names: list[str]) -> None:
    assert names == read_sheet(css).imports


def test_an_empty_operator_selects_on_no_word() -> None:
    assert not AltSelector("*=", "").matches("center")


@pytest.mark.parametrize(
    ("css", "names"),
    [
        ("@keyframes marp-transition-zip {}", {"zip"}),
        ("@keyframes marp-incoming-transition-zip {} @keyframes marp-outgoing-transition-zip {}", {"zip"}),
        ("@keyframes marp-outgoing-transition-backward-zip {}", {"zip"}),
        ("@-webkit-keyframes marp-transition-zip {}", {"zip"}),
        ("@keyframes zip {}", set()),
    ],
)
def test_own_transitions_are_known_by_their_keyframes(project: Project, css: str, names: set[str]) -> None:
    assert TRANSITIONS | names == theme(project({}), asking("gaia", f"style: |\n  {css}\n")).transitions


def test_addresses_come_with_their_places() -> None:
    css = "p { background: url(a.png) }\nq { background: image-set(url('b c.png') 1x) }"

    assert [("a.png", css.index("url(a")), ("b c.png", css.index("'b"))] == list(addresses(css))


@pytest.mark.parametrize("css", ["a{" * 9000, "a:is(" * 9000, "/*" + "\n" * 90000, "/* " * 90000, '"\\' * 90000, "}" * 90000])
def test_no_style_sheet_is_too_much(css: str) -> None:
    read_sheet(css)
    read_rules(css)


# ---------------------------------------------------------------- the settings of the tools


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".marprc", "theme: gaia"),
        (".marprc", '{\n\t"theme": "gaia"\n}'),
        (".marprc.yml", "theme: gaia"),
        (".marprc.yaml", "theme: gaia"),
        (".marprc.json", '{"theme": "gaia"}'),
        (".marprc.json", '\ufeff{"theme": "gaia",}'),
        (".config/marprc.yml", "theme: gaia"),
        ("package.json", '{"name": "course", "marp": {"theme": "gaia"}}'),
        ("marp.config.js", "module.exports = { theme: 'gaia' }"),
        ("marp.config.mjs", 'export default {\n  // theme: "uncover",\n  "theme": "gaia",\n}'),
        ("marp.config.cjs", "module.exports = { /* theme: 'x' */ theme: `gaia` }"),
        ("marp.config.ts", "export default defineConfig({ theme: 'gaia' })"),
        (".marprc.js", "module.exports = { theme: 'gaia' }"),
    ],
)
def test_the_settings_are_found_where_marp_looks(project: Project, name: str, text: str) -> None:
    assert "gaia" == tool_settings(project({name: text})).cli.get("theme")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".marprc", "- gaia"),
        (".marprc", "theme: [gaia"),
        (".marprc", "[" * 50000),
        (".marprc.yml", "- " * 50000),
        (".marprc.yml", "date: 2024-13-45"),
        (".marprc.json", "{"),
        (".marprc.json", "[" * 50000),
        ("package.json", "[]"),
        ("package.json", '{"marp": "gaia"}'),
        ("marprc.yml", "theme: gaia"),
    ],
)
def test_what_is_no_settings_file_says_nothing(project: Project, name: str, text: str) -> None:
    assert {} == tool_settings(project({name: text})).cli


def test_only_the_first_settings_file_counts(project: Project) -> None:
    files = project({"package.json": '{"marp": {"html": true}}', ".marprc": "theme: gaia", "marp.config.js": "theme: 'uncover'"})

    assert {"html": True} == tool_settings(files).cli


def test_a_script_is_read_and_never_run(project: Project, tmp_path: Path) -> None:
    trace = tmp_path / "it-ran"
    script = f"require('fs').writeFileSync({json.dumps(str(trace))}, '')\nmodule.exports = {{ theme: 'gaia', html: true }}"
    files = project({"marp.config.js": script, ".marprc.js": script, "marp.config.ts": script})

    assert "gaia" == theme(files, "# Deck\n").name
    assert not trace.exists()


@pytest.mark.parametrize(
    ("script", "key", "value"),
    [
        ("export default { themeSet: './themes' }", "themeSet", "./themes"),
        ("export default { themeSet: ['a.css', \"b.css\",] }", "themeSet", ["a.css", "b.css"]),
        ("export default { themeSet: [first, 'b.css'] }", "themeSet", UNKNOWN),
        ("export default { themeSet: glob('*.css') }", "themeSet", UNKNOWN),
        ("export default { themeSet: `${root}/themes` }", "themeSet", UNKNOWN),
        ("const theme = pick()\nexport default { theme }", "theme", UNKNOWN),
        ("export default { html: process.env.HTML }", "html", UNKNOWN),
        ("export default { html: false }", "html", False),
        ("export default { engine: ({ marp }) => marp.use(plugin) }", "engine", UNKNOWN),
        ("export default { engine: './engine.js' }", "engine", "./engine.js"),
        ("import { themes } from './x'\nexport default { html: true }", "themeSet", UNKNOWN),
    ],
)
def test_of_a_script_only_plain_values_are_known(project: Project, script: str, key: str, value: Any) -> None:
    assert value == tool_settings(project({"marp.config.js": script})).cli.get(key)


def test_options_of_the_engine_are_read_from_scripts(project: Project) -> None:
    script = "export default { options: { math: 'katex', headingDivider: 2, markdown: { breaks: false } } }"

    assert {"math": "katex", "headingDivider": 2, "markdown": {"breaks": False}} == tool_settings(
        project({"marp.config.js": script})
    ).cli["options"]


@pytest.mark.parametrize("script", ["theme:['a' " * 30, "theme:[" + "'a' " * 30000, "theme" + " " * 90000, "/* " * 90000])
def test_no_script_is_too_much(project: Project, script: str) -> None:
    tool_settings(project({"marp.config.js": script}))


@pytest.mark.parametrize(
    "text",
    [
        '{"markdown.marp.themes": ["themes/a.css"]}',
        '{\n  // where they are\n  "markdown.marp.themes": ["themes/a.css",],\n}',
        '{ /* a, } */ "markdown.marp.themes": [\n"themes/a.css" // here\n] }',
        '\ufeff{"http.proxy": "http://x/y", "a": "/* no */ // no ,}", "markdown.marp.themes": ["themes/a.css"]}',
    ],
)
def test_the_editor_s_settings_are_json_with_comments(project: Project, text: str) -> None:
    assert ["themes/a.css"] == tool_settings(project({".vscode/settings.json": text})).themes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("marp --theme-set themes deck.md", ["themes"]),
        ("marp --theme-set=themes deck.md", ["themes"]),
        ("marp --theme 'my theme.css'", ["my"]),
        ('"build": "marp --theme lab.css -o out"', ["lab.css"]),
        ("marp --theme a.css\nmarp --theme-set b", ["a.css", "b"]),
        ("marp -o out deck.md", []),
    ],
)
def test_commands_tell_themes(text: str, found: list[str]) -> None:
    assert found == commanded_themes(text)


@pytest.mark.parametrize("name", ["Makefile", "justfile", "package.json", "slides.sh", ".github/workflows/a.yml", "Taskfile.yml"])
def test_commands_are_looked_for_where_projects_keep_them(project: Project, name: str) -> None:
    text = '{"scripts": {"x": "marp --theme-set lab deck.md"}}' if name == "package.json" else "marp --theme-set lab deck.md\n"

    assert ("lab",) == tool_settings(project({name: text})).commanded


# ---------------------------------------------------------------- HTML, and the engine


@pytest.mark.parametrize(
    ("cli", "editor", "html"),
    [
        ({}, {}, None),
        ({"html": True}, {}, True),
        ({"html": False}, {}, False),
        ({"html": UNKNOWN}, {}, True),
        ({"html": {"b": ["class"]}}, {}, False),
        ({"options": {"html": True}}, {}, True),
        ({}, {"markdown.marp.html": "all"}, True),
        ({}, {"markdown.marp.html": "off"}, False),
        ({}, {"markdown.marp.html": "default"}, None),
        ({}, {"markdown.marp.enableHtml": True}, True),
        ({}, {"markdown.marp.enableHtml": False}, None),
        ({"html": False}, {"markdown.marp.html": "all"}, True),
    ],
)
def test_html_is_on_off_or_unknown(cli: dict[str, Any], editor: dict[str, Any], html: bool | None) -> None:
    assert html is ToolSettings(cli, editor).html


@pytest.mark.parametrize(
    ("name", "text", "own"),
    [
        (".marprc.yml", "engine: ./engine.js", True),
        ("marp.config.js", "export default { engine: ({ marp }) => marp }", True),
        (".marprc.yml", "theme: gaia", False),
        ("README.md", "engine: x", False),
    ],
)
def test_an_engine_of_one_s_own_is_noticed(project: Project, name: str, text: str, own: bool) -> None:
    assert own is tool_settings(project({name: text})).has_own_engine


# ---------------------------------------------------------------- colours


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("white", WHITE),
        ("BLACK", BLACK),
        ("#fff", WHITE),
        ("#000000", BLACK),
        ("rgb(255 255 255)", WHITE),
        ("rgb(300, 300, 300)", WHITE),
        ("hsl(0, 0%, 100%)", WHITE),
        ("hsl(120 100% 50%)", Colour(0, 1, 0)),
        ("rgba(0, 0, 0, 0.25)", Colour(0, 0, 0, 0.25)),
        ("transparent", Colour(0, 0, 0, 0)),
        ("currentcolor", None),
        ("inherit", None),
        ("Canvas", None),
        ("var(--x)", None),
        ("linear-gradient(red, blue)", None),
        ("red blue", None),
        ("#12345", None),
        ("lab(50 0 0)", None),
        ("grene", None),
        ("", None),
    ],
)
def test_a_colour_is_read_or_not_known(value: str, colour: Colour | None) -> None:
    assert colour == read_colour(value)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#fff", 21.0), ("#fff", "#fff", 1.0), ("#777", "#fff", 4.48), ("#f00", "#fff", 4.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    front, back = read_colour(one), read_colour(other)

    assert front is not None and back is not None
    assert ratio == pytest.approx(contrast(front, back), abs=0.005) == contrast(back, front)


def test_a_translucent_colour_is_mixed_with_what_lies_below() -> None:
    assert Colour(0.75, 0.75, 0.75) == over(Colour(0, 0, 0, 0.25), WHITE)


@pytest.mark.parametrize(
    ("css", "classes", "value"),
    [
        ("section { color: red } section { color: blue }", (), "blue"),
        ("section.lead { color: red } section { color: blue }", ("lead",), "red"),
        ("section.lead { color: red } section { color: blue }", (), "blue"),
        ("section { color: red !important } section.lead { color: blue }", ("lead",), "red"),
        (":root { color: red } section { color: blue }", (), "red"),
        ("section { &.lead { color: red } color: blue }", ("lead",), "red"),
        ("section { h1 { color: red } }", (), None),
        (".lead { color: red }", ("lead",), None),
        ("section::after { color: red }", (), None),
    ],
)
def test_the_heaviest_declaration_wins_then_the_last(css: str, classes: tuple[str, ...], value: str | None) -> None:
    declared = [d for d in read_rules(css).declarations if (d.name, d.element) == ("color", SLIDE)]
    best = winner(declared, frozenset(classes))

    assert value == (best.value if best else None)


TEXT_AND_BACKGROUND = [
    ("theme: default", "#1f2328", "#ffffff"),
    ("theme: default\nclass: invert", "#f0f6fc", "#0d1117"),
    ("theme: gaia", "#455a64", "#fff8e1"),
    ("theme: gaia\nclass: invert", "#fff8e1", "#455a64"),
    ("theme: gaia\nclass: gaia", "#fff8e1", "#0288d1"),
    ("theme: uncover", "#202228", "#fdfcff"),
    ("theme: uncover\nclass: invert", "#ffffff", "#202228"),
    ("theme: default\ncolor: red\nbackgroundColor: blue", "red", "blue"),
    ("theme: unheard-of\ncolor: red\nbackgroundColor: blue", "red", "blue"),
    ("theme: gaia\nstyle: ':root { --color-background: navy }'", "#455a64", "navy"),
    ("theme: gaia\nstyle: 'section { background: navy }'", "#455a64", "navy"),
    ("theme: gaia\nstyle: 'section { background-color: navy }'", "#455a64", "#fff8e1"),  # the theme's image lies above
    ("theme: gaia\nbackgroundColor: navy", "#455a64", "navy"),
    ("theme: uncover\nstyle: 'section { color: red !important }'\ncolor: blue", "red", "#fdfcff"),
    ("theme: lab", "#222222", "#eeeeee"),
    ("theme: lab\nclass: dark", "#222222", "#333333"),
]


@pytest.mark.parametrize(("settings", "text", "background"), TEXT_AND_BACKGROUND)
def test_the_colours_of_a_slide_are_those_that_browsers_show(project: Project, settings: str, text: str, background: str) -> None:
    css = "/* @theme lab */ section { color: #222222; background: #eeeeee } section.dark { background-color: #333333 }"
    files = project({"lab.css": css})
    deck = parse(Source(f"---\n{settings}\n---\n\nText\n", (files.root / "deck.md").as_posix()))

    pair = Palette(deck, theme_of(deck, files), files).pair(deck.slides[0])

    assert pair is not None
    assert (text, background) == (pair.text.written, pair.background.written)


@pytest.mark.parametrize(
    "settings",
    [
        "theme: unheard-of\ncolor: red",
        "color: grene",
        "color: var(--brand)",
        "backgroundColor: rgba(0, 0, 0, 0.5)",
        "backgroundImage: url(a.png)",
        "style: 'section { background: linear-gradient(red, blue) }'",
        "style: 'section { background: white url(a.png) }'",
        "style: 'section { color-scheme: light dark }'",
        "style: 'section:first-of-type { color: red }'",
        "style: '@media screen { section { color: red } }'",
        "style: 'section { color: light-dark(var(--a), var(--b)) }'",
        "style: 'section { --a: var(--b); --b: var(--a); color: var(--a) }'",
        "style: 'section { text-shadow: 0 0 3px black }'",
    ],
)
def test_colours_that_are_not_sure_are_none(project: Project, settings: str) -> None:
    files = project({})
    deck = parse(Source(f"---\n{settings}\n---\n\nText\n", (files.root / "deck.md").as_posix()))

    assert Palette(deck, theme_of(deck, files), files).pair(deck.slides[0]) is None
