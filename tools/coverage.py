"""What decks name and the registry lacks: capitalised names and tokens that look like models, by the number of decks.

python tools/coverage.py FOLDER [--least 2] [--models]     with --models only names that hold a digit or change case inside

A name counts as known where the registry or the book of terms has it, whatever its hyphens, blanks and case.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from decklint.decks import find_decks
from decklint.packs.load import complete
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source

_NAME = re.compile(
    r"(?<![A-Za-z0-9./\\@#_-])[A-Z][A-Za-z]*"
    r"(?:[- ]?[0-9][A-Za-z0-9.]*|[a-z]*[A-Z][A-Za-z0-9]*|-[A-Z][A-Za-z0-9]*)?"
    r"(?![A-Za-z0-9/@_])"
)
"""A capitalised word with a number, a capital inside, or a second part behind a hyphen; no part of an address or of code."""
_TELLING = re.compile(r"[0-9]|[a-z][A-Z]|[A-Z]{2}[a-z]|^[A-Z]{3,}$|-[A-Z]")


def folded(name: str) -> str:
    """The name without what spellings differ in."""
    return re.sub(r"[\s\-_]", "", name).lower()


def known() -> set[str]:
    """Folded names of the registry and right forms of the book of terms, wrong ones included."""
    book = complete()
    names = {text for entity in book["entities"] for text in _names(entity)}
    for term in book["terms"]:
        names |= {term["right"], *term.get("equal", ()), *(wrong["text"] for wrong in term.get("wrong", ()))}
    return {folded(name) for name in names}


def _names(entity: dict[str, object]) -> Iterator[str]:
    for owner in (entity, *entity.get("variants", ())):  # type: ignore[misc]
        yield from (str(owner[key]) for key in ("name",) if key in owner)
        yield from (alias["text"] for alias in owner.get("aliases", ()))


def missing(folder: str) -> dict[str, set[Path]]:
    """Each unknown name as it is met first, with the decks that have it."""
    have, spelling, decks = known(), dict[str, str](), defaultdict[str, set[Path]](set)
    for path in find_decks([folder]):
        view = DeckView(parse(Source.decode(path.read_bytes())))
        for leaf in view.leaves:
            for match in _NAME.finditer(leaf.view.text):
                key = folded(match[0].rstrip("."))
                if key not in have:
                    decks[spelling.setdefault(key, match[0].rstrip("."))].add(path)
    return decks


def main() -> None:
    """Read the command line and print a name a line, the commonest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--least", type=int, default=2)
    parser.add_argument("--models", action="store_true")
    options = parser.parse_args()
    found = missing(options.folder)
    for name, paths in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(paths) >= options.least and (not options.models or _TELLING.search(name)):
            print(f"{len(paths):4}  {name}")


if __name__ == "__main__":
    main()
