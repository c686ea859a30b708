"""Parse time as a ratio to plain mistune, which places nothing, in one run on one deck.

    python bench/parse.py [DECK]

Two lines: all blocks and inline nodes against mistune's tokens with tables and strikethrough; blocks against blocks. Each figure
is the median of 25 rounds in which all four take turns.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import mistune
from mistune.block_parser import BlockParser
from mistune.core import BlockState

from decklint.deck.walk import walk
from decklint.parse import parse
from decklint.parse.blocks import parse_blocks
from decklint.text import Source

DECK = Path(__file__).parent.parent / "fixtures" / "course" / "week1" / "language-models.md"
ROUNDS = 25


def main() -> None:
    """Print the two ratios."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DECK
    data = path.read_bytes()
    text = data.decode()
    markdown = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])
    blocks = BlockParser()

    def plain_blocks() -> None:
        state = BlockState()
        state.process(text)
        blocks.parse(state)

    def everything() -> None:
        for _ in walk(parse(Source.decode(data))):
            pass

    tasks: dict[str, Callable[[], object]] = {
        "plain": lambda: markdown(text),
        "plain blocks": plain_blocks,
        "all": everything,
        "blocks": lambda: parse_blocks(text),
    }
    rounds: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            rounds[name].append(time.perf_counter() - start)
    took = {name: statistics.median(times) * 1e3 for name, times in rounds.items()}
    print(f"{path}: {len(text):,} characters, mistune {mistune.__version__}")
    print(f"all nodes: {took['all']:.1f} ms, plain mistune {took['plain']:.1f} ms, ratio {took['all'] / took['plain']:.2f}")
    print(
        f"blocks: {took['blocks']:.1f} ms, plain {took['plain blocks']:.1f} ms, ratio {took['blocks'] / took['plain blocks']:.2f}"
    )


if __name__ == "__main__":
    main()
