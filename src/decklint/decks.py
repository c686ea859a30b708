"""Which files are decks: those that are named, and in folders those that look like one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from decklint.cache import BINARY

if TYPE_CHECKING:
    from decklint.config.scope import Scope

SUFFIXES = (".md", ".mdown", ".markdown", ".markdn")
_HEAD = 4096
"""Bytes of a file that are looked at."""
_SKIPPED = frozenset(("node_modules", "__pycache__", "venv"))
_OPENING = re.compile(r"(?:\s|<!--.*?-->)*-{3}", re.DOTALL)
_MARP_KEY = re.compile(r"""(?m)^\s{0,3}["']?marp["']?[ \t]*[:：][ \t]*+["']?+(?!false\b)""", re.IGNORECASE)
_CLOSING = re.compile(r"(?m)^-{3,}[ \t]*$")


def looks_like_deck(head: bytes) -> bool:
    """Whether the first bytes of a file have a `marp:` key in something like front matter.

    Tolerant on purpose: a byte order mark, a blank line or broken YAML must not hide the decks whose front matter is broken.
    """
    text = head.decode("utf-8", "ignore").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    opening = _OPENING.match(text)
    if opening is None:
        return False
    closing = _CLOSING.search(text, text.find("\n", opening.end()) + 1)
    return _MARP_KEY.search(text, opening.end(), closing.start() if closing else len(text)) is not None


def is_deck_file(path: Path) -> bool:
    """Whether a file has a Markdown suffix and looks like a deck; one that cannot be opened does not."""
    if not path.name.lower().endswith(SUFFIXES):
        return False
    try:
        file = os.open(path, os.O_RDONLY | BINARY)
        try:
            return looks_like_deck(os.read(file, _HEAD))
        finally:
            os.close(file)
    except OSError:
        return False


def find_decks(paths: Sequence[str], *, decks_only: bool = False, scope: Scope | None = None) -> list[Path]:
    """The decks below folders, and the files named; with `decks_only` those files too must look like decks.

    Without `scope` nothing else is passed over.

    Raises:
        SettingsError: the settings of one of the decks cannot be used.
    """
    found: dict[Path, None] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            below = _below(path)
            found.update(dict.fromkeys(scope.below(path, below) if scope else below))
        elif (not decks_only or is_deck_file(path)) and (scope is None or scope.wants(path)):
            found[path] = None
    return list(found)


def _below(top: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(f for f in folders if f not in _SKIPPED and not f.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if is_deck_file(path):
                yield path
