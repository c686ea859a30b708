"""Reading CSS, and SCSS as far as it reads as CSS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2

_LINE_COMMENT = re.compile(r"(?<![:\w\"'(])//[^\n]*")


@dataclass(frozen=True, slots=True)
class AltSelector:
    """`[alt OPERATOR "value"]`; an empty operator selects on any alternative text."""

    operator: str
    value: str

    def matches(self, word: str) -> bool:
        """Whether one word of an alternative text can be what the selector is about."""
        if self.operator in ("=", "~=", "|="):
            return word in self.value.split()
        return bool(self.value) and (self.value.strip() in word or word in self.value.split())


def alt_selectors(css: str) -> list[AltSelector]:
    """The attribute selectors on `alt` anywhere in a style sheet, nested rules included."""
    tokens = tinycss2.parse_component_value_list(_LINE_COMMENT.sub("", css), skip_comments=True)
    return list(_find(tokens))


def _find(tokens: Iterable[Any]) -> Iterator[AltSelector]:
    for token in tokens:
        if token.type == "[] block":
            selector = _selector([t for t in token.content if t.type != "whitespace"])
            if selector is not None:
                yield selector
        elif token.type in ("{} block", "() block"):
            yield from _find(token.content)
        elif token.type == "function":  # :is(…), :not(…)
            yield from _find(token.arguments)


def _selector(tokens: list[Any]) -> AltSelector | None:
    if not tokens or tokens[0].type != "ident" or tokens[0].lower_value != "alt":
        return None
    operator = "".join(t.value for t in tokens[1:] if t.type == "literal")
    value = next((t.value for t in tokens[1:] if t.type in ("string", "ident", "hash")), "")
    return AltSelector(operator, value) if operator else None
