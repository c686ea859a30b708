"""`decklint facts add`: the skeleton of an entry. What was not given stays open; evidence is never made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from decklint.commands.console import did_you_mean
from decklint.commands.facts_look import entity_of
from decklint.packs.canonical import canonical
from decklint.packs.compile import PackError, read_list
from decklint.packs.consistent import comment_of
from decklint.packs.examine import slug
from decklint.packs.load import load
from decklint.packs.schema import Entity, Kind
from decklint.writing import NotWritten, replace

_EVIDENCE = ("title", "url", "checked", "on")


class Refused(Exception):
    """What was asked for cannot be written; the message says why and what to do."""


def entry_of(kind: str, name: str, id_: str | None, aliases: Sequence[str], given: Mapping[str, str | None]) -> Entity:
    """An entry with what was given.

    Raises:
        Refused: no such kind, a name that the registry has, a value without its evidence, or what the schema refuses.
    """
    if kind not in get_args(Kind):
        raise Refused(f'there is no kind "{kind}"' + (did_you_mean(kind, get_args(Kind)) or f": {', '.join(get_args(Kind))}"))
    for each in (name, *aliases):
        if known := entity_of(each):
            raise Refused(f'the registry has "{each}": `decklint facts show {known["id"]}`')
    id_ = id_ or slug(name)
    if not id_:
        raise Refused(f'"{name}" gives no id; name one: --id turing-machine')
    data: dict[str, Any] = {"id": id_, "kind": kind, "name": name, "aliases": [{"text": text} for text in (name, *aliases)]}
    if fact := _fact(kind, {key: value for key, value in given.items() if value}):
        data["facts"] = [fact]
    try:
        return Entity.model_validate(data)
    except ValueError as error:
        first = error.errors()[0] if hasattr(error, "errors") else {"loc": (), "msg": str(error)}
        raise Refused(f"{', '.join(map(str, first['loc']))}: {first['msg']}") from None


def _fact(kind: str, given: Mapping[str, str]) -> dict[str, Any] | None:
    """The fact that was given, whole or not at all."""
    if not given:
        return None
    attributes = {attribute["id"]: attribute for attribute in load()["attributes"]}
    name = given.get("attribute", "")
    if name not in attributes:
        fitting = [each for each, attribute in attributes.items() if kind in attribute["kinds"]]
        raise Refused(
            f'there is no attribute "{name}"' + (did_you_mean(name, attributes) or f"; a {kind} has {', '.join(fitting)}")
        )
    missing = [f"--{key}" for key in ("value", *_EVIDENCE) if key not in given]
    if missing:
        raise Refused(f"a fact without evidence is a rumour: {', '.join(missing)} missing")
    value: Any = given["value"]
    if attributes[name]["type"] == "set":
        value = [part.strip() for part in value.split(";")]
    source = {key: given[key] for key in ("title", "by", "year", "url", "locator") if key in given}
    return {"attribute": name, "value": value, "sources": [{**source, "checked": {"how": given["checked"], "on": given["on"]}}]}


def scaffold(entry: Entity) -> Iterator[str]:
    """The entry in canonical form; what is still to be written stands in comments below it."""
    yield canonical([entry]).rstrip("\n")
    if not entry.facts:
        yield "  # A fact needs a source that you opened; write it only then:"
        yield "  # facts:"
        yield from (f"  #   {line}" for line in _SKELETON)
        fitting = [attribute["id"] for attribute in load()["attributes"] if entry.kind in attribute["kinds"]]
        yield f"  # attributes of a {entry.kind}: {', '.join(fitting)}"
    yield "  # silent: [sentences with the name that state nothing about it]"


_SKELETON = (
    "- attribute: ...",
    "  value: ...",
    "  sources:",
    "    - title: ...",
    "      by: ...",
    "      year: ...",
    "      url: ...",
    "      locator: the section, table or page",
    "      checked: {how: read | mirror | two-secondary, on: the day}",
    "  good: [true sentences of your own]",
    "  bad: [false sentences of your own]",
)


def insert(entry: Entity, path: Path) -> None:
    """Put an entry into a pack, which is kept in its one form; a pack that does not exist is begun.

    Raises:
        Refused: the pack is not valid, has the id already, or cannot be written.
    """
    try:
        if not path.exists():
            path.touch()
        old = path.read_bytes()
        entries = read_list(path, Entity)
        if any(each.id == entry.id for each in entries):
            raise Refused(f'{path.as_posix()} has an entry "{entry.id}"')
        new = canonical([*entries, entry], comment_of(old.decode()))
        replace(path, old, new.encode(), path.absolute().parent)
    except PackError as error:
        raise Refused(str(error)) from None
    except (OSError, UnicodeDecodeError, NotWritten) as error:
        raise Refused(f"{path.as_posix()}: not written: {error}") from None
