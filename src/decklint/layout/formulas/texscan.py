"""Tokens of TeX, and the arguments of commands as text."""

from __future__ import annotations

import re

from decklint.layout.formulas.formula import metrics
from decklint.layout.formulas.texnames import BARS

_TOKEN = re.compile(r"%[^\n]*|\\[A-Za-z]+\*?|\\[\s\S]|\s+|[\s\S]")


class Scanner:
    """Reads a formula token by token."""

    def __init__(self, tex: str) -> None:
        self.tokens = [token for token in _TOKEN.findall(tex) if not token.startswith("%")]
        self.at = 0

    def peek(self) -> str:
        """The next token that is no space; nothing at the end."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """The next token that is no space, read."""
        token = self.peek()
        self.at += 1
        return token

    def raw(self) -> str:
        """The text of an argument."""
        if self.peek() != "{":
            return self.take()
        self.at += 1
        nested, parts = 1, []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            nested += (token == "{") - (token == "}")
            if nested == 0:
                break
            parts.append(token)
        return "".join(parts)

    def optional(self) -> str | None:
        """The text of an argument in brackets."""
        if self.peek() != "[":
            return None
        self.at += 1
        parts = []
        while self.at < len(self.tokens) and self.tokens[self.at] != "]":
            parts.append(self.tokens[self.at])
            self.at += 1
        self.at += 1
        return "".join(parts)

    def sign(self) -> str:
        """The character of a fence."""
        token = self.take()
        name = token[1:] if len(token) > 1 else token
        return str(BARS.get(name) or metrics()["commands"].get(name, name)) if len(token) > 1 else name


def length(text: str) -> float:
    """A TeX length in em, as MathJax takes it: ten points to the em."""
    match = re.match(r"\s*(-?(?:\d*\.)?\d+)\s*(em|ex|pt|mu|px|cm|mm|in)", text)
    return float(match[1]) * {"em": 1, "ex": 0.43, "pt": 0.1, "mu": 1 / 18, "px": 1 / 16}.get(match[2], 2.8) if match else 0.0
