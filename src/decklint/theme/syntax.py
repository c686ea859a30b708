"""What Marp's CSS parser refuses: with one such place a style sheet is dropped as a whole.

Source: PostCSS 8 `lib/tokenize.js` and `lib/parser.js`, of which only the errors are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from decklint.records import dataclass, field

_SPACE = re.compile(r"[ \n\t\r\f]+")
_AT_END = re.compile(r"[\t\n\f\r \"#'()/;\[\\\]{}]")
_WORD_END = re.compile(r"[\t\n\f\r !\"#'():;@\[\\\]{}]|/(?=\*)")
_BAD_BRACKET = re.compile(r".[\r\n\"'(/\\]")
_ESCAPE = re.compile(r"\\(?:\\\\)*+(?:(?![/ \n\t\r\f])(?:[0-9a-fA-F]+ ?|.))?", re.DOTALL)
_URL = re.compile(r"(?:^|[\t\n\f\r \"'(),/:;\[\]{}])url\Z", re.IGNORECASE)
_QUOTED = re.compile(r"[\t\n\f\r ]*[\"']")
_LETTER = re.compile(r"\w", re.ASCII)
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_BLANK = ("space", "comment")


class Broken(NamedTuple):
    """Where a style sheet cannot be read, and why.

    `kind` is `string`, `comment`, `bracket` or `block` for what is not closed, `close` for a brace that closes nothing, `word`
    for what is neither a rule nor a declaration, `name` for a second word before a colon, `semicolon` for one that is missing,
    `at` for an `@` without a name. An unclosed bracket behind an `@` word (`rest`) is no error to PostCSS: all that follows
    becomes a part of it.
    """

    kind: str
    start: int
    end: int


class _Token(NamedTuple):
    kind: str
    start: int
    end: int


class _Refused(Exception):
    def __init__(self, kind: str, start: int, end: int) -> None:
        super().__init__(kind)
        self.broken = Broken(kind, start, end)


def broken(css: str) -> Broken | None:
    """The first place that cannot be read; None where all can."""
    return read(css)[0]


def read(css: str) -> tuple[Broken | None, list[tuple[int, int]]]:
    """The first place that cannot be read, and where the selectors of the rules before it stand."""
    parser = _Parser(css)
    try:
        parser.parse()
    except _Refused as refused:
        return refused.broken, parser.selectors
    return None, parser.selectors


def _tokens(css: str) -> Iterator[_Token]:
    at, bad_until = 0, -1
    while at < len(css):
        char = css[at]
        if space := _SPACE.match(css, at):
            token = _Token("space", at, space.end())
        elif char in "[]{}:;)":
            token = _Token(char, at, at + 1)
        elif char == "(":
            token, bad_until = _bracket(css, at, bad_until)
        elif char in "\"'":
            token = _Token("string", at, _closing(css, char, at, "string"))
        elif char == "@":
            end = _AT_END.search(css, at + 1)
            token = _Token("at-word", at, end.start() if end else len(css))
        elif char == "\\" and (escape := _ESCAPE.match(css, at)):
            token = _Token("word", at, escape.end())
        elif css.startswith("/*", at):
            close = css.find("*/", at + 2)
            if close < 0:
                raise _Refused("comment", at, at + 2)
            token = _Token("comment", at, close + 2)
        else:
            end = _WORD_END.search(css, at + 1)
            token = _Token("word", at, end.start() if end else len(css))
        yield token
        at = token.end


def _bracket(css: str, at: int, bad_until: int) -> tuple[_Token, int]:
    """A parenthesis alone, or all of one with nothing special inside; and up to where no other needs to be looked at."""
    if _URL.search(css[max(0, at - 4) : at]) and not _QUOTED.match(css, at + 1):
        return _Token("brackets", at, _closing(css, ")", at, "bracket")), bad_until
    if at > bad_until:
        close = css.find(")", at + 1)
        if close >= 0 and not _BAD_BRACKET.search(css, at, close + 1):
            return _Token("brackets", at, close + 1), bad_until
        bad_until = close if close >= 0 else len(css)
    return _Token("(", at, at + 1), bad_until


def _closing(css: str, char: str, at: int, kind: str) -> int:
    """Behind the next character that is not escaped."""
    close = at
    while True:
        close = css.find(char, close + 1)
        if close < 0:
            raise _Refused(kind, at, at + 1)
        first = close
        while css[first - 1] == "\\":
            first -= 1
        if (close - first) % 2 == 0:
            return close + 1


@dataclass(slots=True)
class _Parser:
    css: str
    selectors: list[tuple[int, int]] = field(default_factory=list)
    open: list[tuple[int, int]] = field(default_factory=list)
    """The blocks that are open: from where they begin to their brace."""
    tokens: Iterator[_Token] = field(init=False)

    def parse(self) -> None:
        self.tokens = _tokens(self.css)
        token = next(self.tokens, None)
        while token is not None:
            token = self._statement(token)
        if self.open:
            raise _Refused("block", *self.open[-1])

    def _statement(self, token: _Token) -> _Token | None:
        """Read one statement; the token behind it, or one that was read too far."""
        if token.kind == "}":
            self._close(token)
        elif token.kind == "at-word":
            self._at_rule(token)
        elif token.kind == "{":
            self.open.append((token.start, token.end))
        elif token.kind not in (*_BLANK, ";"):
            return self._other(token)
        return next(self.tokens, None)

    def _close(self, token: _Token) -> None:
        if not self.open:
            raise _Refused("close", token.start, token.end)
        self.open.pop()

    def _at_rule(self, start: _Token) -> None:
        if start.end == start.start + 1:
            raise _Refused("at", start.start, start.end)
        waiting: list[tuple[str, _Token]] = []
        for token in self.tokens:
            if token.kind in "([" or (token.kind == "{" and waiting):
                waiting.append((_CLOSERS[token.kind], token))
            elif waiting and token.kind == waiting[-1][0]:
                waiting.pop()
            elif not waiting and token.kind in ";{}":
                if token.kind == "{":
                    self.open.append((start.start, token.end))
                elif token.kind == "}":
                    self._close(token)
                return
        if waiting:
            raise _Refused("rest", waiting[0][1].start, waiting[0][1].end)

    def _other(self, start: _Token) -> _Token | None:
        """A declaration, or the selector of a rule; the token behind it."""
        custom = self.css.startswith("--", start.start)
        tokens, end = self._until_end(start, custom)
        if end is not None and end.kind == "{":
            self.open.append((start.start, end.end))
            self.selectors.append((start.start, end.start))
            return next(self.tokens, None)
        self._declaration(tokens, custom)
        return end if end is not None and end.kind == "}" else next(self.tokens, None)

    def _until_end(self, start: _Token, custom: bool) -> tuple[list[_Token], _Token | None]:
        """The tokens up to the brace or the semicolon that ends them, outside of brackets."""
        tokens: list[_Token] = []
        waiting: list[str] = []
        colon, bracket = False, start
        token: _Token | None = start
        while token is not None:
            if token.kind in ("(", "[") or (custom and colon and token.kind == "{"):
                bracket = bracket if waiting else token
                waiting.append(_CLOSERS[token.kind])
            elif waiting:
                if token.kind == waiting[-1]:
                    waiting.pop()
            elif token.kind in (";", "{", "}"):
                break
            colon = colon or (token.kind == ":" and not waiting)
            tokens.append(token)
            token = next(self.tokens, None)
        if waiting:
            raise _Refused("bracket", bracket.start, bracket.end)
        if not colon and not (token is not None and token.kind == "{"):
            raise _Refused("word", start.start, start.end)
        return tokens, token

    def _declaration(self, tokens: list[_Token], custom: bool) -> None:
        while not custom and tokens and tokens[-1].kind in _BLANK:
            tokens.pop()
        name = next((i for i, token in enumerate(tokens) if token.kind == "word"), None)
        if name is None:
            raise _Refused("word", tokens[-1].start, tokens[-1].end)
        behind = name
        while behind < len(tokens) and tokens[behind].kind not in (":", *_BLANK):
            behind += 1
        while behind < len(tokens) and tokens[behind].kind != ":":
            if tokens[behind].kind == "word" and _LETTER.search(self.css, tokens[behind].start, tokens[behind].end):
                raise self._two_words(tokens[name], tokens[behind])
            behind += 1
        if not custom:
            self._missed_semicolon([token for token in tokens[behind + 1 :] if token.kind not in _BLANK])

    def _two_words(self, first: _Token, other: _Token) -> _Refused:
        if self.css.startswith("//", first.start):  # meant as a comment
            return _Refused("word", first.start, first.start + 2)
        return _Refused("name", other.start, other.end)

    def _missed_semicolon(self, tokens: list[_Token]) -> None:
        """A second colon in a value: the value goes on into the next declaration."""
        depth = 0
        for i, token in enumerate(tokens):
            depth += (token.kind == "(") - (token.kind == ")")
            if token.kind != ":" or depth:
                continue
            before = tokens[i - 1] if i else token
            if not i or self.css[before.start : before.end] != "progid":
                raise _Refused("semicolon", before.start, token.end)
