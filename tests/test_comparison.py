"""docs/comparison.md says what the tools and decklint say today; docs/migrating.md gives configurations that work."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import struct
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from decklint.catalogue import find, rule_files
from tests import test_seed
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "comparison.md"
GUIDE = ROOT / "docs" / "migrating.md"
COMPARE = ROOT / "tools" / "compare.py"
KEPT = sorted((ROOT / "tools" / "compare").glob("*.json"))
KEPT = [path for path in KEPT if not path.name.startswith("package")]
DECKS = {"course": "week1/language-models.md", "english": "week2/vision.md"}


@pytest.fixture(scope="module")
def lecture(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the real lecture, with pictures of the sizes that they had: as much of each as tells its size."""
    origin = corpus / "decks" / test_seed.REPOSITORY
    target = tmp_path_factory.mktemp("lecture") / "repository"
    shutil.copytree(origin, target)
    for line in (origin / ".paths.txt").read_text(encoding="utf-8").splitlines():
        name, _, size = line.partition("\t")
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if size:
            head = struct.pack(">I4sIIBBBBBI", 13, b"IHDR", *map(int, size.split("x")), 8, 0, 0, 0, 0, 0)
            (target / name).write_bytes(b"\x89PNG\r\n\x1a\n" + head)
        else:
            (target / name).touch()
    (target / ".git").mkdir(exist_ok=True)
    return target


