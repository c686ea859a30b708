"""Divides every slide of real decks that overflows, and asks a browser whether the slides that come of it fit.

    python tools/splits.py FOLDER RESULTS WORK [--theme NAME] [--every N]

FOLDER and RESULTS are those of `tools/overflow.py`; the divided decks and what Chromium measures of them go into WORK. Only decks
in Marp's own themes are taken; those whose style hides elements that Marp prints as text are rendered as their authors do it:
with all HTML let through. It is also checked that nothing is lost and nothing repeated but titles, that every slide keeps its
directives, backgrounds and notes, and that fixing again changes nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from overflow import _SCRIPT, forced, read, result_file

from decklint.checks.ly.ly001_slide_overflow import check as OVERFLOW
from decklint.checks.ly.ly003_code_too_long import check as CODE
from decklint.checks.ly.ly005_table_too_tall import check as TABLE
from decklint.checks.ly.ly007_image_overflows import check as IMAGE
from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import (
    CodeBlock,
    Comment,
    Heading,
    HtmlBlock,
    Image,
    Leaf,
    ListItem,
    MathBlock,
    StyleBlock,
    TableRow,
)
from decklint.deck.walk import bold_title, walk
from decklint.decks import find_decks
from decklint.files import ProjectFiles
from decklint.findings import Finding
from decklint.fixing import apply
from decklint.guard import undeclared
from decklint.layout.causes import hidden_elements, line_height
from decklint.layout.estimate import layout_of
from decklint.marprc import tool_settings
from decklint.parse import parse, read_options
from decklint.rule import DeckView, run
from decklint.text import Source
from decklint.theme import BUILT_IN, Theme

_BAD = ("over", "cut")
_FIFTH = 0.2
"""Of a line: less than that too much is seen by nobody, and `slide-overflow` says nothing."""
_SENTENCE = re.compile(r"(?<=[。！？.!?])\s*")
_WRAPPER = re.compile(r"</?(?:div|article|aside|center|main|small|big)\b[^>]*>|\s(?:width|height)=[\"']?[\d.]+(?:px|%)?[\"']?")


@dataclass(slots=True)
class Divided:
    """A deck with its slides divided: what became of each slide, from and to (exclusive) in the new deck."""

    name: str
    theme: str
    path: Path
    deck: Deck
    files: ProjectFiles
    before: list[dict[str, Any]]
    found: dict[int, Finding]
    """The findings with a fix, by the number of their slide."""
    overflowing: dict[int, bool]
    """The slides that overflow in the browser; whether by a fifth of a line or more."""
    flagged: set[int]
    new: Deck
    problems: list[str] = field(default_factory=list)

    def slides_of(self) -> dict[int, range]:
        """The numbers of the new slides, by the number of the old one."""
        at, places = 1, {}
        for slide in self.deck.slides:
            fix = self.found[slide.number].fix if slide.number in self.found else None
            size = fix.title.values.get("slides", 1) if fix else 1
            places[slide.number] = range(at, at + size)
            at += size
        return places


def divided(folder: Path, results: Path, work: Path, theme: str, every: int = 1) -> Iterator[Divided]:
    """All decks in Marp's own themes that overflow somewhere, divided; of all decks, only one in `every`."""
    projects: dict[Path, ProjectFiles] = {}
    for path in sorted(find_decks([str(folder)]), key=lambda path: crc32(path.as_posix().encode()))[::every]:
        name = path.relative_to(folder).as_posix()
        file = result_file(results, name, theme)
        found = read(path.absolute(), projects) if file.exists() else None
        result = json.loads(file.read_text(encoding="utf-8")) if found else {"error": ""}
        if found is None or "error" in result or result["theme"] not in BUILT_IN:
            continue
        deck, own, files = found
        if hidden_elements(deck):
            job = _job(path, path, deck, files, theme) | {"out": str(result_file(work / "html", name, theme))}
            _render([job])
            result = json.loads(Path(job["out"]).read_text(encoding="utf-8"))
        findings = _findings(deck, forced(own, theme), files)
        bad = {slide["slide"]: slide for slide in result["slides"] if slide["verdict"] in _BAD}
        if bad or findings:
            lines = {layout.slide.number: line_height(layout) for layout in layout_of(deck, forced(own, theme), files)}
            overflowing = {number: max(slide["over"], slide["overX"]) >= _FIFTH * lines[number] for number, slide in bad.items()}
            fixable = {finding.slide: finding for finding in findings if finding.fix}
            text = apply(deck.source.text, list(fixable.values()))
            new = parse(Source(text, deck.path), read_options(files))
            flagged = {finding.slide for finding in findings}
            each = Divided(name, theme, path, deck, files, result["slides"], fixable, overflowing, flagged, new)
            each.problems = list(_problems(each, forced(own, theme)))
            yield each


