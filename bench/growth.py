"""What a whole check of one deck costs per byte, from 10 kB to 10 MB: flat means that the cost grows with the text alone.

    python bench/growth.py [--largest 10000000] [--rounds 3]

Each row holds a deck of a size beside one of twice that size, so that starting and what every deck needs once fall away: printed
is what the second half costs of the processor, medians, and the most memory that the larger one takes. The decks are the slides
of one lecture again and again, each with a number of its own.
"""

from __future__ import annotations

import argparse
import itertools
import re
import statistics
import sys
import tempfile
from pathlib import Path

from processes import Cost, run
from run import the_lecture

SMALLEST = 10_000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    lecture = the_lecture()
    print("| kB | processor ms | of twice as much | ms per kB | times the smallest | peak MB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    first, size = 0.0, SMALLEST
    with tempfile.TemporaryDirectory() as scratch:
        while size <= asked.largest:
            one, two = (_cost(lecture, bytes_, asked.rounds, Path(scratch)) for bytes_ in (size, 2 * size))
            each = (two.cpu - one.cpu) * 1e6 / size
            first = first or each
            columns = f"{size // 1000:,} | {one.cpu * 1e3:,.0f} | {two.cpu * 1e3:,.0f} | {each:.2f} | {each / first:.2f}"
            print(f"| {columns} | {two.peak:.0f} |", flush=True)
            size *= 10


def deck_of(lecture: str, size: int) -> str:
    """A deck of about `size` bytes: the slides of a lecture, again and again, each with a number of its own."""
    front, *slides = re.split(r"(?m)^---$", lecture)[1:]
    parts, length = [front], len(front.encode())
    for number in itertools.count():
        if length >= size:
            break
        part = f"{slides[number % len(slides)]}\nSlide number {number}.\n\n"
        parts.append(part)
        length += len(part.encode()) + 4
    return "---" + "---".join(parts)


def _cost(lecture: str, size: int, rounds: int, folder: Path) -> Cost:
    (folder / "deck.md").write_text(deck_of(lecture, size), encoding="utf-8")
    command = (str(Path(sys.executable).parent / "decklint"), "check", "--no-cache", "deck.md")
    costs = [run(command, folder, {"LC_ALL": "C.UTF-8"}) for _ in range(rounds)]
    wall, cpu, peak = (statistics.median(each) for each in list(zip(*costs, strict=True))[:3])
    return Cost(wall, cpu, peak, costs[0].code)


if __name__ == "__main__":
    main()
