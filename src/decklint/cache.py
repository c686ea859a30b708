"""Keeps results from one run to the next: bytes by name, in a folder that others may use, damage or fill at the same time.

Nothing here can make a run fail: what cannot be read was never kept, what cannot be written is made again next time.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

try:  # without all of OpenSSL, which `hashlib` loads
    from _blake2 import blake2b as blake2b
except ImportError:
    from hashlib import blake2b as blake2b

PACKAGE = Path(__file__).resolve().parent
RESULTS = "results"
"""The folder inside the cache folder; all in it can be deleted at any time."""

BINARY = getattr(os, "O_BINARY", 0)
"""How a file is opened for bytes: Windows reads it as text otherwise."""

MOST_BYTES = 256 * 1024 * 1024
"""What is kept at most; beyond that, what was not used for the longest time goes."""
_KEPT = 0.75  # of it, after tidying
_OPENS = b"decklint 2\n"
_SUM = 16  # bytes
_DAY = 24 * 3600.0
_HOUR = 3600.0
_PARTS_OF_US = ("decklint-", "imagesize-", "mistune-", "pydantic-", "pyyaml-", "tinycss2-", "webencodings-")


class Store:
    """The results kept in a folder. Names are hexadecimal."""

    def __init__(self, folder: Path) -> None:
        """`folder` is decklint's cache folder; it need not be there."""
        self.folder = folder / RESULTS
        self._made: set[Path] = set()
        self._gave_up = False

    def get(self, name: str) -> bytes | None:
        """What was kept under a name; None where there is nothing, or it was damaged."""
        path = self._place(name)
        try:
            file = os.open(path, os.O_RDONLY | BINARY)
            try:
                found = os.fstat(file)
                data = os.read(file, found.st_size)
            finally:
                os.close(file)
        except OSError:
            return None
        head = len(_OPENS) + _SUM
        if data[:head] != _OPENS + _checksum(name, data[head:]):
            return None
        if abs(time.time() - found.st_mtime) > _DAY:
            with suppress(OSError):
                os.utime(path)
        return data[head:]

    def put(self, name: str, data: bytes) -> None:
        """Keep something, whole or not at all, whoever else does so. Where that fails once it is not tried again."""
        if self._gave_up:
            return
        path = Path(self._place(name))
        temporary = self.folder / "tmp" / f"{os.getpid()}-{os.urandom(4).hex()}"
        try:
            for folder in (path.parent, temporary.parent):
                if folder not in self._made:
                    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                    self._made.add(folder)
            with temporary.open("xb") as file:
                file.write(_OPENS + _checksum(name, data) + data)
            temporary.replace(path)
        except OSError:
            self._gave_up = True
            with suppress(OSError):
                temporary.unlink()

    def abandoned(self, *processes: int) -> None:
        """Remove what processes that were stopped had begun to write."""
        with suppress(OSError):
            for path in (self.folder / "tmp").iterdir():
                if path.name.partition("-")[0] in map(str, processes):
                    path.unlink()

    def tidy(self, most: int = MOST_BYTES) -> None:
        """Remove the oldest where there is more than `most` bytes. Costs nothing where it was done within the last hour."""
        done = self.folder / "tidied"
        with suppress(OSError):
            if time.time() - done.stat().st_mtime < _HOUR:
                return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            done.write_bytes(b"")
            remove_oldest(self.folder, most)

    def _place(self, name: str) -> str:
        return f"{self.folder}{os.sep}{name[:2]}{os.sep}{name[2:]}"  # no `Path` for each deck of many


def remove_oldest(folder: Path, most: int) -> None:
    """Leave no more than `most` bytes in a folder of results, and nothing that was begun and never finished."""
    kept = []
    for path in folder.glob("*/*"):
        try:
            found = path.stat()
            if path.parent.name == "tmp":
                if time.time() - found.st_mtime > _HOUR:
                    path.unlink()
            else:
                kept.append((found.st_mtime, found.st_size, path))
        except OSError:  # another run was faster
            continue
    size = sum(each for _, each, _ in kept)
    if size <= most:
        return
    for _, each, path in sorted(kept):
        with suppress(OSError):
            path.unlink()
        size -= each
        if size <= most * _KEPT:
            return


@cache
def program() -> bytes:
    """What tells this decklint from any other: its version, its code and rule book, Python's version and that of each package.

    Installed, the record of the installation has hashes of all files. In a checkout the size and times of each file stand for
    it: nobody edits a file without changing them.
    """
    from decklint import __version__

    parts = [__version__, sys.version]
    packages = PACKAGE.parent
    if (packages.parent / "pyproject.toml").is_file():
        parts += _stamps(PACKAGE)
        parts += _stamps(packages.parent / "rules")
    for folder in [packages, *map(Path, sys.path)]:
        if folder.name in ("site-packages", "dist-packages"):
            parts += _installed(folder)
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=20).digest()


def _installed(folder: Path) -> list[str]:
    """The packages in a folder that findings depend on, by name and version; our own with all that was installed."""
    parts = []
    with suppress(OSError):
        for name in sorted(path.name for path in folder.iterdir()):
            if name.endswith(".dist-info") and name.lower().startswith(_PARTS_OF_US):
                parts.append(name)
                if name.startswith("decklint-"):
                    parts.append((folder / name / "RECORD").read_text(encoding="utf-8", errors="replace"))
    return parts


def _stamps(top: Path) -> list[str]:
    """Every file below a folder with its size and times."""
    found, waiting = [], [str(top)]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                waiting.append(entry.path)
            else:
                stat = entry.stat()
                found.append(f"{entry.path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}")
    return found


def _checksum(name: str, data: bytes) -> bytes:
    return blake2b(name.encode() + b"\0" + data, digest_size=_SUM).digest()
