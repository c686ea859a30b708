"""Marp's YAML dialect with the place of every key.

Marp reads directives with js-yaml's FAILSAFE schema, where every scalar is text, after quoting the plain values of the
directives that it knows ("loose YAML"): `header: A: B` is fine there, `subtitle: A: B` voids the whole block.
Source: Marpit 3.2 `markdown/directives/yaml.js`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from decklint.deck.deck import YamlProblem
from decklint.nesting import is_too_deep
from decklint.patterns import constant
from decklint.text import Span

_MOST_NODES = 100_000
_DEEPEST = 50
_BLANKS = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""What JavaScript trims."""
_SPECIAL = "[\"'{|>~&*`"
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Settings(NamedTuple):
    """What a YAML mapping says: values by key, and where each key and each value stands, quotation marks included."""

    values: dict[str, Any]
    key_spans: dict[str, Span]
    value_spans: dict[str, Span]


def read(text: str, offset: int, loose: Collection[str]) -> Settings | YamlProblem | None:
    """Read a YAML mapping that begins at `offset` of its source.

    Returns None where there is nothing to read, a problem where Marp would drop the text.
    """
    lines = text.split("\n")
    pattern = _loose_pattern(frozenset(loose))
    loosened = [pattern.sub(_quoted, line) for line in lines]
    lead = len(text) - len(text.lstrip(_BLANKS))  # what Marp trims before it reads, so the first key stands at the margin
    skipped, cut = text.count("\n", 0, lead), lead - (text.rfind("\n", 0, lead) + 1)
    lines, loosened = lines[skipped:], loosened[skipped:]
    lines[0], loosened[0] = lines[0][cut:], loosened[0][cut:]
    text, offset = text[lead:], offset + lead
    hide, show = _line_separators(text)
    plain = "\n".join(loosened).rstrip(_BLANKS).translate(hide) + "\n"
    try:
        root = None if (too_deep := is_too_deep(plain, _LOADER)) else yaml.compose(plain, Loader=_LOADER)
    except yaml.YAMLError as error:
        return _problem(error, text, offset)
    if too_deep:
        return YamlProblem("syntax", Span(offset, offset + len(text)), "nested too deeply")
    if root is None:
        return None
    if not isinstance(root, yaml.MappingNode):
        return _no_mapping(text, offset)
    starts = _line_starts(text)

    def place(mark: yaml.Mark) -> int:
        line = min(mark.line, len(lines) - 1)
        return starts[line] + min(mark.column, len(lines[line])) if mark.line < len(lines) else len(text)

    def span_of(node: yaml.Node) -> Span:
        start, line = place(node.start_mark), min(node.start_mark.line, len(lines) - 1)
        if lines[line] != loosened[line] and node.start_mark.column:  # the value that was quoted: all the line holds
            return Span(offset + start, offset + starts[line] + len(lines[line].rstrip()))
        end = place(node.end_mark)
        return Span(offset + start, offset + start + len(text[start:end].rstrip()))

    settings = Settings({}, {}, {})
    data = _Data(show)
    for key, value in root.value:
        name = str(data.of(key))
        span = span_of(key)
        if name in settings.values:
            return YamlProblem("duplicate-key", span, name)
        settings.values[name] = data.of(value)
        settings.key_spans[name] = span
        settings.value_spans[name] = span_of(value)
    return settings


def _line_separators(text: str) -> tuple[dict[int, int], dict[int, int]]:
    """Tables that hide from YAML 1.1, and show again, the characters that end lines for it but not for Marp."""
    found = [ord(character) for character in "\x85\u2028\u2029" if character in text]
    unused = (code for code in range(0xE000, 0xF900) if chr(code) not in text)
    hide = dict(zip(found, unused, strict=False))
    return hide, {stand_in: code for code, stand_in in hide.items()}


def _quoted(match: re.Match[str]) -> str:
    """A line with the plain value of a loose key quoted, as Marp quotes it."""
    value = match[2].strip()
    if not value or value[0] in _SPECIAL:
        return match[0]
    spaces = match[2][: len(match[2]) - len(match[2].lstrip())]
    escaped = value.replace('"', '\\"')
    return f'{match[1]}{spaces}"{escaped}"'


