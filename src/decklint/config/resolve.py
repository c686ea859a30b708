"""Layers of settings become one: every value with the place that it comes from. The nearer layer goes before the farther."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from decklint.cache import Store
from decklint.config.globs import Glob, is_anywhere
from decklint.config.reading import COMMAND_LINE, Layer
from decklint.findings import Severity
from decklint.records import dataclass

if TYPE_CHECKING:
    from decklint.config.packs import OwnPacks

DEFAULT = "default"


class Value(NamedTuple):
    """A value and where it comes from: `default`, `decklint.toml:4`, `command line`."""

    value: Any
    origin: str
    level: int = -1
    """The number of the layer; the highest is the nearest, -1 is the default."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the decks of one folder."""

    files: tuple[str, ...]
    """The settings files, the nearest first."""
    preset: Value
    lang: Value
    fail_on: Value
    show_all: Value
    select: tuple[Value, ...]
    extend_select: tuple[Value, ...]
    ignore: tuple[Value, ...]
    severity: Mapping[str, Value]
    """By code."""
    options: Mapping[str, Mapping[str, Value]]
    """By code of the rule and name of the option."""
    accept: tuple[Value, ...]
    packs: tuple[Value, ...]
    own_packs: OwnPacks | None
    """What stands in `packs`; None where nothing is said."""
    per_file_ignores: tuple[tuple[Glob, tuple[str, ...], str], ...]
    include: tuple[tuple[Glob, str], ...]
    exclude: tuple[tuple[Glob, str], ...]

    def passed_over(self, path: Path) -> str | None:
        """Where it is said that a file is excluded; None where nowhere."""
        return next((origin for glob, origin in self.exclude if glob.matches(path)), None)

    def includes(self, path: Path) -> bool:
        """Whether a file is looked at when its folder is."""
        return not self.include or any(glob.matches(path) for glob, _ in self.include)

    def ignored_in(self, path: Path) -> tuple[str, ...]:
        """Words for the rules that are not run on a file."""
        return tuple(word for glob, words, _ in self.per_file_ignores if glob.matches(path) for word in words)

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of this severity makes a run exit with 1."""
        return self.fail_on.value != "never" and severity >= Severity[self.fail_on.value.upper()]


def resolve(layers: Sequence[Layer], folder: Path, store: Store | None = None) -> Settings:
    """One from many, the farthest first. Single values and `select` and `include` are taken from the nearest, others add up.

    A glob that is a mere name fits below `folder`, one with a slash starts from the folder of its own file. Packs that are in
    `store` are not checked again.

    Raises:
        SettingsError: a pack cannot be used.
    """
    preset = _single(layers, "preset", "default")
    select = _nearest(layers, "select")
    if select and select[0].level < preset.level:
        select = ()
    extended = tuple(value for value in _all(layers, "extend-select") if not select or value.level >= select[0].level)
    return Settings(
        files=tuple(layer.shown for layer in reversed(layers) if layer.shown != COMMAND_LINE),
        preset=preset,
        lang=_single(layers, "lang", None),
        fail_on=_single(layers, "fail-on", "error"),
        show_all=_single(layers, "show-all", False),
        select=select,
        extend_select=extended,
        ignore=_all(layers, "ignore"),
        severity=_severities(layers),
        options=_options(layers),
        accept=_all(layers, "accept"),
        packs=_all(layers, "packs"),
        own_packs=_own_packs(layers, store),
        per_file_ignores=_per_file(layers, folder),
        include=_globs(_nearest(layers, "include"), layers, folder),
        exclude=_globs(_all(layers, "exclude"), layers, folder),
    )


def _single(layers: Sequence[Layer], key: str, default: Any) -> Value:
    for level, layer in reversed(list(enumerate(layers))):
        if key in layer.values:
            return Value(layer.values[key], layer.origin(key), level)
    return Value(default, DEFAULT)


def _all(layers: Sequence[Layer], key: str) -> tuple[Value, ...]:
    return tuple(
        Value(item, layer.origin(key, number), level)
        for level, layer in enumerate(layers)
        for number, item in enumerate(layer.values.get(key, ()))
    )


def _nearest(layers: Sequence[Layer], key: str) -> tuple[Value, ...]:
    said = [level for level, layer in enumerate(layers) if key in layer.values]
    return tuple(value for value in _all(layers, key) if value.level == said[-1])


def _severities(layers: Sequence[Layer]) -> dict[str, Value]:
    found = {}
    for level, layer in enumerate(layers):
        for name, severity in layer.values.get("severity", {}).items():
            from decklint import catalogue

            file = catalogue.find(name)
            assert file is not None
            found[file.code] = Value(severity, layer.origin("severity", name), level)
    return found


def _own_packs(layers: Sequence[Layer], store: Store | None) -> OwnPacks | None:
    named = [(layers[value.level].folder, value) for value in _all(layers, "packs")]
    if not named:
        return None
    from decklint.config.packs import read_packs

    return read_packs(named, store)


def _options(layers: Sequence[Layer]) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for level, layer in enumerate(layers):
        for name, options in layer.values.get("rules", {}).items():
            from decklint import catalogue

            file = catalogue.find(name)
            assert file is not None
            for key, value in options.items():
                origin = layer.origin("rules", name, key.replace("_", "-"))
                found.setdefault(file.code, {})[key] = Value(value, origin, level)
    return found


def _glob(pattern: str, layer: Layer, folder: Path) -> Glob:
    return Glob(pattern, folder if is_anywhere(pattern) else layer.folder)


def _globs(values: Sequence[Value], layers: Sequence[Layer], folder: Path) -> tuple[tuple[Glob, str], ...]:
    return tuple((_glob(value.value, layers[value.level], folder), value.origin) for value in values)


def _per_file(layers: Sequence[Layer], folder: Path) -> tuple[tuple[Glob, tuple[str, ...], str], ...]:
    return tuple(
        (_glob(pattern, layer, folder), tuple(words), layer.origin("per-file-ignores", pattern))
        for layer in layers
        for pattern, words in layer.values.get("per-file-ignores", {}).items()
    )
