"""How `check` gets its results: options for the cache and the processes, what is said while they run and when one is lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from decklint.commands.console import CLEARED, fail, progress

if TYPE_CHECKING:
    from decklint.cache import Store
    from decklint.config.discovery import Configuration
    from decklint.findings import Safety
    from decklint.packing import Teller
    from decklint.project import Checker, Result

STDIN = Path("-")

_OPTIONS = (
    click.option("--no-cache", is_flag=True, help="Check everything anew, and remember nothing."),
    click.option(
        "--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Remember results in this folder; `decklint clean`."
    ),
    click.option("--jobs", type=click.IntRange(min=1), help="Processes to check decks with; else as many as pay."),
)


def with_running(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options `no_cache`, `cache_dir` and `jobs`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def results_of(
    configuration: Configuration,
    files: Sequence[Path],
    stdin_filename: str,
    safeties: Collection[Safety] = (),
    *,
    store: Store | None = None,
    jobs: int | None = None,
    teller: Teller | None = None,
) -> tuple[Checker, list[Result]]:
    """The results of decks, compared with each other. `-` is standard input, which stands for `stdin_filename`.

    With fixes nothing is remembered: what is written is always worked out anew. With `teller` what the report says of a deck is
    written where it is checked, and remembered with it.
    """
    from decklint.project import Checker

    checker = Checker(configuration=configuration, together=len(files) > 1)
    if safeties:
        results = [_fixed(checker, path, stdin_filename, safeties) for path in progress(files)]
        checker.compare(results)
        return checker, results
    from decklint.remembering import Memory, WorkerLost
    from decklint.workers import check_all

    memory = Memory(checker, store, teller)
    given = [(Path(stdin_filename), sys.stdin.buffer.read()) if path == STDIN else (path, None) for path in files]
    counted = iter(progress(files))
    next(counted, None)
    try:
        results = check_all(memory, given, jobs, lambda: next(counted, None))
    except WorkerLost as error:
        _wipe()
        fail(
            f"the process that checked {error.path.as_posix()} ended with {_code(error.code)}, and so did a second one; "
            "nothing is known of this run. `--jobs 1` checks without other processes"
        )
    memory.compare(results)
    return checker, results


def store_in(folder: Path | None) -> Store:
    """What is kept from run to run, in a folder or where it always is."""
    from decklint import patterns
    from decklint.cache import Store
    from decklint.packs.load import cache_folder

    use_folder(folder)
    patterns.use(cache_folder())
    return Store(cache_folder())


def use_folder(folder: Path | None) -> None:
    """Let this run, with all its processes, keep what it can make again in a folder."""
    if folder is not None:
        os.environ["DECKLINT_CACHE_DIR"] = str(folder.absolute())


def _fixed(checker: Checker, path: Path, stdin_filename: str, safeties: Collection[Safety]) -> Result:
    from decklint.packing import closed

    if path == STDIN:
        return closed(checker.check_stream(sys.stdin.buffer.read(), Path(stdin_filename), safeties))
    return closed(checker.check_file(path, safeties))


def _code(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _wipe() -> None:
    if sys.stderr.isatty():
        click.echo(CLEARED, nl=False, err=True)
