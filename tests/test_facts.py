"""Values and verdicts of the fact engine, one idea per row."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decklint.facts import doubles, numerals, values
from decklint.facts.claims import Claim
from decklint.facts.values import dates_in, quantities_in
from decklint.facts.verdicts import Verdict
from decklint.findings import Confidence
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2019年2月14日", ["2019-02-14"]),
        ("于2019年提出", ["2019"]),
        ("2022 年 11 月", ["2022-11"]),
        ("feb 2019 and march 3, 2020", ["2019-02", "2020-03-03"]),
        ("released 2024-04-18", ["2024-04-18"]),
        ("in 1998,", ["1998"]),
        ("2006-2019", []),
        ("1950年代", []),
        ("2018年以来", []),
        ("until 2019", []),
        ("v2019.3 and 2019/20", []),
        ("共2000张图片", []),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert dates == [date.iso for date in dates_in(text, 0, len(text))]


PIECES = (
    "2", "0", "19", "18", "2019", "-02", "年", "月", "日", "february ", "mar. ", "3", ", ", " ", ".", "a", "/", "١", "²", "%",
    "一九", "二〇", "二零", "一七", "十", "一千", "七百", "万", "亿", "点", "五", "超过", "不到", "约", "为", "数", "近", "级",
    "个", "多", "approximately ", "greater than ", "as many as ", "x10^", "×", "b", "k ", "million", "tokens",
)  # fmt: skip
NUMERIC = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@given(NUMERIC)
@settings(max_examples=500, deadline=None)
def test_no_date_is_lost_to_the_look_before(text: str) -> None:
    assert all(values._CENTURY.search(match[0]) for match in values._DATE.finditer(text))


@given(NUMERIC)
@settings(max_examples=500, deadline=None)
def test_no_number_is_lost_to_the_look_before(text: str) -> None:
    others = [match[0] for pattern in (values._HAN_NUMBER, numerals.VAGUE) for match in pattern.finditer(text)]
    assert all(values._SCALED.search(other) for other in others)


BOUND = rf"(?:(?P<about>{values._ABOUT})|(?P<over>{values._AT_LEAST})|(?P<under>{values._AT_MOST}))?(?:有|为|是|达)?\s?"
BOUNDED = re.compile(BOUND + values._NUMBER.pattern, values._NUMBER.flags)


@given(NUMERIC)
@settings(max_examples=500, deadline=None)
def test_a_bound_is_found_behind_a_number_as_before_it(text: str) -> None:
    forward = [(match.start("number"), match["about"], match["over"], match["under"]) for match in BOUNDED.finditer(text)]
    backward = [
        (match.start(), *(bound.groups() if bound else (None,) * 3)) for match, bound in values._numbers(text, 0, len(text))
    ]
    assert forward == backward


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1750亿", 1.75e11),
        ("1.8万亿", 1.8e12),
        ("175b", 1.75e11),
        ("1.5 billion", 1.5e9),
        ("32,000", 32000),
        ("128k", 128000),
        ("60 million", 6e7),
        ("3500万", 3.5e7),
    ],
)
def test_quantities(text: str, value: float) -> None:
    assert [value] == [quantity.value for quantity in quantities_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "right", "agrees"),
    [
        ("1750亿", 1.746e11, True),  # as exact as it was written
        ("1.5b", 1.542e9, True),
        ("1.54b", 1.5e9, False),
        ("约1.2亿", 1.1e8, True),
        ("152", 151, False),
        ("超过1000亿", 1.75e11, True),  # a bound
        ("超过2000亿", 1.75e11, False),
        ("不到2000亿", 1.75e11, True),
        ("约1500亿", 1.75e11, False),
        ("一千七百五十亿", 1.746e11, True),
        ("十七点五亿", 1.75e11, False),
        ("1.75×10¹¹", 1.75e11, True),
    ],
)
def test_a_quantity_is_compared_as_exactly_as_it_was_written(text: str, right: float, agrees: bool) -> None:
    (quantity,) = quantities_in(text, 0, len(text))

    assert agrees == quantity.agrees_with(right)


def claims(*paragraphs: str) -> list[Claim]:
    return DeckView(parse(Source("# 标题\n\n" + "\n\n".join(paragraphs) + "\n"))).claims


@pytest.mark.parametrize(
    ("sentence", "entity", "verdict"),
    [
        ("2018年，OpenAI和谷歌分别发布了GPT-1与BERT。", "gpt-1", Verdict.CONFIRMED),
        ("2017年，谷歌提出基于自注意力机制的神经网络结构，Transformer架构。", "transformer", Verdict.CONFIRMED),
        ("ResNet (2016) won.", "resnet", Verdict.CONFIRMED),  # of 2015, and of CVPR 2016
        ("在 **GPT-2** 论文发表于 *2018年*。", "gpt-2", Verdict.CONTRADICTED),
        ("GPT-3 has 17.5 billion parameters.", "gpt-3", Verdict.CONTRADICTED),
        ("GPT-4 has 1.8 trillion parameters.", "gpt-4", Verdict.DISPUTED),
    ],
)
def test_a_claim_gets_its_verdict(sentence: str, entity: str, verdict: Verdict) -> None:
    assert (entity, verdict) in [(claim.entity.id, claim.verdict) for claim in claims(sentence)]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("我们在2021年用BERT做实验。", "no verb of birth"),
        ("BERT是哪一年提出的，2017年还是2018年？", "a question"),
        ("BERT并非2017年提出。", "a negation"),
        ("GPT-4 reportedly has 1.8 trillion parameters.", "it says that it only reports"),
        ("2019年，研究者提出了基于BERT的新模型。", "something built on it"),
        ("2019年，BERT的改进版发布。", "something of it"),
        ("Music Transformer was introduced in 2018.", "another name"),
        ("GPT-3.7 has 9 billion parameters.", "a version that nobody knows"),
        ("GPT-3的10倍以上", "a comparison"),
        ("BERT 将于2030年发布新版。", "a plan"),
        ("其中40亿参数可训练，GPT-3不变。", "a part"),
        ("`GPT-3 has 17 billion parameters`", "code"),
    ],
)
def test_what_is_no_claim_gives_no_finding(sentence: str, reason: str) -> None:
    found = [claim for claim in claims(sentence) if claim.verdict in (Verdict.CONTRADICTED, Verdict.DISPUTED)]

    assert [] == found, reason


def test_a_subject_of_another_clause_is_less_sure() -> None:
    (claim,) = [c for c in claims("OpenAI推出了GPT-3，其参数规模达到了1500亿。") if c.attribute.id == "parameters"]

    assert (Verdict.CONTRADICTED, Confidence.MEDIUM) == (claim.verdict, claim.confidence)


def test_the_right_value_is_given_in_the_form_of_the_slide() -> None:
    (claim,) = claims("GPT-3拥有17.5亿个参数。")

    assert ("17.5亿", "1750亿") == (claim.written, claim.right)


@pytest.mark.parametrize(
    ("sentence", "written", "right"),
    [
        ("GPT-3 有1750万参数。", "1750万", "1750亿"),
        ("GPT-3 擁有150億個參數。", "150億", "1750億"),
        ("Llama 2 的词表大小为128k。", "128k", "32k"),
        ("GPT-2 于2018年2月发布。", "2018年2月", "2019年2月"),
        ("GPT-2 was released in February 2018.", "February 2018", "February 2019"),
        ("GPT-3 有十七点五亿个参数。", "十七点五亿", ""),
    ],
)
def test_a_right_value_keeps_the_form_of_the_slide(sentence: str, written: str, right: str) -> None:
    (claim,) = [claim for claim in claims(sentence) if claim.verdict is Verdict.CONTRADICTED]

    assert (written, right) == (claim.written, claim.right)


@pytest.mark.parametrize(
    ("sentence", "attribute", "verdict"),
    [
        ("BERT 由 Jacob Devlin 等人提出。", "authors", Verdict.CONFIRMED),
        ("BERT 由 Hinton 等人提出。", "authors", Verdict.CONTRADICTED),
        ("BERT 由张三提出。", "authors", None),  # nobody whom the registry knows
        ("Google Brain and the University of Toronto proposed the Transformer model.", "organisation", Verdict.CONFIRMED),
        ("谷歌和OpenAI分别发布了GPT-1和BERT。", "organisation", Verdict.CONTRADICTED),
        ("Llama 2 由 Facebook 发布。", "organisation", Verdict.OUTDATED),
        ("BERT (ACL 2018)", "venue", Verdict.CONTRADICTED),
        ("BERT 采用仅编码器架构。", "architecture", Verdict.CONFIRMED),
        ("BERT 采用仅解码器架构。", "architecture", Verdict.CONTRADICTED),
        ("GPT-4 采用混合专家架构。", "architecture", Verdict.UNKNOWN),  # an open set is not denied by omission
        ("GPT-3 的参数量是 GPT-2 的100倍以上。", "parameters", Verdict.CONFIRMED),
        ("GPT-3 的参数量是 GPT-2 的10倍。", "parameters", Verdict.CONTRADICTED),
    ],
)
def test_names_phrases_and_comparisons_are_claims(sentence: str, attribute: str, verdict: Verdict | None) -> None:
    found = {claim.verdict for claim in claims(sentence) if claim.attribute.id == attribute}

    assert ({verdict} if verdict else set()) == found


@pytest.mark.parametrize(
    ("deck", "verdict"),
    [
        ("## GPT-3\n\n- 参数量：175亿", Verdict.CONTRADICTED),
        ("- GPT-3\n  - 175B parameters", Verdict.CONFIRMED),
        ("| 模型 | 参数量（亿） |\n|---|---|\n| GPT-3 | 175 |", Verdict.CONTRADICTED),
        ("| | GPT-3 |\n|---|---|\n| 参数量 | 1750亿 |", Verdict.CONFIRMED),
        ("## GPT-3\n\n正文。\n\n---\n\n- 参数量：1750亿", Verdict.CONFIRMED),  # a slide without a title continues the one before
        ("我们来看GPT-3。它有175亿参数。", Verdict.CONTRADICTED),
        ("## GPT-3 的应用\n\n- 175亿参数", None),  # a title that says more
        ("## GPT-3\n\n- 我们的小模型有175亿参数", None),  # another subject
        ("## GPT-3\n\n- 蒸馏\n  - 175亿参数", None),  # an item between that names something unknown
    ],
)
def test_a_subject_outside_the_sentence_is_at_most_a_warning(deck: str, verdict: Verdict | None) -> None:
    found = DeckView(parse(Source(deck + "\n"))).claims

    assert [verdict] * (verdict is not None) == [claim.verdict for claim in found]
    assert all(claim.confidence is Confidence.MEDIUM for claim in found)


NAMES = ("YOLOv3", "the perceptron", "遗传算法", "Alan Turing", "艾伦·图灵", "FooNet-2")
SAID = (" was invented in ", "是由某人于", " 发布于 ", " was released in ", "成立于", " (", "（ ")
COUNTED = ("一共有 约", " has about ", "的参数量是", "的层数达", "由", "拥有", "包含")
VALUES = ("1975", "１９７５", "2018 年", "1998年提出", "1912-1954)", "1912—1954年）", "96 layers", "1.5亿参数", "٣ 个专家", "7")


def test_no_statement_is_lost_to_the_look_before() -> None:
    told = [name + cue + value for name in NAMES for cue in (*SAID, *COUNTED) for value in VALUES]
    signs = {doubles._YEAR: (doubles._ZH, doubles._ZH_IN, doubles._EN, doubles._RELEASED), doubles._COUNTS: (doubles._HAS,)}
    signs |= {doubles._LIVED: (doubles._LIFE,)}
    for sign, forms in signs.items():
        found = [match[0] for form in forms for text in told if (match := form.search(text))]
        assert found == [text for text in found if sign.search(text)] != []
