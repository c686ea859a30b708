"""Draw facts of the registry at random, to be looked up again from scratch: value against what a source says.

python tools/audit.py --seed 1 --count 100             facts with their sources, places and how these were opened
python tools/audit.py --seed 1 --count 100 --table     the same as rows of Markdown, with the verdict left open
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from decklint.packs.load import complete

Drawn = tuple[str, dict[str, Any]]


def facts() -> Iterator[Drawn]:
    """Every fact with the id of the entity or variant that it is about."""
    for entity in complete()["entities"]:
        for owner in (entity, *entity.get("variants", ())):
            yield from ((owner["id"], fact) for fact in owner.get("facts", ()))


def draw(seed: int, count: int) -> list[Drawn]:
    """That many facts, ordered by owner.

    Each fact draws a lot of its own, from the seed and its place: what comes or goes elsewhere leaves the draw nearly as it was.
    """
    seen: dict[str, int] = {}
    lots = []
    for owner, fact in facts():
        place = f"{owner} {fact['attribute']}"
        seen[place] = seen.get(place, 0) + 1
        lots.append((sha256(f"{seed} {place} {seen[place]}".encode()).digest(), owner, fact))
    lots.sort(key=lambda lot: lot[0])
    return sorted(((owner, fact) for _, owner, fact in lots[:count]), key=lambda drawn: (drawn[0], drawn[1]["attribute"]))


def value_of(fact: dict[str, Any]) -> str:
    """The value as the pack has it, with the other right ones."""
    value = fact.get("value") or "(none)"
    text = "; ".join(value) if isinstance(value, list | tuple) else str(value)
    return text + (f" (also {', '.join(fact['also'])})" if fact.get("also") else "")


def in_full(drawn: Drawn) -> Iterator[str]:
    """One fact and its evidence, in lines."""
    owner, fact = drawn
    yield f"{owner}, {fact['attribute']}: {value_of(fact)}"
    if fact.get("note"):
        yield f"  note: {fact['note']}"
    for source in fact["sources"]:
        checked = source["checked"]
        where = [
            checked["how"],
            source["title"],
            source.get("by", ""),
            source.get("locator", ""),
            checked.get("at") or source["url"],
        ]
        yield "  " + "; ".join(part for part in where if part)


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    drawn = draw(options.seed, options.count)
    if options.table:
        print("| fact | value | where looked up | what it says | verdict |")
        print("| --- | --- | --- | --- | --- |")
        for owner, fact in drawn:
            print(f"| {owner} {fact['attribute']} | {value_of(fact)} | | | |")
        return
    for number, each in enumerate(drawn, 1):
        print(f"{number:3}", "\n".join(in_full(each)))


if __name__ == "__main__":
    main()