def _findings(deck: Deck, theme: Theme, files: ProjectFiles) -> list[Finding]:
    view = DeckView(deck, files)
    view.__dict__["theme"] = theme
    return [finding for rule in (OVERFLOW, IMAGE, TABLE, CODE) for finding in run(rule, view)]


# ---------------------------------------------------------------- nothing lost, nothing repeated


def _problems(each: Divided, theme: Theme) -> Iterator[str]:
    if len(each.new.slides) != sum(len(place) for place in each.slides_of().values()):
        yield f"{len(each.new.slides)} slides, not as many as promised"
        return
    effects = undeclared(each.deck, each.new, [finding.fix for finding in each.found.values() if finding.fix])
    if effects:
        yield f"undeclared: {sorted(effect.value for effect in effects)}"
    for number, places in each.slides_of().items():
        old, new = each.deck.slides[number - 1], [each.new.slides[at - 1] for at in places]
        yield from (f"slide {number}: {problem}" for problem in _differences(old, new))
    again = _findings(each.new, theme, each.files)
    fixable = [finding.slide for finding in again if finding.fix]
    if fixable:
        yield f"again to divide: new slides {fixable}"


def _differences(old: Slide, new: list[Slide]) -> Iterator[str]:
    kept = {key: value for key, value in old.directives.items() if key != "header" or value}
    for slide in new:
        if {key: value for key, value in slide.directives.items() if key != "header" or value} != kept:
            yield f"directives differ on {slide.number}"
        if _acting(slide) != _acting(old):
            yield f"backgrounds or styles differ on {slide.number}"
    seen: set[str] = set()
    content = sorted(part for slide in new for part in _content(slide, seen))
    if content != sorted(_content(old, set())):
        yield "content differs"
    if [note for slide in new for note in _notes(slide)] != _notes(old):
        yield "notes differ"


def _acting(slide: Slide) -> set[str]:
    backgrounds = {
        f"{node.url} {[word.text for word in node.words]}"
        for node in walk(slide)
        if isinstance(node, Image) and node.is_background
    }
    return backgrounds | {node.css for node in walk(slide) if isinstance(node, StyleBlock) and node.scoped}


def _notes(slide: Slide) -> list[str]:
    return [node.value for node in walk(slide) if isinstance(node, Comment) and node.kind == "note"]


def _content(slide: Slide, seen: set[str]) -> list[str]:
    """What is to be read and seen, line by line, without what is repeated at the beginning.

    `seen` holds what may be: titles, items with lists below them, heads of tables. Those of the slide are added to it.
    """
    found: list[str] = []
    pictures: list[str] = []
    leading = bool(seen)
    strong = bold_title(slide)
    for node in walk(slide):
        if isinstance(node, Leaf):
            lines = node.view.text.strip().split("\n")
            is_bold = strong is not None and strong.parent is node
            kind = f"{node.__class__.__name__} of {node.parent.__class__.__name__}"
            first = f"{kind}: {_plain(lines[0] if is_bold else node.view.text.strip())}"
            may = is_bold or _may_be_repeated(node)
            repeats = leading and may and first in seen
            if may:
                seen.add(first)
            if repeats:
                lines = lines[1:] if is_bold else []
            parts = [part.strip() for line in lines for part in _SENTENCE.split(line) if part.strip()]
            leading = leading and not parts
            found += parts
        elif isinstance(node, (CodeBlock, MathBlock)):
            found += [line.rstrip() for line in node.value.splitlines() if line.strip()]
            leading = False
        elif isinstance(node, HtmlBlock):
            found += _WRAPPER.sub("", node.value).split()
        elif isinstance(node, Image) and not node.is_background:
            pictures.append(node.url)
    return found + pictures


