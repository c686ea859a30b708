"""Every rule: its documentation runs, its names agree, its messages are complete in both languages."""

from __future__ import annotations

import re
import string

import pytest

from decklint.catalogue import RuleFile, load, rule_files
from decklint.findings import Template
from decklint.rule import Rule
from decklint.testing import Example, examples, problems

FILES = rule_files()
RULES = [load(file) for file in FILES]
WITHOUT_EXAMPLES = {"DL001", "DL002", "DL003", "DL004", "IM010"}  # not one deck alone makes them speak: their files say why

CASES = [
    pytest.param(rule, example, id=f"{rule.name}:{example.line}-{example.kind}") for rule in RULES for example in examples(rule)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_an_example_in_the_documentation_holds(rule: Rule, example: Example) -> None:
    assert problems(rule, example) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_shows_what_is_bad_and_what_is_good(rule: Rule) -> None:
    kinds = {example.kind for example in examples(rule)}

    assert kinds >= {"bad", "good"} or rule.code in WITHOUT_EXAMPLES
    assert all(example.places for example in examples(rule) if example.kind == "bad")


@pytest.mark.parametrize(("file", "rule"), list(zip(FILES, RULES, strict=True)), ids=[file.name for file in FILES])
def test_a_rule_is_called_as_its_file(file: RuleFile, rule: Rule) -> None:
    assert (file.code, file.name) == (rule.code, rule.name)


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_summaries_are_sentences_in_both_languages(rule: Rule) -> None:
    assert rule.summary.en.endswith(".") and len(rule.summary.en) < 100
    assert rule.summary.zh.endswith("。") and re.search(r"[\u4e00-\u9fff]", rule.summary.zh)


def templates() -> list[tuple[str, Template]]:
    import sys

    found = []
    for name, module in sorted(sys.modules.items()):
        if name.startswith(("decklint.checks.", "decklint.report.")):
            for value in vars(module).values():
                parts = value.values() if isinstance(value, dict) else [value]
                found += [(name, part) for part in parts if isinstance(part, Template)]
    return found


@pytest.mark.parametrize(("module", "template"), templates())
def test_a_message_says_the_same_in_both_languages(module: str, template: Template) -> None:
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in template]
    fields[1] = {name.removesuffix("_zh") for name in fields[1]}

    assert fields[0] == fields[1] or fields[1] <= fields[0]
    assert re.search(r"[\u4e00-\u9fff]", template.zh)
    assert not template.en.endswith(".") or "`" in template.en
