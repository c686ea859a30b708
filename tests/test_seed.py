"""The deck this project began with, a real lecture of 65 slides. It is not part of the project; without it these tests skip."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

REPOSITORY = "ShuningCui+CollegeComputerAI"
DECK = "chapter6/6_6_LM.md"


@pytest.fixture(scope="module")
def checkout(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deck's repository, each picture where it was."""
    origin = corpus / "decks" / REPOSITORY
    target = tmp_path_factory.mktemp("seed") / "repository"
    shutil.copytree(origin, target)
    for line in (origin / ".paths.txt").read_text(encoding="utf-8").splitlines():
        path = target / line.partition("\t")[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (target / ".git").mkdir(exist_ok=True)
    return target


@pytest.fixture(scope="module")
def findings(run: Run, checkout: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("check", DECK, "--output-format", "json", cwd=checkout).stdout)
    return found


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        (53, "acronym-misspelt", '"RHLF" should be "RLHF"'),
        (59, "name-misspelt", '"GPT3.5" is written "GPT-3.5"'),
        (110, "marker-without-space", 'Marp shows "+" as text'),
        (133, "list-mixed-markers", 'the marker "-" stands among "+"'),
        (140, "half-width-punctuation", 'half-width ","'),
        (141, "half-width-punctuation", 'half-width ","'),
        (147, "half-width-punctuation", 'half-width ","'),
        (157, "bracket-unbalanced", '"）" has no opening bracket'),
        (163, "fact-contradicted", '"2018年"; the source says 2019-02-14'),
        (169, "fact-disputed", '"16" as number of experts of GPT-4'),
        (170, "fact-disputed", '"1.8万亿" as number of parameters of GPT-4'),
        (189, "name-misspelt", '"Gemini ultra" is written "Gemini Ultra"'),
        (190, "name-misspelt", '"GeminiPro" is written "Gemini Pro"'),
        (191, "name-misspelt", '"GeminiNano" is written "Gemini Nano"'),
        (236, "term-wrong", '"变分编码器" should be "变分自编码器"'),
        (242, "acronym-misspelt", '"GANS" should be "GANs"'),
        (246, "image-without-text", '"#c w:800" are keywords'),
    ],
)
def test_what_is_wrong_is_found(findings: list[dict[str, Any]], line: int, name: str, said: str) -> None:
    here = [finding["message"] for finding in findings if (finding["line"], finding["name"]) == (line, name)]

    assert any(said in message for message in here)


def test_nothing_else_is_said(findings: list[dict[str, Any]]) -> None:
    """Every finding was read and judged; this table keeps it so."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding["name"]] = counts.get(finding["name"], 0) + 1

    assert counts == {
        "title-is-bold-text": 57,
        "acronym-misspelt": 6,
        "name-misspelt": 5,  # "Adagrad" of the registry's names besides the four
        "term-inconsistent": 1,  # 判别器 and 鉴别器
        "marker-without-space": 1,
        "list-mixed-markers": 1,
        "half-width-punctuation": 6,  # four commas, two pairs of brackets
        "bracket-unbalanced": 1,
        "fact-contradicted": 1,
        "fact-disputed": 3,  # 16 experts, 1.8万亿, and ten times as many parameters as GPT-3
        "term-wrong": 1,
        "image-without-text": 5,
        "misconception": 3,  # word2vec first to turn words into vectors, GPT-4 makes pictures, GANs trained with supervision
        "heading-level-inconsistent": 1,  # 大模型的应用, a section on the level of the deck's title
        "lang-missing": 1,
        "slide-overflow": 8,  # one is cut off, seven enter the margin, by the sizes of the course's own theme
    }


def test_a_fact_has_a_source(findings: list[dict[str, Any]]) -> None:
    (source,) = next(f["sources"] for f in findings if f["name"] == "fact-contradicted")

    assert source["url"].startswith("https://openai.com/") and source["locator"]


def test_pictures_are_missed_when_they_are_gone(run: Run, checkout: Path) -> None:
    alone = checkout.parent / "alone" / "chapter6"
    alone.mkdir(parents=True)
    shutil.copy(checkout / DECK, alone)

    found = json.loads(run("check", "chapter6", "--select", "IM001", "--output-format", "json", cwd=alone.parent).stdout)

    assert [f"../pictures/6-{n}.png" for n in range(1, 6)] == [re.search('"(.*?)"', f["message"])[1] for f in found]  # type: ignore[index]


def test_the_first_run_is_a_dozen_entries(run: Run, checkout: Path) -> None:
    out = run("check", DECK, cwd=checkout).stdout

    assert len(re.findall(r"(?m)^(?:error|warning|info): ", out)) <= 12


def test_slides_are_cut_where_marp_cuts(run: Run, checkout: Path) -> None:
    slides = json.loads(run("parse", DECK, "--json", cwd=checkout).stdout)["slides"]

    assert 65 == len(slides)
    assert ("GANS", 240) == (slides[35]["title"], slides[35]["start_line"])


def test_one_deck_is_checked_at_once(run: Run, checkout: Path) -> None:
    """No timing, which lies on a busy machine: only that nobody waits (the figures are in bench)."""
    start = time.monotonic()
    run("check", DECK, cwd=checkout)

    assert time.monotonic() - start < 10