@lru_cache(maxsize=8)
@constant
def _loose_pattern(keys: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(re.escape(key) for key in sorted(keys))
    return re.compile(rf"^((?:_?(?:{names})|\"_?(?:{names})\"|'_?(?:{names})')\s*:)(.+)$")


class _Data:
    """Makes plain data of YAML nodes, with the characters of `show` put back.

    Aliases let a few lines stand for more than any memory holds, or for themselves. What is too deep or too much becomes an empty
    text: no directive takes such a value.
    """

    def __init__(self, show: Mapping[int, int]) -> None:
        self.show = show
        self.left = _MOST_NODES

    def of(self, node: yaml.Node, depth: int = 0) -> Any:
        """A text, or a list or a mapping of such."""
        if isinstance(node, yaml.ScalarNode):
            return node.value.translate(self.show)
        self.left -= len(node.value) + 1
        if self.left < 0 or depth > _DEEPEST:
            return ""
        if isinstance(node, yaml.MappingNode):
            return {str(self.of(key, depth + 1)): self.of(value, depth + 1) for key, value in node.value}
        return [self.of(item, depth + 1) for item in node.value]


def _problem(error: yaml.YAMLError, text: str, offset: int) -> YamlProblem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    detail = str(getattr(error, "problem", "") or "")
    lines = text.split("\n")
    starts = _line_starts(text)
    number = min(mark.line, len(lines) - 1) if mark else 0
    if mark and not lines[number].strip():  # an error noticed at the end belongs to the last line with text
        number = max((i for i in range(number) if lines[i].strip()), default=0)
    line = lines[number]
    if closing := _closing_line(lines, starts, offset):
        return closing
    if "\t" in line[: len(line) - len(line.lstrip())]:
        reason = "tab"
    elif "\\" in line and "escape" in detail:
        reason = "escape"
    elif (missing := _without_colon(lines, number)) is not None:
        number, reason = missing
        line = lines[number]
    elif _is_indented(lines, number):
        reason = "indentation"
    elif "mapping values" in detail:
        reason = "colon"
    else:
        reason = "syntax"
    start = offset + starts[number]
    return YamlProblem(reason, Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip())), detail)


_CLOSING = re.compile(r"-{3,}\s+$")


def _closing_line(lines: list[str], starts: list[int], offset: int) -> YamlProblem | None:
    """The line that was meant to end the front matter, but has a character behind its dashes that Marp does not pass over."""
    for line, start in zip(lines, starts, strict=True):
        if _CLOSING.fullmatch(line):
            return YamlProblem("closing-line", Span(offset + start, offset + start + len(line)))
    return None


def _is_indented(lines: list[str], number: int) -> bool:
    """Whether a line goes on deeper than the plain `key: value` line before it."""
    before = next((lines[i] for i in range(number - 1, -1, -1) if lines[i].strip()), "")
    value = before.partition(":")[2].strip()
    return _indent(lines[number]) > _indent(before) and bool(value) and value[0] not in "|>[{"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_KEY = re.compile(r"\s*[^\s:#'\"\[{-][^:]*?:(?:\s|$)")
_NO_SPACE = re.compile(r"(?:\w+):(?=\S)(?!//)")
_FULL_WIDTH = re.compile(r"\w+\s*：")


def _without_colon(lines: list[str], number: int) -> tuple[int, str] | None:
    """The line at or above `number` that should have been a `key: value` pair, and what it has instead."""
    for i in (number, number - 1):
        if i < 0 or _KEY.match(lines[i]):
            continue
        if _FULL_WIDTH.match(lines[i].strip()):
            return i, "full-width-colon"
        if _NO_SPACE.match(lines[i].strip()):
            return i, "no-space"
    return None


def _no_mapping(text: str, offset: int) -> YamlProblem | None:
    lines = text.split("\n")
    for number, start in enumerate(_line_starts(text)):
        line = lines[number]
        if line.strip() and not line.lstrip().startswith("#"):
            found = _without_colon(lines, number)
            span = Span(offset + start, offset + start + len(line.rstrip()))
            return YamlProblem(found[1] if found else "not-a-mapping", span)
    return None


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts[:-1]
