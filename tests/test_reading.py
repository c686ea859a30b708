"""What the fact engine looks for in a whole deck at once is what it would find leaf by leaf."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from decklint.facts.places import chosen, places_in
from decklint.facts.reading import Passage, read
from decklint.lang.prose import Prose
from decklint.matching import Matcher
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source

PIECES = (
    "GPT-4", "GPT", "-4", "BERT", "-large", "Large", "LLaMA", " 3", "Transformer", "Google", "OpenAI", "图灵", "图灵奖", "谷歌",
    "网络", "網絡", "Turing", "A. ", "Alan", "Hinton", ", G. E.", " et al.", "Vaswani", "NeurIPS", " 2017", "ICML", "Nature",
    "transformer架构", "仅解码器", "MIT", "Apache", " License", "4", "_", ".", "，", "。", " ", "的", "等人", "是", "版", "类",
    "o", "x", "Σ",
)  # fmt: skip
LEAVES = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join), min_size=2, max_size=6)


def passages(*leaves: str) -> list[Passage]:
    """These texts, one heading each, as the engine reads them: a heading is never joined with the next."""
    deck = parse(Source("---\nmarp: true\n---\n\n" + "\n\n".join(f"# {leaf}" for leaf in leaves) + "\n"))
    return read(Prose(DeckView(deck).leaves)).passages


def seen(passage: Passage) -> list[Any]:
    """All that stands in a passage, by offsets in it."""
    named = [(mention.entity.id, mention.start, mention.end) for mention in passage.mentions]
    return [passage.text, named, passage.people, passage.venues, passage.venues_as_written, passage.awards, passage.phrases]


@given(LEAVES)
@settings(max_examples=300, deadline=None)
def test_neighbours_change_nothing(leaves: list[str]) -> None:
    assert [seen(passages(leaf)[0]) for leaf in leaves] == [seen(passage) for passage in passages(*leaves)]


@given(st.text("abc d", max_size=12), st.sets(st.text("abc", min_size=2, max_size=4), min_size=1), st.sampled_from((0, 1, 2)))
@settings(max_examples=300, deadline=None)
def test_choosing_among_places_is_looking_anew(text: str, names: set[str], odd: int) -> None:
    matcher = Matcher({name: name for name in names})

    def accept(start: int, end: int, name: str) -> list[tuple[int, int, str]]:
        return [(start, end, name)] if (start + end) % 3 != odd else []

    def bounded(start: int, end: int, name: str) -> list[tuple[int, int, str]]:
        inside = text[:start][-1:].isalnum() or text[end : end + 1].isalnum()
        return [] if inside else accept(start, end, name)

    assert list(matcher.find(text, bounded)) == list(chosen(places_in(matcher, text), accept))
