"""What all binders hand over: a thing, an attribute and a value that a statement ties together, already judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from decklint.facts.entities import Attribute
from decklint.facts.mentions import Mention
from decklint.facts.verdicts import Judgement
from decklint.findings import Confidence

JOIN = re.compile(r"\s*(?:与|和|及|、|以及|,? and|&|,|，|/)\s*")
"""What stands between the members of a list."""

DISTRIBUTES = re.compile(r"分别|\brespectively\b")


class Binding(NamedTuple):
    """A statement: `start` and `end` are the place of the value in the text of the leaf."""

    mention: Mention
    attribute: Attribute
    start: int
    end: int
    confidence: Confidence
    judgement: Judgement


class Placed(Protocol):
    """Something with a place in a text."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


P = TypeVar("P", bound=Placed)


def runs(text: str, items: Sequence[P], between: re.Pattern[str] = JOIN) -> Iterator[list[P]]:
    """Items put together where only `between` stands between them: lists such as `A, B and C`."""
    run: list[P] = []
    for item in items:
        if run and not between.fullmatch(text, run[-1].end, item.start):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def sure(mention: Mention, otherwise: Confidence = Confidence.HIGH) -> Confidence:
    """How sure a binding to a mention is: less where the thing is not named in the sentence itself."""
    return Confidence.MEDIUM if mention.is_implied else otherwise
