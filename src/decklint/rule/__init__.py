"""What a rule is, and what its check gets to see."""

from __future__ import annotations

from decklint.rule.context import Context, DeckView, Judgement, is_accepted, run
from decklint.rule.declare import Across, Check, Noted, Remark, Rule, reported, rule
from decklint.rule.fixes import hint, leaf_fix, safe_fix, unsafe_fix
from decklint.rule.options import option

__all__ = [
    "Across",
    "Check",
    "Context",
    "DeckView",
    "Judgement",
    "Noted",
    "Remark",
    "Rule",
    "hint",
    "is_accepted",
    "leaf_fix",
    "option",
    "reported",
    "rule",
    "run",
    "safe_fix",
    "unsafe_fix",
]
