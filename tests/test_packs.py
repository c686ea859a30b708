"""The rule book: canonical, consistent, with evidence, and its examples hold."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from decklint.facts.claims import Claim
from decklint.facts.registry import Registry, registry
from decklint.facts.verdicts import Verdict
from decklint.packs.canonical import canonical
from decklint.packs.compile import PackError, compile_packs, read_list
from decklint.packs.consistent import LONG_PAST
from decklint.packs.derived import book_of
from decklint.packs.load import complete, rules_folder
from decklint.packs.schema import Entity, Misconception, Term
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source
from tests.conftest import Run

RULES = rules_folder()
DATA = complete()
FACT_FILES = sorted((RULES / "facts").rglob("*.yaml"))
TERM_FILES = sorted((RULES / "terms").glob("*.yaml"))


def head(path: Path) -> str:
    """The comment at the top of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line[2:] for line in lines[: next(i for i, line in enumerate(lines) if not line.startswith("#"))])


@pytest.mark.parametrize("path", FACT_FILES + TERM_FILES, ids=lambda path: path.stem)
def test_a_pack_is_written_in_its_one_form(path: Path, update: bool) -> None:
    model = Term if path in TERM_FILES else Misconception if "misconceptions" in path.stem else Entity
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


@pytest.mark.parametrize("sentence", examples("bad"))
def test_a_false_sentence_is_contradicted(sentence: str) -> None:
    assert [claim for claim in claims(sentence) if claim.verdict is Verdict.CONTRADICTED]


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
    wanted += [misconception["about"] for misconception in DATA["misconceptions"] if "about" in misconception]

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
    [pytest.param(t["right"], s, id=f"{t['id']}-{i}") for t in DATA["terms"] for i, s in enumerate(t.get("bad", ()))],
)
def test_a_wrong_form_is_found(right: str, sentence: str) -> None:
    assert [right] == terms(sentence)


@pytest.mark.parametrize(
    "sentence", [pytest.param(s, id=f"{t['id']}-{i}") for t in DATA["terms"] for i, s in enumerate(t.get("silent", ()))]
)
def test_a_right_form_is_left_alone(sentence: str) -> None:
    assert [] == terms(sentence)


@pytest.mark.parametrize("term", [t for t in DATA["terms"] if t.get("wrong")], ids=lambda t: t["id"])
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


def known_of(name: str, attributes: tuple[str, ...]) -> bool:
    return registry().may_deny(registry().entities[name], attributes)


@pytest.mark.parametrize(
    ("name", "attribute", "reason"),
    [
        ("llama", "vocabulary_size", "only some members state it"),
        ("gpt", "layers", "only some members state it"),
        ("llama-3", "layers", "Llama 3.2 has other layers, and 3.3 states none"),
        ("xlnet", "layers", "the one member that states it is not all that there are"),
        ("claude", "released", "all members state it, and others came before them"),
        ("ernie-4-5-21b", "released", "a version has a date of its own, which is not known"),
    ],
)
def test_a_family_denies_nothing_that_it_may_have(name: str, attribute: str, reason: str) -> None:
    assert not known_of(name, (attribute,)), reason


@pytest.mark.parametrize(
    ("name", "attribute", "reason"),
    [
        ("bert", "layers", "the family states it"),
        ("bert", "feed_forward_size", "both members state it, and there are no others"),
        ("bert-large", "published", "a variant is of the day of its family"),
        ("claude-3", "organisation", "a version is of the maker of its family"),
        ("resnet", "venue", "its paper states it"),
    ],
)
def test_what_is_known_of_a_whole_family_may_deny(name: str, attribute: str, reason: str) -> None:
    assert known_of(name, (attribute,)), reason


# ---------------------------------------------------------------- `decklint facts check`

FACT = """- id: quux-7
  kind: model
  name: Quux-7
  aliases:
    - {text: Quux-7}
  facts:
    - attribute: published
      value: 2019-03
      sources:
        - title: Quux
          url: https://example.org/quux
          locator: title page
          checked: {how: read, on: 2026-11-24}
      good: [Quux-7 was published in 2019.]
      bad: [Quux-7 was published in 2011.]
  silent: [We used Quux-7 in 2024.]
"""


