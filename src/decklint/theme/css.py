"""Reading CSS, and SCSS as far as it reads as CSS with nesting.

Sources: Marpit 3.2 `theme.js`, `postcss/meta.js`, `postcss/import`; Marp CLI 4.5 `engine/transition-plugin.ts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

from decklint.records import dataclass, field

_COMMENT = re.compile(r"/\*(.*?)(?:\*/|\Z)", re.DOTALL)
_LINE_COMMENT = re.compile(
    rf"""("(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|{_COMMENT.pattern})|(?<![:\w"'(])//[^\n]*""", re.DOTALL
)
"""Of SCSS; what looks so in a string or a comment is none, and is found as the first group."""
_META = re.compile(r"^[*!\t\r\f\v ]*@([\w-]+)\s+(.+)$", re.MULTILINE)
_TRANSITION = re.compile(r"marp-(?:incoming-|outgoing-)?transition-(?:backward-)?(.+)")
_BEYOND_CSS = re.compile(r"#\{|(?<=[\s{};,])&[\w-]|@(?:include|extend|use|forward|each|for|while)\b")


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
class Sheet:
    """What one style sheet says."""

    path: str = ""
    """Relative to the project, with `/`; empty for the deck's own styles."""
    names: list[str] = field(default_factory=list)
    """`@theme`; Marp registers a sheet only under such a name."""
    sizes: dict[str, str | None] = field(default_factory=dict)
    """`@size NAME WIDTH HEIGHT`; None where a preset is taken away again."""
    imports: list[str] = field(default_factory=list)
    """Names of themes that it builds on."""
    classes: set[str] = field(default_factory=set)
    """Classes that any selector names."""
    alt_selectors: list[AltSelector] = field(default_factory=list)
    transitions: set[str] = field(default_factory=set)
    """Names of transitions that it defines by `@keyframes`."""
    urls: list[tuple[str, int]] = field(default_factory=list)
    """Addresses in `url(…)` and the offset of each in the style sheet."""
    complete: bool = True
    """Whether it reads as CSS; else there may be more classes, sizes or transitions than were found."""


def read_sheet(css: str, path: str = "") -> Sheet:
    """What a style sheet says. Never fails: CSS has no errors."""
    sheet = Sheet(path, complete=not _BEYOND_CSS.search(css))
    for comment in _COMMENT.finditer(css):
        for meta in _META.finditer(comment[1]):
            _take_meta(sheet, meta[1], meta[2].strip())
    plain = _LINE_COMMENT.sub(lambda m: m[1] or " " * len(m[0]), css)
    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n|\f", plain))]
    _read(tinycss2.parse_component_value_list(plain, skip_comments=True), sheet, starts)
    return sheet


def _take_meta(sheet: Sheet, key: str, value: str) -> None:
    if key == "theme":
        sheet.names.append(value)
    elif key == "size":
        name, _, rest = value.partition(" ")
        sheet.sizes[name] = None if rest.strip() in ("", "false") else rest.strip()


def _read(top: list[Any], sheet: Sheet, starts: list[int]) -> None:
    """Collect from tokens and everything nested in them; a prelude ends at a block or a semicolon."""
    waiting = [top]
    while waiting:
        prelude: list[Any] = []
        for token in waiting.pop():
            kind = token.type
            if kind in ("url", "function") and kind + getattr(token, "lower_name", "") in ("url", "functionurl"):
                _take_url(token, sheet, starts)
            if kind == "literal" and token.value == ";":
                _statement(prelude, sheet)
                prelude = []
            elif kind == "{} block":
                _prelude(prelude, sheet)
                prelude = []
                waiting.append(token.content)
            else:
                prelude.append(token)
            if kind == "function":
                waiting.append(token.arguments)
        _statement(prelude, sheet)
    sheet.urls.sort(key=lambda url: url[1])


def _take_url(token: Any, sheet: Sheet, starts: list[int]) -> None:
    inner = token if token.type == "url" else next((t for t in token.arguments if t.type == "string"), None)
    if inner is not None:
        sheet.urls.append((inner.value, starts[inner.source_line - 1] + inner.source_column - 1))


def _statement(tokens: list[Any], sheet: Sheet) -> None:
    """Take `@import 'theme';`."""
    words = [t for t in tokens if t.type != "whitespace"]
    if len(words) > 1 and words[0].type == "at-keyword" and words[0].lower_value in ("import", "import-theme"):
        name = next((t.value for t in words[1:] if t.type == "string"), None)
        if name is not None and not re.match(r"https?:|//", name):
            sheet.imports.append(name)


def _prelude(tokens: list[Any], sheet: Sheet) -> None:
    words = [t for t in tokens if t.type != "whitespace"]
    if words and words[0].type == "at-keyword" and words[0].lower_value.endswith("keyframes"):
        if len(words) > 1 and (match := _TRANSITION.fullmatch(getattr(words[1], "value", ""))):
            sheet.transitions.add(match[1])
        return
    _selectors(tokens, sheet)


def _selectors(top: Iterable[Any], sheet: Sheet) -> None:
    waiting = [top]
    while waiting:
        after_dot = False
        for token in waiting.pop():
            if after_dot and token.type == "ident":
                sheet.classes.add(token.value)
            after_dot = token.type == "literal" and token.value == "."
            if token.type == "[] block":
                _attribute([t for t in token.content if t.type != "whitespace"], sheet)
            elif token.type == "function":  # :is(…), :not(…)
                waiting.append(token.arguments)


def _attribute(tokens: list[Any], sheet: Sheet) -> None:
    if not tokens or tokens[0].type != "ident":
        return
    operator = "".join(t.value for t in tokens[1:] if t.type == "literal")
    value = next((t.value for t in tokens[1:] if t.type in ("string", "ident", "hash")), "")
    if tokens[0].lower_value == "alt" and operator:
        sheet.alt_selectors.append(AltSelector(operator, value))
    elif tokens[0].lower_value in ("class", "data-class"):
        sheet.classes.update(value.split())


def addresses(css: str) -> Iterator[tuple[str, int]]:
    """The addresses in `url(…)` of a style sheet or a value, each with its offset."""
    yield from read_sheet(css).urls if "url" in css.lower() else ()
