"""Adopt decklint in a course repository as a newcomer would, in a copy: init, baseline, then one new error, which alone is told.

    python tools/adopt.py FOLDER [FOLDER ...]

prints a row for each. Nothing is written into the folders themselves.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

COMMAND = str(Path(sys.executable).with_name("decklint"))
FILE = ".decklint-baseline.json"
PICTURE = "never-was-here-4711.png"
BREAK = "---\n\n"
NEW = f"# One more\n\n![A picture that is not there]({PICTURE})\n"
ABOVE = "# Inserted at the top\n\nNothing to complain about.\n\n"
GIT = ("git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")


class Adopted(NamedTuple):
    """What became of one repository."""

    decks: int
    findings: int
    kilobytes: float
    seconds: float
    after_baseline: int
    new: list[str]
    after_insertion: list[str]
    since: list[str]

    @property
    def is_right(self) -> bool:
        """Whether nothing was told after the baseline, and the new error alone ever since."""
        return not self.after_baseline and [self.new, self.after_insertion, self.since] == [["IM001"]] * 3


def adopt(folder: Path, place: Path) -> Adopted:
    """Adopt a copy of a folder below `place`."""
    course = place / "course"
    shutil.copytree(folder, course, symlinks=True, ignore=shutil.ignore_patterns(".git", "decklint.toml", FILE))
    git(course, "init", "-q", "-b", "main")
    decklint(course, "init")
    began = time.perf_counter()
    decklint(course, "baseline")
    seconds = time.perf_counter() - began
    written = course / FILE
    known = sum(len(found) for rules in entries(written).values() for found in rules.values())
    after = check(course)
    git(course, "add", "-A")
    git(course, "commit", "-q", "-m", "Adopt decklint")
    git(course, "checkout", "-q", "-b", "branch")
    deck = one_deck(course)
    text = deck.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    ruler = BREAK if "headingDivider" not in text else ""  # there the heading begins the slide
    longer = f"{text.rstrip()}\n\n{ruler}{NEW}"
    deck.write_text(longer, encoding="utf-8")
    new = check(course)
    head, rest = longer.split("\n---\n", 1)
    deck.write_text(f"{head}\n---\n\n{ABOVE}{ruler}{rest.lstrip()}", encoding="utf-8")
    moved = check(course)
    since = check(course, "--changed-since", "main", "--no-baseline", "--select", "IM001")
    size = written.stat().st_size / 1000 if written.exists() else 0
    return Adopted(len(decks(course)), known, size, seconds, len(after), new, moved, since)


def entries(path: Path) -> dict[str, dict[str, list[str]]]:
    """What a baseline has; nothing where none was written."""
    found: dict[str, dict[str, list[str]]] = json.loads(path.read_text(encoding="utf-8"))["decks"] if path.exists() else {}
    return found


def decks(course: Path) -> list[Path]:
    """The decks that a check of the course reads, told by the suites of its report."""
    from xml.etree import ElementTree as Xml

    root = Xml.fromstring(decklint(course, "check", "--no-baseline", "--output-format", "junit").stdout)
    return [course / str(suite.get("name")) for suite in root]


def one_deck(course: Path) -> Path:
    """The first deck in which slides can be put before and behind all others without breaking what stands there."""
    able = []
    for deck in decks(course):
        text = deck.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n") if deck.is_file() else ""
        if text.startswith("---\n") and "\n---\n" in text[3:] and not text.count("\n```") % 2:
            able.append(deck)
    if not able:
        raise LookupError(f"{course}: no deck to edit")
    return able[0]


def check(course: Path, *words: str) -> list[str]:
    """The codes of what a check reports."""
    done = decklint(course, "check", "--output-format", "json", *words)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return [each["code"] for each in found]


def decklint(course: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command."""
    done = subprocess.run([COMMAND, *words], cwd=course, capture_output=True, check=False)
    if b"Traceback" in done.stderr:
        raise SystemExit(done.stderr.decode())
    return done


def git(course: Path, *words: str) -> None:
    """Run git."""
    subprocess.run([*GIT, *words], cwd=course, capture_output=True, check=True)


def main() -> None:
    """Print the table; exit with 1 where one of the rows is not as it should be."""
    print("| repository | decks | in the baseline | kB | baseline, s | then | new error | after an insertion | since main | |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    wrong = 0
    for folder in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as place:
            row = adopt(folder, Path(place))
        wrong += not row.is_right
        told = [" ".join(codes) or "none" for codes in (row.new, row.after_insertion, row.since)]
        cells = [folder.name, row.decks, row.findings, f"{row.kilobytes:.1f}", f"{row.seconds:.1f}", row.after_baseline, *told]
        print(f"| {' | '.join(map(str, cells))} | {'' if row.is_right else 'WRONG'} |", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
