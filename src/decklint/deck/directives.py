"""Marp's directives as a table.

Sources: Marpit 3.2 `markdown/directives/directives.js`, Marp Core 4.4 `size` and `math`, Marp CLI 4.5 `engine/meta-plugin.ts`
and `engine/transition-plugin.ts`.
"""

from __future__ import annotations

from typing import Any

from decklint.records import dataclass


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: who reads it, and whether it acts on the deck (`global`) or from its slide on (`local`)."""

    name: str
    scope: str
    reader: str
    loose: bool = True
    """Whether its value may stand unquoted in the front matter whatever characters it holds."""


_MARPIT_GLOBAL = ("headingDivider", "style", "theme", "lang")
_MARPIT_LOCAL = (
    "backgroundColor",
    "backgroundImage",
    "backgroundPosition",
    "backgroundRepeat",
    "backgroundSize",
    "class",
    "color",
    "footer",
    "header",
    "paginate",
)
_CLI_GLOBAL = ("author", "description", "image", "keywords", "title", "url")

DIRECTIVES: dict[str, Directive] = {
    d.name: d
    for d in (
        *(Directive(name, "global", "marpit") for name in _MARPIT_GLOBAL),
        *(Directive(name, "local", "marpit") for name in _MARPIT_LOCAL),
        *(Directive(name, "global", "core", loose=False) for name in ("size", "math")),
        *(Directive(name, "global", "cli") for name in _CLI_GLOBAL),
        Directive("transition", "local", "cli"),
    )
}

LOOSE_IN_COMMENTS = frozenset((*_MARPIT_GLOBAL, *_MARPIT_LOCAL))
LOOSE_IN_FRONT_MATTER = frozenset(name for name, d in DIRECTIVES.items() if d.loose)


def is_directive(key: str) -> bool:
    """Whether Marp acts on a key; only local directives have a form with an underscore."""
    known = DIRECTIVES.get(key)
    if known is None and key.startswith("_"):
        known = DIRECTIVES.get(key[1:])
        return known is not None and known.scope == "local"
    return known is not None


def heading_divider(value: Any) -> frozenset[int] | None:
    """The heading levels that begin a slide; None where Marp ignores the value."""
    if isinstance(value, list):
        return frozenset(level for level in map(_leading_int, value) if level in range(1, 7))
    if value == "false":
        return frozenset()
    level = _leading_int(value)
    return frozenset(range(1, level + 1)) if level in range(1, 7) else None


def local_value(name: str, value: Any) -> Any:
    """What Marp makes of the value of a local directive; None where it ignores it."""
    if name == "class":
        return " ".join(map(str, value)) if isinstance(value, list) else value
    if name == "paginate":
        word = value.lower() if isinstance(value, str) else ""
        return word if word in ("hold", "skip") else word == "true"
    if name in ("header", "footer", "transition"):
        return value if isinstance(value, str) else None
    return value


def _leading_int(value: Any) -> int:
    digits = ""
    for char in str(value).strip():
        if not char.isascii() or not char.isdigit():
            break
        digits += char
    return int(digits[:9]) if digits else 0
