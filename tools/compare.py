"""Hold decklint beside other tools on one deck: what each says, by kind, what only one side says, what each fixer does.

    python tools/compare.py DECK                    run the installed tools and print the comparison
    python tools/compare.py DECK --keep NAME        keep what the others say as tools/compare/NAME.json as well, and renew
                                                    the part NAME of docs/comparison.md
    python tools/compare.py DECK --kept NAME        let the others say what was kept, without running them; print
    python tools/compare.py DECK --kept NAME --write    the same, and renew the part

The others are installed with `npm ci` in tools/compare, and there with
`python -m venv .venv && .venv/bin/pip install -r requirements.txt`.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from peers import HOME, KINDS, PEERS, Said, command, counted, listen, mended, version

from decklint.deck.nodes import ListItem
from decklint.deck.walk import of_type
from decklint.findings import Finding, Safety
from decklint.project import Checker

PAGE = HOME.parent.parent / "docs" / "comparison.md"
_SHOWN = 12  # line numbers in one cell
_FAMILIES = {
    "AX": "access",
    "CN": "fact",
    "FC": "fact",
    "HD": "title",
    "IM": "picture",
    "LY": "layout",
    "MP": "marp",
    "TM": "name",
}
_CODES = {
    "AX001": "access", "AX002": "access", "MP003": "list", "MP004": "list", "TM011": "source", "TY001": "width",
    "TY002": "pair", "TY003": "letters", "TY004": "quote", "TY005": "pair", "TY006": "spacing", "TY007": "marks",
    "TY008": "marks", "TY009": "beside", "TY010": "marks", "TY011": "spacing", "TY012": "letters",
    "TY013": "letters", "TY014": "marks",
}  # fmt: skip

Table = dict[str, dict[str, list[int]]]


def ours(deck: Path, *chosen: str) -> Table:
    """What decklint says, with the rules that are on by default or those chosen."""
    result = Checker(chosen).check_file(deck)
    assert result.deck is not None
    source = result.deck.source
    return counted(Said(f"{f.code} {f.name}", _kind(f, source.text), source.line(f.span.start)) for f in result.findings)


def _kind(finding: Finding, text: str) -> str:
    """The kind of one of our findings; brackets among the marks of TY001 are a kind of their own."""
    if finding.code == "TY001" and text[finding.span.start] in "()":
        return "bracket"
    return _CODES.get(finding.code, _FAMILIES.get(finding.code[:2], "other"))


def others(deck: Path) -> dict[str, Any]:
    """What each installed tool says of a deck and what its fixer does to it; tools that are not installed are left out."""
    kept: dict[str, Any] = {}
    for peer in PEERS:
        program = command(peer.name)
        if program is None:
            print(f"{peer.name}: not installed", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            fixed = mended(peer, program, deck, Path(folder))
        kept[peer.name] = {
            "version": version(peer, program),
            "said": counted(listen(peer, program, deck)),
            "fix": changed(deck, fixed),
        }
    return kept


def changed(deck: Path, fixed: bytes) -> dict[str, int]:
    """How many lines of a deck a fixer touched, and what Marp sees afterwards."""
    old, new = deck.read_text(encoding="utf-8").split("\n"), fixed.decode("utf-8").split("\n")
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    lines = sum(max(end - start, stop - begin) for tag, start, end, begin, stop in steps if tag != "equal")
    return {"lines": lines} | shape(deck, fixed)


def shape(deck: Path, data: bytes) -> dict[str, int]:
    """How many slides, and how many list items that appear one by one, Marp sees in a text in the place of a deck."""
    result = Checker(("MP002",)).check_stream(data, deck)
    assert result.deck is not None
    return {"slides": len(result.deck.slides), "animated": sum(item.is_fragment for item in of_type(result.deck, ListItem))}


# ------------------------------------------------------------------ the part of the page


def part(deck: Path, kept: dict[str, Any]) -> str:
    """The comparison in Markdown."""
    default, everything = ours(deck), ours(deck, "ALL")
    fixed = Checker().check_stream(deck.read_bytes(), deck, (Safety.SAFE,)).new
    tables = {f"{name} {tool['version']}": tool["said"] for name, tool in kept.items()}
    tables |= {f"{peer.name} (not installed)": {} for peer in PEERS if peer.name not in kept}
    tables |= {"decklint": default, "decklint, all rules": everything}
    fixes = {name: tool["fix"] for name, tool in kept.items()} | {"decklint": changed(deck, fixed)}
    before = shape(deck, deck.read_bytes())
    lines = deck.read_text(encoding="utf-8").count("\n")
    said = [tool["said"] for tool in kept.values()]
    return "\n".join(
        [
            f"{lines} lines, {before['slides']} slides, {before['animated']} list items that appear one by one.",
            "", "Findings by kind:", "", *_overview(tables),
            "", "What each fixer does (of decklint, the safe fixes):", "", *_fixers(fixes),
            "", "What only decklint says (no other tool says anything of this kind about the line):", "",
            *_only("rule of decklint", {"": everything}, said, default),
            "", "What only others say (decklint with all its rules says nothing of this kind about the line):", "",
            *_only("rule", {f"{name}: ": tool["said"] for name, tool in kept.items()}, [everything]),
        ]
    )  # fmt: skip


def _overview(tables: dict[str, Table]) -> list[str]:
    rows = [f"| | {' | '.join(tables)} |", f"| --- |{' ---: |' * len(tables)}"]
    for kind, title in KINDS.items():
        counts = [sum(map(len, table.get(kind, {}).values())) for table in tables.values()]
        if any(counts):
            rows.append(f"| {title} | {' | '.join(str(count or '') for count in counts)} |")
    sums = [sum(len(lines) for rules in table.values() for lines in rules.values()) for table in tables.values()]
    return [*rows, f"| **all** | {' | '.join(map(str, sums))} |"]


def _fixers(fixes: dict[str, dict[str, int]]) -> list[str]:
    rows = [f"| {name} | {fix['lines']} | {fix['slides']} | {fix['animated']} |" for name, fix in fixes.items()]
    return ["| | lines changed | slides afterwards | items one by one afterwards |", "| --- | ---: | ---: | ---: |", *rows]


def _only(title: str, mine: dict[str, Table], theirs: Iterable[Table], default: Table | None = None) -> list[str]:
    """Rules and the lines about which the other side says nothing of the same kind."""
    known: defaultdict[str, set[int]] = defaultdict(set)
    for table in theirs:
        for kind, rules in table.items():
            known[kind].update(line for lines in rules.values() for line in lines)
    rows = [f"| kind | {title} | findings | lines |", "| --- | --- | ---: | --- |"]
    for kind, heading in KINDS.items():
        for name, table in mine.items():
            for rule, lines in table.get(kind, {}).items():
                alone = [line for line in lines if line not in known[kind]]
                off = " (off by default)" if default is not None and rule not in default.get(kind, {}) else ""
                if alone:
                    rows.append(f"| {heading} | {name}{rule}{off} | {len(alone)} | {_lines(alone)} |")
    return rows


def _lines(lines: list[int]) -> str:
    places = [f"{line} ({count}×)" if count > 1 else str(line) for line, count in sorted(Counter(lines).items())]
    return ", ".join(places[:_SHOWN]) + (f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else "")


def renew(name: str, text: str) -> None:
    """Put a part in the place of the old one, between its two markers."""
    page = PAGE.read_text(encoding="utf-8")
    marks = re.compile(rf"(<!-- {re.escape(name)}: .*?-->\n).*?(<!-- /{re.escape(name)} -->)", re.DOTALL)
    PAGE.write_text(marks.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page), encoding="utf-8", newline="\n")


def keep(name: str, kept: dict[str, Any]) -> None:
    """Write what others say: a rule and its lines in one line of the file."""
    dumped = re.sub(r"\[[\s\d,]+\]", lambda found: re.sub(r"\s+", " ", found[0]), json.dumps(kept, indent=1))
    (HOME / f"{name}.json").write_text(f"{dumped}\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("deck", type=Path)
    parser.add_argument("--keep", metavar="NAME")
    parser.add_argument("--kept", metavar="NAME")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    name = options.keep or options.kept
    kept = json.loads((HOME / f"{name}.json").read_text(encoding="utf-8")) if options.kept else others(options.deck)
    text = part(options.deck, kept)
    sys.stdout.buffer.write(f"{text}\n".encode())
    if options.keep:
        keep(name, kept)
    if options.keep or options.write:
        renew(name, text)


if __name__ == "__main__":
    main()
