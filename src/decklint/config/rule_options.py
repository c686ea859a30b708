"""What settings say about single rules, `[rules.NAME]`: checked against the class of options that the rule declares."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from decklint import catalogue
from decklint.config.saying import say
from decklint.rule.options import says

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def checked_options(name: str, data: Any) -> dict[str, Any]:
    """The options that data has for a rule, by the names of their fields, only those that it has.

    Raises:
        ValidationError: an unknown key, a wrong type or value.
        LookupError: the rule has no options.
    """
    adapter = _adapter(name)
    options = adapter.validate_json(json.dumps(data, default=str))
    return {key: getattr(options, key) for key in (word.replace("-", "_") for word in data)}


def trouble(name: str, data: Any) -> list[ErrorDetails]:
    """What is wrong with the options of a rule that exists; the paths begin at its table."""
    try:
        checked_options(name, data)
    except ValidationError as error:
        return error.errors(include_url=False)
    except LookupError as error:
        return [{"type": "setting", "loc": (), "msg": str(error), "input": data, "ctx": {"problem": error.args[0]}}]
    return []


def keys_of(name: str) -> tuple[str, ...]:
    """The options that a rule has, as settings files write them."""
    file = catalogue.find(name)
    options = catalogue.load(file).options if file else None
    return tuple(field.name.replace("_", "-") for field in fields(options)) if options else ()


def rules_with_options() -> list[str]:
    """The names of all rules that have options. All rules are imported."""
    return [file.name for file in catalogue.rule_files() if catalogue.load(file).options]


def schema(name: str) -> dict[str, Any]:
    """The JSON schema of a rule's options, each with what it says."""
    file = catalogue.find(name)
    options = catalogue.load(file).options if file else None
    assert options is not None
    found = _adapter(name).json_schema()
    found.pop("title")
    for field in fields(options):
        told = found["properties"][field.name.replace("_", "-")]
        told.pop("title", None)
        told["description"] = says(field).en
    return found


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    file = catalogue.find(name)
    rule = catalogue.load(file) if file else None
    if rule is None or rule.options is None:
        raise LookupError(
            say(
                '"{name}" has no options; `decklint rule {name}` tells what it does',
                '"{name}" 没有选项；其说明见 `decklint rule {name}`',
                name=name,
            )
        )
    strict = ConfigDict(extra="forbid", strict=True, alias_generator=lambda key: key.replace("_", "-"))
    return TypeAdapter(dataclass(rule.options, frozen=True, config=strict))
