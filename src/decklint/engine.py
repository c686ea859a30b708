"""One deck and the enabled rules make findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from decklint.catalogue import find, load, matches, rule_files
from decklint.checks.dl.dl001_rule_crashed import crashed
from decklint.checks.dl.dl005_suppression_unused import check as UNUSED
from decklint.checks.dl.dl005_suppression_unused import unused
from decklint.checks.dl.dl006_suppression_unknown import check as UNKNOWN
from decklint.checks.dl.dl006_suppression_unknown import unknown
from decklint.deck.deck import Deck
from decklint.files import ProjectFiles
from decklint.findings import Finding, Message
from decklint.rule import Context, DeckView, Judgement, Noted, Rule, is_accepted, run
from decklint.suppress import Request, Suppression, removal, requests, suppressions, without_suppressed, word_removal
from decklint.text import Span

_ELSEWHERE = frozenset(("DL001", "DL002", "DL003", "DL004"))
"""What is reported about a whole file or a fix, where no deck can keep it quiet."""
_CODE = re.compile(r"[A-Za-z]{2}[0-9]{3}")
_NAME = re.compile(r"(?!no-)[A-Za-z]+(?:[-_][A-Za-z]+)+")
"""What may be meant for a name of ours; those of remark-lint begin with `no-` where ours would not."""
_SURE, _LIKELY = 0.88, 0.7  # how alike two names are: a slip of the finger in one of ours; perhaps meant


def check_deck(
    deck: Deck,
    rules: Iterable[Rule],
    files: ProjectFiles | None = None,
    judgement: Judgement | None = None,
    notes: dict[str, Any] | None = None,
) -> list[Finding]:
    """The findings of all rules on a deck, in source order. A rule that fails is a finding itself; the others still run.

    With `notes` the deck is one of several that will be compared: what rules note of it is put there, by code.
    """
    view = DeckView(deck, files, judgement or Judgement())
    found: list[Finding] = []
    ran: set[str] = set()
    for rule in rules:
        try:
            found.extend(run(rule, view))
            if notes is not None and rule.across is not None:
                notes[rule.code] = rule.across.note(Context(view, rule))
            else:
                ran.add(rule.code)
        except Exception as error:  # a defect of one rule must not hide what the others see
            import traceback

            found.append(crashed(rule, view, error, traceback.extract_tb(error.__traceback__)))
    if asked := requests(deck):
        found = _heeded(found, view, asked, ran)
    return in_order(distinct(found))


def compared(course: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[int, list[Finding]]:
    """What the decks of a course, each by path and with its notes by code, show beside each other: findings by number of deck."""
    found: dict[int, list[Finding]] = {}
    for code in sorted({code for _, notes in course for code in notes}):
        file = find(code)
        rule = load(file) if file else None
        numbers = [number for number, (_, notes) in enumerate(course) if code in notes]
        if rule is None or rule.across is None or len(numbers) < 2:
            continue
        noted = [Noted(course[number][0], course[number][1][code]) for number in numbers]
        for remark in rule.across.judge(noted):
            message = Message(remark.message, dict(remark.values))
            finding = Finding(
                rule.code, rule.name, rule.severity, rule.confidence, remark.span, message, remark.fix, (), remark.slide
            )
            found.setdefault(numbers[remark.deck], []).append(finding)
    return found


def heard_of(deck: Deck, findings: Iterable[Finding], judgement: Judgement) -> list[Finding]:
    """Those of the findings that comparing has brought to light that neither the deck nor the settings keep quiet."""
    heard = without_suppressed(list(findings), suppressions(deck, requests(deck)))
    return [finding for finding in distinct(heard) if not is_accepted(finding, deck, judgement)]


def distinct(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repeats: same rule, same place, same words."""
    kept: list[Finding] = []
    here: dict[tuple[str, Span], list[Finding]] = {}
    for finding in findings:
        others = here.setdefault((finding.code, finding.span), [])
        if not others or finding.message.text() not in [other.message.text() for other in others]:
            others.append(finding)
            kept.append(finding)
    return kept


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by place, then code."""
    return sorted(findings, key=lambda f: (f.span, f.code))


# ---------------------------------------------------------------- what the deck asks to keep quiet about


def _heeded(found: list[Finding], view: DeckView, asked: Sequence[Request], ran: set[str]) -> list[Finding]:
    """What is left of the findings, and what there is to say about the requests themselves.

    Quiet about unused suppressions is judged last: it is of use only where another one is unused.
    """
    if UNKNOWN.code in ran:
        found = [*found, *_unknown(view, asked)]
    quiet = suppressions(view.deck, asked)
    kept = without_suppressed(found, quiet)
    if UNUSED.code not in ran:
        return kept
    own = [suppression for suppression in quiet if suppression.word.text in (UNUSED.code, UNUSED.name)]
    others = [suppression for suppression in quiet if suppression not in own and _is_judged(suppression.word.text, ran)]
    kept += without_suppressed(_unused(view, others, own), quiet)
    return kept + list(_unused(view, own, others))


def _is_judged(word: str, ran: set[str]) -> bool:
    """Whether all that a word stands for had its say: one rule, or a whole family."""
    meant = {file.code for file in rule_files() if matches(file, (word,))} if word not in ("", "ALL") else set()
    return bool(meant) and meant <= ran - _ELSEWHERE


def _unused(view: DeckView, judged: Sequence[Suppression], other: Sequence[Suppression]) -> Iterator[Finding]:
    """One finding per request that was of no use at all, else one per word; `other` words of a request keep it in place."""
    ordered = sorted(judged, key=lambda s: s.request.span)
    for _, group in groupby((s for s in ordered if not s.used), key=lambda s: s.request.span):
        idle = list(group)
        request = idle[0].request
        if len(idle) == len(request.words):
            words = " ".join(word.text for word in request.words)
            ends = {id(s.ended_by): s.ended_by for s in idle}
            ended_by = idle[0].ended_by if len(ends) == 1 else None
            yield unused(view, request.span, words, removal(view.deck, request, ended_by), whole=True)
            continue
        for one in idle:
            edits = word_removal(view.deck, request, one.word)
            yield unused(view, one.word.span or request.span, one.word.text, edits, whole=False)


def _unknown(view: DeckView, asked: Sequence[Request]) -> Iterator[Finding]:
    for request in asked:
        for word in request.words:
            if word.text == "ALL" or any(matches(file, (word.text,)) for file in rule_files()):
                continue
            near, sure = _nearest(word.text)
            is_ours = request.comment is None or _CODE.fullmatch(word.text) or sure
            if is_ours:
                yield unknown(view, word.span or request.span, word.text, near, sure=sure and word.span is not None)


def _nearest(word: str) -> tuple[str, bool]:
    """The rule or family that a word may stand for, and whether it surely does; empty if none."""
    upper = word.upper()
    if find(upper) or any(file.code[:2] == upper for file in rule_files()):
        return upper, True
    from difflib import SequenceMatcher, get_close_matches

    plain = word.lower().replace("_", "-")
    near = get_close_matches(plain, [file.name for file in rule_files()], n=2, cutoff=_LIKELY) if _NAME.fullmatch(word) else []
    if not near:
        return "", False
    ratios = [SequenceMatcher(None, name, plain).ratio() for name in near]
    return near[0], ratios[0] >= _SURE and (len(near) == 1 or ratios[1] < ratios[0])
