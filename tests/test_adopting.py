"""The walk of docs/adopting.md, taken: every command of it in a small course with a real git, and what it shows compared."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.conftest import ROOT
from tests.repository import AUTHOR, QUIET, Repository

DOCUMENT = ROOT / "docs" / "adopting.md"
_BLOCK = re.compile(r"((?:<!-- .*? -->\n)*)```(sh|md|yaml)\n(.*?)```\n(\n```text\n(.*?)```\n)?", re.DOTALL)
_VARIES = re.compile(r"^(\[INFO\]|- duration:).*\n", re.MULTILINE)
"""What pre-commit says of its own doing, and how long it took."""

HEAD = "---\nmarp: true\nlang: en\n---\n\n"
COURSE = {
    "week1/transformers.md": "# Transformers\n\nAll examples use Pytorch.\n\n---\n\n# Attention\n\n"
    "![Attention weights](img/attention.png)\n\n---\n\n# Alignment\n\nModels are tuned by RHLF.\n",
    "week2/vision.md": "# Vision\n\nAll examples use Tensorflow.\n\n---\n\n# Convolution\n\n"
    "The convolution slides over the picture.\n\n![A kernel at work](img/kernel.png)\n",
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the walk is written for a POSIX shell")


class Step(NamedTuple):
    """A block of the document: what it is for, its content, and what is shown after it (None: nothing)."""

    notes: tuple[str, ...]
    kind: str
    content: str
    shown: str | None


def steps() -> Iterator[Step]:
    for match in _BLOCK.finditer(DOCUMENT.read_text(encoding="utf-8")):
        yield Step(tuple(re.findall(r"<!-- (.*?) -->", match[1])), match[2], match[3], match[5] if match[4] else None)


class Lecturer:
    """Does what the document says."""

    def __init__(self, folder: Path) -> None:
        self.origin = hook(folder / "decklint")
        Repository(folder / "server").git("config", "receive.denyCurrentBranch", "ignore")
        Repository(folder / "server").commit("Begin")
        Repository(folder / "home").git("clone", "-q", str(folder / "server"), str(folder / "course"))
        self.course = folder / "course"
        for name, text in COURSE.items():
            (self.course / name).parent.mkdir(parents=True)
            (self.course / name).write_text(HEAD + text, encoding="utf-8")
        for words in (("add", "-A"), ("commit", "-q", "-m", "Three years of slides"), ("push", "-q")):
            self.shell(f"git {' '.join(word if ' ' not in word else repr(word) for word in words)}")

    def shell(self, script: str) -> tuple[int, str]:
        """Exit code and output of a script, as a terminal shows it."""
        settings = {f"url.{self.origin.as_uri()}.insteadOf": "https://github.com/decklint/decklint", **AUTHORS}
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))},
            **QUIET,
            "GIT_CONFIG_COUNT": str(len(settings)),
            **{f"GIT_CONFIG_KEY_{at}": name for at, name in enumerate(settings)},
            **{f"GIT_CONFIG_VALUE_{at}": value for at, value in enumerate(settings.values())},
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(self.course.parent / "hooks"),
            "PRE_COMMIT_COLOR": "never",
            "GITHUB_BASE_REF": "main",
            "LC_ALL": "C.UTF-8",
        }
        env.pop("GITHUB_STEP_SUMMARY", None)
        command = ["sh", "-c", script]
        done = subprocess.run(command, cwd=self.course, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout.decode()

    def follow(self, step: Step) -> str:
        """What a step shows; its exit code is the one that is said."""
        for note in step.notes:
            self.edit(note, step.content)
        if step.kind == "yaml":
            for job in yaml.safe_load(step.content).get("jobs", {}).values():
                for command in [each["run"] for each in job["steps"] if "run" in each]:
                    self.run(command, 0)
        code = next((int(note.split()[1]) for note in step.notes if note.startswith("exit ")), 0)
        return self.run(step.content, code) if step.kind == "sh" else ""

    def run(self, command: str, expected: int) -> str:
        install = f"pip install -q --dry-run --no-deps --no-build-isolation '{ROOT}'"
        code, out = self.shell(command.replace("pip install decklint", install))
        assert expected == code, f"{command}\n{out}"
        return out

    def edit(self, note: str, content: str) -> None:
        """Do what a note tells to do with a file."""
        if match := re.fullmatch(r"append (\S+)", note):
            self.change(match[1], lambda text: text + content)
        elif match := re.fullmatch(r"file (\S+)", note):
            (self.course / match[1]).parent.mkdir(parents=True, exist_ok=True)
            (self.course / match[1]).write_text(content, encoding="utf-8")
        elif match := re.fullmatch(r"remove (.+) from (\S+)", note):
            self.change(match[2], lambda text: text.replace(match[1], ""))
        elif match := re.fullmatch(r'replace "?(.+?)"? by "?(.+?)"? in (\S+)', note):
            self.change(match[3], lambda text: text.replace(match[1], match[2]))
        else:
            assert note == "install" or note.startswith("exit "), f"nobody does this: {note}"

    def change(self, name: str, made: object) -> None:
        path = self.course / name
        before = path.read_text(encoding="utf-8")
        after = made(before)  # type: ignore[operator]
        assert before != after
        path.write_text(after, encoding="utf-8")


AUTHORS = dict(word.split("=", 1) for word in AUTHOR if "=" in word)


def hook(folder: Path) -> Path:
    """This checkout as the repository that the document names, uncommitted changes included, with its tag."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    made = Repository(folder)
    for name in names:
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    made.commit("Release")
    made.git("tag", "v0.1.0")
    return folder


def test_the_tool_adopts_a_course() -> None:
    """`tools/adopt.py` exits with 0 only where the new error alone is told, also after a slide was inserted at the top."""
    command = [sys.executable, str(ROOT / "tools" / "adopt.py"), str(ROOT / "fixtures" / "course")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "| IM001 | IM001 | IM001 |" in done.stdout


def test_the_walk_is_what_happens(tmp_path: Path, update: bool) -> None:
    lecturer = Lecturer(tmp_path)
    text = DOCUMENT.read_text(encoding="utf-8")
    walked = list(steps())
    shown = [_VARIES.sub("", lecturer.follow(step)) for step in walked]
    if update:
        real = iter(shown)

        def rewritten(match: re.Match[str]) -> str:
            out = next(real)
            return match[0] if not match[4] else f"{match[1]}```{match[2]}\n{match[3]}```\n\n```text\n{out}```\n"

        DOCUMENT.write_text(_BLOCK.sub(rewritten, text), encoding="utf-8")

    for step, out in zip(walked, shown, strict=True):
        if step.shown is not None:
            assert step.shown == out, step.content
        else:
            assert step.kind != "sh" or "" == out.strip(), f"{step.content}shows what the document does not:\n{out}"
    assert 12 <= sum(step.kind == "sh" for step in walked)
