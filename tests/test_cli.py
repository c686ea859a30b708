"""The installed command, as a user runs it."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

COURSE = ROOT / "fixtures" / "course"
DECK = "---\nmarp: true\n---\n\n# 标题\n\n我们使用Pytorch。\n"
BAD = "---\nmarp: true\n---\n\n# A\n\n![](missing.png)\n"


def deck(folder: Path, name: str = "deck.md", text: str | bytes = DECK) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# ---------------------------------------------------------------- what is checked


def test_without_paths_this_folder_is_checked(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "a/lecture.md")
    deck(tmp_path, "README.md", "# Just a text\n\nPytorch\n")
    deck(tmp_path, "node_modules/x/other.md")
    deck(tmp_path, ".hidden/other.md")

    done = run("check", "--output-format", "concise", cwd=tmp_path)

    assert 'a/lecture.md:7:5: TM001 "Pytorch" is written "PyTorch" [name-misspelt]\n' == done.stdout


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("---\nmarp: true\n---\n", True),
        ("\ufeff---\nmarp: true\n---\n", True),
        ("\n---\nmarp: true\n---\n", True),
        ("---\nmarp: True # x\ntheme: a: b: c\n---\n", True),
        ("---\ntitle: x\nmarp：true\n---\n", True),
        ("<!-- licence -->\n---\nmarp: true\n---\n", True),
        ("---\nmarp: false\n---\n", False),
        ("---\ntitle: x\n---\n\nmarp: true\n", False),
        ("# Text\n\n```\n---\nmarp: true\n---\n```\n", False),
    ],
)
def test_a_deck_is_known_by_its_marp_key(run: Run, tmp_path: Path, head: str, found: bool) -> None:
    deck(tmp_path, text=head + "\n# A\n\nPytorch\n")

    done = run("check", cwd=tmp_path)

    assert found == (done.returncode != 2), done.stdout + done.stderr


def test_a_named_file_is_checked_whatever_it_is(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path, "notes.md", "Pytorch\n")

    assert "TM001" in run("check", str(path)).stdout


def test_hooks_pass_over_what_is_no_deck(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path, "README.md", "Pytorch\n")

    done = run("check", "--decks-only", str(path))

    assert (0, "") == (done.returncode, done.stderr)


def test_nothing_matched_is_said_aloud(run: Run, tmp_path: Path) -> None:
    done = run("check", cwd=tmp_path)

    assert (2, "") == (done.returncode, done.stdout)
    assert "no decks in this folder" in done.stderr and "marp: true" in done.stderr


def test_standard_input_stands_for_a_file(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "img/a.png", b"")

    text = b"![](img/a.png) ![x](img/b.png)\n"
    done = run(
        "check", "-", "--stdin-filename", str(tmp_path / "deck.md"), "--select", "IM", "--output-format", "json", stdin=text
    )

    assert ['the file "img/b.png" does not exist'] == [finding["message"] for finding in json.loads(done.stdout)]


def test_what_is_missing_or_unreadable_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    good = deck(tmp_path, "good.md")
    gbk = deck(tmp_path, "gbk.md", "---\nmarp: true\n---\n# 幻灯片\n".encode("gb18030"))

    done = run("check", "--output-format", "concise", "gone.md", gbk.name, good.name, cwd=tmp_path)

    assert 2 == done.returncode
    assert "gone.md:1:1: DL002 the file does not exist [file-unreadable]" in done.stdout
    assert "gbk.md:4:3: DL002 the file is not UTF-8; it reads as GB18030 (GBK) [file-unreadable]" in done.stdout
    assert "good.md:7:5: TM001" in done.stdout


# ---------------------------------------------------------------- exit codes and selection


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 1),
        (("--fail-on", "warning"), 1),
        (("--fail-on", "never"), 0),
        (("--ignore", "IM001"), 0),
        (("--ignore", "IM", "--fail-on", "warning"), 1),
        (("--select", "AX"), 0),
        (("--select", "image-file-missing"), 1),
        (("--select", "TM,TY"), 0),
    ],
)
def test_exit_codes(run: Run, tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    path = deck(tmp_path, text=BAD)

    assert code == run("check", str(path), *words).returncode


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [("imge-file-missing", 'did you mean "image-file-missing"?'), ("IM01", "did you mean"), ("xyz", "lists all")],
)
def test_an_unknown_rule_is_refused_with_a_suggestion(run: Run, word: str, suggestion: str) -> None:
    done = run("check", "--select", word, str(COURSE))

    assert 2 == done.returncode
    assert f'unknown rule "{word}"' in done.stderr and suggestion in done.stderr


# ---------------------------------------------------------------- formats


def test_json_says_everything(run: Run) -> None:
    done = run("check", "fixtures/course/week1", "--select", "FC001", "--output-format", "json")

    (finding,) = json.loads(done.stdout)
    assert {
        "path": "fixtures/course/week1/language-models.md",
        "line": 26,
        "column": 14,
        "end_line": 26,
        "end_column": 19,
        "slide": 3,
        "slide_title": "更大的模型",
        "code": "FC001",
        "name": "fact-contradicted",
        "severity": "error",
        "confidence": "high",
    } == {key: finding[key] for key in list(finding)[:11]}
    assert finding["message"].endswith('"2018年"; the source says 2019-02-14')
    assert finding["sources"][0]["url"].startswith("https://")
    assert {
        "title": 'replace "2018年" by "2019年"',
        "safety": "unsafe",
        "effects": ["text"],
        "edits": [{"line": 26, "column": 14, "end_line": 26, "end_column": 18, "text": "2019"}],
    } == finding["fix"]


def test_no_findings_are_an_empty_array(run: Run) -> None:
    done = run("check", "fixtures/course/week2/clean.md", "--output-format", "json")

    assert (0, []) == (done.returncode, json.loads(done.stdout))


def test_github_annotations_come_most_severe_first(run: Run) -> None:
    lines = run("check", "fixtures/course/week1", "--output-format", "github").stdout.splitlines()

    pattern = r"::(error|warning|notice) file=[^,]+,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[A-Z]{2}\d{3} [a-z-]+::.+"
    levels = [match[1] for line in lines if (match := re.fullmatch(pattern, line))]
    assert len(lines) == len(levels)
    assert levels == sorted(levels) and levels[0] == "error"


HOSTILE = (
    "---\nmarp: true\n---\n\n# ::error::x\x1b[31m%0A\n\n![::error file=x::owned%0A::warning::](::stop-commands::t.png)\n\n"
    "我们使用Pytorch\u202e\u0007::debug::\n"
)


@pytest.mark.parametrize("output", ["full", "concise", "json", "github"])
def test_a_deck_cannot_steer_a_terminal_or_a_log(run: Run, tmp_path: Path, output: str) -> None:
    name = "a,b=c::d%0A.md"
    deck(tmp_path, name, HOSTILE)

    out = run("check", name, "--output-format", output, cwd=tmp_path).stdout

    assert out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", out)
    if output == "github":
        assert all(
            line.startswith(("::error file=a%2Cb=c%3A%3Ad%250A.md,", "::warning file=a%2Cb=c%3A%3Ad%250A.md,"))
            for line in out.splitlines()
        )
    elif output != "json":
        assert not re.search(r"(?m)^::", out)


MANY = """---
marp: true
theme: gaja
class: led
---

