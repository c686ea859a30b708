"""The guide "add a fact in five minutes", followed: files are written, commands run, and what it shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from decklint.packs.load import load
from tests.conftest import ROOT, Run

GUIDES = ("add-a-fact.md", "add-a-fact.zh-CN.md")
FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "fact.yml"

_BLOCK = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def followed(text: str, folder: Path, run: Run) -> str:
    """The guide with the outputs that its commands really give in this folder."""
    said = ""

    def step(block: re.Match[str]) -> str:
        nonlocal said
        language, name, body = block.groups()
        if name:
            (folder / name).write_text(body, encoding="utf-8")
        elif language == "sh":
            first, *words = shlex.split(body.replace("\\\n", " "))
            assert "decklint" == first
            done = run(*words, cwd=folder)
            said = done.stdout + done.stderr
        elif language == "text":
            return f"```text\n{said.rstrip()}\n```"
        return block[0]

    return _BLOCK.sub(step, text)


@pytest.mark.parametrize("name", GUIDES)
def test_the_guide_shows_what_happens(run: Run, tmp_path: Path, update: bool, name: str) -> None:
    path = ROOT / "docs" / name
    text = path.read_text(encoding="utf-8")
    expected = followed(text, tmp_path, run)
    if update:
        path.write_text(expected, encoding="utf-8")

    assert expected == path.read_text(encoding="utf-8")


def test_both_languages_take_the_same_steps() -> None:
    steps = [
        [(block[1], block[2]) for block in _BLOCK.finditer((ROOT / "docs" / name).read_text(encoding="utf-8"))] for name in GUIDES
    ]

    assert steps[0] == steps[1]
    assert 5 == sum(language == "sh" for language, _ in steps[0])


@pytest.mark.parametrize("name", GUIDES)
def test_the_guide_ends_with_a_pack_without_trouble(run: Run, tmp_path: Path, name: str) -> None:
    followed((ROOT / "docs" / name).read_text(encoding="utf-8"), tmp_path, run)

    assert 0 == run("facts", "check", "my-course.yaml", cwd=tmp_path).returncode


@pytest.mark.parametrize("name", GUIDES)
def test_links_of_the_guide_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "docs" / name).read_text(encoding="utf-8"))

    assert [] == [link for link in links if not (ROOT / "docs" / link).exists()]


# ---------------------------------------------------------------- the issue form

BODY = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
    "checkboxes": {"label", "description", "options"},
}


def form() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    return read


def test_the_issue_form_has_the_keys_that_github_knows() -> None:
    """After GitHub's description of issue forms: top-level keys, element types, attributes and validations of each."""
    read = form()
    elements = read["body"]

    assert (
        {"name", "description", "body"}
        <= set(read)
        <= {"name", "description", "body", "title", "labels", "assignees", "projects", "type"}
    )
    assert {element["type"] for element in elements} <= BODY
    for element in elements:
        assert set(element) <= {"type", "id", "attributes", "validations"}
        assert set(element["attributes"]) <= ATTRIBUTES[element["type"]]
        assert set(element.get("validations", {})) <= {"required"}
        assert "markdown" == element["type"] or re.fullmatch(r"[A-Za-z0-9_-]+", element["id"])


def test_no_two_elements_of_the_issue_form_look_alike() -> None:
    elements = [element for element in form()["body"] if element["type"] != "markdown"]

    assert len(elements) == len({element["id"] for element in elements}) == len({e["attributes"]["label"] for e in elements})


def test_the_issue_form_asks_for_what_a_fact_needs() -> None:
    required = {element["id"] for element in form()["body"] if element.get("validations", {}).get("required")}

    assert {"claim", "source", "opened", "example", "reason"} <= required


def test_the_issue_form_offers_the_attributes_of_the_registry() -> None:
    (attribute,) = [element for element in form()["body"] if element.get("id") == "attribute"]
    known = [each["id"] for each in load()["attributes"]]

    assert [*known, "something else"] == attribute["attributes"]["options"]
