"""Hold the registry against tables of others: dates, sizes, organisations, vocabularies, contexts, layers, heads and widths.

python tools/crosscheck.py FOLDER             what differs and is not explained; exit 1 where there is any
python tools/crosscheck.py FOLDER --table     the page docs/crosscheck.md: counts, and differences with their reasons

FOLDER holds tables of Epoch AI, Awesome-LLM, models.dev and LitGPT (crosscheck_tables.py reads them). None is an authority and
no row is kept. A difference is explained by the note of the fact where this names the table, or in crosscheck.toml.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosscheck_tables import TABLES, Row, plain

from decklint.packs.load import complete

DATES = ("published", "released", "announced")
ROUNDED = {"parameters": 0.03, "context_length": 0.03}
"""Within 3 % a size is the same rounded otherwise (174.6 and 175 billion; 128K and 131,072); others must be equal."""
PREFACE = """# The registry beside tables of others

Written by `python tools/crosscheck.py FOLDER --table`, where FOLDER holds the tables. They are no part of decklint, and none is
an authority: they disagree with each other.

Names are matched without blanks, hyphens and case, then without what stands in brackets, "chat" or "instruct", and a size. Dates
agree at the coarser precision of the two, parameters and contexts within 3 %, organisations where one of them, or what it is a
part of, is the same, everything else exactly. What Epoch AI does not call "Confident" proves nothing.

Tables: Epoch AI, Notable AI Models (26 January 2026, CC BY 4.0, "Data: Epoch AI"); Awesome-LLM (CC0); models.dev (MIT); the
configuration of LitGPT (Apache-2.0).
"""
NAMES = {"epoch": "Epoch", "awesome": "Awesome-LLM", "models.dev": "models.dev", "litgpt": "LitGPT"}


@dataclass(frozen=True, slots=True)
class Compared:
    """A value of a table beside those of the registry."""

    row: Row
    entity: str
    ours: tuple[str, ...]
    equal: bool
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Table, name as the table has it, attribute."""
        return self.row.table, self.row.name, self.row.attribute


class Ours:
    """The registry by normalised names."""

    def __init__(self, entities: Iterable[dict[str, Any]]) -> None:
        self.by_id = {entity["id"]: entity for entity in entities}
        self.names: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
        for entity in self.by_id.values():
            for owner in (entity, *entity.get("variants", ())):
                for text in {owner.get("name", ""), *(alias["text"] for alias in owner.get("aliases", ()))}:
                    if entity["kind"] not in ("person", "organisation", "event", "award"):
                        self.names.setdefault(plain(text), []).append((entity, owner))
        self.makers: dict[str, set[str]] = {}
        for entity in self.by_id.values():
            if entity["kind"] == "organisation":
                for text in (entity["name"], *(alias["text"] for alias in entity.get("aliases", ()))):
                    self.makers.setdefault(plain(text), set()).add(entity["id"])

    def compare(self, row: Row) -> Compared | None:
        """The row beside what the registry has; None where it has no such thing or says nothing of it."""
        for name in row.names:
            for entity, owner in self.names.get(plain(name), ()):
                if facts := self._facts(entity, owner, row.attribute):
                    ours = tuple(dict.fromkeys(value for fact in facts for value in _values(fact)))
                    note = " ".join(fact["note"] for fact in facts if fact.get("note"))
                    return Compared(row, entity["id"], ours, self._equal(row, ours), note)
        return None

    def _facts(self, entity: dict[str, Any], owner: dict[str, Any], attribute: str) -> list[dict[str, Any]]:
        """What a row may agree with: sizes of the thing itself, else of the family as a whole; dates of all that belong to it."""
        wanted = DATES if attribute == "date" else (attribute,)
        if attribute != "date":
            own = _of(owner, wanted) or _of(entity, wanted)
            return own + [fact for each in entity.get("variants", ()) for fact in _of(each, wanted) if own and owner is entity]
        papers = [self.by_id[each] for each in entity.get("papers", ()) if each in self.by_id]
        holders = {each["id"]: each for each in (owner, entity, *entity.get("variants", ()), *papers)}
        return [fact for each in holders.values() for fact in _of(each, wanted)]

    def _equal(self, row: Row, ours: tuple[str, ...]) -> bool:
        if row.attribute == "date":
            return any(row.value.startswith(mine) or mine.startswith(row.value) for mine in ours)
        if row.attribute == "organisation":
            theirs = {maker for part in row.value.split(",") for maker in self._makers(part)}
            return bool(theirs & self._with_parents(ours)) or bool(self._with_parents(theirs) & set(ours))
        value = float(row.value)
        leeway = value * ROUNDED.get(row.attribute, 0)
        return any(abs(value - float(mine)) <= leeway for mine in ours if mine != "None")

    def _makers(self, name: str) -> set[str]:
        """Of a name, or of the names that begin with it: `Tsinghua`, `Moonshot`."""
        short = plain(name)
        longer = [ids for text, ids in self.makers.items() if short and text.startswith(short)]
        return self.makers.get(short) or set().union(*longer)

    def _with_parents(self, ids: Iterable[str]) -> set[str]:
        found = set(ids)
        for each in ids:
            while (each := self.by_id.get(each, {}).get("part_of", "")) and each not in found:
                found.add(each)
        return found


