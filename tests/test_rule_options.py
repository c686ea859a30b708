"""Options of rules, words that are accepted, and a course's own packs: said in settings, refused with a place, obeyed."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from decklint.catalogue import load, rule_files
from decklint.config.schema import json_schema
from decklint.rule import Rule
from decklint.rule.options import says
from tests.conftest import Run
from tests.test_imports import modules

WITH_OPTIONS = [rule for rule in map(load, rule_files()) if rule.options is not None]
SPACED = "# 空格\n\n使用 GPT 模型，基于 BERT 编码器，训练 LLaMA 模型，称为 LoRA 微调，再用Tensor运算。\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def deck(folder: Path, name: str, text: str) -> Path:
    return write(folder, name, f"---\nmarp: true\nlang: zh-CN\n---\n\n{text}")


def said(run: Run, folder: Path, *words: str) -> list[str]:
    """Code and place of each finding of names, terms and typography."""
    done = run("check", "--output-format", "concise", "--no-cache", *words, cwd=folder)
    assert "Traceback" not in done.stderr and done.returncode != 2, done.stderr
    return [line.partition(": ")[0] + " " + line.split(" ")[1] for line in done.stdout.splitlines() if re.search(": T[MY]", line)]


# ---------------------------------------------------------------- what rules declare


@pytest.mark.parametrize("rule", WITH_OPTIONS, ids=lambda rule: rule.name)
def test_options_are_frozen_and_say_what_they_are_in_both_languages(rule: Rule) -> None:
    assert rule.options is not None
    fields = dataclasses.fields(rule.options)

    assert rule.options.__dataclass_params__.frozen and not hasattr(rule.options(), "__dict__")
    assert all(says(field).en.endswith(".") and re.search("[\u4e00-\u9fff].*。$", says(field).zh) for field in fields)


@pytest.mark.parametrize("rule", WITH_OPTIONS, ids=lambda rule: rule.name)
def test_defaults_are_shown_and_are_valid_settings(run: Run, tmp_path: Path, rule: Rule) -> None:
    shown = re.search(r"```toml\n(\[rules\..*?)```", run("rule", rule.code).stdout, re.DOTALL)
    assert shown is not None
    write(tmp_path, "decklint.toml", shown[1])

    assert 0 == run("config", "show", cwd=tmp_path).returncode


def test_the_schema_has_every_option_with_its_default() -> None:
    tables = json_schema()["properties"]["rules"]["properties"]

    assert {word for rule in WITH_OPTIONS for word in (rule.code, rule.name)} == set(tables)
    assert "consistent" == tables["cjk-latin-spacing"]["properties"]["style"]["default"]
    assert ["consistent", "spaced", "unspaced", "off"] == tables["TY006"]["properties"]["style"]["enum"]


# ---------------------------------------------------------------- what settings say


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("", ["a.md:8:43-8:45 TY006"]),
        ('rules.cjk-latin-spacing.style = "spaced"', ["a.md:8:43-8:45 TY006"]),
        ('rules.TY006.style = "off"', []),
    ],
)
def test_a_profile_decides(run: Run, tmp_path: Path, settings: str, found: list[str]) -> None:
    deck(tmp_path, "a.md", SPACED)
    write(tmp_path, "decklint.toml", settings)
    places = [re.sub(r":8:\d+", ":8:43-8:45", each) for each in said(run, tmp_path, "--select", "TY006")]

    assert set(found) == set(places)


def test_unspaced_finds_every_space_and_its_fix_removes_it(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path, "a.md", SPACED)
    write(tmp_path, "decklint.toml", 'rules.cjk-latin-spacing.style = "unspaced"')
    run("check", "--select", "TY006", "--fix", cwd=tmp_path)

    assert "使用GPT模型，基于BERT编码器，训练LLaMA模型，称为LoRA微调，再用Tensor运算。" in path.read_text(encoding="utf-8")


def test_strict_asks_for_the_right_form_whatever_the_deck_is_used_to(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "a.md", "# 习惯\n\n我们先看,再想,最后做。\n")

    assert [] == said(run, tmp_path, "--select", "TY001")
    assert 2 == len(said(run, tmp_path, "--select", "TY001", "--preset", "strict"))


def test_a_nearer_option_goes_before_a_farther_one(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "base.toml", 'rules.TY006.style = "spaced"\n[rules.TY001]\nmarks = [":"]\n')
    write(tmp_path, "decklint.toml", 'extends = "base.toml"\nrules.cjk-latin-spacing.style = "off"\n')
    deck(tmp_path, "a.md", SPACED + "\n优化目标:让误差变小，模型：网络。数据：样本。损失：误差。训练：调参。推理：使用。\n")

    assert ["a.md:10:5 TY001"] == said(run, tmp_path, "--select", "TY001,TY006")


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        (
            '[rules.cjk-latin-spacing]\nstyle = "spacd"',
            ':2: "style" is "consistent", "spaced", "unspaced" or "off", not "spacd"',
        ),
        ('[rules.TY006]\nstlye = "off"', ':2: "TY006" has no option "stlye"; did you mean "style"?'),
        ("[rules.TY006]\nstyle = true", ':2: "style" is "consistent", "spaced", "unspaced" or "off", not true'),
        ('[rules.TY001]\nmarks = ","', ':2: "marks" wants a list; write marks = [","]'),
        ('[rules.TY001]\nmarks = [\n",",\n"-"]', ':4: "marks" is ",", ";", "?", "!", ".", ":" or "()", not "-"'),
        ("[rules.TM001]\nx = 1", ':1: "TM001" has no options'),
        ("[rules.TY]\nx = 1", ':1: "TY" is more than one rule'),
        ('[rules.cjk-latin-spaces]\nstyle = "off"', ':1: unknown rule "cjk-latin-spaces"; did you mean "cjk-latin-spacing"?'),
        ("rules = 1", ':1: "rules" wants a table'),
        ("rules.TY006 = 1", ':1: "TY006" wants a table'),
        ('accept = "x"', ':1: "accept" wants a list; write accept = ["x"]'),
        ("packs = [1]", ':1: "packs" wants text in quotes, not 1'),
        ('a = 1\n[rules.TY006]\nstyle = "x"', ':3: "style" is'),
    ],
)
def test_a_wrong_option_is_told_with_its_line(run: Run, tmp_path: Path, settings: str, problem: str) -> None:
    deck(tmp_path, "a.md", SPACED)
    write(tmp_path, "decklint.toml", settings)
    done = run("check", cwd=tmp_path)

    assert (2, "") == (done.returncode, done.stdout)
    assert f"decklint.toml{problem}" in done.stderr


# ---------------------------------------------------------------- what is accepted


def test_what_is_accepted_is_right_and_the_rest_is_not(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "a.md", "# 工具\n\n我们使用Pytorch与Tensorflow。\n")
    write(tmp_path, "decklint.toml", 'accept = ["Pytorch"]')

    assert ["a.md:8:13 TM001"] == said(run, tmp_path)


def test_only_names_and_terms_are_accepted(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "a.md", "# 目标\n\n优化目标，模型，网络，数据，样本，损失，误差让误差变小,而且稳定。\n")
    write(tmp_path, "decklint.toml", 'accept = [","]')

    assert ["a.md:8:28 TY001"] == said(run, tmp_path)


# ---------------------------------------------------------------- own packs

TERMS = """\
- id: our-cluster
  kind: name
  right: BlueGrid
  wrong:
    - {text: Blue Grid, kind: spacing}
