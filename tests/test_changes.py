"""Only what a branch touches, asked of real repositories: exactly the findings of the slides that were edited."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.repository import QUIET, Repository, deck

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="such names and scripts do not exist on Windows")
SLIDES = [f"# 第{n}页\n\n我们使用Pytorch {n}。\n\n![](img/{n}.png)" for n in "一二三四五"]
PLAIN = deck(*SLIDES)
EDITED = deck(*SLIDES[:2], SLIDES[2] + "\n\n再加一句。", *SLIDES[3:])


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


@pytest.fixture
def course(tmp_path: Path) -> Repository:
    """Five decks on `main`, and a branch that begins there."""
    made = Repository(tmp_path / "course")
    made.commit("Begin", **{f"week{n}__lecture": PLAIN for n in range(1, 6)})
    made.git("checkout", "-q", "-b", "branch")
    return made


def findings(run: Run, folder: Path, *words: str) -> list[dict[str, Any]]:
    done = run("check", "--output-format", "json", *words, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def slides(found: list[dict[str, Any]]) -> set[tuple[str, int]]:
    return {(each["path"], each["slide"]) for each in found}


def of_deck(run: Run, course: Repository, *words: str) -> list[int]:
    """The slides of the first deck that have findings since `main`."""
    found = slides(findings(run, course.folder, "--changed-since", "main", *words))
    return sorted(slide for path, slide in found if "week1" in path)


# ---------------------------------------------------------------- exactly what was edited


def test_one_slide_of_three_decks(run: Run, course: Repository) -> None:
    course.commit(week1__lecture=EDITED, week3__lecture=EDITED, week5__lecture=EDITED)
    edited = {(f"week{n}/lecture.md", 3) for n in (1, 3, 5)}

    whole = findings(run, course.folder)

    expected = [each for each in whole if (each["path"], each["slide"]) in edited]
    assert len(expected) < len(whole) and edited == slides(expected)
    assert expected == findings(run, course.folder, "--changed-since", "main")


@pytest.mark.parametrize("state", ["committed", "staged", "unstaged", "half staged"])
def test_the_working_tree_counts(run: Run, course: Repository, state: str) -> None:
    if state == "half staged":
        course.write(week1__lecture=PLAIN + "\n文\n")
        course.git("add", "-A")
    course.write(week1__lecture=EDITED)
    if state in ("committed", "staged"):
        course.git("add", "-A")
    if state == "committed":
        course.git("commit", "-q", "-m", "Edit")

    assert [3] == of_deck(run, course)


@pytest.mark.parametrize("is_added", [True, False])
def test_a_new_deck_counts_as_a_whole(run: Run, course: Repository, is_added: bool) -> None:
    course.write(week6=PLAIN)
    if is_added:
        course.git("add", "-A")

    assert findings(run, course.folder, "week6.md") == findings(run, course.folder, "--changed-since", "main")


@pytest.mark.parametrize("is_committed", [True, False])
def test_a_renamed_deck_is_compared_with_what_it_was(run: Run, course: Repository, is_committed: bool) -> None:
    course.git("mv", "week1/lecture.md", "week1/第一讲 绪论.md")
    course.write(**{"week1__第一讲 绪论": EDITED})
    course.git("add", "-A")
    if is_committed:
        course.git("commit", "-q", "-m", "Rename")

    assert [3] == of_deck(run, course)


def test_what_the_other_branch_did_meanwhile_does_not_count(run: Run, course: Repository) -> None:
    course.commit(week1__lecture=EDITED)
    course.git("checkout", "-q", "main")
    course.commit(week1__lecture=deck(*SLIDES[1:]), week2__lecture=EDITED)
    course.git("checkout", "-q", "branch")

    assert {("week1/lecture.md", 3)} == slides(findings(run, course.folder, "--changed-since", "main"))


@pytest.mark.parametrize(
    ("text", "touched"),
    [
        (deck("# 新\n\n我们使用Pytorch。", *SLIDES), [1]),  # the others only moved down
        (deck(*SLIDES[:2], "# 新\n\n我们使用Pytorch。", *SLIDES[2:]), [3]),
        (deck(*SLIDES[:2], *SLIDES[3:]), []),  # nothing that is left was edited
        (deck(*reversed(SLIDES)), []),  # slides that only moved
        (deck(*SLIDES, SLIDES[0]), [6]),  # one was copied
        (deck(*SLIDES[:3], SLIDES[3] + "\n", *SLIDES[4:]), []),  # a blank line more is no edit
        (deck(*SLIDES[:2], SLIDES[2].split("\n\n!")[0], *SLIDES[3:]), [3]),  # only something was taken away
        (deck(SLIDES[0] + "\n\n" + SLIDES[1], *SLIDES[2:]), [1]),  # a slide break was taken away
        (deck(*SLIDES).replace("\n", "\r\n"), []),  # other line endings
        ("\ufeff" + deck(*SLIDES), []),
        (deck(*SLIDES[:1], SLIDES[1] + "\n\n文", *SLIDES[2:4], SLIDES[4] + "\n\n文"), [2, 5]),
    ],
)
def test_slides_are_known_by_their_text(run: Run, course: Repository, text: str, touched: list[int]) -> None:
    course.write(week1__lecture=text)

    assert touched == of_deck(run, course, "--select", "TM")


def test_slides_that_headings_begin_are_told_apart(run: Run, course: Repository) -> None:
    head = "---\nmarp: true\nheadingDivider: 1\n---\n\n"
    course.git("checkout", "-q", "main")
    course.commit(week1__lecture=head + "\n\n".join(SLIDES))
    course.git("checkout", "-q", "branch")
    course.git("reset", "-q", "--hard", "main")
    course.write(week1__lecture=head + "\n\n".join([*SLIDES[:3], SLIDES[3] + "\n\n文", SLIDES[4]]))

    assert [4] == of_deck(run, course)


def test_decks_that_were_not_touched_are_compared_with(run: Run, tmp_path: Path) -> None:
    course = Repository(tmp_path)
    course.commit(a=deck("# Perceptron\n\nFrank Rosenblatt built it."), b=deck("# History"))
    course.write(b=deck("# History\n\nFranck Rosenblatt wrote about it."))

    found = findings(run, tmp_path, "--changed-since", "main")

    assert [each for each in findings(run, tmp_path) if each["path"] == "b.md"] == found
    assert "TM009" in [each["code"] for each in found]


def test_the_front_matter_is_touched_by_itself(run: Run, course: Repository) -> None:
    head = "---\nmarp: true\nclas: lead\n---\n\n"
    course.write(week1__lecture=deck(*SLIDES, head=head))
    by_front_matter = findings(run, course.folder, "--changed-since", "main", "week1")
    course.commit()
    course.git("branch", "-f", "main")
    course.write(week1__lecture=deck(*SLIDES[:4], SLIDES[4] + "\n\n文", head=head))
    by_slide = findings(run, course.folder, "--changed-since", "main", "week1")

    assert {0} == {each["slide"] for each in by_front_matter} and by_front_matter
    assert {5} == {each["slide"] for each in by_slide}


def test_what_cannot_be_read_is_never_left_out(run: Run, course: Repository) -> None:
    (course.folder / "week1" / "lecture.md").write_bytes(PLAIN.encode("gb18030"))

    done = run("check", "--changed-since", "main", cwd=course.folder)

    assert 2 == done.returncode and "DL002" in done.stdout


def test_a_deck_that_was_no_utf_8_counts_as_a_whole(run: Run, course: Repository) -> None:
    path = course.folder / "week1" / "lecture.md"
    path.write_bytes(PLAIN.encode("gb18030"))
    course.commit()
    course.git("branch", "-f", "main")
    path.write_text(PLAIN, encoding="utf-8")

    assert findings(run, course.folder, "week1") == findings(run, course.folder, "--changed-since", "main")


@POSIX
@pytest.mark.parametrize("name", ["图 1.md", 'a "quoted" name.md', "two\nlines.md", "-dash.md", "tab\there.md", "back\\slash.md"])
def test_any_name_will_do(run: Run, course: Repository, name: str) -> None:
    (course.folder / name).write_text(PLAIN, encoding="utf-8")
    course.commit()
    course.git("branch", "-f", "main")
    (course.folder / name).write_text(EDITED, encoding="utf-8")

    assert {(name, 3)} == slides(findings(run, course.folder, "--changed-since", "main"))


@POSIX
def test_a_link_stands_for_the_file_that_it_leads_to(run: Run, course: Repository) -> None:
    (course.folder / "current.md").symlink_to("week1/lecture.md")
    course.commit()
    course.git("branch", "-f", "main")
    course.write(week1__lecture=EDITED)

    found = slides(findings(run, course.folder, "--changed-since", "main"))

    assert {("current.md", 3), ("week1/lecture.md", 3)} == found


def test_line_endings_that_git_converts_are_no_change(run: Run, course: Repository) -> None:
    course.git("config", "core.autocrlf", "true")
    course.git("rm", "-q", "-r", "--cached", ".")
    course.git("reset", "-q", "--hard")

    assert b"\r\n" in (course.folder / "week1" / "lecture.md").read_bytes()
    assert [] == findings(run, course.folder, "--changed-since", "main")


def test_nothing_touched_is_said_and_is_a_valid_report(run: Run, course: Repository) -> None:
    done = run("check", "--changed-since", "main", "--output-format", "sarif", cwd=course.folder)

    assert (0, []) == (done.returncode, json.loads(done.stdout)["runs"][0]["results"])
    assert "no deck differs from where this branch left main\n" == done.stderr


def test_longer_names_of_objects_are_known(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    made = Repository(folder)
    (folder / ".git").rename(tmp_path / "unused")
    made.git("init", "-q", "-b", "main", "--object-format=sha256")
    made.commit(a=PLAIN, b=PLAIN)
    made.write(a=EDITED)

    assert {("a.md", 3)} == slides(findings(run, folder, "--changed-since", "main"))


def test_two_repositories_are_asked_each(run: Run, course: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.commit(**{"a": PLAIN})
    other.write(a=EDITED)
    course.write(week2__lecture=EDITED)

    found = slides(findings(run, tmp_path, "--changed-since", "main", "course", "other"))

    assert {("course/week2/lecture.md", 3), ("other/a.md", 3)} == found


def test_a_worktree_is_a_repository(run: Run, course: Repository, tmp_path: Path) -> None:
    course.git("worktree", "add", "-q", str(tmp_path / "beside"), "main")
    (tmp_path / "beside" / "week4" / "lecture.md").write_text(EDITED, encoding="utf-8")

    found = slides(findings(run, tmp_path / "beside", "--changed-since", "branch"))

    assert {("week4/lecture.md", 3)} == found


# ---------------------------------------------------------------- where git has no answer


def refused(run: Run, folder: Path, *words: str) -> str:
    done = run("check", *words, cwd=folder)
    assert (2, "") == (done.returncode, done.stdout)
    return done.stderr


def test_a_shallow_clone_names_the_cure(run: Run, course: Repository, tmp_path: Path) -> None:
    course.commit(week1__lecture=EDITED)
    course.git("clone", "-q", "--depth", "1", course.folder.as_uri(), str(tmp_path / "shallow"))
    course.git("clone", "-q", "--depth", "1", "--no-single-branch", course.folder.as_uri(), str(tmp_path / "both"))

    for folder in ("shallow", "both"):
        said = refused(run, tmp_path / folder, "--changed-since", "origin/main")
        assert "shallow clone" in said and "`fetch-depth: 0`" in said and "--unshallow" in said


def test_a_deeper_clone_is_enough(run: Run, course: Repository, tmp_path: Path) -> None:
    course.commit(week1__lecture=EDITED)
    course.git("clone", "-q", "--depth", "2", "--no-single-branch", course.folder.as_uri(), str(tmp_path / "clone"))

    assert {("week1/lecture.md", 3)} == slides(findings(run, tmp_path / "clone", "--changed-since", "origin/main"))


def test_a_folder_without_repository_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(PLAIN, encoding="utf-8")

    assert "decklint: --changed-since asks git, but deck.md lies in no repository\n" == refused(
        run, tmp_path, "--changed-since", "main"
    )


@pytest.mark.parametrize("revision", ["origin/mian", "", "--output=stolen", "main:week1/lecture.md", "^main", "main..branch"])
def test_an_unknown_revision_is_told(run: Run, course: Repository, revision: str) -> None:
    said = refused(run, course.folder, f"--changed-since={revision}")

    assert f'git knows no commit "{revision}"' in said
    assert not (course.folder / "stolen").exists()


def test_branches_without_a_common_commit_are_told(run: Run, course: Repository) -> None:
    course.git("checkout", "-q", "--orphan", "alone")
    course.commit("Begin anew")

    assert 'this branch and "main" have no commit in common' in refused(run, course.folder, "--changed-since", "main")


def test_no_git_is_told(run: Run, course: Repository, tmp_path: Path) -> None:
    done = run("check", "--changed-since", "main", cwd=course.folder, PATH=str(tmp_path / "empty"))

    assert (2, "decklint: --changed-since asks git, and there is none here\n") == (done.returncode, done.stderr)


def test_a_broken_repository_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "deck.md").write_text(PLAIN, encoding="utf-8")

    assert "is no repository that it can read" in refused(run, tmp_path, "--changed-since", "main")


@POSIX
def test_nothing_is_fetched(run: Run, course: Repository, tmp_path: Path) -> None:
    """A clone without the old texts is told to be one: fetching them would be a network connection."""
    course.git("config", "uploadpack.allowFilter", "true")
    course.git("checkout", "-q", "main")
    course.commit(week6=deck(*SLIDES[:4]))
    course.git("checkout", "-q", "-B", "branch")
    course.commit(week6=EDITED)
    clone = tmp_path / "clone"
    course.git("clone", "-q", "--filter=blob:none", course.folder.as_uri(), str(clone))

    said = refused(run, clone, "--changed-since", "origin/main")

    assert "partial clone" in said


@pytest.mark.parametrize("word", ["--fix", "--fix-only", "--diff"])
def test_fixes_are_not_made_by_halves(run: Run, course: Repository, word: str) -> None:
    assert "fixes mend whole decks" in refused(run, course.folder, "--changed-since", "main", word)


def test_standard_input_cannot_be_compared(run: Run, course: Repository) -> None:
    assert "`-` is none" in refused(run, course.folder, "--changed-since", "main", "-")


# ---------------------------------------------------------------- what a repository brings along


@POSIX
@pytest.mark.parametrize(
    "setting",
    ["core.fsmonitor", "diff.external", "diff.deck.command", "diff.deck.textconv", "filter.deck.clean", "filter.deck.process"],
)
def test_a_program_that_the_repository_names_is_not_run(run: Run, course: Repository, tmp_path: Path, setting: str) -> None:
    (course.folder / ".gitattributes").write_text("*.md diff=deck filter=deck\n", encoding="utf-8")
    course.commit(week1__lecture=EDITED)
    traces, program = tmp_path / "it-ran", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{traces}'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    course.git("config", setting, str(program))
    course.write(week2__lecture=EDITED)

    found = slides(findings(run, course.folder, "--changed-since", "main"))

    assert {("week1/lecture.md", 3), ("week2/lecture.md", 3)} == found
    assert not traces.exists()
    course.git("diff", "--ext-diff", "--textconv", "main", check=False)
    assert traces.exists(), "the trap would have snapped"


def test_the_index_is_left_as_it_is(run: Run, course: Repository) -> None:
    course.write(week1__lecture=EDITED)
    before = (course.folder / ".git" / "index").read_bytes()

    findings(run, course.folder, "--changed-since", "main")

    assert before == (course.folder / ".git" / "index").read_bytes()
