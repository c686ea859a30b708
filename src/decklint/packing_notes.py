"""What decks are compared by, as plain data and back: tuples, sets and our own small records besides what JSON has."""

from __future__ import annotations

import importlib
from dataclasses import fields, is_dataclass
from typing import Any

_US = "decklint."


def plain(value: Any) -> Any:
    """A note as lists, texts and numbers.

    Raises:
        TypeError: it holds something else than dictionaries, lists, tuples, sets, records of ours, texts and numbers.
    """
    kind = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    if kind is list:
        return ["list", *map(plain, value)]
    if kind is dict:
        return ["dict", *([plain(key), plain(each)] for key, each in value.items())]
    if kind is tuple:
        return ["tuple", *map(plain, value)]
    if kind in (set, frozenset):
        return [kind.__name__, *sorted(map(plain, value), key=repr)]
    name = f"{kind.__module__}:{kind.__qualname__}"
    if kind.__module__.startswith(_US) and (is_dataclass(kind) or issubclass(kind, tuple)):
        return [name, *(plain(each) for each in _values(value))]
    raise TypeError(name)


def whole(value: Any) -> Any:
    """A note again.

    Raises:
        TypeError: it names something that is no record of ours.
    """
    if not isinstance(value, list):
        return value
    name, *parts = value
    if name == "dict":
        return {whole(key): whole(each) for key, each in parts}
    values = list(map(whole, parts))
    if name in _KINDS:
        return _KINDS[name](values)
    return _record(name)(*values)


_KINDS: dict[str, Any] = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
_records: dict[str, Any] = {}


def _record(name: str) -> Any:
    """The class of a record of ours, by module and name."""
    if name not in _records:
        module, _, word = name.partition(":")
        kind = getattr(importlib.import_module(module), word, None) if module.startswith(_US) else None
        if not isinstance(kind, type) or not (is_dataclass(kind) or issubclass(kind, tuple)):
            raise TypeError(name)
        _records[name] = kind
    return _records[name]


def _values(value: Any) -> list[Any]:
    return [getattr(value, field.name) for field in fields(value)] if is_dataclass(value) else list(value)
