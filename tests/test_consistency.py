"""One thing, one wording: what counts as mixed, and what a deck may write in several ways."""

from __future__ import annotations

from collections import Counter

import pytest

from decklint.catalogue import find, load
from decklint.checks.tm import tm011_code_language_misspelt as languages
from decklint.engine import check_deck
from decklint.findings import Safety
from decklint.packs.load import load as rule_book
from decklint.packs.schema import Term
from decklint.parse import parse
from decklint.text import Source
from tests.growth import LIMIT, growth


def found(name: str, *lines: str) -> list[str]:
    """The words at the places that a rule finds in a deck of these paragraphs."""
    source = Source("---\nmarp: true\n---\n\n# 标题\n\n" + "\n\n".join(lines) + "\n")
    file = find(name)
    assert file is not None
    return [source.slice(finding.span) for finding in check_deck(parse(source), [load(file)])]


GROUPS = [term for term in rule_book()["terms"] if term.get("equal")]


# ---------------------------------------------------------------- terms


@pytest.mark.parametrize("term", GROUPS, ids=lambda term: term["id"])
def test_each_wording_of_a_group_is_told_from_the_others(term: dict[str, object]) -> None:
    right, others = str(term["right"]), term["equal"]
    assert isinstance(others, (list, tuple))

    for other in others:
        assert [other] == found("term-inconsistent", f"这里讲{right}。", f"还是{right}。", f"这里讲{other}。")


def test_a_wording_belongs_to_one_group_and_is_wrong_nowhere() -> None:
    forms = Counter(form for term in GROUPS for form in (term["right"], *term["equal"]))
    wrong = {each["text"] for term in rule_book()["terms"] for each in term.get("wrong", ())}

    assert [] == [form for form, count in forms.items() if count > 1]
    assert set() == wrong & set(forms)


@pytest.mark.parametrize(
    "lines",
    [
        ("判别器给图片打分。", "判别器再打分。"),
        ("判别器（鉴别器）打分。", "鉴别器占优。", "判别器学得快。"),
        ("判别器，又称为鉴别器。", "鉴别器占优。"),
        ("判别器占优。", "他说“鉴别器占优”，见《鉴别器》。"),
        ("判别器占优。", "Wang et al., 鉴别器的训练, 2020"),
        ("判别器占优。", "`鉴别器` 是变量名。"),
        ("无监督学习。", "有监督学习与监督学习。"),
    ],
)
def test_a_deck_may_know_both_wordings(lines: tuple[str, ...]) -> None:
    assert [] == found("term-inconsistent", *lines)


def test_a_tie_is_not_decided() -> None:
    file = find("term-inconsistent")
    assert file is not None

    (finding,) = check_deck(parse(Source("# 甲\n\n梯度消失。\n\n# 乙\n\n梯度弥散。\n")), [load(file)])

    assert finding.fix is not None and finding.fix.safety is Safety.HINT


def test_a_group_needs_neither_wrong_forms_nor_a_source() -> None:
    assert ("乙",) == Term(id="a", kind="term", right="甲", equal=("乙",)).equal


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("OpenAI 做的。", "Open AI 做的。"), ["Open AI"]),
        (("SARS2 与 SARS2。", "SARS-2 来了。"), ["SARS-2"]),
        (("Claude 9 与 Claude 9。", "Claude9 来了。"), ["Claude9"]),
        (("QuuxLab and QuuxLab.", "The Quuxlab."), ["Quuxlab"]),
        (("QuuxLab and QuuxLab.", "The quuxlab and QUUXLAB."), []),
        (("QuuxLab and QuuxLab.", "`Quuxlab`, Quuxlab/run, @Quuxlab, Quuxlab.py, Quuxlab("), []),
        (("QuuxLab and QuuxLab.", "“Quuxlab”, Li et al., Quuxlab, 2019"), []),
        (("LLaMA 是第一代。", "Llama 2 是第二代。"), []),
        (("GPU8 是主机。", "GPU 8 张。", "CPU 0 和 CPU0。"), []),
        (("Data Frame", "DataFrame", "Deep Learning", "DeepLearning"), []),
        (("Step 1, Figure 2, May 2020", "Step1, Figure2, May2020"), []),
        (("A-1 and A1", "x-1 and x1", "T-1 and T1"), []),
    ],
)
def test_names_are_compared_and_words_are_not(lines: tuple[str, ...], words: list[str]) -> None:
    assert words == found("name-inconsistent", *lines)


