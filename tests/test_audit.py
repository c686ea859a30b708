"""The tool that draws facts to be looked up again."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

TOOL = ROOT / "tools" / "audit.py"


def drawn(*words: str) -> list[str]:
    command = [sys.executable, str(TOOL), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout.splitlines()


def test_a_seed_draws_the_same_facts_every_time() -> None:
    assert drawn("--seed", "7", "--count", "5") == drawn("--seed", "7", "--count", "5")
    assert drawn("--seed", "7", "--count", "5") != drawn("--seed", "8", "--count", "5")


def test_a_smaller_draw_is_part_of_a_larger_one() -> None:
    rows = [set(drawn("--seed", "7", "--count", count, "--table")) for count in ("3", "9")]

    assert (5, 11) == (len(rows[0]), len(rows[1]))
    assert rows[0] < rows[1]


def test_every_line_names_a_fact_or_its_evidence() -> None:
    told = ("  note: ", "  read; ", "  mirror; ", "  two-secondary; ")

    assert [] == [
        line for line in drawn("--seed", "7", "--count", "20") if not line[:3].strip().isdigit() and not line.startswith(told)
    ]
