"""How rules tell that one thing has two wordings: in a deck with its lines, across decks with the places in the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from decklint.findings import Edit, Effect, Finding, Template
from decklint.records import dataclass
from decklint.rule.context import Context
from decklint.rule.declare import Noted, Remark
from decklint.rule.fixes import hint, unsafe_fix
from decklint.terms.consistency import Mixed
from decklint.terms.course import Difference

_UNIFY = Template('write "{usual}"', "统一为“{usual}”")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says: `inside` a deck (here, lines, usual, others), `across` decks (here, usual, others), as an advice."""

    inside: Template
    across: Template
    choose: Template


def unify(context: Context, wording: Wording, found: Mixed) -> Iterator[Finding]:
    """A finding at each place of another form than the usual one; without a usual one there is only advice."""
    for use, lines, others in found.reports(context.source):
        edit = Edit(use.span, found.usual)
        fix = (
            unsafe_fix(_UNIFY, edit, effects=(Effect.TEXT, Effect.ANCHORS), usual=found.usual)
            if found.decided
            else hint(wording.choose)
        )
        yield context.finding(use.span, wording.inside, fix=fix, here=use.form, lines=lines, usual=found.usual, others=others)


def unify_course(noted: Sequence[Noted], wording: Wording, found: Iterable[Difference]) -> Iterator[Remark]:
    """A remark at each place where a deck differs from its course. Decks are mended one by one, so there is only advice."""
    for each in found:
        others = ", ".join(f"{noted[deck].path}:{line}" for deck, line in each.others)
        fix = hint(_UNIFY, usual=each.usual) if each.decided else hint(wording.choose)
        values = {"here": each.form, "usual": each.usual, "others": others}
        yield Remark(each.deck, each.place.span, each.place.slide, wording.across, values, fix)
