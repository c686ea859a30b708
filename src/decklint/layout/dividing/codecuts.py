"""Where a long piece of code may be divided in two: at its left edge, at blank lines and between statements; else in a body.

Only signs that nearly all languages share are read: indentation, brackets, quotation marks, comments. In doubt it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_WHOLE = frozenset(
    """mermaid plantuml puml dot graphviz vega vega-lite wavedrom markmap flow sequence chart abc svg tikz
    html xml xhtml vue svelte jsx tsx svelte markdown md mdx php erb jinja diff patch""".split()  # noqa: SIM905
)
"""Drawings, and languages whose structure stands in tags or marks at the left edge."""
_BLANK, _BODY, _STATEMENT = 0.1, 0.35, 0.8
"""How awkward a place is: at a blank line, where a body ends, between two statements."""
_BLANK_INSIDE, _END_INSIDE, _INSIDE, _DEEPER = 0.8, 1.0, 1.3, 0.4
"""The same inside of bodies; and how much more for every level that a line is indented."""
_DEEPEST = 4
"""Levels of indentation that make a difference."""
_GOES_ON = re.compile(
    r"[)\]}>{.,;:|&+?=│├└]|/(?![/*])|\*(?!/)|--?>|(?:else|elif|elsif|except|catch|finally|rescue|ensure|end|fi|done|esac|then|do|in|and|or|where|when"
    r"|case|default)\b",
    re.IGNORECASE,
)
"""How a line begins that belongs to the one before it."""
_WAITS = re.compile(r"(?:[\\,(\[{=:|&+*/?<]|->|\b(?:and|or|not|in|then|do|else))$")
"""How a line ends that the next one belongs to."""
_REMARK = re.compile(r"(?<=\s)(?://|#(?!\w)|--\s|/\*).*$")
"""A comment behind code."""
_LEADS = re.compile(r"@|#\[|//|/\*|\*|--|%|;|#(?!include|define|undef|pragma|endif)|template\s*<|.*\*/$")
"""How a line begins that announces the next one: a comment, a decorator."""
_PREAMBLE = re.compile(
    r"(?:import|from|using|use|package|require|include|library|load|extern|module)\b|#\s*(?:include|define|pragma)|%"
    r"|\S+\s.*=\s*require\b|//|#|\*|/\*"
)
"""A line that only prepares for what follows: no piece of its own."""
_BRANCH = re.compile(r"[├└]")
"""How a line of a drawn tree begins that hangs on the trunk, where it stands at the left edge."""
_CONDITION = re.compile(r"#(if|endif)")
_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`")
_FENCES = ('"""', "'''", "```")


class _Place(NamedTuple):
    """A line with text that a piece could begin with, behind others that do more than prepare."""

    number: int
    text: str
    before: str
    """The line with text before it."""
    indent: int
    blank: bool
    """Whether a blank line stands before it."""
    deeper: int
    """How much more the line before it is indented."""
    is_quoted: bool
    """Whether it begins inside a text over several lines or a comment."""
    is_inside: bool
    """The same, or inside brackets or a condition."""


def code_cuts(lines: Sequence[str], info: str) -> list[tuple[int, float]]:
    """The lines, from 0, that a second piece of the code may begin with, each with how awkward that is (0 to 1).

    `info` is the info string of the fence: its first word is the language, which decides only what is never divided.
    """
    if _is_whole(info):
        return []
    left = min((_indent(line) for line in lines if line.strip()), default=0)
    return [
        (place.number, _BLANK if place.blank else _BODY if place.deeper > 0 else _STATEMENT)
        for place in _places(lines)
        if not place.is_inside and place.indent == left and _stands_alone(place)
    ]


def inner_cuts(lines: Sequence[str], info: str) -> list[tuple[int, float]]:
    """The lines inside of bodies and brackets that a second piece may begin with where `code_cuts` has too few.

    Never inside a text or comment, with what closes something, or right behind the line that opens a body.
    """
    if _is_whole(info):
        return []
    known = {number for number, _ in code_cuts(lines, info)}
    levels = sorted({_indent(line) for line in lines if line.strip()})
    rank = {indent: min(place, _DEEPEST) for place, indent in enumerate(levels)}
    cuts = []
    for place in _places(lines):
        branches = place.indent == levels[0] and _BRANCH.match(place.text) is not None
        if not place.is_quoted and place.number not in known and (branches or _stands_alone(place, inside=True)):
            kind = _BLANK_INSIDE if place.blank else _END_INSIDE if place.deeper > 0 else _INSIDE
            cuts.append((place.number, kind + _DEEPER * rank[place.indent]))
    return cuts


def _is_whole(info: str) -> bool:
    """Whether code is never divided, by the info string of its fence."""
    words = info.split(maxsplit=1)
    return (bool(words) and words[0].lower() in _WHOLE) or "{" in info


def _indent(line: str) -> int:
    line = line.expandtabs(8)
    return len(line) - len(line.lstrip())


def _stands_alone(place: _Place, *, inside: bool = False) -> bool:
    """Whether a line neither belongs to the one before it nor is waited for by it.

    `inside` of brackets a comma waits for nothing, and a bracket behind it begins something new; neither waits the head of a
    body that is left empty.
    """
    before = _REMARK.sub("", place.before).rstrip()
    listed = inside and before.endswith(",")
    before = before.removesuffix(",") if listed else before
    if _GOES_ON.match(place.text) and not (listed and place.text[0] in "([{"):
        return False
    if _WAITS.search(before) and not (inside and place.blank and place.deeper >= 0):
        return False
    return place.blank or not _LEADS.match(place.before)


def _places(lines: Sequence[str]) -> Iterator[_Place]:
    before = ""
    blank = prepares = True
    depth = 0
    fence = ""
    for number, line in enumerate(lines):
        text = line.strip()
        if text:
            indent = _indent(line)
            if not prepares:
                inside = depth > 0 or bool(fence)
                yield _Place(number, text, before.strip(), indent, blank, _indent(before) - indent, bool(fence), inside)
            prepares = prepares and _PREAMBLE.match(text) is not None
            before = line
        blank = not text
        fence, rest = _after(line, fence)
        condition = _CONDITION.match(rest.strip())
        if condition:
            depth += 1 if condition[1] == "if" else -1
        depth += sum(rest.count(mark) for mark in "([{") - sum(rest.count(mark) for mark in ")]}")
        depth = max(0, depth)


def _after(line: str, fence: str) -> tuple[str, str]:
    """What is open behind a line, and what of the line is code."""
    code = ""
    while line:
        if fence:
            _, found, line = line.partition(fence)
            if not found:
                return fence, code
            fence = ""
            continue
        marks = [(at, mark) for mark in (*_FENCES, "/*") if (at := line.find(mark)) >= 0]
        if not marks:
            return "", code + _QUOTED.sub("", line)
        at, mark = min(marks)
        code += _QUOTED.sub("", line[:at])
        line = line[at + len(mark) :]
        fence = "*/" if mark == "/*" else mark
    return fence, code
