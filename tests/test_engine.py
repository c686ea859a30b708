"""What the engine promises: rules that fail do not hide others, suppressions, files as they are spelt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decklint.catalogue import find, load, select
from decklint.deck.deck import Deck
from decklint.engine import check_deck
from decklint.files import ProjectFiles, project_root
from decklint.findings import Edit, Effect, Finding, Fix, Message, Safety, Template
from decklint.fixing import apply, choose, fix
from decklint.parse import parse
from decklint.project import Checker
from decklint.rule import Context, Rule
from decklint.text import Source, Span
from decklint.theme import theme_of


def rule_named(name: str) -> Rule:
    file = find(name)
    assert file is not None
    return load(file)


def check(text: str, *names: str, path: str = "<text>") -> list[Finding]:
    return check_deck(parse(Source(text, path)), [rule_named(name) for name in names] or select())


def test_a_rule_that_crashes_is_reported_and_the_others_run() -> None:
    def broken(context: Context) -> Iterator[Finding]:
        raise ZeroDivisionError("boom")
        yield

    rules = [replace(rule_named("name-misspelt"), check=broken), rule_named("image-without-text")]
    found = check_deck(parse(Source("![](x.png)\n")), rules)

    assert ["rule-crashed", "image-without-text"] == [finding.name for finding in found]
    assert 'the rule "name-misspelt" failed: ZeroDivisionError: boom' in found[0].message.text()


SUPPRESSED = """---
marp: true
{front}
---

# A

{before}

![](a.png)

{after}

