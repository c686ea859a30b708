"""Shared by all tests: where things lie, the installed command, and one flag that rewrites what is generated."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite generated files instead of comparing them")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is read from or left in the cache of whoever runs the tests; processes of one run share a cache of their own.

    A shell lets what it starts in the background ignore Ctrl-C, and so would the commands under test.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        folder = tempfile.TemporaryDirectory(prefix="decklint-tests-", ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        os.environ["DECKLINT_CACHE_DIR"] = folder.name


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the installed `decklint` as a user would: a process of its own, UTF-8 pipes, an English system."""

    def call(*words: str, cwd: Path | None = None, stdin: bytes | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        command = Path(sys.executable).with_name("decklint.exe" if sys.platform == "win32" else "decklint")
        done = subprocess.run(
            [str(command), *words],
            cwd=cwd or ROOT,
            input=stdin,
            capture_output=True,
            env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8", **env},
            check=False,
        )
        encoding = env.get("PYTHONIOENCODING", "utf-8")
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return call


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The corpus of real decks, which is not part of the project."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real decks is not beside this checkout")
    return CORPUS
