"""Applying fixes: which ones go together, the text that they make, and the guard that holds them to their word.

Nothing is written here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from decklint.deck.deck import Deck
from decklint.findings import Effect, Finding, Fix, Safety
from decklint.guard import undeclared
from decklint.records import dataclass, field

ROUNDS = 10
"""Fixes can make room for others; a text that still changes after so many rounds is left as it is then."""

Parse = Callable[[str], Deck]
Check = Callable[[Deck], list[Finding]]
_Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fix that was not applied, because it changes more than it declares: a defect of its rule."""

    finding: Finding
    effects: frozenset[Effect]


@dataclass(slots=True)
class Fixed:
    """A deck with fixes applied, what is left to find in it, and how it came about."""

    deck: Deck
    findings: list[Finding]
    applied: Counter[str] = field(default_factory=Counter)
    """Names of rules and how many of their fixes were applied."""
    refused: list[Refusal] = field(default_factory=list)
    cycle: tuple[str, ...] = ()
    """Rules that undo each other, if any do: the text before that is kept."""

    @property
    def text(self) -> str:
        """The fixed text."""
        return self.deck.source.text


def choose(findings: Iterable[Finding], safeties: Collection[Safety]) -> list[Finding]:
    """The findings whose fixes may be applied together: by first edit, then code, none overlapping one before it.

    Findings of different rules in one place wait for each other too: what mends one may be what the other compares with.
    """
    able = [finding for finding in findings if finding.fix and finding.fix.edits and finding.fix.safety in safeties]
    chosen: list[Finding] = []
    taken: list[tuple[int, int, str]] = []
    near: list[Finding] = []
    reach = 0  # the furthest end of an accepted edit: most fixes begin behind it, and need no comparison
    for finding in sorted(able, key=lambda f: (min(edit.span for edit in _fix(f).edits), f.code)):
        edits = {(*edit.span, edit.text) for edit in _fix(finding).edits}
        if min(edits)[0] <= reach and any(_collide(new, old) for new in edits for old in taken):
            continue
        if any(finding.span.overlaps(other.span) for other in near if other.code != finding.code):
            continue
        taken += edits
        reach = max(reach, *(end for _, end, _ in edits))
        near = [other for other in near if other.span.end > finding.span.start]
        near.append(finding)
        chosen.append(finding)
    return chosen


def apply(text: str, findings: Sequence[Finding]) -> str:
    """The text with the fixes of `findings`, which must not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted({(*edit.span, edit.text) for finding in findings for edit in _fix(finding).edits}):
        parts += (text[at:start], new)
        at = end
    return "".join((*parts, text[at:]))


def fix(text: str, parse: Parse, check: Check, safeties: Collection[Safety]) -> Fixed:
    """Parse, check and fix a text until nothing is left to fix. Where rules undo each other, the text before that is kept."""
    deck = parse(text)
    result = Fixed(deck, check(deck))
    seen = {text}
    given_up: set[_Key] = set()
    for _ in range(ROUNDS):
        able = [finding for finding in result.findings if _key(finding, result.text) not in given_up]
        kept, refusals = _guarded(result.deck, choose(able, safeties), parse)
        result.refused += refusals
        given_up.update(_key(refusal.finding, result.text) for refusal in refusals)
        fixed = apply(result.text, kept)
        if fixed == result.text:
            if not refusals:
                break
            continue
        if fixed in seen:
            result.cycle = tuple(sorted({finding.name for finding in kept}))
            break
        seen.add(fixed)
        result.applied.update(finding.name for finding in kept)
        result.deck = parse(fixed)
        result.findings = check(result.deck)
    return result


def _guarded(deck: Deck, chosen: list[Finding], parse: Parse) -> tuple[list[Finding], list[Refusal]]:
    """Those of the chosen that change nothing but what they declare, and the others.

    Findings with the same declaration are tried together, so that none hides behind what another declares.
    """
    kept: list[Finding] = []
    refusals: list[Refusal] = []
    groups: dict[tuple[Safety, frozenset[Effect]], list[Finding]] = {}
    for finding in chosen:
        groups.setdefault((_fix(finding).safety, _fix(finding).effects), []).append(finding)
    for group in groups.values():
        if not _beyond(deck, group, parse):
            kept += group
            continue
        alone = [(finding, _beyond(deck, [finding], parse)) for finding in group]
        refusals += [Refusal(finding, effects) for finding, effects in alone if effects]
        kept += [finding for finding, effects in alone if not effects]
    if len(groups) > 1 and _beyond(deck, kept, parse):  # fine alone, not together: the first kind now, the others next time
        first = _fix(kept[0]).effects
        kept = [finding for finding in kept if _fix(finding).effects == first]
    return kept, refusals


def _beyond(deck: Deck, findings: list[Finding], parse: Parse) -> frozenset[Effect]:
    """What fixes change besides what they declare."""
    if not findings:
        return frozenset()
    return undeclared(deck, parse(apply(deck.source.text, findings)), [_fix(finding) for finding in findings])


def _key(finding: Finding, text: str) -> _Key:
    """What a fix does, wherever it has moved since it was refused."""
    edits = finding.fix.edits if finding.fix else ()
    return finding.code, tuple((text[edit.span.start : edit.span.end], edit.text) for edit in edits)


def _collide(new: tuple[int, int, str], old: tuple[int, int, str]) -> bool:
    if new[:2] == old[:2]:
        return True
    return new[0] < old[1] and old[0] < new[1]


def _fix(finding: Finding) -> Fix:
    assert finding.fix is not None
    return finding.fix