def test_what_is_wrong_in_any_deck_is_left_to_the_rule_that_knows_it() -> None:
    assert [] == found("name-inconsistent", "PyTorch 与 PyTorch。", "Pytorch 来了。")


# ---------------------------------------------------------------- people


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("卡尔·霍夫曼斯（Karl Hoffmans）", "霍夫曼斯认为如此。", "霍弗曼斯反对。"), ["霍弗曼斯"]),
        (("梅森（Mathson）", "梅森（Karl Mathson）", "马森（K. Mathson）"), []),
        (("梅森（Mathson）", "梅森（Karl Mathson）", "马森（Karl Mathson）"), ["马森"]),
        (("梅森（Mathson）与马林（Marlin）", "梅林来了。"), []),
        (("约翰·温特（Winter）与约翰·文特（Vent）",), []),
        (("Geoffrey Hinton", "Geoffry Hinton"), ["Geoffry"]),
        (("Martin Torwald", "Martin Torwalt", "Martin Torwald"), []),
        (("Samuel Torwald", "Samuel Torrwald", "Samuel Torwald"), ["Torrwald"]),
        (("Eric Torwald", "Erik Torwald"), []),
        (("Neural Network", "Neural Networks", "Random Forest", "Random Forrest"), []),
    ],
)
def test_a_person_is_one_only_where_that_is_plain(lines: tuple[str, ...], words: list[str]) -> None:
    assert words == found("person-name-inconsistent", *lines)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    "text",
    [
        "有目的的学习，标的的价格，端的的是，的的确确，似的的。", "为了了解，不甚了了，好了了不起。",
        "是是非非，只是是否，就是是不是，总是是正数。", "存在在内存，在在线学习，正在在家。",
        "总和和均值，和和气气，饱和和不饱和。",
        "参与与否，给与与会者，与与非门。", "通过通过率判断，根据根据地。", "刚刚慢慢一一看看常常。", "的的的",
        "had had, that that, is is, log in in time, bye bye, very very", "a for for loop, the and and or operators",
        "the *the*, the `the`, the the the", "the\n\nthe", "of. Of", "Ths-the the-x",
    ],
)  # fmt: skip
def test_words_that_may_double_are_left_alone(text: str) -> None:
    assert [] == found("word-repeated", text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("这是是一个例子。", ["是是"]),
        ("我和和你，他的的书。", ["和和", "的的"]),
        ("in order to to see", ["to to"]),
        ("因为因为下雨", ["因为因为"]),
    ],
)
def test_words_that_never_double_are_found(text: str, words: list[str]) -> None:
    assert words == found("word-repeated", text)


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize(
    "written",
    ["python", "Python", "PYTHON", "python3", "html5", "objective-c", "mermaid", "plantuml", "elisp", "node", "cuda", "jsonl",
     "code", "output", "svelte", "xyz", "csss", "{python}", "python=", "js{1,3}"],
)  # fmt: skip
def test_a_language_of_somebody_is_left_alone(written: str) -> None:
    assert [] == found("code-language-misspelt", f"```{written}\nx\n```")


@pytest.mark.parametrize("written", ["pyhton", "phyton", "javscript", "typescirpt", "jsno", "bahs", "yamll", "Markdwon", "shel"])
def test_a_slip_is_found(written: str) -> None:
    assert [written] == found("code-language-misspelt", f"```{written}\nx\n```")


def test_no_known_language_is_a_slip_of_another() -> None:
    words = {*languages._LANGUAGES.split(), *languages._OTHERS.split()}

    assert [] == [word for word in sorted(words) if languages._meant(word)]


# ---------------------------------------------------------------- cost


@pytest.mark.parametrize("rule", ["term-inconsistent", "name-inconsistent", "person-name-inconsistent", "word-repeated"])
@pytest.mark.parametrize(
    "unit", ["Aa Bb ", "莱特·", "A-1 ", "“", "的的", "AlphaBeta Gamma-", "the ", "Frank Abcde, "], ids=str.strip
)
def test_the_cost_grows_with_the_text_alone(rule: str, unit: str) -> None:
    assert growth(lambda times: lambda: found(rule, unit * times), 1000) < LIMIT
