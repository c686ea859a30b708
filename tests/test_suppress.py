"""The rules about decklint's own marks and about leftovers: requests to keep quiet, marks to be replaced, chatbots, secrets."""

from __future__ import annotations

import pytest

from decklint.catalogue import find, load, select
from decklint.engine import check_deck
from decklint.findings import Finding, Safety
from decklint.fixing import apply
from decklint.parse import parse
from decklint.project import Result
from decklint.report.concise import concise
from decklint.report.github import github
from decklint.report.json import json
from decklint.rule import Rule
from decklint.secrets import masked
from decklint.text import Source

PICTURE = "![](a.png)\n"
ABOUT_REQUESTS = ("suppression-unused", "suppression-unknown")


def rule_named(name: str) -> Rule:
    file = find(name)
    assert file is not None
    return load(file)


def check(text: str, *names: str) -> list[Finding]:
    rules = [rule_named(name) for name in names] or select()
    return [finding for finding in check_deck(parse(Source(text)), rules) if finding.name in ABOUT_REQUESTS]


def fixed(text: str) -> str:
    found = [finding for finding in check(text) if finding.fix is not None and finding.fix.safety is Safety.UNSAFE]
    return apply(text, found)


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        (f"<!-- lint ignore AX001 -->\n\n{PICTURE}", []),
        (f"<!-- lint disable image-without-text -->\n\n{PICTURE}", []),
        (f"---\ndecklint: {{ignore: AX001}}\n---\n{PICTURE}", []),
        (f"---\ndecklint: {{ignore: AX001}}\n---\n<!-- lint ignore AX001 -->\n\n{PICTURE}", []),  # each alone would do
        ("<!-- lint ignore AX001 -->\n\ntext\n", ["AX001"]),
        ("<!-- lint ignore AX001 AX002 -->\n\ntext\n", ["AX001 AX002"]),
        (f"<!-- lint ignore AX001 AX002 -->\n\n{PICTURE}", ["AX002"]),
        (f"<!-- lint disable AX001 -->\n\ntext\n\n<!-- lint enable AX001 -->\n\n{PICTURE}", ["AX001"]),
        (f"<!-- lint disable AX001 AX002 -->\n\n{PICTURE}\n<!-- lint enable AX001 -->\n", ["AX002"]),
        ("---\ndecklint: {ignore: [AX001, AX002]}\n---\ntext\n", ["AX001 AX002"]),
        ("<!-- lint ignore -->\n\ntext\n", []),  # remark-lint reads this form too
        ("<!-- lint ignore no-html -->\n\ntext\n", []),  # another linter's
        ("<!-- lint ignore IM014 -->\n\ntext\n", []),  # off by default, and did not run
        ("<!-- lint ignore IM -->\n\ntext\n", []),  # part of the family did not run
        ("---\ndecklint: {ignore: [ALL]}\n---\ntext\n", []),
        ("<!-- lint ignore DL003 -->\n\ntext\n", []),  # a fix is reported, not the deck
        ("```markdown\n<!-- lint ignore AX001 -->\n```\n", []),  # code
    ],
)
def test_which_requests_are_of_no_use(text: str, unused: list[str]) -> None:
    assert unused == [finding.message.values["words"] for finding in check(text)]


def test_a_rule_that_did_not_run_is_not_judged() -> None:
    text = "<!-- lint ignore AX001 AX002 -->\n\ntext\n"

    assert ["AX002"] == [f.message.values["words"] for f in check(text, "image-text-is-file-name", "suppression-unused")]
    assert [] == check(text, "suppression-unused")


def test_a_family_is_judged_when_all_of_it_ran() -> None:
    rules = select(["ALL"])
    found = check_deck(parse(Source("<!-- lint ignore AX -->\n\ntext\n")), rules)

    assert ["AX"] == [finding.message.values["words"] for finding in found if finding.name == "suppression-unused"]


def test_a_rule_that_crashed_is_not_judged() -> None:
    from dataclasses import replace

    def broken(context: object) -> list[Finding]:
        raise ValueError("boom")

    rules = [replace(rule_named("image-without-text"), check=broken), rule_named("suppression-unused")]
    found = check_deck(parse(Source("<!-- lint ignore AX001 -->\n\ntext\n")), rules)

    assert ["rule-crashed"] == [finding.name for finding in found]


def test_unused_requests_can_be_left_in_peace() -> None:
    assert [] == check("---\ndecklint: {ignore: [suppression-unused]}\n---\n<!-- lint ignore AX001 -->\n\ntext\n")


