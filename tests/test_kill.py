"""Writing fixes, killed, without room, or beside another run: every deck is old or new, and nothing is left behind."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from decklint.writing import sweep
from tests.conftest import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL, and no limit of file sizes")

OLD = "---\nmarp: true\n---\n\n# 工具 {n}\n\n我们使用Pytorch和Tensorflow。\n" + "另有一段不需要修正的文字。\n" * 40
NEW = OLD.replace("Pytorch", "PyTorch").replace("Tensorflow", "TensorFlow")
DECKS = 5

RUNS = r"""
import os, shutil, signal, sys
from pathlib import Path

from decklint import writing
from decklint.cli import main
from decklint.commands import check
from decklint.project import Checker

pristine, out = Path(sys.argv[1]), Path(sys.argv[2])
WORDS = ["check", "--fix-only", "--select", "TM001"]
Checker(("TM001",)).check_file(pristine / "0.md")  # what all runs load is loaded once


def run(folder, kill_at):
    if child := os.fork():
        return os.waitpid(child, 0)[1]
    os.chdir(folder)
    left = [kill_at]

    def lines(frame, event, argument):
        if event == "line":
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
        return lines

    def traced(function):
        def call(*words):
            before = sys.gettrace()
            sys.settrace(lambda frame, event, argument: lines if frame.f_code.co_filename.endswith("writing.py") else None)
            try:
                return function(*words)
            finally:
                sys.settrace(before)
        return call

    for name in ("replace", "sweep"):
        setattr(writing, name, traced(getattr(writing, name)))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    try:
        main(WORDS)
    except SystemExit as end:
        os._exit(int(end.code or 0))
    os._exit(0)


for word in sys.argv[3:]:
    folder = out / word
    if not folder.exists():
        shutil.copytree(pristine, folder)
    print(word, run(folder, int(word) if pristine.name != "again" else 10**9))
"""
"""Runs the command in folders, and kills it at the line of writing.py of that number: a process of its own each time."""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    for number in range(DECKS):
        (folder / f"{number}.md").write_text(OLD.format(n=number), encoding="utf-8")
    return folder


def runs(pristine: Path, out: Path, lines: list[int]) -> dict[str, int]:
    """How each run ended, as `os.waitpid` says."""
    words = [sys.executable, "-c", RUNS, str(pristine), str(out), *map(str, lines)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    return {name: int(status) for name, status in map(str.split, done.stdout.splitlines())}


def states(folder: Path) -> Counter[str]:
    """How many decks are old, new, or torn, and how many other files there are."""
    found: Counter[str] = Counter()
    for path in folder.iterdir():
        number = path.stem
        text = path.read_text(encoding="utf-8") if path.suffix == ".md" else None
        found["stray" if text is None else {OLD.format(n=number): "old", NEW.format(n=number): "new"}.get(text, "torn")] += 1
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_run_leaves_every_deck_old_or_new(course: Path, tmp_path: Path, seed: int) -> None:
    """Fifty times for each seed, somewhere between the first and the last line that writes."""
    lines = random.Random(seed).sample(range(1, 64 * DECKS), 50)
    ended = runs(course, tmp_path / "out", lines)
    after = [states(tmp_path / "out" / str(line)) for line in lines]

    assert [] == [state for state in after if state["torn"] or state["old"] + state["new"] != DECKS]
    assert Counter(ended.values())[signal.SIGKILL] >= 25, "most are killed while they write"
    assert sum(bool(state["stray"]) for state in after) >= 5, "some while there is a temporary file"
    assert sum(bool(state["old"] and state["new"]) for state in after) >= 10, "many when a part is written"

    (tmp_path / "again").symlink_to(course)
    runs(tmp_path / "again", tmp_path / "out", lines)
    assert [Counter(new=DECKS)] * 50 == [states(tmp_path / "out" / str(line)) for line in lines]


def test_the_command_killed_at_any_time(run: Run, course: Path, tmp_path: Path) -> None:
    """The installed command, from its start to after its end."""
    command = [str(Path(sys.executable).with_name("decklint")), "check", "--fix", "--select", "TM001"]
    began = time.monotonic()
    shutil.copytree(course, tmp_path / "whole")
    subprocess.run(command, cwd=tmp_path / "whole", capture_output=True, check=False)
    took = time.monotonic() - began
    waits = random.Random(7)
    for number in range(8):
        folder = tmp_path / str(number)
        shutil.copytree(course, folder)
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(waits.uniform(0.6, 1.1) * took)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        state = states(folder)
        assert (0, DECKS) == (state["torn"], state["old"] + state["new"])


def test_what_another_run_is_writing_is_not_swept_away(tmp_path: Path) -> None:
    import fcntl

    used, left, other = (
        tmp_path / name for name in (".decklint-abcdefgh.tmp", ".decklint-01234567.tmp", ".decklint-notes.tmp.md")
    )
    for path in (used, left, other):
        path.write_text("x", encoding="utf-8")
    with used.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        sweep(tmp_path)

        assert [other.name, used.name] == sorted((path.name for path in tmp_path.iterdir()), reverse=True)


def test_a_link_with_such_a_name_is_left_alone(tmp_path: Path) -> None:
    """Nobody but a person makes one."""
    (tmp_path / "notes.md").write_text("x", encoding="utf-8")
    (tmp_path / ".decklint-abcdefgh.tmp").symlink_to(tmp_path / "notes.md")
    sweep(tmp_path)

    assert 2 == len(list(tmp_path.iterdir()))


def test_a_full_disk_leaves_the_old_deck(course: Path) -> None:
    """A file may not grow beyond a few bytes here: to the program that is a disk without room."""
    command = Path(sys.executable).with_name("decklint")
    words = f"ulimit -f 1; exec '{command}' check --fix --select TM001 0.md"
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["sh", "-c", words], cwd=course, capture_output=True, text=True, check=False, env=env)

    assert (2, Counter(old=DECKS)) == (done.returncode, states(course))
    assert "not fixed: the file cannot be written: " in done.stdout and "Traceback" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "getuid") or not os.getuid(), reason="who may do everything may write everything")
def test_a_folder_that_may_not_be_written_keeps_its_decks(run: Run, course: Path) -> None:
    course.chmod(0o555)
    try:
        done = run("check", "--fix", cwd=course)
    finally:
        course.chmod(0o755)

    assert (2, Counter(old=DECKS)) == (done.returncode, states(course))
    assert f"{DECKS} errors" in done.stdout


def test_a_file_system_that_may_not_be_written_keeps_its_decks(course: Path) -> None:
    """Mounted read-only, where a mount can be had: there nobody may write, whatever else they may."""
    command = Path(sys.executable).with_name("decklint")
    mounted = f"mount --bind '{course}' '{course}' && mount -o remount,ro,bind '{course}' && cd '{course}'"
    script = f"{mounted} || exit 77; exec '{command}' check --fix --select TM001 --output-format concise"
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare here")
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False)
    if done.returncode in (1, 77):
        pytest.skip("no mount of one's own can be had here")

    assert (2, DECKS, Counter(old=DECKS)) == (done.returncode, done.stdout.count(": DL004 "), states(course))
