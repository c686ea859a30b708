"""`decklint facts add`: the skeleton of an entry. What was not given stays open; evidence is never made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from decklint.commands.facts_look import entity_of
from decklint.config.saying import Said, did_you_mean, listed, of_system, say, there_are
from decklint.packs.canonical import canonical
from decklint.packs.compile import PackError, read_list
from decklint.packs.consistent import comment_of
from decklint.packs.examine import slug
from decklint.packs.load import load
from decklint.packs.schema import Entity, Kind
from decklint.writing import NotWritten, replace

_EVIDENCE = ("title", "url", "checked", "on")


class Refused(Exception):
    """What was asked for cannot be written; `said` is why and what to do."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


def entry_of(kind: str, name: str, id_: str | None, aliases: Sequence[str], given: Mapping[str, str | None]) -> Entity:
    """An entry with what was given.

    Raises:
        Refused: no such kind, a name that the registry has, a value without its evidence, or what the schema refuses.
    """
    if kind not in get_args(Kind):
        unknown = say('there is no kind "{kind}"', '没有名为 "{kind}" 的类别', kind=kind)
        raise Refused(unknown.then(did_you_mean(kind, get_args(Kind)) or there_are(get_args(Kind))))
    for each in (name, *aliases):
        if known := entity_of(each):
            raise Refused(
                say(
                    'the registry has "{name}": `decklint facts show {id}`',
                    '事实库中已有 "{name}"：见 `decklint facts show {id}`',
                    name=each,
                    id=known["id"],
                )
            )
    id_ = id_ or slug(name)
    if not id_:
        no_id = '"{name}" gives no id; name one: --id turing-machine', '"{name}" 无法生成编号；请写明：--id turing-machine'
        raise Refused(say(*no_id, name=name))
    data: dict[str, Any] = {"id": id_, "kind": kind, "name": name, "aliases": [{"text": text} for text in (name, *aliases)]}
    if fact := _fact(kind, {key: value for key, value in given.items() if value}):
        data["facts"] = [fact]
    try:
        return Entity.model_validate(data)
    except ValueError as error:
        first = error.errors()[0] if hasattr(error, "errors") else {"loc": (), "msg": str(error)}
        found = say("{found}", "不合要求（{found}）", found=first["msg"])
        raise Refused(found.at(", ".join(map(str, first["loc"])))) from None


def _fact(kind: str, given: Mapping[str, str]) -> dict[str, Any] | None:
    """The fact that was given, whole or not at all."""
    if not given:
        return None
    attributes = {attribute["id"]: attribute for attribute in load()["attributes"]}
    name = given.get("attribute", "")
    if name not in attributes:
        fitting = [each for each, attribute in attributes.items() if kind in attribute["kinds"]]
        unknown = say('there is no attribute "{name}"', '没有名为 "{name}" 的属性', name=name)
        has = say("; a {kind} has {fitting}", "；{kind} 的属性有 {fitting}", kind=kind, fitting=listed(fitting))
        raise Refused(unknown.then(did_you_mean(name, attributes) or has))
    missing = [f"--{key}" for key in ("value", *_EVIDENCE) if key not in given]
    if missing:
        rumour = "a fact without evidence is a rumour: {options} missing", "没有依据的事实只是传闻：缺少 {options}"
        raise Refused(say(*rumour, options=listed(missing)))
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
            raise Refused(say('{path} has an entry "{id}"', '{path} 中已有条目 "{id}"', path=path.as_posix(), id=entry.id))
        new = canonical([*entries, entry], comment_of(old.decode()))
        replace(path, old, new.encode(), path.absolute().parent)
    except PackError as error:
        raise Refused(say("{error}", "规则数据有误：{error}", error=error)) from None
    except (OSError, UnicodeDecodeError, NotWritten) as error:
        why = of_system(error) if isinstance(error, OSError) else str(error)
        raise Refused(say("not written: {why}", "未写入：{why}", why=why).at(path.as_posix())) from None
