"""Fixes as users apply them: what is written, what is kept, what is refused; and safe fixes of real decks before Marp."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from decklint.catalogue import find, load
from decklint.engine import check_deck
from decklint.findings import Edit, Effect, Finding, Fix, Message, Safety, Template
from decklint.fixing import Fixed, fix
from decklint.parse import parse
from decklint.rule import Context
from decklint.text import Source, Span
from decklint.writing import NotWritten
from decklint.writing import replace as replace_file
from tests.conftest import Run
from tests.test_marp import different, marp_says

BAD = "---\nmarp: true\ntheme: gaia\n---\n\n# 工具\n\n我们使用Pytorch和Tensorflow。\n\n- a\n* b\n- c\n"
SAFE = BAD.replace("Pytorch", "PyTorch").replace("Tensorflow", "TensorFlow")
ALL = SAFE.replace("* b", "- b")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    path = tmp_path / "deck.md"
    path.write_text(BAD, encoding="utf-8")
    return path


# ---------------------------------------------------------------- the command


def test_safe_fixes_are_written_and_the_rest_is_reported(run: Run, deck: Path) -> None:
    done = run("check", str(deck), "--fix", "--select", "TM001,MP004")

    assert SAFE == deck.read_text(encoding="utf-8")
    assert "fixed 2 places in 1 decks: name-misspelt 2\n" == done.stderr
    assert "MP004" in done.stdout and "TM001" not in done.stdout


def test_unsafe_fixes_want_to_be_asked_for(run: Run, deck: Path) -> None:
    run("check", str(deck), "--fix", "--unsafe-fixes", "--select", "TM001,MP004")

    assert ALL == deck.read_text(encoding="utf-8")


def test_a_second_run_changes_nothing(run: Run, deck: Path) -> None:
    run("check", str(deck), "--fix")
    before = deck.stat().st_mtime_ns
    done = run("check", str(deck), "--fix")

    assert ("nothing to fix\n", before) == (done.stderr, deck.stat().st_mtime_ns)


def test_unsafe_fixes_alone_are_a_mistake(run: Run, deck: Path) -> None:
    done = run("check", str(deck), "--unsafe-fixes")

    assert 2 == done.returncode
    assert "--fix or --diff" in done.stderr


def test_a_diff_writes_nothing_and_can_be_applied(run: Run, deck: Path) -> None:
    done = run("check", "deck.md", "--diff", "--select", "TM001", cwd=deck.parent)

    assert (1, BAD) == (done.returncode, deck.read_text(encoding="utf-8"))
    patched = subprocess.run(["git", "apply", "-"], input=done.stdout, text=True, encoding="utf-8", cwd=deck.parent, check=False)
    assert (0, SAFE) == (patched.returncode, deck.read_text(encoding="utf-8"))


def test_a_diff_of_nothing_is_empty(run: Run, deck: Path) -> None:
    deck.write_text(SAFE, encoding="utf-8")
    done = run("check", str(deck), "--diff")

    assert (0, "") == (done.returncode, done.stdout)


def test_standard_input_comes_out_fixed(run: Run, tmp_path: Path) -> None:
    done = run("check", "-", "--fix", "--select", "TM001", stdin=BAD.encode(), cwd=tmp_path)

    assert SAFE == done.stdout


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_what_a_file_is_written_with_is_kept(run: Run, deck: Path, newline: str, bom: str, last: str) -> None:
    text = bom + BAD.removesuffix("\n").replace("\n", newline) + last.replace("\n", newline)
    deck.write_bytes(text.encode())
    run("check", str(deck), "--fix", "--select", "TM001")

    assert text.replace("Pytorch", "PyTorch").replace("Tensorflow", "TensorFlow") == deck.read_bytes().decode()


def test_line_endings_that_are_mixed_stay_so(run: Run, deck: Path) -> None:
    text = "---\r\nmarp: true\n---\r\n\r\n# A\n\nPytorch\r\n\n- a\n* b\r\n- c\r\n"
    deck.write_bytes(text.encode())
    run("check", str(deck), "--fix", "--unsafe-fixes", "--select", "TM001,MP004")

    assert text.replace("Pytorch", "PyTorch").replace("* b", "- b") == deck.read_bytes().decode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_mode_of_a_file_is_kept(run: Run, deck: Path) -> None:
    deck.chmod(0o640)
    run("check", str(deck), "--fix")

    assert 0o640 == stat.S_IMODE(deck.stat().st_mode)
    assert ["deck.md"] == [path.name for path in deck.parent.iterdir() if path.name != ".git"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_is_followed_inside_the_project_only(run: Run, deck: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "deck.md"
    outside.write_text(BAD, encoding="utf-8")
    (deck.parent / "in.md").symlink_to(deck)
    (deck.parent / "out.md").symlink_to(outside)
    inside, leaving = (run("check", str(deck.parent / name), "--fix", "--select", "TM001") for name in ("in.md", "out.md"))

    assert (SAFE, 0) == (deck.read_text(encoding="utf-8"), inside.returncode)
    assert (deck.parent / "in.md").is_symlink()
    assert (BAD, 2) == (outside.read_text(encoding="utf-8"), leaving.returncode)
    assert "leads out of the project" in leaving.stdout


def test_a_file_that_changed_meanwhile_is_left_alone(deck: Path) -> None:
    with pytest.raises(NotWritten, match="changed"):
        replace_file(deck, b"what it was", b"what it should become", deck.parent)

    assert BAD == deck.read_text(encoding="utf-8")
    assert ["deck.md"] == [path.name for path in deck.parent.iterdir() if path.name != ".git"]


@pytest.mark.skipif(sys.platform == "win32" or not os.getuid(), reason="who may do everything may write everything")
def test_a_file_that_may_not_be_written_is_left_alone(run: Run, deck: Path) -> None:
    deck.chmod(0o444)
    done = run("check", str(deck), "--fix")

    assert 2 == done.returncode
    assert "may not be written" in done.stdout


# ---------------------------------------------------------------- the guard

GUARDED = """---
theme: gaia
paginate: true
---

