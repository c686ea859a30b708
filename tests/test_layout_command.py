"""`decklint layout` as a user runs it: the table, JSON, pictures, exit codes."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from decklint.commands.layout_table import picture_names
from tests.conftest import Run

FITS = "---\nmarp: true\n---\n\n# Short\n\nOne line.\n"
LINES = "\n".join(f"- point {number}" for number in range(1, 19))
FULL = f"---\nmarp: true\n---\n\n# Long\n\n{LINES}\n\n---\n\n# Short\n\nOne line.\n"


def deck(folder: Path, text: str, name: str = "deck.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# ---------------------------------------------------------------- the table


def test_the_table_tells_of_each_slide_how_full_it_is_and_what_is_lost_first(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, FULL)

    lines = run("layout", "deck.md", cwd=tmp_path).stdout.splitlines()
    rows = [re.split(r"\s{2,}", line.strip()) for line in lines]

    assert "deck.md: 1280 x 720 px, metrics: default" == lines[0]
    assert ["slide", "line", "full", "verdict", "over px", "code", "first lost", "title"] == rows[1]
    assert ["1", "1", "cut", "line 18: - point 12", "Long"] == [rows[3][at] for at in (0, 1, 3, 6, 7)]
    assert ["2", "26", "ok", "-", "-", "-", "Short"] == [rows[4][at] for at in (0, 1, 3, 4, 5, 6, 7)]
    assert "2 slides in 1 deck: ok 1, cut 1" == lines[-1]


def test_the_table_speaks_chinese(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, FULL)

    lines = run("layout", "deck.md", "--lang", "zh", cwd=tmp_path).stdout.splitlines()

    assert "deck.md：1280 x 720 像素，采用的度量：default" == lines[0]
    assert "被裁" in lines[3]
    assert "1 个文件共 2 页：放得下 1，被裁 1" == lines[-1]


def test_a_lost_line_that_begins_with_padded_code_is_told_by_its_own_place(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, FULL.replace("- point 12", "- `point` 12"))

    lines = run("layout", "deck.md", cwd=tmp_path).stdout.splitlines()

    assert "line 18: - `point` 12" == re.split(r"\s{2,}", lines[3].strip())[6]


def test_code_that_is_shrunk_is_told(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "---\nmarp: true\n---\n\n```\n" + "x" * 150 + "\n```\n")

    done = run("layout", "deck.md", "--json", cwd=tmp_path)

    # 73 columns fit in Marp's default theme
    assert 73 / 150 == pytest.approx(json.loads(done.stdout)[0]["scale"], abs=0.02)


def test_only_what_does_not_fit_is_listed_where_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, FULL)
    deck(tmp_path, FITS, "short.md")

    lines = run("layout", "--overflowing", cwd=tmp_path).stdout.splitlines()
    nothing = run("layout", "short.md", "--overflowing", cwd=tmp_path)

    assert 1 == sum(line.lstrip()[:1].isdigit() and "point" in line for line in lines)
    assert "3 slides in 2 decks: ok 2, cut 1" == lines[-1]
    assert ["every slide fits", "1 slide in 1 deck: ok 1"] == nothing.stdout.splitlines()


# ---------------------------------------------------------------- for programs


def test_json_has_an_object_per_slide_with_its_lengths(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, FULL)

    first, second = json.loads(run("layout", "deck.md", "--json", cwd=tmp_path).stdout)

    assert ("deck.md", 1, 1, "Long", "cut", "default", True) == tuple(
        first[key] for key in ("path", "slide", "line", "title", "verdict", "metrics", "sure")
    )
    assert first["cut"] > 0
    assert 78.5 == pytest.approx(first["over"] - first["cut"])
    assert 18 == first["first_lost_line"]
    assert ["h1", "ul"] == [box["element"] for box in first["boxes"]]
    assert (None, 0) == (second["first_lost_line"], second["lost_lines"])


# ---------------------------------------------------------------- exit codes


@pytest.mark.parametrize(("text", "code"), [(FITS, 0), (FULL, 1)])
def test_lost_content_exits_with_one(run: Run, tmp_path: Path, text: str, code: int) -> None:
    deck(tmp_path, text)

    assert code == run("layout", "deck.md", cwd=tmp_path).returncode


def test_nothing_to_look_at_is_said_aloud(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "# No deck\n")

    done = run("layout", cwd=tmp_path)

    assert (2, "") == (done.returncode, done.stdout)
    assert "no decks in this folder" in done.stderr


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_laid_out(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, FITS)
    (tmp_path / "bad.md").write_bytes(b"---\nmarp: true\n---\n\n\xff\xfe\xff")

    done = run("layout", "bad.md", "deck.md", cwd=tmp_path)

    assert 2 == done.returncode
    assert done.stderr.startswith("bad.md:5:1: ")
    assert "1 slide in 1 deck: ok 1" == done.stdout.splitlines()[-1]


def test_standard_input_is_laid_out_as_the_file_that_it_stands_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tall.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="2000"/>', encoding="utf-8")
    text = "---\nmarp: true\n---\n\n![A tower](tall.svg)\n"

    done = run("layout", "-", "--stdin-filename", "deck.md", cwd=tmp_path, stdin=text.encode())

    assert 1 == done.returncode


# ---------------------------------------------------------------- pictures


def test_a_picture_per_slide_shows_the_boxes_and_what_is_cut_off(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, FULL)

    run("layout", "deck.md", "--svg", "out", cwd=tmp_path)
    first, second = (ET.parse(tmp_path / "out" / f"deck-{number:03}.svg").getroot() for number in (1, 2))
    classes = [[element.get("class") for element in root] for root in (first, second)]

    assert [True, False] == ["cut" in found for found in classes]
    assert "point 18" in [element.text for element in first]


def test_lines_of_a_picture_hold_the_text_that_a_browser_puts_there(run: Run, tmp_path: Path) -> None:
    text = "**Emphasis**, a [link](https://example.org/with/a/long/address) and `code` take their room: " + "some more words " * 4
    deck(tmp_path, f"---\nmarp: true\n---\n\n{text}\\\nA line of *its own*.\n")

    run("layout", "deck.md", "--svg", "out", cwd=tmp_path)
    root = ET.parse(tmp_path / "out" / "deck-001.svg").getroot()

    # as Chromium breaks it in the default theme
    first = "Emphasis, a link and code take their room: some more words some more words"
    assert [first, "some more words some more words", "A line of its own."] == [e.text for e in root if e.get("class") == "line"]


def test_only_the_slides_listed_are_drawn(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, FULL)

    run("layout", "deck.md", "--overflowing", "--svg", "out", cwd=tmp_path)

    assert ["deck-001.svg"] == [path.name for path in (tmp_path / "out").iterdir()]


def test_what_a_deck_says_cannot_become_markup_of_a_picture(run: Run, tmp_path: Path) -> None:
    hostile = '# </text><script>alert(1)</script>\n\n- "quoted" & <b>bold</b> \x01\x0b\ufffe\n\n```\n]]><script/>\n```\n'
    deck(tmp_path, f"---\nmarp: true\n---\n\n{hostile}")

    run("layout", "deck.md", "--svg", "out", cwd=tmp_path)
    root = ET.parse(tmp_path / "out" / "deck-001.svg").getroot()

    assert {"style", "rect", "text"} == {element.tag.rpartition("}")[2] for element in root.iter()} - {"svg"}


def test_a_folder_that_cannot_be_made_is_told(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, FITS)
    (tmp_path / "file").write_text("", encoding="utf-8")

    done = run("layout", "deck.md", "--svg", "file/out", cwd=tmp_path)

    assert 2 == done.returncode
    assert "file/out: " in done.stderr


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a/b.md", "a-b.md"], ["a-b", "a-b-2"]),  # never one file for two decks
        (["../../etc/passwd.md"], ["etc-passwd"]),  # never out of the folder
        (["讲义/第一讲 绪论.md"], ["讲义-第一讲-绪论"]),
        (["A.md", "a.md"], ["A", "a-2"]),  # some systems do not tell letter case apart
        (["???.md"], ["deck"]),
    ],
)
def test_pictures_get_names_that_are_safe_on_every_system(paths: list[str], names: list[str]) -> None:
    assert names == list(picture_names(paths))
