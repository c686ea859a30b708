"""What the fact engine looks for in a whole deck at once is what it would find leaf by leaf."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from decklint.facts.places import chosen
from decklint.facts.reading import Passage, read
from decklint.lang.prose import Prose
from decklint.matching import Matcher, is_bounded
from decklint.packs.words import index_of
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


@given(st.text("abc d图灵_-.4", max_size=14), st.sets(st.text("abc图灵4", min_size=2, max_size=7), min_size=1), st.booleans())
@settings(max_examples=500, deadline=None)
def test_all_words_are_found_wherever_they_stand(text: str, words: set[str], whole_words: bool) -> None:
    places = [(start, end, text[start:end]) for start in range(len(text)) for end in range(len(text), start, -1)]
    inside = re.compile(r"(?<=[abc4]{2})[abc4]")  # where whole words are looked for, none is expected there
    right = [
        (start, end, word)
        for start, end, word in places
        if word in words and is_bounded(text, start, end) and not (whole_words and inside.match(text, start))
    ]

    assert right == Matcher(words, index_of(words, whole_words=whole_words)).places(text)


def test_shorter_words_are_tried_where_a_longer_one_is_refused() -> None:
    places = [(0, 4, "abcd"), (0, 2, "ab"), (2, 4, "cd"), (3, 5, "de")]

    assert ["ab", "cd"] == list(chosen(places, lambda start, end, word: [] if word == "abcd" else [word]))
