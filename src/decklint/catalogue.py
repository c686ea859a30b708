"""Which rules there are. A rule is found by its file name, and imported when it is wanted."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import decklint.checks

if TYPE_CHECKING:
    from decklint.rule import Rule

_FILE = re.compile(r"([a-z]{2}[0-9]{3})_(\w+)\.py")
_CHECKS = Path(decklint.checks.__path__[0])


class RuleFile(NamedTuple):
    """A rule that is not imported yet."""

    code: str
    name: str
    module: str


@cache
def rule_files() -> tuple[RuleFile, ...]:
    """All rules, sorted by code, as their file names tell."""
    found = []
    for family in _CHECKS.iterdir():
        for file in family.iterdir() if family.is_dir() else ():
            if match := _FILE.fullmatch(file.name):
                name = match[2].replace("_", "-")
                found.append(RuleFile(match[1].upper(), name, f"decklint.checks.{family.name}.{file.stem}"))
    return tuple(sorted(found))


@cache
def is_default(file: RuleFile) -> bool:
    """Whether a rule is on by default.

    The declaration is read in the rule's file, which is not imported: most rules that are off are never wanted.
    """
    source = _CHECKS.joinpath(*file.module.split(".")[2:]).with_suffix(".py").read_bytes()
    start = source.find(b"\n@rule(")
    return start < 0 or b"default=False" not in source[start : source.find(b"\ndef ", start)]


def load(file: RuleFile) -> Rule:
    """Import a rule."""
    from decklint.rule import Rule

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


def select(
    chosen: Iterable[str] = (), ignored: Iterable[str] = (), extended: Iterable[str] = (), *, everything: bool = False
) -> list[Rule]:
    """The rules to run: those named in `chosen`, else those on by default; those in `extended` too; without those in `ignored`.

    A family in `chosen` stands for its rules that are on by default, in `extended` for all of them; `everything` takes all.
    """
    chosen, ignored, extended = tuple(chosen), tuple(ignored), tuple(extended)
    wanted = (*chosen, *extended)
    files = [file for file in rule_files() if not matches(file, ignored) and (not chosen or matches(file, wanted))]
    if everything or "ALL" in wanted:
        return [load(file) for file in files]
    explicit = {file.code for file in files if matches(file, extended) or file.code in chosen or file.name in chosen}
    return [load(file) for file in files if file.code in explicit or is_default(file)]


def nearest(word: str) -> str | None:
    """The rule or family that someone may have meant: one written alike, else one that is about the same words."""
    from difflib import get_close_matches

    known = [name for file in rule_files() for name in (file.code, file.name, file.code[:2])]
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.75) or get_close_matches(word.upper(), known, n=1)
    if near or re.fullmatch(r"[A-Za-z]{1,3}\d*", word):
        return near[0] if near else None
    best: tuple[int, str] = (0, "")
    asked = [part for part in re.split(r"[^a-z]+", word.lower()) if len(part) > 2]
    for file in rule_files():
        said = [*file.name.split("-"), *re.findall("[a-z]{3,}", load(file).summary.en.lower())]
        score = sum(
            any(each.startswith(part) for each in said) or bool(get_close_matches(part, said, n=1, cutoff=0.8)) for part in asked
        )
        if score > best[0]:
            best = score, file.name
    return best[1] if best[0] and best[0] * 2 >= len(asked) else next(iter(get_close_matches(word.lower(), known, n=1)), None)
