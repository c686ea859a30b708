"""Rules of the LY family: estimates held against pixels, what must not be said, and how slides are divided."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from decklint.catalogue import find, load
from decklint.deck.deck import Deck
from decklint.deck.nodes import Comment
from decklint.deck.walk import of_type, title
from decklint.engine import check_deck
from decklint.files import ProjectFiles
from decklint.findings import Finding, Severity
from decklint.fixing import Fixed
from decklint.layout.causes import line_height
from decklint.layout.dividing.codecuts import code_cuts
from decklint.layout.dividing.continued import Manner, manner
from decklint.layout.estimate import layout_of
from decklint.parse import parse
from decklint.testing import apply_fixes
from decklint.text import Source
from decklint.theme import theme_of
from tests.conftest import ROOT, Run

GOLDEN = ROOT / "fixtures" / "layout" / "golden"
BAD = ("over", "cut")


def items(count: int, mark: str = "-", what: str = "point") -> str:
    return "\n".join(f"{mark} {what} {number}" for number in range(1, count + 1))


def found(name: str, text: str, folder: Path | None = None) -> list[Finding]:
    file = find(name)
    assert file is not None
    path = (folder or Path("/nowhere")) / "deck.md"
    return check_deck(parse(Source(text, path.as_posix())), [load(file)])


def fixed(name: str, text: str) -> Fixed:
    file = find(name)
    assert file is not None
    return apply_fixes(load(file), text, Path("/nowhere/deck.md"))


def slides(deck: Deck) -> list[list[str]]:
    """The source of each slide, without blank lines."""
    return [[line for line in deck.source.slice(slide.span).splitlines() if line.strip()] for slide in deck.slides]


# ---------------------------------------------------------------- against a browser

QUOTES = "Chromium on Linux takes the Chinese font for `sans-serif`, with full-width quotation marks; other systems do not"
ELSEWHERE = {
    ("long-words", "gaia", 1): "an inline block is as wide as its longest word, and code in gaia is one",
    ("tables-zh", "uncover", 2): QUOTES,
    ("tables-zh", "uncover", 3): QUOTES,
    ("tables-zh", "uncover", 8): QUOTES,
    ("math-zh", "uncover", 2): QUOTES,
}
"""Slides where the estimate is something else than what Chromium shows, with the reason."""


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_the_estimate_is_what_a_browser_shows(path: Path) -> None:
    deck = parse(Source(path.read_text(encoding="utf-8"), path.as_posix()))
    files = ProjectFiles(path.parent, marked=False)
    own = theme_of(deck, files)
    wrong = []
    for theme, measured in json.loads(path.with_suffix(".json").read_text(encoding="utf-8")).items():
        for ours, theirs in zip(layout_of(deck, replace(own, name=theme, known=True), files), measured, strict=True):
            if (path.stem, theme, theirs["slide"]) in ELSEWHERE:
                continue
            line = line_height(ours)
            apart = abs(ours.over - theirs["over"]) > line if theirs["fill"] else False
            close = abs(theirs["over"]) < line / 10 and theirs["overX"] <= 0  # a pixel decides: both words are right
            if apart or ((ours.verdict.value in BAD) != (theirs["verdict"] in BAD) and not close):
                wrong.append((theme, theirs["slide"], ours.verdict.value, round(ours.over), theirs["verdict"], theirs["over"]))

    assert [] == wrong


# ---------------------------------------------------------------- slide-overflow


@pytest.mark.parametrize(
    ("count", "severities"),
    [
        (9, []),  # fits below a title in Marp's default theme
        (10, []),  # 5 px enter the padding, which is no more than the room below the letters of a line
        (11, [Severity.WARNING]),  # a line does
        (14, [Severity.ERROR]),  # is cut off
    ],
)
def test_what_is_cut_off_is_an_error_and_what_enters_the_margin_a_warning(count: int, severities: list[Severity]) -> None:
    assert severities == [finding.severity for finding in found("slide-overflow", f"## Title\n\n{items(count)}\n")]


def test_the_message_names_pixels_lines_and_metrics() -> None:
    (finding,) = found("slide-overflow", f"---\ntheme: gaia\n---\n\n{items(14)}\n")

    assert "the slide is too full: 152 px are cut off at its lower edge, from here on (lines: 3; metrics: gaia)" == (
        finding.message.text()
    )
    assert "内容过多：从这里起超出页面下沿，152 像素被裁掉（涉及 3 行；按 gaia 的度量）" == finding.message.text("zh")


def test_a_word_without_a_place_to_break_is_told_as_too_wide() -> None:
    (finding,) = found("slide-overflow", f"<style>p {{ white-space: nowrap; }}</style>\n\n{'word ' * 40}\n")

    assert finding.message.text().startswith("this is too wide for the slide by ")


@pytest.mark.parametrize(
    "text",
    [
        "",  # an empty slide
        f"---\ntheme: gaia\n---\n\n{items(9)}\n",  # the margin below the list passes the padding, no text does
        f"<style scoped>section {{ font-size: 14px; }}</style>\n\n{items(20)}\n",  # small enough
        "---\nsize: 4:3\n---\n\n" + items(11),  # as tall as 16:9
    ],
)
def test_slides_that_fit_are_passed_over(text: str) -> None:
    assert [] == found("slide-overflow", text)


def test_a_picture_that_is_not_there_takes_no_room(tmp_path: Path) -> None:
    assert [] == found("slide-overflow", "![](nowhere.png)\n\n" + items(10), tmp_path)


def test_one_cause_is_told_once() -> None:
    rows = "\n".join(f"| {number} | x |" for number in range(30))
    text = f"# Table\n\n| a | b |\n| - | - |\n{rows}\n"

    assert (0, 1) == (len(found("slide-overflow", text)), len(found("table-too-tall", text)))


# ---------------------------------------------------------------- dividing a slide


def test_the_title_is_repeated_and_nothing_is_lost() -> None:
    done = fixed("slide-overflow", f"## Title\n\n{items(14)}\n")

    assert [
        ["## Title", *items(14).splitlines()[:7]],
        ["---", "## Title", *items(14).splitlines()[7:]],
    ] == slides(done.deck)
    assert [] == done.findings


def test_dividing_again_changes_nothing() -> None:
    once = fixed("slide-overflow", f"## Title\n\n{items(40)}\n")

    assert ([], ()) == (once.refused, once.cycle)
    assert once.text == fixed("slide-overflow", once.text).text


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("# A\n\n---\n\n# A\n\n---\n\n", Manner()),
        ("# A\n\n---\n\n# A（续）\n\n---\n\n", Manner("（续）")),
        ("# A\n\n---\n\n# A (cont.)\n\n---\n\n", Manner(" (cont.)")),
        ("# A\n\n---\n\n# A (2)\n\n---\n\n# A (3)\n\n---\n\n", Manner(" ({})", True)),
        ("**A**\n\n---\n\n**A(续)**\n\n---\n\n", Manner("(续)")),
        ("# A\n\n---\n\n# A\n\n---\n\n# B\n\n---\n\n# B (2)\n\n---\n\n", Manner()),  # no more of one than of the other
    ],
)
def test_the_deck_shows_how_it_continues_a_title(before: str, expected: Manner) -> None:
    assert expected == manner(parse(Source(before)))


@pytest.mark.parametrize(
    ("before", "heading", "titles"),
    [
        ("# A\n\n---\n\n# A（续）\n\n---\n\n", "## 标题", ["标题", "标题（续）"]),
        ("# A\n\n---\n\n# A (2)\n\n---\n\n", "## Title", ["Title", "Title (2)"]),
        ("# A\n\n---\n\n# A (2)\n\n---\n\n", "## Title (2)", ["Title (2)", "Title (3)"]),
        ("# A\n\n---\n\n# A（续）\n\n---\n\n", "## 标题（续）", ["标题（续）", "标题（续）"]),
    ],
)
def test_a_title_is_continued_in_the_manner_of_the_deck(before: str, heading: str, titles: list[str]) -> None:
    done = fixed("slide-overflow", f"{before}{heading}\n\n{items(14)}\n")

    assert titles == [title(slide) for slide in done.deck.slides[2:]]


def test_the_mark_of_a_continued_title_stands_inside_its_emphasis() -> None:
    done = fixed("slide-overflow", f"**A**\n\n---\n\n**A（续）**\n\n---\n\n**标题**\n\n{items(16)}\n")

    assert "**标题（续）**" in done.text


def test_what_acts_on_one_slide_alone_is_repeated() -> None:
    top = "<!-- _class: lead -->\n<style scoped>\nli { color: red; }\n</style>\n![bg right:20%](a.png)"
    done = fixed("slide-overflow", f"# One\n\n---\n\n{top}\n\n## Title\n\n{items(14)}\n\n---\n\n# Last\n")

    assert ["", "lead", "lead", ""] == [slide.directives.get("class", "") for slide in done.deck.slides]
    assert [0, 1, 1, 0] == [sum("![bg right:20%](a.png)" in line for line in lines) for lines in slides(done.deck)]
    assert [0, 1, 1, 0] == [lines.count("<style scoped>") for lines in slides(done.deck)]


def test_a_directive_of_the_front_matter_for_the_first_slide_is_repeated() -> None:
    done = fixed("slide-overflow", f"---\nmarp: true\n_class: lead\n_footer: 'a: b'\n---\n\n## Title\n\n{items(14)}\n")

    assert [("lead", "a: b")] * 2 == [(slide.directives["class"], slide.directives["footer"]) for slide in done.deck.slides]


def test_notes_stay_with_the_text_above_them() -> None:
    lines = items(14).splitlines()
    done = fixed(
        "slide-overflow", "\n".join(["## Title", "", *lines[:4], "  <!-- early -->", *lines[4:], "", "<!-- late -->", ""])
    )

    assert [["early"], ["late"]] == [[note.value for note in of_type(slide, Comment)] for slide in done.deck.slides]


def test_an_ordered_list_counts_on() -> None:
    lazy = "\n".join(f"1. point {number}" for number in range(1, 15))
    done = fixed("slide-overflow", f"## Title\n\n{lazy}\n")

    assert "8. point 8" == slides(done.deck)[1][2]


def test_items_that_appear_one_by_one_still_do() -> None:
    done = fixed("slide-overflow", f"## Title\n\n{items(14, '*')}\n")

    assert ([], 14) == (done.refused, done.text.count("\n* "))


def test_a_heading_that_divides_by_itself_gets_no_slide_break() -> None:
    done = fixed("slide-overflow", f"---\nheadingDivider: 2\n---\n\n## Title\n<!-- _class: lead -->\n\n{items(14)}\n\n## Next\n")

    assert ["Title", "Title", "Next"] == [title(slide) for slide in done.deck.slides]
    assert ["lead", "lead"] == [slide.directives.get("class") for slide in done.deck.slides[:2]]


def test_a_heading_stays_with_what_it_announces() -> None:
    done = fixed("slide-overflow", f"# Title\n\n{items(5)}\n\n## Part\n\n{items(5, what='thing')}\n")

    assert ["# Title", "## Part"] == [line for line in slides(done.deck)[1] if line.startswith("#")]


def test_part_of_a_section_is_continued_under_its_heading_too() -> None:
    done = fixed("slide-overflow", f"# Title\n\n## Part\n\n{items(14, what='thing')}\n")

    assert [["# Title", "## Part"]] * 2 == [[line for line in lines if line[0] == "#"] for lines in slides(done.deck)]


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\n" + "one long sentence " * 60,  # a sentence stays whole
        f"# Title\n\n- parent with a ![h:30](icon.png) picture\n{items(14, '  -')}\n",  # a picture is not shown twice
        f'<div class="columns" id="only">\n\n{items(16)}\n\n</div>\n',  # two elements with one name
        f"<details open>\n\n{items(16)}\n\n</details>\n",  # more than a wrapper: it would stand there twice
        f"# Title\n\n{items(14)}\n\nlast\n\n<!-- class: lead -->\n",  # the directive would act from the second slide on
        "# Title\n\nThe source:\n\n```html\nmain:\n" + "  step\n" * 14 + "```\n",  # an announcement is no slide
    ],
)
def test_where_no_place_is_right_nothing_is_offered(text: str) -> None:
    assert [None] == [finding.fix for finding in found("slide-overflow", text)]


# ---------------------------------------------------------------- dividing inside blocks


def test_a_list_in_an_item_goes_on_under_the_item_again() -> None:
    done = fixed("slide-overflow", f"# Title\n\n- parent\n{items(14, '  -')}\n")
    lines = items(14, "  -").splitlines()

    assert [["# Title", "- parent", *lines[:7]], ["---", "# Title", "- parent", *lines[7:]]] == slides(done.deck)
    assert ([], []) == (done.refused, done.findings)


def test_the_item_above_keeps_its_number_and_its_step() -> None:
    done = fixed("slide-overflow", f"# Title\n\n1. first\n1. parent\n{items(14, '   *')}\n")

    assert ["# Title", "2. parent"] == slides(done.deck)[1][1:3]
    assert [] == done.refused


def test_between_items_is_better_than_inside_one() -> None:
    done = fixed("slide-overflow", f"# Title\n\n- one\n{items(6, '  -')}\n- two\n{items(6, '  -')}\n")

    assert ["# Title", "- two"] == slides(done.deck)[1][1:3]


def test_a_table_goes_on_with_its_head() -> None:
    rows = [f"| {number} | x |" for number in range(1, 15)]
    done = fixed("table-too-tall", "\n".join(["# Title", "", "| a | b |", "| - | - |", *rows, ""]))

    assert [["# Title", "| a | b |", "| - | - |"]] * 2 == [
        [line for line in page if line != "---"][:3] for page in slides(done.deck)
    ]
    assert rows == [line for page in slides(done.deck) for line in page if line in rows]
    assert ([], []) == (done.refused, done.findings)


CODE = "```python\nimport os\n\n\ndef one():\n{body}\n\n\ndef two():\n{body}\n```"


def test_code_is_divided_at_a_blank_line_between_bodies() -> None:
    body = "\n".join(f"    step({number})" for number in range(6)) + "\n\n    return 1"
    done = fixed("slide-overflow", "# Title\n\n" + CODE.format(body=body) + "\n\nA word.\n")
    first, second = (done.deck.source.slice(slide.span) for slide in done.deck.slides)

    assert first.endswith("    return 1\n```\n\n")  # without the blank lines, which would take room
    assert second.startswith("---\n\n# Title\n\n```python\ndef two():\n")
    assert ([], []) == (done.refused, done.findings)


def test_code_too_small_to_read_is_divided_into_code_that_is_not() -> None:
    done = fixed("code-too-long", "# Title\n\n```text\n" + "\n\n".join("alpha\nbeta\ngamma" for _ in range(12)) + "\n```\n")

    assert [] == done.findings
    assert 36 == sum(line in ("alpha", "beta", "gamma") for line in done.text.splitlines())


@pytest.mark.parametrize(
    ("code", "info", "expected"),
    [
        ("a = 1\n\nb = 2", "python", [2]),
        ("a = 1\nb = 2", "", [1]),
        ("def f():\n    x\n\n    y\ng()", "python", [4]),  # never inside a body
        ("if a:\n    x\nelse:\n    y", "python", []),
        ("call(\n1,\n\n2,\n)\nb", "python", [5]),  # nor inside brackets
        ('text = """\none\n\ntwo\n"""\nb', "python", [5]),  # nor inside a text
        ("int f()\n{\n  x;\n}\n\nint g()\n{\n  y;\n}", "c", [5]),  # a brace belongs to what stands before it
        ("a();\n/* one\n\ntwo */\nb();", "c", [1]),  # a comment belongs to what follows
        ("a()\n# why\nb()", "python", [1]),
        ("import a\nimport b\n\ndef f():\n    x", "python", []),  # imports alone are no slide
        ("#include <a>\n#ifdef X\na();\n\nb();\n#endif\nc();", "c", [6]),  # nor inside a condition
        ("x = a +\nb", "", []),
        ("graph TD\n\nA --> B", "mermaid", []),  # half a drawing is none
        ("<ul>\n\n</ul>", "html", []),
        ("a\n\nb", "js {1,3}", []),  # numbers of lines would be those of other lines
    ],
)
def test_where_code_may_be_divided(code: str, info: str, expected: list[int]) -> None:
    assert expected == [number for number, _ in code_cuts(code.split("\n"), info)]


def test_a_text_of_hard_lines_is_divided_between_them() -> None:
    lines = [f"line {number}" for number in range(1, 16)]
    done = fixed("slide-overflow", "# Title\n\n" + "\n".join(lines) + "\n")

    assert lines == [line for page in slides(done.deck) for line in page if line.startswith("line")]
    assert ([2], [], []) == ([len(done.deck.slides)], done.refused, done.findings)


@pytest.mark.parametrize("mark", ["2. ", "[a]: b"])
def test_a_line_that_would_be_something_else_alone_begins_no_slide(mark: str) -> None:
    lines = ["words"] + [f"{mark}{number}" for number in range(1, 15)]

    assert [None] == [finding.fix for finding in found("slide-overflow", "# Title\n\n" + "\n".join(lines) + "\n")]


def test_a_quote_stays_a_quote() -> None:
    lines = [f"> line {number}" for number in range(1, 16)]
    done = fixed("slide-overflow", "# Title\n\n" + "\n".join(lines) + "\n")

    assert lines == [line for page in slides(done.deck) for line in page if line.startswith(">")]
    assert ([2], [], []) == ([len(done.deck.slides)], done.refused, done.findings)


def test_an_element_is_ended_and_begun_again() -> None:
    done = fixed("slide-overflow", f'# Title\n\n<div class="small">\n\n{items(16)}\n\n</div>\n')
    opened, closed = '<div class="small">', "</div>"

    assert [(1, 1)] * 2 == [(page.count(opened), page.count(closed)) for page in slides(done.deck)]
    assert ([], []) == (done.refused, done.findings)


def test_between_elements_nothing_empty_is_left() -> None:
    column = f"<div>\n\n{items(8)}\n\n</div>"
    done = fixed("slide-overflow", f'# Title\n\n<div class="columns">\n{column}\n{column}\n</div>\n')

    assert [(2, 2)] * 2 == [
        (page.count("<div>") + page.count('<div class="columns">'), page.count("</div>")) for page in slides(done.deck)
    ]


def test_a_heading_inside_a_slide_is_the_best_place() -> None:
    done = fixed("slide-overflow", f"# One\n\n{items(9)}\n\n# Two\n\n{items(4)}\n")

    assert ["One", "Two"] == [title(slide) for slide in done.deck.slides]
    assert ["---", "# Two"] == slides(done.deck)[1][:2]  # of the same level: no title above it


def test_a_picture_in_html_is_made_smaller_by_its_attributes(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"/>', encoding="utf-8")
    (finding,) = found("image-overflows", '# Title\n\n<img src="a.svg" width="800" height="800">\n', tmp_path)

    assert finding.fix is not None
    assert 1 == len({edit.text for edit in finding.fix.edits})
    assert all(400 < int(edit.text) < 600 for edit in finding.fix.edits)


def test_a_picture_that_is_a_little_too_large_is_made_smaller(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"/>', encoding="utf-8")
    (finding,) = found("slide-overflow", f"# Title\n\n![](a.svg)\n\n{items(2)}\n", tmp_path)

    assert finding.fix is not None
    assert finding.fix.title.text().startswith("show the picture ")


# ---------------------------------------------------------------- the others


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("code-too-wide", "```\n" + "x" * 100 + "\n```\n"),  # shrunk to 74 %, which can be read
        ("code-too-long", "```\n" + "x\n" * 25 + "```\n"),
        ("table-too-wide", "| a | b |\n| - | - |\n| " + "word " * 60 + " | b |\n"),  # its words wrap
        ("column-too-narrow", "![bg left:70%](a.png)\n\n# Caption\n"),  # a caption may stand in a narrow column
        ("footer-collision", f"# Title\n\n{items(12)}\n"),  # there is no footer
        ("text-too-dense", "```\n" + "words of code " * 300 + "\n```\n"),  # code is not read aloud
    ],
)
def test_what_can_be_read_is_passed_over(name: str, text: str) -> None:
    assert [] == found(name, text)


@pytest.mark.parametrize("theme", ["default", "gaia", "uncover"])
def test_a_table_is_too_wide_where_a_browser_loses_columns(theme: str) -> None:
    path = GOLDEN / "tables-wide.md"
    measured = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))[theme]
    text = path.read_text(encoding="utf-8").replace("marp: true", f"marp: true\ntheme: {theme}")

    assert [slide["slide"] for slide in measured if slide["overX"] > 0] == [each.slide for each in found("table-too-wide", text)]


def test_a_picture_keeps_its_proportions_when_it_is_made_to_fit(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800"/>', encoding="utf-8")
    (finding,) = found("image-overflows", "![w:800 h:800](a.svg)\n", tmp_path)

    assert finding.fix is not None
    width, height = (edit.text for edit in finding.fix.edits)
    assert width.removeprefix("w:") == pytest.approx(height.removeprefix("h:")) or width[2:] == height[2:]


def test_the_seed_of_all_this_a_slide_that_gaia_cuts_off_is_an_error_of_a_plain_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(f"---\nmarp: true\ntheme: gaia\n---\n\n{items(14)}\n", encoding="utf-8")

    done = run("check", "deck.md", "--output-format", "concise", cwd=tmp_path)

    assert 1 == done.returncode
    assert "slide-overflow" in done.stdout


# ---------------------------------------------------------------- the documentation


def test_the_documentation_tells_how_good_the_estimate_is(update: bool) -> None:
    page = ROOT / "docs" / "layout.md"
    command = [sys.executable, str(ROOT / "tools" / "overflow.py"), "--golden", "--worst", "0"]
    table = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    before, start, rest = page.read_text(encoding="utf-8").partition("<!-- golden -->\n")
    kept, end, after = rest.partition("<!-- /golden -->\n")
    if update:
        page.write_text(f"{before}{start}\n{table}\n{end}{after}", encoding="utf-8")
        return

    assert table.strip() == kept.strip(), "rewrite it with `pytest tests/test_layout_rules.py --update`"
