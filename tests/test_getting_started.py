"""The walk of docs/getting-started.md and its translation, taken: each command in a copy of the course, its output compared."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

DOCUMENTS = ("docs/getting-started.md", "docs/getting-started.zh-CN.md")
_STEP = re.compile(r"<!-- run(.*?) -->\n```sh\n(.*?)```\n\n```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def followed(run: Run, text: str, course: Path) -> str:
    """The document with what its commands print."""

    def real(match: re.Match[str]) -> str:
        notes = dict(note.split() for note in match[1].split("; ") if note.strip())
        out = ""
        for line in match[2].splitlines():
            program, *words = shlex.split(line)
            assert "decklint" == program
            done = run(*words, cwd=course)
            assert int(notes.get("exit", 0)) == done.returncode, done.stderr
            out += done.stdout.rstrip("\n") + "\n" if done.stdout.strip() else ""
            out = "".join(out.splitlines(keepends=True)[: int(notes.get("head", 1000))]) + done.stderr
        return match[0][: match.start(3) - match.start()] + out + "```"

    return _STEP.sub(real, text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_prints_what_is_shown(run: Run, tmp_path: Path, update: bool, name: str) -> None:
    shutil.copytree(ROOT / "fixtures" / "course", tmp_path / "course")
    (tmp_path / "course" / ".git").mkdir()
    path = ROOT / name
    text = path.read_text(encoding="utf-8")

    expected = followed(run, text, tmp_path / "course")
    if update:
        path.write_text(expected, encoding="utf-8")

    assert 6 == len(_STEP.findall(text))
    assert expected == path.read_text(encoding="utf-8")


def test_both_languages_have_the_same_steps() -> None:
    """A step that one of them forgets is found here; languages aside, the commands are the same."""
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)

    def commands(text: str) -> list[str]:
        blocks = re.findall(r"```(?:sh|md)\n(.*?)```", text, re.DOTALL)
        return [line.replace(" --lang zh", "") for block in blocks for line in block.splitlines()]

    assert commands(english) == commands(chinese)
    assert len(re.findall("(?m)^## ", english)) == len(re.findall("(?m)^## ", chinese))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    text = re.sub("(?ms)^```.*?^```$", "", path.read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)

    assert links and [] == [link for link in links if not (path.parent / link).exists()]
