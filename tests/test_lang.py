"""Scripts, sentences, variants: what is Chinese, and what is not."""

from __future__ import annotations

import pytest

from decklint.deck.nodes import Leaf
from decklint.lang import is_chinese
from decklint.lang.chinese import simplified_only, traditional_only
from decklint.lang.habits import is_habit, unbroken
from decklint.lang.prose import Prose, echoes
from decklint.lang.scripts import Scripts, chinese, outside_japanese_and_korean, scripts_of
from decklint.lang.sentences import enclosure, is_chinese_sentence, is_foreign_run, is_latin_sentence, sentence_at
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source


def leaves(markdown: str) -> list[Leaf]:
    return DeckView(parse(Source(markdown))).leaves


def prose(markdown: str) -> Prose:
    return DeckView(parse(Source(markdown))).prose


def texts(found: Prose) -> list[str]:
    return [leaf.view.text for leaf in found.leaves]


def test_scripts_are_counted() -> None:
    assert Scripts(han=2, kana=3, hangul=1, latin=4) == scripts_of("模型 モデル 가 GPTs 3・")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("大语言模型由神经网络构成", "zh"),
        ("用 Transformer 架构训练", "zh"),
        ("機械学習の基礎を説明する", "ja"),
        ("これはモデルです", "ja"),
        ("기계 학습의 기초를 설명한다", "ko"),
        ("機械學習 기초", "ko"),
        ("The basics of machine learning", ""),
        ("Les bases de l’apprentissage", ""),
        ("", ""),
    ],
)
def test_a_script_tells_the_language(text: str, language: str) -> None:
    assert language == scripts_of(text).language


def test_a_middle_dot_and_a_single_kana_make_nothing_japanese() -> None:
    assert is_chinese("约翰・麦卡锡提出了人工智能这个名称，后来被大家接受")
    assert is_chinese("这是一家名叫优の良品的小店，卖各种各样的零食和饮料，很受学生欢迎")


def test_a_japanese_passage_in_a_chinese_deck_is_left_out_and_so_is_its_heading() -> None:
    body = "我们先看中文的例子，然后再看日文的例子，最后比较两者。" * 3
    deck = f"# 介绍\n\n{body}\n\n---\n\n# 画像分類\n\nこれは画像を分類するモデルです。"

    assert ["介绍", body] == texts(chinese(prose(deck)))


def test_in_a_japanese_deck_nothing_is_chinese_and_no_english_line_is_judged() -> None:
    deck = "# 画像分類\n\nこれは画像を分類するモデルです。ニューラルネットワークの説明をします。\n\nThis is a model."

    assert [] == texts(chinese(prose(deck))) == texts(outside_japanese_and_korean(prose(deck)))


def test_in_an_english_deck_only_the_chinese_leaves_are_chinese() -> None:
    deck = "# Attention\n\nAll of it is English.\n\n注意力机制"

    assert ["注意力机制"] == texts(chinese(prose(deck)))


@pytest.mark.parametrize(("common", "rare", "expected"), [(4, 0, False), (5, 0, True), (5, 1, True), (5, 2, False), (8, 2, True)])
def test_a_habit_is_five_places_and_four_of_five(common: int, rare: int, expected: bool) -> None:
    assert expected is is_habit(common, rare)


def test_what_markup_or_an_entity_parts_is_not_unbroken() -> None:
    leaf = leaves("中**文** &amp;字")[0]

    assert unbroken(leaf, 0, 2) is None
    assert unbroken(leaf, 2, 4) is None
    assert unbroken(leaf, 0, 1) is not None
    assert unbroken(leaf, -1, 1) is None
    assert unbroken(leaf, 4, 9) is None


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        ("第一句。第二句, 还有。第三句", 7, "第二句, 还有。"),
        ("第一行\n第二行,还有", 7, "第二行,还有"),
        ("It ends. Then 中文,又来", 15, " Then 中文,又来"),
        ("GPT-3.5 很大,也很贵", 10, "GPT-3.5 很大,也很贵"),
    ],
)
def test_a_sentence_ends_at_its_mark(text: str, at: int, sentence: str) -> None:
    start, end = sentence_at(text, at)

    assert sentence == text[start:end]


def test_a_sentence_belongs_to_the_language_that_it_is_made_of() -> None:
    assert is_chinese_sentence("我们用 GPU 训练模型")
    assert not is_chinese_sentence("What is the role of 注意力")
    assert is_latin_sentence("The scores are divided by the root")
    assert not is_latin_sentence("Streaming Multiprocessors, Tensor Cores, Shared Memory")
    assert not is_latin_sentence("The role of the 注意力 in the model")


def test_brackets_and_quotation_marks_around_a_place() -> None:
    text = "他说“yes, we can”，论文（见第三章, 第二节）"

    assert "yes, we can" == enclosure(text, text.index(","))
    assert "见第三章, 第二节" == enclosure(text, text.rindex(","))
    assert enclosure(text, text.index("，")) is None
    assert enclosure("“没有结束, 也没有关系", 5) is None
    assert is_foreign_run(text, text.index(","))
    assert not is_foreign_run(text, text.rindex(","))


@pytest.mark.parametrize(
    ("text", "size", "places"),
    [
        ("需要需要的的", 2, [0]),
        ("需要需要的的", 1, [4]),
        ("aaa", 1, [0, 1]),
        ("😀😀甲乙甲乙", 2, [2]),
        ("中\U0002004e\u4e00", 1, []),
        ("", 1, []),
    ],
)
def test_what_stands_twice_is_found(text: str, size: int, places: list[int]) -> None:
    assert places == list(echoes(text, size))


def test_variants_are_written_in_one_script_only() -> None:
    simplified, traditional = simplified_only(), traditional_only()

    assert set("们这国时会说对学过发现实") - {"现", "实"} <= simplified
    assert set("們這國時會說對學過發現實") <= traditional
    assert not set("人工智能中文模型里后干云只台") & (simplified | traditional)
    assert not simplified & traditional
