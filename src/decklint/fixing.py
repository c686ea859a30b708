"""Applying fixes: which ones go together, and the text that they make. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from decklint.findings import Finding, Fix, Safety

ROUNDS = 10
"""Fixes can make room for others; a text that still changes after so many rounds is left as it is then."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with fixes applied, the findings whose fix was applied, and the rules that undid each other, if any did."""

    text: str
    applied: tuple[Finding, ...]
    cycle: tuple[str, ...] = ()


def choose(findings: Iterable[Finding], safeties: Collection[Safety]) -> list[Finding]:
    """The findings whose fixes may be applied together: by first edit, then code, none overlapping one before it."""
    able = [finding for finding in findings if finding.fix and finding.fix.edits and finding.fix.safety in safeties]
    chosen: list[Finding] = []
    taken: set[tuple[int, int, str]] = set()
    for finding in sorted(able, key=lambda f: (min(edit.span for edit in _fix(f).edits), f.code)):
        edits = {(*edit.span, edit.text) for edit in _fix(finding).edits}
        if any(_collide(new, old) for new in edits for old in taken):
            continue
        taken |= edits
        chosen.append(finding)
    return chosen


def apply(text: str, findings: Sequence[Finding]) -> str:
    """The text with the fixes of `findings`, which must not overlap."""
    edits = sorted({(*edit.span, edit.text) for finding in findings for edit in _fix(finding).edits}, reverse=True)
    for start, end, new in edits:
        text = text[:start] + new + text[end:]
    return text


def fix(text: str, check: Callable[[str], list[Finding]], safeties: Collection[Safety]) -> Fixed:
    """Check and fix a text until nothing is left to fix. Where rules undo each other, the text before that is kept."""
    seen = [text]
    applied: list[Finding] = []
    for _ in range(ROUNDS):
        chosen = choose(check(text), safeties)
        fixed = apply(text, chosen)
        if fixed == text:
            break
        if fixed in seen:
            return Fixed(text, tuple(applied), tuple(sorted({finding.name for finding in chosen})))
        seen.append(fixed)
        applied += chosen
        text = fixed
    return Fixed(text, tuple(applied))


def _collide(new: tuple[int, int, str], old: tuple[int, int, str]) -> bool:
    if new[:2] == old[:2]:
        return True
    return new[0] < old[1] and old[0] < new[1]


def _fix(finding: Finding) -> Fix:
    assert finding.fix is not None
    return finding.fix
