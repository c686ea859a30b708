"""Settings choose rules, and say how bad their findings are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from decklint import catalogue
from decklint.catalogue import find, matches
from decklint.config.presets import PRESETS
from decklint.config.resolve import Settings, Value
from decklint.findings import Finding, Severity
from decklint.records import dataclass
from decklint.rule import Judgement, Rule

if TYPE_CHECKING:
    from decklint.config.packs import OwnPacks


@dataclass(frozen=True, slots=True)
class Choice:
    """The rules that are run, and what becomes of their findings."""

    rules: tuple[Rule, ...]
    severities: Mapping[str, Severity]
    least: Severity
    wanted: frozenset[str]
    """Codes of rules whose findings are shown whatever their severity."""
    judgement: Judgement
    packs: OwnPacks | None
    """The course's own facts and terms."""

    def without(self, words: tuple[str, ...]) -> Choice:
        """The same without some rules."""
        if not words:
            return self
        return replace(self, rules=tuple(rule for rule in self.rules if not _named(rule, words)))

    def judged(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are shown, with their severity."""
        kept = []
        for finding in findings:
            finding.severity = self.severities.get(finding.code, finding.severity)
            if finding.severity >= self.least or finding.code in self.wanted:
                kept.append(finding)
        return kept


def choose(settings: Settings) -> Choice:
    """What settings choose. Only the rules that may be run are imported."""
    preset = PRESETS[settings.preset.value]
    chosen = [value.value for value in settings.select]
    extended = [value.value for value in settings.extend_select]
    rules = catalogue.select(chosen, _ignored(settings), extended, everything=preset.everything and not chosen)
    wanted = frozenset(rule.code for rule in rules if _named(rule, (*chosen, *extended)))
    severities = {code: Severity[value.value.upper()] for code, value in settings.severity.items()}
    return Choice(tuple(rules), severities, preset.least, wanted, _judgement(settings, rules), settings.own_packs)


def _judgement(settings: Settings, rules: Iterable[Rule]) -> Judgement:
    options: dict[str, object] = {}
    for rule in rules:
        if rule.options is not None and rule.code in settings.options:
            options[rule.code] = rule.options(**{key: value.value for key, value in settings.options[rule.code].items()})
    accepted = frozenset(value.value for value in settings.accept)
    return Judgement(options, PRESETS[settings.preset.value].absolute, accepted)


def _ignored(settings: Settings) -> list[str]:
    """The codes of the rules that are ignored: a rule that a nearer layer selects by its code or name is not."""
    named = [(value, file) for value in (*settings.select, *settings.extend_select) if (file := find(value.value))]
    levels: dict[str, int] = {}
    for value, file in named:
        levels[file.code] = max(value.level, levels.get(file.code, -1))

    def holds(value: Value, file: catalogue.RuleFile) -> bool:
        return matches(file, (value.value,)) and levels.get(file.code, -1) <= value.level

    return [file.code for file in catalogue.rule_files() if any(holds(value, file) for value in settings.ignore)]


def _named(rule: Rule, words: Iterable[str]) -> bool:
    return any(word in (rule.code, rule.name, rule.family, "ALL") for word in words)
