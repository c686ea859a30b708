"""Dividing slides: whole decks by the installed command, what a browser makes of them, and where each kind of content is cut.

`fixtures/split/NAME.md` is a deck with slides that are too full, `divided/NAME.md` what the fixes make of it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from decklint.catalogue import find, load
from decklint.deck.walk import title
from decklint.engine import check_deck
from decklint.findings import Finding
from decklint.fixing import Fixed
from decklint.layout.dividing.codecuts import inner_cuts
from decklint.parse import parse
from decklint.testing import apply_fixes
from decklint.text import Source
from tests.conftest import ROOT, Run

FOLDER = ROOT / "fixtures" / "split"
DECKS = sorted(FOLDER.glob("*.md"))
MARP = ROOT / "tools" / "marp"
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
SELECTED = ("--select", "slide-overflow,table-too-tall,code-too-long", "--no-cache")


def items(count: int, mark: str = "-", what: str = "point") -> str:
    return "\n".join(f"{mark} {what} {number}" for number in range(1, count + 1))


def found(name: str, text: str) -> list[Finding]:
    file = find(name)
    assert file is not None
    return check_deck(parse(Source(text, "/nowhere/deck.md")), [load(file)])


def fixed(name: str, text: str) -> Fixed:
    file = find(name)
    assert file is not None
    return apply_fixes(load(file), text, Path("/nowhere/deck.md"))


def pages(done: Fixed) -> list[list[str]]:
    """The lines of each slide, without blank ones and the break before it."""
    sources = [done.deck.source.slice(slide.span) for slide in done.deck.slides]
    return [[line for line in source.splitlines() if line.strip() and line != "---"] for source in sources]


# ---------------------------------------------------------------- whole decks


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_a_deck_is_divided_as_a_lecturer_would(path: Path, run: Run, tmp_path: Path, update: bool) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "split")) / path.name
    kept = FOLDER / "divided" / path.name

    run("check", path.name, *SELECTED, "--fix", "--unsafe-fixes", cwd=copy.parent)

    text = copy.read_text(encoding="utf-8")
    if update:
        kept.write_text(text, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_a_divided_deck_is_left_as_it_is(path: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "split")

    told = run("check", f"divided/{path.name}", *SELECTED, "--output-format", "json", cwd=tmp_path / "split")

    assert [] == json.loads(told.stdout)


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_what_stood_in_a_deck_stands_in_the_same_order_in_the_divided_one(path: Path) -> None:
    after = iter(words(FOLDER / "divided" / path.name))

    assert [] == [word for word in words(path) if word not in after]  # `in` goes on behind the word that it found


def words(path: Path) -> list[str]:
    return re.split(r"\s+|(?<=[。！？])", path.read_text(encoding="utf-8"))


@pytest.mark.skipif(
    not (CHROMIUM.exists() and (MARP / "node_modules").exists() and shutil.which("node")),
    reason="the browser or the pinned Marp is not installed",
)
def test_in_a_browser_every_slide_of_a_divided_deck_fits_and_some_of_each_deck_did_not(tmp_path: Path) -> None:
    jobs = [
        {"file": str(path), "base": str(FOLDER), "html": True, "out": str(tmp_path / path.parent.name / f"{path.stem}.json")}
        for deck in DECKS
        for path in (deck, FOLDER / "divided" / deck.name)
    ]
    lines = "\n".join(map(json.dumps, jobs)).encode()
    subprocess.run(["node", str(MARP / "overflow.mjs"), "--jobs"], input=lines, check=True, capture_output=True)
    verdicts = {
        (path.parent.name, path.stem): [slide["verdict"] for slide in json.loads(path.read_text(encoding="utf-8"))["slides"]]
        for path in tmp_path.rglob("*.json")
    }
    bad = {key for key, told in verdicts.items() if {"over", "cut"} & set(told)}

    assert {("split", deck.stem) for deck in DECKS} == bad


# ---------------------------------------------------------------- code


@pytest.mark.parametrize(
    ("code", "info", "expected"),
    [
        ("class A:\n    x = 1\n\n    def f():\n        y", "python", [3]),  # a blank line between the parts of a body
        ("def f():\n    a\n    b\n    c", "python", [2, 3]),  # statements; never right behind the head of the body
        ("def f():\n    if a:\n        b\n    else:\n        c", "python", []),  # else belongs to its if
        ("f() {\n  a; // why\n  b;\n}", "c", [2]),  # what closes a body stays with it
        ("f() { // why\n  a;\n}", "c", []),  # a body that a comment stands behind has begun all the same
        ("call(\n  one,\n  two,\n)", "python", [2]),  # inside of brackets, behind a comma
        ("[\n  {\n    a: 1\n  },\n  {\n    a: 2\n  }\n]", "json", [4]),  # between elements, not inside the smaller of them
        ('def f():\n    """One.\n\n    Two.\n    """\n    a\n    b', "python", [5, 6]),  # never inside a text
        ("def f():\n    # why\n    a", "python", []),  # a comment belongs to what follows
        ("class A:\n    def f(): ->\n\n    def g():\n        pass", "python", [3]),  # a head without a body waits for nothing
        ("├── a\n│   └── b\n├── c\n└── d", "", [2, 3]),  # branches at the trunk
        ("graph TD\n  A\n  B", "mermaid", []),  # half a drawing is none
    ],
)
def test_where_code_may_be_divided_inside_a_body(code: str, info: str, expected: list[int]) -> None:
    assert expected == [number for number, _ in inner_cuts(code.split("\n"), info)]


def test_the_title_of_a_fix_says_that_it_splits_code_inside_a_body() -> None:
    body = "\n".join(f"    step({number})" for number in range(16))
    (finding,) = found("slide-overflow", f"# Title\n\n```python\ndef f():\n{body}\n```\n")

    assert finding.fix is not None
    assert "divide into 2 slides that fit, splitting code inside a body" == finding.fix.title.text()
    assert "拆成 2 页，有代码从中间断开" == finding.fix.title.text("zh")


def test_code_is_not_cut_inside_a_body_where_another_place_will_do() -> None:
    body = "\n".join(f"    step({number})" for number in range(7))
    done = fixed("slide-overflow", f"# Title\n\n{items(8)}\n\n```python\ndef f():\n{body}\n```\n")

    assert [1, 1] == [page.count("# Title") for page in pages(done)]
    assert 1 == done.text.count("```python")


def test_code_that_is_shrunk_too_far_is_split_inside_a_body_too() -> None:
    body = "\n".join(f"    step({number})" for number in range(48))
    (finding,) = found("code-too-long", f"# Title\n\n```python\ndef f():\n{body}\n```\n")

    assert finding.fix is not None
    assert finding.fix.title.text().endswith("on which it stands in full size, splitting it inside a body")


def test_the_title_of_a_fix_says_that_it_repeats_the_head_of_a_table() -> None:
    rows = "\n".join(f"| {number} | x |" for number in range(1, 15))
    (finding,) = found("table-too-tall", f"# Title\n\n| a | b |\n| - | - |\n{rows}\n")

    assert finding.fix is not None
    assert "divide into 2 slides that fit, repeating the head of a table" == finding.fix.title.text()
    assert "拆成 2 页，并重复表头" == finding.fix.title.text("zh")


# ---------------------------------------------------------------- text


def begins(text: str) -> list[str]:
    """What each slide but the first begins with, below the title."""
    return [page[1] for page in pages(fixed("slide-overflow", f"# Title\n\n{text}\n"))[1:]]


LONG = "A sentence of some words, which is here for nothing but its length and its end"


def test_a_paragraph_is_divided_at_the_end_of_a_sentence() -> None:
    done = fixed("slide-overflow", "# Title\n\n" + " ".join([LONG + "."] * 16) + "\n")
    texts = [" ".join(page[1:]) for page in pages(done)]

    assert [True] * len(texts) == [text.startswith("A sentence") and text.endswith("its end.") for text in texts]
    assert (2, [], []) == (len(texts), done.refused, done.findings)


@pytest.mark.parametrize(
    "text",
    [
        f"({LONG}. " + f"{LONG}. " * 16 + ")",  # in brackets
        f"**{LONG}. " + f"{LONG}. " * 16 + "end**",  # inside of markup
        " ".join(["a walk of many turns with Dr. Example, Prof. Test et al. Nothing"] * 20),  # no sentence ends there
        " ".join([f"{LONG}. - A mark"] * 14),  # what follows would be a list
    ],
)
def test_a_paragraph_without_a_place_stays_whole(text: str) -> None:
    assert [None] == [finding.fix for finding in found("slide-overflow", f"# Title\n\n{text}\n")]


def test_no_slide_begins_in_the_middle_of_a_sentence_that_was_wrapped_by_hand() -> None:
    text = f"{LONG},\nand goes on for as long as it likes to on a line of its own, until it ends there.\n" * 7

    assert ["A sentence"] == [line[:10] for line in begins(text)]


def test_short_lines_are_lines_however_they_begin() -> None:
    assert ["word 8"] == begins("\n".join(f"word {number}" for number in range(1, 15)))


@pytest.mark.parametrize("place", range(6, 11))
def test_a_note_in_a_text_stays_with_the_sentence_before_it(place: int) -> None:
    sentences = [f"Number {number}: {LONG}." for number in range(1, 17)]
    sentences[place] += " <!-- Ask. -->"
    done = fixed("slide-overflow", f"# Title\n\n{' '.join(sentences)}\n")
    (page,) = [" ".join(page) for page in pages(done) if any("<!-- Ask. -->" in line for line in page)]

    assert (2, True) == (len(done.deck.slides), sentences[place] in page)


# ---------------------------------------------------------------- what belongs together


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("For example:", "```\n" + "code\n" * 5 + "```"),
        ("**Settings**", "| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * 4),
        ("#### Settings", items(5, what="setting")),
    ],
)
def test_a_line_that_announces_what_follows_goes_with_it(above: str, below: str) -> None:
    done = fixed("slide-overflow", f"# Title\n\n{items(8)}\n\n{above}\n\n{below}\n")

    assert ["# Title", above] == pages(done)[1][:2]


def test_an_item_that_announces_what_stands_behind_its_list_goes_with_it() -> None:
    code = "```\n" + "code\n" * 5 + "```"
    done = fixed("slide-overflow", f"# Title\n\n{items(7)}\n- the same as code:\n\n{code}\n")

    assert ["# Title", "- the same as code:"] == pages(done)[1][:2]


def test_a_text_that_says_more_than_what_follows_may_stand_alone() -> None:
    text = f"{LONG}. {LONG}. These are the steps:"
    done = fixed("slide-overflow", f"# Title\n\n{text}\n\n" + "```html\n" + "<p>\n" * 11 + "```\n")

    assert ([text], "```html") == (pages(done)[0][1:], pages(done)[1][1])


def test_headings_that_stand_for_items_are_divided_like_items() -> None:
    points = [f"### Point {number}" for number in range(1, 13)]
    done = fixed("slide-overflow", "# Title\n\n" + "\n".join(points) + "\n")

    assert [["# Title", *points[:6]], ["# Title", *points[6:]]] == pages(done)
    assert ([], []) == (done.refused, done.findings)


def test_a_picture_in_a_title_is_repeated_with_it() -> None:
    done = fixed("slide-overflow", f"# ![h:40](sign.png) Title\n\n{items(14)}\n")

    assert ([], 2) == (done.refused, done.text.count("# ![h:40](sign.png) Title"))


def test_a_heading_right_above_another_gets_no_slide_of_its_own() -> None:
    done = fixed("slide-overflow", f"# One\n\n# Two\n\n{items(14)}\n")

    assert ["# One", "# Two"] == pages(done)[0][:2]


# ---------------------------------------------------------------- pictures, hidden elements


def test_pictures_of_one_line_get_slides_of_their_own(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="400"/>', encoding="utf-8")
    (tmp_path / "deck.md").write_text("---\nmarp: true\n---\n\n# Title\n\n![](a.svg) ![h:390](a.svg)\n", encoding="utf-8")

    run("check", "deck.md", *SELECTED, "--fix", "--unsafe-fixes", cwd=tmp_path)

    deck = parse(Source((tmp_path / "deck.md").read_text(encoding="utf-8")))
    assert ["Title", "Title"] == [title(slide) for slide in deck.slides]
    assert [1, 1] == [deck.source.slice(slide.span).count("a.svg") for slide in deck.slides]


def test_a_picture_that_is_also_too_wide_is_made_smaller(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1150" height="450"/>', encoding="utf-8")
    text = "---\nmarp: true\ntheme: gaia\n---\n\n# Title\n\n![w:1150](a.svg)\n\nA word.\n"
    (tmp_path / "deck.md").write_text(text, encoding="utf-8")

    run("check", "deck.md", "--select", "slide-overflow", "--fix", "--unsafe-fixes", "--no-cache", cwd=tmp_path)

    assert re.search(r"!\[w:\d{3}\]\(a\.svg\)", (tmp_path / "deck.md").read_text(encoding="utf-8"))


HIDES = "<style>\nscript-notes { display: none; }\n</style>\n\n"


def test_what_the_deck_hides_takes_no_room() -> None:
    shown = f"# Title\n\n<script-notes>\n\n{items(16)}\n\n</script-notes>\n"

    assert 1 == len(found("slide-overflow", shown))  # nothing hides it, and Marp prints the tags as text
    assert [] == found("slide-overflow", HIDES + shown)
    assert [] == found("slide-overflow", f"---\nstyle: |\n  script-notes {{ display: none; }}\n---\n\n{shown}")


def test_a_slide_that_overflows_without_what_the_deck_hides_is_divided_and_that_is_kept() -> None:
    notes = "<script-notes>\n\nsaid\n\n</script-notes>"
    done = fixed("slide-overflow", f"{HIDES}# Title\n\n{items(14)}\n\n{notes}\n")

    assert ["Title", "Title"] == [title(slide) for slide in done.deck.slides]
    assert ([], 1) == (done.refused, done.text.count(notes))


def test_where_a_slide_break_was_lost_that_is_the_cure() -> None:
    lost = f"# One\n\n{items(8)}\n\nlast words\n---\n\n# Two\n\n{items(8)}\n"
    titles = f"One\n===\n\nPart\n---\n\n{items(14)}\n"  # whoever underlines titles means one here too

    assert [None] == [finding.fix for finding in found("slide-overflow", lost)]
    assert [True] == [finding.fix is not None for finding in found("slide-overflow", titles)]


def test_what_must_not_follow_each_other_is_kept_apart() -> None:
    """A text right above `---` would become a heading."""
    done = fixed("slide-overflow", "# Title\n\n" + "\n".join(f"line {number}" for number in range(1, 16)) + "\n")
    lines = done.text.split("\n")

    assert [""] == [before for before, line in pairwise(lines) if line == "---"]
