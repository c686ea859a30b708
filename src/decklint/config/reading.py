"""A settings file, and those that it extends, as layers of values with the line of each."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from decklint.config.problems import SettingsError, toml_problem

COMMAND_LINE = "command line"
_NEWLINE = b"\n"
_OURS = re.compile(rb"""(?m)^\s*\[\s*tool\s*\.\s*["']?decklint\b""")
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


def read_layers(path: Path) -> list[Layer]:
    """A settings file behind those that it extends: the farthest first.

    Raises:
        SettingsError: one of them cannot be used.
    """
    layers: list[Layer] = []
    seen = [path.resolve()]
    while True:
        layer = read(path)
        if layer is None:
            raise SettingsError([f"{_back(layers)}: {shown(path)} has no [tool.decklint]"])
        layers.append(layer)
        target = layer.values.get("extends")
        if target is None:
            return layers[::-1]
        path = _extended(layer, path.parent / target, seen)
        seen.append(path.resolve())


def read(path: Path) -> Layer | None:
    """The settings that a file has; None where it is a `pyproject.toml` without any.

    Raises:
        SettingsError: what is said there cannot be used, or the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError([f"{shown(path)}: {error.strerror}"]) from None
    is_project = path.name == "pyproject.toml"
    if is_project and b"decklint" not in data:
        return None
    import tomllib

    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        found = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise SettingsError([f"{shown(path)}:{data.count(_NEWLINE, 0, error.start) + 1}: not UTF-8"]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if is_project and not _OURS.search(data):
            return None
        raise SettingsError([f"{shown(path)}:{_broken(str(error), text)}"]) from None
    if is_project:
        tools = found.get("tool")
        if not isinstance(tools, dict) or "decklint" not in tools:
            return None
        found = tools["decklint"]
    return _layer(path, text, found, ("tool", "decklint") if is_project else ())


def _layer(path: Path, text: str, data: Any, prefix: tuple[str, ...]) -> Layer:
    from decklint.config.places import places
    from decklint.config.schema import Invalid, checked

    size = len(prefix)
    lines = {place[size:]: line for place, line in places(text).items() if place[:size] == prefix}
    try:
        return Layer(shown(path), path.parent, checked(data), lines)
    except Invalid as error:
        told = [(_line(lines, place) or 1, problem) for place, problem in error.problems]
        raise SettingsError(f"{shown(path)}:{line}: {problem}" for line, problem in sorted(told)) from None


def _line(lines: Mapping[tuple[str | int, ...], int], place: tuple[str | int, ...]) -> int:
    """The line of the nearest part of a path that has one; 0 where none has."""
    return next((lines[place[:size]] for size in range(len(place), -1, -1) if place[:size] in lines), 0)


def _broken(message: str, text: str) -> str:
    where = _WHERE.search(message)
    line, column = (where[1], where[2]) if where else (None, None)
    what = message[: where.start()] if where else message
    place = f", column {column}" if column else ", at the end of the file" if where else ""
    number = int(line or text.rstrip().count("\n") + 1)
    return f"{number}: not valid TOML{place}: {toml_problem(what, text.splitlines()[number - 1] if text.strip() else '')}"


def _extended(layer: Layer, target: Path, seen: list[Path]) -> Path:
    """The file that a layer extends, where it may."""
    origin = layer.origin("extends")
    if not target.is_file():
        raise SettingsError([f"{origin}: {_no_file(layer.values['extends'], target)}"])
    real = target.resolve()
    if leads_out(layer.folder, target):
        raise SettingsError([f'{origin}: the file "{layer.values["extends"]}" lies outside the project'])
    if real in seen:
        raise SettingsError([f"{origin}: {shown(target)} extends itself" + (" through others" if len(seen) > 1 else "")])
    return real if target.is_symlink() else Path(os.path.normpath(target))


def _no_file(said: str, target: Path) -> str:
    if not said.strip():
        return '"extends" names no file'
    if "://" in said:
        return f'"{said}" is an address; "extends" names a file of this repository'
    return f'"{said}" is a folder; name the file in it' if target.is_dir() else f'the file "{said}" does not exist'


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
