"""Sentences that pin the fact engine, attribute by attribute and trap by trap: what a deck claims, where, and with which verdict.

A case in `fixtures/claims/*.yaml` is a small deck. `claims` lists what must be found; `value` is the text of the value as it
stands in the source, there once or at `line:column`. Claims that are not listed may only be confirmed or unknown.
`findings` names rules besides those that follow from the verdicts, and `value` a text that they touch. A case without either must
give no finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from decklint.catalogue import load, rule_files
from decklint.engine import check_deck
from decklint.facts.registry import registry
from decklint.findings import Finding, Severity
from decklint.parse import parse
from decklint.rule import DeckView, Rule
from decklint.text import Position, Source, Span
from tests.conftest import ROOT

FOLDER = ROOT / "fixtures" / "claims"
RULE_OF = {"contradicted": "fact-contradicted", "disputed": "fact-disputed", "outdated": "fact-outdated"}
DATED = {"published", "released", "announced"}  # 发布 and "introduced" say each of them
APART = {"list-parent", "table", "title", "continued-title", "sentence-before"}
"""Traps whose subject stands outside the clause: at most a warning."""
TRAPS = APART | {
    "ambiguous-name", "animated-list", "beside-a-model", "bound", "built-on", "citation", "comparison", "decade", "distribution",
    "equal-bindings", "errata", "family", "folding", "gpt-4o", "han-numerals", "hearsay", "hypothetical", "longer-name", "markup",
    "misspelt-name", "name-inside-name", "name-year", "negation", "no-cue", "no-space", "not-read", "number-range", "open-set",
    "other-attribute", "plan", "precision", "question", "quiz-options", "quoted-error", "renamed", "traditional", "turing-nlg",
    "two-right-sizes", "two-right-years", "undisclosed", "unknown-version", "unspaced", "vague-range", "venue-year", "year-range",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A deck, and what must be found in it."""

    id: str
    text: str
    trap: str
    claims: tuple[dict[str, str], ...]
    findings: tuple[dict[str, str], ...]


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, raw in enumerate(read(path), 1):
            claims, findings = tuple(raw["claims"]), tuple(raw.get("findings", ()))
            yield Case(f"{path.stem}-{number:03}", raw["text"], raw.get("trap", ""), claims, findings)


def read(path: Path) -> list[dict[str, Any]]:
    """As text, so that a year stays what was written."""
    return list(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader))


CASES = list(cases())


def place(source: Source, claim: dict[str, str]) -> Span:
    """Where the value of an expected claim stands."""
    text, value = source.text, claim["value"]
    start = text.find(value)
    if at := claim.get("at"):
        line, column = map(int, at.split(":"))
        start = source.line_starts[line - 1] + column - 1
    assert text[start : start + len(value)] == value
    assert at or text.count(value) == 1, f"{value!r} does not stand there once"
    return Span(start, start + len(value))


def told(source: Source, entity: str, attribute: str, span: Span, verdict: str) -> str:
    """A claim in one line, dates of appearance under one name."""
    position: Position = source.position(span.start)
    kind = "date" if attribute in DATED else attribute
    return f"{entity} {kind} {source.slice(span)!r} at {position.line}:{position.column} {verdict}"


@cache
def rules() -> list[Rule]:
    return [load(file) for file in rule_files() if file.code[:2] in ("FC", "CN")]


def rules_for(case: Case) -> list[Rule]:
    """Rules that are off by default run only where they are wanted."""
    wanted = {finding["rule"] for finding in case.findings}
    return [rule for rule in rules() if rule.default or rule.name in wanted]


def touches(finding: Finding, spans: list[Span]) -> bool:
    return any(finding.span.overlaps(span) for span in spans)


def spans_of(text: str, value: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(re.escape(value), text)] if value else [Span(0, len(text))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_claims_and_findings(case: Case) -> None:
    source = Source(case.text)
    deck = parse(source)
    found = DeckView(deck).claims
    reported = check_deck(deck, rules_for(case))
    wanted = {told(source, c["entity"], c["attribute"], place(source, c), c["verdict"]) for c in case.claims}
    said = {told(source, c.entity.id, c.attribute.id, c.value_span, c.verdict.value) for c in found}
    loud = {(RULE_OF[c["verdict"]], place(source, c)) for c in case.claims if c["verdict"] in RULE_OF}
    noted = {f["rule"]: spans_of(case.text, f.get("value", "")) for f in case.findings}
    allowed = [span for _, span in loud] + [span for spans in noted.values() for span in spans]

    missed = sorted(wanted - said)
    missed += [f"{rule} at {span}" for rule, span in loud if not any((f.name, f.span) == (rule, span) for f in reported)]
    missed += [rule for rule, spans in noted.items() if not any(f.name == rule and touches(f, spans) for f in reported)]
    alarms = [told(source, c.entity.id, c.attribute.id, c.value_span, c.verdict.value) for c in found
              if c.verdict.value in RULE_OF and not any(c.value_span.overlaps(span) for span in allowed)]  # fmt: skip
    alarms += [f.message.text() for f in reported if f.name not in noted and not (f.code[:2] == "FC" and touches(f, allowed))]
    too_sure = [f.message.text() for f in reported if case.trap in APART and f.severity is Severity.ERROR]

    assert {"missed": [], "alarms": [], "too sure": []} == {"missed": missed, "alarms": alarms, "too sure": too_sure}, case.text


# ---------------------------------------------------------------- the set itself


def test_there_are_enough_sentences_in_both_languages() -> None:
    chinese = sum(bool(re.search(r"[\u4e00-\u9fff]", case.text)) for case in CASES)
    silent = sum(not case.claims and not case.findings for case in CASES)

    assert len(CASES) >= 400
    assert 0.5 <= chinese / len(CASES) <= 0.75
    assert silent / len(CASES) >= 1 / 3


def test_no_sentence_stands_twice() -> None:
    assert [] == [text for text, count in Counter(case.text for case in CASES).items() if count > 1]


def test_every_attribute_with_facts_is_pinned() -> None:
    known = {fact.attribute for entity in registry().entities.values() for fact in entity.facts}
    pinned = Counter(claim["attribute"] for case in CASES for claim in case.claims)

    assert {} == {attribute: pinned[attribute] for attribute in known if pinned[attribute] < 5}


def test_every_trap_is_set_three_times() -> None:
    counts = Counter(case.trap for case in CASES if case.trap)

    assert set() == set(counts) - TRAPS
    assert {} == {trap: counts[trap] for trap in TRAPS if counts[trap] < 3}


def test_what_is_expected_names_what_exists() -> None:
    known = registry()
    claims = [claim for case in CASES for claim in case.claims]

    assert [] == [
        claim for claim in claims if claim["entity"] not in known.entities or claim["attribute"] not in known.attributes
    ]
    assert {claim["verdict"] for claim in claims} <= {"confirmed", *RULE_OF}
