"""Findings that a deck asks to keep quiet about.

`<!-- lint disable IM001 -->` to `<!-- lint enable IM001 -->`, `<!-- lint ignore IM001 -->` for the next block: Marp knows
these forms and keeps them out of the presenter's notes. In the front matter: `decklint: {ignore: [IM001]}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from decklint.deck.deck import Deck
from decklint.deck.nodes import Comment
from decklint.deck.walk import blocks
from decklint.findings import Finding
from decklint.text import Span

_FORM = re.compile(r"lint (disable|enable|ignore)\b(.*)", re.DOTALL)


class Suppression(NamedTuple):
    """Quiet about `words` (codes, names or families; none means all) inside `span`."""

    span: Span
    words: frozenset[str]

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is to be kept quiet."""
        if not (self.span.start <= finding.span.start < self.span.end or finding.span == self.span):
            return False
        return not self.words or not self.words.isdisjoint((finding.code, finding.name, finding.code[:2]))


def suppressions(deck: Deck) -> list[Suppression]:
    """All suppressions that a deck holds."""
    found = []
    end = len(deck.source.text) + 1
    if deck.front_matter is not None:
        own = deck.front_matter.settings.get("decklint")
        words = own.get("ignore") if isinstance(own, dict) else None
        words = [words] if isinstance(words, str) else words
        if isinstance(words, list) and words:
            found.append(Suppression(Span(0, end), frozenset(map(str, words))))
    open_since: dict[frozenset[str], int] = {}
    following = list(blocks(deck))
    for i, block in enumerate(following):
        match = _FORM.fullmatch(block.value) if isinstance(block, Comment) and block.kind == "magic" else None
        if match is None:
            continue
        words = frozenset(match[2].split())
        if match[1] == "disable":
            open_since.setdefault(words, block.span.start)
        elif match[1] == "enable":
            ended = [key for key in open_since if not words or key == words]
            found.extend(Suppression(Span(open_since.pop(key), block.span.start), key) for key in ended)
        else:
            following_block = next((b for b in following[i + 1 :] if not isinstance(b, Comment)), None)
            if following_block is not None:
                found.append(Suppression(following_block.span, words))
    found.extend(Suppression(Span(start, end), words) for words, start in open_since.items())
    return found


def without_suppressed(findings: Iterable[Finding], deck: Deck) -> list[Finding]:
    """The findings that no suppression covers."""
    quiet = suppressions(deck)
    if not quiet:
        return list(findings)
    return [finding for finding in findings if not any(s.covers(finding) for s in quiet)]
