"""Decks of one course are compared; a deck alone gives what it always gave."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from decklint.config.discovery import Configuration
from decklint.decks import find_decks
from decklint.project import Checker
from tests.conftest import Run

SPACED = "使用 GPT 模型，基于 BERT 编码器，训练 LLaMA 模型，称为 LoRA 微调，再用 CUDA 运算。"


def course(folder: Path, **decks: str) -> Path:
    (folder / ".git").mkdir(parents=True)
    for name, text in decks.items():
        (folder / f"{name}.md").write_text(f"---\nmarp: true\nlang: zh-CN\n---\n\n# 标题\n\n{text}\n", encoding="utf-8")
    return folder


def compared(folder: Path, *rules: str) -> list[str]:
    """What comparing adds: deck, line, message, advice."""
    checker = Checker(rules, together=True)
    results = [checker.check_file(path) for path in find_decks([str(folder)])]
    before = {id(finding) for result in results for finding in result.findings}
    checker.compare(results)
    said = []
    for result in results:
        assert result.deck is not None
        for finding in result.findings:
            if id(finding) not in before:
                line = result.deck.source.line(finding.span.start)
                advice = finding.fix.title.text() if finding.fix else ""
                message = finding.message.text().replace(f"{folder.as_posix()}/", "")
                said.append(f"{Path(result.path).stem}:{line} {message} [{advice}]")
    return said


def test_a_term_is_told_with_the_places_of_the_other_wording(tmp_path: Path) -> None:
    folder = course(tmp_path, a="判别器打分。", b="判别器再打分，还是判别器，又是判别器，仍是判别器。", c="鉴别器打分。")

    assert ['c:8 "鉴别器" and "判别器" (a.md:8, b.md:8) are one term [write "判别器"]'] == compared(folder, "TM007")


def test_a_name_is_written_as_the_rule_book_has_it(tmp_path: Path) -> None:
    folder = course(tmp_path, a="Open AI 与 Open AI。", b="又是 Open AI。", c="OpenAI 来了。")

    assert [
        'a:8 "Open AI" is written "OpenAI" in c.md:8 [write "OpenAI"]',
        'a:8 "Open AI" is written "OpenAI" in c.md:8 [write "OpenAI"]',
        'b:8 "Open AI" is written "OpenAI" in c.md:8 [write "OpenAI"]',
    ] == compared(folder, "TM008")


def test_without_a_majority_there_is_advice_only(tmp_path: Path) -> None:
    folder = course(tmp_path, a="QuuxLab 来了。", b="Quuxlab 来了。")

    assert ['b:8 "Quuxlab" is written "QuuxLab" in a.md:8 [keep to one spelling]'] == compared(folder, "TM008")


@pytest.mark.parametrize(
    ("decks", "said"),
    [
        ({"a": "霍夫曼斯（Karl Hoffmans）提出。", "b": "霍弗曼斯（Hoffmans）反对。"}, "b:8"),
        ({"a": "卡尔·霍夫曼斯提出。卡尔·霍夫曼斯又说。", "b": "卡尔·霍弗曼斯反对。"}, "b:8"),
        ({"a": "Frank Rosenblatt built it.", "b": "Franck Rosenblatt wrote."}, "b:8"),
    ],
)
def test_a_person_has_one_name_in_a_course(tmp_path: Path, decks: dict[str, str], said: str) -> None:
    found = compared(course(tmp_path, **decks), "TM009")

    assert found and all(each.startswith(said) for each in found)


@pytest.mark.parametrize(
    ("rule", "decks"),
    [
        ("TM007", {"a": "判别器打分。", "b": "判别器（又称鉴别器）打分。", "c": "鉴别器打分。"}),  # the course introduces both
        ("TM007", {"a": "判别器打分。", "b": "他说“鉴别器占优”。"}),  # others chose the words
        ("TM008", {"a": "LLaMA 是第一代。", "b": "Llama 是新名称。"}),  # two names
        ("TM008", {"a": "QuuxLab 来了。", "b": "`Quuxlab` 是变量。"}),  # code
        ("TM009", {"a": "Peter Maierson", "b": "Petra Maierson"}),  # two people
        ("TM009", {"a": "温特（Winter）", "b": "文特（Vent）"}),  # two people
    ],
)
def test_decks_may_differ(tmp_path: Path, rule: str, decks: dict[str, str]) -> None:
    assert [] == compared(course(tmp_path, **decks), rule)


def test_a_deck_with_few_places_goes_with_the_spacing_of_its_course(tmp_path: Path) -> None:
    folder = course(tmp_path, a=SPACED, b="再用Tensor运算。")

    assert [
        'b:8 no space in "用T"; the decks of the course write one (a.md) [insert a space]',
        'b:8 no space in "r运"; the decks of the course write one (a.md) [insert a space]',
    ] == compared(folder, "TY006")


def test_a_deck_with_a_habit_of_its_own_keeps_it(tmp_path: Path) -> None:
    folder = course(tmp_path, a=SPACED * 3, b=SPACED.replace(" ", ""))

    assert [] == compared(folder, "TY006")


def test_what_a_deck_mixes_itself_is_told_once(tmp_path: Path) -> None:
    folder = course(tmp_path, a="判别器打分。", b="判别器打分。\n\n第二段。\n\n鉴别器打分。")

    assert [] == compared(folder, "TM007")


def test_decks_of_two_projects_are_not_compared(tmp_path: Path) -> None:
    course(tmp_path / "one", a="判别器打分。")
    course(tmp_path / "two", b="鉴别器打分。")

    assert [] == compared(tmp_path, "TM007")


def test_a_deck_may_ask_for_quiet_and_is_not_told_that_it_was_of_no_use(tmp_path: Path) -> None:
    folder = course(tmp_path, a="判别器打分。判别器。", b="<!-- lint ignore TM007 -->\n\n鉴别器打分。")
    checker = Checker(["TM007", "DL005"], together=True)
    results = [checker.check_file(path) for path in find_decks([str(folder)])]
    checker.compare(results)

    assert [] == [finding for result in results for finding in result.findings]


def test_settings_of_a_deck_hold_for_what_comparing_finds(tmp_path: Path) -> None:
    folder = course(tmp_path, a="判别器打分。判别器。", b="鉴别器打分。", c="鉴别器打分。")
    (folder / "decklint.toml").write_text('accept = ["鉴别器"]\n[per-file-ignores]\n"b.md" = ["TM007"]\n', encoding="utf-8")
    checker = Checker(configuration=Configuration({"select": ("TM007",)}), together=True)
    results = [checker.check_file(path) for path in find_decks([str(folder)])]
    checker.compare(results)

    assert [] == [finding for result in results for finding in result.findings]


def test_notes_are_plain_enough_for_another_process(tmp_path: Path) -> None:
    folder = course(tmp_path, a=f"判别器。QuuxLab。霍夫曼斯（Karl Hoffmans）。Frank Rosenblatt。再用Tensor运算。{SPACED}")
    checker = Checker(["TM", "TY006"], together=True)
    notes = checker.check_file(folder / "a.md").notes

    assert {"TM007", "TM008", "TM009", "TY006"} == set(notes)
    assert notes == pickle.loads(pickle.dumps(notes))
    assert len(pickle.dumps(notes)) < 3000


def test_a_deck_that_is_checked_alone_notes_nothing(tmp_path: Path) -> None:
    folder = course(tmp_path, a="判别器打分。")

    assert {} == Checker(["TM007"]).check_file(folder / "a.md").notes


def test_the_order_of_decks_does_not_matter_for_what_is_said(tmp_path: Path) -> None:
    folder = course(tmp_path, a="判别器。判别器。", b="鉴别器。", c="OpenAI。", d="Open AI。")
    said = []
    for paths in (find_decks([str(folder)]), find_decks([str(folder)])[::-1]):
        checker = Checker(["TM007", "TM008"], together=True)
        results = [checker.check_file(path) for path in paths]
        checker.compare(results)
        said.append({(result.path, finding.message.text()) for result in results for finding in result.findings})

    assert said[0] == said[1] and len(said[0]) == 2


def test_a_folder_is_compared_and_a_file_is_not(run: Run, tmp_path: Path) -> None:
    course(tmp_path, a="判别器打分。判别器。", b="鉴别器打分。")
    select = ("--select", "TM007", "--output-format", "concise")

    assert 'b.md:8:1: TM007 "鉴别器" and "判别器" (a.md:8) are one term' in run("check", *select, cwd=tmp_path).stdout
    assert "" == run("check", *select, "b.md", cwd=tmp_path).stdout


def test_what_comparing_finds_is_in_the_baseline(run: Run, tmp_path: Path) -> None:
    course(tmp_path, a="判别器打分。判别器。", b="鉴别器打分。")
    run("baseline", "--select", "TM007", cwd=tmp_path)

    assert "" == run("check", "--select", "TM007", "--output-format", "concise", cwd=tmp_path).stdout
