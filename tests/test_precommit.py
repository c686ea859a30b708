"""Real pre-commit in a real git repository, with the hook installed from this checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

ERRORS = "---\nmarp: true\n---\n\n# 对齐\n\n基于人类反馈的强化学习（RHLF）。\n"
WARNINGS = "---\nmarp: true\n---\n\n# 工具\n\n我们使用Pytorch。\n"
CLEAN = "---\nmarp: true\n---\n\n# 工具\n\n我们使用PyTorch。\n"


class Repository:
    """A course repository in which commits run the hook."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.env = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))},
            "PRE_COMMIT_HOME": str(home),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "PYTHONIOENCODING": "utf-8",
        }

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command, cwd=self.folder, env=self.env, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def commit(self, **files: str) -> subprocess.CompletedProcess[str]:
        self.run("git", "reset", "-q", "--hard")
        for name, text in files.items():
            (self.folder / name.replace("__", "/")).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{name.replace('__', '/')}.md").write_text(text, encoding="utf-8")
        self.run("git", "add", "-A")
        return self.run("git", "commit", "-m", "change", check=False)


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as a repository of its own, uncommitted changes included."""
    folder = tmp_path_factory.mktemp("hook") / "decklint"
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    for name in filter(None, names.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "x"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def repository(hook: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("course")
    made = Repository(folder, tmp_path_factory.mktemp("home"))
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=hook, capture_output=True, text=True, check=True).stdout.strip()
    made.run("git", "init", "-q")
    made.run("git", "config", "user.name", "t")
    made.run("git", "config", "user.email", "t@example.com")
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hook.as_posix()}\n  rev: {revision}\n  hooks:\n  - id: decklint\n"
        "  - id: decklint-fix\n    stages: [manual]\n",
        encoding="utf-8",
    )
    made.run("git", "add", "-A")
    made.run("git", "commit", "-q", "-m", "begin")
    made.run("pre-commit", "install")
    done = made.run("pre-commit", "install-hooks", check=False)
    if done.returncode and "Could not find a version" in done.stdout + done.stderr:
        pytest.skip("the package index cannot be reached")
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def test_a_commit_without_decks_passes(repository: Repository) -> None:
    done = repository.commit(README="# Course\n\nPytorch\n", CHANGELOG="- Huggingface\n")

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "TM001" not in done.stdout + done.stderr


def test_a_commit_with_errors_is_stopped(repository: Repository) -> None:
    done = repository.commit(week1__lecture=ERRORS)

    assert 0 != done.returncode
    assert '"RHLF" should be "RLHF"' in done.stdout + done.stderr


def test_a_commit_with_warnings_passes_and_shows_them(repository: Repository) -> None:
    done = repository.commit(**{"第二周__讲义": WARNINGS})

    assert 0 == done.returncode, done.stdout + done.stderr
    assert '"Pytorch" is written "PyTorch"' in done.stdout + done.stderr


def test_a_clean_commit_passes(repository: Repository) -> None:
    assert 0 == repository.commit(**{"week 3__my deck": CLEAN}).returncode


def test_the_second_hook_applies_safe_fixes(repository: Repository) -> None:
    repository.commit(fix=WARNINGS)
    done = repository.run("pre-commit", "run", "--hook-stage", "manual", "decklint-fix", "--all-files", check=False)

    assert CLEAN == (repository.folder / "fix.md").read_text(encoding="utf-8")
    assert "files were modified by this hook" in done.stdout
