"""A real git repository for tests, with nobody's settings."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

AUTHOR = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "protocol.file.allow=always")
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
HEAD = "---\nmarp: true\nlang: zh\n---\n\n"


def deck(*slides: str, head: str = HEAD) -> str:
    """The text of a deck."""
    return head + "\n\n---\n\n".join(slides) + "\n"


class Repository:
    """A folder in which git and files are a word away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, check: bool = True) -> str:
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | QUIET
        done = subprocess.run(["git", *AUTHOR, *words], cwd=self.folder, env=env, check=check, capture_output=True)
        return done.stdout.decode()

    def write(self, **files: str) -> None:
        """Write decks; a name is a path without `.md`, `__` stands for a slash."""
        for name, text in files.items():
            path = self.folder / f"{name.replace('__', '/')}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def commit(self, message: str = "Change", **files: str) -> None:
        self.write(**files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
