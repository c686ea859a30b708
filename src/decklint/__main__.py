"""The command `decklint`, also as `python -m decklint`: a process that has nothing else to do than to run it."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
from typing import NoReturn

from decklint import patterns
from decklint.packs.load import cache_folder

_GROWN = 100_000
"""Objects between two searches for garbage: what is imported stays, and every search would look through it again."""


def run() -> NoReturn:
    """Run the command, and end the process with it.

    Python would take apart all that was imported and made first, which takes as long as checking a lecture does. What is
    registered for the end still runs; where an output cannot be flushed, Python ends the process and says so.
    """
    gc.set_threshold(_GROWN)
    patterns.use(cache_folder())
    from decklint.cli import main  # behind the line above: the patterns of what it imports are kept as well

    try:
        main(prog_name="decklint")
    except SystemExit as ended:
        code = ended.code or 0
        if isinstance(code, int):
            atexit._run_exitfuncs()
            with contextlib.suppress(AttributeError, OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        raise
    raise SystemExit


if __name__ == "__main__":
    run()
