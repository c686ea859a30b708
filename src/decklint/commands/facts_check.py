"""`decklint facts check`: packs are read, held against the rest of the rule book, and their examples are run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from decklint.facts.verdicts import Verdict
from decklint.packs.canonical import canonical
from decklint.packs.compile import read_list
from decklint.packs.consistent import comment_of, facts_of, troubles
from decklint.packs.derived import book_of
from decklint.packs.examine import Pack, Trouble, examine
from decklint.packs.load import complete, rules_folder, use
from decklint.packs.schema import Attribute, Entity, Misconception, Term
from decklint.parse import parse
from decklint.records import dataclass
from decklint.rule import DeckView
from decklint.text import Source
from decklint.writing import replace

_FALSE = frozenset((Verdict.CONTRADICTED,))
_QUIET = frozenset((Verdict.CONFIRMED, Verdict.UNKNOWN))

_WRONG = {
    "good": ("a true sentence is contradicted", "is its value missing under `also`?"),
    "bad": ("a false sentence is not found", "it needs name, cue and value in one clause"),
    "silent": ("a sentence that states nothing gives a finding", "does the name want `needs` or `never_near`?"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """What checking packs gave."""

    troubles: list[Trouble]
    facts: int
    examples: int


def check(files: Sequence[Path], *, write: bool = False) -> Report:
    """Check packs; without files, all of the rule book. With `write`, those that are valid are brought into their one form.

    Raises:
        PackError: a pack of the rule book that was not asked about is not valid.
    """
    root = rules_folder()
    files = files or packs_of(root)
    packs = [examine(file, _model(file)) for file in files]
    if write:
        for file, pack in zip(files, packs, strict=True):
            _bring_into_form(file, pack)
    book = _book(packs, files, root)
    found = [trouble for pack in packs for trouble in pack.troubles]
    found += troubles(packs, book, date.today())
    use(book_of(book))
    run = [trouble for pack in packs for trouble in _run(pack)]
    found += [trouble for trouble in run if trouble is not None]
    facts = sum(1 for pack in packs for n, e in pack.entries.items() if isinstance(e, Entity) for _ in facts_of(n, e))
    return Report(sorted(found, key=lambda trouble: (trouble.path, trouble.line)), facts, len(run))


def packs_of(root: Path) -> list[Path]:
    """The packs of facts in a rule book, as seen from this folder."""
    here = Path.cwd()
    found = sorted((root / "facts").rglob("*.yaml"))
    return [path.relative_to(here) if path.is_relative_to(here) else path for path in found]


def _model(file: Path) -> type[Entity] | type[Misconception]:
    return Misconception if "misconceptions" in file.stem else Entity


def _bring_into_form(file: Path, pack: Pack) -> None:
    if pack.troubles or not pack.text:
        return
    wanted = canonical(list(pack.entries.values()), comment_of(pack.text))
    if wanted != pack.text:
        replace(file, file.read_bytes(), wanted.encode(), file.absolute().parent)
        fresh = examine(file, _model(file))
        pack.text, pack.node, pack.entries = fresh.text, fresh.node, fresh.entries


def _book(packs: Sequence[Pack], files: Sequence[Path], root: Path) -> dict[str, Any]:
    """The rule book with these packs in it: in the place of files of its own, else on top, overriding the same ids."""
    mine = [entry for pack in packs for entry in pack.entries.values()]
    own = {file.resolve() for file in files}
    if any(file.is_relative_to(root.resolve()) for file in own):
        others = [entry for path in packs_of(root) if path.resolve() not in own for entry in read_list(path, _model(path))]
        attributes = [_plain(attribute) for attribute in read_list(root / "attributes.yaml", Attribute)]
        terms = [_plain(term) for path in sorted((root / "terms").glob("*.yaml")) for term in read_list(path, Term)]
        entries = [_plain(entry) for entry in others]
    else:
        shipped = complete()
        overridden = {getattr(entry, "id", "") for entry in mine}
        attributes, terms = shipped["attributes"], shipped["terms"]
        entries = [e for part in ("entities", "misconceptions") for e in shipped[part] if e["id"] not in overridden]
    entries += [_plain(entry) for entry in mine]
    return {
        "attributes": attributes,
        "entities": [entry for entry in entries if "patterns" not in entry],
        "misconceptions": [entry for entry in entries if "patterns" in entry],
        "terms": terms,
    }


def _plain(entry: Entity | Misconception | Attribute | Any) -> dict[str, Any]:
    """As compiled packs hold it."""
    plain: dict[str, Any] = json.loads(json.dumps(entry.model_dump(exclude_defaults=True, by_alias=True)))
    return plain


def _run(pack: Pack) -> Iterator[Trouble | None]:
    """One result per example: what is wrong with it, or None."""
    for number, entry in pack.entries.items():
        if isinstance(entry, Misconception):
            yield from _run_misconception(pack, number, entry)
        elif isinstance(entry, Entity):
            for location, _, fact in facts_of(number, entry):
                yield from (_tried(pack, (*location, "good", at), s, _verdicts(s) & _FALSE) for at, s in enumerate(fact.good))
                yield from (_tried(pack, (*location, "bad", at), s, _verdicts(s) <= _QUIET) for at, s in enumerate(fact.bad))
            yield from (_tried(pack, (number, "silent", at), s, _verdicts(s) - _QUIET) for at, s in enumerate(entry.silent))


def _run_misconception(pack: Pack, number: int, misconception: Misconception) -> Iterator[Trouble | None]:
    try:
        patterns = [re.compile(pattern) for pattern in misconception.patterns]
    except re.error as error:
        yield pack.trouble((number, "patterns"), f"not a pattern: {error}")
        return

    def hit(sentence: str) -> bool:
        return any(pattern.search(sentence) for pattern in patterns)

    yield from (_tried(pack, (number, "good", at), s, hit(s)) for at, s in enumerate(misconception.good))
    yield from (_tried(pack, (number, "bad", at), s, not hit(s)) for at, s in enumerate(misconception.bad))


def _tried(pack: Pack, location: tuple[int | str, ...], sentence: str, is_wrong: object) -> Trouble | None:
    """The trouble with an example, which is told by the list that it stands in."""
    if not is_wrong:
        return None
    message, cure = _WRONG[str(location[-2])]
    return pack.trouble(location, f"{message}: “{sentence}”", cure)


def _verdicts(sentence: str) -> set[Verdict]:
    return {claim.verdict for claim in DeckView(parse(Source(f"# ?\n\n{sentence}\n"))).claims}
