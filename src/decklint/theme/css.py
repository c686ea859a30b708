"""Reading CSS, and SCSS as far as it reads as CSS with nesting.

Sources: Marpit 3.2 `theme.js`, `postcss/meta.js`, `postcss/import`; Marp CLI 4.5 `engine/transition-plugin.ts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from decklint.records import dataclass, field

_COMMENT = re.compile(r"/\*(.*?)(?:\*/|\Z)", re.DOTALL)
_LINE_COMMENT = re.compile(
    rf"""("(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|{_COMMENT.pattern})|(?<![:\w"'(])//[^\n]*""", re.DOTALL
)
"""Of SCSS; what looks so in a string or a comment is none, and is found as the first group."""
_META = re.compile(r"^[*!\t\r\f\v ]*@([\w-]+)\s+(.+)$", re.MULTILINE)
_TRANSITION = re.compile(r"marp-(?:incoming-|outgoing-)?transition-(?:backward-)?(.+)")
_NAME_GOES_ON = re.compile(r"&[\w-](?<=[\s{};,]..)", re.DOTALL)
_IMPORT = re.compile(r"""@import(?:-theme)?\s*(?:url\([^(){}\\]*\)|"[^"\n{}\\]*"|'[^'\n{}\\]*')[^{}()"'/\\;]*;""", re.IGNORECASE)
"""A whole statement, with nothing in it that could go on behind its semicolon."""
_HIDDEN = re.compile(r"@[a-z]*\\", re.IGNORECASE)
"""A word behind `@` that is written with escapes."""
_SASS = re.compile(r"@(?:include|extend|use|forward|each|for|while)\b")


@dataclass(frozen=True, slots=True)
class AltSelector:
    """`[alt OPERATOR "value"]`; an empty operator selects on any alternative text."""

    operator: str
    value: str

    def matches(self, word: str) -> bool:
        """Whether one word of an alternative text can be what the selector is about."""
        if self.operator == "|=":
            return word == self.value or word.startswith(self.value + "-")
        if self.operator in ("=", "~="):
            return word in self.value.split()
        return bool(self.value) and (self.value.strip() in word or word in self.value.split())


@dataclass(slots=True)
class _Contents:
    """What the rules of a style sheet say."""

    imports: list[str] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    alt_selectors: list[AltSelector] = field(default_factory=list)
    transitions: set[str] = field(default_factory=set)
    urls: list[tuple[str, int]] = field(default_factory=list)


class Sheet:
    """What one style sheet says: its comments are read at once, its rules only when they are asked for and may tell it."""

    def __init__(self, css: str, path: str = "") -> None:
        self.css = css
        self.path = path
        """Relative to the project, with `/`; empty for the deck's own styles."""
        self.names: list[str] = []
        """`@theme`; Marp registers a sheet only under such a name."""
        self.sizes: dict[str, str | None] = {}
        """`@size NAME WIDTH HEIGHT`; None where a preset is taken away again."""
        for comment in _COMMENT.finditer(css):
            for meta in _META.finditer(comment[1]):
                _take_meta(self, meta[1], meta[2].strip())

    @cached_property
    def complete(self) -> bool:
        """Whether it reads as CSS; else there may be more classes, sizes or transitions than were found."""
        css = self.css
        return "#{" not in css and not ("&" in css and _NAME_GOES_ON.search(css)) and not _SASS.search(css)

    @cached_property
    def imports(self) -> list[str]:
        """Names of themes that it builds on."""
        if not self._may_hold("@import"):
            return []
        ends = [statement.end() for statement in _IMPORT.finditer(self.css)]
        if len(ends) < self._folded.count("@import") or not ends or _HIDDEN.search(self.css):
            return self._contents.imports
        return _contents(self.css[: ends[-1]]).imports  # what follows the last one need not be read

    @property
    def classes(self) -> set[str]:
        """Classes that any selector names."""
        return self._contents.classes

    @property
    def alt_selectors(self) -> list[AltSelector]:
        """Those about alternative texts."""
        return self._contents.alt_selectors if self._may_hold("alt") else []

    @property
    def transitions(self) -> set[str]:
        """Names of transitions that it defines by `@keyframes`."""
        return self._contents.transitions if self._may_hold("keyframes") else set()

    @property
    def urls(self) -> list[tuple[str, int]]:
        """Addresses in `url(…)` and the offset of each in the style sheet."""
        return self._contents.urls if self._may_hold("url") else []

    @cached_property
    def _contents(self) -> _Contents:
        return _contents(self.css)

    @cached_property
    def _folded(self) -> str:
        return self.css.lower()

    def _may_hold(self, name: str) -> bool:
        """Whether a name stands anywhere, or may be hidden by escapes."""
        return name in self._folded or "\\" in self.css