@pytest.mark.parametrize(
    ("text", "unknown", "near"),
    [
        ("<!-- lint ignore ax001 -->\n\ntext\n", "ax001", "AX001"),
        ("<!-- lint ignore AX901 -->\n\ntext\n", "AX901", None),
        ("<!-- lint enable image-with-text -->\n", "image-with-text", "image-without-text"),
        ("<!-- lint ignore image_without_text -->\n\ntext\n", "image_without_text", "image-without-text"),
        ("---\ndecklint: {ignore: [ty]}\n---\n", "ty", "TY"),
        ("---\ndecklint: {ignore: typos}\n---\n", "typos", None),
        ("---\ndecklint: {ignore: [image-unread]}\n---\n", "image-unread", "image-unreadable"),
    ],
)
def test_which_words_name_no_rule(text: str, unknown: str, near: str | None) -> None:
    (found,) = check(text, "suppression-unknown")

    assert unknown == found.message.values["word"] == text[found.span.start : found.span.end]
    assert near == (found.fix.title.values["near"] if found.fix else None)


# Names of remark-lint's rules, which its comments `<!-- lint disable … -->` are made for.
# fmt: off
FOREIGN = [
    "blockquote-indentation", "checkbox-character-style", "checkbox-content-indent", "code-block-style",
    "correct-media-syntax", "definition-case", "definition-spacing", "directive-attribute-sort", "emphasis-marker",
    "fenced-code-flag", "fenced-code-marker", "file-extension", "final-definition", "final-newline", "first-heading-level",
    "hard-break-spaces", "heading-increment", "heading-style", "heading-whitespace", "linebreak-style", "link-title-style",
    "list-item-bullet-indent", "list-item-content-indent", "list-item-indent", "list-item-spacing", "maximum-heading-length",
    "maximum-line-length", "media-style", "no-blockquote-without-marker", "no-consecutive-blank-lines", "no-dead-urls",
    "no-duplicate-defined-urls", "no-duplicate-definitions", "no-duplicate-headings", "no-duplicate-headings-in-section",
    "no-emphasis-as-heading", "no-empty-sections", "no-empty-url", "no-file-name-articles", "no-file-name-consecutive-dashes",
    "no-heading-content-indent", "no-heading-indent", "no-heading-like-paragraph", "no-heading-punctuation",
    "no-hidden-table-cell", "no-html", "no-inline-padding", "no-literal-urls", "no-missing-blank-lines",
    "no-multiple-toplevel-headings", "no-paragraph-content-indent", "no-reference-like-url", "no-shell-dollars",
    "no-shortcut-reference-image", "no-shortcut-reference-link", "no-table-indentation", "no-tabs", "no-undefined-references",
    "no-unneeded-full-reference-image", "no-unneeded-full-reference-link", "no-unused-definitions",
    "ordered-list-marker-style", "ordered-list-marker-value", "rule-style", "strikethrough-marker", "strong-marker",
    "table-cell-padding", "table-pipe-alignment", "table-pipes", "unordered-list-marker-style", "alphabetize-lists",
    "are-links-valid", "emoji-limit",
]
# fmt: on


@pytest.mark.parametrize("name", FOREIGN)
def test_names_of_other_linters_are_theirs(name: str) -> None:
    assert [] == check(f"<!-- lint disable {name} -->\n\ntext\n", *ABOUT_REQUESTS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# A\n\n<!-- lint ignore AX001 -->\n\ntext\n", "# A\n\ntext\n"),
        ("# A\n\n<!-- lint ignore AX001 -->\ntext\n", "# A\n\ntext\n"),
        ("text\n<!-- lint disable AX001 -->\n---\n", "text\n\n---\n"),  # else the text would become a heading
        ("text\n<!-- lint ignore AX001 -->\n\nmore\n", "text\n\nmore\n"),
        ("text\n\n<!-- lint disable AX001 -->", "text\n\n"),
        (
            "# A\n\n<!-- lint disable AX001 -->\n\ntext\n\n<!-- lint enable AX001 -->\n\nmore\n",
            "# A\n\ntext\n\nmore\n",
        ),
        (f"<!-- lint ignore AX001 AX002 -->\n\n{PICTURE}", f"<!-- lint ignore AX001 -->\n\n{PICTURE}"),
        (f"<!-- lint ignore AX002 AX001 -->\n\n{PICTURE}", f"<!-- lint ignore AX001 -->\n\n{PICTURE}"),
        (
            f"---\nlang: en\ndecklint: {{ignore: [AX002, AX001]}}\n---\n{PICTURE}",
            f"---\nlang: en\ndecklint: {{ignore: [AX001]}}\n---\n{PICTURE}",
        ),
        (
            f"---\nlang: en\ndecklint: {{ignore: [AX001, 'AX002']}}\n---\n{PICTURE}",
            f"---\nlang: en\ndecklint: {{ignore: [AX001]}}\n---\n{PICTURE}",
        ),
        (
            f"---\nlang: en\ndecklint:\n  ignore:\n    - AX001\n    - AX002\n---\n{PICTURE}",
            f"---\nlang: en\ndecklint:\n  ignore:\n    - AX001\n---\n{PICTURE}",
        ),
        ("---\nlang: en\ndecklint:\n  ignore:\n    - AX002\n---\n# A\n", "---\nlang: en\n---\n# A\n"),
        ("- a\n\n<!-- lint ignore AX001 -->\n\n- b\n", "- a\n\n<!-- lint ignore AX001 -->\n\n- b\n"),  # it parts two lists
        ("- <!-- lint ignore AX001 -->\n  text\n", "- <!-- lint ignore AX001 -->\n  text\n"),
        ("> <!-- lint ignore AX001\n> AX002 -->\n> text\n", "> <!-- lint ignore AX001\n> AX002 -->\n> text\n"),
    ],
)
def test_what_is_of_no_use_is_taken_away(before: str, after: str) -> None:
    assert after == fixed(before)


