"""What all text formats share: text from decks made harmless, places, widths."""

from __future__ import annotations

import unicodedata

from decklint.findings import Finding
from decklint.project import Result
from decklint.secrets import masked
from decklint.text import Position, Span


def harmless(text: str) -> str:
    """The text on one line, with control and direction characters written out: a deck cannot steer a terminal or a log."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _written_out(char) for char in text)


def _written_out(char: str) -> str:
    if char in "\n\t\r":
        return " "
    if char in "\u3000\u00a0\u200b\u200d\ufe0f":  # spaces and joiners of ordinary text
        return char
    return f"\\u{ord(char):04x}"


def place(result: Result, finding: Finding) -> Position:
    """Where a finding begins."""
    return result.deck.source.position(finding.span.start) if result.deck is not None else result.place


def end_place(result: Result, finding: Finding) -> Position:
    """Where a finding ends: the position behind its last character."""
    return result.deck.source.position(finding.span.end) if result.deck is not None else result.place


def slide_title(result: Result, finding: Finding) -> str:
    """The title of the slide that a finding is on, without secrets; empty where there is none."""
    if result.deck is None or not finding.slide:
        return ""
    name = result.title(finding.slide)
    return masked(name, Span(0, len(name)))


class _Columns(dict[str, int]):
    """Columns of each character, looked up in the tables of Unicode when it is met first."""

    def __missing__(self, char: str) -> int:
        self[char] = taken = 2 if unicodedata.east_asian_width(char) in "WF" else 0 if unicodedata.combining(char) else 1
        return taken


COLUMNS = _Columns()
"""Columns that a character takes in a terminal."""


def width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return len(text) if text.isascii() else sum(map(COLUMNS.__getitem__, text))
