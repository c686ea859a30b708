"""What other tools say of a deck: each is run as its users run it, and every finding gets a rule, a kind and a line.

Used by compare.py. No text of the deck is kept.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).resolve().parent / "compare"
_HAN = r"[㐀-䶿一-鿿]"
_WORD = re.compile(rf"{_HAN}|[A-Za-z0-9]")
_BRACKETS, _QUOTES = "()（）[]【】", "\"'“”‘’「」『』"

KINDS = {
    "spacing": "space between Chinese and Latin letters or digits",
    "beside": "spaces beside punctuation, brackets, quotation marks, code",
    "width": "half- or full-width punctuation",
    "bracket": "half- or full-width brackets",
    "quote": "straight or curly quotation marks",
    "pair": "brackets and quotation marks without a partner",
    "marks": "ellipses, dashes, doubled marks",
    "letters": "full-width letters and digits, invisible characters",
    "name": "names, acronyms, terms, doubled words",
    "fact": "facts and sums",
    "title": "titles and headings",
    "list": "lists",
    "picture": "pictures and links",
    "access": "texts for pictures, language of the deck",
    "marp": "what Marp loses or ignores",
    "layout": "what does not fit on a slide",
    "source": "blank lines, line length, markup of the source",
    "other": "other",
}


class Said(NamedTuple):
    """One finding. `line` counts from 1."""

    rule: str
    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: where its version is found, how it checks a file and mends it, and how its words are read."""

    name: str
    package: str
    check: tuple[str, ...]
    fix: tuple[str, ...]
    read: Callable[[str, list[str]], Iterator[Said]]


def command(name: str) -> str | None:
    """The installed program: beside this file first, then where the system looks. None if there is none."""
    places = (HOME / "node_modules" / ".bin", HOME / ".venv" / "bin", *os.get_exec_path())
    return shutil.which(name, path=os.pathsep.join(map(str, places)))


def version(peer: Peer, program: str) -> str:
    """The version of the package that a program belongs to, as its manifest or the program itself tells."""
    for folder in Path(program).resolve().parents:
        manifest = folder / "package.json"
        if manifest.is_file() and (told := json.loads(manifest.read_text(encoding="utf-8"))).get("name") == peer.package:
            return str(told["version"])
    return _run((program, "--version"), Path.cwd()).split()[-1]


def listen(peer: Peer, program: str, deck: Path) -> list[Said]:
    """What a tool says of a deck where it lies, with the tool's own defaults."""
    lines = deck.read_text(encoding="utf-8").split("\n")
    return list(peer.read(_run((program, *peer.check, deck.name), deck.parent), lines))


def mended(peer: Peer, program: str, deck: Path, folder: Path) -> bytes:
    """What the tool's own fixer makes of a copy of the deck in an empty folder."""
    copy = folder / deck.name
    shutil.copyfile(deck, copy)
    _run((program, *peer.fix, copy.name), folder)
    return copy.read_bytes()


def _run(words: tuple[str, ...], folder: Path) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False, env={**os.environ, "NO_COLOR": "1"})
    return done.stdout.decode("utf-8") + done.stderr.decode("utf-8")


# ------------------------------------------------------------------ how each is read


def _autocorrect(output: str, _lines: list[str]) -> Iterator[Said]:
    """It names no rules: a line of text before and after, so the kind is told from what changed between them."""
    for line in (line for message in json.loads(output[: output.rindex("}") + 1])["messages"] for line in message["lines"]):
        old, new = line["old"], line["new"]
        for tag, start, end, begin, stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                row = line["l"] + old.count("\n", 0, start)
                yield Said(
                    "edit", _kind_of_edit(old[start - 1 : start], old[start:end], new[begin:stop], old[end : end + 1]), row
                )


def _kind_of_edit(before: str, old: str, new: str, after: str) -> str:
    if not (old + new).strip():
        return "spacing" if _WORD.match(before) and _WORD.match(after) else "beside"
    if any(char in _BRACKETS for char in old):
        return "bracket"
    if re.search(r"[０-９Ａ-Ｚａ-ｚ]", old):
        return "letters"
    return "name" if re.search(r"\w", old) else "width"


