"""Rules that need no registry: citations, reference lists, arithmetic, references to figures and slides; one idea per row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from decklint.catalogue import load, rule_files
from decklint.engine import check_deck
from decklint.facts.citations import DatedId, cited_names, cited_numbers, references_in
from decklint.parse import parse
from decklint.rule import DeckView
from decklint.text import Source, Span
from tests.growth import LIMIT, growth

RULES = {file.code: load(file) for file in rule_files() if file.code in ("FC005", "FC006", "CN002", "CN003")}


def found(code: str, text: str) -> list[str]:
    """The texts at which a rule speaks."""
    source = Source(text, "deck.md")
    return [source.slice(finding.span) for finding in check_deck(parse(source), [RULES[code]])]


def view(text: str) -> DeckView:
    return DeckView(parse(Source(text)))


# ---------------------------------------------------------------- FC005


@pytest.mark.parametrize(
    ("id", "posted"),
    [("2005.14165", (2020, 5)), ("cs/0101010", (2001, 1)), ("hep-th/9901001", (1999, 1)), ("cs.CL/0306050", (2003, 6))],
)
def test_an_arxiv_id_carries_year_and_month(id: str, posted: tuple[int, int]) -> None:
    assert posted == DatedId(id, 2000, Span(0, 0)).posted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Miller et al., 2016](https://arxiv.org/abs/1802.05365)", ["2016"]),
        ("[Deep pictures](https://arxiv.org/pdf/1802.05365v2), 2016.", ["2016"]),
        ("Miller et al. (2016) <https://arxiv.org/abs/1802.05365>", ["2016"]),
        ("(Miller et al., 2016; arXiv:1802.05365)", ["2016"]),
        ("米勒等人 2016，arXiv：1802.05365", ["2016"]),
        ("[Lee, 1999](https://arxiv.org/abs/cs/0101010)", ["1999"]),
        ("[Lee, 2000](https://arxiv.org/abs/cs/0101010)", []),  # written in December
        ("[Miller et al., 2019](https://arxiv.org/abs/1802.05365)", []),  # the venue comes after the preprint
        ("[Miller et al., 2016](https://arxiv.org/abs/1802.05365), ICLR", []),  # a venue explains it
        ("[Miller et al., 2016](https://arxiv.org/abs/1802.05365) (technical report)", []),
        ("[Miller et al., 2016](https://arxiv.org/abs/2015.05365)", []),  # no such month
        ("In 2016 we read [Deep pictures](https://arxiv.org/abs/1802.05365).", []),  # not in the form of a citation
        ("[Deep pictures](https://arxiv.org/abs/1802.05365)，2016年又有新作", []),
        ("[Picture Challenge 2012](https://arxiv.org/abs/1409.0575)", []),  # a year in a title
        ("`Miller et al., 2016, arXiv:1802.05365`", []),  # code
    ],
)
def test_a_citation_before_its_paper(text: str, expected: list[str]) -> None:
    assert expected == found("FC005", f"# Deck\n\n{text}\n")


# ---------------------------------------------------------------- FC006


@pytest.mark.parametrize(
    "title", ["References", "## 参考文献", "Bibliography", "References (2/3)", "7. References", "参考文献（续）"]
)
def test_what_is_a_reference_list(title: str) -> None:
    title = title if title.startswith("#") else f"# {title}"

    assert ["A", "B"] == [entry.text for entry in references_in(view(f"# One\n\nText\n\n{title}\n\n- A\n- B\n").leaves).entries]


@pytest.mark.parametrize(
    "title", ["# Further reading", "# 引用", "# C++ references and pointers", "# References explained", "# 参考文献格式"]
)
def test_what_is_none(title: str) -> None:
    assert [] == references_in(view(f"{title}\n\n- A\n- B\n").leaves).entries


def test_a_list_goes_on_below_smaller_headings() -> None:
    found = references_in(view("# References\n\n## Books\n\n- A\n\n## Papers\n\n- B\n\n# Thanks\n\nText\n").leaves)

    assert ["A", "B"] == [entry.text for entry in found.entries]


def test_entries_of_one_paragraph_and_of_an_ordered_list_have_numbers() -> None:
    lines = references_in(view("# References\n\n[1] A\n[2] B\n").leaves)
    ordered = references_in(view("# References\n\n1. A\n1. B\n").leaves)

    assert [1, 2] == [entry.number for entry in lines.entries] == [entry.number for entry in ordered.entries]
    assert 2 == lines.last == ordered.last


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(Smith, 2019)", ["Smith"]),
        ("Smith et al. (2019) and Jones & Brown (2020)", ["Smith", "Jones"]),
        ("(see Smith, 2019; Jones, 2020)", ["Smith", "Jones"]),
        ("（张三，2019）", ["张三"]),
        ("written in Paris, 2019)", []),  # not at the beginning of brackets
        ("(March 2019)", []),
        ("(CVPR, 2016)", []),  # a venue
        ("Smith (1912-1954)", []),  # a life
    ],
)
def test_citations_by_name(text: str, names: list[str]) -> None:
    assert names == [cited.name for cited in cited_names(view(text).leaves)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("as in [7] and 方法[3]", [7, 3]),
        ("x[7], f(x)[7], [1, 7], [7](a.html), 步骤 [7]", []),
        ("[7] begins a line", []),
    ],
)
def test_citations_by_number(text: str, numbers: list[int]) -> None:
    assert numbers == [number for number, _ in cited_numbers(view(text).leaves)]


# ---------------------------------------------------------------- CN002


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 × 64 = 786", ["786"]),
        ("每层 4,096 x 4,096 = 1,677,216 个参数", ["1,677,216"]),
        ("(3 + 4) × 2 = **15**", ["15"]),
        ("3/4 = 80%", ["80%"]),
        ("30 ms * 4 = 130 ms", ["130"]),
        ("$\\frac{90 + 1}{100} \\times 2 = 1.72$", ["1.72"]),
        ("24M x 4 bytes ~= 93MB", []),  # 24M is rounded, MB may be MiB
        ("2/3 = 0.66, 2/3 = 0.67, 7 / 2 = 3", []),  # cut, rounded, whole
        ("8 bytes × 4 = 32 bytes; 4 × 1024 KiB = 4 MiB; 60 秒 × 24 = 24 分钟", []),
        ("1/2 × 3 = 0.1667", []),  # another reading
        ("1 + 1 = 10; 255 + 1 = 0; 1 + 2 = 12", []),  # binary, overflow, strings
        ("5 + 3 = 2 (mod 6)", []),
        ("2a + 3 = 7, 3x + 1 = 7, f(2) + 3 = 9, log 8 + 2 = 5, |3 - 5| = 2, 5! / 3 = 40", []),  # no plain arithmetic
        ("$2a + 3 = 7$, $10^{-3} \\times 5 = 2$, $1e-3 \\times 2 = 2e-3$", []),
        ("3 + 4 = 8 ? x = 3 + 4 >= 8, 3 + 4 == 8, 3 + 4 = 8 + b", []),
        ("2<sup>3</sup> × 2 = 16, `3 + 4 = 8`, ~~3 + 4 = 8~~", []),
        ("“2 + 2 = 5”", []),  # quoted
        ("pages 3-5 = 7, 9:30 + 2 = 11:30, 0,5 × 4 = 2", []),
        ("- A. 12 × 64 = 786\n- B. 12 × 64 = 768", []),  # options of a quiz
        ("模型算错了：12 × 64 = 786", []),
        ("100 + 20% = 120", []),  # as calculators read it
    ],
)
def test_arithmetic_that_is_written_out(text: str, expected: list[str]) -> None:
    assert expected == found("CN002", f"# 数\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("延迟从200毫秒降低到50毫秒，降低了70%", ["降低了70%"]),
        ("显存从10GB增加到40GB，增加了4倍。", ["增加了4倍"]),
        ("It fell from 1.2 million to 0.6 million, a 60% drop.", ["60% drop"]),
        ("显存从10GB增加到40GB，增加了3倍，即4倍。从100增加到400，增加4倍。", []),  # without 了 both are said
        ("层数从2层增加到4层，提高了5%。批大小从32增加到64，增加了30%的显存。", []),  # of something else
        ("From 10 s to 2 s, 5 times faster; from 60 to 700 times higher. From 2010 to 2020 it grew by 40%.", []),
        ("准确率从60%提高到75%，提高了15%。", []),  # points are meant
        ("从3.2亿增加到3.9亿，增加了21%。", []),  # the numbers are rounded
    ],
)
def test_changes(text: str, expected: list[str]) -> None:
    assert expected == found("CN002", f"# 变化\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按 70%/20%/20% 划分训练集、验证集和测试集。", ["70%/20%/20%"]),
        ("Split 80% / 20% into train and test.", []),
        ("Split: 80% train, 20% test, and 10% of the former to validate.", []),
        ("训练集占80%，测试准确率为92%。", []),  # no split is announced
        ("三类分别占 33.3%、33.3%、33.3%，合计100%。", []),  # rounded
    ],
)
def test_shares(text: str, expected: list[str]) -> None:
    assert expected == found("CN002", f"# 划分\n\n{text}\n")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["项 | 数 | 量", "- | - | -", "a | 10 | 5", "b | 20 | 6", "合计 | 30 | 12"], ["12"]),
        (["项 | 数", "- | -", "a | 10", "b | 20", "合计 | 31"], ["31"]),  # the only column, nearly right
        (["项 | 数", "- | -", "a | 10", "b | 20", "Total | 300"], []),  # perhaps only some of the rows are shown
        (["项 | 分数", "- | -", "a | 90", "b | 80", "Total | 86"], []),  # a weighted mean
        (["项 | 数", "- | -", "a | 10", "其中 c | 5", "b | 20", "合计 | 30"], []),
        (["项 | 大小", "- | -", "a | 1.3", "b | 1.3", "合计 | 2.7"], []),  # rounded
        (["项 | 数", "- | -", "a | 10", "b | n/a", "合计 | 11"], []),
        (["项 | 数 | 量", "- | - | -", "a | 10 | 5", "b | 20 | 6", "合计 | 30 | -"], []),
    ],
)
def test_totals(rows: list[str], expected: list[str]) -> None:
    assert expected == [cell.strip() for cell in found("CN002", "# 表\n\n" + "".join(f"| {row} |\n" for row in rows))]


# ---------------------------------------------------------------- CN003

_CAPTIONS = "\n\n图1：数据\n\n图2：模型\n\nTable 1. Sizes\n\nTable 2. Times\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("如图3所示", ["图3"]),
        ("as Table 4 shows, and Figure 7b", ["Table 4", "Figure 7"]),
        ("见图３", ["图３"]),  # full width
        ("如图2a和图 1 所示, see Table 2", []),
        ("论文的图3，教材图3，改编自图3", []),
        ("Miller et al., Figure 3; [Figure 3](https://example.com)", []),
        ("图3个例子，代表3，地图3", []),
        ("图1-3", []),  # a range, or chapter 1
        ("slide 1, slide 400 of 500, 第400页", []),
        ("回到第400页, see slide 30", ["回到第400页", "slide 30"]),
    ],
)
def test_what_is_referred_to(text: str, expected: list[str]) -> None:
    assert expected == found("CN003", f"# Deck\n\n{text}{_CAPTIONS}")


@pytest.mark.parametrize("picture", ["![Figure 3](a.png)", "![](figure_3.png)", "<center>图3 结果</center>"])
def test_a_picture_may_be_what_is_meant(picture: str) -> None:
    assert [] == found("CN003", f"# Deck\n\n{picture}\n\n如图3所示{_CAPTIONS}")


def test_a_deck_without_numbers_of_its_own_refers_to_something_else() -> None:
    assert [] == found("CN003", "# Deck\n\n如图3所示，图1：数据。 See Section 4 and Table 9.\n\n图4-1：甲\n\n图4-2：乙\n")


# ---------------------------------------------------------------- all


@pytest.mark.parametrize("code", sorted(RULES))
@pytest.mark.parametrize(
    "unit",
    [
        "1+",
        "1.5 × ",
        "(",
        "= 3 ",
        "从1到2，",
        "from 1 to ",
        "图1",
        "A, B, ",
        "Aa, Bb and ",
        "[1]",
        "arXiv:1802.05365, 2016 ",
        "10% ",
        "AB",
        "3 + 4 = 9, ",
    ],
)
def test_the_cost_grows_with_the_text_alone(code: str, unit: str) -> None:
    def checked(size: int) -> Callable[[], object]:
        text = f"# A\n\narxiv 训练 测试 划分 {unit * (size // len(unit))}\n\n# References\n\n- Ab 2001\n- Bc 2002\n- Cd 2003\n"
        deck = parse(Source(text))
        return lambda: check_deck(deck, [RULES[code]])

    assert growth(checked, 5_000) < LIMIT
