"""Holds the estimate of `decklint.layout` against pixels: the same decks, laid out by decklint and measured in a browser.

    python tools/overflow.py FOLDER RESULTS --measure   render all decks below FOLDER with Marp, keep what Chromium measures
    python tools/overflow.py FOLDER RESULTS             compare the estimates with what was kept: figures, and the worst slides
    python tools/overflow.py --golden                   the same for the decks in fixtures/layout/golden

`--theme NAME` (again for more) measures, or compares, decks as if they asked for this theme. `--measure` needs Node, `npm ci` in
tools/marp, and Chromium; comparing needs nothing but the results.
`--worst N` lists more slides, `--csv FILE` writes all.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import CodeBlock, HtmlBlock, Image, InlineHtml, InlineMath, MathBlock, Table
from decklint.deck.walk import walk
from decklint.decks import find_decks
from decklint.files import ProjectFiles, project_root
from decklint.layout.estimate import layout_of
from decklint.layout.model import SlideLayout, Verdict
from decklint.marprc import tool_settings
from decklint.parse import parse, read_options
from decklint.text import Source, UnreadableSource
from decklint.theme import BUILT_IN, Theme, theme_of

_SCRIPT = Path(__file__).parent / "marp" / "overflow.mjs"
_GOLDEN = Path(__file__).parent.parent / "fixtures" / "layout" / "golden"
_BAD = ("over", "cut")
_COLUMNS = (
    *("deck", "theme", "slide", "line", "features", "ours", "theirs", "over", "their_over", "over_x", "their_over_x"),
    *("scale", "fill", "sure", "declined"),
)
_FEATURES = (
    ("code", (CodeBlock,)),
    ("table", (Table,)),
    ("math", (MathBlock, InlineMath)),
    ("image", (Image,)),
    ("HTML", (HtmlBlock, InlineHtml)),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One slide: what we estimate, and what the browser measured."""

    deck: str
    theme: str
    features: frozenset[str]
    ours: SlideLayout
    theirs: dict[str, Any]

    @property
    def is_judged(self) -> bool:
        """Whether we say anything."""
        return self.ours.verdict is not Verdict.DECLINED

    @property
    def is_hit(self) -> bool:
        """Whether we say that the slide overflows."""
        return self.ours.verdict.value in _BAD

    @property
    def is_bad(self) -> bool:
        """Whether it does."""
        return self.theirs["verdict"] in _BAD

    @property
    def error(self) -> float:
        """Our lower end of the ink less theirs, in pixels."""
        return self.ours.over - float(self.theirs["over"])


# ---------------------------------------------------------------- decks and their results


def read(path: Path, projects: dict[Path, ProjectFiles]) -> tuple[Deck, Theme, ProjectFiles] | None:
    """A deck with its theme and the files of its project; None where it is no text."""
    root, marked = project_root(path)
    files = projects.setdefault(root, ProjectFiles(root, marked=marked))
    try:
        deck = parse(Source.decode(path.read_bytes(), path.as_posix()), read_options(files))
    except UnreadableSource:
        return None
    return deck, theme_of(deck, files), files


def forced(theme: Theme, name: str) -> Theme:
    """A theme as if the deck had asked for a built-in one."""
    return replace(theme, name=name, known=True, sheets=()) if name else theme


def result_file(results: Path, name: str, theme: str) -> Path:
    """Where the measurements of a deck are kept; `theme` is empty for its own."""
    return results / f"{name.replace('/', '__')}.{theme or 'own'}.json"


def jobs(folder: Path, results: Path, themes: list[str]) -> Iterator[dict[str, Any]]:
    """What `overflow.mjs --jobs` is to measure."""
    projects: dict[Path, ProjectFiles] = {}
    for path in find_decks([str(folder)]):
        found = read(path.absolute(), projects)
        if found is None:
            continue
        _, theme, files = found
        if themes != [""] and theme.known and theme.name not in BUILT_IN:
            continue  # styled for a theme of its own: it looks like nothing in another
        options = read_options(files)
        css = [str(files.root / sheet.path) for sheet in theme.project_sheets if sheet.names]  # SCSS too, as the editor does
        name = path.relative_to(folder).as_posix()
        for one in themes:
            job = {"file": str(path), "name": name, "css": css, "out": str(result_file(results, name, one))}
            extra: dict[str, Any] = {"theme": one} if one else {}
            extra |= {"html": True} if tool_settings(files).html else {}
            yield job | extra if options.breaks else job | extra | {"breaks": False}


def pairs(folder: Path, results: Path, themes: list[str]) -> Iterator[Pair]:
    """All slides that were measured, with our estimates."""
    projects: dict[Path, ProjectFiles] = {}
    for path in find_decks([str(folder)]):
        name = path.relative_to(folder).as_posix()
        for one in themes:
            file = result_file(results, name, one)
            found = read(path.absolute(), projects) if file.exists() else None
            result: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if found else {"error": "not measured"}
            if found and "error" not in result:
                shown = result["theme"] if result["theme"] in BUILT_IN else "custom"
                if not one and found[1].known and found[1].name != result["theme"]:
                    print(f"{name}: its theme could not be loaded", file=sys.stderr)
                    continue
                yield from _paired(name, shown, found, one, result["slides"])


def golden_pairs() -> Iterator[Pair]:
    """The slides of the golden decks in all built-in themes."""
    for path in sorted(_GOLDEN.glob("*.md")):
        for name, slides in json.loads(path.with_suffix(".json").read_text(encoding="utf-8")).items():
            found = read(path, {})
            assert found is not None
            yield from _paired(path.stem, name, found, name, slides)


