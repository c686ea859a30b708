"""Writing a file so that it is either old or new, whatever happens, and cleaning up after runs that were killed meanwhile."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX, _SUFFIX = ".decklint-", ".tmp"
_OURS = re.compile(r"\.decklint-[a-z0-9_]{8}\.tmp")
_ATTEMPTS = 5


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
        _swap(target, new, old)
    except OSError as error:
        raise NotWritten(error.strerror or str(error)) from None


def put(path: Path, data: bytes) -> None:
    """Make a file, or another of an old one, in one step. What is no file, as a pipe, is written to.

    Raises:
        OSError: that cannot be done; an old file is as it was.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
    else:
        _swap(path.resolve(), data)


def sweep(folder: Path) -> None:
    """Remove what runs that were killed left in a folder; what another run is writing just now stays."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _remove_if_left(entry.path)


def _swap(target: Path, new: bytes, old: bytes | None = None) -> None:
    with _temporary(target.parent) as (handle, name):
        with os.fdopen(handle, "wb", closefd=sys.platform == "win32") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            name.chmod(target.stat().st_mode & 0o7777)
        else:
            name.chmod(0o666 & ~_umask())
        if old is not None and target.read_bytes() != old:
            raise NotWritten("changed")
        name.replace(target)


@contextmanager
def _temporary(folder: Path) -> Iterator[tuple[int, Path]]:
    """A new file that is known to be in use until it is gone: by a lock, on Windows by being open."""
    sweep(folder)
    handle, name = _made(folder)
    try:
        yield handle, Path(name)
    except BaseException:
        with suppress(OSError):
            if sys.platform == "win32":
                os.close(handle)
        with suppress(OSError):
            Path(name).unlink()
        raise
    finally:
        if sys.platform != "win32":
            os.close(handle)


def _made(folder: Path) -> tuple[int, str]:
    for _ in range(_ATTEMPTS):
        handle, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX, suffix=_SUFFIX)
        if sys.platform == "win32":
            return handle, name
        import fcntl

        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        if Path(name).exists():
            return handle, name
        os.close(handle)  # swept away before it was locked
    raise OSError(f"no file can be made in {folder}")


def _remove_if_left(path: str) -> None:
    if sys.platform != "win32":
        import fcntl

        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            Path(path).unlink()
        finally:
            os.close(handle)
    else:
        Path(path).unlink()


def _umask() -> int:
    """What new files may not be; there is no way to ask without setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _has_link(path: Path, root: Path) -> bool:
    """Whether a link lies on the way from the root to the file."""
    path = path.absolute()
    return any(part.is_symlink() for part in (path, *path.parents) if part.is_relative_to(root) and part != root)
