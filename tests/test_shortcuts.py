"""What a rule asks of a whole deck first, so that it need not look closely, never decides otherwise than a close look."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decklint.lang import HAN, is_chinese
from decklint.lang.chinese import is_mostly_chinese, language_tag, simplified_only, traditional_only, variants_in
from decklint.terms import consistency, spellings

NAMES = st.lists(
    st.sampled_from(["GPT", "Open", "AI", "Chat", "x", "4", ".5", "-", " ", "\n", "“", "”", '"', "《", "’", "@", "("])
)
"""Pieces that names, quotations and the borders of lines are made of."""


def test_variants_are_counted_as_the_two_sets_say() -> None:
    text = "这個模型很大，這个也大 model"
    expected = sum(char in simplified_only() for char in text), sum(char in traditional_only() for char in text)

    assert expected == variants_in(text) == (2, 2)


@given(st.text(alphabet="这個模ab ", max_size=60))
def test_a_text_is_tagged_by_its_share_of_either_script(text: str) -> None:
    simplified, traditional = variants_in(text)
    both = simplified + traditional
    expected = "zh-CN" if simplified > both * 0.95 else "zh-Hant" if traditional > both * 0.95 else ""

    assert expected == language_tag(text)


@given(st.lists(st.sampled_from(["模型模型模型模型", "ab", "abcdefghijklmnop", "é", "7 ", "，", "の", "の" * 9]), max_size=30))
def test_a_text_is_mostly_chinese_by_its_characters_and_letters(parts: list[str]) -> None:
    text = "".join(parts)
    han, letters = len(re.findall(f"[{HAN}]", text)), len(re.findall(r"[^\W\d_]", text))

    assert (han >= 20 and han * 3 >= letters and is_chinese(text)) is is_mostly_chinese(text)


@pytest.mark.parametrize("pattern", [spellings._VERSIONED, spellings._WORD, consistency._QUOTED])
@given(parts=NAMES)
def test_what_names_and_quotations_look_like_is_the_same_line_by_line(pattern: re.Pattern[str], parts: list[str]) -> None:
    text = "".join(parts)
    by_line: list[str] = [match[0] for line in text.split("\n") for match in pattern.finditer(line)]

    assert by_line == [match[0] for match in pattern.finditer(text)]
