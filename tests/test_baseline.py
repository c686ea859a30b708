"""A baseline: what a project has agreed to live with is not reported, and what comes later is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from decklint.baseline import Mark, Marks, matched
from tests.conftest import Run
from tests.repository import HEAD, Repository, deck
from tests.test_formats import results_of

FILE = ".decklint-baseline.json"
OLD = ["# 工具\n\n我们使用Pytorch。\n\n![](img/a.png)", "# 对齐\n\n人类反馈（RHLF）。", "**小结**\n\n我们使用Pytorch。"]
NEW = "# 新的\n\n我们使用Tensorflow。\n\n![损失曲线](img/missing.png)"


@pytest.fixture
def course(run: Run, tmp_path: Path) -> Repository:
    """Two decks with findings, all of them in the baseline."""
    made = Repository(tmp_path / "course")
    made.write(a=deck(*OLD), b__c=deck(*OLD[1:]))
    assert 0 == run("baseline", cwd=made.folder).returncode
    return made


def findings(run: Run, folder: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", "--output-format", "json", *words, cwd=folder).stdout)
    return found


def codes(run: Run, folder: Path, *words: str) -> list[str]:
    return [each["code"] for each in findings(run, folder, *words)]


def notes(run: Run, folder: Path, *words: str) -> list[str]:
    return run("check", *words, cwd=folder).stderr.splitlines()


def entries(folder: Path, name: str = FILE) -> dict[str, list[str]]:
    """Deck and rule to what the baseline has of them."""
    data = json.loads((folder / name).read_text(encoding="utf-8"))
    return {f"{deck} {rule.split()[0]}": found for deck, rules in data["decks"].items() for rule, found in rules.items()}


# ---------------------------------------------------------------- what is reported


def test_what_is_known_is_not_reported_and_fails_nothing(run: Run, course: Repository) -> None:
    bare = run("check", "--no-baseline", cwd=course.folder)
    done = run("check", cwd=course.folder)

    assert (1, "") == (bare.returncode, bare.stderr)
    assert (0, "no findings in 2 decks\n") == (done.returncode, done.stdout)
    known = len(findings(run, course.folder, "--no-baseline"))
    assert f"the baseline {FILE} has {known} more\n" == done.stderr


@pytest.mark.parametrize("at", [0, 1, 3])
def test_only_what_is_new_is_reported_wherever_slides_are_inserted(run: Run, course: Repository, at: int) -> None:
    slides = [*OLD[:at], NEW, *OLD[at:]]
    course.write(a=deck(*slides))

    found = findings(run, course.folder)

    assert {("a.md", at + 1)} == {(each["path"], each["slide"]) for each in found}
    assert ["IM001", "TM001"] == sorted(each["code"] for each in found)


def test_slides_may_change_places(run: Run, course: Repository) -> None:
    course.write(a=deck("# 前言", *reversed(OLD)))

    assert [] == codes(run, course.folder, "--select", "TM,IM,AX,HD001")


def test_one_more_of_a_kind_is_reported(run: Run, course: Repository) -> None:
    course.write(a=deck(*OLD, "# 又\n\n再用Pytorch。"))

    (found,) = findings(run, course.folder)

    assert ("TM001", 4) == (found["code"], found["slide"])


def test_a_line_may_be_edited_beside_what_is_known(run: Run, course: Repository) -> None:
    """Who mends one thing on a line has not made the other one."""
    text = deck(*OLD).replace("人类反馈（RHLF）", "基于人类反馈的强化学习（RHLF）")
    course.write(a=text.replace("我们使用Pytorch", "大家都用Pytorch"))

    assert [] == codes(run, course.folder, "--select", "TM")


def test_other_words_on_the_line_are_new(run: Run, course: Repository) -> None:
    course.write(a=deck(*OLD).replace("我们使用Pytorch", "我们使用Tensorflow", 1))

    assert ["TM001"] == codes(run, course.folder, "--select", "TM")


def test_a_moved_deck_takes_along_what_is_known(run: Run, course: Repository) -> None:
    (course.folder / "new").mkdir()
    (course.folder / "a.md").rename(course.folder / "new" / "讲义.md")

    assert ([], 1) == (codes(run, course.folder), len(notes(run, course.folder)))
    assert 0 == run("baseline", "--shrink", cwd=course.folder).returncode
    assert [] == codes(run, course.folder)
    assert {"b/c.md", "new/讲义.md"} == {key.rsplit(" ", 1)[0] for key in entries(course.folder)}


def test_a_copied_deck_does_not(run: Run, course: Repository) -> None:
    course.write(copy=deck(*OLD))

    assert {"copy.md"} == {each["path"] for each in findings(run, course.folder)}


def test_what_cannot_be_read_is_never_hidden(run: Run, course: Repository) -> None:
    (course.folder / "gbk.md").write_bytes((HEAD + "# 幻灯片\n").encode("gb18030"))

    made = run("baseline", cwd=course.folder)
    done = run("check", cwd=course.folder)

    assert 2 == made.returncode and "gbk.md:6:3: DL002" in made.stderr
    assert 2 == done.returncode and "DL002" in done.stdout
    assert not any("DL00" in key for key in entries(course.folder))


def test_what_is_known_of_a_deck_outlives_that_it_cannot_be_read(run: Run, course: Repository) -> None:
    before = entries(course.folder)
    (course.folder / "a.md").write_bytes(deck(*OLD).encode("gb18030"))

    run("baseline", cwd=course.folder)

    assert before == entries(course.folder)


def test_standard_input_is_the_file_that_it_stands_for(run: Run, course: Repository) -> None:
    done = run("check", "-", "--stdin-filename", "a.md", cwd=course.folder, stdin=deck(NEW, *OLD).encode())

    assert {"IM001", "TM001"} == set(re.findall(r"\[([A-Z]{2}\d{3}) ", done.stdout))


# ---------------------------------------------------------------- what is gone


def test_what_is_gone_is_told_and_fails_nothing(run: Run, course: Repository) -> None:
    course.write(a=deck(*OLD).replace("RHLF", "RLHF"))
    total = sum(map(len, entries(course.folder).values()))

    done = run("check", cwd=course.folder)

    assert 0 == done.returncode
    assert (
        f"1 of {total} in the baseline {FILE} no longer found; `decklint baseline --shrink` takes out what is gone" in done.stderr
    )
    assert f"基线 {FILE} 所记 {total} 处中有 1 处已不存在" in run("check", "--lang", "zh", cwd=course.folder).stderr


def test_what_comes_back_after_shrinking_is_reported(run: Run, course: Repository) -> None:
    course.write(a=deck(*OLD).replace("RHLF", "RLHF"))
    run("baseline", "--shrink", cwd=course.folder)
    shrunk = notes(run, course.folder)
    course.write(a=deck(*OLD))

    assert not any("no longer found" in note for note in shrunk)
    assert ["TM002"] == codes(run, course.folder)


def test_shrinking_adds_nothing(run: Run, course: Repository) -> None:
    before = entries(course.folder)
    course.write(a=deck(NEW, *OLD), d=deck(NEW))

    done = run("baseline", "--shrink", cwd=course.folder)

    assert before == entries(course.folder) and "is as it was" in done.stdout
    assert ["IM001", "IM001", "TM001", "TM001"] == sorted(codes(run, course.folder))


def test_shrinking_keeps_what_stands_on_edited_lines(run: Run, course: Repository) -> None:
    course.write(a=deck(*OLD).replace("人类反馈（RHLF）", "强化学习（RHLF）"))
    done = run("baseline", "--shrink", cwd=course.folder)

    assert "came" in done.stdout or "written" in done.stdout
    assert [] == codes(run, course.folder)
    course.write(a=deck(*OLD).replace("人类反馈（RHLF）", "机器的强化学习（RHLF）"))
    assert [] == codes(run, course.folder)


def test_rules_that_did_not_run_are_not_gone(run: Run, course: Repository) -> None:
    assert not any("no longer found" in note for note in notes(run, course.folder, "--select", "IM"))


def test_decks_that_were_not_looked_at_are_not_gone(run: Run, course: Repository) -> None:
    course.write(a=deck("# 好"))

    assert not any("no longer found" in note for note in notes(run, course.folder, "b"))


def test_what_only_shows_beside_other_decks_is_not_gone_without_them(run: Run, tmp_path: Path) -> None:
    course = Repository(tmp_path)
    course.write(a=deck("# Perceptron\n\nFrank Rosenblatt built it."), b=deck("# History\n\nFranck Rosenblatt wrote about it."))
    alone = codes(run, tmp_path, "a.md") + codes(run, tmp_path, "b.md")
    run("baseline", cwd=tmp_path)
    before = entries(tmp_path)

    run("baseline", "--shrink", "a.md", cwd=tmp_path)
    run("baseline", "b.md", cwd=tmp_path)

    assert "TM009" not in alone and any("TM009" in key for key in before)
    assert before == entries(tmp_path)
    assert [] == codes(run, tmp_path)
    assert not any("no longer found" in note for name in ("a.md", "b.md", ".") for note in notes(run, tmp_path, name))
    course.write(b=deck("# History\n\nFrank Rosenblatt wrote about it."))
    assert any("no longer found" in note for note in notes(run, tmp_path))


def test_deleted_decks_are_gone(run: Run, course: Repository) -> None:
    (course.folder / "a.md").unlink()
    of_deck = sum(len(found) for key, found in entries(course.folder).items() if key.startswith("a.md"))

    assert any(note.startswith(f"{of_deck} of ") for note in notes(run, course.folder))
    run("baseline", "--shrink", cwd=course.folder)
    assert not any(key.startswith("a.md") for key in entries(course.folder))


# ---------------------------------------------------------------- the file


def test_the_file_counts_by_deck_and_rule_and_is_sorted(course: Repository) -> None:
    text = (course.folder / FILE).read_text(encoding="utf-8")
    data = json.loads(text)

    assert ["version", "fingerprints", "decks"] == list(data) and 1 == data["version"]
    assert list(data["decks"]) == sorted(data["decks"]) == ["a.md", "b/c.md"]
    assert all(list(rules) == sorted(rules) for rules in data["decks"].values())
    assert 2 == len(data["decks"]["a.md"]["TM001 name-misspelt"])
    assert "\r" not in text and text.endswith("}\n")


def test_a_change_of_the_file_is_small(run: Run, course: Repository) -> None:
    before = (course.folder / FILE).read_text(encoding="utf-8").splitlines()
    course.write(a=deck(*OLD, "# 又\n\n再用Tensorflow。"))
    run("baseline", cwd=course.folder)
    after = (course.folder / FILE).read_text(encoding="utf-8").splitlines()

    assert 1 == len(after) - len(before)
    assert 2 >= len([line for line in before if line not in after])  # the neighbour gets its comma


def test_the_same_findings_leave_the_file_alone(run: Run, course: Repository) -> None:
    before = (course.folder / FILE).stat().st_mtime_ns

    done = run("baseline", cwd=course.folder)

    assert before == (course.folder / FILE).stat().st_mtime_ns
    assert f"{FILE} is as it was: " in done.stdout


def test_decks_and_rules_that_are_not_looked_at_keep_what_is_known(run: Run, course: Repository) -> None:
    before = entries(course.folder)

    run("baseline", "b", cwd=course.folder)
    run("baseline", "--select", "IM", cwd=course.folder)

    assert before == entries(course.folder)


def test_no_findings_make_no_file(run: Run, tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.write(a=deck("# 好"))

    done = run("baseline", "--select", "TM", cwd=tmp_path)

    assert (0, f"{FILE} was not written: there are no findings\n") == (done.returncode, done.stdout)
    assert not (tmp_path / FILE).exists()


def test_it_is_written_at_the_top_of_the_repository(run: Run, tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.write(week1__a=deck(*OLD))

    done = run("baseline", cwd=tmp_path / "week1")

    assert (tmp_path / FILE).is_file() and not (tmp_path / "week1" / FILE).exists(), done.stdout
    assert [] == codes(run, tmp_path / "week1") == codes(run, tmp_path)


def test_without_a_repository_it_is_written_where_one_stands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "week1").mkdir()
    (tmp_path / "week1" / "a.md").write_text(deck(*OLD), encoding="utf-8")

    run("baseline", cwd=tmp_path)

    assert (tmp_path / FILE).is_file()
    assert [] == codes(run, tmp_path)


def test_another_file_may_be_named(run: Run, course: Repository) -> None:
    (course.folder / FILE).unlink()
    (course.folder / "ci").mkdir()

    run("baseline", "--baseline", "ci/known.json", cwd=course.folder)

    assert {"../a.md", "../b/c.md"} == {key.rsplit(" ", 1)[0] for key in entries(course.folder, "ci/known.json")}
    assert [] == codes(run, course.folder, "--baseline", "ci/known.json") != codes(run, course.folder)
    assert [] == codes(run, course.folder / "b", "--baseline", "../ci/known.json", "c.md")


def test_the_nearest_holds_and_none_beyond_the_repository(run: Run, course: Repository, tmp_path: Path) -> None:
    inner = Repository(course.folder / "inner")
    inner.write(a=deck(*OLD))
    (course.folder / "b" / FILE).write_text('{"version": 1, "fingerprints": "decklint/v1", "decks": {}}', encoding="utf-8")

    assert {"b/c.md", "inner/a.md"} == {each["path"] for each in findings(run, course.folder)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<<<<<<< HEAD\n{", f"{FILE}:1: not valid JSON: "),
        ('{"version": 1,\n<<<<<<< HEAD\n', f"{FILE}:2: not valid JSON: "),
        ("", f"{FILE}:1: not valid JSON: "),
        ("[]", f"{FILE}: not a baseline; delete it and run `decklint baseline`"),
        ('{"version": 2, "decks": {}}', "written by a newer decklint (version 2 of the file, 1 is known)"),
        ('{"version": 1, "fingerprints": "other", "decks": {}}', "not a baseline"),
        ('{"version": 1, "fingerprints": "decklint/v1", "decks": []}', "not a baseline"),
        ('{"version": 1, "fingerprints": "decklint/v1", "decks": {"a.md": []}}', "not a baseline"),
        ('{"version": 1, "fingerprints": "decklint/v1", "decks": {"a.md": {"TM001 x": 3}}}', "not a baseline"),
        ('{"version": 1, "fingerprints": "decklint/v1", "decks": {"a.md": {"TM001 x": ["abc"]}}}', "not a baseline"),
        ("[" * 100_000, "not"),
    ],
)
@pytest.mark.parametrize("command", ["check", "baseline"])
def test_a_broken_file_is_told_and_left_alone(run: Run, course: Repository, command: str, text: str, said: str) -> None:
    (course.folder / FILE).write_text(text, encoding="utf-8")

    done = run(command, cwd=course.folder)

    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith(f"decklint: {FILE}") and said in done.stderr
    assert text == (course.folder / FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--baseline", "gone.json"), "gone.json: No such file or directory"),
        (("--baseline", FILE, "--no-baseline"), "contradict each other"),
    ],
)
def test_wrong_usage_is_told(run: Run, course: Repository, words: tuple[str, ...], said: str) -> None:
    done = run("check", *words, cwd=course.folder)

    assert 2 == done.returncode and said in done.stderr


# ---------------------------------------------------------------- with the formats, fixes and branches


@pytest.mark.parametrize("output", ["concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson"])
def test_no_format_has_what_is_known(run: Run, course: Repository, output: str) -> None:
    course.write(a=deck(NEW, *OLD))

    out = run("check", "--output-format", output, cwd=course.folder).stdout

    assert "IM001" in out and "Tensorflow" in out
    assert "RHLF" not in out and "TM002" not in out


def test_fingerprints_are_the_same_with_and_without(run: Run, course: Repository) -> None:
    """The fourth of some findings is the fourth still when the first three are left out."""
    course.write(a=deck(*OLD, OLD[0], NEW))

    def marks(*words: str) -> list[str]:
        out = run("check", "--output-format", "sarif", *words, cwd=course.folder).stdout
        return [result["partialFingerprints"]["decklint/v1"] for result in results_of(out)]

    part, whole = marks(), marks("--no-baseline")

    assert set(part) < set(whole) and len(part) == len(set(part)) > 2


def test_fixes_mend_what_is_known_too(run: Run, course: Repository) -> None:
    run("check", "--fix", cwd=course.folder)

    assert "Pytorch" not in (course.folder / "a.md").read_text(encoding="utf-8")


def test_a_branch_sees_what_is_beyond_the_baseline(run: Run, course: Repository) -> None:
    course.commit()
    course.write(a=deck(OLD[0] + "\n\n![损失曲线](img/missing.png)", *OLD[1:]))

    assert ["IM001"] == codes(run, course.folder, "--changed-since", "main")


# ---------------------------------------------------------------- matching by itself


@pytest.mark.parametrize(
    ("known", "present", "left"),
    [
        ("a1 b2", "a1 b2", ""),
        ("a1", "a1 a1", ""),  # one is known, one is not
        ("a1", "b1", ""),  # the line was edited
        ("a1", "b2", "a1"),
        ("b1 a1", "c1", "b1"),  # one of two went
        ("b1 a1", "c1 a1", ""),  # the line goes before the words
        ("", "a1", ""),
    ],
)
def test_lines_first_then_words(known: str, present: str, left: str) -> None:
    def marks(text: str) -> list[Mark]:
        return [Mark("TM001", *word) for word in text.split()]

    rest = Marks(marks(known))
    found = matched(marks(present), rest)

    assert len(marks(known)) - len(marks(left)) == sum(found)
    assert Marks(marks(left)) == +rest


def test_rules_do_not_stand_in_for_each_other() -> None:
    assert [False] == matched([Mark("TM002", "a", "1")], Marks([Mark("TM001", "a", "1")]))
