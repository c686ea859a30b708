"""Time of the fact engine per megabyte of text as the registry grows, and the time to load the registry beside it.

    python bench/facts.py [--rounds 5] [--megabytes 1]

The shipped entities are there each time; the others are copies of them under names that nobody has (`Brelu-3`), with all their
facts and cues. Of all rounds the shortest counts: what else the machine does only adds to it. The text holds names, dates and
numbers in both languages, the way lectures do. Reading Markdown is not counted.
"""

from __future__ import annotations

import argparse
import copy
import gc
import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from decklint.deck.deck import Deck
from decklint.deck.nodes import Leaf
from decklint.deck.walk import walk
from decklint.facts.registry import registry
from decklint.packs.book import Book, written
from decklint.packs.derived import owners, parts_of
from decklint.packs.load import complete, load, use
from decklint.parse import parse
from decklint.project import uncollected
from decklint.rule import DeckView
from decklint.text import Source

TIMES = (1, 10, 100)
SENTENCES = (
    "BERT 由谷歌于2018年提出，拥有3.4亿个参数，在多项任务上取得了当时最好的结果。",
    "注意力机制让模型在生成每个词时关注输入的不同部分，这一思想后来被广泛使用。",
    "GPT-3 was released by OpenAI in 2020 and has 175 billion parameters in its largest version.",
    "Gradient descent takes a step against the gradient; the step size is called the learning rate.",
    "我们在2024年的实验中比较了三种优化器，批大小为256，训练了90个周期。",
    "ResNet (2015) made it possible to train networks with more than 100 layers on ordinary hardware.",
)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--megabytes", type=float, default=1.0)
    given = options.parse_args()
    shipped = complete()
    text = deck(given.megabytes)
    size = len(text.encode()) / 1e6
    print(f"{size:.1f} MB of text, shortest of {given.rounds} rounds\n")
    print("| entities | names | load, ms | claims | s per MB |\n| ---: | ---: | ---: | ---: | ---: |")
    took: dict[int, list[tuple[float, float]]] = {times: [] for times in TIMES}
    counts: dict[int, tuple[int, int, int]] = {}
    with TemporaryDirectory() as folder:
        books = {times: Path(folder, f"{times}.json") for times in TIMES}
        for times, path in books.items():
            path.write_bytes(written(parts_of(grown(shipped, times))))
        for _ in range(given.rounds):
            for times, path in books.items():  # in turns, so that what slows the machine slows all
                loading, finding, counts[times] = once(path, text)
                took[times].append((loading, finding / size))
    for times, (entities, names, claims) in counts.items():
        loading, finding = (min(figures) for figures in zip(*took[times], strict=True))
        print(f"| {entities:,} | {names:,} | {loading * 1e3:.1f} | {claims:,} | {finding:.2f} |")
    first, last = (min(finding for _, finding in took[times]) for times in (TIMES[0], TIMES[-1]))
    print(f"\nratio {last / first:.2f} with {TIMES[-1]} times the entities")


def once(path: Path, text: str) -> tuple[float, float, tuple[int, int, int]]:
    """Seconds of the processor to load a compiled rule book and to find the claims of a text; entities, names and claims.

    What the engine makes when it is first asked for a claim, of one sentence, is counted as loading.
    """
    first, view = DeckView(parsed(SENTENCES[2])), DeckView(parsed(text))
    registry.cache_clear()
    use(Book(path.read_bytes()))  # lets go of what the round before has loaded, which takes time as well
    gc.collect()
    with uncollected():  # as a check runs
        start = time.process_time()
        use(Book(path.read_bytes()))
        known = registry()
        assert first.claims
        loaded = time.process_time()
        claims = view.claims
        done = time.process_time()
    names = sum(len(owner.get("aliases", ())) for owner in owners(load()["entities"]))
    return loaded - start, done - loaded, (len(known.entities), names, len(claims))


def parsed(text: str) -> Deck:
    """A deck whose inline content has been read as well."""
    found = parse(Source(text))
    for node in walk(found):
        if isinstance(node, Leaf):
            _ = node.view.folded
    return found


def deck(megabytes: float) -> str:
    """A deck of about that size in slides of three paragraphs."""
    chance = random.Random(1)
    parts: list[str] = []
    written = 0
    while written < megabytes * 1e6:
        slide = "\n\n".join(("# 历史 History", *chance.sample(SENTENCES, 3)))
        written += len(slide.encode())
        parts.append(slide)
    return "---\nmarp: true\n---\n\n" + "\n\n---\n\n".join(parts) + "\n"


def grown(shipped: dict[str, Any], times: int) -> dict[str, Any]:
    """The rule book with its entities and as many copies as make it `times` as large."""
    chance = random.Random(2)
    entities = list(shipped["entities"])
    for number in range(1, times):
        entities += (renamed(entity, number, chance) for entity in shipped["entities"])
    return {**shipped, "entities": entities}


def renamed(entity: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    """A copy of an entity and its variants under ids and names of its own."""
    made = copy.deepcopy(entity)
    for owner in (made, *made.get("variants", ())):
        owner["id"] = f"{owner['id']}-{number}"
        for alias in owner.get("aliases", ()):
            alias["text"] = f"{invented(chance)}-{number}"
    return made


def invented(chance: random.Random) -> str:
    """A name that can be spoken and that nobody has: `Brelugo`."""
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(3, 6))).capitalize()


if __name__ == "__main__":
    main()
