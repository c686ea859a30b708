"""What all commands share: printing, giving up, progress, options that settings have too. Nothing here costs time to import."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from decklint.config.saying import Said, of_system, say

if TYPE_CHECKING:
    from decklint.config.discovery import Configuration
    from decklint.config.problems import SettingsError
    from decklint.config.resolve import Settings

T = TypeVar("T")

FOUND, TROUBLE, INTERRUPTED = 1, 2, 130
"""Exit codes besides 0: what was looked for is there; usage, or something that could not be read; Ctrl-C."""

_LONG = 20
"""More files than this take long enough to say how far the work is."""

CLEARED = "\r" + " " * 30 + "\r"
"""Wipes what `progress` shows off a terminal."""

_DECKS = Said("decks", "个幻灯片文件")
_LANGUAGE = "decklint.lang"


def print_lines(lines: Iterable[str], *, machine: bool, to_error: bool = False, to: Path | None = None) -> None:
    """Print lines. What programs read is always UTF-8; what a console cannot show is written out instead of crashing.

    With `to` they are put into a file instead, all at once, in UTF-8.
    """
    if to is not None:
        put(to, "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
        return
    stdout: Any = sys.stderr if to_error else sys.stdout
    if hasattr(stdout, "reconfigure"):
        stdout.reconfigure(**({"encoding": "utf-8", "errors": "backslashreplace"} if machine else {"errors": "backslashreplace"}))
    if not machine and os.environ.get("GITHUB_ACTIONS"):
        lines = map(_uncommanding, lines)
    for line in lines:
        stdout.write(line + "\n")
    stdout.flush()


def put(path: Path, data: bytes) -> None:
    """Make a file, or another of an old one, in one step: it is old or new whatever happens. Exits where that cannot be done."""
    from decklint.writing import put as put_in_place

    try:
        put_in_place(path, data)
    except OSError as error:
        fail(of_system(error).at(path.as_posix()))


def fail(message: str) -> NoReturn:
    """Say what is wrong on standard error, and exit with 2."""
    aside(f"decklint: {told(message)}")
    sys.exit(TROUBLE)


def aside(message: str) -> None:
    """Say something on standard error. Names in it may be anything: each line stays one, and steers no terminal and no log."""
    from decklint.report.plain import harmless

    for line in told(message).split("\n"):
        click.echo(_uncommanding(harmless(line)), err=True)


def _uncommanding(line: str) -> str:
    """A line in which a runner of GitHub's or Gitea's actions finds no command: each is broken by a joiner that is not seen.

    Source: `ActionCommand.cs` of actions/runner, which looks at all that a step prints: `::` counts where a line begins, `##[`
    anywhere.
    """
    if not os.environ.get("GITHUB_ACTIONS"):
        return line
    line = line.replace("##[", "##\u2060[")
    return f"\u2060{line}" if line.lstrip().startswith("::") else line


def told(message: str) -> str:
    """A sentence in the language of this command; what is in one language only stays as it is."""
    return message.text(language()) if isinstance(message, Said) else message


def language() -> str:
    """`en` or `zh`: what the command line says, else the settings once they were read, else the system."""
    context = click.get_current_context(silent=True)
    if context is None:
        return system_language()
    return context.params.get("lang") or context.meta.get(_LANGUAGE) or system_language()


def _heed(settings: Settings) -> None:
    """Speak the language of settings from here on."""
    if context := click.get_current_context(silent=True):
        context.meta[_LANGUAGE] = settings.lang.value


def progress(items: Sequence[T]) -> Iterator[T]:
    """The items, counted on standard error while they are worked on: only many of them, and only on a terminal."""
    shown = len(items) > _LONG and sys.stderr.isatty()
    for number, item in enumerate(items, 1):
        if shown:
            click.echo(f"\r{number}/{len(items)} {told(_DECKS)}", nl=False, err=True)
        yield item
    if shown:
        click.echo(CLEARED, nl=False, err=True)


def decks(paths: tuple[str, ...], *, decks_only: bool = False, configuration: Configuration | None = None) -> list[Path]:
    """The decks at some paths, by default in this folder, that settings and git do not pass over; exits where there are none."""
    from decklint.config.discovery import Configuration
    from decklint.config.problems import SettingsError
    from decklint.config.scope import Scope
    from decklint.decks import find_decks

    configuration = configuration or Configuration()
    scope = Scope(configuration)
    try:
        files = find_decks([_meant(path) for path in paths] or ["."], decks_only=decks_only, scope=scope)
    except SettingsError as error:
        fail_on_settings(error)
    if scope.excluded or not files:
        _heed_here(configuration)
    for path, origin in scope.excluded if not decks_only else ():
        aside(
            say(
                "decklint: {path} is not checked: excluded by {origin}",
                "decklint: 未检查 {path}：已被 {origin} 排除",
                path=path.as_posix(),
                origin=origin,
            )
        )
    if not files and not scope.excluded and not (decks_only and paths):
        _refuse_nothing(", ".join(paths), scope.passed)
    return files


def _refuse_nothing(paths: str, passed: int) -> NoReturn:
    where = Said(paths, f"{paths} ") if paths else Said("this folder", "当前文件夹")
    none = say("no decks in {where}: ", "{where}中没有幻灯片文件：", where=where)
    if passed:
        fail(
            none.then(
                say(
                    "{passed} are ignored by git, or excluded or not included by the settings",
                    "有 {passed} 个被 git 忽略，或被设置排除、未被设置包括",
                    passed=passed,
                )
            )
        )
    fail(
        none.then(
            Said(
                "a deck is a Markdown file with `marp: true` in its front matter",
                "幻灯片文件是 front matter 中写有 `marp: true` 的 Markdown 文件",
            )
        )
    )


def _heed_here(configuration: Configuration) -> None:
    """Speak the language of the settings of this folder, where they can be read."""
    from decklint.config.problems import SettingsError

    with contextlib.suppress(SettingsError):
        _heed(configuration.of_folder(Path()))


def _meant(path: str) -> str:
    """A path as it is, or with slashes where only so it is there: it may have been written on Windows."""
    slashed = path.replace("\\", "/")
    return slashed if slashed != path and not Path(path).exists() and Path(slashed).exists() else path


def settings_or_fail(configuration: Configuration, first: Path) -> Settings:
    """The settings for output: those of the current folder, else those of the first deck; exits where they are wrong."""
    from decklint.config.problems import SettingsError

    try:
        here, there = configuration.of_folder(Path()), configuration.of(first)
    except SettingsError as error:
        fail_on_settings(error)
    settings = here if here.files else there
    _heed(settings)
    return settings


def fail_on_settings(error: SettingsError) -> NoReturn:
    """Say on standard error what is wrong with settings, a line for each, and exit with 2."""
    for problem in error.problems:
        aside(problem)
    sys.exit(TROUBLE)


def words(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The words of an option that may be given many times, or once with commas."""
    return tuple(word for part in value for word in part.replace(",", " ").split())


