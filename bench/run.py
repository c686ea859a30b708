"""decklint beside the tools that lecturers use today, on the same decks, in turns: one deck, a hundred, a thousand.

    python bench/run.py [--decks 1,100,1000,10000] [--rounds 5] [--deck FILE] [--corpus FOLDER] [--path FOLDER]… [--slow] [--keep]

The decks are copies of one lecture of 43 kB whose texts differ on every slide: a deck of the corpus where it lies beside this
checkout, else one of `fixtures/`, repeated; with `--corpus` the decks below a folder are measured instead, as they are, cold.
Tools are looked for in the folders given with `--path`, beside this Python, in PATH, and where `tools/compare` installs them; one
that is missing is left out (textlint wants `textlint-rule-no-todo` beside it, PyMarkdown is `pymarkdownlnt`). A round runs
everything once, so that a busy moment of the machine strikes all alike; printed are medians, and the ratio to rumdl without its
cache. decklint as installed from its wheel is what users have: a checkout also looks whether its packs have changed. Ten
thousand decks are left to decklint and rumdl; `--slow` runs all tools at sizes where they take minutes, `--keep` writes
`bench/results/`.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from processes import Cost, run

from decklint.decks import SUFFIXES, find_decks

ROOT = Path(__file__).resolve().parent.parent
COMPARED = (ROOT / "tools" / "compare" / ".venv" / "bin", ROOT / "tools" / "compare" / "node_modules" / ".bin")
CORPUS = ROOT.parent / "shared" / "corpus" / "decks"
FIXTURE = ROOT / "fixtures" / "course" / "week1" / "language-models.md"
RESULTS = ROOT / "bench" / "results"
SIZE = 43_000  # bytes of a deck: a lecture of 65 slides


class Tool(NamedTuple):
    """A tool: how it tells its version, and how it checks a folder without and with what it keeps ({} is a scratch folder)."""

    name: str
    version: tuple[str, ...]
    cold: tuple[str, ...]
    warm: tuple[str, ...] = ()
    most: int = 1000
    """The most decks that it is given unless asked to take minutes."""


DECKLINT = "decklint"
RUMDL = "rumdl"
TOOLS = (
    Tool(DECKLINT, ("--version",), ("check", "--no-cache", "."), ("check", "."), most=10_000),
    Tool(RUMDL, ("--version",), ("check", "--no-cache", "."), ("check", "--cache-dir", "{}/rumdl", "."), most=10_000),
    Tool("autocorrect", ("--version",), ("--lint", ".")),
    Tool("markdownlint-cli2", ("--help",), ("**/*.md",)),
    Tool("textlint", ("--version",), ("--rule", "no-todo", ".")),
    Tool("pymarkdown", ("version",), ("--set", "extensions.front-matter.enabled=$!True", "scan", "."), most=1),
)


class Row(NamedTuple):
    """What is measured: a tool in a state, on a number of decks."""

    decks: int
    tool: str
    state: str
    command: tuple[str, ...]


def main() -> None:
    """Measure and print."""
    asked = _asked()
    own = str(Path(sys.executable).parent)
    search = os.pathsep.join((*map(os.path.abspath, asked.path), own, os.environ["PATH"], *map(str, COMPARED)))
    found = {tool.name: where for tool in TOOLS if (where := shutil.which(tool.name, path=search))}
    lecture = asked.deck.read_text(encoding="utf-8") if asked.deck else the_lecture()
    lines = list(_heading(found, lecture))
    print("\n".join(lines), flush=True)
    numbers = [int(word) for word in asked.decks.split(",")] if asked.corpus is None else [0]
    for decks in numbers:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch, "course")
            if asked.corpus is not None:
                decks = _laid_out_corpus(folder, asked.corpus)
            else:
                _laid_out(folder, lecture, decks)
            rows = list(_rows(decks, found, Path(scratch), slow=asked.slow, changing=asked.corpus is None))
            table = list(_table(rows, folder, lecture, asked.rounds))
        print("\n".join(table), flush=True)
        lines += table
    if asked.keep:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{datetime.date.today().isoformat()}.md"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--decks", default="1,100,1000", help="numbers of decks, with commas")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--deck", type=Path, help="the lecture that is copied")
    parser.add_argument("--corpus", type=Path, help="a folder of decks that are measured instead")
    parser.add_argument("--path", action="append", default=[], help="a folder with tools")
    parser.add_argument("--slow", action="store_true", help="run tools at sizes where they take minutes")
    parser.add_argument("--keep", action="store_true", help="write bench/results/DATE.md")
    return parser.parse_args()


# ---------------------------------------------------------------- the decks


def the_lecture() -> str:
    """The deck of the corpus whose size is nearest to that of a lecture, else that of the fixtures, repeated to that size."""
    known = [path for path in CORPUS.rglob("*.md") if path.is_file()] if CORPUS.is_dir() else []
    near = min(known, key=lambda path: (abs(path.stat().st_size - SIZE), path.as_posix()), default=FIXTURE)
    text = near.read_text(encoding="utf-8")
    body = text.partition("\n---\n")[2]
    while len(text.encode()) < SIZE * 0.9:
        text += "\n---\n" + body
    return text


def copy_of(lecture: str, number: int) -> str:
    """A copy whose text differs from all others on every slide."""
    slides = re.split(r"(?m)^---$", lecture)
    return "---".join((*slides[:2], *(f"{slide}\nCopy {number}, part {at}.\n\n" for at, slide in enumerate(slides[2:]))))


def _laid_out(folder: Path, lecture: str, decks: int) -> None:
    (folder / ".git").mkdir(parents=True)
    for number in range(decks):
        path = folder / f"week{number // 20:02}" / f"lecture{number:04}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(copy_of(lecture, number), encoding="utf-8")


def _laid_out_corpus(folder: Path, corpus: Path) -> int:
    """The decks of a corpus with all that lies around them but other Markdown files, which some tools would check too.

    Each repository of it stays a project of its own. The answer is how many decks there are.
    """
    decks = set(find_decks([str(corpus)]))
    repositories = [Path()]

    def left_out(name: str, names: list[str]) -> set[str]:
        if ".git" in names:
            repositories.append(Path(name).relative_to(corpus))
        others = {each for each in names if each.lower().endswith(SUFFIXES) and Path(name, each) not in decks}
        return others | {".git", "node_modules"}.intersection(names)

    shutil.copytree(corpus, folder, ignore=left_out, symlinks=True, ignore_dangling_symlinks=True)
    for repository in repositories:
        (folder / repository / ".git").mkdir(exist_ok=True)
    return len(decks)


# ---------------------------------------------------------------- the measure


def _table(rows: Sequence[Row], folder: Path, lecture: str, rounds: int) -> Iterator[str]:
    env = {"DECKLINT_CACHE_DIR": str(folder.parent / "decklint"), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": ""}
    for row in rows:  # what is kept is there before the clock runs
        if row.state != "cold" or row.tool == DECKLINT:
            run(row.command, folder, env)
    costs: dict[Row, list[Cost]] = {row: [] for row in rows}
    for number in range(rounds):
        for row in rows:
            if row.state == "one changed":
                (folder / "week00" / "lecture0000.md").write_text(copy_of(lecture, row.decks + number), encoding="utf-8")
            costs[row].append(run(row.command, folder, env))
    yield from _printed(rows[0].decks if rows else 0, costs)


def _rows(decks: int, found: dict[str, str], scratch: Path, *, slow: bool, changing: bool) -> Iterator[Row]:
    for tool in TOOLS:
        if tool.name not in found or (decks > tool.most and not slow):
            continue
        yield Row(decks, tool.name, "cold", (found[tool.name], *tool.cold))
        if tool.warm and changing:
            warm = (found[tool.name], *(word.format(scratch) for word in tool.warm))
            yield Row(decks, tool.name, "warm", warm)
            yield Row(decks, tool.name, "one changed", warm)


def _printed(decks: int, costs: dict[Row, list[Cost]]) -> Iterator[str]:
    yield f"\n## {decks:,} deck{'s' * (decks > 1)}\n"
    yield "| tool | state | wall ms | processor ms | times rumdl, wall | times rumdl, processor | peak MB |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    medians = {row: tuple(statistics.median(cost[i] for cost in each) for i in range(3)) for row, each in costs.items()}
    measure = next((each for row, each in medians.items() if (row.tool, row.state) == (RUMDL, "cold")), None)
    for row, (wall, cpu, peak) in medians.items():
        ratios = f"{wall / measure[0]:.1f} | {cpu / measure[1]:.1f}" if measure else " | "
        failed = " (ended with an error)" if any(cost.code not in (0, 1) for cost in costs[row]) else ""
        yield f"| {row.tool}{failed} | {row.state} | {wall * 1e3:,.0f} | {cpu * 1e3:,.0f} | {ratios} | {peak:.0f} |"


def _heading(found: dict[str, str], lecture: str) -> Iterator[str]:
    yield f"# {datetime.date.today().isoformat()}\n"
    system = f"{platform.system()} {platform.machine()}"
    yield f"Python {platform.python_version()}, {system}, {os.cpu_count()} processors, load {_load()}; each deck"
    yield f"{len(lecture.encode()):,} bytes.\n"
    yield from (f"- {tool.name} {_version(found[tool.name], tool.version)}" for tool in TOOLS if tool.name in found)
    missing = [tool.name for tool in TOOLS if tool.name not in found]
    if missing:
        yield f"- not installed: {', '.join(missing)}"


def _version(command: str, words: Sequence[str]) -> str:
    done = subprocess.run([command, *words], capture_output=True, text=True, check=False)
    match = re.search(r"\d+\.\d+(?:\.\d+)?", done.stdout + done.stderr)
    return match[0] if match else "of unknown version"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    main()
