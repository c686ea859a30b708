"""One deck and the enabled rules make findings."""

from __future__ import annotations

import traceback
from collections.abc import Iterable

from decklint.checks.dl.dl001_rule_crashed import crashed
from decklint.deck.deck import Deck
from decklint.files import ProjectFiles
from decklint.findings import Finding
from decklint.rule import DeckView, Rule, run
from decklint.suppress import without_suppressed


def check_deck(deck: Deck, rules: Iterable[Rule], files: ProjectFiles | None = None) -> list[Finding]:
    """The findings of all rules on a deck, in source order. A rule that fails is a finding itself; the others still run."""
    view = DeckView(deck, files)
    found: list[Finding] = []
    for rule in rules:
        try:
            found.extend(run(rule, view))
        except Exception as error:  # a defect of one rule must not hide what the others see
            found.append(crashed(rule, view, error, traceback.extract_tb(error.__traceback__)))
    return in_order(distinct(without_suppressed(found, deck)))


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repeats: same rule, same place, same words."""
    seen: dict[tuple[str, int, int, str], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.code, *finding.span, finding.message.text()), finding)
    return list(seen.values())


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by place, then code."""
    return sorted(findings, key=lambda f: (f.span, f.code))
