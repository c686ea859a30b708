"""What a deck refers to, and where it leads: every place of reference, each address seen by exactly one rule."""

from __future__ import annotations

import struct
import subprocess
import zlib
from pathlib import Path
from unicodedata import normalize

import pytest

from decklint.catalogue import find, load
from decklint.engine import check_deck
from decklint.findings import Finding
from decklint.fixing import apply
from decklint.parse import parse
from decklint.references import references_of
from decklint.text import Source
from tests.conftest import Run

RULES = ("IM001", "IM003", "IM004", "IM005", "IM007", "IM017")
FILES = (
    ".git/config",
    "assets/banner.png",
    "week1/img/Loss.png",
    "week1/img/my plot.png",
    "week1/img/_sketch.png",
    "week1/损失.png",
    "week2/other.png",
    "week1/notes.md",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def check(project: Path, text: str, *codes: str) -> list[Finding]:
    files = [find(code) for code in codes or RULES]
    return check_deck(parse(Source(text, str(project / "week1" / "deck.md"))), [load(file) for file in files if file])


PLACES = {
    "inline": "![x]({})\n",
    "background": "![bg right]({})\n",
    "angle brackets": "![x](<{}>)\n",
    "title": '![x]({} "title")\n',
    "reference": "![x][ref]\n\n[ref]: {}\n",
    "short reference": "![x]\n\n[x]: {}\n",
    "in a link": "[![x]({})](https://example.com)\n",
    "in a list in a quote": "> - a\n>   ![x]({})\n",
    "in a table": "| a |\n|---|\n| ![x]({}) |\n",
    "in a heading": "# A ![x]({})\n",
    "img": '<img src="{}">\n',
    "inline img": "text <img src='{}' alt=x> text\n",
    "srcset": '<img srcset="img/Loss.png?1 1x, {} 2x">\n',
    "video": '<video src="{}"></video>\n',
    "poster": '<video poster="{}"></video>\n',
    "source": '<video><source src="{}"></video>\n',
    "audio": "<audio controls src={}></audio>\n",
    "front matter": '---\nbackgroundImage: url("{}")\n---\n',
    "front matter, this slide": "---\n_backgroundImage: url('{}')\n---\n",
    "directive": "<!-- backgroundImage: url({}) -->\n",
    "directive, this slide": "# A\n\n<!--\n_class: lead\n_backgroundImage: url('{}')\n-->\n",
    "header": "---\nheader: '![x]({})'\n---\n",
    "footer": '<!-- footer: "text ![w:40]({}) text" -->\n',
    "header in HTML": "---\nheader: <img src='{}'>\n---\n",
    "style": "<style>\nsection {{ background: url({}) }}\n</style>\n",
    "scoped style": "<style scoped>h1 {{ background: url( '{}' ) no-repeat }}</style>\n",
    "style in the front matter": "---\nstyle: |\n  section {{\n    background-image: url({});\n  }}\n---\n",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize(
    ("address", "code"),
    [("img/Loss.png", ""), ("img/none.png", "IM001"), ("img/loss.png", "IM003"), ("https://example.com/a.png", "IM007")],
)
def test_every_place_of_reference_is_looked_at(project: Path, place: str, address: str, code: str) -> None:
    text = place.format(address)
    found = [(one.code, text[slice(*one.span)]) for one in check(project, text)]
    here = [(one, place) for one, place in found if place == address or "ref" in place or place == "![x]"]

    assert ([code] if code else []) == [one for one, _ in here]


ADDRESSES = [
    ("img/Loss.png", ""),
    ("./img/../img/Loss.png", ""),
    ("img/Loss.png?raw=true#x", ""),
    ("../assets/banner.png", ""),
    ("%E6%8D%9F%E5%A4%B1.png", ""),
    ("损失.png", ""),
    ("<img/my plot.png>", ""),
    ("<img/Loss.png >", ""),
    ("img/my%20plot.png", ""),
    ("img/\\_sketch.png", ""),
    ("img", ""),
    ("img/none.png", "IM001"),
    ("损失2.png", "IM001"),
    ("img/Loss.jpg", "IM001"),
    ("other.png", "IM001"),
    ("img/loss.png", "IM003"),
    ("IMG/my%20Plot.png?x", "IM003"),
    ("../Assets/banner.png", "IM003"),
    ("img\\Loss.png", "IM004"),
    ("img\\\\Loss.png", "IM004"),
    ("img\\_sketch.png", "IM004"),
    (".\\img\\loss.png", "IM004"),
    ("img%5CLoss.png", "IM004"),
    ("none\\at-all.png", "IM004"),
    ("/img/Loss.png", "IM005"),
    ("C:\\lecture\\Loss.png", "IM005"),
    ("c:/lecture/Loss.png", "IM005"),
    ("\\\\server\\share\\Loss.png", "IM005"),
    ("~/lecture/Loss.png", "IM005"),
    ("../../outside.png", "IM005"),
    ("https://example.com/a.png", "IM007"),
    ("HTTP://example.com/a.png", "IM017"),
    ("//example.com/a.png", "IM007"),
    ("data:image/png;base64,xx", ""),
    ("#fragment", ""),
    ("?query", ""),
    ("", ""),
    ("{{base}}/a.png", ""),
    ("$IMAGES/a.png", ""),
    ("${IMAGES}/a.png", ""),
    ("red", ""),
]


@pytest.mark.parametrize(("address", "code"), ADDRESSES)
def test_one_rule_speaks_about_one_address(project: Path, address: str, code: str) -> None:
    found = check(project, f"# A\n\n![x]({address})\n")

    assert ([code] if code else []) == [one.code for one in found]
    assert all(address.strip("<>").strip() in f"![x]({address})"[slice(one.span[0] - 5, one.span[1] - 5)] for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "`![x](none.png)`\n",
        "```\n![x](none.png)\n```\n",
        "    ![x](none.png)\n",
        "<!-- ![x](none.png) <img src='none.png'> -->\n",
        "<div>\n<!-- <img src='none.png'> -->\n</div>\n",
        "<style>/* url(none.png) */ section { background: url(img/Loss.png) }</style>\n",
        "<style>section { background: url(#grid) url() url('data:image/png;base64,xx') }</style>\n",
        '<img srcset="data:image/png;base64,xx,yy 1x">\n',
        "\\![x](none.png)\n",
        "[x](none.png)\n",
    ],
)
def test_what_is_shown_nowhere_is_no_reference(project: Path, text: str) -> None:
    assert [] == check(project, text)


def test_html_is_read_as_a_browser_reads_it(project: Path) -> None:
    text = '<img src="img\\Loss.png"> <img src=" img/my plot.png "> <img src="img/&#76;oss.png"> <img src="img\\none.png">\n'

    assert [("IM001", "img\\none.png")] == [(one.code, text[slice(*one.span)]) for one in check(project, text)]


def test_letters_that_are_stored_in_another_way_are_told(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "week1").mkdir()
    (tmp_path / "week1" / normalize("NFD", "résumé.png")).touch()
    if normalize("NFD", "résumé.png") not in [path.name for path in (tmp_path / "week1").iterdir()]:
        pytest.skip("this file system composes the names of files")
    (found,) = check(tmp_path, f"![x]({normalize('NFC', 'résumé.png')})\n")

    assert "IM003" == found.code and "composed" in found.message.text()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("![x](img/loss.png)", "![x](img/Loss.png)"),
        ("![x](./IMG/my%20Plot.png?v=1)", "![x](./img/my%20plot.png?v=1)"),
        ("![x](<img/My plot.png>)", "![x](<img/my%20plot.png>)"),
        ("![x](img\\Loss.png)", "![x](img/Loss.png)"),
        ("![x](.\\img\\_sketch.png)", "![x](./img/_sketch.png)"),
        ("![x](../week1\\img\\loss.png)", "![x](../week1/img/Loss.png)"),
        ("![x](/week1/img/Loss.png)", "![x](img/Loss.png)"),
        ("![x](/assets/banner.png#a)", "![x](../assets/banner.png#a)"),
        ("![x](C:\\me\\week1\\img\\Loss.png)", "![x](img/Loss.png)"),
        ("![x](/img/none.png)", "![x](/img/none.png)"),
        ("![x](Loss.png)", "![x](img/Loss.png)"),
        ("![x](<my plot.png>)", "![x](<img/my%20plot.png>)"),
        ("![x](other.png)", "![x](other.png)"),
        ('<img src="file:///home/me/week1/img/my plot.png">', '<img src="img/my%20plot.png">'),
        ("<style>h1 { background: url(img/loss.png) }</style>", "<style>h1 { background: url(img/Loss.png) }</style>"),
    ],
)
def test_fixes_write_what_is_there(project: Path, before: str, after: str) -> None:
    fixable = [one for one in check(project, before + "\n") if one.fix and one.fix.edits]

    assert after + "\n" == apply(before + "\n", fixable)


