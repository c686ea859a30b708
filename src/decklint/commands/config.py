"""`decklint config`: which settings hold, where each comes from, and what may be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from decklint.commands.console import fail, fail_on_settings, print_lines, told, with_settings
from decklint.config.saying import NOTHING, Said, say

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
        fail(Said("the file does not exist", "文件不存在").at(target.as_posix()))
    configuration = Configuration(given)
    try:
        is_folder = target.is_dir()
        settings = configuration.of_folder(target) if is_folder else configuration.of(target)
        rules = len(configuration.choice(target / "deck.md" if is_folder else target).rules)
    except SettingsError as error:
        fail_on_settings(error)
    lines = [*_heading(target, settings, rules), *_single_values(settings), *_lists(settings), *_tables(settings)]
    print_lines((harmless(told(line)) for line in lines), machine=False)


@command.command()
def schema() -> None:
    """Print the JSON schema of settings files, for editors."""
    import json

    from decklint.config.schema import json_schema

    print_lines([json.dumps(json_schema(), ensure_ascii=False, indent=2)], machine=True)


def _heading(target: Path, settings: Settings, rules: int) -> Iterator[str]:
    from decklint.files import absolute

    yield say(
        "# settings for {where}: {files}; {rules} rules are run",
        "# {where}的设置：{files}；运行 {rules} 条规则",
        where=Said("this folder", "当前文件夹") if target == Path() else say("{path}", "{path} ", path=target.as_posix()),
        files=", ".join(settings.files) or Said("no settings file", "没有设置文件"),
        rules=rules,
    )
    if not target.is_dir() and (origin := settings.passed_over(absolute(target))):
        yield say("# excluded by {origin}", "# 被 {origin} 排除", origin=origin)


_BY_PRESET = Said("what the preset says", "由 preset 决定")
_ALL = Said("every deck", "所有幻灯片文件")
_BY_DEFAULT = Said("  # default", "  # 默认")


def _from(origin: str) -> Said:
    """The end of a line, which says where its value comes from."""
    from decklint.config.resolve import DEFAULT

    return _BY_DEFAULT if origin == DEFAULT else say("  # {origin}", "  # {origin}", origin=origin)


def _single_values(settings: Settings) -> Iterator[str]:
    for key in ("preset", "fail_on", "lang", "show_all"):
        value: Value = getattr(settings, key)
        name = key.replace("_", "-")
        if value.value is None:
            yield say("# {name}: that of the system", "# {name}：随系统", name=name).then(_from(value.origin))
        else:
            yield _line(name, value.value, value.origin)


def _lists(settings: Settings) -> Iterator[str]:
    yield from _list("select", ((value.value, value.origin) for value in settings.select), _BY_PRESET)
    yield from _list("extend-select", ((value.value, value.origin) for value in settings.extend_select))
    yield from _list("ignore", ((value.value, value.origin) for value in settings.ignore))
    if settings.accept:
        yield from _list("accept", ((value.value, value.origin) for value in settings.accept))
    if settings.packs:
        yield from _list("packs", ((value.value, value.origin) for value in settings.packs))
    yield from _list("include", ((glob.pattern, origin) for glob, origin in settings.include), _ALL)
    yield from _list("exclude", ((glob.pattern, origin) for glob, origin in settings.exclude))


def _list(key: str, items: Iterable[tuple[str, str]], unsaid: Said = NOTHING) -> Iterator[str]:
    found = list(items)
    if found:
        yield f"{key} = ["
        yield from (say("  {item},", "  {item},", item=_toml(item)).then(_from(origin)) for item, origin in found)
        yield "]"
    elif unsaid:
        yield say("# {key}: {unsaid}", "# {key}：{unsaid}", key=key, unsaid=unsaid).then(_BY_DEFAULT)
    else:
        yield say("{key} = []", "{key} = []", key=key).then(_BY_DEFAULT)


def _tables(settings: Settings) -> Iterator[str]:
    from decklint import catalogue

    names = {file.code: file.name for file in catalogue.rule_files()}
    if settings.severity:
        yield "[severity]"
    for code, value in sorted(settings.severity.items()):
        yield _line(names[code], value.value, value.origin)
    for code, options in sorted(settings.options.items()):
        yield f"[rules.{names[code]}]"
        for key, value in options.items():
            yield _line(key.replace("_", "-"), value.value, value.origin)
    if settings.per_file_ignores:
        yield "[per-file-ignores]"
    for glob, words, origin in settings.per_file_ignores:
        yield _line(_toml(glob.pattern), list(words), origin)


def _line(key: str, value: object, origin: str) -> Said:
    return say("{key} = {value}", "{key} = {value}", key=key, value=_toml(value)).then(_from(origin))


def _toml(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
