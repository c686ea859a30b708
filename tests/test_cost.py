"""What a check costs, counted instead of timed: calls of functions, modules imported. A busy machine changes none of it."""

from __future__ import annotations

import importlib.util
import itertools
import subprocess
import sys
from collections.abc import Callable

import pytest

from decklint import catalogue
from decklint.packs.book import Book, written
from decklint.packs.derived import parts_of
from decklint.packs.load import complete, load, use
from decklint.project import Checker
from tests.conftest import ROOT

LECTURE = ROOT / "fixtures" / "course" / "week1" / "language-models.md"

MODULES = """
import sys
from decklint.cli import main
try:
    main(["check", "--no-cache", sys.argv[1]])
except SystemExit:
    print(*sys.modules, file=sys.stderr)
"""

TRANSLATED = """
import re, sys
translate, patterns = re._parser.parse, []
def parse(pattern, *rest):
    patterns.append(pattern)
    return translate(pattern, *rest)
re._parser.parse = parse
from decklint.cli import main
try:
    main(["check", "--no-cache", sys.argv[1]])
except SystemExit:
    print(len(patterns), file=sys.stderr)
"""

NEVER = {
    "pydantic", "pydantic_core", "jieba", "langdetect", "jsonschema", "typing_extensions",
    "_hashlib", "asyncio", "concurrent.futures", "decimal", "email", "http", "imagesize", "importlib.metadata",
    "importlib.resources", "logging", "multiprocessing", "pkgutil", "shutil", "socket", "sqlite3", "ssl", "statistics",
    "tempfile", "unittest", "urllib.request", "xml",
    "decklint.config.schema", "decklint.packs.compile", "decklint.packs.schema", "decklint.testing",
}  # fmt: skip
"""What a plain check has no use for. Each costs as much as a family of rules, most of them as much as reading a deck."""


def calls(action: Callable[[], object]) -> int:
    """How many functions are called while an action runs, of Python and of C."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def lecture(size: int) -> str:
    """A deck of about `size` bytes: the slides of a lecture again and again, each time with another number in its text."""
    text = LECTURE.read_text(encoding="utf-8")
    front, slides = text[: text.index("\n---\n", 4)], text[text.index("\n---\n", 4) :].split("\n---\n")[1:]
    parts = [front]
    for number in itertools.count():
        parts += [f"{slide}\nRound {number}.\n" for slide in slides]
        if sum(len(part.encode()) for part in parts) >= size:
            return "\n---\n".join(parts)
    raise AssertionError


def cost_per_byte(text: str) -> float:
    """Calls per byte of the second deck that is checked: what is made once is made."""
    data = text.encode()
    checker = Checker()
    checker.check_stream(LECTURE.read_bytes(), LECTURE)
    return calls(lambda: checker.check_stream(data, LECTURE)) / len(data)


def said(script: str) -> list[str]:
    """What a script that runs the command says of a check of the lecture, when what is kept for all runs is there."""
    load()  # a checkout compiles its packs when they change
    command = [sys.executable, "-c", script, str(LECTURE)]
    return [subprocess.run(command, capture_output=True, text=True, check=True).stderr for _ in range(2)][1].split()


def test_the_cost_per_byte_does_not_grow_with_the_deck() -> None:
    small, large = cost_per_byte(lecture(30_000)), cost_per_byte(lecture(300_000))

    assert small * 0.6 < large < small * 1.02  # what a deck costs once is shared by more bytes


def cost_with_facts(times: int) -> float:
    """Calls per byte with a rule book whose entities are so many times as many; for a process of its own."""
    specification = importlib.util.spec_from_file_location("facts", ROOT / "bench" / "facts.py")
    assert specification is not None and specification.loader is not None
    bench = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(bench)
    use(Book(written(parts_of(bench.grown(complete(), times)))))
    return cost_per_byte(lecture(30_000))


def test_the_cost_does_not_grow_with_the_number_of_facts() -> None:
    code = "import sys; from tests.test_cost import cost_with_facts; print(cost_with_facts(int(sys.argv[1])))"
    few, many = (
        float(subprocess.run([sys.executable, "-c", code, times], cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        for times in ("1", "5")
    )

    assert few * 0.98 < many < few * 1.02


def test_a_plain_check_imports_no_more_than_it_needs() -> None:
    loaded = set(said(MODULES))

    assert "decklint.facts.claims" in loaded
    assert set() == loaded & NEVER


PACKED = """
import gc, sys
from decklint import packing
from decklint.cli import main
done = []
for name in ("pack", "_Opened"):
    make = getattr(packing, name)
    setattr(packing, name, lambda *args, make=make, name=name, **words: done.append(name) or make(*args, **words))
gc.set_threshold(100_000)
gc.callbacks.append(lambda phase, info: done.append(phase))
try:
    main(["check", "--no-cache", sys.argv[1]])
except SystemExit:
    print(len(done), file=sys.stderr)
"""


def test_a_single_result_is_neither_packed_nor_looked_through_for_garbage() -> None:
    assert ["0"] == said(PACKED)


PARSED = """
import json, sys
from decklint.packs.load import load
book, bytes_parsed = load(), []
loads = json.loads
def counted(text, *rest, **words):
    bytes_parsed.append(len(text.encode()) if isinstance(text, str) else 0)
    return loads(text, *rest, **words)
json.loads = counted
from decklint.cli import main
try:
    main(["check", "--no-cache", sys.argv[1]])
except SystemExit:
    print(sum(bytes_parsed), len(book._data), file=sys.stderr)
"""


def test_most_of_the_rule_book_is_not_parsed() -> None:
    """Evidence and examples are most of it, and are read of what a deck names."""
    parsed, whole = map(int, said(PARSED))

    assert 100_000 < parsed < whole / 2


def test_rules_that_are_off_are_not_imported() -> None:
    loaded = set(said(MODULES))
    off = {file.module for file in catalogue.rule_files() if not catalogue.is_default(file)}

    assert 20 < len(off)
    assert set() == off & loaded


@pytest.mark.parametrize("file", catalogue.rule_files(), ids=lambda file: file.code)
def test_a_rule_is_known_to_be_on_or_off_before_it_is_imported(file: catalogue.RuleFile) -> None:
    assert catalogue.load(file).default == catalogue.is_default(file)


def test_patterns_are_translated_once() -> None:
    """Some are made of the words of a deck; those of the rules alone are more than five hundred."""
    assert int(said(TRANSLATED)[0]) < 100
