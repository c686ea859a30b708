"""Settings and packs that were checked before: what checks them takes longer to import than a deck to check."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from decklint.cache import Store, blake2b, program
from decklint.packing_notes import plain, whole

_SIZE = 20  # bytes of a name


def kept(store: Store | None, parts: Sequence[bytes], make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What is made of some bytes, now or in an earlier run; it depends on nothing but them and the program.

    What `make` raises is raised, and kept nowhere; nor is what is no plain data.
    """
    if store is None:
        return make()
    hashes = (blake2b(part, digest_size=_SIZE).digest() for part in parts)
    name = blake2b(b"".join((b"settings", program(), *hashes)), digest_size=_SIZE).hexdigest()
    data = store.get(name)
    if data is not None:
        with suppress(TypeError, ValueError):
            found: dict[str, Any] = whole(json.loads(data))
            return found
    fresh = make()
    with suppress(TypeError):
        store.put(name, json.dumps(plain(fresh), separators=(",", ":")).encode())
    return fresh
