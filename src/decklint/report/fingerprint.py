"""What a finding is known by from one run to the next, whatever lines come and go above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from decklint.project import Result
from decklint.text import Source

NAME = "decklint/v1"
"""Names the way of counting: another way needs another name, or everything known would be taken for new."""

_WORD = re.compile(r"\w")
_FAR = 20  # lines


def fingerprints(result: Result) -> Iterator[str]:
    """One per finding, in their order, distinct within a deck: 32 hexadecimal digits.

    Made of the rule, the text of the line without differences in spacing, and which of the findings of the rule on such lines
    it is. A line without words (`---`) says too little; there the nearest line above that has some is taken as well. The path is
    left out: who compares whole projects adds it.
    """
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
