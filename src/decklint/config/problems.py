"""What is wrong with settings, as people are told."""

from __future__ import annotations

import re
from collections.abc import Iterable


class SettingsError(Exception):
    """Settings that cannot be used; `problems` are lines that begin with a file and mostly a line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


_TOML = (
    ("Cannot overwrite a value", "the key stands twice"),
    ("Cannot declare", "the table stands twice"),
    ("Cannot mutate", "the key stands twice"),
    ("Cannot redefine", "the key stands twice"),
    ("Unescaped '\\'", 'a backslash in text; write "/" in paths'),
    ("Unterminated string", "a quote is never closed"),
    ("Expected '=' after a key", 'a key, "=" and a value were expected'),
    ("Invalid value", 'invalid value; text stands in quotes, as in lang = "zh"'),
    ("maximum recursion depth", "brackets are nested too deep"),
)
"""Beginnings of what the standard library says, and what that means to people."""


def toml_problem(message: str, line: str) -> str:
    """What is wrong with a line that is no TOML, from what the standard library says of it."""
    if full := re.search("[“”‘’＝：［］，＂]", re.sub(r""""[^"]*"|'[^']*'|#.*""", "", line)):
        return f'"{full[0]}" is full-width; TOML wants " = [ ] and ,'
    return next((said for begin, said in _TOML if message.startswith(begin)), f"{message[:1].lower()}{message[1:]}")


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
    if len(parts := word.replace(",", " ").split()) > 1 and all(map(catalogue.is_selector, parts)):
        return f'"{word}" is more than one rule; write ' + ", ".join(f'"{part}"' for part in parts)
    if re.fullmatch(r"(?i)MD\d{3}", word):
        return f'unknown rule "{word}", which looks like one of markdownlint; `decklint rules` lists all'
    near = "ALL" if word.strip().lower() in ("*", "all") else catalogue.nearest(word)
    return f'unknown rule "{word}"' + (f'; did you mean "{near}"?' if near else "; `decklint rules` lists all")
