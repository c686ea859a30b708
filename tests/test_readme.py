"""What the documentation shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

_SHOWN = re.compile(r"(<!-- output: decklint (.+?) -->\n```text\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_output_in_readme_is_real(run: Run, update: bool, name: str) -> None:
    path = ROOT / name
    text = path.read_text(encoding="utf-8")

    def real(match: re.Match[str]) -> str:
        return match[1] + run(*shlex.split(match[2])).stdout.rstrip("\n") + "\n" + match[4]

    expected = _SHOWN.sub(real, text)
    if update:
        path.write_text(expected, encoding="utf-8")

    assert 2 == len(_SHOWN.findall(text))
    assert expected == path.read_text(encoding="utf-8")


def test_both_languages_show_the_same_commands() -> None:
    """What is translated is kept beside what it was translated from."""

    def commands(name: str) -> list[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return re.findall(r"```(?:sh|yaml)\n(.*?)```", text, re.DOTALL)

    english, chinese = commands("README.md"), commands("README.zh-CN.md")
    assert chinese and [] == [each for each in chinese if each not in english]


def test_the_first_rule_of_contributing_is_a_rule_that_works(tmp_path: Path) -> None:
    """The walk in CONTRIBUTING, followed: its file is written, imported as a rule, and its examples are run."""
    import importlib.util
    import sys
    import textwrap

    from decklint.testing import examples, problems

    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^   ````python\n(.*?)^   ````$", text, re.DOTALL | re.MULTILINE)
    path = tmp_path / "ty090_punctuation_doubled.py"
    path.write_text(textwrap.dedent(code), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("decklint.checks.ty.ty090_punctuation_doubled", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
        found = list(examples(module.check))
        wrong = [problem for example in found for problem in problems(module.check, example)]
    finally:
        del sys.modules[spec.name]

    assert (["bad", "fixed", "good"], []) == ([example.kind for example in found], wrong)


@pytest.mark.parametrize(
    "name",
    ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/ci.md", "rules/README.md"],
)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))

    assert [] == [link for link in links if not (path.parent / link).exists()]