def checked(run: Run, folder: Path, text: str, name: str = "mine.yaml") -> subprocess.CompletedProcess[str]:
    (folder / name).write_text(text, encoding="utf-8")
    return run("facts", "check", name, cwd=folder)


def test_a_pack_without_trouble_passes(run: Run, tmp_path: Path) -> None:
    done = checked(run, tmp_path, FACT)

    assert (0, "", "1 facts and 3 examples checked: no troubles\n") == (done.returncode, done.stdout, done.stderr)


EVIDENCE = FACT[FACT.index("        - title") : FACT.index("      good")]


@pytest.mark.parametrize(
    ("old", "new", "line", "place", "said"),
    [
        ("sources:\n" + EVIDENCE, "sources: []\n", 7, "published", "a fact without evidence is a rumour (name the source"),
        ("      sources:\n" + EVIDENCE, "", 7, "published", 'the key "sources" is missing (write `sources: ...`)'),
        ("        - title", "        - tilte", 10, "published, sources, entry 1, tilte", 'unknown (did you mean "title"?)'),
        ("how: read", "how: remembered", 13, "published, sources, entry 1, checked, how", "'read', 'mirror' or 'two-secondary'"),
        ("{text: Quux-7}", "{text: BERT}", 5, "aliases, entry 1", 'the name "BERT" is also a name of bert'),
        ("{text: Quux-7}", "{text: Q}\n    - {text: Q}", 6, "aliases, entry 2", 'the name "Q" is given twice'),
        ("published in 2011", "a thing of note", 15, "published, bad, entry 1", "a false sentence is not found: “Quux-7"),
        ("published in 2019", "published in 2015", 14, "published, good, entry 1", "a true sentence is contradicted"),
        ("We used Quux-7 in 2024", "Quux-7 was published in 2015", 16, "silent, entry 1", "a sentence that states nothing gives"),
        ("      sources", "      review: 2021-05\n      sources", 9, "published, review", "the review of 2021-05 is long past"),
        ("published\n", "publishd\n", 7, "publishd, attribute", 'no attribute "publishd" (did you mean "published"?)'),
        ("kind: model", "kind: modell", 2, "kind", '(did you mean "model"?)'),
        ("  aliases", "  version_of: bret\n  aliases", 4, "version_of", 'no entity "bret" (did you mean "bert"?)'),
    ],
)  # fmt: skip
def test_trouble_is_told_with_line_place_and_cure(
    run: Run, tmp_path: Path, old: str, new: str, line: int, place: str, said: str
) -> None:
    done = checked(run, tmp_path, FACT.replace(old, new, 1))

    assert 2 == done.returncode
    (told,) = [each for each in done.stdout.splitlines() if each.startswith(f"mine.yaml:{line}: quux-7, {place}: ")]
    assert said in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{text: Quux-7}", '{text: "Quux-7"}', "mine.yaml:5: not in the one form of packs (`decklint facts check --write` "),
        ("name: Quux-7", "name: [Quux", "mine.yaml:4: not YAML: "),
        ("- id: quux-7", "id: quux-7", "mine.yaml:2: not YAML: "),
        ("- id: quux-7", "- id: Quux 7", "mine.yaml:1: Quux 7, id: string should match pattern"),
        (FACT, "id: quux-7\n", "mine.yaml:1: a pack is a list of entries"),
    ],
)
def test_trouble_with_a_whole_pack_has_a_line_too(run: Run, tmp_path: Path, old: str, new: str, told: str) -> None:
    done = checked(run, tmp_path, FACT.replace(old, new, 1))

    assert 2 == done.returncode
    assert done.stdout.startswith(told), done.stdout


def test_an_id_given_twice_is_trouble(run: Run, tmp_path: Path) -> None:
    assert 'the id "quux-7" is given twice' in checked(run, tmp_path, FACT + "\n" + FACT).stdout


def test_a_pack_of_a_course_may_override(run: Run, tmp_path: Path) -> None:
    text = FACT.replace("quux-7", "bert").replace("Quux-7", "BERT")

    assert "" == checked(run, tmp_path, text).stdout