_ZHLINT = {
    "中英文内容之间": ("spaceBetweenMixedwidthContent", "spacing"),
    "全角内容之间": ("noSpaceBetweenFullwidthContent", "spacing"),
    "半角内容之间": ("spaceBetweenHalfwidthContent", "spacing"),
    "使用全角": ("fullwidthPunctuation", "width"),
    "使用半角": ("halfwidthPunctuation", "width"),
    "统一": ("unifiedPunctuation", "width"),
    "后不需要空格": ("noSpaceAfterFullwidthPauseOrStop", "beside"),
    "前不需要空格": ("noSpaceBeforePauseOrStop", "beside"),
    "后需要一个空格": ("spaceAfterHalfwidthPauseOrStop", "beside"),
    "引号的外部需要": ("spaceOutsideHalfwidthQuotation", "beside"),
    "引号的外部不": ("noSpaceOutsideFullwidthQuotation", "beside"),
    "引号的内部": ("noSpaceInsideQuotation", "beside"),
    "括号的外部需要": ("spaceOutsideHalfwidthBracket", "beside"),
    "括号的外部不": ("noSpaceOutsideFullwidthBracket", "beside"),
    "括号的内部": ("noSpaceInsideBracket", "beside"),
    "内联代码": ("spaceOutsideCode", "beside"),
    "Markdown": ("noSpaceInsideHyperMark", "beside"),
    "外部空格": ("trimSpace", "source"),
    "未匹配": ("noSinglePair", "pair"),
    "未闭合": ("noSinglePair", "pair"),
}
"""Its messages have no codes: what each contains, and the option that switches it (README of zhlint, "Supported rules")."""


def _zhlint(output: str, lines: list[str]) -> Iterator[Said]:
    for line, column, message in re.findall(r"^.+?:(\d+):(\d+) - (.+)$", output, re.MULTILINE):
        rule, kind = next((found for part, found in _ZHLINT.items() if part in message), (message, "other"))
        yield Said(rule, _narrowed(kind, lines[int(line) - 1][int(column) :][:1]), int(line))


def _lint_md(output: str, _lines: list[str]) -> Iterator[Said]:
    kinds = {"space-around-alphabet": "spacing", "space-around-number": "spacing", "no-half-width-punctuation": "width"}
    kinds |= {"use-standard-ellipsis": "marks", "no-full-width-number": "letters", "no-empty-url": "picture"}
    kinds |= {"correct-title-trailing-punctuation": "title", "no-space-in-link": "picture", "no-empty-list": "list"}
    for line, message, rule in re.findall(r"^ +(\d+):\d+ +\w+ +(.+?) +([a-z-]+)$", output, re.MULTILINE):
        mark = re.search(r'"(.)"', message)
        yield Said(rule, _narrowed(kinds.get(rule, "source"), mark[1] if mark else ""), int(line))


def _narrowed(kind: str, mark: str) -> str:
    """Brackets and quotation marks apart from other punctuation."""
    if kind != "width" or not mark:
        return kind
    return "bracket" if mark in _BRACKETS else "quote" if mark in _QUOTES else kind


_MARKDOWN = {
    "title": "001 003 018 019 020 021 022 023 024 025 026 036 041 043",
    "list": "004 005 006 007 029 030 032 069 076 077",
    "picture": "011 034 039 042 051 052 053 054 057 059",
    "access": "045",
    "name": "044 061",
    "spacing": "089",
}
"""Numbers of markdownlint, which rumdl shares and continues; all others are about the source."""


def _markdown(output: str, _lines: list[str]) -> Iterator[Said]:
    kinds = {f"MD{number}": kind for kind, numbers in _MARKDOWN.items() for number in numbers.split()}
    for line, rule in re.findall(r"^.+?:(\d+)(?::\d+)?:? (?:error |warning )?\[?(MD\d{3})\b", output, re.MULTILINE):
        yield Said(rule, kinds.get(rule, "source"), int(line))


PEERS = (
    Peer("autocorrect", "autocorrect-node", ("--lint", "--format", "json"), ("--fix",), _autocorrect),
    Peer("zhlint", "zhlint", (), ("--fix",), _zhlint),
    Peer("lint-md", "@lint-md/cli", (), ("--fix",), _lint_md),
    Peer("markdownlint-cli2", "markdownlint-cli2", (), ("--fix",), _markdown),
    Peer(
        "rumdl",
        "rumdl",
        ("check", "--no-cache", "--no-config", "--color", "never"),
        ("fmt", "--no-cache", "--no-config"),
        _markdown,
    ),
)


def counted(said: Iterable[Said]) -> dict[str, dict[str, list[int]]]:
    """Findings as kind, rule, lines: the form in which they are kept."""
    table: dict[str, dict[str, list[int]]] = {}
    for rule, kind, line in sorted(said):
        table.setdefault(kind, {}).setdefault(rule, []).append(line)
    return table
