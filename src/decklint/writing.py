"""Writing a file so that it is either old or new, whatever happens."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


class NotWritten(Exception):
    """The file was left as it is; `reason` is a stable word: `changed`, `read-only`, `outside` or what the system said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def replace(path: Path, old: bytes, new: bytes, root: Path) -> None:
    """Put `new` in the place of a file that holds `old`, in one step, with its mode kept.

    A link is followed, but not out of the folder `root`.

    Raises:
        NotWritten: the file holds something else by now, may not be written, or lies outside `root`.
    """
    try:
        target = path.resolve(strict=True)
        if _has_link(path, root) and not target.is_relative_to(root.resolve()):
            raise NotWritten("outside")
        if not os.access(target, os.W_OK):
            raise NotWritten("read-only")
        _swap(target, old, new)
    except OSError as error:
        raise NotWritten(error.strerror or str(error)) from None


def _swap(target: Path, old: bytes, new: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".decklint-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o7777)
        if target.read_bytes() != old:
            raise NotWritten("changed")
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _has_link(path: Path, root: Path) -> bool:
    """Whether a link lies on the way from the root to the file."""
    path = path.absolute()
    return any(part.is_symlink() for part in (path, *path.parents) if part.is_relative_to(root) and part != root)
