"""docs/promises.md: each promise names tests that exist, and those that nothing else holds are held here.

The command is watched from inside by an audit hook of Python, which no code can switch off.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.repository import Repository
from tests.test_hostile import FORMATS

DOCUMENT = ROOT / "docs" / "promises.md"

WATCH = """
import os, sys
log = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
changing = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.truncate", "os.utime")

def watch(event, args):
    told = None
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        told = event, args[1:2]
    elif event == "open" and not isinstance(args[0], int):
        if isinstance(args[2], int) and args[2] & writing or args[1] and set(args[1]) & set("wax+"):
            told = "write", args[0]
    elif event in changing:
        told = "write", args[0]
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"):
        told = "start", args[1] if event == "subprocess.Popen" else args[0]
    elif event == "import" and args[1]:
        told = "import", args[1]
    if told:
        os.write(log, (repr(told) + "\\n").encode("utf-8", "backslashreplace"))

sys.addaudithook(watch)
"""

REMOTE = (
    "---\nmarp: true\ntheme: course\nbackgroundImage: url(https://example.org/a.png)\n"
    "style: |\n  @import url('https://example.org/b.css');\n  section { background: url(//example.org/c.png) }\n---\n\n"
    "# Remote\n\n![](https://example.org/d.png) ![bg](ftp://example.org/e.png) [f](https://example.org/f.md)\n\n"
    "<img src='https://example.org/g.png'>\n\n<video src='https://example.org/h.mp4'></video>\n\nWe use Pytorch.\n"
)

COMMANDS = (
    ("check", "--select", "ALL", "--fail-on", "never"),
    ("check", "--diff", "--unsafe-fixes"),
    ("check", "--output-format", "sarif", "--fail-on", "never"),
    ("check", "--statistics", "--lang", "zh", "--fail-on", "never"),
    ("claims",),
    ("layout",),
    ("parse", "week2/vision.md", "--json"),
    ("facts", "search", "GPT-2"),
    ("config", "show"),
    ("rule", "fact-contradicted"),
    ("rules",),
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course in a repository, with what would lead out of it."""
    repository = Repository(tmp_path / "course")
    shutil.copytree(ROOT / "fixtures" / "course", repository.folder, dirs_exist_ok=True)
    repository.commit(remote=REMOTE)
    return repository.folder


class Watched:
    """Runs the command and tells what it did to the world."""

    def __init__(self, run: Run, folder: Path) -> None:
        self._run = run
        self.folder = folder
        self.cache = folder.parent / "cache"
        self._log = folder.parent / "log"
        (folder.parent / "watch").mkdir()
        (folder.parent / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")

    def events(self, *words: str) -> Iterator[tuple[str, object]]:
        env = {"DECKLINT_CACHE_DIR": str(self.cache), "WATCHED": str(self._log), "PYTHONDONTWRITEBYTECODE": "1"}
        self._log.unlink(missing_ok=True)
        done = self._run(*words, cwd=self.folder, PYTHONPATH=str(self.folder.parent / "watch"), **env)
        assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
        for line in self._log.read_text(encoding="utf-8").splitlines():
            yield ast.literal_eval(line)

    def all_events(self) -> list[tuple[str, object]]:
        return [event for words in COMMANDS for event in self.events(*words)]


@pytest.fixture
def watched(run: Run, course: Path) -> Watched:
    return Watched(run, course)


# ---------------------------------------------------------------- the document


def test_every_promise_names_tests_that_exist() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    named = re.findall(r"`(tests/\w+\.py)::(\w+)`", text)
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).is_file() or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]

    assert [] == missing
    assert len(named) >= 25


def test_every_promise_is_held_by_a_test() -> None:
    promises = re.findall(r"(?m)^- (?:.+\n(?:  .+\n)*)", DOCUMENT.read_text(encoding="utf-8"))

    assert [] == [promise for promise in promises if "::test_" not in promise]
    assert len(promises) >= 15


# ---------------------------------------------------------------- nothing leaves, nothing is run, nothing is written


