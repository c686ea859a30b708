"""A settings file, and those that it extends, as layers of values with the line of each."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from decklint.cache import Store
from decklint.config.kept import kept
from decklint.config.problems import SettingsError, toml_problem
from decklint.config.saying import NOTHING, Said, of_system, say
from decklint.records import dataclass, field

COMMAND_LINE = Said("command line", "命令行")
_NEWLINE = b"\n"
_OURS = rb"""(?m)^\s*\[\s*tool\s*\.\s*["']?decklint\b"""
_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings from one place. `values` has only what is said there, checked; globs start from `folder`."""

    shown: str
    """The place as people are told: a path, or the command line."""
    folder: Path
    values: Mapping[str, Any]
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def origin(self, *path: str | int) -> str:
        """Where a key or item is said, as `decklint.toml:4`."""
        line = _line(self.lines, path)
        return f"{self.shown}:{line}" if line else self.shown


def read_layers(path: Path, store: Store | None = None) -> list[Layer]:
    """A settings file behind those that it extends: the farthest first. What a store has of them is not looked at again.

    Raises:
        SettingsError: one of them cannot be used.
    """
    layers: list[Layer] = []
    seen = [path.resolve()]
    while True:
        layer = read(path, store)
        if layer is None:
            said = say("{path} has no [tool.decklint]", "{path} 中没有 [tool.decklint]", path=shown(path))
            raise SettingsError([said.at(_back(layers))])
        layers.append(layer)
        target = layer.values.get("extends")
        if target is None:
            return layers[::-1]
        path = _extended(layer, path.parent / target, seen)
        seen.append(path.resolve())


def read(path: Path, store: Store | None = None) -> Layer | None:
    """The settings that a file has; None where it is a `pyproject.toml` without any.

    Raises:
        SettingsError: what is said there cannot be used, or the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError([of_system(error).at(shown(path))]) from None
    is_project = path.name == "pyproject.toml"
    if is_project and b"decklint" not in data:
        return None
    said = kept(store, [b"project" if is_project else b"own", data], lambda: _said(path, data, is_project=is_project))
    return Layer(shown(path), path.parent, said["values"], said["lines"]) if said else None


def _said(path: Path, data: bytes, *, is_project: bool) -> dict[str, Any]:
    """The values that a file has, and their lines; nothing where it is a `pyproject.toml` without any."""
    import tomllib

    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        found = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(_NEWLINE, 0, error.start) + 1
        raise SettingsError([Said("not UTF-8", "不是 UTF-8 编码").at(f"{shown(path)}:{line}")]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if is_project and not re.search(_OURS, data):
            return {}
        line, said = _broken(str(error), text)
        raise SettingsError([said.at(f"{shown(path)}:{line}")]) from None
    if is_project:
        tools = found.get("tool")
        if not isinstance(tools, dict) or "decklint" not in tools:
            return {}
        found = tools["decklint"]
    return _checked(path, text, found, ("tool", "decklint") if is_project else ())


def _checked(path: Path, text: str, data: Any, prefix: tuple[str, ...]) -> dict[str, Any]:
    from decklint.config.places import places
    from decklint.config.schema import Invalid, checked

    size = len(prefix)
    lines = {place[size:]: line for place, line in places(text).items() if place[:size] == prefix}
    try:
        return {"values": checked(data), "lines": lines}
    except Invalid as error:
        told = [(_line(lines, place) or 1, problem) for place, problem in error.problems]
        raise SettingsError(problem.at(f"{shown(path)}:{line}") for line, problem in sorted(told)) from None


def _line(lines: Mapping[tuple[str | int, ...], int], place: tuple[str | int, ...]) -> int:
    """The line of the nearest part of a path that has one; 0 where none has."""
    return next((lines[place[:size]] for size in range(len(place), -1, -1) if place[:size] in lines), 0)


def _broken(message: str, text: str) -> tuple[int, Said]:
    """The line in which a text stops to be TOML, and what is wrong there."""
    where = _WHERE.search(message)
    line, column = (where[1], where[2]) if where else (None, None)
    what = message[: where.start()] if where else message
    place = NOTHING
    if column:
        place = say(", column {column}", "，第 {column} 列", column=column)
    elif where:
        place = Said(", at the end of the file", "，文件末尾")
    number = int(line or text.rstrip().count("\n") + 1)
    problem = toml_problem(what, text.splitlines()[number - 1] if text.strip() else "")
    return number, say("not valid TOML{place}: {problem}", "不是有效的 TOML{place}：{problem}", place=place, problem=problem)


def _extended(layer: Layer, target: Path, seen: list[Path]) -> Path:
    """The file that a layer extends, where it may."""
    said = layer.values["extends"]
    problem = None
    if not target.is_file():
        problem = _no_file(said, target)
    elif leads_out(layer.folder, target):
        problem = say('the file "{said}" lies outside the project', '文件 "{said}" 在项目之外', said=said)
    elif target.resolve() in seen:
        loop = Said(" through others", "（经由其他文件）") if len(seen) > 1 else NOTHING
        problem = say("{path} extends itself{loop}", "{path} 引用了自身{loop}", path=shown(target), loop=loop)
    if problem is not None:
        raise SettingsError([problem.at(layer.origin("extends"))])
    return target.resolve() if target.is_symlink() else Path(os.path.normpath(target))


def _no_file(said: str, target: Path) -> Said:
    if not said.strip():
        return Said('"extends" names no file', '"extends" 没有写文件名')
    if "://" in said:
        return say(
            '"{said}" is an address; "extends" names a file of this repository',
            '"{said}" 是网址；"extends" 要写本仓库中的文件',
            said=said,
        )
    if target.is_dir():
        return say('"{said}" is a folder; name the file in it', '"{said}" 是文件夹；请写出其中的文件', said=said)
    return say('the file "{said}" does not exist', '文件 "{said}" 不存在', said=said)


def leads_out(folder: Path, target: Path) -> bool:
    """Whether a path leads out of the repository that a folder is in; nothing leads out where there is none."""
    repository = next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)
    return repository is not None and not target.resolve().is_relative_to(repository.resolve())


def _back(layers: list[Layer]) -> str:
    return layers[-1].origin("extends") if layers else COMMAND_LINE


def shown(path: Path) -> str:
    """A path as people are told: from the current folder on where it lies there, with `/`."""
    path, here = Path(os.path.normpath(path)), Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
