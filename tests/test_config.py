"""Settings: found, read, refused with a place, resolved with an origin, shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from decklint.config.globs import Glob
from decklint.config.places import places
from decklint.config.schema import KEYS, checked, json_schema
from tests.conftest import ROOT, Run
from tests.test_imports import modules

DECK = "---\nmarp: true\n---\n\n# 标题\n\n我们使用Pytorch。\n\n![](img/missing.png)\n"
"""Has a TM001 and an AX001 (warnings) and an IM001 (error)."""


def write(folder: Path, name: str, text: str = DECK) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def git(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one deck."""
    git(tmp_path)
    write(tmp_path, "slides/a.md")
    return tmp_path


def codes(run: Run, folder: Path, *words: str) -> list[str]:
    """The codes that a check in a folder finds, after the path of their deck."""
    done = run("check", "--output-format", "concise", *words, cwd=folder)
    assert "Traceback" not in done.stderr and done.returncode != 2, done.stderr
    return [re.sub(r":\d+:\d+: (\w+).*", r" \1", line) for line in done.stdout.splitlines()]


# ---------------------------------------------------------------- what settings do

TM, AX, IM = "slides/a.md TM001", "slides/a.md AX001", "slides/a.md IM001"


@pytest.mark.parametrize(
    ("settings", "words", "found"),
    [
        ("", (), [TM, AX, IM]),
        ('select = ["TM", "image-file-missing"]', (), [TM, IM]),
        ('ignore = ["AX001", "TM"]', (), [IM]),
        ('preset = "draft"', (), [IM]),
        ('preset = "draft"\nextend-select = ["TM001"]', (), [TM, IM]),
        ('preset = "draft"\nseverity.image-without-text = "error"', (), [AX, IM]),
        ('preset = "draft"\n[severity]\nIM001 = "warning"', (), []),
        ('[per-file-ignores]\n"a.md" = ["IM"]', (), [TM, AX]),
        ('[per-file-ignores]\n"slides/*" = ["IM", "AX"]', (), [TM]),
        ('[per-file-ignores]\n"other" = ["IM"]', (), [TM, AX, IM]),
        ('ignore = ["AX"]', ("--preset", "draft"), [IM]),
        ('preset = "draft"', ("--select", "TM"), [TM]),
        ('select = ["TM"]', ("--preset", "draft"), [IM]),
        ('select = ["TM"]', ("--select", "AX"), [AX]),
        ('ignore = ["AX"]', ("--ignore", "TM"), [IM]),
        ('ignore = ["AX"]', ("--select", "AX,TM"), [TM]),
        ('ignore = ["AX"]', ("--select", "AX001,TM"), [TM, AX]),
        ('ignore = ["image-without-text"]\nselect = ["AX001"]', (), []),
    ],
)
def test_rules_are_chosen(run: Run, repository: Path, settings: str, words: tuple[str, ...], found: list[str]) -> None:
    write(repository, "decklint.toml", settings)

    assert found == codes(run, repository, *words)


def test_strict_runs_what_is_off_by_default(run: Run, repository: Path) -> None:
    write(repository, "slides/a.md", DECK.replace("标题", "标题。"))
    everyday = codes(run, repository)
    write(repository, "decklint.toml", 'preset = "strict"')

    assert {"slides/a.md HD009"} == set(codes(run, repository)) - set(everyday)


def test_a_family_is_extended_by_all_its_rules(run: Run, repository: Path) -> None:
    write(repository, "slides/a.md", DECK.replace("标题", "标题。"))
    write(repository, "decklint.toml", 'extend-select = ["HD"]')

    assert "slides/a.md HD009" in codes(run, repository)
    assert [] == codes(run, repository, "--select", "HD")


@pytest.mark.parametrize(
    ("settings", "words", "code"),
    [
        ('fail-on = "never"', (), 0),
        ('fail-on = "never"', ("--fail-on", "error"), 1),
        ('select = ["TM"]', (), 0),
        ('select = ["TM"]\nfail-on = "warning"', (), 1),
        ('select = ["TM"]\n[severity]\nname-misspelt = "error"', (), 1),
        ('[severity]\nimage-file-missing = "info"', (), 0),
    ],
)
def test_severity_decides_the_exit(run: Run, repository: Path, settings: str, words: tuple[str, ...], code: int) -> None:
    write(repository, "decklint.toml", settings)

    assert code == run("check", *words, cwd=repository).returncode