def test_a_misconception_that_its_words_do_not_tell_is_trouble(run: Run, tmp_path: Path) -> None:
    text = """- id: quux-first
  about: bert
  patterns: [BERT was the first]
  why: It was not.
  sources:
    - title: Quux
      url: https://example.org/quux
      checked: {how: read, on: 2026-11-24}
  good: [BERT was the first of them.]
  bad: [BERT came first.]
"""
    done = checked(run, tmp_path, text, "misconceptions.yaml")

    assert ":9: quux-first, good, entry 1: a true sentence is contradicted: “BERT was the first of them.”" in done.stdout
    assert ":10: quux-first, bad, entry 1: a false sentence is not found" in done.stdout


def test_check_writes_the_one_form_when_told_to(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("# Ours.\n" + FACT.replace("{text: Quux-7}", '{"text": "Quux-7"}'), encoding="utf-8")

    done = run("facts", "check", "--write", "mine.yaml", cwd=tmp_path)

    assert (0, "# Ours.\n" + FACT) == (done.returncode, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("words", [("gpt 2",), ("gpt", "2"), ("GPT-2",)])
def test_a_search_puts_whole_words_before_parts_of_words(run: Run, words: tuple[str, ...]) -> None:
    found = [line.split()[0] for line in run("facts", "search", *words).stdout.splitlines()[2:]]

    assert ["gpt-2"] == found[:1]
    assert all(name.startswith("gpt") for name in found[:3]), found


def test_the_registry_has_no_trouble(run: Run) -> None:
    done = run("facts", "check")

    assert (0, "") == (done.returncode, done.stdout)


def test_no_review_is_long_past() -> None:
    late = (date.today() - LONG_PAST).isoformat()

    assert [] == [(owner, fact["attribute"]) for owner, fact in facts() if fact.get("review") and fact["review"] < late]


def test_what_only_is_reported_has_a_review_date() -> None:
    open_questions = [(owner, fact) for owner, fact in facts() if fact.get("status", "established") != "established"]

    assert open_questions
    assert [] == [(owner, fact["attribute"]) for owner, fact in open_questions if "review" not in fact]


def test_due_lists_what_ages(run: Run) -> None:
    lines = run("facts", "due", "--by", "2100-01-01").stdout.splitlines()

    assert sum("review" in fact for _, fact in facts()) == len(lines) - 4
    assert any(line.split()[2:4] == ["gpt-4", "parameters"] for line in lines[2:])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("        - title: Marvin Minsky\n", "        - titel: Marvin Minsky\n", "the key"),
        ("{text: Minsky}", "{text: Hinton}", "is also a name of"),
        ("{text: 明斯基}", '{text: "明斯基"}', "not in the one form"),
        ("[明斯基获得1969年图灵奖。", "[明斯基获得1959年图灵奖。", "a true sentence is contradicted"),
        ("[明斯基获得1956年图灵奖。", "[明斯基获得1969年图灵奖。", "a false sentence is not found"),
        ("[Radford 等人的 GPT 论文在第 5 页给出了表 2。]", "[明斯基获得1956年图灵奖。]", "a sentence that states nothing gives"),
        ("      value: [turing-award 1969]", "      value: [turing-award 1969]\n      review: 2020-01", "is long past"),
    ],
)  # fmt: skip
def test_a_pack_of_the_registry_that_is_spoilt_is_found(run: Run, tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (RULES / "facts" / "people.yaml").read_text(encoding="utf-8")
    assert 1 == text.count(old)

    done = checked(run, tmp_path, text.replace(old, new))

    assert 2 == done.returncode
    assert said in done.stdout


def test_a_fact_of_the_registry_that_loses_its_evidence_is_found(run: Run, tmp_path: Path) -> None:
    text = (RULES / "facts" / "people.yaml").read_text(encoding="utf-8")
    start, end = text.index("        - title: Marvin Minsky"), text.index("      good: [明斯基")

    done = checked(run, tmp_path, text[:start].rstrip() + " []\n" + text[end:])

    assert (2, True) == (done.returncode, "a fact without evidence is a rumour" in done.stdout)


def test_names_begin_where_a_word_can_begin() -> None:
    book = book_of(DATA)

    assert [] == [name for part in ("names", "people") for name in book[part] if not re.match(r"\w|[\u2e80-\U0010ffff]", name)]
