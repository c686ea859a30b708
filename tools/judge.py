"""Judge rules on real decks: how often each speaks, and what it says, to be read by a person.

    python tools/judge.py FOLDER                     a table: findings and decks per rule, those off by default included
    python tools/judge.py FOLDER --read CODE [--count 60] [--seed 1]
                                                     a random sample of one rule's findings, each with the lines around it

A rule is on by default only if at least 95 of 100 of what it says on real decks is worth acting on.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

from decklint.catalogue import load, rule_files
from decklint.decks import find_decks
from decklint.project import Checker, Result

_AROUND = 3


def check(folder: str, *chosen: str) -> list[Result]:
    """The results of all decks below a folder."""
    checker = Checker(chosen)
    return [checker.check_file(path) for path in find_decks([folder])]


def table(folder: str) -> None:
    """Print findings and decks per rule."""
    findings: Counter[str] = Counter()
    decks: dict[str, set[str]] = defaultdict(set)
    for result in check(folder, "ALL"):
        for finding in result.findings:
            findings[finding.code] += 1
            decks[finding.code].add(result.path)
    print("| rule | default | findings | decks |")
    print("| --- | --- | ---: | ---: |")
    for file in rule_files():
        on = "on" if load(file).default else "off"
        print(f"| {file.code} {file.name} | {on} | {findings[file.code]} | {len(decks[file.code])} |")


def read(folder: str, code: str, count: int, seed: int) -> None:
    """Print a random sample of the findings of one rule."""
    found = [(result, finding) for result in check(folder, code) for finding in result.findings if finding.code == code]
    chosen = random.Random(seed).sample(found, min(count, len(found)))
    for result, finding in sorted(chosen, key=lambda pair: (pair[0].path, pair[1].span)):
        assert result.deck is not None
        source = result.deck.source
        line = source.line(finding.span.start)
        print(f"\n{Path(result.path).relative_to(folder)}:{line} slide {finding.slide}: {finding.message.text()}")
        if finding.fix:
            print(f"  {finding.fix.safety.value}: {finding.fix.title.text()}")
        for number in range(max(1, line - _AROUND), min(len(source.line_starts), line + _AROUND) + 1):
            print(f"  {'>' if number == line else ' '} {number:4} {source.slice(source.line_span(number))[:160]}")
    print(f"\n{len(chosen)} of {len(found)} findings", file=sys.stderr)


def main() -> None:
    """Print the table, or what one rule says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--read", metavar="CODE")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.read:
        read(options.folder, options.read, options.count, options.seed)
    else:
        table(options.folder)


if __name__ == "__main__":
    main()