def test_where_a_missing_file_is_found_elsewhere_is_told(project: Path) -> None:
    (found,) = check(project, "![x](img/banner.png)\n")

    assert 'a file of that name is at "../assets/banner.png"' in found.message.text()


def test_the_repository_is_the_limit_where_a_folder_in_it_has_settings(project: Path) -> None:
    (project / "week1" / ".vscode").mkdir()

    assert ["IM001", "IM005"] == [
        one.code for one in check(project, "![x](../assets/banner.png) ![y](../a.png) ![z](../../a.png)\n")
    ]


def test_nothing_is_said_about_submodules_that_are_not_there(project: Path) -> None:
    (project / ".gitmodules").write_text('[submodule "shared"]\n\tpath = shared\n\turl = x\n', encoding="utf-8")

    assert [] == check(project, "![x](../shared/a.png) [y](../shared/a.md)\n", *RULES, "IM015")


def test_references_come_with_their_places() -> None:
    text = (
        PLACES["header"].format("a.png") + "\n" + "".join(PLACES[name].format("a.png") for name in ("inline", "style", "video"))
    )
    references = list(references_of(parse(Source(text))))

    assert ["a.png"] * 4 == [text[slice(*one.span)] for one in references]
    assert all(one.is_exact and one.is_asset for one in references)


# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("address", "broken"),
    [
        ("#a", False),
        ("#1", False),
        ("#2", False),
        ("#3", True),
        ("#0", True),
        ("#A", True),
        ("#对数损失", False),
        ("#%E5%AF%B9%E6%95%B0%E6%8D%9F%E5%A4%B1", False),
        ("#指数损失", True),
        ("#set-in-html", False),
        ("#", False),
        ("#top", False),
        ("notes.md", False),
        ("notes.md#anything", False),
        ("notes.html", False),
        ("deck.pdf", False),
        ("Notes.md", True),
        ("img", False),
        ("img/", False),
        ("../week2/other.png", False),
        ("lab.ipynb", True),
        ("../week3/deck.md", True),
        ("week3", False),
        ("results/log.txt", False),
        ("results.txt", True),
        ("www.example.com/a", True),
        ("/course", False),
        ("mailto:me@example.com", False),
        ("https://example.com/none.md", False),
        ("{{site}}/none.md", False),
        ("../../outside.md", False),
    ],
)
def test_broken_links(project: Path, address: str, broken: bool) -> None:
    text = f'# A\n\n[x]({address})\n\n---\n\n## 对数损失\n\n<a name="set-in-html"></a>\n'
    found = check(project, text, "IM015")

    assert ([address] if broken else []) == [text[slice(*one.span)] for one in found]


def test_a_footnote_is_no_link(project: Path) -> None:
    assert [] == check(project, "A claim[^1].\n\n[^1]: source.md\n", "IM015")


# ---------------------------------------------------------------- what git has


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("week1/deck.md", "week1/img/added.png", "week1/img/forgotten.png", "week1/out/made.png", "week1/out/made.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".gitignore").write_text("out/\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".gitignore", "week1/img/added.png")
    return tmp_path


PICTURES = "![x](img/added.png) ![x](img/forgotten.png) ![x](out/made.png) ![x](img/none.png)\n"


def test_pictures_that_git_does_not_have_are_told(repository: Path) -> None:
    git(repository, "add", "week1/deck.md")

    assert [
        '"week1/img/forgotten.png" was never added to git',
        '"week1/out/made.png" is not in git: the repository tells git to ignore it',
    ] == [one.message.text() for one in check(repository, PICTURES, "IM010")]


def test_a_deck_that_git_does_not_have_is_still_being_written(repository: Path) -> None:
    assert [] == check(repository, PICTURES, "IM010")


def test_links_to_what_git_ignores_are_not_broken(repository: Path) -> None:
    assert ["b.html"] == [one.message.values["path"] for one in check(repository, "[x](out/a.html) [y](b.html)\n", "IM015")]


