"""Parse time per character on texts made to be slow, at growing sizes: it should not grow.

    python bench/hostile.py [--largest 1000000] [--family NAME]…

Prints one line per family: microseconds per character at each size, and the last figure over the first. A family is a
piece of text that is repeated until the size is reached.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import time
from collections.abc import Callable

from decklint.deck.walk import walk
from decklint.parse import parse
from decklint.project import uncollected
from decklint.text import Source


def _nested_list(size: int) -> str:
    return "".join("  " * (i % 200) + "- a\n" for i in range(size // 150))


def _growing_ticks(size: int) -> str:
    return "".join("`" * i + " " for i in itertools.takewhile(lambda i: i * i < 2 * size, itertools.count(1)))


def _repeat(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit) + 1)


FAMILIES: dict[str, Callable[[int], str]] = {
    "prose": _repeat("大模型能够自动从数据中提取特征。GPT-3 has 175B parameters.\n\n"),
    "one line": _repeat("标"),
    "spaces": _repeat(" "),
    "nested quotes": _repeat(">"),
    "quotes": _repeat("> a\n"),
    "lazy quotes": _repeat("> a\nb\n"),
    "lists": _repeat("- a\n"),
    "nested lists": _nested_list,
    "open brackets": _repeat("["),
    "open images": _repeat("![a"),
    "links": _repeat("[a](b) "),
    "open emphasis": _repeat("*a **b "),
    "underscores": _repeat("_a_"),
    "open code": _repeat("`a "),
    "growing code": _growing_ticks,
    "comments": _repeat("<!-- a -->\n"),
    "open comments": _repeat("a <!-- b "),
    "open tags": _repeat("<a "),
    "html blocks": _repeat("<div>\n"),
    "tables": _repeat("| a | b |\n|---|---|\n| 1 | 2 |\n\n"),
    "pipes": _repeat("a|"),
    "open formulas": _repeat("$a"),
    "fences": _repeat("```\n"),
    "rulers": _repeat("---\n"),
    "setext headings": _repeat("a\n---\n"),
    "escapes": _repeat("\\*"),
    "directives": _repeat("<!-- _class: lead -->\n"),
    "tabs": _repeat("> \t- \ta\n"),
    "definitions": _repeat("> [a]: b c\n"),
    "addresses": _repeat("https://a.b "),
}


def measure(text: str) -> float:
    """Microseconds per character to parse a text with all its inline content, as a run does it."""
    gc.collect()
    start = time.perf_counter()
    with uncollected():
        for _ in walk(parse(Source(text))):
            pass
    return (time.perf_counter() - start) / len(text) * 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=1_000_000)
    parser.add_argument("--family", action="append", choices=sorted(FAMILIES))
    options = parser.parse_args()
    sizes = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= options.largest]
    print("| family |", " | ".join(f"{size:,}" for size in sizes), "| last / first |")
    print("| --- |", " | ".join("---:" for _ in sizes), "| ---: |")
    for name in options.family or FAMILIES:
        figures = [min(measure(FAMILIES[name](size)[:size]) for _ in range(3 if size <= 100_000 else 1)) for size in sizes]
        print(f"| {name} |", " | ".join(f"{f:.2f}" for f in figures), f"| {figures[-1] / figures[0]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
