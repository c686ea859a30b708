"""Marp's YAML dialect with the place of every key.

Marp reads directives with js-yaml's FAILSAFE schema, where every scalar is text, after quoting the plain values of the
directives that it knows ("loose YAML"): `header: A: B` is fine there, `subtitle: A: B` voids the whole block.
Source: Marpit 3.2 `markdown/directives/yaml.js`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from decklint.deck.deck import YamlProblem
from decklint.text import Span

_SPECIAL = "[\"'{|>~&*`"
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Settings(NamedTuple):
    """What a YAML mapping says: values by key, and where each key stands."""

    values: dict[str, Any]
    key_spans: dict[str, Span]


def read(text: str, offset: int, loose: Collection[str]) -> Settings | YamlProblem | None:
    """Read a YAML mapping that begins at `offset` of its source.

    Returns None where there is nothing to read, a problem where Marp would drop the text.
    """
    try:
        root = yaml.compose(_quote_loose(text, frozenset(loose)), Loader=_LOADER)
    except yaml.YAMLError as error:
        return _problem(error, text, offset)
    except RecursionError:
        return YamlProblem("syntax", Span(offset, offset + len(text)), "nested too deeply")
    if root is None:
        return None
    if not isinstance(root, yaml.MappingNode):
        return _no_mapping(text, offset)
    values: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    starts = _line_starts(text)
    for key, value in root.value:
        name = _value(key)
        place = offset + starts[key.start_mark.line] + key.start_mark.column
        span = Span(place, place + max(1, key.end_mark.index - key.start_mark.index))
        if not isinstance(name, str):
            name = str(name)
        if name in values:
            return YamlProblem("duplicate-key", span, name)
        values[name] = _value(value)
        spans[name] = span
    return Settings(values, spans)


def _quote_loose(text: str, loose: frozenset[str]) -> str:
    """The text with the plain values of loose keys quoted, as Marp quotes them. No line is added or removed."""
    pattern = _loose_pattern(loose)

    def quote(match: re.Match[str]) -> str:
        value = match[2].strip()
        if not value or value[0] in _SPECIAL:
            return match[0]
        spaces = match[2][: len(match[2]) - len(match[2].lstrip())]
        escaped = value.replace('"', '\\"')
        return f'{match[1]}{spaces}"{escaped}"'

    return "\n".join(pattern.sub(quote, line) for line in text.split("\n")).rstrip() + "\n"


@lru_cache(maxsize=8)
def _loose_pattern(keys: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(re.escape(key) for key in sorted(keys))
    return re.compile(rf"^((?:_?(?:{names})|\"_?(?:{names})\"|'_?(?:{names})')\s*:)(.+)$")


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(_value(key)): _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return node.value


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
