"""Starting is cheap: what a run does not need is not imported. What import contracts cannot see (imports inside functions)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from decklint.packs.load import load
from tests.conftest import ROOT

SCRIPT = """
import sys
from decklint.cli import main
try:
    main({words!r}, prog_name="decklint")
except SystemExit:
    pass
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
"""


def modules(*words: str, cwd: Path = ROOT) -> set[str]:
    """The modules that a run of the command imports."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(words=list(words))], cwd=cwd, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


HEAVY = {"mistune", "pydantic", "pydantic_core", "yaml", "jieba", "langdetect", "tinycss2"}


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("check", "--help")])
def test_help_and_version_import_no_machinery(words: tuple[str, ...]) -> None:
    assert set() == modules(*words) & HEAVY


def test_a_check_without_settings_imports_no_pydantic_and_no_segmenter() -> None:
    load()  # a checkout compiles its packs when they change; a wheel never does

    loaded = modules("check", "--no-cache", "fixtures/course/week1/language-models.md", "--lang", "zh")

    assert {"mistune", "decklint.facts.claims"} <= loaded
    assert set() == loaded & {
        "pydantic",
        "pydantic_core",
        "jieba",
        "langdetect",
        "decklint.packs.schema",
        "decklint.packs.compile",
    }


def test_rules_that_are_not_selected_are_not_imported() -> None:
    loaded = {
        name
        for name in modules("check", "--no-cache", "fixtures/course/week2/clean.md", "--select", "IM")
        if name.startswith("decklint.checks.")
    }

    assert {"decklint.checks.im.im001_image_file_missing", "decklint.checks.im.im002_image_keyword_unknown"} <= loaded
    assert set() == {name for name in loaded if name.count(".") == 3} - {
        name for name in loaded if ".im." in name or ".dl." in name
    }


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import decklint; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "['decklint']" == done.stdout.strip()
