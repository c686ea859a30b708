"""The house is in order: who imports whom, types, style, sizes, and no trace of anything but the project."""

from __future__ import annotations

import ast
import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from decklint.catalogue import rule_files
from decklint.deck import deck, nodes
from tests.conftest import ROOT

BIN = Path(sys.executable).parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize(
    "command",
    [["lint-imports"], ["mypy"], ["ruff", "check", "."], ["ruff", "format", "--check", "."]],
    ids=lambda command: "-".join(command[:2]),
)
def test_the_tools_are_content(command: list[str]) -> None:
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (node.end_lineno or 0) - node.lineno > 50
    ]

    assert [] == long
    assert text.count("\n") <= 350


@pytest.mark.parametrize("folder", sorted((ROOT / "src" / "decklint").glob("*/")), ids=lambda folder: folder.name)
def test_a_package_says_what_it_is_for(folder: Path) -> None:
    init = folder / "__init__.py"

    assert folder.name == "__pycache__" or ast.get_docstring(ast.parse(init.read_text(encoding="utf-8")))


def test_checks_do_not_import_each_other_or_the_engine() -> None:
    """Inside a family too, and inside functions, where the contracts of pyproject.toml do not look."""
    wrong = []
    for file in rule_files():
        path = ROOT / "src" / Path(*file.module.split(".")).with_suffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            wrong += [
                f"{file.name}: {name}"
                for name in names
                if re.match(r"decklint\.(checks|engine|project|report|cli|catalogue)", name)
            ]

    assert [] == wrong


def test_every_rule_is_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert [] == [file.name for file in rule_files() if file.name not in changelog]


def test_every_dependency_is_justified() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    words = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    wanted = [re.split(r"[<>=~]", word)[0] for word in words]
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert [] == [name for name in wanted if f"`{name}`" not in architecture]


def test_the_specification_names_every_node_with_its_fields() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\w*) ?\|(.*)\|$", (ROOT / "docs" / "deck.md").read_text(encoding="utf-8"), re.MULTILINE)
    documented = {name: (base, re.findall(r"`(\w+)`", fields)) for name, base, fields in rows}
    actual = {}
    for module in (deck, nodes):
        for name, kind in vars(module).items():
            if dataclasses.is_dataclass(kind) and isinstance(kind, type) and kind.__module__ == module.__name__:
                base = kind.__bases__[0]
                inherited = {field.name for field in dataclasses.fields(base)} if dataclasses.is_dataclass(base) else set()
                own = [f.name for f in dataclasses.fields(kind) if f.name not in inherited and not f.name.startswith("_")]
                actual[name] = ("" if base is object else base.__name__, own)

    assert documented == actual


@pytest.mark.parametrize("command", [["parse.py"], ["hostile.py", "--largest", "10000", "--family", "prose"]], ids=lambda c: c[0])
def test_the_benchmarks_run(command: list[str]) -> None:
    script, *options = command
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / script), *options], capture_output=True, text=True, check=False, timeout=120
    )

    assert 0 == done.returncode, done.stderr
    assert re.search(r"ratio \d|\| prose \| \d", done.stdout)
