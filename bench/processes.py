"""Runs a command and says what it cost: time on the clock, time of the processor, memory of all its processes together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.1  # seconds between two looks at the memory, each of which holds up what is measured


class Cost(NamedTuple):
    """Of one run: seconds on the clock, seconds of all processors, the most megabytes at once, the exit code."""

    wall: float
    cpu: float
    peak: float
    code: int


def run(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Cost:
    """Run a command in a folder; what it prints is thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    watch = _Watch(process.pid)
    watch.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.over.set()
    watch.join()
    return Cost(wall, used.ru_utime + used.ru_stime, max(watch.peak, used.ru_maxrss / 1024), process.returncode)


class _Watch(threading.Thread):
    """Adds up the memory of a process and all below it, where the system lists them; the largest alone is known anyway."""

    def __init__(self, top: int) -> None:
        super().__init__(daemon=True)
        self.top = top
        self.peak = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(_EVERY):
            self.peak = max(self.peak, _proportional(self.top))


def _proportional(top: int) -> float:
    """Megabytes of a process and its descendants; what they share counts once. 0 where the system does not tell."""
    total, waiting = 0, [top]
    while waiting:
        folder = Path("/proc", str(waiting.pop()))
        try:
            rolled = (folder / "smaps_rollup").read_text(encoding="ascii")
            total += int(rolled.partition("\nPss:")[2].split()[0])
            waiting += [int(word) for task in (folder / "task").iterdir() for word in (task / "children").read_text().split()]
        except (OSError, ValueError, IndexError):
            continue
    return total / 1024
