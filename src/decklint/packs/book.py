"""The compiled rule book: a file of parts, each parsed when it is first asked for.

A check wants the names and what few of the things behind them state; evidence and examples of the others stay unread.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_OPENS, _CLOSES = b"{\n", b"\n}\n"


class Book:
    """The parts of a rule book: `attributes`, `entities`, `misconceptions`, `terms`, and what `decklint.packs.derived` makes."""

    def __init__(self, data: bytes) -> None:
        """`data` as `written` gives it: a JSON object with one part on a line.

        Raises:
            ValueError: it is none, or was cut off.
        """
        if not (data.startswith(_OPENS) and data.endswith(_CLOSES)):
            raise ValueError("not a compiled rule book")
        self._data = data
        self._places = _places(data)
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, part: str) -> Any:
        """A part as plain data, one and the same object each time.

        Raises:
            KeyError: there is no such part.
        """
        if part not in self._parsed:
            start, end = self._places[_key(part)]
            self._parsed[part] = json.loads(self._data[start:end].removesuffix(b",").decode())
        return self._parsed[part]

    def __contains__(self, part: str) -> bool:
        """Whether there is such a part."""
        return _key(part) in self._places


def written(parts: Mapping[str, Any]) -> bytes:
    """The file that holds these parts."""
    texts = ((name, json.dumps(part, ensure_ascii=False, separators=(",", ":"))) for name, part in parts.items())
    lines = (_key(name) + b":" + text.encode() for name, text in texts)
    return _OPENS + b",\n".join(lines) + _CLOSES


def _places(data: bytes) -> dict[bytes, tuple[int, int]]:
    """Where each part stands: its text is long, and not looked at."""
    places = {}
    find = data.find
    start, last = len(_OPENS), len(data) - len(_CLOSES)
    while start < last:
        end = find(b"\n", start)
        colon = find(b'":', start) + 1
        places[data[start:colon]] = colon + 1, end
        start = end + 1
    return places


def _key(part: str) -> bytes:
    return f'"{part}"'.encode()
