"""The rules of a style sheet: nested ones taken apart, conditions judged, and only what decides how large something gets.

Sources: CSS Syntax 3, CSS Nesting 1; Marpit 3.2 `postcss/nesting.js`, `postcss/import`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from decklint.layout.css.declarations import SHORTHANDS, Value, counts, declared
from decklint.layout.css.selectors import Selector, read_selector, split_list
from decklint.records import dataclass, field

_DEEPEST = 12  # nested rules
_MOST = 200  # selectors of one rule with all that it is nested in
_LONGEST = 400  # characters of a selector
_SKIPPED = frozenset(
    ("keyframes", "-webkit-keyframes", "font-face", "page", "property", "mixin", "function", "charset", "counter-style")
)
_FONTS = re.compile(r"font|icon|awesome|katex|mathjax", re.IGNORECASE)
_NAMED = re.compile(r"\[\s*([\w-]+)")
_SIMPLE_MEDIA = re.compile(r"(?:only\s+)?(?:screen|all)?\s*")
_LINE_COMMENT = re.compile(r"(?m)^[ \t]*//[^\n]*")
_OTHER_BROWSERS = re.compile(r"\bnot\b|-(?:moz|ms|o)-", re.IGNORECASE)
_BOXED = frozenset(("block", "flex", "grid", "table", "list-item", "flow-root"))
GENERATED = "generated"
"""Stands for `::before` and `::after` with a box of their own in the flow."""


class Waiting(NamedTuple):
    """A declaration with `var()`: what it sets is known only where variables are."""

    name: str
    text: str


Declared = tuple[str, "Value | Waiting", bool]
"""Longhand or custom property, value, whether it is important."""


class Rule(NamedTuple):
    """One selector with what it sets."""

    selector: Selector
    sets: tuple[Declared, ...]
    sure: bool = True
    """Whether its conditions (`@media`, `@container`) hold for certain."""


@dataclass(slots=True)
class Rules:
    """What one style sheet says."""

    rules: list[Rule] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    """Names of themes, or addresses, in their order."""
    doubts: list[str] = field(default_factory=list)
    """What could not be read."""
    attributes: frozenset[str] = frozenset()
    """The attributes that any selector names."""
    counts: bool = False
    """Whether a selector counts children."""
    size: tuple[float | None, float | None] | None = None
    """The size of slides that it sets, once that was asked for."""


@lru_cache(maxsize=64)
def read_rules(css: str, *, scoped: bool = False, scss: bool = False) -> Rules:
    """The rules of a style sheet; `scoped` as in `<style scoped>`."""
    import tinycss2

    found = Rules(attributes=frozenset(_NAMED.findall(css)), counts=":nth-" in css)
    if scss:
        css = _LINE_COMMENT.sub("", css)
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    waiting: list[tuple[Any, list[str], bool, int]] = [(node, [""], True, 0) for node in reversed(nodes)]
    while waiting:
        node, outer, sure, depth = waiting.pop()
        if node.type == "at-rule":
            inner, sure = outer, sure and _at_rule(node, found)
            if node.content is None or node.lower_at_keyword in _SKIPPED or _is_for_print(node):
                continue
        elif node.type == "qualified-rule":
            inner = _nested(outer, node.prelude)
        else:
            continue
        if depth > _DEEPEST or not inner:
            found.doubts.append("nesting")
            continue
        content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        sets = [child for child in content if child.type == "declaration"]
        if sets and inner != [""]:
            _take(found, inner, sets, scoped, sure)
        waiting += [(child, inner, sure, depth + 1) for child in reversed(content) if child.type != "declaration"]
    return found


def _at_rule(node: Any, found: Rules) -> bool:
    """Whether what stands inside applies for certain; imports are noted."""
    name = node.lower_at_keyword
    if name in ("import", "import-theme"):
        target = next((token for token in node.prelude if token.type in ("string", "url", "function")), None)
        text = "" if target is None else _serialized([target])
        if target is not None and target.type == "string":
            found.imports.append(target.value)
        elif not _FONTS.search(text):
            found.doubts.append("import")
    elif name == "media":
        return _SIMPLE_MEDIA.fullmatch(_serialized(node.prelude).strip().lower()) is not None
    return name == "supports" and not _OTHER_BROWSERS.search(_serialized(node.prelude))


def _is_for_print(node: Any) -> bool:
    return node.lower_at_keyword == "media" and re.match(r"\s*print\s*$", _serialized(node.prelude).lower()) is not None


def _serialized(tokens: list[Any]) -> str:
    import tinycss2

    return str(tinycss2.serialize(tokens))


def _nested(outer: list[str], prelude: list[Any]) -> list[str]:
    own = [" ".join(part.split()) for part in split_list(_serialized(prelude))]
    if len(outer) * len(own) > _MOST or max(map(len, own)) + max(map(len, outer)) > _LONGEST:
        return []
    if outer == [""] and len(own) > 1:
        own = [one or "section" for one in own]  # Marpit puts its own `section` before what stands between two commas
    return [one.replace("&", around) if "&" in one else f"{around} {one}".strip() for around in outer for one in own]


def _take(found: Rules, texts: list[str], nodes: list[Any], scoped: bool, sure: bool) -> None:
    sets: list[Declared] = []
    for node in nodes:
        name = node.name if node.name.startswith("--") else node.lower_name
        if name.startswith("--") or counts(name):
            sets += read_declaration(name, _serialized(node.value), important=node.important)
    if sets:
        for text in texts:
            selector = read_selector(text, scoped=scoped)
            if selector is not None:
                add_rule(found.rules, Rule(selector, tuple(sets), sure))


def add_rule(rules: list[Rule], rule: Rule) -> None:
    """Keep a rule if it is about an element, about what auto-scaling shows, or gives an element a further box."""
    if rule.selector.pseudo in ("before", "after"):
        values = {name: value for name, value, _ in rule.sets}
        apart = values.get("position") in ("absolute", "fixed") or values.get("float", "none") != "none"
        if not apart and values.get("display") in _BOXED and values.get("content") not in ("none", "normal", '""', "''", None):
            rules.append(rule._replace(sets=((GENERATED, "yes", False),)))
    elif rule.selector.pseudo in ("", "part"):
        rules.append(rule)


def read_declaration(name: str, text: str, *, important: bool = False) -> list[Declared]:
    """What a declaration sets, by longhand; `name` in lower case unless it is a variable's."""
    text = text.strip()
    if name.startswith("--"):
        return [(name, text, important)]
    if "var(" in text.lower():
        waiting = Waiting(name, text)
        return [(longhand, waiting, important) for longhand in SHORTHANDS.get(name) or longhands_of(name)]
    return [(longhand, value, important) for longhand, value in declared(name, normal(name, text))]


def longhands_of(name: str) -> tuple[str, ...]:
    """What a property that is no shorthand is called today."""
    return tuple(longhand for longhand, _ in declared(name, "inherit"))


def normal(name: str, text: str) -> str:
    """A value with single spaces, in lower case unless it names things."""
    text = " ".join(text.split())
    return text if name in ("font-family", "font", "grid-area", "grid-template-areas", "content") else text.lower()


def inline_rules(text: str) -> list[Declared]:
    """What an element's `style` attribute sets."""
    found: list[Declared] = []
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip() if name.strip().startswith("--") else name.strip().lower()
        if colon and (name.startswith("--") or counts(name)):
            value, bang, _ = value.partition("!important")
            found += read_declaration(name, value, important=bool(bang))
    return found
