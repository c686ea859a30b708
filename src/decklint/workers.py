"""Many decks: those whose results are known are not checked, the others by several processes where that pays.

The results are the same, in the same order, for any number of processes.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from decklint.packing import Packed
from decklint.project import Result, collect, read, uncollected
from decklint.remembering import Memory, Task

IN_MEMORY = 32 * 1024 * 1024
"""Bytes of decks that are held in memory until they are reported; more are put aside in a temporary file."""

_PAYS = {"fork": 60_000, "spawn": 400_000}
"""Bytes to be checked for each process: what is checked in about the time that it takes to start one."""
_METHOD = "fork" if sys.platform == "linux" else "spawn"
_ENOUGH = 8_000  # bytes of a deck for which most of what decks need is loaded


class Shelf:
    """Holds the bytes of many decks in little memory."""

    def __init__(self, most: int = IN_MEMORY) -> None:
        """`most` bytes stay in memory."""
        self._room = most
        self._file: Any = None

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def put(self, data: bytes) -> Callable[[], bytes]:
        """Hold something; the answer gives it back."""
        if len(data) <= self._room:
            self._room -= len(data)
            return lambda: data
        import tempfile

        try:
            self._file = self._file or tempfile.TemporaryFile(prefix="decklint-")  # noqa: SIM115
            place = self._file.seek(0, os.SEEK_END)
            self._file.write(data)
            self._file.flush()
        except OSError:  # no room there either
            return lambda: data
        return lambda: self._at(place, len(data))

    def _at(self, place: int, size: int) -> bytes:
        self._file.seek(place)
        data: bytes = self._file.read(size)
        return data


def check_all(
    memory: Memory,
    decks: Sequence[tuple[Path, bytes | None]],
    jobs: int | None = None,
    done: Callable[[], object] = lambda: None,
    method: str = _METHOD,
) -> list[Result]:
    """Check decks, each a path with its content where that is not in the file, by at most `jobs` processes (one for each CPU).

    `done` is called for each deck; `method` is how Python starts processes.

    Raises:
        WorkerLost: a process ended while it checked a deck, and so did another one that tried again.
        SettingsError: the settings of a deck cannot be used.
    """
    with uncollected():
        return _all(memory, decks, jobs, done, method)


def _all(
    memory: Memory, decks: Sequence[tuple[Path, bytes | None]], jobs: int | None, done: Callable[[], object], method: str
) -> list[Result]:
    shelf = Shelf()
    results: list[Result | None] = [None] * len(decks)
    tasks = []
    for number, (path, given) in enumerate(decks):
        data = read(path) if given is None else given
        if isinstance(data, Result):
            results[number] = data
            done()
            continue
        held = shelf.put(data)
        packed = memory.recalled(data, path)
        if packed is None:
            tasks.append(Task(number, path, len(data), held))
        else:
            results[number] = Packed(path.as_posix(), packed, held, shelf.put)
            done()
    for task, answer in _checked(memory, tasks, jobs, method):
        if not isinstance(answer, Result):
            answer = Packed(task.path.as_posix(), answer, task.read, shelf.put)
        results[task.number] = answer
        done()
    if tasks and memory.store is not None:
        memory.store.tidy()
    return [result for result in results if result is not None]


def cpus() -> int:
    """How many processes can run at the same time."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _checked(memory: Memory, tasks: list[Task], jobs: int | None, method: str) -> Iterator[tuple[Task, bytes | Result]]:
    size = sum(task.size for task in tasks)
    most = min(jobs or cpus(), len(tasks), max(1, size // _PAYS[method]) if jobs is None else len(tasks))
    if most > 1 and method == "fork":  # what the first deck loads, all processes have
        first = min((task for task in tasks if task.size >= _ENOUGH), key=lambda task: task.size, default=tasks[0])
        tasks = [task for task in tasks if task is not first]
        yield first, memory.checked(first.read(), first.path)
    if most < 2:
        yield from _here(memory, tasks)
        return
    from decklint.pool import Pool

    gc.freeze()
    with Pool(memory, min(most, len(tasks)), method) as pool:
        yield from pool.checked(tasks)


def _here(memory: Memory, tasks: list[Task]) -> Iterator[tuple[Task, bytes | Result]]:
    if len(tasks) == 1:  # there is room for it as it is
        yield tasks[0], memory.result(tasks[0].read(), tasks[0].path)
        gc.freeze()
        return
    for count, task in enumerate(tasks, 1):
        yield task, memory.checked(task.read(), task.path)
        collect(count)
