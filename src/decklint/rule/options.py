"""The options of a rule: a frozen dataclass in its file. Every default is written there and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import Field, field, fields
from typing import Any, get_args, get_type_hints

from decklint.findings import Template


def option(default: Any, en: str, zh: str) -> Any:
    """A field of a class of options: its default, and what it says, a sentence in both languages."""
    return field(default=default, metadata={"says": Template(en, zh)})


def says(of: Field[Any]) -> Template:
    """What an option says."""
    found = of.metadata["says"]
    assert isinstance(found, Template)
    return found


def toml(value: object) -> str:
    """A value as settings files write it."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def section(name: str, options: type[Any]) -> str:
    """The end of a rule's documentation: its table in a settings file with the defaults, and what each option says."""
    lines = ["Options, in the settings:", "", "```toml", f"[rules.{name}]"]
    lines += (f"{each.name.replace('_', '-')} = {toml(each.default)}" for each in fields(options))
    return "\n".join((*lines, "```", "", *_explained(options)))


def _explained(options: type[Any]) -> Iterator[str]:
    hints = get_type_hints(options)
    for each in fields(options):
        words = ", ".join(map(toml, _words(hints[each.name])))
        yield f"- `{each.name.replace('_', '-')}`{f' ({words})' if words else ''}: {says(each).en} {says(each).zh}"


def _words(hint: Any) -> tuple[object, ...]:
    """The values that a type allows, where it names them: those of `Literal`, also inside a tuple."""
    inner = [part for part in get_args(hint) if part is not ...]
    if inner and all(isinstance(part, (str, int)) for part in inner):
        return tuple(inner)
    return tuple(word for part in inner for word in _words(part))