def test_language_and_length_of_the_output(run: Run, repository: Path) -> None:
    write(repository, "decklint.toml", 'lang = "zh"')

    assert "没有替代文字" in run("check", cwd=repository).stdout
    assert "没有替代文字" not in run("check", "--lang", "en", cwd=repository).stdout


def test_fixes_follow_the_settings(run: Run, repository: Path) -> None:
    write(repository, "decklint.toml", 'ignore = ["TM001"]')
    run("check", "--fix", cwd=repository)

    assert "Pytorch" in (repository / "slides/a.md").read_text(encoding="utf-8")


# ---------------------------------------------------------------- which settings


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("decklint.toml", 'select = ["TM"]'),
        (".decklint.toml", '\ufeffselect = ["TM"]\r\n'),
        ("pyproject.toml", '[project]\nname = "x"\n[tool.decklint]\nselect = ["TM"]'),
        ("pyproject.toml", 'tool = {decklint = {select = ["TM"]}}'),
    ],
)
def test_settings_are_found_in(run: Run, repository: Path, name: str, settings: str) -> None:
    write(repository, name, settings)

    assert [TM] == codes(run, repository)


def test_the_nearest_settings_hold_for_each_deck(run: Run, repository: Path) -> None:
    write(repository, "decklint.toml", 'select = ["TM"]')
    write(repository, "week2/pyproject.toml", '[tool.decklint]\nselect = ["AX"]\nfail-on = "warning"')
    write(repository, "week2/b/c.md")
    write(repository, "week2/b/pyproject.toml", '[project]\nname = "decklint-course"')

    assert [TM, "week2/b/c.md AX001"] == codes(run, repository)
    assert 1 == run("check", cwd=repository).returncode
    assert ["b/c.md AX001"] == codes(run, repository / "week2")
    assert ["../slides/a.md TM001"] == codes(run, repository / "week2", "../slides")


def test_settings_outside_the_repository_do_not_hold(run: Run, repository: Path) -> None:
    write(repository, "decklint.toml", "broken")
    write(repository, "inner/a.md")
    git(repository / "inner")

    assert 3 == len(codes(run, repository / "inner"))


def test_standard_input_has_the_settings_of_the_file_that_it_stands_for(run: Run, repository: Path) -> None:
    write(repository, "decklint.toml", 'select = ["TM"]\n[per-file-ignores]\n"b.md" = ["TM"]')

    def found(name: str) -> list[str]:
        done = run("check", "-", "--stdin-filename", name, "--output-format", "json", stdin=DECK.encode(), cwd=repository)
        return [finding["code"] for finding in json.loads(done.stdout)]

    assert (["TM001"], []) == (found("slides/a.md"), found("slides/b.md"))


def test_a_file_extends_another(run: Run, repository: Path) -> None:
    write(repository, "shared/base.toml", 'preset = "draft"\nfail-on = "never"\nexclude = ["old"]\nignore = ["IM"]')
    write(repository, "decklint.toml", 'extends = "shared/base.toml"\npreset = "default"\nignore = ["AX"]')
    write(repository, "slides/old/b.md")

    assert [TM] == codes(run, repository)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"decklint.toml": 'extends = "no.toml"'}, 'decklint.toml:1: the file "no.toml" does not exist'),
        ({"decklint.toml": '\nextends = "decklint.toml"'}, "decklint.toml:2: decklint.toml extends itself"),
        (
            {"decklint.toml": 'extends = "b.toml"', "b.toml": 'extends = "./decklint.toml"'},
            "b.toml:1: decklint.toml extends itself through others",
        ),
        ({"decklint.toml": 'extends = "../x.toml"', "../x.toml": ""}, 'decklint.toml:1: the file "../x.toml" lies outside'),
        ({"decklint.toml": 'extends = "b.toml"', "b.toml": "x = 1"}, 'b.toml:1: unknown key "x"'),
        ({"decklint.toml": 'extends = "pyproject.toml"', "pyproject.toml": ""}, "pyproject.toml has no [tool.decklint]"),
    ],
)
def test_what_cannot_be_extended_is_said(run: Run, tmp_path: Path, files: dict[str, str], said: str) -> None:
    write(tmp_path, "course/a.md")
    git(tmp_path / "course")
    for name, text in files.items():
        write(tmp_path / "course", name, text)
    done = run("check", cwd=tmp_path / "course")

    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr


