"""A wheel that is installed elsewhere finds its packs, compiled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked, as an installation has it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("decklint-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel)], check=True)
    return folder


def decklint(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1));"
        "import decklint; assert 'wheel' in decklint.__file__, decklint.__file__;"
        "from decklint.cli import main; main()"
    )
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "DECKLINT_CACHE_DIR": str(site / "cache")}
    return subprocess.run(
        [sys.executable, "-P", "-c", code, str(site / "site"), *words],
        cwd=site,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_it_checks_a_deck_elsewhere(site: Path) -> None:
    (site / "deck.md").write_text("---\nmarp: true\n---\n\n# GPT-2\n\nGPT-2 was released in 2015. Pytorch.\n", encoding="utf-8")

    done = decklint(site, "check", "deck.md", "--output-format", "json")

    assert ["FC001", "TM001"] == [finding["code"] for finding in json.loads(done.stdout)], done.stderr


def test_its_packs_are_compiled_and_not_again(site: Path) -> None:
    assert (site / "site" / "decklint" / "_rules" / "compiled.json").is_file()
    assert [] == list((site / "cache").glob("rules-*"))


def test_the_wheel_holds_the_product_and_nothing_else(site: Path) -> None:
    (wheel,) = site.glob("decklint-*.whl")
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0].split("-")[0] for name in names} == {"decklint"}
    assert "decklint/_rules/attributes.yaml" in names and "decklint/py.typed" in names
    assert not [name for name in names if "test" in name.split("/")[:-1] or name.endswith(".pyc")]
