"""What is wrong with settings, as people are told."""

from __future__ import annotations

from collections.abc import Iterable


class SettingsError(Exception):
    """Settings that cannot be used; `problems` are lines that begin with a file and mostly a line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "…"?` with the nearest known word, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1) or get_close_matches(word.lower(), list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def unknown_rule(word: str, *, single: bool = False) -> str | None:
    """What is wrong with a word that should name rules, with the nearest that does; None where nothing is wrong.

    With `single` it must be the code or name of one rule.
    """
    from decklint import catalogue

    if catalogue.find(word):
        return None
    if catalogue.is_selector(word):
        return f'"{word}" is more than one rule; write a code or a name' if single else None
    near = catalogue.nearest(word)
    return f'unknown rule "{word}"' + (f'; did you mean "{near}"?' if near else "; `decklint rules` lists all")