# ---------------------------------------------------------------- which files


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("a.md", "a.md", True),
        ("a.md", "x/y/a.md", True),
        ("*.md", "x/a.md", True),
        ("./*.md", "x/a.md", False),
        ("old", "x/old/y/a.md", True),
        ("old/", "old/a.md", True),
        ("old", "older/a.md", False),
        ("x/*.md", "x/a.md", True),
        ("x/*.md", "x/y/a.md", False),
        ("x/**/*.md", "x/a.md", True),
        ("x/**/*.md", "x/y/z/a.md", True),
        ("x/**", "x/y/a.md", True),
        ("**/y", "x/y/a.md", True),
        ("week?", "week1/a.md", True),
        ("week?", "week10/a.md", False),
        ("A.md", "a.md", False),
    ],
)
def test_globs(pattern: str, path: str, fits: bool) -> None:
    assert fits == Glob(pattern, Path("/p")).matches(Path("/p") / path)


def test_a_glob_cannot_stall_a_run() -> None:
    assert not Glob("**/a/" * 40 + "b" + "*a" * 60, Path("/p")).matches(Path("/p/" + "a/" * 300 + "a" * 250))


def test_excluded_files_are_passed_over_even_if_named(run: Run, repository: Path) -> None:
    write(repository, "slides/old/b.md")
    write(repository, "decklint.toml", '\nexclude = ["slides/old"]\n')
    named = run("check", "slides/old/b.md", cwd=repository)
    hook = run("check", "--decks-only", "slides/old/b.md", cwd=repository)
    folder = run("check", "slides/old", cwd=repository)

    assert [TM, AX, IM] == codes(run, repository)
    assert (0, "") == (named.returncode, named.stdout.strip("\n") if "1 deck" in named.stdout else "")
    assert "slides/old/b.md is not checked: excluded by decklint.toml:2" in named.stderr
    assert (0, "") == (hook.returncode, hook.stderr)
    assert 2 == folder.returncode and "no decks in slides/old: 1 are ignored by git, or excluded" in folder.stderr


def test_include_narrows_folders_only(run: Run, repository: Path) -> None:
    write(repository, "notes/b.md")
    write(repository, "decklint.toml", 'include = ["slides/*.md"]\nselect = ["TM"]')

    assert [TM] == codes(run, repository)
    assert ["notes/b.md TM001"] == codes(run, repository, "notes/b.md")


def test_what_git_ignores_is_passed_over_in_folders(run: Run, repository: Path) -> None:
    write(repository, ".gitignore", "build/\n草稿.md\n")
    write(repository, "build/b.md")
    write(repository, "slides/草稿.md")
    select = ("--select", "TM")

    assert [TM] == codes(run, repository, *select)
    assert ["slides/草稿.md TM001"] == codes(run, repository, *select, "slides/草稿.md")
    assert ["build/b.md TM001"] == codes(run, repository, *select, "build")


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('\n\nignore = [\n  "imge-alt",\n]', '4: unknown rule "imge-alt"; did you mean "image-without-text"?'),
        ('select = ["AX",\n"imge-file-missing"]', '2: unknown rule "imge-file-missing"; did you mean "image-file-missing"?'),
        ("fail_on = 1", '1: unknown key "fail_on"; did you mean "fail-on"?'),
        ("x = 1", '1: unknown key "x"; there are extends, preset'),
        ('# c\nfail-on = "erorr"', '2: "fail-on" is "error", "warning", "info" or "never", not "erorr"; did you mean "error"?'),
        ('lang = "de"', '1: "lang" is "en" or "zh", not "de"'),
        ('ignore = "AX001"', '1: "ignore" wants a list; write ignore = ["AX001"]'),
        ('show-all = "yes"', '1: "show-all" wants true or false, not "yes"'),
        ("ignore = [1]", '1: "ignore" wants text in quotes, not 1'),
        ('[severity]\nAX = "info"', '2: "AX" is more than one rule; write a code or a name'),
        ('[severity]\nAX001 = "info"\nAX999 = "info"', '3: unknown rule "AX999"'),
        ('severity = "error"', '1: "severity" wants a table with a key for each entry, not "error"'),
        ('[per-file-ignores]\n"a.md" = ["QQ"]', '2: unknown rule "QQ"'),
        ('[per-file-ignores]\n"a.md" = "AX"', '2: "a.md" wants a list; write "a.md" = ["AX"]'),
        ('exclude = ["a",\n\n"b\\\\c"]', '3: the glob "b\\c" has a backslash; write "b/c"'),
        ('exclude = ["/a"]', '1: the glob "/a" is absolute; write "./a"'),
        ('exclude = ["../a"]', '1: the glob "../a" leads out'),
        ('exclude = ["*.{md,txt}"]', '1: the glob "*.{md,txt}" has a "{"'),
        ('exclude = [""]', '1: the glob ""'),
        ("preset = \n", "1: not valid TOML, column 10: invalid value"),
        ('a = 1\n\nignore = ["AX001"', "3: not valid TOML, at the end of the file: "),
        ('lang = "zh"\nlang = "en"', "2: not valid TOML"),
        ('"\\u001b[31m" = 1', '1: unknown key "\\u001b[31m"'),
    ],
)
def test_what_is_wrong_is_said_with_its_line(run: Run, repository: Path, settings: str, said: str) -> None:
    write(repository, "decklint.toml", settings)
    done = run("check", cwd=repository)

    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith(f"decklint.toml:{said}") and "\x1b" not in done.stderr


