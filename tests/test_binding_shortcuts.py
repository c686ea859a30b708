"""What is asked of a sentence before it is looked at closely decides nothing: all claims are found without it as well."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decklint.facts import asserting, bind_dates, bind_phrases, bind_quantities
from decklint.facts.claims import claims_of
from decklint.facts.registry import registry
from decklint.lang.prose import Prose
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source

MEASURED = registry().measured
WORDS = sorted({word for one in MEASURED for word in (*one.units, *one.cues, *(w for frame in one.frames for w in frame))})
PIECES = (
    "GPT-3", "BERT", "LLaMA 2", "GPT-2", "Llama 2", "OpenAI", "Google", "Turing Award", "Geoffrey Hinton", "Vaswani et al.",
    " (175B)", "（ 约 1.5 B ）", "(", ")", "175 billion ", "1750亿", "12", " 96 ", "2017", "2020年", "一千七百五十亿",
    "二〇一七年",
    "的", "有", "是", "为", " has ", " is ", " was ", " of ", "the ", "and ", " 和 ", ", ", "，", ": ", "个", "released in ",
    "发布于",
    "由", "提出", "基于", " is based on ", "支持", "输入", "图像", " accepts ", "text", " as input",
    "生成文本", "outputs text",
    "仅解码器", "decoder-only", "MIT", "获得", "won the ", "倍", " times larger than ", "据说", " may ", "not ",
    "didn't ", "。", ". ",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.sampled_from(WORDS), min_size=2, max_size=9).map("".join)
ANYTHING = re.compile("")


def told(text: str) -> list[tuple[Any, ...]]:
    """The claims of a deck with one line."""
    deck = parse(Source(f"---\nmarp: true\n---\n\n# {text}\n"))
    return [(c.entity.id, c.attribute.id, c.written, c.verdict, c.right) for c in claims_of(Prose(DeckView(deck).leaves))]


def open_all(patch: pytest.MonkeyPatch) -> None:
    """Let every sentence be looked at closely."""
    patch.setattr(bind_quantities, "may_measure", lambda sentence, known: True)
    patch.setattr(bind_dates, "may_hold_a_date", lambda text, start, end: True)
    for pattern in ("_TAKES_OR_MAKES", "_RESTS"):
        patch.setattr(bind_phrases, pattern, ANYTHING)


@given(TEXTS)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_claim_is_lost_by_looking_away(text: str) -> None:
    quickly = told(text)

    with pytest.MonkeyPatch.context() as patch:
        open_all(patch)

        assert told(text) == quickly


@pytest.mark.parametrize(
    "text", ["GPT-3 (175B)", "GPT-3有1750亿个参数", "GPT-3 is based on BERT.", "BERT 发布于2018年", "BERT is encoder-only"]
)
def test_the_pieces_make_claims(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize("attribute", MEASURED, ids=lambda attribute: attribute.id)
def test_every_word_for_a_measure_is_seen(attribute: Any) -> None:
    measures = registry().measures
    unseen = [word for word in (*attribute.units, *attribute.cues) if not measures.search(word)]
    unseen += [frame for frame in attribute.frames if not measures.search(frame[1] or frame[0])]

    assert [] == unseen


AROUND = (
    "not", " only", "n't", "never", "thought", "chain-of-", "if", " ", "x", "如果", "will", "将于", "may", "据说",
    "didn’t", "leaked",
    "-", ".",
)  # fmt: skip


@given(st.lists(st.sampled_from(AROUND), max_size=6).map("".join))
@settings(max_examples=400, deadline=None)
def test_what_stands_around_a_word_is_asked_of_the_words_that_are_there(text: str) -> None:
    for words in (asserting._NO_ASSERTION, asserting._OTHER_TIME, asserting._HEDGE):
        chinese, _, english = words._patterns
        slowly = bool(chinese.search(text) or english.search(text))

        assert slowly == words.stand_in(text, 0, len(text))