# ---------------------------------------------------------------- what is in the files


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.png", png(3, 2), ""),
        ("a.jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x0b\x08\0\2\0\3\1\1\x11\0\xff\xd9", ""),
        ("a.svg", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", ""),
        ("a.webp", b"RIFF\x1a\0\0\0WEBPVP8L", ""),
        ("a.pdf", b"%PDF-1.7", ""),
        ("a.mp4", b"", ""),
        ("a.png", b"", "is empty"),
        ("a.png", b"<!DOCTYPE html><html>", "it is HTML"),
        ("a.jpg", png(3, 2), "it is PNG"),
        ("a.svg", b"\x1f\x8b\x08", "no .svg file"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "is broken"),
        ("a.png", b"version https://git-lfs.github.com/spec/v1\n", "pointer of Git LFS"),
    ],
)
def test_files_that_cannot_be_shown(project: Path, name: str, data: bytes, words: str) -> None:
    (project / "week1" / name).write_bytes(data)
    found = [one.message.text() for one in check(project, f"![x]({name})\n", "IM011")]

    assert bool(words) == bool(found) and words in "".join(found)


@pytest.mark.parametrize(
    ("alt", "width", "height", "code"),
    [
        ("x", 6000, 4000, "IM012"),
        ("x", 3840, 2160, ""),
        ("w:900 x", 300, 200, "IM013"),
        ("w:600 x", 300, 200, ""),
        ("h:12cm x", 300, 200, "IM013"),
        ("w:40em x", 300, 200, ""),
        ("bg", 300, 200, "IM013"),
        ("bg right:20%", 300, 400, ""),
        ("bg contain", 900, 200, ""),
        ("bg 20%", 300, 200, ""),
        ("bg blur", 300, 200, ""),
        ("bg auto", 300, 200, ""),
        ("x", 300, 200, ""),
    ],
)
def test_pixels(project: Path, alt: str, width: int, height: int, code: str) -> None:
    (project / "week1" / "a.png").write_bytes(png(width, height))

    assert ([code] if code else []) == [one.code for one in check(project, f"![{alt}](a.png)\n", "IM012", "IM013")]


@pytest.mark.parametrize(
    ("name", "text", "unused"),
    [
        ("week3/deck.md", "![x](img/a.png)\n", ["img/b.png"]),
        ("week3/deck.md", "![x](img/a.png)\n\n<!-- b.png stays for the next year -->\n", []),
        ("week3/notes/more.md", "![x](../img/b.png)\n", []),
        ("week3/other.md", "another deck may own the folder\n", []),
        ("style.css", "section { background: url('week3/img/b.png') }\n", []),
    ],
)
def test_pictures_that_nothing_names(project: Path, name: str, text: str, unused: list[str]) -> None:
    deck = "![x](img/a.png)\n"
    (project / "week3" / "img").mkdir(parents=True)
    for file in ("a.png", "b.png", "data.csv"):
        (project / "week3" / "img" / file).touch()
    (project / "week3" / "deck.md").write_text(deck, encoding="utf-8")
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text(text, encoding="utf-8")
    path = project / "week3" / "deck.md"
    rule = find("IM014")
    assert rule is not None
    found = check_deck(parse(Source(path.read_text(encoding="utf-8"), str(path))), [load(rule)])

    assert unused == [one.message.values["path"] for one in found]


def test_a_deck_named_from_a_folder_below_belongs_to_its_project(run: Run, tmp_path: Path) -> None:
    """`../a.md` is the same deck as `a.md` seen from above: its pictures do not lead out of the project."""
    (tmp_path / "slides" / "notes").mkdir(parents=True)
    (tmp_path / "img").mkdir()
    (tmp_path / ".vscode").mkdir()
    (tmp_path / "slides" / "notes" / ".vscode").mkdir()
    (tmp_path / "img" / "loss.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    deck = "---\nmarp: true\nlang: en\n---\n\n# Loss\n\n![Loss falls](../img/loss.svg)\n"
    (tmp_path / "slides" / "a.md").write_text(deck, encoding="utf-8")

    assert "" == run("check", "../a.md", "--output-format", "concise", cwd=tmp_path / "slides" / "notes").stdout
