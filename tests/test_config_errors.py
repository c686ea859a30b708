"""What can be wrong with settings: each kind is told with file, line and a sentence that helps, and nothing is checked.

What tests/test_config.py and tests/test_rule_options.py have is not repeated here.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

DECK = "---\nmarp: true\n---\n\n# 标题\n\n我们使用Pytorch。\n"
LIST = 'wants a list, as ["image-without-text"], not'

KINDS: dict[str, tuple[str, str]] = {
    # ------------------------------------------------------------ keys
    "a key that nearly is one": ('presets = "draft"', '1: unknown key "presets"; did you mean "preset"?'),
    "a key with capitals": ('\nIgnore = ["AX001"]', '2: unknown key "Ignore"; did you mean "ignore"?'),
    "a key with an underscore": ("per_file_ignores = {}", '1: unknown key "per_file_ignores"; did you mean "per-file-ignores"?'),
    "a key without any likeness": ("[formats]\nx = 1", '1: unknown key "formats"; there are extends, preset, select,'),
    "the table of pyproject.toml": ('[tool.decklint]\nlang = "zh"', '1: unknown table "tool"; here keys stand without it'),
    "a table with our name": ('# c\n[decklint]\nlang = "zh"', '2: unknown table "decklint"; here keys stand without it'),
    # ------------------------------------------------------------ values
    "a list for a word": ('preset = ["draft"]', '1: "preset" is "default", "strict" or "draft", not a list'),
    "a word misspelt": ('preset = "srict"', '1: "preset" is "default", "strict" or "draft", not "srict"; did you mean "strict"?'),
    "a word with a capital": (
        'fail-on = "Warning"',
        '1: "fail-on" is "error", "warning", "info" or "never", not "Warning"; did you mean',
    ),
    "a switch for a word": ("fail-on = false", '1: "fail-on" is "error", "warning", "info" or "never", not false'),
    "a region with a language": ('lang = "zh-CN"', '1: "lang" is "en" or "zh", not "zh-CN"; did you mean "zh"?'),
    "a date": ("lang = 2026-01-01", '1: "lang" is "en" or "zh", not 2026-01-01'),
    "a number for a switch": ("show-all = 1", '1: "show-all" wants true or false, not 1'),
    "a number for a list": ("select = 3", f'1: "select" {LIST} 3'),
    "a table for a list": ("select = {AX = true}", f'1: "select" {LIST} a table'),
    "a list in a list": ('select = [["AX001"]]', '1: "select" wants text in quotes, not a list'),
    "a number in a list": ('exclude = [\n"a",\n7]', '3: "exclude" wants text in quotes, not 7'),
    "a text for globs": ('include = "*.md"', '1: "include" wants a list; write include = ["*.md"]'),
    "a text for words": ('accept = "Pytorch"', '1: "accept" wants a list; write accept = ["Pytorch"]'),
    # ------------------------------------------------------------ rules
    "a code in small letters": ('select = ["ax001"]', '1: unknown rule "ax001"; did you mean "AX001"?'),
    "a family in small letters": ('select = ["ax"]', '1: unknown rule "ax"; did you mean "AX"?'),
    "a code with a blank": ('select = ["AX001 "]', '1: unknown rule "AX001 "; did you mean "AX001"?'),
    "two codes in one text": ('select = ["AX001,TM"]', '1: "AX001,TM" is more than one rule; write "AX001", "TM"'),
    "a star": ('select = ["*"]', '1: unknown rule "*"; did you mean "ALL"?'),
    "an empty text": ('ignore = [""]', '1: unknown rule ""; `decklint rules` lists all'),
    "a rule of another tool": ('ignore = ["MD013"]', '1: unknown rule "MD013", which looks like one of markdownlint'),
    # ------------------------------------------------------------ tables
    "a severity of another tool": (
        '[severity]\nAX001 = "warn"',
        '2: "AX001" is "error", "warning" or "info", not "warn"; did you mean',
    ),
    "no severity at all": (
        '[severity]\nAX001 = "off"',
        '2: "AX001" is "error", "warning" or "info", not "off"; to switch it off, write ignore',
    ),
    "severities as a list": ('severity = ["AX001"]', '1: "severity" wants a table with a key for each entry, not a list'),
    "an array of tables": ('[[severity]]\nAX001 = "error"', '1: "severity" wants a table with a key for each entry, not a list'),
    "globs without rules": ('per-file-ignores = ["a.md"]', '1: "per-file-ignores" wants a table with a key for each entry'),
    "a glob with a table": ('[per-file-ignores]\n"a.md" = {x = 1}', f'2: "a.md" {LIST} a table'),
    "an option of no rule": ("[rules.nope]\nx = 1", '1: unknown rule "nope"; `decklint rules` lists all'),
    "an option of a family": ("[rules.TY]\nx = 1", '1: "TY" is more than one rule; write a code or a name'),
    "a text for options": ('[rules]\nTY006 = "spaced"', '2: "TY006" wants a table with a key for each entry, not "spaced"'),
    "a severity as an option": ('[rules.TY006]\nseverity = "error"', '2: "TY006" has no option "severity"; severities stand in'),
    # ------------------------------------------------------------ globs and paths
    "a glob that takes back": ('exclude = ["!a.md"]', '1: the glob "!a.md" begins with "!"; what is not matched needs no glob'),
    "a glob with a drive": ('exclude = ["C:/a"]', '1: the glob "C:/a" is absolute; globs start from the folder of this file'),
    "a glob from home": ('exclude = ["~/a"]', '1: the glob "~/a" begins with "~"; globs start from the folder of this file'),
    "a glob of nothing": ('exclude = ["."]', '1: the glob "." names no file; write "**"'),
    "many files to extend": ('extends = ["a.toml"]', '1: "extends" wants text in quotes, not a list'),
    "no file to extend": ('lang = "zh"\nextends = ""', '2: "extends" names no file'),
    "a folder to extend": ('extends = "slides"', '1: "slides" is a folder; name the file in it'),
    "an address to extend": (
        'extends = "https://example.org/x"',
        '1: "https://example.org/x" is an address; "extends" names a file',
    ),
    "a pack that is not there": ('packs = ["own.yaml"]', '1: the pack "own.yaml" does not exist'),
    "a folder without packs": ('packs = [\n"slides"]', '2: there is no pack in "slides": packs are .yaml files'),
    # ------------------------------------------------------------ no TOML
    "text without quotes": ("lang = zh", '1: not valid TOML, column 8: invalid value; text stands in quotes, as in lang = "zh"'),
    "a quote that is not closed": ('\nlang = "zh', "2: not valid TOML, at the end of the file: a quote is never closed"),
    "quotes of Chinese text": ("lang = “zh”", '1: not valid TOML, column 8: "“" is full-width'),
    "a full-width sign": ('lang ＝ "zh"', '1: not valid TOML, column 6: "＝" is full-width'),
    "YAML": ("ignore:\n  - AX001", '1: not valid TOML, column 7: a key, "=" and a value were expected'),
    "JSON": ('{"lang": "zh"}', "1: not valid TOML, column 1: invalid statement"),
    "two signs": ('lang == "zh"', "1: not valid TOML, column 7: invalid value"),
    "a key twice": ('lang = "zh"\nlang = "en"\npreset = "draft"\n', "2: not valid TOML, column 12: the key stands twice"),
    "a table twice": ('[severity]\nAX001 = "error"\n[severity]\n', "3: not valid TOML, column 10: the table stands twice"),
    "a path of Windows": ('exclude = ["a\\week"]', '1: not valid TOML, column 16: a backslash in text; write "/" in paths'),
    "a character that is not seen": ('lang = "zh"\x00', "1: not valid TOML, column 12: "),
    "brackets without end": ("x = " + "[" * 3000, "1: not valid TOML"),
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "a.md").write_text(DECK, encoding="utf-8")
    return tmp_path


def said(run: Run, course: Path, name: str = "decklint.toml") -> str:
    """What is said of settings that cannot be used: nothing is checked, and every line has its place."""
    done = run("check", "slides", "--fix", cwd=course)
    assert (2, "") == (done.returncode, done.stdout)
    assert [] == [line for line in done.stderr.splitlines() if not line.startswith(name)]
    assert DECK == (course / "slides" / "a.md").read_text(encoding="utf-8")
    return done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_is_said_with_its_place_and_a_way_out(run: Run, course: Path, kind: str) -> None:
    settings, problem = KINDS[kind]
    (course / "decklint.toml").write_text(settings, encoding="utf-8")

    (line,) = said(run, course).splitlines()

    assert line.startswith(f"decklint.toml:{problem}")


def test_there_are_at_least_forty_kinds() -> None:
    assert len(KINDS) >= 40


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("lang = 'zh'\n# 设置\n".encode("gb18030"), "decklint.toml:2: not UTF-8\n"),
        ('lang = "zh"\n'.encode("utf-16"), "decklint.toml:1: not UTF-8\n"),
        (b'lang = "zh"\n\x89PNG\r\n\x1a\n\xff', "decklint.toml:2: not UTF-8\n"),
    ],
    ids=["GBK", "UTF-16", "binary"],
)
def test_bytes_that_are_no_text(run: Run, course: Path, data: bytes, problem: str) -> None:
    (course / "decklint.toml").write_bytes(data)

    assert problem == said(run, course)


def test_a_folder_with_the_name_of_settings(run: Run, course: Path) -> None:
    (course / "decklint.toml").mkdir()

    assert said(run, course).startswith("decklint.toml: ")


@pytest.mark.skipif(sys.platform == "win32" or not os.getuid(), reason="who may do everything may read everything")
def test_settings_that_may_not_be_read(run: Run, course: Path) -> None:
    (course / "decklint.toml").write_text("", encoding="utf-8")
    (course / "decklint.toml").chmod(0)

    assert "decklint.toml: Permission denied\n" == said(run, course)


@pytest.mark.parametrize("text", ["", "\n\n# nothing yet\n", "\ufeff", "\ufeff# 说明\r\n"])
def test_settings_that_say_nothing_are_fine(run: Run, course: Path, text: str) -> None:
    """A file that was just made, also by an editor that writes a byte order mark."""
    (course / "decklint.toml").write_bytes(text.encode())

    assert 0 == run("check", "slides", cwd=course).returncode


def test_the_place_is_that_of_the_file_that_says_it(run: Run, course: Path) -> None:
    (course / "shared").mkdir()
    (course / "shared" / "base.toml").write_text('\n\nlang = "fr"\n', encoding="utf-8")
    (course / "decklint.toml").write_text('extends = "shared/base.toml"\n', encoding="utf-8")

    assert 'shared/base.toml:3: "lang" is "en" or "zh", not "fr"\n' == said(run, course, "shared/base.toml")


def test_a_pack_has_places_too(run: Run, course: Path) -> None:
    (course / "terms.yaml").write_text("- id: x\n  kind: name\n  rigth: Blue\n", encoding="utf-8")
    (course / "decklint.toml").write_text('packs = ["terms.yaml"]\n', encoding="utf-8")

    assert "terms.yaml:3: " in said(run, course, "terms.yaml")


def test_options_of_the_command_are_held_to_the_same(run: Run, course: Path) -> None:
    for words, problem in (
        (("--select", "ax001"), 'unknown rule "ax001"; did you mean "AX001"?'),
        (("--ignore", "MD013"), 'unknown rule "MD013", which looks like one of markdownlint'),
        (("--preset", "srict"), "srict"),
    ):
        done = run("check", "slides", *words, cwd=course)
        assert (2, "") == (done.returncode, done.stdout) and problem in done.stderr
