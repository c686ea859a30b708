"""A course's own packs: facts and terms in the schema of the rule book, which add to the shipped ones or replace them by id."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decklint.cache import Store
from decklint.config.kept import kept
from decklint.config.problems import SettingsError
from decklint.config.reading import leads_out, shown
from decklint.config.saying import Said, did_you_mean, say
from decklint.packs.load import load, use
from decklint.records import dataclass

if TYPE_CHECKING:
    from pydantic import BaseModel

    from decklint.config.resolve import Value
    from decklint.packs.book import Book
    from decklint.packs.examine import Pack, Trouble

_PARTS = {"right": "terms", "patterns": "misconceptions", "name": "entities"}
"""The key by which the entries of a file are known, and the part of the rule book that they belong to."""
_HARMLESS = ("not in the one form", "the review of")


@dataclass(frozen=True, slots=True, eq=False)
class OwnPacks:
    """The entries of own packs as plain data, by part of the rule book."""

    entries: Mapping[str, Sequence[dict[str, Any]]]


def read_packs(packs: Sequence[tuple[Path, Value]], store: Store | None = None) -> OwnPacks:
    """Read and check packs, files or folders of them; each path begins at the folder of the settings that name it.

    Those that are in `store` are not checked again on the same day: what they state must not be of a later one.

    Raises:
        SettingsError: one is not there, or not valid: with its line, and what to do about it.
    """
    files = [file for folder, value in packs for file in _files(folder, value)]
    today = date.today()
    texts = [file.read_bytes() for file in files]
    return OwnPacks(kept(store, [b"packs", today.isoformat().encode(), *texts], lambda: _checked(files, today)))


def _checked(files: Sequence[Path], today: date) -> dict[str, Any]:
    """The entries of packs by part of the rule book."""
    read = [(part, pack) for file in files for part, pack in (_read(file),)]
    entries: dict[str, list[dict[str, Any]]] = {part: [] for part in _PARTS.values()}
    problems = [_told(part, trouble) for part, pack in read for trouble in pack.troubles]
    for part, pack in read:
        entries[part] += (entry.model_dump(exclude_defaults=True, by_alias=True) for entry in pack.entries.values())
    if not problems:
        problems = [_told(part, trouble) for part, trouble in _inconsistent(read, entries, today)]
    if problems:
        raise SettingsError(problems)
    return entries


def use_packs(own: OwnPacks | None) -> None:
    """Check the decks to come by the shipped rule book and these packs, in this process."""
    if own is _in_use[0]:
        return
    use(_shipped() if own is None else _book(own))
    _in_use[0] = own
    for name, module in list(sys.modules.items()):  # what facts and terms keep was made of the other rule book
        if name.startswith(("decklint.facts.", "decklint.terms")):
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()


_in_use: list[OwnPacks | None] = [None]


@cache
def _shipped() -> Book:
    return load()


@lru_cache(maxsize=4)
def _book(own: OwnPacks) -> Book:
    from decklint.packs.derived import book_of

    return book_of(_whole(own.entries))


def _whole(entries: Mapping[str, Sequence[dict[str, Any]]]) -> dict[str, Any]:
    """The shipped rule book; own entries stand where the shipped ones of the same id stood, new ones behind."""
    from decklint.packs.derived import put_together

    whole = put_together(_shipped())
    for part, own in entries.items():
        whole[part] = list({entry["id"]: entry for entry in (*whole[part], *own)}.values())
    return whole


def _files(folder: Path, value: Value) -> list[Path]:
    path = folder / value.value
    found = [path]
    problem = None
    if leads_out(folder, path):
        problem = say('the pack "{name}" lies outside the project', '规则数据 "{name}" 在项目之外', name=value.value)
    elif path.is_dir():
        found = sorted(file for end in ("*.yaml", "*.yml") for file in path.rglob(end))
        if not found:
            problem = say(
                'there is no pack in "{name}": packs are .yaml files',
                '"{name}" 中没有规则数据：规则数据是 .yaml 文件',
                name=value.value,
            )
    elif not path.is_file():
        problem = say('the pack "{name}" does not exist', '规则数据 "{name}" 不存在', name=value.value)
    if problem is not None:
        raise SettingsError([problem.at(value.origin)])
    return found


def _read(file: Path) -> tuple[str, Pack]:
    """A pack and the part of the rule book that it adds to, which is known by the keys of its entries."""
    from decklint.packs.examine import examine
    from decklint.packs.schema import Entity, Misconception, Term

    models: dict[str, type[BaseModel]] = {"terms": Term, "misconceptions": Misconception, "entities": Entity}
    text = file.read_bytes().decode("utf-8", "replace")
    keys = {line.lstrip("- ").partition(":")[0] for line in text.splitlines()}
    part = next((part for key, part in _PARTS.items() if key in keys), "terms")
    return part, examine(file, models[part])


def _inconsistent(
    read: Sequence[tuple[str, Pack]], entries: Mapping[str, Sequence[dict[str, Any]]], today: date
) -> Iterator[tuple[str, Trouble]]:
    """What does not fit together: ids given twice, names of two things, references that lead nowhere."""
    from decklint.packs.consistent import troubles

    for pack in (pack for of, pack in read if of == "misconceptions"):
        yield from (("misconceptions", trouble) for trouble in _not_patterns(pack))
    for part in _PARTS.values():
        packs = [pack for of, pack in read if of == part]
        if packs:
            for trouble in troubles(packs, _whole(entries), today):
                if not trouble.message.startswith(_HARMLESS):
                    yield part, trouble


def _not_patterns(pack: Pack) -> Iterator[Trouble]:
    for number, entry in pack.entries.items():
        for at, pattern in enumerate(getattr(entry, "patterns", ())):
            try:
                re.compile(pattern)
            except re.error as error:
                yield pack.trouble((number, "patterns", at), f"not a regular expression: {error}")


def _told(part: str, trouble: Trouble) -> Said:
    """A trouble of a pack. What the schema of packs says stays English also behind a Chinese beginning."""
    cure = trouble.cure
    if part == "terms" and trouble.message.startswith('the key "') and trouble.message.endswith("unknown"):
        from decklint.packs.schema import Term, Words, Wrong

        keys = (*Term.model_fields, *Wrong.model_fields, *Words.model_fields)
        cure = did_you_mean(trouble.message.split('"')[1], keys).removeprefix("; ") or "leave it out"
    place = f"{trouble.place}: " if trouble.place else ""
    found = f"{place}{trouble.message}{f'; {cure}' if cure else ''}"
    return say("{found}", "规则数据有误：{found}", found=found).at(f"{shown(Path(trouble.path))}:{trouble.line}")