![](b.png)
"""


@pytest.mark.parametrize(
    ("front", "before", "after", "lines"),
    [
        ("", "", "", [10, 14]),
        ("", "<!-- lint ignore AX001 -->", "", [14]),
        ("", "<!-- lint ignore image-without-text -->", "", [14]),
        ("", "<!-- lint ignore -->", "", [14]),
        ("", "<!-- lint ignore IM001 -->", "", [10, 14]),
        ("", "<!-- lint disable AX001 -->", "", []),
        ("", "<!-- lint disable AX -->", "<!-- lint enable AX -->", [14]),
        ("", "<!-- lint disable AX001 -->", "<!-- lint enable -->", [14]),
        ("", "", "<!-- lint disable AX001 -->", [10]),
        ("decklint: {ignore: [AX001]}", "", "", []),
        ("decklint: {ignore: IM001}", "", "", [10, 14]),
        ("", "<!-- lint disable no-html -->", "", [10, 14]),
    ],
)
def test_suppressions(front: str, before: str, after: str, lines: list[int]) -> None:
    text = SUPPRESSED.format(front=front or "lang: en", before=before, after=after)
    found = check(text, "image-without-text")

    assert lines == [Source(text).line(finding.span.start) for finding in found]


def test_findings_come_in_the_order_of_the_deck() -> None:
    spans = [finding.span for finding in check("我们用Pytorch。\n\n![](a.png) Numpy\n\n**B**\n")]

    assert spans == sorted(spans)


# ---------------------------------------------------------------- fixes


def finding(*edits: Edit, safety: Safety = Safety.SAFE, name: str = "r") -> Finding:
    made = Fix(Message(Template("t", "题")), edits, safety, frozenset((Effect.TEXT,)))
    one = check("Pytorch\n", "name-misspelt")[0]
    return replace(one, fix=made, name=name, code=name)


def test_fixes_that_overlap_are_not_applied_together() -> None:
    first, second = finding(Edit(Span(0, 3), "x")), finding(Edit(Span(2, 5), "y"))

    assert [first] == choose([second, first], [Safety.SAFE])


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    pair, inner = finding(Edit(Span(0, 1), "a"), Edit(Span(6, 7), "b")), finding(Edit(Span(6, 7), "c"))

    assert "a12345b" == apply("0123456", choose([inner, pair], [Safety.SAFE]))


def test_only_the_allowed_safety_is_applied() -> None:
    assert [] == choose([finding(Edit(Span(0, 1), "x"), safety=Safety.UNSAFE)], [Safety.SAFE])


def test_rules_that_undo_each_other_are_named() -> None:
    def ping(deck: Deck) -> list[Finding]:
        return [finding(Edit(Span(0, 1), "b" if deck.source.text[0] == "a" else "a"), name="ping")]

    fixed = fix("a", lambda text: parse(Source(text)), ping, [Safety.SAFE])

    assert ("b", ("ping",)) == (fixed.text, fixed.cycle)


@pytest.mark.parametrize("effect", [e for e in Effect if e not in (Effect.TEXT, Effect.SPACING)])
def test_a_safe_fix_cannot_declare_more_than_text_and_spacing(effect: Effect) -> None:
    with pytest.raises(ValueError, match=effect.value):
        Fix(Message(Template("t", "题")), (Edit(Span(0, 1), "x"),), Safety.SAFE, frozenset((effect,)))


def test_a_hint_has_no_edits_and_a_fix_has() -> None:
    with pytest.raises(ValueError, match="hint"):
        Fix(Message(Template("t", "题")), (), Safety.UNSAFE, frozenset())


# ---------------------------------------------------------------- files


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in (".git/config", "week1/img/Loss.png", "week1/deck.md", "other/plot.png", "图.png", "node_modules/a/plot.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("address", "missing"),
    [
        ("img/Loss.png", False),
        ("./img/../img/Loss.png", False),
        ("../图.png", False),
        ("../%E5%9B%BE.png", False),
        ("img/Loss.png?raw=true#x", False),
        ("img/loss.png", False),  # image-case-mismatch speaks
        ("img/no.png", True),
        ("plot.png", True),
        ("https://example.com/a.png", False),
        ("data:image/png;base64,xx", False),
        ("/absolute.png", False),
        ("../../outside.png", False),
        ("#anchor", False),
    ],
)
def test_which_pictures_are_missing(project: Path, address: str, missing: bool) -> None:
    found = check(f"![x]({address})\n", "image-file-missing", path=str(project / "week1" / "deck.md"))

    assert missing == bool(found)


def test_a_file_of_that_name_elsewhere_is_named(project: Path) -> None:
    (found,) = check("![x](img/plot.png)\n", "image-file-missing", path=str(project / "week1" / "deck.md"))

    assert 'a file of that name is at "../other/plot.png"' in found.message.text()
    assert found.fix is not None and found.fix.safety is Safety.HINT


def test_a_file_beside_the_deck_is_offered_as_a_fix(project: Path) -> None:
    text = "![x](Loss.png)\n"
    (found,) = check(text, "image-file-missing", path=str(project / "week1" / "deck.md"))

    assert "![x](img/Loss.png)\n" == apply(text, [found])


def test_without_a_marker_the_neighbourhood_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "slides").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").touch()

    found = check(
        "![x](../pictures/a.png) ![y](../pictures/b.png)\n", "image-file-missing", path=str(tmp_path / "slides" / "deck.md")
    )

    assert ['the file "../pictures/b.png" does not exist'] == [f.message.text() for f in found]


@pytest.mark.parametrize("marker", [".git", "decklint.toml", ".marprc.yml", "marp.config.js", ".vscode"])
def test_a_project_begins_at_its_marker(tmp_path: Path, marker: str) -> None:
    (tmp_path / marker).mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)

    assert (tmp_path, True) == project_root(tmp_path / "a" / "b" / "deck.md")


CSS = """/* @theme course */
img[alt~='center'] {}
img[alt*="#c"], section img:not([alt^='x']) {}
section { img[alt$='wide'] {} } // it's
"""


@pytest.mark.parametrize(
    ("word", "known"), [("center", True), ("#c", True), ("x", True), ("wide", True), ("#r", False), ("centre", False)]
)
def test_keywords_come_from_style_sheets(tmp_path: Path, word: str, known: bool) -> None:
    (tmp_path / "theme.scss").write_text(CSS, encoding="utf-8")
    theme = theme_of(parse(Source("---\ntheme: course\n---\n")), ProjectFiles(tmp_path))

    assert ("course", True) == (theme.name, theme.known)
    assert known == theme.selects(word)


def test_a_theme_that_no_style_sheet_defines_is_unknown(tmp_path: Path) -> None:
    assert not theme_of(parse(Source("---\ntheme: course\n---\n")), ProjectFiles(tmp_path)).known


# ---------------------------------------------------------------- whatever the text

PIECES = st.sampled_from(
    """
---
marp: true
theme：x
# GPT-2 (2015)
+以文
- a
* b
**标题**
![w=1](a.png)
![bg right:3](../b c.png)
我们用Pytorch,GPT3.5（RHLF。
GPT-3拥有17亿个参数，BERT于2011年提出
text
(a）
<style>img[alt~='x']{}</style>
<!-- lint disable TM -->
<!-- _class: a -->
| a | b |
|---|---|
> 变分编码器
`code` $x$
""".splitlines()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=12))
def test_no_rule_fails_on_any_text(pieces: list[str]) -> None:
    source = Source("\n".join(pieces))
    found = check_deck(parse(source), select(["ALL"]))

    assert [] == [one.message.text() for one in found if one.name == "rule-crashed"]
    assert all(0 <= one.span.start <= one.span.end <= len(source.text) for one in found)
    assert all(edit.span.end <= len(source.text) for one in found if one.fix for edit in one.fix.edits)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_result(data: bytes) -> None:
    result = Checker().check_stream(b"---\nmarp: true\n---\n" + data, Path("deck.md"))

    assert result.deck is not None or [one.name for one in result.findings] == ["file-unreadable"]


@pytest.mark.parametrize(
    "line", ["标" * 10_000_000, "x" * 31_000_000, " " * 5_000_000 + "x", "![" * 100_000, "**a" * 200_000], ids=lambda t: t[:2]
)
def test_large_texts_are_read(line: str) -> None:
    assert 1 == len(parse(Source(line)).slides)