def _may_be_repeated(node: Leaf) -> bool:
    item, row = node.parent, node.parent
    if isinstance(item, ListItem):
        return node is item.blocks[0] and len(item.blocks) > 1
    return isinstance(node, Heading) or (isinstance(row, TableRow) and row.is_header)


def _plain(title: str) -> str:
    return re.sub(r"\s*[(（](?:续|cont(?:inued|d|'d)?\.?|\d+)[)）]$", "", title, flags=re.IGNORECASE)


# ---------------------------------------------------------------- what the browser says


def measure(decks: list[Divided], work: Path) -> None:
    """Render the divided decks."""
    jobs = []
    for each in decks:
        target = work / f"{each.name.replace('/', '__')}.{each.theme or 'own'}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(each.new.source.text, encoding="utf-8")
        job = _job(target, each.path, each.deck, each.files, each.theme)
        jobs.append(job | {"out": str(target.with_suffix(".json")), "name": each.name})
    _render(jobs)


def _job(file: Path, path: Path, deck: Deck, files: ProjectFiles, theme: str) -> dict[str, Any]:
    """What `overflow.mjs --jobs` is to measure: a file that stands for the deck at `path`."""
    job: dict[str, Any] = {"file": str(file), "base": str(path.parent.absolute())}
    job |= {"theme": theme} if theme else {}
    job |= {"html": True} if tool_settings(files).html or hidden_elements(deck) else {}
    return job if read_options(files).breaks else job | {"breaks": False}


def _render(jobs: list[dict[str, Any]]) -> None:
    lines = "\n".join(map(json.dumps, jobs))
    subprocess.run(["node", str(_SCRIPT), "--jobs"], input=lines.encode(), check=True)


_CLEARLY = " by a fifth of a line"


def report(decks: list[Divided], work: Path) -> Iterator[str]:
    """Figures, then every slide that still overflows."""
    counts: Counter[str] = Counter()
    left = []
    for each in decks:
        file = work / f"{each.name.replace('/', '__')}.{each.theme or 'own'}.json"
        slides = json.loads(file.read_text(encoding="utf-8")).get("slides", [])
        places = each.slides_of()
        count = partial(_count, counts, each)
        counts["decks"] += 1
        count("overflow", each.overflowing)
        count("flagged", each.flagged)
        for number in each.found:
            now = [slides[at - 1] for at in places[number]]
            what = "divided" if len(now) > 1 else "with a smaller picture"
            bad = [slide for slide in now if slide["verdict"] in _BAD]
            count(what, [number])
            if not bad:
                count(f"{what}, fit now", [number])
                count("fit now", [number])
            counts["slides made of those divided"] += len(now) if len(now) > 1 else 0
            left += [f"{each.name} [{each.theme}] slide {number}: over {slide['over']}, x {slide['overX']}" for slide in bad]
        counts["problems"] += len(each.problems)
        left += [f"{each.name} [{each.theme}]: {problem}" for problem in each.problems]
    yield from (f"{counts[name]:6} {name}" for name in counts)
    for kind in ("", _CLEARLY):
        of = counts["overflow" + kind]
        yield f"{counts['fit now' + kind] / of:6.1%} of those that overflow{kind} fit now" if of else ""
    yield f"{counts['fit now'] / max(1, counts['flagged']):6.1%} of those flagged fit now"
    yield from left


def _count(counts: Counter[str], each: Divided, what: str, numbers: Iterable[int]) -> None:
    """Count slides that overflow in the browser, all of them and those that do so clearly."""
    bad = [each.overflowing[number] for number in numbers if number in each.overflowing]
    counts[what] += len(bad)
    counts[what + _CLEARLY] += sum(bad)


def main() -> None:
    """Divide, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--theme", choices=sorted(BUILT_IN), default="")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take one deck in N, by chance")
    given = parser.parse_args()
    decks = list(divided(given.folder, given.results, given.work, given.theme, given.every))
    measure(decks, given.work)
    print("\n".join(report(decks, given.work)))


if __name__ == "__main__":
    sys.exit(main())
