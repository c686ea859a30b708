"""What git knows of a project: asked of git itself, never of its files. No hook and no program of a repository is run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 30
_HARMLESS = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")


@dataclass(frozen=True, slots=True)
class Tracked:
    """The files in git's index, relative to the folder that was asked for, with `/`."""

    paths: frozenset[str]
    submodules: tuple[str, ...]
    """Folders that are repositories of their own; what lies in them is not listed."""

    def __contains__(self, path: str) -> bool:
        """Whether git has a file, or leaves it to a submodule."""
        return path in self.paths or any(path.startswith(folder + "/") for folder in self.submodules)


def tracked(folder: Path) -> Tracked | None:
    """The files that git has below a folder; None where there is no repository, or no git."""
    listed = _ask(folder, "ls-files", "--stage", "-z")
    if listed is None:
        return None
    entries = [entry.split("\t", 1) for entry in listed.split("\0") if "\t" in entry]
    submodules = tuple(path for mode, path in entries if mode.startswith("160000"))
    return Tracked(frozenset(path for _, path in entries), submodules)


def ignored(folder: Path, paths: Sequence[str]) -> frozenset[str]:
    """Those of `paths` that the repository tells git to ignore."""
    if not paths:
        return frozenset()
    found = _ask(folder, "check-ignore", "-z", "--stdin", given="\0".join(paths))
    return frozenset((found or "").split("\0")) - {""}


def _ask(folder: Path, *words: str, given: str = "") -> str | None:
    """What git answers; None where it fails. Exit 1 is the answer "none" of `check-ignore`."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):  # of a hook that runs us, for its own repository
        environment.pop(name, None)
    try:
        done = subprocess.run(
            ["git", *_HARMLESS, *words],
            cwd=folder,
            input=given.encode("utf-8", "surrogateescape"),
            capture_output=True,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode in (0, 1) else None
