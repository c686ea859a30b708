"""What git knows of a project, asked of git itself in real repositories, without running what a repository brings along."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from decklint import git

NAMES = [
    "plain.png",
    "图 1.png",
    'a "quoted" name.png',
    "back\\slash.png",
    "two\nlines.png",
    "-dash.png",
    "émoji 🎓.png",
    "#1 [x].png",
]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="such names and scripts do not exist on Windows")
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
AUTHOR = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "protocol.file.allow=always")


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The settings of whoever runs the tests, and a hook that may run them, have no say."""
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    for name in [name for name in os.environ if name.startswith("GIT_") and name not in QUIET]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


def run(folder: Path, *words: str) -> None:
    subprocess.run(["git", *AUTHOR, *words], cwd=folder, check=True, capture_output=True)


def repository(folder: Path, *names: str) -> Path:
    """A repository with some files, all of them added."""
    folder.mkdir(parents=True, exist_ok=True)
    run(folder, "init", "-q")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    if names:
        run(folder, "add", "-A")
    return folder


def paths(folder: Path) -> frozenset[str]:
    known = git.tracked(folder)
    assert known is not None
    return known.paths


def test_a_file_is_tracked_when_it_was_added(tmp_path: Path) -> None:
    repository(tmp_path, "img/a.png")
    (tmp_path / "img" / "b.png").write_text("x", encoding="utf-8")

    assert {"img/a.png"} == paths(tmp_path)


def test_an_empty_repository_tracks_nothing(tmp_path: Path) -> None:
    assert frozenset() == paths(repository(tmp_path))


def test_paths_count_from_the_folder_that_was_asked_for(tmp_path: Path) -> None:
    repository(tmp_path, "lectures/03/a.png", "b.png")

    assert {"03/a.png"} == paths(tmp_path / "lectures")


@POSIX
@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_back_as_it_is(tmp_path: Path, name: str) -> None:
    known = git.tracked(repository(tmp_path, name))

    assert known is not None
    assert {name} == known.paths
    assert name in known


@POSIX
def test_a_name_that_is_no_text_does_not_hide_the_others(tmp_path: Path) -> None:
    repository(tmp_path, "a.png")
    try:
        (tmp_path / os.fsdecode(b"\xff.png")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    run(tmp_path, "add", "-A")

    assert {"a.png", "\udcff.png"} == paths(tmp_path)


def test_what_lies_in_a_submodule_is_left_to_it(tmp_path: Path) -> None:
    part = repository(tmp_path / "part", "logo.png")
    run(part, "commit", "-q", "-m", "Add a logo")
    whole = repository(tmp_path / "whole", "a.png")
    run(whole, "submodule", "add", "-q", str(part), "shared/图库")

    known = git.tracked(whole)

    assert known is not None
    assert ("shared/图库",) == known.submodules
    assert "shared/图库/logo.png" in known
    assert "shared/图库2/logo.png" not in known


def test_a_file_in_conflict_is_listed_once(tmp_path: Path) -> None:
    repository(tmp_path, "a.md")
    run(tmp_path, "commit", "-q", "-m", "Begin")
    for branch, text in (("one", "1"), ("two", "2")):
        run(tmp_path, "checkout", "-q", "-b", branch, "HEAD" if branch == "one" else "one~1")
        (tmp_path / "a.md").write_text(text, encoding="utf-8")
        run(tmp_path, "commit", "-q", "-am", branch)
    subprocess.run(["git", *AUTHOR, "merge", "-q", "one"], cwd=tmp_path, check=False, capture_output=True)

    assert {"a.md"} == paths(tmp_path)


@POSIX
@pytest.mark.parametrize("name", NAMES)
def test_an_ignored_name_comes_back_as_it_is(tmp_path: Path, name: str) -> None:
    repository(tmp_path)
    (tmp_path / ".gitignore").write_text("*.png\n!kept.png\n", encoding="utf-8")

    assert {name} == git.ignored(tmp_path, [name, "kept.png", "deck.md"])


def test_an_ignored_folder_ignores_what_is_in_it(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")

    assert {"build/a.png"} == git.ignored(tmp_path, ["build/a.png", "img/a.png"])


def test_what_is_tracked_is_not_ignored(tmp_path: Path) -> None:
    repository(tmp_path, "a.png")
    (tmp_path / ".gitignore").write_text("*.png\n", encoding="utf-8")

    assert frozenset() == git.ignored(tmp_path, ["a.png"])


def test_nothing_is_ignored_where_nothing_is_asked(tmp_path: Path) -> None:
    assert frozenset() == git.ignored(tmp_path / "missing", [])


@POSIX
@pytest.mark.parametrize("setting", ["core.fsmonitor", "core.hooksPath", "alias.ls-files", "core.pager", "diff.external"])
def test_a_program_that_the_repository_names_is_not_run(tmp_path: Path, setting: str) -> None:
    folder = repository(tmp_path / "course", "a.png")
    hooks, traces = tmp_path / "hooks", tmp_path / "it-ran"
    hooks.mkdir()
    for name in ("program", "fsmonitor-watchman", "query-watchman", "post-index-change"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{traces}'\n", encoding="utf-8")
        (hooks / name).chmod(0o755)
    program = f"{'!' if setting.startswith('alias') else ''}{hooks / 'program'}"
    run(folder, "config", setting, str(hooks) if setting == "core.hooksPath" else program)

    assert {"a.png"} == paths(folder)
    assert frozenset() == git.ignored(folder, ["b.png"])
    assert not traces.exists()


@POSIX
def test_the_trap_above_would_snap(tmp_path: Path) -> None:
    folder = repository(tmp_path / "course", "a.png")
    traces = tmp_path / "it-ran"
    (tmp_path / "program").write_text(f"#!/bin/sh\ntouch '{traces}'\n", encoding="utf-8")
    (tmp_path / "program").chmod(0o755)
    run(folder, "config", "core.fsmonitor", str(tmp_path / "program"))

    run(folder, "status")

    assert traces.exists()


def test_the_index_is_left_as_it_is(tmp_path: Path) -> None:
    repository(tmp_path, "a.png")
    before = (tmp_path / ".git" / "index").read_bytes()

    paths(tmp_path)

    assert before == (tmp_path / ".git" / "index").read_bytes()
    assert not (tmp_path / ".git" / "index.lock").exists()


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"])
def test_a_hook_of_another_repository_does_not_mislead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    other, folder = repository(tmp_path / "other", "other.png"), repository(tmp_path / "course", "a.png")
    monkeypatch.setenv(name, str({"GIT_DIR": other / ".git", "GIT_INDEX_FILE": other / ".git" / "index"}.get(name, other)))

    assert {"a.png"} == paths(folder)


def test_without_a_repository_nobody_knows(tmp_path: Path) -> None:
    assert git.tracked(tmp_path) is None
    assert frozenset() == git.ignored(tmp_path, ["a.png"])


def test_a_broken_repository_is_none(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    assert git.tracked(tmp_path) is None


def test_a_folder_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert git.tracked(tmp_path / "missing") is None


def test_without_git_nobody_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, "a.png")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))

    assert shutil.which("git") is None
    assert git.tracked(tmp_path) is None
    assert frozenset() == git.ignored(tmp_path, ["a.png"])


def test_many_paths_are_asked_at_once(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / ".gitignore").write_text("*.png\n", encoding="utf-8")
    names = [f"folder/picture-{number}.png" for number in range(5000)]

    assert frozenset(names) == git.ignored(tmp_path, names)