# ---------------------------------------------------------------- leftovers


def found_in(text: str, name: str) -> list[str]:
    found = check_deck(parse(Source(text)), [rule_named(name)])
    return [text[finding.span.start : finding.span.end] for finding in found]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("TODO", ["TODO"]),
        ("- TODO(li): 换一张更清楚的图", ["TODO(li)"]),
        ("todo: explain the second term", ["todo"]),
        ("FIXME numbers are from last year", ["FIXME"]),
        ("准确率为 93%（待补充）", ["待补充"]),
        ("Time of the exam: TBD", ["TBD"]),
        ("| 模型 | 准确率 |\n|---|---|\n| A | TBD |", ["TBD"]),
        ("参考文献：待补充", ["待补充"]),
        ("# TODO", ["TODO"]),  # and nothing else on the slide
        ("# TODO\n\n- read chapter 2", []),  # the title of a list of things to do
        ("# 作业\n\nTODO：完成第三题", []),  # work that is handed out
        ("# Plan\n\n- TODO: tests\n- Done: parser", []),  # states of work
        ("The TODO list app", []),
        ("写一个TODO管理程序", []),
        ("ToDo 应用", []),
        ("工程师用 TODO 标出没做完的事", []),
        ("这一方向仍有待完善。", []),
        ("性能待完善", []),  # may be said of a system
        ("`TODO: x`", []),
        ("```python\n# TODO: x\n```", []),
        ("<!-- TODO: shorten -->", []),  # the presenter's notes
        ("某公司记作 XXX", []),
        ("汇报人：XXX", ["XXX"]),
        ("# 封面\n\n---\n\n文件名：XXX", []),
        ("# 封面\n\n---\n\n姓名：XXX", []),  # how work is to be handed in
        ("Username: xxx", []),
        ("“Lorem ipsum” fills a page", []),
        ("Lorem ipsum dolor sit amet.", ["Lorem ipsum"]),
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x", ["<<<<<<< HEAD"]),
        ("```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```", []),
        ("标题\n=======\n\n正文", []),
        ("<<<<<<< only the first mark", []),
    ],
)
def test_what_is_left_in_the_text(text: str, left: list[str]) -> None:
    assert left == found_in(text, "leftover-text")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Certainly! Here is a revised agenda:", True),
        ("Here's the improved version:", True),
        ("I hope this helps!", True),
        ("当然！以下是课程大纲：", True),
        ("好的，这是一份教学设计。", True),
        ("希望以上内容对您有所帮助。", True),
        ("作为一个人工智能助手，我无法查看附件。", True),
        ("Sorting is linear here :contentReference[oaicite:3]{index=3}.", True),
        ("Sure, here the bound is tight.", False),
        ("Here is the proof of the theorem.", False),
        ("当然，以下是例外情况。", False),
        ("当然，这是一个简化。", False),
        ("作为一个语言模型，它只预测下一个词。", False),
        ("作为一个AI模型，我们的系统有两层。", False),
        ("“当然，以下是大纲”是常见的开头", False),
        ("他说：好的，以下是改进后的内容", False),
        ("*Sure, here is a summary*", False),
        ("> I hope this helps!", False),
        ("`Sure, here is a summary`", False),
        ("提示词：写一段摘要\n\n当然！以下是摘要：", False),
        ("# Hallucination\n\nCertainly! Here is a list of sources:", False),
        ("如有问题，请随时提问。", False),
        ("The train will turn 3 times 【4】.", False),
    ],
)
def test_what_a_chatbot_said(text: str, said: bool) -> None:
    assert said == bool(found_in(text, "chatbot-residue"))


