"""What a finding is known by from one run to the next, whatever lines come and go above it; results shown in part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from hashlib import sha256

from decklint.project import Result
from decklint.records import dataclass
from decklint.text import Source

NAME = "decklint/v1"
"""Names the way of counting: another way needs another name, or everything known would be taken for new."""

ALWAYS = frozenset(("DL001", "DL002", "DL003", "DL004"))
"""What could not be checked, read, fixed or written is shown whatever else is left out."""

_WORD = re.compile(r"\w")
_FAR = 20  # lines


@dataclass(slots=True)
class Part(Result):
    """A result of which some findings are left out; those that are shown keep the fingerprints that they have in the whole."""

    marks: tuple[str, ...] = ()


def part(result: Result, kept: Iterable[bool]) -> Part:
    """The result with those findings that are to be kept, one word for each in their order, and those that always are."""
    pairs = [
        (finding, mark)
        for finding, mark, keep in zip(result.findings, fingerprints(result), kept, strict=True)
        if keep or finding.code in ALWAYS
    ]
    values = {field.name: getattr(result, field.name) for field in fields(Result)}
    values["findings"] = [finding for finding, _ in pairs]
    return Part(**values, marks=tuple(mark for _, mark in pairs))


def fingerprints(result: Result) -> Iterator[str]:
    """One per finding, in their order, distinct within a deck: 32 hexadecimal digits.

    Made of the rule, the text of the line without differences in spacing, and which of the findings of the rule on such lines
    it is. A line without words (`---`) says too little; there the nearest line above that has some is taken as well. The path is
    left out: who compares whole projects adds it.
    """
    if isinstance(result, Part):
        yield from result.marks
        return
    seen: Counter[tuple[str, str]] = Counter()
    source = result.deck.source if result.deck is not None else Source("")
    words: dict[int, str] = {}  # by line: some lines are long, and have many findings
    for finding in result.findings:
        line = source.line(finding.span.start)
        if line not in words:
            words[line] = _words(source, line)
        key = (finding.code, words[line])
        seen[key] += 1
        yield digest(*key, str(seen[key]))


def digest(*parts: str) -> str:
    """A short hash of texts."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _words(source: Source, last: int) -> str:
    parts: list[str] = []
    for line in range(last, max(last - _FAR, 0), -1):
        text = " ".join(source.slice(source.line_span(line)).split())
        said = _WORD.search(text)
        if said or line == last:
            parts.append(text)
        if said:
            break
    return "\n".join(parts)