def _contents(css: str) -> _Contents:
    import tinycss2

    plain = _LINE_COMMENT.sub(lambda m: m[1] or " " * len(m[0]), css)
    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n|\f", plain))]
    return _read(tinycss2.parse_component_value_list(plain, skip_comments=True), starts)


def read_sheet(css: str, path: str = "") -> Sheet:
    """What a style sheet says. Never fails: CSS has no errors."""
    return Sheet(css, path)


def _take_meta(sheet: Sheet, key: str, value: str) -> None:
    if key == "theme":
        sheet.names.append(value)
    elif key == "size":
        name, _, rest = value.partition(" ")
        sheet.sizes[name] = None if rest.strip() in ("", "false") else rest.strip()


def _read(top: list[Any], starts: list[int]) -> _Contents:
    """Collect from tokens and everything nested in them; a prelude ends at a block or a semicolon."""
    found = _Contents()
    waiting = [top]
    while waiting:
        prelude: list[Any] = []
        for token in waiting.pop():
            kind = token.type
            if kind in ("url", "function") and kind + getattr(token, "lower_name", "") in ("url", "functionurl"):
                _take_url(token, found, starts)
            if kind == "literal" and token.value == ";":
                _statement(prelude, found)
                prelude = []
            elif kind == "{} block":
                _prelude(prelude, found)
                prelude = []
                waiting.append(token.content)
            else:
                prelude.append(token)
            if kind == "function":
                waiting.append(token.arguments)
        _statement(prelude, found)
    found.urls.sort(key=lambda url: url[1])
    return found


def _take_url(token: Any, found: _Contents, starts: list[int]) -> None:
    inner = token if token.type == "url" else next((t for t in token.arguments if t.type == "string"), None)
    if inner is not None:
        found.urls.append((inner.value, starts[inner.source_line - 1] + inner.source_column - 1))


def _statement(tokens: list[Any], found: _Contents) -> None:
    """Take `@import 'theme';`."""
    words = [t for t in tokens if t.type != "whitespace"]
    if len(words) > 1 and words[0].type == "at-keyword" and words[0].lower_value in ("import", "import-theme"):
        name = next((t.value for t in words[1:] if t.type == "string"), None)
        if name is not None and not re.match(r"https?:|//", name):
            found.imports.append(name)


def _prelude(tokens: list[Any], found: _Contents) -> None:
    words = [t for t in tokens if t.type != "whitespace"]
    if words and words[0].type == "at-keyword" and words[0].lower_value.endswith("keyframes"):
        if len(words) > 1 and (match := _TRANSITION.fullmatch(getattr(words[1], "value", ""))):
            found.transitions.add(match[1])
        return
    _selectors(tokens, found)


def _selectors(top: Iterable[Any], found: _Contents) -> None:
    waiting = [top]
    while waiting:
        after_dot = False
        for token in waiting.pop():
            if after_dot and token.type == "ident":
                found.classes.add(token.value)
            after_dot = token.type == "literal" and token.value == "."
            if token.type == "[] block":
                _attribute([t for t in token.content if t.type != "whitespace"], found)
            elif token.type == "function":  # :is(…), :not(…)
                waiting.append(token.arguments)


def _attribute(tokens: list[Any], found: _Contents) -> None:
    if not tokens or tokens[0].type != "ident":
        return
    operator = "".join(t.value for t in tokens[1:] if t.type == "literal")
    value = next((t.value for t in tokens[1:] if t.type in ("string", "ident", "hash")), "")
    if tokens[0].lower_value == "alt" and operator:
        found.alt_selectors.append(AltSelector(operator, value))
    elif tokens[0].lower_value in ("class", "data-class"):
        found.classes.update(value.split())


def addresses(css: str) -> Iterator[tuple[str, int]]:
    """The addresses in `url(…)` of a style sheet or a value, each with its offset."""
    yield from read_sheet(css).urls if "url" in css.lower() else ()
