"""Finds the rule book and loads it compiled.

A wheel ships it as JSON. In a checkout the YAML files are the truth: they are compiled when they change and kept in
decklint's cache, so that a check needs neither YAML nor pydantic for them.
"""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED = PACKAGE / "_rules"
_FORMAT = 1


def rules_folder() -> Path:
    """The folder of the packs: beside the sources in a checkout, inside the package when installed."""
    checkout = PACKAGE.parents[1] / "rules"
    return checkout if (checkout / "attributes.yaml").is_file() else SHIPPED


_given: list[dict[str, Any]] = []


def use(data: dict[str, Any]) -> None:
    """Let `load` give this rule book, in this process: packs are tried before they are in use.

    To be called before anything is looked up; what was made of the other rule book stays what it is.
    """
    _given[:] = [data]
    load.cache_clear()


@cache
def load() -> dict[str, Any]:
    """The compiled rule book: `attributes`, `entities`, `misconceptions`, `terms`, each a list of plain objects."""
    if _given:
        return _given[0]
    folder = rules_folder()
    if folder == SHIPPED:
        compiled: dict[str, Any] = json.loads((SHIPPED / "compiled.json").read_bytes())
        return compiled
    kept = cache_folder() / f"rules-{_fingerprint(folder)}.json"
    try:
        cached: dict[str, Any] = json.loads(kept.read_bytes())
        return cached
    except (OSError, ValueError):
        pass
    from decklint.packs.compile import compile_packs

    fresh = compile_packs(folder)
    _keep(kept, fresh)
    return fresh


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
    digest = sha256(str(_FORMAT).encode())
    for path in (Path(__file__).with_name("schema.py"), *sorted(folder.rglob("*.yaml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


def _keep(path: Path, data: dict[str, Any]) -> None:
    """Write a cache file whole or not at all; a cache that cannot be written is no error."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