# **工具**。

我们使用Pytorch,Tensorflow。

+ a
- b
+c

![w=300](a.png)

[这里](b.md)

**注意：**正文

---

### 变分编码器（VAE

<font>红</font>

==重点==

---

---
"""


def test_full_folds_a_habit_into_one_entry(run: Run) -> None:
    out = run("check", "fixtures/course/week1/language-models.md").stdout

    assert 1 == out.count("HD001")
    assert "2 places on slides 4-5" in out


def test_full_shows_a_dozen_kinds_and_names_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(MANY, encoding="utf-8")
    short, long = (run("check", "deck.md", "--select", "ALL", *more, cwd=tmp_path).stdout for more in ((), ("--show-all",)))
    kinds = r"(?m)^(?:error|warning|info): "

    assert 12 == len(re.findall(kinds, short)) < len(re.findall(kinds, long))
    assert re.search(r"more kinds of findings \(\d+\), which `--show-all` prints: .*heading-punctuation 1", short)
    assert "--show-all" not in long


def test_colour_is_for_terminals_only(run: Run) -> None:
    assert "\x1b[" not in run("check", "fixtures/course").stdout


def test_messages_exist_in_chinese(run: Run) -> None:
    by_flag = run("check", "fixtures/course", "--lang", "zh").stdout
    by_system = run("check", "fixtures/course", LC_ALL="zh_CN.UTF-8").stdout

    assert by_flag == by_system
    assert "用粗体文字代替标题" in by_flag and "bold text" not in by_flag


def test_a_console_that_cannot_show_a_character_gets_it_written_out(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path, text="---\nmarp: true\n---\n\n# 😀 ไทย\n\nPytorch 😀\n")

    done = run("check", str(path), PYTHONIOENCODING="gbk")

    assert (0, "") == (done.returncode, done.stderr)
    assert "\\U0001f600" in done.stdout


# ---------------------------------------------------------------- counting, fixing, writing elsewhere


def test_statistics_add_up(run: Run) -> None:
    found = json.loads(run("check", "fixtures/course", "--output-format", "json").stdout)
    counted = json.loads(run("check", "fixtures/course", "--statistics", "--output-format", "json").stdout)
    table = run("check", "fixtures/course", "--statistics").stdout.splitlines()

    assert {each["code"]: each["findings"] for each in counted} == Counter(each["code"] for each in found)
    assert sum(each["safe_fixes"] for each in counted) == sum((each["fix"] or {}).get("safety") == "safe" for each in found)
    assert [each["findings"] for each in counted] == sorted((each["findings"] for each in counted), reverse=True)
    assert [f"{each['code']} {each['name']}" for each in counted] == [" ".join(line.split()[-2:]) for line in table[1:-1]]
    assert [str(len(found)), "2", "total"] == [table[-1].split()[at] for at in (0, 1, -1)]


def test_statistics_keep_the_exit_code_and_speak_chinese(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path, text=BAD)
    clean = run("check", "--statistics", "fixtures/course/week2/clean.md")

    assert 1 == run("check", "--statistics", str(path)).returncode
    assert (0, "no findings (decks checked: 1)\n") == (clean.returncode, clean.stdout)
    assert run("check", "--statistics", "--lang", "zh", str(path)).stdout.splitlines()[0].startswith("数量  文件  ")


def test_fixes_are_shown_by_deck_and_rule(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "a.md", DECK + "\n再用Pytorch和Tensorflow。\n")
    deck(tmp_path, "b/c.md")
    deck(tmp_path, "clean.md", "---\nmarp: true\n---\n\n# A\n")

    done = run("check", "--fix", "--show-fixes", "--select", "TM", cwd=tmp_path)

    assert [
        "a.md: name-misspelt 3",
        "b/c.md: name-misspelt 1",
        "fixed 4 places in 2 decks: name-misspelt 4",
    ] == done.stderr.splitlines()


def test_fix_only_reports_nothing_that_is_left(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path, text=BAD + "\n我们使用Pytorch。\n")

    done = run("check", "--fix-only", cwd=tmp_path)

    assert (0, "") == (done.returncode, done.stdout)
    assert "PyTorch" in path.read_text(encoding="utf-8") and done.stderr.startswith("fixed 1 places")


def test_fix_only_does_not_hide_trouble(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "gbk.md", "---\nmarp: true\n---\n# 幻灯片\n".encode("gb18030"))
    deck(tmp_path, "bad.md", BAD)

    done = run("check", "--fix-only", "--output-format", "concise", cwd=tmp_path)

    assert 2 == done.returncode
    assert ["DL002"] == re.findall(r" ([A-Z]{2}\d{3}) ", done.stdout)


@pytest.mark.parametrize("output", ["full", "concise", "sarif"])
def test_a_report_may_be_put_into_a_file(run: Run, tmp_path: Path, output: str) -> None:
    deck(tmp_path)
    printed = run("check", "--output-format", output, "--lang", "zh", cwd=tmp_path)

    done = run("check", "--output-format", output, "--lang", "zh", "--output-file", "r.txt", cwd=tmp_path, PYTHONIOENCODING="gbk")

    assert (printed.returncode, "") == (done.returncode, done.stdout)
    assert printed.stdout == (tmp_path / "r.txt").read_bytes().decode()
    assert {"deck.md", "r.txt"} == {path.name for path in tmp_path.iterdir()}


def test_an_old_report_is_replaced_and_a_link_followed(run: Run, tmp_path: Path) -> None:
    deck(tmp_path)
    (tmp_path / "real.txt").write_text("old" * 1000, encoding="utf-8")
    (tmp_path / "real.txt").chmod(0o600)
    (tmp_path / "link.txt").symlink_to("real.txt")

    run("check", "--output-file", "link.txt", cwd=tmp_path)

    assert (tmp_path / "link.txt").is_symlink()
    assert "TM001" in (tmp_path / "real.txt").read_text(encoding="utf-8")
    assert 0o600 == (tmp_path / "real.txt").stat().st_mode & 0o777 or sys.platform == "win32"


def test_a_diff_may_be_put_into_a_file(run: Run, tmp_path: Path) -> None:
    deck(tmp_path)

    done = run("check", "--diff", "--output-file", "fix.patch", cwd=tmp_path)

    assert (1, "") == (done.returncode, done.stdout)
    assert "+我们使用PyTorch。" in (tmp_path / "fix.patch").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--output-file", "deck.md"), "this is a deck; the report is not written over it"),
        (("--output-file", "gone/r.txt"), "there is no folder gone"),
        (("--output-file", "notes.md", "notes.md"), "this is a deck"),
        (("--show-fixes",), "shows nothing without --fix"),
        (("--unsafe-fixes",), "changes nothing without --fix"),
        (("--statistics", "--diff"), "report nothing"),
        (("--statistics", "--fix-only"), "report nothing"),
        (("--statistics", "--output-format", "sarif"), "there is none for sarif"),
    ],
)
def test_what_does_not_go_together_is_told_and_nothing_written(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    path, notes = deck(tmp_path), deck(tmp_path, "notes.md", "notes\n")

    done = run("check", *words, cwd=tmp_path)

    assert (2, "") == (done.returncode, done.stdout) and said in done.stderr
    assert (DECK, "notes\n") == (path.read_text(encoding="utf-8"), notes.read_text(encoding="utf-8"))


# ---------------------------------------------------------------- the other commands


def test_a_rule_explains_itself(run: Run) -> None:
    by_code, by_name = run("rule", "AX001"), run("rule", "image-without-text")

    assert by_code.stdout == by_name.stdout
    assert "AX001 image-without-text (warning, on by default, since 0.1)" in by_code.stdout
    assert "```deck bad" in by_code.stdout and "图片没有替代文字" in by_code.stdout


def test_all_rules_are_listed(run: Run) -> None:
    lines = run("rules").stdout.splitlines()

    assert [line.split()[0] for line in lines] == sorted(line.split()[0] for line in lines)
    assert any("IM001  image-file-missing" in line for line in lines)


def test_a_tree_has_what_programs_rely_on(run: Run) -> None:
    tree = json.loads(run("parse", "fixtures/course/week2/vision.md", "--json").stdout)

    assert {"front_matter", "directives", "slides"} <= set(tree)
    assert all({"start_line", "end_line", "title", "directives", "notes", "nodes"} <= set(slide) for slide in tree["slides"])
    assert ["Convolutional networks", "A short history", "Training", "Frameworks"] == [slide["title"] for slide in tree["slides"]]
    assert ["Ask who has used one of them before."] == tree["slides"][-1]["notes"]
    assert (1, 11) == (tree["slides"][0]["start_line"], tree["slides"][0]["end_line"])


def test_parse_names_what_cannot_be_read(run: Run, tmp_path: Path) -> None:
    path = deck(tmp_path, text=b"# A\n\xff")

    assert "deck.md:2:1: the file is not UTF-8" in run("parse", str(path)).stderr


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("check", "--help"), ("rules", "--help")])
def test_help_and_version(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)

    assert 0 == done.returncode and done.stdout


def test_no_cache_is_accepted(run: Run) -> None:
    assert 0 == run("check", "--no-cache", "fixtures/course/week2/clean.md").returncode
