"""The findings that a project has agreed to live with, kept in a file: only what is beyond them is reported.

The file names findings by their fingerprints, so it holds while lines come and go above them.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import Any, NamedTuple

from decklint.catalogue import find
from decklint.config.saying import Said, of_system, say
from decklint.project import Result
from decklint.records import dataclass, field
from decklint.report.fingerprint import ALWAYS, NAME, digest, fingerprints, part
from decklint.report.machine import as_json

_VERSION = 1
_LINE, _WORDS = 16, 8
"""Digits of hashes, enough to tell the findings of one rule in one deck apart."""

_MARK = re.compile(r"[0-9a-f]+ [0-9a-f]+")


class Mark(NamedTuple):
    """What a baseline knows a finding by: its rule, its fingerprint, and the words that it is about."""

    code: str
    line: str
    words: str


Marks = Counter[Mark]


class BaselineError(Exception):
    """A file that is no baseline; `said` begins with its path."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


@dataclass(slots=True)
class Baseline:
    """A baseline and the file that it is kept in. Decks are named as seen from the folder of that file."""

    path: Path
    decks: dict[str, Marks] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many findings there are."""
        return sum(marks.total() for marks in self.decks.values())

    def name(self, deck: Path) -> str:
        """What a deck is called here. Links on the way are followed, so that every way to a deck is the same."""
        return Path(os.path.relpath(_real(deck), self.path.parent.resolve())).as_posix()

    def vanished(self) -> list[str]:
        """The decks that are not there any more."""
        return [name for name in self.decks if not (self.path.parent / name).is_file()]

    def is_below(self, paths: Iterable[str]) -> bool:
        """Whether one of these folders holds all that the baseline is about."""
        own = self.path.parent.resolve()
        return any(own.is_relative_to(Path(path).resolve()) for path in paths)

    def of_vanished(self) -> Marks:
        """What is known of them, all together: some deck that is not known may be one of them under another name."""
        return sum((self.decks[name] for name in self.vanished()), Marks())

    def replace(self, deck: Path, present: Sequence[Mark], ran: Collection[str], *, shrink: bool) -> None:
        """Know what a deck has now; with `shrink` only forget what it has not any more.

        What is known of rules that are not among those that `ran` stays: of them nobody can say that it is gone.
        """
        name = self.name(deck)
        old = self.decks[name] if name in self.decks else self.of_vanished()
        kept = Marks({mark: count for mark, count in old.items() if mark.code not in ran and find(mark.code)})
        found = [mark for mark in present if mark.code in ran]
        known = matched(found, old - kept) if shrink else [True] * len(found)
        others = [mark for mark in present if mark.code not in ran and mark.code not in ALWAYS and not shrink]
        new = [not is_known for is_known in matched(others, Marks(kept))]
        self.decks[name] = kept + Marks(compress(found, known)) + Marks(compress(others, new))

    def text(self) -> str:
        """What is written into the file: one line per finding, sorted, so that changes are small and merge well."""
        decks = {name: _by_rule(marks) for name, marks in sorted(self.decks.items()) if marks}
        return as_json({"version": _VERSION, "fingerprints": NAME, "decks": decks}, indent=1) + "\n"


def read(path: Path) -> Baseline:
    """The baseline in a file.

    Raises:
        BaselineError: there is none, or it cannot be used.
    """
    shown = path.as_posix()
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise BaselineError(of_system(error).at(shown)) from None
    except json.JSONDecodeError as error:
        broken = say("not valid JSON: {found}; ", "不是有效的 JSON（{found}）；", found=error.msg)
        raise BaselineError(broken.then(_ANEW).at(f"{shown}:{error.lineno}")) from None
    except (UnicodeDecodeError, RecursionError):
        raise BaselineError(_NO_BASELINE.then(_ANEW).at(shown)) from None
    version = data.get("version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > _VERSION:
        newer = say(
            "written by a newer decklint (version {version} of the file, {known} is known)",
            "由更新版本的 decklint 写成（文件版本 {version}，这里只认得 {known}）",
            version=version,
            known=_VERSION,
        )
        raise BaselineError(newer.at(shown))
    if version != _VERSION or data.get("fingerprints") != NAME or not _is_sound(data.get("decks")):
        raise BaselineError(_NO_BASELINE.then(_ANEW).at(shown))
    return Baseline(path, {name: _marks(rules) for name, rules in data["decks"].items()})


_NO_BASELINE = Said("not a baseline; ", "不是基线文件；")
_ANEW = Said("delete it and run `decklint baseline`", "请删除它，再运行 `decklint baseline`")


def marks(result: Result) -> list[Mark]:
    """What the findings of a deck are known by, in their order."""
    if result.deck is None:
        return []
    source, found = result.deck.source, []
    for finding, fingerprint in zip(result.findings, fingerprints(result), strict=True):
        words = digest(" ".join(source.slice(finding.span).split()))
        found.append(Mark(finding.code, fingerprint[:_LINE], words[:_WORDS]))
    return found


def matched(present: Sequence[Mark], known: Marks) -> list[bool]:
    """Which of the findings of a deck are known. Those that are, are taken out of `known`.

    A finding is known by its line; where that was edited, by its words, as long as one of the rule with these words is left.
    """
    found = [False] * len(present)
    for name in ("line", "words"):
        free: dict[tuple[str, str], list[Mark]] = {}
        for mark in known.elements():
            free.setdefault((mark.code, getattr(mark, name)), []).append(mark)
        for at, mark in enumerate(present):
            same = free.get((mark.code, getattr(mark, name)))
            if same and not found[at]:
                found[at] = True
                known[same.pop()] -= 1
    return found


class Comparison:
    """One run held against a baseline: what is known of it, and what of the baseline does not occur any more."""

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        self.known = 0
        """Findings that were left out."""
        self._left = Marks()
        self._moved: Marks | None = None

    @property
    def gone(self) -> int:
        """Findings of the baseline that do not occur any more in the decks that were looked at, or whose deck is gone."""
        return self._left.total() + self._of_vanished.total()

    def beyond(self, deck: Path, result: Result, ran: Collection[str]) -> Result:
        """The result of a deck without the findings that are known; `ran` are the codes of the rules that had their say.

        A deck that the baseline does not name may have been moved: what is known of vanished decks is its to use.
        """
        if result.deck is None:
            return result
        own = self.baseline.decks.get(self.baseline.name(deck))
        known = Marks(own) if own is not None else self._of_vanished
        shown = part(result, (not is_known for is_known in matched(marks(result), known)))
        self.known += len(result.findings) - len(shown.findings)
        if own is not None:
            self._left += Marks({mark: count for mark, count in known.items() if mark.code in ran})  # adds what is above zero
        return shown

    @property
    def _of_vanished(self) -> Marks:
        if self._moved is None:
            self._moved = self.baseline.of_vanished()
        return self._moved


def _real(deck: Path) -> Path:
    return deck.parent.resolve() / deck.name


def _by_rule(marks: Marks) -> dict[str, list[str]]:
    rules: dict[str, list[str]] = {}
    for mark in sorted(marks.elements()):
        file = find(mark.code)
        rules.setdefault(f"{mark.code} {file.name}" if file is not None else mark.code, []).append(f"{mark.line} {mark.words}")
    return rules


def _marks(rules: Mapping[str, Iterable[str]]) -> Marks:
    """Only the code of a rule is read: names may change."""
    return Marks(Mark(rule.split(" ", 1)[0], *one.split(" ", 1)) for rule, found in rules.items() for one in found)


def _is_sound(decks: Any) -> bool:
    tables = [decks, *decks.values()] if isinstance(decks, dict) else [None]
    if not all(isinstance(table, dict) for table in tables):
        return False
    lists = [found for rules in decks.values() for found in rules.values()]
    return all(isinstance(found, list) for found in lists) and all(
        isinstance(one, str) and _MARK.fullmatch(one) for found in lists for one in found
    )
