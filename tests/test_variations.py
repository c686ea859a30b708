"""tools/variations.py: no true value is denied in another form or place, and what is told of a false one can be mended."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def told() -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "variations.py")]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def share(told: subprocess.CompletedProcess[str], what: str, how: str) -> float:
    """Per cent of the variations of a kind of which that is said."""
    line = next(line for line in told.stdout.splitlines() if line.startswith(f"{what}: "))
    found = re.search(rf"{how} \d+ \(([\d.]+)%\)", line)
    return float(found[1]) if found else 0.0


def test_nothing_true_is_denied_and_no_fix_is_wrong(told: subprocess.CompletedProcess[str]) -> None:
    assert (0, []) == (
        told.returncode,
        [line for line in told.stdout.splitlines() if not re.match(r"(?:true|placed|false) \w+: ", line)],
    )


@pytest.mark.parametrize("kind", ["date", "quantity"])
def test_a_value_in_another_form_is_still_found(told: subprocess.CompletedProcess[str], kind: str) -> None:
    assert share(told, f"true {kind}", "confirmed") > 99


@pytest.mark.parametrize("kind", ["date", "quantity"])
def test_a_false_value_is_told_with_a_right_fix(told: subprocess.CompletedProcess[str], kind: str) -> None:
    assert share(told, f"false {kind}", "told, right fix") > 99
