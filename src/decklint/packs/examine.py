"""Reads a pack as its author wants it read: every trouble with its line, its place in the entry, and a cure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from decklint.packs.schema import Alias, Checked, Entity, Evidence, Fact, Misconception, Mistake, Validity, Variant
from decklint.records import dataclass, field

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MODELS = (Entity, Misconception, Fact, Variant, Evidence, Checked, Alias, Validity, Mistake)
_KEYS = sorted({info.alias or name for model in _MODELS for name, info in model.model_fields.items()})
_CURES = {
    "missing": "write `{key}: ...`",
    "string_pattern_mismatch": "small letters, digits and single hyphens, as `{slug}`",
    "tuple_type": "write a list: [...]",
    "string_type": "write it as plain text",
    "model_type": "an entry is a mapping: `key: value`",
    "model_attributes_type": "an entry is a mapping: `key: value`",
}
_SAID = {"extra_forbidden": 'the key "{key}" is unknown', "missing": 'the key "{key}" is missing'}
_RUMOUR = "name the source that you opened: title, url, locator and `checked: {how: ..., on: ...}`"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a pack: where (the line from 1, the place in words), what, and what to do about it."""

    path: str
    line: int
    place: str
    message: str
    cure: str = ""


@dataclass(slots=True)
class Pack:
    """A pack file: its text, the entries that are valid by their position in it, and what is wrong with the others."""

    path: str
    text: str
    entries: dict[int, BaseModel] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    node: Any = None

    def trouble(self, location: tuple[int | str, ...], message: str, cure: str = "") -> Trouble:
        """Something that is wrong at a place of the file: indexes and keys, as far as they lead."""
        line, place = _place(self.node, location)
        return Trouble(self.path, line, place, message.removeprefix(place.split(", ")[-1] + ": "), cure)


def examine(path: Path, model: type[BaseModel]) -> Pack:
    """Read a pack of entities or misconceptions; never raises for what is wrong with its content."""
    pack = Pack(path.as_posix(), "")
    try:
        pack.text = path.read_text(encoding="utf-8")
        pack.node = yaml.compose(pack.text, Loader=_LOADER)
        data = yaml.load(pack.text, Loader=_LOADER) or []
    except OSError as error:
        pack.troubles.append(Trouble(pack.path, 1, "", error.strerror or str(error)))
        return pack
    except UnicodeDecodeError:
        pack.troubles.append(Trouble(pack.path, 1, "", "not UTF-8"))
        return pack
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", None) or error)
        pack.troubles.append(
            Trouble(pack.path, mark.line + 1 if mark else 1, "", f"not YAML: {said}", "quote texts with `: ` or `#`")
        )
        return pack
    if not isinstance(data, list):
        pack.troubles.append(Trouble(pack.path, 1, "", "a pack is a list of entries", "begin each entry with `- id: ...`"))
        return pack
    for number, entry in enumerate(data):
        try:
            pack.entries[number] = TypeAdapter(model).validate_python(entry)
        except ValidationError as error:
            pack.troubles += _distinct(pack, number, error)
    return pack


def _distinct(pack: Pack, number: int, error: ValidationError) -> Iterator[Trouble]:
    """The troubles of one entry; a value that may be of two types is told once."""
    told = set()
    for each in error.errors():
        location = (number, *each["loc"])
        key = str(each["loc"][-1]) if each["loc"] else ""
        trouble = pack.trouble(location, _said(each, key), _cure(each, key))
        if (trouble.line, trouble.place, each["type"] in _SAID) not in told:
            yield trouble
        told.add((trouble.line, trouble.place, each["type"] in _SAID))


def _said(error: Any, key: str) -> str:
    if error["type"] in _SAID:
        return _SAID[error["type"]].format(key=key)
    message = str(error["msg"]).removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


def _cure(error: Any, key: str) -> str:
    kind, given = error["type"], error["input"]
    if kind == "extra_forbidden":
        near = get_close_matches(key, _KEYS, n=1)
        return f'did you mean "{near[0]}"?' if near else "leave it out"
    if kind == "literal_error":
        near = get_close_matches(str(given), re.findall(r"'([^']*)'", error["ctx"]["expected"]), n=1)
        return f'did you mean "{near[0]}"?' if near else ""
    if "rumour" in error["msg"]:
        return _RUMOUR
    return _CURES.get(kind, "").format(key=key, slug=slug(str(given)) or "gpt-2")


def slug(text: str) -> str:
    """An id made of a name: `gpt-2` of `GPT-2`; empty where it holds no Latin letter or digit."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def _place(node: Any, location: tuple[int | str, ...]) -> tuple[int, str]:
    """The line of a place, and its name: `gpt-2, parameters, sources 1, url`."""
    names: list[str] = []
    line = 1
    for step in location:
        child = _child(node, step)
        if child is None:
            break
        line, node = child[0].start_mark.line + 1, child[1]
        called = _called(node) if isinstance(step, int) else ""
        if called and names and names[-1] == "facts":
            names.pop()
        names.append(called or (str(step) if isinstance(step, str) else f"entry {step + 1}"))
    return line, ", ".join(names)


def _child(node: Any, step: int | str) -> tuple[Any, Any] | None:
    """The node that a step leads to, behind the one that names it."""
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    return None


def _called(node: Any) -> str:
    """What an entry calls itself."""
    if not isinstance(node, yaml.MappingNode):
        return ""
    found = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    return str(found.get("id") or found.get("attribute") or "")
