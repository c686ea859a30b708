"""Which rules there are. A rule is found by its file name, and imported when it is wanted."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import decklint.checks
from decklint.rule import Rule

_FILE = re.compile(r"([a-z]{2}[0-9]{3})_(\w+)")


class RuleFile(NamedTuple):
    """A rule that is not imported yet."""

    code: str
    name: str
    module: str


@cache
def rule_files() -> tuple[RuleFile, ...]:
    """All rules, sorted by code, as their file names tell."""
    found = []
    for family in pkgutil.iter_modules(decklint.checks.__path__):
        folder = f"{decklint.checks.__path__[0]}/{family.name}"
        for module in pkgutil.iter_modules([folder]):
            if match := _FILE.fullmatch(module.name):
                name = match[2].replace("_", "-")
                found.append(RuleFile(match[1].upper(), name, f"decklint.checks.{family.name}.{module.name}"))
    return tuple(sorted(found))


def load(file: RuleFile) -> Rule:
    """Import a rule."""
    found = importlib.import_module(file.module).check
    if not isinstance(found, Rule):
        raise TypeError(f"{file.module}: `check` is not declared with @rule")
    return found


def find(word: str) -> RuleFile | None:
    """The rule with a code or name."""
    return next((file for file in rule_files() if word in (file.code, file.name)), None)


def matches(file: RuleFile, words: Iterable[str]) -> bool:
    """Whether any of the words selects the rule: its code, name, family, or ALL."""
    return any(word in (file.code, file.name, file.code[:2], "ALL") for word in words)


def is_selector(word: str) -> bool:
    """Whether a word selects any rule at all."""
    return any(matches(file, (word,)) for file in rule_files())


def select(chosen: Iterable[str] = (), ignored: Iterable[str] = ()) -> list[Rule]:
    """The rules to run: those named in `chosen`, else those on by default; without those in `ignored`."""
    chosen, ignored = tuple(chosen), tuple(ignored)
    files = [file for file in rule_files() if not matches(file, ignored) and (not chosen or matches(file, chosen))]
    rules = [load(file) for file in files]
    explicit = {word for word in chosen if find(word)}
    if "ALL" in chosen:
        return rules
    return [r for r in rules if r.default or r.code in explicit or r.name in explicit]
