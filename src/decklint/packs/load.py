"""Finds the rule book and loads it compiled.

A wheel ships it compiled. In a checkout the YAML files are the truth: they are compiled when they change and kept in
decklint's cache, so that a check needs neither YAML nor pydantic for them.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

from decklint.packs.book import Book

PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED = PACKAGE / "_rules"


def rules_folder() -> Path:
    """The folder of the packs: beside the sources in a checkout, inside the package when installed."""
    checkout = PACKAGE.parents[1] / "rules"
    return checkout if (checkout / "attributes.yaml").is_file() else SHIPPED


_given: list[Book] = []


def use(book: Book) -> None:
    """Let `load` give this rule book, in this process: packs are tried before they are in use.

    To be called before anything is looked up; what was made of the other rule book stays what it is.
    """
    _given[:] = [book]
    load.cache_clear()
    complete.cache_clear()


@cache
def load() -> Book:
    """The compiled rule book; of its `entities`, `misconceptions` and `terms`, what every check reads."""
    if _given:
        return _given[0]
    folder = rules_folder()
    if folder == SHIPPED:
        return Book((SHIPPED / "compiled.json").read_bytes())
    kept = cache_folder() / f"rules-{_fingerprint(folder)}.json"
    try:
        return Book(kept.read_bytes())
    except (OSError, ValueError):
        pass
    from decklint.packs.compile import compiled

    fresh = compiled(folder)
    _keep(kept, fresh)
    return Book(fresh)


@cache
def complete() -> dict[str, Any]:
    """All of the rule book, with facts, evidence and examples: four lists of plain objects."""
    from decklint.packs.derived import put_together

    return put_together(load())


def cache_folder() -> Path:
    """Where decklint keeps what it can make again: the user's cache folder of the system."""
    if own := os.environ.get("DECKLINT_CACHE_DIR"):
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "decklint" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "decklint"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "decklint"


def _fingerprint(folder: Path) -> str:
    """Of the packs, and of what compiles them."""
    from decklint.cache import blake2b

    digest = blake2b(digest_size=12)
    compilers = (PACKAGE / "deck" / "textview.py", *sorted(Path(__file__).parent.glob("*.py")))
    for path in (*compilers, *sorted(folder.rglob("*.yaml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _keep(path: Path, data: bytes) -> None:
    """Write a cache file whole or not at all, whoever else does so; a cache that cannot be written is no error."""
    import tempfile

    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(".tmp", path.stem, path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.replace(path)
    except OSError:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