def _paired(
    name: str, theme: str, found: tuple[Deck, Theme, ProjectFiles], asked: str, slides: list[dict[str, Any]]
) -> Iterator[Pair]:
    deck, own, files = found
    estimates = layout_of(deck, forced(own, asked), files)
    if len(estimates) != len(slides):
        print(f"{name}: {len(estimates)} slides, Marp has {len(slides)}", file=sys.stderr)
        return
    for ours, theirs in zip(estimates, slides, strict=True):
        yield Pair(name, theme, features(ours.slide), ours, theirs)


def features(slide: Slide) -> frozenset[str]:
    """What makes a slide hard to estimate; `plain` where it holds text alone."""
    nodes = [node for node in walk(slide) if not (isinstance(node, InlineHtml) and node.value.lower().startswith("<br"))]
    found = [name for name, kinds in _FEATURES if any(isinstance(node, kinds) for node in nodes)]
    return frozenset(found or ("plain",))


# ---------------------------------------------------------------- figures


def report(found: list[Pair], worst: int) -> Iterator[str]:
    """Tables for people, in Markdown, then the slides where both are furthest apart."""
    yield "| slides of | slides | judged | over or cut | precision | recall | cut found | as cut | error: median | p90 |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for theme in (*BUILT_IN, "custom"):
        yield from _row(theme, [pair for pair in found if pair.theme == theme])
    yield from _row("built-in themes", [pair for pair in found if pair.theme in BUILT_IN])
    yield from _row("built-in, sure", [pair for pair in found if pair.theme in BUILT_IN and pair.ours.sure])
    for name in (*(name for name, _ in _FEATURES), "plain"):
        yield from _row(f"{name} (all themes)", [pair for pair in found if name in pair.features])
    yield from _row("all", found)
    reasons = Counter(pair.ours.declined for pair in found if not pair.is_judged)
    if reasons:
        yield f"\nDeclined: {', '.join(f'{reason} {count}' for reason, count in reasons.most_common())}."
    judged = sorted((pair for pair in found if pair.is_judged), key=_weight, reverse=True)
    if judged and worst:
        yield "\nFurthest apart (over, px):"
    for pair in judged[:worst]:
        theirs = pair.theirs
        what = f"ours {pair.ours.verdict.value} {pair.ours.over:.0f}, theirs {theirs['verdict']} {theirs['over']:.0f}"
        extra = f"x {pair.ours.over_x:.0f}/{theirs['overX']:.0f}"
        yield f"  {pair.deck} [{pair.theme}] slide {theirs['slide']}: {what}, {extra} ({', '.join(sorted(pair.features))})"


def _row(name: str, found: list[Pair]) -> Iterator[str]:
    judged = [pair for pair in found if pair.is_judged]
    if not judged:
        return
    hits, bad = [pair for pair in judged if pair.is_hit], [pair for pair in judged if pair.is_bad]
    true = sum(pair.is_bad for pair in hits)
    cut = [pair for pair in judged if pair.theirs["verdict"] == "cut"]
    errors = sorted(abs(pair.error) for pair in judged if pair.theirs["fill"])
    cells = (
        *(f"{len(found)} {len(judged)} {len(bad)}".split()),
        _share(true, len(hits)),
        _share(true, len(bad)),
        _share(sum(pair.is_hit for pair in cut), len(cut)),
        _share(sum(pair.ours.verdict is Verdict.CUT for pair in cut), len(cut)),
        f"{median(errors):.1f}" if errors else "-",
        f"{errors[int(0.9 * (len(errors) - 1))]:.1f}" if errors else "-",
    )
    yield f"| {name} | {' | '.join(cells)} |"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _weight(pair: Pair) -> tuple[bool, float]:
    """False verdicts first, then the largest errors."""
    return pair.is_hit != pair.is_bad, abs(pair.error)


def _write(found: Iterable[Pair], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(_COLUMNS)
        for pair in found:
            ours, theirs = pair.ours, pair.theirs
            rows.writerow(
                (
                    *(pair.deck, pair.theme, theirs["slide"], theirs.get("line", 0), " ".join(sorted(pair.features))),
                    *(ours.verdict.value, theirs["verdict"], round(ours.over, 1), theirs["over"], round(ours.over_x, 1)),
                    *(theirs["overX"], theirs["scale"], theirs["fill"], ours.sure, ours.declined),
                )
            )


def main() -> None:
    """Read the command line, and measure or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("results", type=Path, nargs="?")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--golden", action="store_true")
    parser.add_argument("--theme", action="append", choices=sorted(BUILT_IN), default=[])
    parser.add_argument("--worst", type=int, default=20)
    parser.add_argument("--csv", type=Path)
    given = parser.parse_args()
    if not given.golden and given.results is None:
        parser.error("FOLDER and RESULTS are needed, or --golden")
    themes = given.theme or [""]
    if given.measure:
        lines = "".join(json.dumps(job) + "\n" for job in jobs(given.folder, given.results, themes))
        sys.exit(subprocess.run(["node", str(_SCRIPT), "--jobs"], input=lines.encode(), check=False).returncode)
    found = list(golden_pairs() if given.golden else pairs(given.folder, given.results, themes))
    if given.csv:
        _write(found, given.csv)
    print("\n".join(report(found, given.worst)))


if __name__ == "__main__":
    main()
