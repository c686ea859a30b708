"""Command lines that a deck keeps in its comments: how its author has it rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable

from decklint.deck.nodes import Comment

_HTML = re.compile(r"\bmarp\b[^\n]*\s--html\b(?![= ]*false)")


def order_html(comments: Iterable[Comment]) -> bool:
    """Whether a comment keeps a command line of Marp CLI that lets all HTML through."""
    return any(_HTML.search(comment.value) for comment in comments)
