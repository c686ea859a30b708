"""The index of rules in docs/rules.md is what the rules say."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

from decklint.catalogue import load, rule_files
from decklint.testing import examples
from tests.conftest import ROOT


def pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pages", ROOT / "tools" / "pages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_index_is_what_the_rules_say(update: bool) -> None:
    module = pages()
    if update:
        module.INDEX.write_text(module.index(), encoding="utf-8")

    assert module.index() == module.INDEX.read_text(encoding="utf-8")


def test_what_has_a_fixed_example_has_a_fix_in_the_index() -> None:
    rows = dict(re.findall(r"(?m)^\| (\w+) \|.*?\|.*?\|.*?\| (.*?) \|", pages().index()))
    rows.pop("code")
    fixed = [file.code for file in rule_files() if any(example.kind == "fixed" for example in examples(load(file)))]

    assert fixed and [] == [code for code in fixed if not re.search("safe", rows[code])]
    assert {file.code for file in rule_files()} == set(rows)
