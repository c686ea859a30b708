"""The public interface for Python: what the documentation says, and the same as the command says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import decklint
from tests.conftest import ROOT, Run
from tests.test_imports import HEAVY

DECK = "---\nmarp: true\nlang: zh\n---\n\n# 工具\n\n我们使用Pytorch。\n\n![](img/a.png)\n"


def test_it_finds_what_the_command_finds(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    told = json.loads(run("check", "fixtures/course", "--output-format", "json").stdout)

    found = decklint.check_path("fixtures/course")

    assert len(found) == len(told) > 10
    for ours, theirs in zip(found, told, strict=True):
        names = [name for name in theirs if name not in ("sources", "fix")]
        assert {name: theirs[name] for name in names} == {name: getattr(ours, name) for name in names}
        assert tuple(source["url"] for source in theirs["sources"]) == ours.sources
        assert ((theirs["fix"] or {}).get("title", ""), (theirs["fix"] or {}).get("safety", "")) == (
            ours.fix_title,
            ours.fix_safety,
        )


def test_a_text_stands_where_it_says(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "a.png").write_bytes(b"")

    here = decklint.check_text(DECK, path=tmp_path / "deck.md", select=["IM001"])
    elsewhere = decklint.check_text(DECK, path=tmp_path / "b" / "deck.md", select="IM001")

    assert ([], ["IM001"]) == (here, [finding.code for finding in elsewhere])


def test_settings_count_unless_they_should_not(tmp_path: Path) -> None:
    (tmp_path / "decklint.toml").write_text('select = ["TM"]\n', encoding="utf-8")
    path = tmp_path / "deck.md"

    assert ["TM001"] == [finding.code for finding in decklint.check_text(DECK, path=path)]
    assert {"TM001", "IM001"} <= {finding.code for finding in decklint.check_text(DECK, path=path, settings=False)}
    assert [] == decklint.check_text(DECK, path=path, ignore=["name-misspelt"])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_fixed_text_keeps_its_line_endings(newline: str) -> None:
    text = DECK.replace("\n", newline)

    assert text.replace("Pytorch", "PyTorch") == decklint.fix_text(text, settings=False)


def test_unsafe_fixes_want_to_be_asked_for() -> None:
    text = DECK.replace("我们使用Pytorch", "* 甲\n* 乙\n- 丙")

    assert text == decklint.fix_text(text, select=["MP004"])
    assert text != decklint.fix_text(text, select=["MP004"], unsafe=True)


def test_messages_come_in_two_languages() -> None:
    (found,) = decklint.check_text(DECK, select=["TM001"], lang="zh")

    assert re.search("[一-龥]", found.message) and re.search("[一-龥]", found.fix_title)


def test_what_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "gbk.md").write_bytes(DECK.encode("gb18030"))

    found = decklint.check_path(tmp_path / "gbk.md") + decklint.check_path(tmp_path / "gone.md")

    assert ["file-unreadable"] * 2 == [finding.name for finding in found]
    assert "a\0b" == decklint.fix_text("a\0b")


def test_what_is_wrong_with_the_call_is_told(tmp_path: Path) -> None:
    (tmp_path / "decklint.toml").write_text("selct = []\n", encoding="utf-8")

    with pytest.raises(ValueError, match='unknown rule "imge-file-missing"; did you mean "image-file-missing"'):
        decklint.check_text(DECK, select=["imge-file-missing"])
    with pytest.raises(decklint.SettingsError, match='unknown key "selct"; did you mean "select"'):
        decklint.check_text(DECK, path=tmp_path / "deck.md")
    with pytest.raises(ValueError, match="surrogates"):
        decklint.check_text("\ud800")
    with pytest.raises(AttributeError, match="check_file"):
        decklint.check_file  # noqa: B018


def test_every_public_name_is_there_and_documented() -> None:
    document = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")

    assert [] == [name for name in decklint.__all__ if not hasattr(decklint, name)]
    assert [] == [name for name in decklint.__all__ if f"`{name}" not in document]
    assert [] == [name for name in decklint.ReportedFinding.__slots__ if f"`{name}`" not in document]


def test_importing_it_is_cheap() -> None:
    code = "import sys, decklint; print('decklint.api' in sys.modules); decklint.check_path; print(*sys.modules)"
    first, modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()

    assert "False" == first
    assert {"decklint.api"} <= set(modules.split())
    assert set() == set(modules.split()) & (HEAVY | {"click"}) - {"mistune", "yaml"}


def test_types_are_what_they_are_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "use.py").write_text(
        "from decklint import ReportedFinding, check_path, check_text, fix_text\n"
        "def use() -> list[ReportedFinding]:\n"
        "    fixed: str = fix_text('x', unsafe=True)\n"
        "    return check_path('a') + check_text(fixed, preset='strict')\n"
        "reveal_type(use()[0].slide)\n"
        "check_text('x', preset='strct')\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "use.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=None)

    assert 'Revealed type is "int"' in done.stdout or 'Revealed type is "builtins.int"' in done.stdout, done.stdout
    assert ["6"] == re.findall(r"use\.py:(\d+): error", done.stdout)


def test_the_examples_of_the_documentation_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block prints what the block after it shows."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "week1").mkdir()
    (tmp_path / "week1" / "lecture.md").write_text(DECK, encoding="utf-8")
    document = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", document, re.DOTALL)

    assert len(blocks) >= 2
    for code, shown in blocks:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=None)
        assert shown == done.stdout.decode(), done.stderr.decode()