def test_everything_that_is_wrong_is_said_at_once(run: Run, repository: Path) -> None:
    write(
        repository,
        "pyproject.toml",
        '[project]\nname = "x"\n\n[tool.decklint]\nlang = "fr"\nselect = [\n"AX",\n"nope-nope",\n]\n',
    )
    done = run("check", cwd=repository / "slides")

    shown = (repository / "pyproject.toml").as_posix()
    assert [f"{shown}:5", f"{shown}:8"] == [line.rsplit(": ")[0] for line in done.stderr.splitlines()]


def test_a_file_that_is_not_utf8(run: Run, repository: Path) -> None:
    (repository / "decklint.toml").write_bytes("a = 1\n# 设置\n".encode("gb18030"))

    assert "decklint.toml:2: not UTF-8\n" == run("check", cwd=repository).stderr


def test_a_broken_pyproject_of_others_is_not_our_matter(run: Run, repository: Path) -> None:
    write(repository, "pyproject.toml", 'dev = ["decklint"\n')
    assert 3 == len(codes(run, repository))

    write(repository, "pyproject.toml", "[tool.decklint]\nx = \n")
    assert run("check", cwd=repository).stderr.startswith("pyproject.toml:2: not valid TOML")


def test_nothing_is_written_where_settings_are_wrong(run: Run, repository: Path) -> None:
    write(repository, "week2/b.md")
    write(repository, "week2/decklint.toml", "x = 1")

    assert 2 == run("check", "--fix", cwd=repository).returncode
    assert DECK == (repository / "slides/a.md").read_text(encoding="utf-8")


def test_lines_of_keys_and_items() -> None:
    text = '''a = 1 # [x]
b.c = """
[no]
"""
"q.\\u0041" = [ # first
  1.5, ["x", 'y'], # "z"
  {k = "}", l = [1,
  2]},
]
[t."u v"] # c
w = 1979-05-27 07:32:00
[[z]]
x = "\\""
[[z]]
x = \'\'\'
=\'\'\'
y = 2
'''
    tomllib.loads(text)

    assert {
        ("a",): 1,
        ("b",): 2,
        ("b", "c"): 2,
        ("q.A",): 5,
        ("q.A", 0): 6,
        ("q.A", 1): 6,
        ("q.A", 1, 0): 6,
        ("q.A", 1, 1): 6,
        ("q.A", 2): 7,
        ("q.A", 2, "k"): 7,
        ("q.A", 2, "l"): 7,
        ("q.A", 2, "l", 0): 7,
        ("q.A", 2, "l", 1): 8,
        ("t", "u v"): 10,
        ("t", "u v", "w"): 11,
        ("z",): 12,
        ("z", 0): 12,
        ("z", 0, "x"): 13,
        ("z", 1): 14,
        ("z", 1, "x"): 15,
        ("z", 1, "y"): 17,
    } == places(text)


# ---------------------------------------------------------------- what is shown