def _of(owner: dict[str, Any], wanted: tuple[str, ...]) -> list[dict[str, Any]]:
    return [fact for fact in owner.get("facts", ()) if fact["attribute"] in wanted]


def _values(fact: dict[str, Any]) -> Iterator[str]:
    value = fact.get("value")
    yield from value if isinstance(value, list | tuple) else [str(value)]
    yield from fact.get("also", ())


def explained(compared: Compared, reasons: dict[tuple[str, str, str], dict[str, str]]) -> str:
    """Why the values differ; empty where nobody has said it."""
    if NAMES[compared.row.table] in compared.note:
        return compared.note
    given = reasons.get(compared.key)
    return f"{given['why']} ({given['source']})" if given and given["theirs"] == compared.row.value else ""


def read_reasons() -> dict[tuple[str, str, str], dict[str, str]]:
    """crosscheck.toml: one entry for each difference, with the value that it explains."""
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        entries = tomllib.load(file).get("difference", [])
    return {(entry["table"], entry["name"], entry["attribute"]): entry for entry in entries}


def page(found: list[Compared], reasons: dict[tuple[str, str, str], dict[str, str]], unproved: Counter[str]) -> Iterator[str]:
    """The generated table, in lines."""
    yield PREFACE
    yield "| table | entities in common | values compared | equal | explained | unexplained | prove nothing |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for table in TABLES:
        mine = [each for each in found if each.row.table == table]
        differ = [each for each in mine if not each.equal]
        known = sum(bool(explained(each, reasons)) for each in differ)
        entities = len({each.entity for each in mine})
        counts = (entities, len(mine), len(mine) - len(differ), known, len(differ) - known, unproved[table])
        yield f"| {NAMES[table]} | " + " | ".join(map(str, counts)) + " |"
    yield ""
    yield "| table | its name | entity | attribute | there | here | why it stands |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for each in sorted((each for each in found if not each.equal), key=lambda each: (each.entity, each.key)):
        ours = ", ".join(each.ours)
        reason = explained(each, reasons) or "?"
        cells = (NAMES[each.row.table], each.row.name, each.entity, each.row.attribute, each.row.value, ours, reason)
        yield f"| {' | '.join(cells)} |"


def main() -> int:
    """Read the command line, print, and say by the exit code whether all is explained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    ours, reasons = Ours(complete()["entities"]), read_reasons()
    found, unproved = [], Counter[str]()
    for row in (row for read in TABLES.values() for row in read(options.folder)):
        if compared := ours.compare(row):
            if row.sure or compared.equal:
                found.append(compared)
            else:
                unproved[row.table] += 1
    open_ones = [each for each in found if not each.equal and not explained(each, reasons)]
    if options.table:
        print("\n".join(page(found, reasons, unproved)))
    else:
        for each in open_ones:
            row = each.row
            print(f"{row.table}: {row.name}, {row.attribute}: {row.value}; {each.entity}: {', '.join(each.ours)}")
        print(f"{len(found)} values compared, {sum(each.equal for each in found)} equal, {len(open_ones)} unexplained")
    return bool(open_ones)


if __name__ == "__main__":
    sys.exit(main())
