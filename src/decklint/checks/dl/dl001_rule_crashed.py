"""A rule of decklint failed on this deck.

That is a defect of decklint, not of the deck: please report it with the deck, or the part of it that is named. The findings of
all other rules are complete. The command exits with 2, so that a broken rule never looks like a clean deck.

This rule has no executed example: the engine reports it when another rule raises an error, which the tests provoke.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from decklint.findings import Confidence, Finding, Message, Severity, Template
from decklint.rule import DeckView, Rule, reported
from decklint.text import Span

if TYPE_CHECKING:
    from traceback import StackSummary

check = reported(
    "DL001", "rule-crashed", severity="error", since="0.1", zh="decklint 的一条规则出错。", documentation=__doc__ or ""
)

_CRASHED = Template('the rule "{rule}" failed: {error} ({place})', "规则“{rule}”出错：{error}（{place}）")


def crashed(of: Rule, view: DeckView, error: Exception, stack: StackSummary) -> Finding:
    """The finding that stands for a rule that raised `error`."""
    place = f"{stack[-1].name}, line {stack[-1].lineno}" if stack else "unknown place"
    message = Message(_CRASHED, {"rule": of.name, "error": f"{type(error).__name__}: {error}", "place": place})
    return Finding(check.code, check.name, Severity.ERROR, Confidence.HIGH, Span(0, 0), message)
