"""In which line of a TOML file each key and each item of an array stands. The standard library reads TOML without telling."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
    (?P<string>  \"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*' )
  | (?P<mark>    [\[\]{}=,.\n] )
  | (?P<bare>    [^\s\[\]{}=,.\#"']+ )
  | \#[^\n]* | \s
    """,
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def places(text: str) -> dict[Path, int]:
    """The line, from 1, of every key and array item of a valid TOML text, by the path that leads to it."""
    return _Reader(text).found


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup is not None:
            yield _Token(match.lastgroup, match[0], line)
        line += match[0].count("\n")
    yield _Token("end", "", line)


class _Reader:
    """Walks over the tokens once. The text is valid, so only what tells keys and items apart is looked at."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {}
        self._all = list(_tokens(text))
        self._at = 0
        self._tables: dict[Path, int] = {}
        prefix: Path = ()
        while self._now.kind != "end":
            if self._now.text == "[":
                prefix = self._header()
            elif self._now.text == "\n":
                self._at += 1
            else:
                self._pair(prefix)

    @property
    def _now(self) -> _Token:
        return self._all[self._at]

    def _header(self) -> Path:
        line = self._now.line
        double = self._all[self._at + 1].text == "["
        self._at += 1 + double
        key = self._key()
        self._at += 1 + double
        if double:
            self._tables[key] = self._tables.get(key, -1) + 1
            self.found.setdefault(key, line)
            key = (*key, self._tables[key])
        self.found.setdefault(key, line)
        return key

    def _key(self) -> Path:
        parts = []
        while self._now.kind in ("bare", "string") or self._now.text == ".":
            token = self._now
            if token.text != ".":
                parts.append(tomllib.loads(f"x = {token.text}")["x"] if token.kind == "string" else token.text)
            self._at += 1
        return tuple(parts)

    def _pair(self, prefix: Path) -> None:
        line = self._now.line
        key = self._key()
        for size in range(1, len(key) + 1):
            self.found.setdefault((*prefix, *key[:size]), line)
        self._at += 1
        self._value((*prefix, *key))

    def _value(self, path: Path) -> None:
        opening = self._now.text if self._now.kind == "mark" else ""
        if opening not in ("[", "{"):
            while self._now.kind != "end" and self._now.text not in ("\n", ",", "]", "}"):
                self._at += 1
            return
        self._at += 1
        number = 0
        while self._now.text not in ("]", "}"):
            if self._now.text in ("\n", ","):
                self._at += 1
            elif opening == "{":
                self._pair(path)
            else:
                self.found[(*path, number)] = self._now.line
                self._value((*path, number))
                number += 1
        self._at += 1
