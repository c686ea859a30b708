"""What all commands share: printing, giving up, progress, the language of the system. Nothing here costs time to import."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

T = TypeVar("T")

FOUND, TROUBLE = 1, 2
"""Exit codes besides 0: what was looked for is there; usage, or something that could not be read."""

_LONG = 20
"""More files than this take long enough to say how far the work is."""


def print_lines(lines: Iterable[str], *, machine: bool, to_error: bool = False) -> None:
    """Print lines. What programs read is always UTF-8; what a console cannot show is written out instead of crashing."""
    stdout: Any = sys.stderr if to_error else sys.stdout
    if hasattr(stdout, "reconfigure"):
        stdout.reconfigure(**({"encoding": "utf-8"} if machine else {"errors": "backslashreplace"}))
    for line in lines:
        stdout.write(line + "\n")
    stdout.flush()


def fail(message: str) -> NoReturn:
    """Say what is wrong on standard error, and exit with 2."""
    click.echo(f"decklint: {message}", err=True)
    sys.exit(TROUBLE)


def progress(items: Sequence[T], what: str = "decks") -> Iterator[T]:
    """The items, counted on standard error while they are worked on: only many of them, and only on a terminal."""
    shown = len(items) > _LONG and sys.stderr.isatty()
    for number, item in enumerate(items, 1):
        if shown:
            click.echo(f"\r{number}/{len(items)} {what}", nl=False, err=True)
        yield item
    if shown:
        click.echo("\r" + " " * 30 + "\r", nl=False, err=True)


def decks(paths: tuple[str, ...], *, decks_only: bool = False) -> list[Path]:
    """The decks at some paths, by default in this folder; exits where there are none."""
    from decklint.project import find_decks

    files = find_decks(paths or (".",), decks_only=decks_only)
    if not files and not (decks_only and paths):
        where = ", ".join(paths) or "this folder"
        fail(f"no decks in {where}: a deck is a Markdown file with `marp: true` in its front matter")
    return files


def words(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an option that may be given many times, or once with commas."""
    return tuple(word for part in value for word in part.replace(",", " ").split())


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "…"?` with the nearest known word, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def system_language() -> str:
    """`zh` where the system speaks Chinese, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import locale

        return "zh" if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else "en"
    return "en"
