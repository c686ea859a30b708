"""What the rules cost beside reading the deck: each family, and each rule of the families that are named, as ratios to the parse.

    python bench/rules.py [DECK] [--families TY TM LY] [--rounds 25]

All take turns in one process, each round on a deck that was read anew, so that nothing is left over from the round before;
figures are medians of the processor's time. A family is run as a check runs it: what its rules share is made once.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from decklint.catalogue import load, rule_files
from decklint.deck.deck import Deck
from decklint.deck.nodes import Leaf
from decklint.deck.walk import walk
from decklint.parse import parse
from decklint.project import uncollected
from decklint.rule import DeckView, Rule, run
from decklint.text import Source

DECK = Path(__file__).parent.parent / "fixtures" / "course" / "week1" / "language-models.md"


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("deck", nargs="?", default=str(DECK))
    options.add_argument("--families", nargs="*", default=["TY", "TM", "LY"])
    options.add_argument("--rounds", type=int, default=25)
    given = options.parse_args()
    path = Path(given.deck)
    data = path.read_bytes()
    rules = [load(file) for file in rule_files() if file.code[:2] in given.families]
    sets = {"all of them": rules}
    sets |= {family: [rule for rule in rules if rule.family == family] for family in given.families}
    sets |= {f"{rule.code} {rule.name}": [rule] for rule in rules}
    took: dict[str, list[float]] = defaultdict(list)
    with uncollected():  # as a check runs
        for _ in range(given.rounds + 1):
            gc.collect()
            start = time.process_time()
            deck = read(data, path)
            took["parse"].append(time.process_time() - start)
            for name, some in sets.items():
                took[name].append(once(deck, some))
    medians = {name: statistics.median(times[1:]) for name, times in took.items()}  # the first round loads the rule book
    print(f"{path.name}: {len(data):,} bytes, parse {medians['parse'] * 1e3:.1f} ms, median of {given.rounds} rounds\n")
    print("| rules | ms | of the parse |\n| --- | ---: | ---: |")
    for name in sets:
        print(f"| {name} | {medians[name] * 1e3:.2f} | {medians[name] / medians['parse']:.3f} |")


def read(data: bytes, path: Path) -> Deck:
    """A deck with all inline content read, and with the visible text of each leaf, which most rules need."""
    deck = parse(Source.decode(data, str(path)))
    for node in walk(deck):
        if isinstance(node, Leaf):
            _ = node.view.text
    return deck


def once(deck: Deck, rules: Iterable[Rule]) -> float:
    """Seconds that some rules take together on a deck."""
    view = DeckView(deck)
    _ = view.leaves
    start = time.process_time()
    for rule in rules:
        for _ in run(rule, view):
            pass
    return time.process_time() - start


if __name__ == "__main__":
    main()
