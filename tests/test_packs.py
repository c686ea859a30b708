"""The rule book: canonical, consistent, with evidence, and its examples hold."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from decklint.facts.claims import Claim
from decklint.facts.registry import Registry, registry
from decklint.facts.verdicts import Verdict
from decklint.packs.canonical import canonical
from decklint.packs.compile import PackError, compile_packs, read_list
from decklint.packs.load import load, rules_folder
from decklint.packs.schema import Entity, Misconception, Term
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source

RULES = rules_folder()
DATA = load()
FACT_FILES = sorted((RULES / "facts").rglob("*.yaml"))
TERM_FILES = sorted((RULES / "terms").glob("*.yaml"))


def head(path: Path) -> str:
    """The comment at the top of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line[2:] for line in lines[: next(i for i, line in enumerate(lines) if not line.startswith("#"))])


@pytest.mark.parametrize("path", FACT_FILES + TERM_FILES, ids=lambda path: path.stem)
def test_a_pack_is_written_in_its_one_form(path: Path, update: bool) -> None:
    model = Term if path in TERM_FILES else Misconception if path.stem == "misconceptions" else Entity
    expected = canonical(read_list(path, model), head(path))
    if update:
        path.write_text(expected, encoding="utf-8")

    assert expected == path.read_text(encoding="utf-8")


def claims(sentence: str) -> list[Claim]:
    return DeckView(parse(Source(f"# 标题\n\n{sentence}\n"))).claims


def facts() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for entity in DATA["entities"]:
        for owner in (entity, *entity.get("variants", ())):
            found += [(owner["id"], fact) for fact in owner.get("facts", ())]
    return found


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(s, id=f"{owner}-{fact['attribute']}-{i}")
        for owner, fact in facts()
        for i, s in enumerate(fact.get(kind, ()))
    ]


@pytest.mark.parametrize("sentence", examples("good"))
def test_a_true_sentence_is_never_contradicted(sentence: str) -> None:
    assert [] == [claim for claim in claims(sentence) if claim.verdict is Verdict.CONTRADICTED]


SILENT = [pytest.param(s, id=f"{e['id']}-{i}") for e in DATA["entities"] for i, s in enumerate(e.get("silent", ()))]


@pytest.mark.parametrize("sentence", SILENT)
def test_a_silent_sentence_gives_no_finding(sentence: str) -> None:
    assert [] == [claim for claim in claims(sentence) if claim.verdict in (Verdict.CONTRADICTED, Verdict.DISPUTED)]


COUNTED = {"quantity", "date"}


def test_most_false_sentences_are_contradicted() -> None:
    """Of what dates and numbers say, that is; sets and phrases are not claimed yet. The share may only grow."""
    types = {attribute["id"]: attribute["type"] for attribute in DATA["attributes"]}
    bad = [s for _, fact in facts() if types[fact["attribute"]] in COUNTED for s in fact.get("bad", ())]

    found = sum(any(claim.verdict is Verdict.CONTRADICTED for claim in claims(s)) for s in bad)

    assert found / len(bad) >= 0.92, f"{found} of {len(bad)}"


def test_every_fact_says_what_was_opened() -> None:
    levels = Counter(source["checked"]["how"] for _, fact in facts() for source in fact["sources"])

    assert set(levels) <= {"read", "mirror", "two-secondary"}
    assert all(source["url"].startswith("http") and source["checked"]["on"] for _, fact in facts() for source in fact["sources"])


def test_references_between_entities_lead_somewhere() -> None:
    known = {owner for entity in DATA["entities"] for owner in (entity["id"], *(v["id"] for v in entity.get("variants", ())))}
    wanted = [
        reference
        for entity in DATA["entities"]
        for key in ("version_of", "part_of", "papers")
        for reference in ([entity[key]] if isinstance(entity.get(key), str) else entity.get(key, ()))
    ]
    wanted += [value for _, fact in facts() if fact["attribute"] == "organisation" for value in fact["value"]]
    wanted += [misconception["about"] for misconception in DATA["misconceptions"]]

    assert set() == set(wanted) - known


def test_a_name_belongs_to_one_entity() -> None:
    names = Counter(
        alias["text"]
        for entity in DATA["entities"]
        for owner in (entity, *entity.get("variants", ()))
        for alias in owner.get("aliases", ())
    )

    assert [] == [name for name, count in names.items() if count > 1]


def test_facts_have_attributes_that_exist() -> None:
    assert {fact["attribute"] for _, fact in facts()} <= {attribute["id"] for attribute in DATA["attributes"]}


@pytest.mark.parametrize("misconception", DATA["misconceptions"], ids=lambda m: m["id"])
def test_a_misconception_is_told_by_its_words(misconception: dict[str, Any]) -> None:
    patterns = [re.compile(pattern) for pattern in misconception["patterns"]]

    assert all(any(p.search(s) for p in patterns) for s in misconception["bad"])
    assert not any(p.search(s) for p in patterns for s in misconception["good"])


# ---------------------------------------------------------------- terms


def terms(sentence: str) -> list[str]:
    return [hit.form.right for hit in DeckView(parse(Source(f"# 标题\n\n{sentence}\n"))).terms]


@pytest.mark.parametrize(
    ("right", "sentence"),
    [pytest.param(t["right"], s, id=f"{t['id']}-{i}") for t in DATA["terms"] for i, s in enumerate(t["bad"])],
)
def test_a_wrong_form_is_found(right: str, sentence: str) -> None:
    assert [right] == terms(sentence)


@pytest.mark.parametrize(
    "sentence", [pytest.param(s, id=f"{t['id']}-{i}") for t in DATA["terms"] for i, s in enumerate(t.get("silent", ()))]
)
def test_a_right_form_is_left_alone(sentence: str) -> None:
    assert [] == terms(sentence)


@pytest.mark.parametrize("term", DATA["terms"], ids=lambda t: t["id"])
def test_a_term_shows_a_wrong_use(term: dict[str, Any]) -> None:
    assert term["bad"]


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- {id: x, kind: model, name: X, facts: [{attribute: published, value: 2019, sources: []}]}", "rumour"),
        ("- {id: x, kind: model, name: X, colour: red}", "colour"),
        ("- {id: X Y, kind: model, name: X}", "pattern"),
        ("- {id: x, kind: car, name: X}", "kind"),
        ("- {id: x, kind: model, name: X, facts: [{attribute: a, value: 1, review: soon, sources: [{title: T, url: u, "
         "checked: {how: read, on: 2026-01-01}}]}]}", "no date"),
        ("- {id: x, kind: model, name: X, facts: [{attribute: a, value: 1, sources: [{title: T, url: u, "
         "checked: {how: two-secondary, on: 2026-01-01}}]}]}", "two sources"),
        ("- [", "while parsing"),
    ],
)  # fmt: skip
def test_a_pack_that_is_not_valid_is_refused_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(PackError, match=complaint) as error:
        read_list(path, Entity)

    assert "pack.yaml" in str(error.value)


def test_an_id_may_be_given_once(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "terms").mkdir()
    (tmp_path / "attributes.yaml").write_text("[]", encoding="utf-8")
    (tmp_path / "facts" / "misconceptions.yaml").write_text("[]", encoding="utf-8")
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "facts" / name).write_text("- {id: x, kind: model, name: X}", encoding="utf-8")

    with pytest.raises(PackError, match="'x' is given twice"):
        compile_packs(tmp_path)


def test_the_registry_knows_families_widely() -> None:
    known: Registry = registry()
    values = {value for fact in known.facts(known.entities["bert"], ("parameters",)) for value in fact.values}

    assert {"1.1e8", "3.4e8"} <= values
