"""The sentences of a leaf that state something: no questions, negations, corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from decklint.deck.nodes import Leaf
from decklint.facts.mentions import Mention

_END = re.compile(r"[。！？；\n]|[!?;](?=\s|$)|\.(?=\s+[a-z\"“]|\s*$)")
_NO_ASSERTION = re.compile(
    r"[?？]|吗$|是否|哪一?年|什么时候|并非|不是|没有(?=发布|提出)|误认为|错误|误以为|谣言|假设|如果|假如|倘若|"
    r"\b(?:not|never|false|myth|wrong|incorrectly|if|suppose|would)\b"
)
_OTHER_TIME = re.compile(
    r"将于|将在|计划|预计|有望|拟于|周年|纪念|\b(?:will|plans? to|expected to|scheduled|anniversary|anniversaries)\b"
)
_HEDGE = re.compile(
    r"据报道|据传|据称|据说|传闻|传言|爆料|泄露|泄漏|外界|推测|猜测|估计|估算|可能|未公开|未披露|没有公布|未公布|"
    r"\b(?:reported(?:ly)?|rumou?r(?:s|ed)?|alleged(?:ly)?|estimated?|speculat\w+|leak(?:s|ed)?|believed|undisclosed|unconfirmed|"
    r"may|might)\b"
)
CLAUSE = re.compile(r"[，,：:]|——")
"""What ends a clause."""

REACH = 46
"""How many characters may lie between the parts of one statement."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement: the folded text of its leaf, its own range in it, and the entities that it names."""

    leaf: Leaf
    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]

    @property
    def is_of_another_time(self) -> bool:
        """Whether it speaks of what is to come, or of what is remembered."""
        return _OTHER_TIME.search(self.text, self.start, self.end) is not None

    @property
    def is_hedged(self) -> bool:
        """Whether it says that it only reports."""
        return _HEDGE.search(self.text, self.start, self.end) is not None


def sentences(leaf: Leaf, mentions: Sequence[Mention]) -> Iterator[Sentence]:
    """The sentences of a leaf that name an entity and assert something."""
    text = leaf.view.folded
    for start, end in _ranges(text):
        inside = tuple(m for m in mentions if start <= m.start and m.end <= end)
        if inside and not _NO_ASSERTION.search(text, start, min(end + 1, len(text))):
            yield Sentence(leaf, text, start, end, inside)


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)
