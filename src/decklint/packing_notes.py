"""What decks are compared by, as plain data and back: tuples, sets and our own small records besides what JSON has."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from typing import Any

_US = "decklint."
_AS_IT_IS = frozenset((str, int, float, bool, type(None)))


def plain(value: Any) -> Any:
    """A note as lists, texts and numbers.

    Raises:
        TypeError: it holds something else than dictionaries, lists, tuples, sets, records of ours, texts and numbers.
    """
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is list:
        return ["list", *map(plain, value)]
    if kind is dict:
        return ["dict", *[[plain(key), plain(each)] for key, each in value.items()]]
    if kind is tuple:
        return ["tuple", *map(plain, value)]
    if kind in (set, frozenset):
        return [kind.__name__, *sorted(map(plain, value), key=repr)]
    if kind not in _shapes:
        _shapes[kind] = _shape(kind)
    name, values = _shapes[kind]
    return [name, *[each if type(each) in _AS_IT_IS else plain(each) for each in values(value)]]


def _shape(kind: type) -> tuple[str, Callable[[Any], Iterable[Any]]]:
    """The name of a record of ours, and what gives its values."""
    name = f"{kind.__module__}:{kind.__qualname__}"
    if kind.__module__.startswith(_US) and is_dataclass(kind):
        words = [field.name for field in fields(kind)]
        return name, lambda record: [getattr(record, word) for word in words]
    if kind.__module__.startswith(_US) and issubclass(kind, tuple):
        return name, iter
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
_shapes: dict[type, tuple[str, Callable[[Any], Iterable[Any]]]] = {}


def _record(name: str) -> Any:
    """The class of a record of ours, by module and name."""
    if name not in _records:
        module, _, word = name.partition(":")
        kind = getattr(importlib.import_module(module), word, None) if module.startswith(_US) else None
        if not isinstance(kind, type) or not (is_dataclass(kind) or issubclass(kind, tuple)):
            raise TypeError(name)
        _records[name] = kind
    return _records[name]