# Start

[go](#end)

- shown

* stepwise

![w:300 Loss](a.png)

---

# End

last words, see [ref]

[ref]: https://example.com
"""


def fixed_by(edit: tuple[str, str], *effects: Effect, safety: Safety = Safety.SAFE, text: str = GUARDED) -> Fixed:
    """What comes of a rule that wants this edit and declares these effects."""
    old, new = edit

    def wants(context: Context) -> Iterator[Finding]:
        at = context.source.text.find(old)
        if at >= 0:
            made = Fix(Message(Template("t", "题")), (Edit(Span(at, at + len(old)), new),), safety, frozenset(effects))
            yield context.finding(Span(at, at + len(old)), Template("m", "信"), fix=made)

    file = find("name-misspelt")
    assert file is not None
    rule = replace(load(file), check=wants)
    return fix(text, lambda t: parse(Source(t)), lambda deck: check_deck(deck, [rule]), (Safety.SAFE, Safety.UNSAFE))


@pytest.mark.parametrize(
    ("edit", "effect"),
    [
        (("![w:300 Loss](a.png)\n\n---", "![w:300 Loss](a.png)\n\n"), Effect.SLIDES),
        (("last words", "last words\n\n---\n\nmore"), Effect.SLIDES),
        (("theme: gaia", "theme: default"), Effect.DIRECTIVES),
        (("paginate: true", "paginate:: true"), Effect.DIRECTIVES),
        (("theme: gaia\n", "theme: gaia\ntheme: gaia\n"), Effect.DIRECTIVES),
        (("last words", "last words <!-- _class: lead -->"), Effect.DIRECTIVES),
        (("* stepwise", "+ stepwise"), Effect.FRAGMENTS),
        (("# End", "# Ende"), Effect.ANCHORS),
        (("a.png", "b.png"), Effect.MEDIA),
        (("w:300", "w:301"), Effect.MEDIA),
        (("last words", "last words ![](b.png)"), Effect.MEDIA),
        (("[ref]: ", "[raf]: "), Effect.TEXT),
    ],
)
def test_a_safe_fix_with_another_effect_is_refused(edit: tuple[str, str], effect: Effect) -> None:
    done = fixed_by(edit, Effect.TEXT)

    assert (GUARDED, {effect}) == (done.text, {e for refusal in done.refused for e in refusal.effects} & {effect})


@pytest.mark.parametrize(
    ("edit", "effects"),
    [
        (("last words", "last  words"), (Effect.SPACING,)),
        (("last words", "final words"), (Effect.TEXT,)),
        (("- shown", "- seen"), (Effect.TEXT,)),
        (("# Start", "# Begin"), (Effect.TEXT,)),
    ],
)
def test_a_safe_fix_that_keeps_its_word_is_applied(edit: tuple[str, str], effects: tuple[Effect, ...]) -> None:
    done = fixed_by(edit, *effects)

    assert (GUARDED.replace(*edit), []) == (done.text, done.refused)


def test_spacing_is_not_text() -> None:
    assert fixed_by(("last words", "last word s x"), Effect.SPACING).refused


def test_an_unsafe_fix_does_what_it_declares() -> None:
    edit = ("![w:300 Loss](a.png)\n\n---", "![w:300 Loss](a.png)\n\n")
    done = fixed_by(edit, Effect.SLIDES, safety=Safety.UNSAFE)

    assert (GUARDED.replace(*edit), []) == (done.text, done.refused)


def test_an_unsafe_fix_with_another_effect_is_refused() -> None:
    done = fixed_by(("theme: gaia", "theme: gaia\nclass: lead"), Effect.TEXT, safety=Safety.UNSAFE)

    assert (GUARDED, frozenset((Effect.DIRECTIVES,))) == (done.text, done.refused[0].effects)


# ---------------------------------------------------------------- real decks


def kept(said: dict[str, Any]) -> list[Any]:
    """What a safe fix leaves as it is, slide by slide: all but the words."""
    names = ("directives", "comments", "code", "math", "fragments", "links")
    return [
        [
            [slide[name] for name in names],
            [[i["url"], i["keywords"]] for i in slide["images"]],
            [h[:2] for h in slide["headings"]],
        ]
        for slide in said["slides"]
    ]


def test_safe_fixes_of_real_decks_change_words_only(run: Run, corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus / "decks", tmp_path / "decks")
    paths = sorted((tmp_path / "decks").rglob("*.md"))
    before = marp_says(paths)
    first = run("check", str(tmp_path), "--fix", "--fail-on", "never", "--output-format", "json", "--ignore", "IM,AX001")
    after = marp_says(paths)
    second = run("check", str(tmp_path), "--fix", "--fail-on", "never", "--output-format", "json", "--ignore", "IM,AX001")

    assert first.stderr.startswith("fixed ")
    assert "nothing to fix\n" == second.stderr
    assert [kept(said) for said in before] == [kept(said) for said in after]
    assert [] == [f for f in json.loads(first.stdout) if f["code"] in ("DL001", "DL003", "DL004")]


def test_all_fixes_of_real_decks_do_what_the_guard_saw(run: Run, corpus: Path, tmp_path: Path) -> None:
    """The guard compares trees, so what it saw is true if our tree of a fixed deck is what Marp makes of it."""
    shutil.copytree(corpus / "decks", tmp_path / "decks")
    done = run("check", str(tmp_path), "--fix", "--unsafe-fixes", "--fail-on", "never", "--output-format", "json")
    fixed = marp_says(sorted((tmp_path / "decks").rglob("*.md")))

    assert done.stderr.startswith("fixed ")
    assert [] == [f for f in json.loads(done.stdout) if f["code"] in ("DL001", "DL003", "DL004")]
    assert [] == different(fixed)