def test_every_value_has_an_origin(run: Run, repository: Path) -> None:
    write(repository, "base.toml", 'ignore = ["IM007"]\nlang = "zh"\n')
    write(
        repository,
        "decklint.toml",
        'extends = "base.toml"\npreset = "strict"\nignore = [\n  "TY",\n]\nexclude = ["old"]\n'
        '[severity]\nAX001 = "error"\n[per-file-ignores]\n"a.md" = ["TM"]\n',
    )
    done = run("config", "show", "slides/a.md", "--fail-on", "info", "--ignore", "AX", cwd=repository)
    lines = done.stdout.splitlines()

    assert 0 == done.returncode
    assert re.fullmatch(r"# settings for slides/a\.md: decklint\.toml, base\.toml; \d+ rules are run", lines[0])
    assert [
        'preset = "strict"  # decklint.toml:2',
        'fail-on = "info"  # command line',
        'lang = "zh"  # base.toml:2',
        "show-all = false  # default",
        "# select: what the preset says  # default",
        "extend-select = []  # default",
        "ignore = [",
        '  "IM007",  # base.toml:1',
        '  "TY",  # decklint.toml:4',
        '  "AX",  # command line',
        "]",
        "# include: every deck  # default",
        "exclude = [",
        '  "old",  # decklint.toml:6',
        "]",
        "[severity]",
        'image-without-text = "error"  # decklint.toml:8',
        "[per-file-ignores]",
        '"a.md" = ["TM"]  # decklint.toml:10',
    ] == lines[1:]
    assert "strict" == checked(tomllib.loads(done.stdout))["preset"]


def test_show_says_what_is_wrong_and_what_is_excluded(run: Run, repository: Path) -> None:
    write(repository, "decklint.toml", 'exclude = ["a.md"]')
    assert "# excluded by decklint.toml:1" in run("config", "show", "slides/a.md", cwd=repository).stdout

    write(repository, "decklint.toml", "x = 1")
    assert (2, 2) == tuple(run("config", "show", *words, cwd=repository).returncode for words in ((), ("gone.md",)))


def test_the_schema_knows_all_keys_and_rules(run: Run) -> None:
    schema = json.loads(run("config", "schema").stdout)

    assert schema == json_schema()
    assert set(KEYS) == set(schema["properties"])
    assert {"image-without-text", "AX001"} <= set(schema["$defs"]["rule"]["enum"])
    assert "AX" in schema["$defs"]["selector"]["enum"] and all("description" in key for key in schema["properties"].values())


# ---------------------------------------------------------------- a file to begin with


def test_init_writes_once(run: Run, repository: Path) -> None:
    write(repository, "archive/b.md", "---\nmarp: true\n---\n\n# Old\n")
    done = run("init", cwd=repository)
    text = (repository / "decklint.toml").read_text(encoding="utf-8")

    assert 0 == done.returncode
    assert "decklint.toml written; there are 2 decks, 1 of them Chinese" in done.stdout
    assert 'lang = "zh"' in text and '# exclude = ["archive"]' in text
    assert 0 == run("config", "show", cwd=repository).returncode

    again = run("init", cwd=repository)
    assert (2, "") == (again.returncode, again.stdout)
    assert "decklint.toml is already there; nothing was written" in again.stderr
    assert text == (repository / "decklint.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["decklint.toml", ".decklint.toml", "pyproject.toml"])
def test_init_goes_over_no_settings(run: Run, repository: Path, name: str) -> None:
    write(repository, name, "[tool.decklint]\n")

    assert 2 == run("init", cwd=repository).returncode
    assert (name == "decklint.toml") == (repository / "decklint.toml").exists()


def test_what_init_comments_out_is_valid(run: Run, tmp_path: Path) -> None:
    run("init", cwd=tmp_path)
    text = (tmp_path / "decklint.toml").read_text(encoding="utf-8")
    whole = re.sub(r'(?m)^# (?=\[|"drafts|[\w-]+ = )', "", text)

    assert {"preset", "fail-on", "lang", "exclude", "extend-select", "ignore", "severity", "per-file-ignores"} == set(
        checked(tomllib.loads(whole))
    )


# ---------------------------------------------------------------- cost, documentation


def test_a_run_without_settings_reads_none(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    write(tmp_path, "pyproject.toml", '[project]\nname = "x"\n')
    costly = {"pydantic", "tomllib", "decklint.config.schema", "decklint.config.places"}

    assert set() == modules("check", "--no-cache", "a.md", cwd=tmp_path) & costly

    write(tmp_path, "decklint.toml", "")
    assert costly == modules("check", "--no-cache", "a.md", cwd=tmp_path) & costly


def test_the_documentation_is_valid_and_whole() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    examples = [tomllib.loads(example) for example in re.findall(r"```toml\n(.*?)```", text, re.DOTALL)]
    examples = [example["tool"]["decklint"] if "tool" in example else example for example in examples]

    assert [] == [key for key in KEYS if f"| `{key}` |" not in text]
    assert set(KEYS) == {key for example in examples for key in checked(example)}