# Put together here, so that no scanner takes this file for a leak.
HEX, MIXED = "9d3b7c0f52e84a16b7f0c3d19e5a6842", "q7Rk2ZpX9vLw4TnB8sYd1HcJ6mGf3KaUe5QoVi0N"
LETTERS = "qRkZpXvLwTnBsYdHcJmGfKaUeQoViNrWtE"
GITHUB = "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ"  # the example of a published description of the checksum
SECRETS = [
    "sk-" + HEX,
    "sk-" + (MIXED + HEX)[:48],
    "sk-" + MIXED[:20] + "T3Blbk" + "FJ" + MIXED[20:40],
    "sk-proj-" + MIXED + "T3Blbk" + "FJ" + MIXED,
    "sk-ant-" + "api03-" + MIXED + MIXED,
    "AIza" + MIXED[:35],
    "hf_" + LETTERS,
    "ghp_" + GITHUB + "0mLq17",
    "github_pat_" + MIXED[:22] + "_" + (MIXED + MIXED)[:59],
    "xoxb-" + "731904826351-540917362842-" + MIXED[:24],
]
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----"


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret[:7])
@pytest.mark.parametrize(
    "around", ["key = '{}'\n", "```sh\nexport KEY={}\n```\n", "<!-- {} -->\n", "我的密钥是{}。\n", "---\nkey: {}\n---\n"]
)
def test_a_secret_is_found_wherever_it_stands(secret: str, around: str) -> None:
    assert [secret] == found_in(around.format(secret), "secret-in-deck")


@pytest.mark.parametrize(
    "text",
    [
        "sk-" + "x" * 48,
        "sk-" + "0" * 32,
        "sk-your-api-key-goes-here-and-nowhere-else-please",
        "sk-" + "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijkl",
        "disk-" + HEX,
        "ghp_" + GITHUB + "0mLq18",  # the checksum is wrong
        "hf_" + "generatedbyhomeappfordebuggingpurp",
        "AIza" + "a" * 35,
        "AKIA" + "QWERTZ23ASDFGH45",  # no secret is near it
        "AKIA" + "IOSFODNN7EXAMPLE / wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        PEM + "\n...\n",
        "commit 9d3b7c0f52e84a16b7f0c3d19e5a684212345678",
    ],
)
def test_what_is_no_secret(text: str) -> None:
    assert [] == found_in(text, "secret-in-deck")


def test_an_access_key_needs_its_secret() -> None:
    text = f"id = {'AKIA' + 'QWERTZ23ASDFGH45'}\nsecret = {MIXED}\n"

    assert [MIXED] == found_in(text, "secret-in-deck")


def test_a_private_key_is_found_by_its_first_line() -> None:
    assert [PEM] == found_in(f"```\n{PEM}\n{MIXED}{MIXED}\n```\n", "secret-in-deck")


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret[:7])
def test_a_secret_is_not_told(secret: str) -> None:
    deck = parse(Source(f"key {secret}\n"))
    result = Result("deck.md", deck, check_deck(deck, [rule_named("secret-in-deck")]))
    reports = [
        "\n".join(concise([result], lang="zh")),
        "\n".join(github([result], lang="en")),
        "".join(json([result], lang="en")),
    ]

    assert result.findings
    assert not any(secret[-16:] in report or secret[12:24] in report for report in reports)


def covered(secret: str) -> str:
    """The secret as `masked` shows it."""
    text = f"a line\nkey {secret}\nanother\n"
    return masked(text, Source(text).line_span(2)).removeprefix("key ")


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret[:7])
def test_a_secret_is_masked_in_place(secret: str) -> None:
    shown = covered(secret)

    assert len(secret) == len(shown)
    assert secret.startswith(shown.rstrip("*")) and len(shown.rstrip("*")) <= 13


def test_what_is_no_secret_is_shown() -> None:
    assert "disk-usage" == covered("disk-usage")


def test_a_secret_is_masked_whose_sign_stands_on_another_line() -> None:
    text = f"id = {'AKIA' + 'QWERTZ23ASDFGH45'}\nsecret = {MIXED}\n"

    assert f"secret = {'*' * 40}" == masked(text, Source(text).line_span(2))
