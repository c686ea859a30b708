"""Wrong forms of names are found where people read them, and nowhere else."""

from __future__ import annotations

import pytest

from decklint.catalogue import find, load
from decklint.deck.nodes import Leaf
from decklint.deck.textview import fold
from decklint.engine import check_deck
from decklint.findings import Safety
from decklint.lang.prose import Prose, Text
from decklint.lang.vocabulary import Vocabulary, each
from decklint.packs.load import load as rule_book
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source


def found(text: str) -> list[str]:
    """The words at the places that name-misspelt finds."""
    source = Source(f"# 标题\n\n{text}\n")
    file = find("name-misspelt")
    assert file is not None
    return [source.slice(finding.span) for finding in check_deck(parse(source), [load(file)])]


@pytest.mark.parametrize(
    "text",
    [
        "`Pytorch` 是代码",
        "my_Pytorch_env",
        "Pytorch_env",
        "see https://example.com/Pytorch",
        "example.com/Pytorch",
        "/opt/Pytorch/bin",
        "~/Pytorch",
        "src/Pytorch/run.py",
        "src/Pytorch",
        "C:\\Pytorch\\bin",
        "Pytorch.py",
        "Pytorch-logo.png",
        "import torch.Pytorch",
        "Huggingface/transformers",
        "@Pytorch",
        "#Pytorch",
        "$Pytorch",
        "run --Pytorch",
        "run -Pytorch now",
        "pip install Pytorch==1.13",
        "Pytorch>=2",
        "docker pull Pytorch:latest",
        "pip install Pytorch[cuda]",
        "mail@Pytorch.org",
        "![](Pytorch.png)",
        "![Pytorch.png](a.png)",
        "![img/Pytorch](a.png)",
        "![bg Pytorch](a.png)",
        "[PyTorch](https://Pytorch.example)",
        "<img alt='Pytorch'>",
        "<!-- Pytorch -->",
        "$Pytorch$",
        "应写 PyTorch，不是 Pytorch",
    ],
)
def test_what_machines_read_is_no_name(text: str) -> None:
    assert [] == found(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("使用Pytorch训练", ["Pytorch"]),
        ("Pytorch.", ["Pytorch"]),
        ("（Pytorch）", ["Pytorch"]),
        ("框架——Pytorch", ["Pytorch"]),
        ("- Pytorch", ["Pytorch"]),
        ("Tensorflow/Pytorch", ["Tensorflow", "Pytorch"]),
        ("训练/Pytorch", ["Pytorch"]),
        ("Pytorch/GPU训练", ["Pytorch"]),
        ("and/or Pytorch", ["Pytorch"]),
        ("Pytorch: a library", ["Pytorch"]),
        ("**Pytorch**", ["Pytorch"]),
        ("[Pytorch](https://example.com)", ["Pytorch"]),
        ("![Pytorch](a.png)", ["Pytorch"]),
        ("![w:300 a Pytorch  logo](a.png) and Tensorflow", ["Pytorch", "Tensorflow"]),
        ("Ｐｙｔｏｒｃｈ and Pytorch", ["Pytorch"]),
    ],
)
def test_what_people_read_is(text: str, words: list[str]) -> None:
    assert words == found(text)


def test_a_name_in_an_alternative_text_is_mended_there() -> None:
    source = Source("![h:2em the Pytorch logo](Pytorch.png)\n")
    file = find("name-misspelt")
    assert file is not None
    (finding,) = check_deck(parse(source), [load(file)])
    assert finding.fix is not None
    (edit,) = finding.fix.edits

    assert "![h:2em the PyTorch logo](Pytorch.png)\n" == source.text[: edit.span.start] + edit.text + source.text[edit.span.end :]


@pytest.mark.parametrize(
    ("text", "safety"),
    [("使用Pytorch训练", Safety.SAFE), ("用Dijkstras算法求最短路", Safety.SAFE), ("大语言模型ChatGPT4的参数", Safety.UNSAFE)],
)
def test_a_fix_that_names_something_else_is_not_applied_blind(text: str, safety: Safety) -> None:
    file = find("name-misspelt")
    assert file is not None
    (finding,) = check_deck(parse(Source(f"# 标题\n\n{text}\n")), [load(file)])

    assert finding.fix is not None
    assert safety is finding.fix.safety


@pytest.mark.parametrize("text", ["MacOS家族", "1984年，MacOS第一次有了图形界面", "the history of MacOS"])
def test_macos_had_another_name_in_its_youth(text: str) -> None:
    assert [] == found(text)


# ---------------------------------------------------------------- one quick look for all names


def prose(markdown: str) -> Prose:
    return DeckView(parse(Source(markdown))).prose


def names() -> list[str]:
    return sorted({fold(wrong["text"]) for term in rule_book()["terms"] for wrong in term.get("wrong", ())})


@pytest.mark.parametrize("before", ["", "甲", "a ", "😀", "中文 ", "𠀀"])
def test_no_name_is_passed_over_wherever_it_begins(before: str) -> None:
    known = names()
    vocabulary = Vocabulary(known)
    text = prose("\n\n".join(f"{before}{name}" for name in known if name.isprintable() and "`" not in name and "|" not in name))
    standing = [name for name in known if name in text.folded]

    assert len(known) - 10 < len(standing)
    assert set() == set(standing) - set(vocabulary.within(text))


def test_the_places_that_are_learned_on_the_way_are_those_that_a_search_finds() -> None:
    known = [*names(), "不是", "网络网", "甲乙甲"]
    text = prose("甲乙甲乙甲，网络网络网络；" + "，".join(name for name in names() if name.isprintable()) + "。不是不是")
    again = Text(text.text)

    standing = set(Vocabulary(known).within(text))

    assert {name: again.places(name) for name in standing} == {name: text.places(name) for name in standing}


def test_names_that_are_not_there_are_not_found() -> None:
    assert set() == set(Vocabulary(names()).within(prose("# A\n\nNothing wrong is here. 这里没有写错的名称。\n")))


def test_the_longest_name_at_a_place_is_taken_first() -> None:
    taken = each(["ab", "abc", "bc", "c d"], Text("abc d abx"), lambda start, end, name: [(start, name)])

    assert [(0, "abc"), (6, "ab")] == list(taken)


def test_a_shorter_name_is_tried_where_a_longer_one_is_refused() -> None:
    taken = each(["ab", "abc"], Text("abc"), lambda start, end, name: [name] if name == "ab" else [])

    assert ["ab"] == list(taken)


def test_leaves_are_found_by_pattern_word_and_place() -> None:
    import re

    text = prose("甲，乙\n\nＧＰＴ—ABC\n\n丙，丁\n")
    leaves: list[Leaf] = text.leaves

    assert [leaves[0], leaves[2]] == list(text.holding(re.compile("，")))
    assert [leaves[1]] == text.containing(["gpt-abc"])
    assert (leaves[2], 1) == text.place(text.text.rindex("，"))
    assert "丙" == Source("甲，乙\n\nＧＰＴ—ABC\n\n丙，丁\n").slice(text.span(text.text.index("丙"), text.text.index("丙") + 1))
