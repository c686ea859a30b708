"""Where a long piece of code may be divided in two: at blank lines and before statements that stand at its left edge.

Only signs that nearly all languages share are read: indentation, brackets, quotation marks, comments. In doubt it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WHOLE = frozenset(
    """mermaid plantuml puml dot graphviz vega vega-lite wavedrom markmap flow sequence chart abc svg tikz
    html xml xhtml vue svelte jsx tsx svelte markdown md mdx php erb jinja diff patch""".split()  # noqa: SIM905
)
"""Drawings, and languages whose structure stands in tags or marks at the left edge."""
_BLANK, _BODY, _STATEMENT = 0.1, 0.35, 0.8
"""How awkward a place is: at a blank line, where a body ends, between two statements."""
_GOES_ON = re.compile(
    r"[)\]}>{.,;:|&+?=│├└]|/(?![/*])|\*(?!/)|--?>|(?:else|elif|elsif|except|catch|finally|rescue|ensure|end|fi|done|esac|then|do|in|and|or|where|when"
    r"|case|default)\b",
    re.IGNORECASE,
)
"""How a line begins that belongs to the one before it."""
_WAITS = re.compile(r"(?:[\\,(\[{=:|&+*/?<]|->|\b(?:and|or|not|in|then|do|else))$")
"""How a line ends that the next one belongs to."""
_LEADS = re.compile(r"@|#\[|//|/\*|\*|--|%|;|#(?!include|define|undef|pragma|endif)|template\s*<|.*\*/$")
"""How a line begins that announces the next one: a comment, a decorator."""
_PREAMBLE = re.compile(
    r"(?:import|from|using|use|package|require|include|library|load|extern|module)\b|#\s*(?:include|define|pragma)|%"
    r"|\S+\s.*=\s*require\b|//|#|\*|/\*"
)
"""A line that only prepares for what follows: no piece of its own."""
_CONDITION = re.compile(r"#(if|endif)")
_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`")
_FENCES = ('"""', "'''", "```")


def code_cuts(lines: Sequence[str], info: str) -> list[tuple[int, float]]:
    """The lines, from 0, that a second piece of the code may begin with, each with how awkward that is (0 to 1).

    `info` is the info string of the fence: its first word is the language, which decides only what is never divided.
    """
    language = info.split(maxsplit=1)[0].lower() if info.split() else ""
    if language in _WHOLE or "{" in info:
        return []
    left = min((_indent(line) for line in lines if line.strip()), default=0)
    cuts = []
    before = ""
    blank = prepares = True
    for number, (line, inside) in enumerate(zip(lines, _inside(lines), strict=True)):
        text = line.strip()
        if not text:
            blank = True
            continue
        if not prepares and not inside and _indent(line) == left and _stands_alone(before.strip(), text, blank=blank):
            cuts.append((number, _BLANK if blank else _BODY if _indent(before) > left else _STATEMENT))
        before, blank = line, False
        prepares = prepares and _PREAMBLE.match(text) is not None
    return cuts


def _indent(line: str) -> int:
    line = line.expandtabs(8)
    return len(line) - len(line.lstrip())


def _stands_alone(before: str, text: str, *, blank: bool) -> bool:
    if _GOES_ON.match(text) or _WAITS.search(before):
        return False
    return blank or not _LEADS.match(before)


def _inside(lines: Sequence[str]) -> Iterator[bool]:
    """For every line, whether it begins inside brackets, a text over several lines, a comment or a condition."""
    depth = 0
    fence = ""
    for line in lines:
        yield depth > 0 or bool(fence)
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
