"""Regular expressions that are kept: the same patterns as ever, whatever became of the file; never words of a deck."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from decklint.packs.load import load
from tests.conftest import Run

CLEAN = "---\nmarp: true\nlang: en\n---\n\n# Gradient descent\n\nThe loss falls.\n"

COMPARE = """
import re, sys
from pathlib import Path
from decklint import patterns
translate = re._compiler.compile
patterns.use(Path(sys.argv[1]))
kept = re._compiler.compile
different, seen = [], 0
def compare(pattern, flags=0):
    global seen
    made, fresh = kept(pattern, flags), translate(pattern, flags)
    seen += 1
    if (made, made.groups, dict(made.groupindex)) != (fresh, fresh.groups, dict(fresh.groupindex)):
        different.append(pattern)
    return made
re._compiler.compile = compare
from decklint import catalogue
for file in catalogue.rule_files():
    catalogue.load(file)
known = kept.__self__._kept
print(seen > 400, len(known) > 400, different)
"""


def python(code: str, *words: str | Path) -> str:
    done = subprocess.run([sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, check=False)
    assert "" == done.stderr
    return done.stdout.strip()


def kept_file(folder: Path) -> Path:
    return next(folder.glob("patterns-*.bin"))


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    (tmp_path / "deck").mkdir()
    path = tmp_path / "deck" / "lecture.md"
    path.write_text(CLEAN, encoding="utf-8")
    return path


@pytest.fixture
def cache(tmp_path: Path, deck: Path, run: Run) -> Path:
    """A cache in which a check has kept its patterns."""
    folder = tmp_path / "cache"
    load()
    assert 0 == run("check", "--no-cache", str(deck), DECKLINT_CACHE_DIR=str(folder)).returncode
    return folder


def test_kept_patterns_are_those_that_python_makes(tmp_path: Path) -> None:
    assert "True False []" == python(COMPARE, tmp_path)
    assert "True True []" == python(COMPARE, tmp_path)


def test_the_command_keeps_them_though_it_ends_at_once(tmp_path: Path, deck: Path) -> None:
    load()
    command = [sys.executable, "-m", "decklint", "check", "--no-cache", str(deck)]
    subprocess.run(command, env={**os.environ, "DECKLINT_CACHE_DIR": str(tmp_path / "cache")}, capture_output=True, check=True)

    assert 10_000 < kept_file(tmp_path / "cache").stat().st_size


def test_patterns_are_kept_in_the_folder_that_is_named(cache: Path, tmp_path: Path, deck: Path, run: Run) -> None:
    """Those that were found in the other one before it was known are kept there too."""
    before = kept_file(cache).read_bytes()
    named = tmp_path / "named"
    run("check", "--no-cache", "--cache-dir", str(named), str(deck), DECKLINT_CACHE_DIR=str(cache))

    assert len(before) * 0.9 < kept_file(named).stat().st_size
    assert before == kept_file(cache).read_bytes()


def test_patterns_of_sets_of_words_are_the_same_each_time(cache: Path, deck: Path, run: Run) -> None:
    """The order of a set differs from process to process: a pattern made of one would be new in each."""
    deck.write_text(CLEAN + "\nThe GPT-3 model has 175 billion parameters.\n", encoding="utf-8")
    sizes = []
    for seed in ("1", "2", "3"):
        run("check", "--no-cache", str(deck), DECKLINT_CACHE_DIR=str(cache), PYTHONHASHSEED=seed)
        sizes.append(kept_file(cache).stat().st_size)

    assert 1 == len(set(sizes))


def test_nothing_is_written_where_nothing_is_new(cache: Path, deck: Path, run: Run) -> None:
    before = kept_file(cache).stat()
    run("check", "--no-cache", str(deck), DECKLINT_CACHE_DIR=str(cache))

    assert (before.st_ino, before.st_mtime_ns) == (kept_file(cache).stat().st_ino, kept_file(cache).stat().st_mtime_ns)


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "other"])
def test_a_damaged_file_is_made_anew(cache: Path, deck: Path, run: Run, damage: str) -> None:
    path = kept_file(cache)
    whole = path.read_bytes()
    changed = whole[:5000] + bytes((whole[5000] ^ 1,)) + whole[5001:]
    path.write_bytes({"cut": whole[: len(whole) // 2], "changed": changed, "empty": b"", "other": b"not it"}[damage])
    done = run("check", "--no-cache", str(deck), DECKLINT_CACHE_DIR=str(cache))

    assert (0, "") == (done.returncode, done.stderr)
    assert len(whole) * 0.9 < path.stat().st_size


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, deck: Path, run: Run) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    done = run("check", "--no-cache", str(deck), DECKLINT_CACHE_DIR=str(blocked / "cache"))

    assert (0, "") == (done.returncode, done.stderr)


def test_words_of_a_deck_are_not_kept(cache: Path, deck: Path, run: Run) -> None:
    word = "zyzzyvanet"
    deck.write_text(CLEAN + f"\n{word} has 3 layers. {word} has 5 layers.\n\n<!-- {word}: x -->\n", encoding="utf-8")
    run("check", "--no-cache", str(deck), DECKLINT_CACHE_DIR=str(cache))

    assert word.encode() not in kept_file(cache).read_bytes()


def test_patterns_made_of_given_words_are_not_kept(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from decklint import patterns
patterns.use(Path(sys.argv[1]))
import re
def ask(word):
    return re.compile(word + "+")
ask("given")
def fixed():
    return re.compile("con" + "stant" * int(sys.argv[2]))
patterns.constant(fixed)()
re.search("written", "")
"""
    python(code, tmp_path, "1")
    data = kept_file(tmp_path).read_bytes()

    assert (False, True) == (b"given+" in data, b"constant" in data)


def test_the_library_leaves_python_alone() -> None:
    """Who imports decklint has asked for no change of `re`: only the command makes it."""
    code = "import re, decklint; decklint.check_text; print(re._compiler.compile.__module__)"

    assert "re._compiler" == python(code)