- id: pytorch
  kind: name
  right: Pytorch
  wrong:
    - {text: PyTorch, why: our own spelling}
"""
FACTS = """\
- id: our-model
  kind: model
  name: Blautopf-2
  aliases: [{text: Blautopf-2}]
  facts:
    - attribute: published
      value: 2021
      sources:
        - {title: Report, url: https://example.org/r, checked: {how: read, on: 2026-01-01}}
"""


def test_own_terms_add_to_the_shipped_ones_and_replace_them_by_id(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "a.md", "# 工具\n\n我们在Blue Grid上使用PyTorch与Tensorflow。\n")
    write(tmp_path, "packs/terms.yaml", TERMS)
    write(tmp_path, "decklint.toml", 'packs = ["packs"]')

    assert ["a.md:8:4 TM001", "a.md:8:16 TM001", "a.md:8:24 TM001"] == said(run, tmp_path)


def test_own_facts_are_held_against_a_deck(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "a.md", "# Models\n\nBlautopf-2 was published in 2019.\n")
    write(tmp_path, "facts.yaml", FACTS)
    write(tmp_path, "decklint.toml", 'packs = ["facts.yaml"]')

    done = run("check", "--output-format", "concise", cwd=tmp_path)

    assert 'a.md:8:29: FC001 the slide dates Blautopf-2 "2019"' in done.stdout


def test_each_deck_is_checked_by_its_own_packs(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        deck(tmp_path, f"{name}/x.md", "# 工具\n\n我们在Blue Grid上计算。Blautopf-2 was published in 2019.\n")
    write(tmp_path, "b/terms.yaml", TERMS)
    write(tmp_path, "b/facts.yaml", FACTS)
    write(tmp_path, "b/decklint.toml", 'packs = ["terms.yaml", "facts.yaml"]')
    done = run("check", "--output-format", "concise", "--select", "TM,FC", cwd=tmp_path)

    assert {"b/x.md"} == {line.partition(":")[0] for line in done.stdout.splitlines()}
    assert 2 == len(done.stdout.splitlines())


@pytest.mark.parametrize(
    ("pack", "problem"),
    [
        (None, 'decklint.toml:1: the pack "p.yaml" does not exist'),
        (
            "- id: a\n  kind: name\n  right: A\n  wrnog: []\n",
            'p.yaml:4: a, wrnog: the key "wrnog" is unknown; did you mean "wrong"?',
        ),
        ("- id: a\n  kind: nmae\n  right: A\n  wrong: [{text: B}]\n", "p.yaml:2: a, kind:"),
        ("- id: a\n  kind: name\n  right: A\n", "p.yaml:1: a: neither a wrong form nor an expansion"),
        ("- id: a\n right: [\n", "p.yaml:2: not YAML:"),
        ("right: A\n", "p.yaml:1: a pack is a list of entries"),
        (TERMS + TERMS.partition("- id: pytorch")[0], 'p.yaml:11: our-cluster, id: the id "our-cluster" is given twice'),
        (
            FACTS.replace("published", "pubished"),
            'p.yaml:6: our-model, pubished, attribute: there is no attribute "pubished"; did',
        ),
        (FACTS.replace("Blautopf-2}", "GPT-2}"), 'the name "GPT-2" is also a name of gpt-2'),
        (
            '- id: a\n  words: [x]\n  patterns: ["x("]\n  why: y\n  sources: []\n',
            "p.yaml:3: a, patterns, entry 1: not a regular expression",
        ),
    ],
)
def test_what_is_wrong_with_a_pack_is_told_with_its_line(run: Run, tmp_path: Path, pack: str | None, problem: str) -> None:
    deck(tmp_path, "a.md", SPACED)
    write(tmp_path, "decklint.toml", 'packs = ["p.yaml"]')
    if pack is not None:
        write(tmp_path, "p.yaml", pack)
    done = run("check", cwd=tmp_path)

    assert (2, "") == (done.returncode, done.stdout)
    assert problem in done.stderr and "Traceback" not in done.stderr


def test_a_pack_outside_the_project_is_not_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "course" / ".git").mkdir(parents=True)
    deck(tmp_path / "course", "a.md", SPACED)
    write(tmp_path, "p.yaml", TERMS)
    write(tmp_path / "course", "decklint.toml", 'packs = ["../p.yaml"]')

    assert 'the pack "../p.yaml" lies outside the project' in run("check", cwd=tmp_path / "course").stderr


def test_without_packs_nothing_of_them_is_imported(tmp_path: Path) -> None:
    deck(tmp_path, "a.md", SPACED)

    assert set() == modules("check", "--no-cache", "a.md", cwd=tmp_path) & {
        "decklint.config.packs",
        "decklint.packs.schema",
        "pydantic",
    }


def test_what_is_said_of_rules_and_words_is_shown_with_its_place(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "terms.yaml", TERMS)
    settings = 'accept = ["Pytorch"]\npacks = ["terms.yaml"]\n[rules.TY001]\nmarks = [",", "()"]\n'
    write(tmp_path, "decklint.toml", settings)
    shown = run("config", "show", cwd=tmp_path).stdout

    assert '  "Pytorch",  # decklint.toml:1\n' in shown and '  "terms.yaml",  # decklint.toml:2\n' in shown
    assert '[rules.half-width-punctuation]\nmarks = [",", "()"]  # decklint.toml:4\n' in shown
