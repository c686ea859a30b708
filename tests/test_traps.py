"""Traps: decks in which Marp silently loses something, what Marp makes of them before and after, and the rule that speaks.

A folder under fixtures/traps holds `bad.md`, `fixed.md`, `marp.json` (what the pinned Marp makes of both: `npm run golden` in
tools/marp) and `trap.toml`: the rule, what is lost, and probes into marp.json that show the loss and the cure. A probe's path has
keys and indices; `#` is a length. With `holds`, what is looked at is whether the text found there has that part.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from decklint.catalogue import find, load
from decklint.engine import check_deck
from decklint.findings import Finding
from decklint.parse import parse
from decklint.rule import Rule
from decklint.testing import apply_fixes
from decklint.text import Source
from tests.conftest import ROOT
from tests.test_marp import as_golden, normalised

TRAPS = sorted((ROOT / "fixtures" / "traps").iterdir())


def trap_of(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "trap.toml").read_text(encoding="utf-8"))


def rule_of(folder: Path) -> Rule:
    file = find(trap_of(folder)["rule"])
    assert file is not None
    return load(file)


def text_of(path: Path) -> str:
    return Source.decode(path.read_bytes()).text


def findings_in(folder: Path, text: str) -> list[Finding]:
    return check_deck(parse(Source(text, (folder / "bad.md").as_posix())), [rule_of(folder)])


def look(golden: Any, path: str) -> Any:
    for part in path.split("."):
        golden = len(golden) if part == "#" else golden[int(part)] if isinstance(golden, list) else golden.get(part)
    return golden


@pytest.mark.parametrize("folder", TRAPS, ids=lambda folder: folder.name)
def test_marp_loses_something_and_the_cure_brings_it_back(folder: Path) -> None:
    marp = json.loads((folder / "marp.json").read_text(encoding="utf-8"))
    probes = trap_of(folder)["probe"]

    for probe in probes:
        for state in ("bad", "fixed"):
            seen = look(marp[state], probe["at"])
            assert probe[state] == (probe["holds"] in seen if "holds" in probe else seen)
        assert probe["bad"] != probe["fixed"]


@pytest.mark.parametrize("folder", TRAPS, ids=lambda folder: folder.name)
def test_the_rule_speaks_and_its_fix_is_the_cure(folder: Path) -> None:
    bad, fixed = text_of(folder / "bad.md"), text_of(folder / "fixed.md")
    found = findings_in(folder, bad)

    assert found
    assert [] == findings_in(folder, fixed)
    if any(finding.fix and finding.fix.edits for finding in found):
        done = apply_fixes(rule_of(folder), bad, folder / "bad.md")
        assert (fixed, []) == (done.text, done.refused)


@pytest.mark.parametrize("name", ["bad", "fixed"])
@pytest.mark.parametrize("folder", TRAPS, ids=lambda folder: folder.name)
def test_our_tree_is_what_marp_says(folder: Path, name: str) -> None:
    marp = json.loads((folder / "marp.json").read_text(encoding="utf-8"))[name]
    if "error" in marp:
        return  # Marp made nothing
    expected = normalised({key: marp[key] for key in ("front_matter_lines", "slides")})

    assert expected == as_golden(parse(Source.decode((folder / f"{name}.md").read_bytes())))
