"""`decklint config`: which settings hold, where each comes from, and what may be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from decklint.commands.console import fail, fail_on_settings, print_lines, with_settings

if TYPE_CHECKING:
    from decklint.config.resolve import Settings, Value


@click.group("config")
def command() -> None:
    """Show settings and where they come from, or the schema of settings files."""


@command.command()
@click.argument("path", default=".")
@with_settings
def show(path: str, given: dict[str, Any]) -> None:
    """Show the settings for PATH (a deck or a folder; by default this folder) as TOML, each with where it comes from."""
    from decklint.config.discovery import Configuration
    from decklint.config.problems import SettingsError
    from decklint.report.plain import harmless

    target = Path(path)
    if not target.exists():
        fail(f"{target.as_posix()}: the file does not exist")
    configuration = Configuration(given)
    try:
        is_folder = target.is_dir()
        settings = configuration.of_folder(target) if is_folder else configuration.of(target)
        rules = len(configuration.choice(target / "deck.md" if is_folder else target).rules)
    except SettingsError as error:
        fail_on_settings(error)
    lines = [*_heading(target, settings, rules), *_single_values(settings), *_lists(settings), *_tables(settings)]
    print_lines(map(harmless, lines), machine=False)


@command.command()
def schema() -> None:
    """Print the JSON schema of settings files, for editors."""
    import json

    from decklint.config.schema import json_schema

    print_lines([json.dumps(json_schema(), ensure_ascii=False, indent=2)], machine=True)


def _heading(target: Path, settings: Settings, rules: int) -> Iterator[str]:
    from decklint.config.discovery import absolute

    where = "this folder" if target == Path() else target.as_posix()
    yield f"# settings for {where}: {', '.join(settings.files) or 'no settings file'}; {rules} rules are run"
    if not target.is_dir() and (origin := settings.passed_over(absolute(target))):
        yield f"# excluded by {origin}"


def _single_values(settings: Settings) -> Iterator[str]:
    for key in ("preset", "fail_on", "lang", "show_all"):
        value: Value = getattr(settings, key)
        name = key.replace("_", "-")
        if value.value is None:
            yield f"# {name}: that of the system  # {value.origin}"
        else:
            yield f"{name} = {_toml(value.value)}  # {value.origin}"


def _lists(settings: Settings) -> Iterator[str]:
    yield from _list("select", ((value.value, value.origin) for value in settings.select), "what the preset says")
    yield from _list("extend-select", ((value.value, value.origin) for value in settings.extend_select))
    yield from _list("ignore", ((value.value, value.origin) for value in settings.ignore))
    if settings.accept:
        yield from _list("accept", ((value.value, value.origin) for value in settings.accept))
    if settings.packs:
        yield from _list("packs", ((value.value, value.origin) for value in settings.packs))
    yield from _list("include", ((glob.pattern, origin) for glob, origin in settings.include), "every deck")
    yield from _list("exclude", ((glob.pattern, origin) for glob, origin in settings.exclude))


def _list(key: str, items: Iterable[tuple[str, str]], unsaid: str = "") -> Iterator[str]:
    found = list(items)
    if found:
        yield f"{key} = ["
        yield from (f"  {_toml(item)},  # {origin}" for item, origin in found)
        yield "]"
    elif unsaid:
        yield f"# {key}: {unsaid}  # default"
    else:
        yield f"{key} = []  # default"


def _tables(settings: Settings) -> Iterator[str]:
    from decklint import catalogue

    names = {file.code: file.name for file in catalogue.rule_files()}
    if settings.severity:
        yield "[severity]"
    for code, value in sorted(settings.severity.items()):
        yield f"{names[code]} = {_toml(value.value)}  # {value.origin}"
    for code, options in sorted(settings.options.items()):
        yield f"[rules.{names[code]}]"
        for key, value in options.items():
            yield f"{key.replace('_', '-')} = {_toml(value.value)}  # {value.origin}"
    if settings.per_file_ignores:
        yield "[per-file-ignores]"
    for glob, words, origin in settings.per_file_ignores:
        yield f"{_toml(glob.pattern)} = {_toml(list(words))}  # {origin}"


def _toml(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