def test_the_watch_sees(tmp_path: Path) -> None:
    """Otherwise the tests below would hold nothing."""
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    script = (
        "import socket, subprocess, json.tool\nopen('made', 'w').close()\nsubprocess.run(['git', '--version'])\n"
        "try:\n    socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError:\n    pass"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "WATCHED": str(tmp_path / "log")}
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env, check=True, capture_output=True)
    events = [ast.literal_eval(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]

    assert ("write", "made") in events and ("start", ["git", "--version"]) in events
    assert any(event[0] == "socket.connect" for event in events)


def test_no_connection_is_opened(watched: Watched) -> None:
    assert [] == [event for event in watched.all_events() if event[0].startswith(("socket.", "urllib.", "http."))]


def test_git_is_the_only_program_that_is_started(watched: Watched) -> None:
    started = [event[1] for event in watched.all_events() if event[0] == "start"]

    assert started, "git is asked what it has"
    assert {"git"} == {Path(str(words[0])).stem for words in started if isinstance(words, list)}
    assert all(isinstance(words, list) for words in started)


def test_nothing_is_written_without_being_asked(watched: Watched) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in watched.folder.rglob("*") if path.is_file()}
    written = [str(event[1]) for event in watched.all_events() if event[0] == "write"]

    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in watched.folder.rglob("*") if path.is_file()}
    assert [] == [path for path in written if not path.startswith(str(watched.cache)) and path != os.devnull]


def test_no_code_of_a_deck_is_run(run: Run, watched: Watched) -> None:
    """Modules, settings and YAML tags that would say so, all over the course."""
    course = watched.folder
    proof = course.parent / "proof"
    python = f"open({str(proof)!r}, 'a').close()\n"
    for name in ("click", "yaml", "mistune", "sitecustomize", "usercustomize", "conftest", "decklint", "setup", "imagesize"):
        for folder in (course, course / "week2"):
            (folder / f"{name}.py").write_text(python, encoding="utf-8")
    script = f"require('fs').writeFileSync({json.dumps(str(proof))}, '')\n"
    for name in ("marp.config.js", "marp.config.mjs", ".marprc.js", "engine.js"):
        (course / name).write_text(script, encoding="utf-8")
    (course / ".marprc.yml").write_text("engine: ./engine.js\nhtml: true\n", encoding="utf-8")
    tag = f"!!python/object/apply:os.system ['touch {proof}']"
    (course / "tagged.md").write_text(f"---\nmarp: true\ntheme: {tag}\n---\n\n# T\n\n<!-- _class: {tag} -->\n", encoding="utf-8")
    (course / "script.md").write_text(
        f"---\nmarp: true\n---\n\n# T\n\n<script>{script}</script>\n\n$\\write18{{touch {proof}}}$\n", encoding="utf-8"
    )

    imported = [str(event[1]) for event in watched.all_events() if event[0] == "import"]

    assert imported and [] == [path for path in imported if path.startswith(str(course))]
    assert not proof.exists()

    (course / "terms.yaml").write_text(f"- {tag}\n", encoding="utf-8")
    (course / "decklint.toml").write_text('packs = ["terms.yaml"]\n', encoding="utf-8")
    refused = run("check", cwd=course)
    assert (2, False) == (refused.returncode, proof.exists()) and refused.stderr.startswith("terms.yaml:1: ")


def test_a_secret_is_in_no_report(run: Run, tmp_path: Path) -> None:
    secret = "sk-" + "91f3b6c07ad84e52" + "b3c9d2715f60ae84"
    text = f"---\nmarp: true\n---\n\n# {secret}\n\n我们用 Pytorch 和 {secret}。\n\n```python\nkey = '{secret}'\n```\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    reports = [run("check", "--select", "ALL", "--show-all", "--output-format", form, cwd=tmp_path).stdout for form in FORMATS]

    assert all("DL009" in report for report in reports)
    assert [] == [report for report in reports if secret[8:] in report]


# ---------------------------------------------------------------- the same everywhere


def test_the_same_deck_gives_the_same_report(run: Run, course: Path) -> None:
    environments: tuple[dict[str, str], ...] = (
        {},
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "COLUMNS": "40"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "COLUMNS": "200", "HOME": str(course.parent)},
        {"PYTHONHASHSEED": "3", "LC_ALL": "de_DE.UTF-8", "TERM": "dumb", "DECKLINT_CACHE_DIR": str(course.parent / "other")},
    )
    reports = [run("check", "--select", "ALL", "--show-all", cwd=course, **env).stdout for env in environments]
    forwards, backwards = (
        json.loads(run("check", "--output-format", "json", *names, cwd=course).stdout)
        for names in (("week1/language-models.md", "week2/vision.md"), ("week2/vision.md", "week1/language-models.md"))
    )

    assert 1 == len(set(reports)) and "error: " in reports[0]
    assert sorted(map(json.dumps, forwards)) == sorted(map(json.dumps, backwards))


def test_every_contradiction_names_its_source(run: Run) -> None:
    done = run("check", "--select", "FC001", "--output-format", "json", "fixtures/course")
    found = json.loads(done.stdout)

    assert found and all(each["sources"] and each["sources"][0]["url"].startswith("https://") for each in found)
