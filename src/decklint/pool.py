"""Processes that check decks: one deck at a time each, so that it is known which one a process died of."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from decklint.project import collect
from decklint.remembering import Task, WorkerLost

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from types import TracebackType

    from decklint.project import Result
    from decklint.remembering import Memory

_PATIENCE = 5.0
"""Seconds for a process that was told to end."""


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection


class Pool:
    """Some processes; all are gone when the pool is left, however that comes."""

    def __init__(self, memory: Memory, size: int, method: str) -> None:
        """`method` is how Python starts processes: `fork` or `spawn`."""
        self._memory = memory
        self._size = size
        self._context: Any = multiprocessing.get_context(method)
        self._workers: list[_Worker] = []
        self._pids: list[int] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in self._workers:
            if kind is not None:
                worker.process.kill()
            with suppress(OSError):
                worker.pipe.send(None)
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        if self._memory.store is not None:
            self._memory.store.abandoned(*self._pids)

    def checked(self, tasks: list[Task]) -> Iterator[tuple[Task, bytes | Result]]:
        """The answers as they come.

        Raises:
            WorkerLost: a process ended while it checked a deck, and so did another one that tried again.
        """
        waiting = sorted(tasks, key=lambda task: task.size)  # the largest first: none is left for the end
        retried: set[int] = set()
        busy: dict[int, tuple[_Worker, Task]] = {}
        for _ in range(min(self._size, len(waiting))):
            self._give(self._start(), waiting.pop(), busy)
        while busy:
            ready = wait([each for worker, _ in busy.values() for each in (worker.pipe, worker.process.sentinel)])
            for worker, task in [busy[pid] for pid in list(busy)]:
                if worker.pipe not in ready and worker.process.sentinel not in ready:
                    continue
                del busy[worker.process.pid or 0]
                answer = _answer(worker)
                if answer is None:
                    if task.number in retried:
                        raise WorkerLost(task.path, worker.process.exitcode)
                    retried.add(task.number)
                    self._workers.remove(worker)
                    self._give(self._start(), task, busy)
                    continue
                if isinstance(answer, Exception):
                    raise answer
                if waiting:
                    self._give(worker, waiting.pop(), busy)
                yield task, answer

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._memory), daemon=True)
        with _no_interruption():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        self._pids.append(process.pid)
        return worker

    def _give(self, worker: _Worker, task: Task, busy: dict[int, tuple[_Worker, Task]]) -> None:
        busy[worker.process.pid or 0] = worker, task
        with suppress(OSError):  # it is gone already, which will be noticed
            worker.pipe.send((task.read(), task.path))


def _answer(worker: _Worker) -> Any:
    """What a process says; None where it has ended instead."""
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        worker.process.join(_PATIENCE)
        return None


def _end_with_parent() -> None:
    """Whatever ends the process that started this one ends this one too, whatever it is about."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _no_interruption() -> Iterator[None]:
    """What is started meanwhile does not hear Ctrl-C; we hear it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work(pipe: Connection, memory: Memory) -> None:
    """Check decks until nobody wants any more. Ctrl-C is the business of the process that started this one."""
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # it is known below when there is something to collect
    for number in count(1):
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        if task is None:
            return
        data, path = task
        try:
            answer: Any = memory.checked(data, path)
        except Exception:
            import traceback

            answer = RuntimeError(traceback.format_exc())
        try:
            pipe.send(answer)
        except OSError:
            return
        del answer, data, task
        collect(number)