@pytest.fixture(scope="module")
def peers() -> Any:
    spec = importlib.util.spec_from_file_location("peers", ROOT / "tools" / "peers.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["peers"] = module
    spec.loader.exec_module(module)
    return module


def compare(*words: str, cwd: Path = ROOT, script: Path = COMPARE, **env: str) -> str:
    done = subprocess.run([sys.executable, str(script), *words], cwd=cwd, capture_output=True, check=False, env=env or None)
    assert 0 == done.returncode, done.stderr.decode()
    return done.stdout.decode("utf-8")


def part(name: str) -> str:
    found = re.search(rf"<!-- {name}: .*?-->\n\n(.*?)\n<!-- /{name} -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("name", DECKS)
def test_the_page_says_what_decklint_says_now(name: str, update: bool) -> None:
    said = compare(f"fixtures/course/{DECKS[name]}", "--kept", name, *["--write"] * update)

    assert said == part(name)


def test_the_page_says_what_decklint_says_of_the_real_lecture(lecture: Path, update: bool) -> None:
    said = compare(test_seed.DECK, "--kept", "lecture", *["--write"] * update, cwd=lecture)

    assert said == part("lecture")


def test_the_page_names_only_rules_that_exist() -> None:
    named = set(re.findall(r"\b(?!MD)([A-Z]{2}\d{3}) ([a-z-]+)", PAGE.read_text(encoding="utf-8")))

    assert named
    assert set() == named - {(file.code, file.name) for file in rule_files()}


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_what_is_kept_of_other_tools_are_rules_and_lines_of_one_version_each(path: Path, peers: Any) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    pins = json.loads((path.parent / "package.json").read_text(encoding="utf-8"))["dependencies"]
    pins |= dict(line.split("==") for line in (path.parent / "requirements.txt").read_text(encoding="utf-8").split())
    rules = [rule for tool in kept.values() for kind in tool["said"].values() for rule in kind]

    assert {peer.name: pins[peer.package] for peer in peers.PEERS} == {name: tool["version"] for name, tool in kept.items()}
    assert {kind for tool in kept.values() for kind in tool["said"]} <= set(peers.KINDS)
    assert [] == [rule for rule in rules if not re.fullmatch(r"[A-Za-z0-9-]+", rule)]


def test_a_tool_that_is_not_installed_is_named(tmp_path: Path) -> None:
    for script in ("compare.py", "peers.py"):
        shutil.copy(ROOT / "tools" / script, tmp_path)
    deck = str(ROOT / "fixtures" / "course" / DECKS["course"])

    said = compare(deck, script=tmp_path / "compare.py", PATH=str(tmp_path))

    assert [
        f"{name} (not installed)" for name in ("autocorrect", "zhlint", "lint-md", "markdownlint-cli2", "rumdl")
    ] == re.findall(r"[\w-]+ \(not installed\)", said)


@pytest.mark.parametrize(
    ("tool", "output", "lines", "expected"),
    [
        (
            "autocorrect",
            json.dumps({"messages": [{"lines": [{"l": 2, "c": 1, "old": "用GPT,好", "new": "用 GPT，好"}]}]}),
            [],
            [("edit", "spacing", 2), ("edit", "width", 2)],
        ),
        ("zhlint", "a.md:2:1 - 此处标点符号需要使用半角\n", ["", "甲（乙"], [("halfwidthPunctuation", "bracket", 2)]),
        ("zhlint", "a.md:1:0 - 此处标点符号需要使用全角\n", [",甲"], [("fullwidthPunctuation", "width", 1)]),
        (
            "lint-md",
            '   7:2    error  半角标点","  no-half-width-punctuation\n  9:1  error  x y   space-around-number\n',
            [],
            [("no-half-width-punctuation", "width", 7), ("space-around-number", "spacing", 9)],
        ),
        (
            "markdownlint-cli2",
            "a.md:8 error MD041/first-line-h1 x\na.md:9:3 error MD004/ul-style x\n",
            [],
            [("MD041", "title", 8), ("MD004", "list", 9)],
        ),
        ("rumdl", "a.md:12:1: [MD022] x [*]\n\nIssues: Found 1 issue\n", [], [("MD022", "title", 12)]),
    ],
)  # fmt: skip
def test_each_tool_is_read_in_its_own_form(peers: Any, tool: str, output: str, lines: list[str], expected: list[Any]) -> None:
    reader = next(peer.read for peer in peers.PEERS if peer.name == tool)

    assert expected == list(reader(output, lines))


# ------------------------------------------------------------------ the guide


def section(tool: str) -> str:
    return re.split(r"^## ", GUIDE.read_text(encoding="utf-8").partition(f"\n## {tool}\n")[2], flags=re.MULTILINE)[0]


def configuration(tool: str) -> str:
    return "".join(re.findall(r"^```\w+\n(.*?)^```", section(tool), re.DOTALL | re.MULTILINE)[:1])


def off(tool: str) -> set[str]:
    cells = re.findall(r"^\| ([`M].*?) \|", section(tool), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"MD\d{3}|(?<=`)[\w-]+(?=`)", cell)}


def test_the_guide_names_only_rules_that_exist() -> None:
    cells = re.findall(r"^\| [`M][^|]* \| [^|]* \| (.*) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    named = [name for cell in cells for name in re.findall(r"`([\w-]+)`", cell)]

    assert named
    assert [] == [name for name in named if not find(name)]


def test_the_configurations_switch_off_what_the_tables_say() -> None:
    plain = re.sub(r"^//.*", "", configuration("markdownlint-cli2"))
    markdownlint = {name for name, on in json.loads(plain)["config"].items() if not on}
    rumdl = set(tomllib.loads(configuration("rumdl"))["global"]["disable"])
    autocorrect = {name for name, on in yaml.safe_load(configuration("autocorrect"))["rules"].items() if not on}
    lint_md = {name for name, on in json.loads(configuration("lint-md"))["rules"].items() if not on}
    zhlint = set(json.loads(configuration("zhlint"))["rules"])

    assert off("markdownlint-cli2") == markdownlint
    assert off("markdownlint-cli2") | off("rumdl") == rumdl
    assert off("autocorrect") - {"spellcheck"} == autocorrect
    assert off("lint-md") == lint_md
    assert set() == off("zhlint") & zhlint


@pytest.mark.parametrize(
    ("tool", "file", "words", "quiet"),
    [
        ("markdownlint-cli2", ".markdownlint-cli2.jsonc", ["**/*.md"], "Summary: 0 issues"),
        ("rumdl", ".rumdl.toml", ["check", "--no-cache", "."], "No issues found in 3 files"),
        ("autocorrect", ".autocorrectrc", ["--lint", "."], "No issues found"),
        ("zhlint", ".zhlintrc", ["*/*.md"], "No error found"),
        ("lint-md", ".lintmdrc", ["*/*.md"], "Done in"),
    ],
)
def test_with_its_configuration_a_tool_is_quiet_about_the_course(
    peers: Any, tool: str, file: str, words: list[str], quiet: str, tmp_path: Path
) -> None:
    program = peers.command(tool)
    if program is None:
        pytest.skip(f"{tool} is not installed in tools/compare")
    shutil.copytree(ROOT / "fixtures" / "course", tmp_path / "course")
    (tmp_path / "course" / file).write_text(configuration(tool), encoding="utf-8")

    done = subprocess.run([program, *words], cwd=tmp_path / "course", capture_output=True, check=False)

    assert 0 == done.returncode, done.stdout.decode()
    assert quiet in (done.stdout + done.stderr).decode()