_LEVELS = ("error", "warning", "info", "never")
_CHOOSING = (
    click.option("--preset", type=click.Choice(("default", "strict", "draft")), help="draft: errors only; strict: every rule."),
    click.option("--select", multiple=True, callback=words, help="Only these rules: codes, names, families or ALL."),
    click.option("--extend-select", multiple=True, callback=words, help="These rules too, also those that are off by default."),
    click.option("--ignore", multiple=True, callback=words, help="Not these rules: codes, names or families."),
    click.option(
        "--lang", type=click.Choice(("en", "zh")), help="Language of messages; else that of the settings or the system."
    ),
)
_REPORTING = (
    click.option("--fail-on", type=click.Choice(_LEVELS), help="Lowest severity that exits with 1.  [default: error]"),
    click.option("--show-all", is_flag=True, help="Print every kind of finding, not only the dozen that weigh most in a deck."),
)
_NAMES = ("preset", "select", "extend_select", "ignore", "lang", "fail_on", "show_all")


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that settings have too. It gets those that are used as `given`, by the keys of settings."""
    return _with(command, (*_CHOOSING, *_REPORTING))


def with_choice(command: Callable[..., None]) -> Callable[..., None]:
    """The same, with those options only that choose rules and the language."""
    return _with(command, _CHOOSING)


def _with(command: Callable[..., None], options: Sequence[Callable[..., Any]]) -> Callable[..., None]:
    @functools.wraps(command)
    def collected(*args: Any, **values: Any) -> None:
        used = {name.replace("_", "-"): values.pop(name) for name in _NAMES if name in values}
        given = {key: value for key, value in used.items() if value not in (None, (), False)}
        refuse_unknown(*(word for key in ("select", "extend-select", "ignore") for word in given.get(key, ())))
        command(*args, given=given, **values)

    for option in reversed(options):
        collected = option(collected)
    return collected


def refuse_unknown(*words: str, single: bool = False) -> None:
    """Exit where a word names no rule, with the nearest name."""
    from decklint.config.problems import unknown_rule

    for word in words:
        if problem := unknown_rule(word, single=single):
            fail(problem)


def system_language() -> str:
    """`zh` where the system speaks Chinese, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import locale

        return "zh" if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else "en"
    return "en"
