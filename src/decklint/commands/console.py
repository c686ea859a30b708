"""What all commands share: printing, giving up, progress, options that settings have too. Nothing here costs time to import."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from decklint.config.discovery import Configuration
    from decklint.config.problems import SettingsError
    from decklint.config.resolve import Settings

T = TypeVar("T")

FOUND, TROUBLE = 1, 2
"""Exit codes besides 0: what was looked for is there; usage, or something that could not be read."""

_LONG = 20
"""More files than this take long enough to say how far the work is."""


def print_lines(lines: Iterable[str], *, machine: bool, to_error: bool = False) -> None:
    """Print lines. What programs read is always UTF-8; what a console cannot show is written out instead of crashing."""
    stdout: Any = sys.stderr if to_error else sys.stdout
    if hasattr(stdout, "reconfigure"):
        stdout.reconfigure(**({"encoding": "utf-8", "errors": "backslashreplace"} if machine else {"errors": "backslashreplace"}))
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


def decks(paths: tuple[str, ...], *, decks_only: bool = False, configuration: Configuration | None = None) -> list[Path]:
    """The decks at some paths, by default in this folder, that settings and git do not pass over; exits where there are none."""
    from decklint.config.discovery import Configuration
    from decklint.config.problems import SettingsError
    from decklint.config.scope import Scope
    from decklint.project import find_decks

    scope = Scope(configuration or Configuration())
    try:
        files = find_decks(paths or (".",), decks_only=decks_only, scope=scope)
    except SettingsError as error:
        fail_on_settings(error)
    for path, origin in scope.excluded if not decks_only else ():
        click.echo(f"decklint: {path.as_posix()} is not checked: excluded by {origin}", err=True)
    if not files and not scope.excluded and not (decks_only and paths):
        where = ", ".join(paths) or "this folder"
        if scope.passed:
            fail(f"no decks in {where}: {scope.passed} are ignored by git, or excluded or not included by the settings")
        fail(f"no decks in {where}: a deck is a Markdown file with `marp: true` in its front matter")
    return files


def settings_or_fail(configuration: Configuration, first: Path) -> Settings:
    """The settings for output: those of the current folder, else those of the first deck; exits where they are wrong."""
    from decklint.config.problems import SettingsError

    try:
        here, there = configuration.of_folder(Path()), configuration.of(first)
    except SettingsError as error:
        fail_on_settings(error)
    return here if here.files else there


def fail_on_settings(error: SettingsError) -> NoReturn:
    """Say on standard error what is wrong with settings, a line for each, and exit with 2."""
    from decklint.report.plain import harmless

    for problem in error.problems:
        click.echo(harmless(problem), err=True)
    sys.exit(TROUBLE)


def words(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an option that may be given many times, or once with commas."""
    return tuple(word for part in value for word in part.replace(",", " ").split())


_LEVELS = ("error", "warning", "info", "never")
_OPTIONS = (
    click.option("--preset", type=click.Choice(("default", "strict", "draft")), help="draft: errors only; strict: every rule."),
    click.option("--select", multiple=True, callback=words, help="Only these rules: codes, names, families or ALL."),
    click.option("--extend-select", multiple=True, callback=words, help="These rules too, also those that are off by default."),
    click.option("--ignore", multiple=True, callback=words, help="Not these rules: codes, names or families."),
    click.option(
        "--lang", type=click.Choice(("en", "zh")), help="Language of messages; else that of the settings or the system."
    ),
    click.option("--fail-on", type=click.Choice(_LEVELS), help="Lowest severity that exits with 1.  [default: error]"),
    click.option("--show-all", is_flag=True, help="Print every kind of finding, not only the dozen that weigh most in a deck."),
)
_NAMES = ("preset", "select", "extend_select", "ignore", "lang", "fail_on", "show_all")


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options. It gets those that were used as `given`, by the keys of settings files."""

    @functools.wraps(command)
    def collected(*args: Any, **options: Any) -> None:
        used = {name.replace("_", "-"): options.pop(name) for name in _NAMES}
        given = {key: value for key, value in used.items() if value not in (None, (), False)}
        refuse_unknown(*(word for key in ("select", "extend-select", "ignore") for word in given.get(key, ())))
        command(*args, given=given, **options)

    for option in reversed(_OPTIONS):
        collected = option(collected)
    return collected


def refuse_unknown(*words: str, single: bool = False) -> None:
    """Exit where a word names no rule, with the nearest name."""
    from decklint.config.problems import unknown_rule

    for word in words:
        if problem := unknown_rule(word, single=single):
            fail(problem)


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
