"""What a rule asks of a whole deck first, so that it need not look closely, never decides otherwise than a close look."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from decklint.checks.cn import cn002_arithmetic_wrong as arithmetic
from decklint.checks.cn import cn003_reference_dangling as references
from decklint.checks.dl import dl008_chatbot_residue as residue
from decklint.checks.mp import mp003_marker_without_space as markers
from decklint.checks.mp import mp013_look_alike_break as breaks
from decklint.checks.mp import mp030_unsupported_syntax as syntax
from decklint.checks.mp import mp031_emphasis_literal as emphasis
from decklint.deck.nodes import InlineMath, Leaf, MathBlock, Paragraph, Styled, Table
from decklint.deck.walk import of_type, walk
from decklint.deck.written import written
from decklint.lang import HAN, is_chinese
from decklint.lang.chinese import is_mostly_chinese, language_tag, simplified_only, traditional_only, variants_in
from decklint.lang.half_width import _MARK, _PAUSE
from decklint.lang.prose import Prose
from decklint.parse import parse
from decklint.rule import Context, DeckView, Rule
from decklint.terms import acronyms, consistency, persons, spellings
from decklint.text import Source


def context(markdown: str, rule: Rule) -> Context:
    return Context(DeckView(parse(Source(markdown))), rule)


def texts(pieces: str) -> st.SearchStrategy[str]:
    """Texts of such pieces, `␣` for a space in one, and of what parts them."""
    words = [piece.replace("␣", " ") for piece in pieces.split()]
    return st.lists(st.sampled_from([*words, " ", "\n", "\n\n", "\n\n---\n\n"]), max_size=16).map("".join)


# ---------------------------------------------------------------- languages


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


@given(texts("模型模型模型模型 ab abcdefghijklmnop é 7 ， の ののののののののの"))
def test_a_text_is_mostly_chinese_by_its_characters_and_letters(text: str) -> None:
    han, letters = len(re.findall(f"[{HAN}]", text)), len(re.findall(r"[^\W\d_]", text))

    assert (han >= 20 and han * 3 >= letters and is_chinese(text)) is is_mostly_chinese(text)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("pattern", [spellings._VERSIONED, spellings._WORD, consistency._QUOTED, persons._LATIN])
@given(text=texts('GPT Open Mira Torwald AI Chat x 4 .5 - “ ” 《 ’ " @ ( ,␣ K.␣'))
def test_what_names_and_quotations_look_like_is_the_same_line_by_line(pattern: re.Pattern[str], text: str) -> None:
    by_line: list[str] = [match[0] for line in text.split("\n") for match in pattern.finditer(line)]

    assert by_line == [match[0] for match in pattern.finditer(text)]


@given(texts("RNN （ ( ) ） [ ] : — = - stands␣for 全称 Recurrent␣Neural␣Network 循环 ，"))
@example("RNN stands for Recurrent Neural Network")
@example("RNN : Recurrent Neural Network")
def test_an_acronym_beside_words_is_looked_at(text: str) -> None:
    prose = Prose(context(text, arithmetic.check).leaves)
    suspects = {id(leaf) for leaf in (*prose.holding(acronyms._BESIDE), *prose.containing(acronyms._SAID))}

    for leaf in prose.leaves:
        assert not any(acronyms._pairs_in(leaf)) or id(leaf) in suspects


# ---------------------------------------------------------------- sentences


@given(texts('任务 GPU , ; ? ! ） ” 5% “ 《 . … "'))
@example("任务,")
def test_a_half_width_mark_is_looked_at(text: str) -> None:
    assert _MARK.search(text) is None or _PAUSE.search(f"{text}\n")


@given(texts("Sure,␣here's␣an 当然，以下是您 作为一个AI助手，我 I␣hope␣this␣helps! as␣of␣my␣last␣update 好 a"))
@example("# A\n\n\n作为一个AI助手，我")
def test_what_a_chatbot_begins_with_is_found(text: str) -> None:
    seen = context(text, residue.check)
    opened = set(map(id, residue._opened(seen.prose)))

    for leaf in seen.leaves:
        shown = leaf.view.text
        assert not residue._OPENING.match(shown, len(shown) - len(shown.lstrip())) or id(leaf) in opened


# ---------------------------------------------------------------- numbers


@given(texts("图 表 如图 Figure TABLE figs. Tab. Slide section 第 回到第 节 页 3 2.1 :"))
@example("见第 3 节")
def test_what_refers_to_something_is_looked_at(text: str) -> None:
    labelled = any(pattern.search(text) for pattern in (references._CAPTION, references._REFERRED))
    counted = any(pattern.search(text) for pattern in (references._SECTION, references._SLIDE))

    assert not labelled or references._LABELLED.search(text)
    assert not counted or references._COUNTED.search(text)


@given(texts("从3降到2 ， 降低了50% 翻了3倍 from␣8␣to␣2 ,␣ a␣4x␣reduction 训练60% 测试30% 划分 3␣+␣4 ␣=␣5"))
@example("从200毫秒降到50毫秒，降低了70%。")
@example("Loss goes from 8 to 2, a 10x reduction")
@example("2 + 2 = 5\n\n$3 \\times 4 \\approx 18$\n\n$$\n1 + 1 \\simeq 7\n$$")
@example("|合计|\n|-|\n|1|")
def test_arithmetic_is_judged_wherever_it_is_wrong(text: str) -> None:
    seen = context(text, arithmetic.check)
    suspects = set(map(id, arithmetic._suspects(seen)))

    for node in walk(seen.deck):
        if isinstance(node, Leaf) and ("~~" in node.raw or not re.search(r"\d", node.raw)):
            continue  # never judged
        if isinstance(node, (Leaf, InlineMath, MathBlock, Table)) and any(arithmetic._judged(seen, node)):
            assert id(node) in suspects


# ---------------------------------------------------------------- Markdown


@given(texts("+ - * 12. 3) ## ＃ # 文 A “ 1").map(lambda text: text.replace("1", "\u3000")))
def test_a_marker_without_its_space_is_suspected(text: str) -> None:
    patterns = (markers._ITEM, markers._ODD_SPACE, markers._HEADING)

    for paragraph in of_type(parse(Source(text)), Paragraph):
        expected = any(pattern.match(line) for pattern in patterns for line in paragraph.raw.split("\n"))
        assert expected is (markers._SUSPECT.search(paragraph.raw) is not None)


@given(texts("- -- --- — — – a ␣␣␣␣--- >␣").map(lambda text: text.replace("a", "\u200b")))
@example("文字\n——-\n")
@example("文字\n\n\u3000---\n")
def test_a_line_of_dashes_is_looked_at_wherever_it_stands_in_a_paragraph(text: str) -> None:
    seen = context(text, breaks.check)
    suspects = set(map(id, breaks._suspects(seen)))

    for paragraph in seen.of_type(Paragraph):
        assert not any(breaks._in_paragraph(seen, paragraph, between=True)) or id(paragraph) in suspects


@given(
    texts(
        r"[[ ]] == ::: x 文␣a {.a} {width=1} [^1] [␣]␣ -␣ >␣ [!NOTE] [toc] \( \) \[ \] x_2 https://a.com/ a.com/ ` &#91; ![ ](b)"
    )
)
@example("a.com/==文==b")
def test_syntax_of_other_tools_is_found_wherever_it_is_written(text: str) -> None:
    seen = context(text, syntax.check)
    suspects = set(map(id, syntax._suspects(seen)))

    for leaf in seen.leaves:
        shown = written(leaf, seen.source, escapes=True)
        if any(syntax._at_start(leaf, shown)) or any(syntax._inside(leaf, shown, {"1"})):
            assert id(leaf) in suspects


@given(texts(r"* ** __ *** 文 文。 “ ” a a␣b a.ts/ https://a.com/ ` \*"))
@example("**文。**文")
@example("a.ts/**文。**文")
def test_a_mark_of_emphasis_that_is_shown_is_found(text: str) -> None:
    seen = context(text, emphasis.check)
    suspects = set(map(id, emphasis._suspects(seen)))

    for leaf in seen.leaves:
        source = seen.source.slice(leaf.span)
        done = {(node.span.start - leaf.span.start, node.span.end - leaf.span.start) for node in of_type(leaf, Styled)}
        meant = emphasis._meant(written(leaf, seen.source))
        literal = [found for found in meant if found[:2] not in done and emphasis._cure(source, *found)]
        assert not literal or id(leaf) in suspects or _is_nested(leaf)


def _is_nested(leaf: Leaf) -> bool:
    """Whether emphases lie in one another: then the pairs from left to right are not what they are, and yet none is shown."""
    return any(isinstance(node.parent, Styled) for node in of_type(leaf, Styled))
