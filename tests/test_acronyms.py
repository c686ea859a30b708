"""Expansions of acronyms: what is found, what is a slip, what is silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from decklint.parse import parse
from decklint.rule import DeckView
from decklint.terms.acronyms import Pair, expansion_of, is_acronym, key, meanings, pairs_of
from decklint.terms.misworded import misworded
from decklint.terms.usage import everyday, explained_in, uses_in
from decklint.terms.wording import same, spells, words_of
from decklint.text import Source
from tests.growth import LIMIT, growth


def pairs(markdown: str) -> list[Pair]:
    return pairs_of(DeckView(parse(Source(f"# 标题\n\n{markdown}\n"))).prose)


def better(markdown: str) -> list[str]:
    """The expansions that should stand there."""
    return [found.meaning.text for pair in pairs(markdown) if (found := misworded(pair)) is not None]


@pytest.mark.parametrize(
    ("text", "acronym", "words"),
    [
        ("RLHF (Reinforcement Learning from Human Feedback)", "RLHF", "Reinforcement Learning from Human Feedback"),
        ("we use reinforcement learning from human feedback (RLHF)", "RLHF", "reinforcement learning from human feedback"),
        ("LSTM（长短期记忆网络，Long Short-Term Memory）", "LSTM", "Long Short-Term Memory"),
        ("长短期记忆网络（Long Short-Term Memory，LSTM）", "LSTM", "Long Short-Term Memory"),
        ("数据挖掘（Data Mining DM）", "DM", "Data Mining"),
        ("**Quick** *Index* Table (QIT)", "QIT", "Quick Index Table"),
        ("- QIT: Quick Index Table", "QIT", "Quick Index Table"),
        ("QIT，全称为 Quick Index Table。", "QIT", "Quick Index Table"),
        ("| QIT | Quick Index Table |\n|---|---|", "QIT", "Quick Index Table"),
        ("a Mixture of Experts (MoE)", "MoE", "Mixture of Experts"),
        ("graphics cards (GPUs: Graphics Processing Units)", "GPUs", "Graphics Processing Units"),
    ],
)
def test_an_expansion_is_found_with_its_place(text: str, acronym: str, words: str) -> None:
    found = [expansion for pair in pairs(text) if (expansion := expansion_of(pair)) is not None]

    assert [(acronym, words)] == [(expansion.acronym, expansion.text) for expansion in found]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Multi-Layer Perception (MLP)", "Multi-Layer Perceptron"),
        ("CNN（卷积神经网络，Convolution Neural Network）", "Convolutional Neural Network"),
        ("门控循环单元（Gate Recurrent Unit，GRU）", "Gated Recurrent Unit"),
        ("SGD: Stochastic Gradient Decent", "Stochastic Gradient Descent"),
        ("人工智能（Artificial Intelligent，AI）", "Artificial Intelligence"),
        ("计算机视觉（Computer Version, CV）", "Computer Vision"),
        ("操作系统（Operation System，OS）", "Operating System"),
        ("Retrieval Augmentation Generation (RAG)", "Retrieval-Augmented Generation"),
        ("Generative Adversary Networks (GANs)", "Generative Adversarial Network"),
        ("Transfer Control Protocol (TCP)", "Transmission Control Protocol"),
        ("Hyper Text Transport Protocol (HTTP)", "Hypertext Transfer Protocol"),
        ("Knowledge Discovery in Data Base (KDD)", "Knowledge Discovery in Databases"),
        ("Internal Conference on Machine Learning (ICML)", "International Conference on Machine Learning"),
        ("the long short term memroy (LSTM)", "Long Short-Term Memory"),
        ("支持向量机（Supported Vector Machine，简称SVM）", "Support Vector Machine"),
        ("| DPO | Direct Preferece Optimization |\n|---|---|", "Direct Preference Optimization"),
    ],
)
def test_a_slip_is_found(text: str, right: str) -> None:
    assert [right] == better(text)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Generative Adversarial Netwroks (GANs)", "Networks"),
        ("the large langauge models (LLMs)", "language"),
        ("Internal Conferrence on Machine Learning (ICML)", "International Conference"),
    ],
)
def test_a_slip_is_mended_in_the_form_of_the_slide(text: str, changed: str) -> None:
    (found,) = [found for pair in pairs(text) if (found := misworded(pair)) is not None]

    assert changed == " ".join(right for _, _, right in found.changes)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ML (Maximum Likelihood), MAP (mean average precision)", "another meaning"),
        ("MSE (Mean Square Error), NER (Named Entity Recognizer), MLE (Maximum Likelihood Estimator)", "said in two ways"),
        ("Optical Character Recognizer (OCR) and Masked Language Modelling (MLM)", "the doer for the deed"),
        ("Self Organising Maps (SOM); Search Engine Optimisation (SEO)", "British"),
        ("Reinforcement Learning with Human Feedback (RLHF)", "a small word"),
        ("Generative Pretrained Transformers (GPT), multilayer perceptron (MLP)", "hyphens"),
        ("Auto Encoder (AE), Hyper Text Markup Language (HTML)", "spaces that agree with the letters"),
        ("Réseaux de neurones récurrents (RNN), recurrent neuraal netwerk (RNN)", "another language"),
        ("machine-learned (ML) models, artificially intelligent (AI) agents", "adjectives"),
        ("deep neural networks (CNN), convolutional networks (CNN, RNN)", "examples, no expansions"),
        ("Processing natural language (NLP)", "another order"),
        ("CD (Continuous Deployment), DNS (Domain Name Server)", "another word of the field"),
        ("GRU（门控循环单元）、长短时记忆网络（LSTM）", "Chinese wordings vary"),
        ("Naïve Bayes (NB)", "an accent"),
        ("TLB (Translation Look-Aside Buffer)", "a hyphen"),
        ("UART (Universal Asynchronous Receiver/Transmitter)", "a slash"),
        ("It is Support Vector Machine, not Supported Vector Machine (SVM)", "a correction"),
        ("应为 Support Vector Machine，误写为 Supported Vector Machine（SVM）", "a correction"),
        ("`Recurent Neural Network (RNN)`", "code"),
        ("Recurent Neural Network (QXZ)", "an acronym that nobody knows"),
    ],
)
def test_what_is_no_slip_is_left_alone(text: str, reason: str) -> None:
    assert [] == better(text), reason


def test_every_known_wording_is_right_in_every_form() -> None:
    texts = [
        form.format(acronym=acronym.upper(), words=words)
        for acronym, known in meanings().items()
        for meaning in known
        for words in (
            meaning.text,
            meaning.text.lower(),
            meaning.text.replace("-", " "),
            meaning.text + "s" * (meaning.text[-1] not in "si"),
        )
        for form in ("{words} ({acronym})", "{acronym} ({words})", "中文（{words}，{acronym}）", "{acronym}: {words}")
    ]

    assert [] == [text for text in texts if better(text)]


def test_no_wording_is_listed_twice() -> None:
    wrong = [
        (a.text, b.text) for known in meanings().values() for a in known for b in known if a is not b and same(a.words, b.words)
    ]

    assert [] == wrong


@pytest.mark.parametrize(
    ("acronym", "text", "expected"),
    [
        ("MoE", "Mixture of Experts", True),
        ("SOTA", "state of the art", True),
        ("RLHF", "reinforcement learning from human feedback", True),
        ("KDD", "Knowledge Discovery in Data Base", False),
        ("LLMs", "large language models", True),
    ],
)
def test_letters_and_words(acronym: str, text: str, expected: bool) -> None:
    assert expected == spells(acronym, text)


@pytest.mark.parametrize(("token", "expected"), [("RLHF", True), ("MoE", True), ("R-CNN", True), ("Vision", False), ("A", False)])
def test_what_looks_like_an_acronym(token: str, expected: bool) -> None:
    assert expected == is_acronym(token)


def test_british_and_american_words_are_the_same() -> None:
    assert same(words_of("Behaviours Modelled, Optimised Labelling"), words_of("behavior modeled: optimized labeling"))


def test_acronyms_in_use_leave_out_what_shouts() -> None:
    prose = DeckView(
        parse(Source("# A\n\nYou do not, DO NOT use QIT, not III\n\n---\n\n# B\n\nThis NOT uses QIT (Quick Index Table)\n"))
    ).prose

    assert ["qit"] == list(uses_in(prose))
    assert {"qit"} == explained_in(prose, pairs_of(prose), {"qit", "xyz"})


def test_everyday_acronyms_are_data() -> None:
    assert {"pdf", "cpu", "html", "ai"} <= everyday()
    assert key("GPUs") in everyday()


def test_the_cost_is_linear() -> None:
    """A long line of brackets and capitals costs no more per character than a short one."""

    def pairs(times: int) -> Callable[[], object]:
        prose = DeckView(parse(Source("Alpha Beta Gamma (ABG (DEF) " * times + "\n"))).prose
        return lambda: pairs_of(prose)

    assert growth(pairs, 1000) < LIMIT
