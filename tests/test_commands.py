"""`decklint claims` and `decklint facts`, as a user runs them."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from decklint.commands import console
from decklint.commands.bibtex import bibliography, escaped, key
from decklint.commands.columns import columns, shorten
from decklint.commands.found import readable
from decklint.findings import Citation
from decklint.report.plain import width
from tests.conftest import ROOT, Run
from tests.test_imports import modules

TEXT = """---
marp: true
---

# 模型

BERT 于2018年提出。ResNet 于2010年提出。

---

# 规模

GPT-4拥有1.8万亿个参数。
"""
ONE_WRONG = "BERT was introduced in 2018.\n\nResNet was introduced in 2010.\n"


def deck(folder: Path, text: str = TEXT, name: str = "deck.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# ---------------------------------------------------------------- claims: the table


def test_the_table_tells_slide_words_verdict_value_and_source(run: Run, tmp_path: Path) -> None:
    deck(tmp_path)

    done = run("claims", "deck.md", cwd=tmp_path)
    lines = [re.split(r"\s{2,}", line.strip()) for line in done.stdout.splitlines()]

    assert ["1", "7", "ResNet", "publication", "2010年", "contradicted"] in [line[:6] for line in lines]
    assert ["2", "13", "GPT-4", "number of parameters", "1.8万亿", "disputed"] in [line[:6] for line in lines]
    assert re.search(r"^  \[1\] Devlin et al\. \(2018\) “BERT.+https://", done.stdout, re.MULTILINE)
    assert "3 claims in 1 deck: 1 confirmed, 1 contradicted, 1 disputed" == done.stdout.splitlines()[-1]


def test_the_table_speaks_chinese_in_straight_columns(run: Run, tmp_path: Path) -> None:
    deck(tmp_path)

    done = run("claims", "deck.md", "--lang", "zh", cwd=tmp_path)
    table = [line for line in done.stdout.splitlines() if line.startswith("  ") and "[" in line and "http" not in line]

    assert 1 == len({width(line[: line.index("[")]) for line in table}), done.stdout
    assert "矛盾" in done.stdout and "发表时间" in done.stdout
    assert "1 个文件中有 3 条陈述：相符 1，矛盾 1，未公开或有争议 1" == done.stdout.splitlines()[-1]


def test_only_some_verdicts_are_shown_and_all_are_counted(run: Run, tmp_path: Path) -> None:
    deck(tmp_path)

    done = run("claims", "deck.md", "--verdict", "disputed,unknown", cwd=tmp_path)

    assert "GPT-4" in done.stdout and "ResNet" not in done.stdout
    assert done.stdout.endswith("1 confirmed, 1 contradicted, 1 disputed (1 shown)\n")


def test_a_verdict_that_does_not_exist_is_refused_with_the_nearest(run: Run, tmp_path: Path) -> None:
    deck(tmp_path)

    done = run("claims", "deck.md", "--verdict", "contradictory", cwd=tmp_path)

    assert (2, 'decklint: unknown verdict "contradictory"; did you mean "contradicted"?\n') == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    ("words", "text", "code"),
    [
        ((), "BERT was introduced in 2018.\n", 0),
        ((), "Nothing is claimed here.\n", 0),
        ((), ONE_WRONG, 1),
        (("--verdict", "confirmed"), ONE_WRONG, 0),
        (("--format", "json"), ONE_WRONG, 1),
        (("--format", "bibtex"), ONE_WRONG, 0),
    ],
)
def test_only_a_contradicted_claim_that_is_listed_fails_a_run(
    run: Run, tmp_path: Path, words: tuple[str, ...], text: str, code: int
) -> None:
    deck(tmp_path, text)

    assert code == run("claims", "deck.md", *words, cwd=tmp_path).returncode


@pytest.mark.parametrize(("lang", "said"), [("en", "no claims found in 1 deck"), ("zh", "没有发现可核对的陈述")])
def test_nothing_found_is_said_aloud(run: Run, tmp_path: Path, lang: str, said: str) -> None:
    deck(tmp_path, "# A\n\nWords.\n")

    assert said in run("claims", "deck.md", "--lang", lang, cwd=tmp_path).stdout


def test_no_deck_is_trouble(run: Run, tmp_path: Path) -> None:
    done = run("claims", cwd=tmp_path)

    assert (2, "") == (done.returncode, done.stdout)
    assert "no decks in this folder" in done.stderr


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    deck(tmp_path)
    (tmp_path / "gbk.md").write_bytes("# 幻灯片\n".encode("gb18030"))

    done = run("claims", "gbk.md", "gone.md", "deck.md", cwd=tmp_path)

    assert 2 == done.returncode
    assert "gbk.md:1:3: the file is not UTF-8" in done.stderr and "gone.md:1:1: the file does not exist" in done.stderr
    assert "ResNet" in done.stdout


def test_standard_input_is_read(run: Run) -> None:
    assert "lecture.md" in run("claims", "-", "--stdin-filename", "lecture.md", stdin=ONE_WRONG.encode()).stdout


def test_text_of_a_deck_cannot_steer_a_terminal(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, ONE_WRONG, "a\u202eb.md")

    assert "a\\u202eb.md" in run("claims", ".", "a\u202eb.md", cwd=tmp_path).stdout


# ---------------------------------------------------------------- claims: JSON and BibTeX


def test_json_names_places_facts_and_sources(run: Run, tmp_path: Path) -> None:
    deck(tmp_path)

    found = json.loads(run("claims", "deck.md", "--format", "json", cwd=tmp_path).stdout)
    (wrong,) = [claim for claim in found if claim["verdict"] == "contradicted"]

    assert ("resnet", "published", "2010年", 1, "模型") == tuple(
        wrong[name] for name in ("entity", "attribute", "written", "slide", "slide_title")
    )
    assert {"line": 7, "column": 23, "end_line": 7, "end_column": 28} == wrong["value"]
    assert wrong["facts"][0]["values"][0].startswith("2015") and wrong["facts"][0]["sources"][0]["url"].startswith("http")


def test_json_of_nothing_is_an_empty_list(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, "# A\n")

    assert [] == json.loads(run("claims", "deck.md", "--format", "json", cwd=tmp_path).stdout)


_ENTRY = re.compile(r"@misc\{([a-z0-9-]+),\n((?:  [a-z]+ = \{.*\},\n)+)\}\n")


def test_the_bibliography_is_bibtex_with_each_source_once(run: Run, tmp_path: Path) -> None:
    deck(tmp_path, TEXT + "\n---\n\nBERT was introduced in 2018 and has 340 million parameters.\n")

    text = run("claims", "deck.md", "--format", "bibtex", cwd=tmp_path).stdout
    entries = _ENTRY.findall(text)

    assert "" == _ENTRY.sub("", text).strip()
    keys, addresses = [name for name, _ in entries], re.findall(r"  url = \{(.*)\}", text)
    assert sorted(set(keys)) == keys and len(set(addresses)) == len(addresses)
    assert "devlin2018-bert-pre" in keys
    assert all(fields.count("{") == fields.count("}") for _, fields in entries)


def test_a_bibliography_of_nothing_is_a_comment() -> None:
    (line,) = bibliography([])

    assert line.startswith("%")


BERT = Citation("BERT: Pre-training", "https://arxiv.org/abs/1810.04805", "Devlin et al.", 2018, "Table 1")


def bib(*sources: Citation) -> str:
    return "\n".join(bibliography(sources))


def test_one_work_with_two_places_is_one_entry() -> None:
    text = bib(BERT, Citation(BERT.title, BERT.url, BERT.by, BERT.year, "section 3"), BERT)

    assert 1 == text.count("@misc")
    assert "note = {Table 1; section 3}" in text and "eprint = {1810.04805}" in text


@pytest.mark.parametrize(
    ("by", "author"),
    [
        ("Devlin et al.", "author = {Devlin and others}"),
        ("Krizhevsky, Sutskever and Hinton", "author = {Krizhevsky and Sutskever and Hinton}"),
        ("Weights & Biases", r"author = {{Weights \& Biases}}"),
        ("Sun et al., Baidu", "author = {{Sun et al., Baidu}}"),
        ("Hinton", "author = {{Hinton}}"),
        ("吕栋", "author = {{吕栋}}"),
    ],
)
def test_authors(by: str, author: str) -> None:
    assert author in bib(Citation("T", "https://example.org", by))


def test_what_tex_would_take_for_a_command_is_escaped() -> None:
    assert r"50\% of \$x\_1\$ \& \#2 \{a\} \textasciitilde{} \textbackslash{}b" == escaped("50% of $x_1$ & #2 {a} ~ \\b")
    assert "\\textbackslash{}u202e" == escaped("\u202e")
    assert "url = {https://example.org/a%20b%7D}" in bib(Citation("T", "https://example.org/a b}"))


def test_keys_are_made_of_the_source_alone() -> None:
    assert "devlin2018-bert-pre" == key(BERT)
    assert "the-decoder" not in key(Citation("The Leak", "https://example.org", "The Decoder", 2023))
    assert key(BERT) in bib(BERT, Citation("Z", "https://example.org/z", "Zeiler", 2012))
    assert re.fullmatch(r"source2023-[0-9a-f]{6}", key(Citation("维基百科", "https://example.org", "维基百科", 2023)))


def test_keys_that_would_be_the_same_are_told_apart() -> None:
    other = Citation("BERT: Pre-release notes", "https://example.org", "Devlin et al.", 2018)

    assert 2 == len(set(re.findall(r"@misc\{(.+),", bib(BERT, other))))


def test_a_key_stays_what_it_is_whatever_else_is_listed() -> None:
    other = Citation("BERT: Pre-release notes", "https://example.org", "Devlin et al.", 2018)
    (alone,) = re.findall(r"@misc\{(.+),", "\n".join(bibliography([BERT], [other, BERT])))

    assert alone in re.findall(r"@misc\{(.+),", "\n".join(bibliography([other, BERT], [other, BERT])))


# ---------------------------------------------------------------- facts: search, show, due


def test_search_finds_names_in_both_languages(run: Run) -> None:
    assert run("facts", "search", "图灵").stdout.splitlines()[2].startswith("alan-turing")
    assert run("facts", "search", "gpt", "2").stdout.splitlines()[2].startswith("gpt-2 ")


def test_search_for_what_is_not_known_names_the_nearest(run: Run) -> None:
    done = run("facts", "search", "GPT2")

    assert (2, "") == (done.returncode, done.stdout)
    assert 'the registry knows no "GPT2"' in done.stderr and "GPT-2  (gpt-2)" in done.stderr


def test_show_tells_everything(run: Run) -> None:
    said = run("facts", "show", "gpt-4").stdout

    for part in (
        "GPT-4  (model, gpt-4)",
        "names: ",
        "publication: ",
        "also right: ",
        "status: disputed",
        "source: ",
        " read on 20",
    ):
        assert part in said, part


def test_show_speaks_chinese(run: Run) -> None:
    said = run("facts", "show", "gpt-3", "--lang", "zh").stdout

    assert "参数量: 1750亿" in said and "状态: 已确认" in said and "来源: " in said


def test_show_takes_names_and_ids_of_variants(run: Run) -> None:
    (shown,) = json.loads(run("facts", "show", "GPT-2 small", "--json").stdout)

    assert "gpt-2" == shown["id"] == json.loads(run("facts", "show", "gpt-2-xl", "--json").stdout)[0]["id"]


def test_show_of_what_is_not_known_names_the_nearest(run: Run) -> None:
    done = run("facts", "show", "gtp-2")

    assert (2, 'decklint: the registry knows no "gtp-2"; did you mean "gpt-2"?\n') == (done.returncode, done.stderr)


def test_due_says_aloud_that_nothing_is(run: Run) -> None:
    assert "no reviews due by 1999-12-31" in run("facts", "due", "--by", "1999-12-31").stdout
    assert 2 == run("facts", "due", "--by", "soon").returncode


def test_due_lists_the_oldest_evidence_first(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    from decklint.commands import facts_look

    def fact(on: str, review: str) -> dict[str, object]:
        return {"attribute": "published", "value": "2019", "review": review, "sources": [{"checked": {"how": "read", "on": on}}]}

    facts = [fact("2026-03-01", "2027-01"), fact("2025-02-01", "2027-02"), fact("2024-01-01", "2028-01")]
    book = {"attributes": [], "entities": [{"id": f"e{n}", "facts": [each]} for n, each in enumerate(facts)]}
    monkeypatch.setattr(facts_look, "load", lambda: book)

    lines = list(facts_look.due_facts(date(2027, 6, 30), "en"))

    assert ["e1", "e0"] == [line.split()[2] for line in lines[2:-2]]
    assert "2 reviews due by 2027-06-30; 3 facts have a review date" == lines[-1]


# ---------------------------------------------------------------- facts: add

NEW = ("--kind", "model", "--name", "Quux-7")
EVIDENCE = ("--title", "Quux", "--url", "https://example.org/quux", "--checked", "read", "--on", "2026-11-24")


def test_add_writes_no_evidence_that_was_not_given(run: Run) -> None:
    done = run("facts", "add", *NEW, "--alias", "阔克斯-7")
    entry = [line for line in done.stdout.splitlines() if not line.startswith("  #")]

    assert ["- id: quux-7", "  kind: model", "  name: Quux-7"] == entry[:3]
    assert not any(word in line for line in entry for word in ("sources", "checked", "url", "facts"))
    assert "#   - attribute: ..." in done.stdout and "parameters" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--attribute", "published", "--value", "2019"), "a fact without evidence is a rumour: --title, --url, --checked, --on"),
        (("--attribute", "publshed", "--value", "2019", *EVIDENCE), 'no attribute "publshed"; did you mean "published"?'),
        (("--attribute", "published", "--value", "2019", *EVIDENCE[:4], "--checked", "remembered", "--on", "2026-11-24"), "how"),
        (("--alias", "BERT"), 'the registry has "BERT": `decklint facts show bert`'),
    ],
)
def test_add_refuses(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("facts", "add", *NEW, *words)

    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr


def test_add_refuses_a_kind_that_does_not_exist(run: Run) -> None:
    assert 'no kind "modle"; did you mean "model"?' in run("facts", "add", "--kind", "modle", "--name", "X").stderr


def test_a_chinese_name_wants_an_id(run: Run) -> None:
    assert "--id" in run("facts", "add", "--kind", "method", "--name", "某某方法").stderr
    assert "id: some-method" in run("facts", "add", "--kind", "method", "--name", "某某方法", "--id", "some-method").stdout


def test_add_into_a_pack_gives_a_pack_without_trouble(run: Run, tmp_path: Path) -> None:
    fact = ("--attribute", "published", "--value", "2019-03", "--by", "Q", "--locator", "page 1", *EVIDENCE)
    assert 0 == run("facts", "add", *NEW, *fact, "--into", "mine.yaml", cwd=tmp_path).returncode
    assert 0 == run("facts", "add", "--kind", "paper", "--name", "On Quuxes", "--into", "mine.yaml", cwd=tmp_path).returncode

    again = run("facts", "add", *NEW, "--into", "mine.yaml", cwd=tmp_path)
    done = run("facts", "check", "mine.yaml", cwd=tmp_path)

    assert 2 == again.returncode and 'has an entry "quux-7"' in again.stderr
    assert (0, "1 facts and 0 examples checked: no troubles\n") == (done.returncode, done.stderr), done.stdout


# ---------------------------------------------------------------- what is shared


def test_a_command_imports_no_other() -> None:
    for words, own in (
        (("--version",), set()),
        (("check", "--no-cache", "fixtures/course/week2/clean.md"), {"check", "narrow", "running"}),
    ):
        loaded = {name for name in modules(*words) if name.startswith("decklint.commands.")}
        assert {f"decklint.commands.{name}" for name in {"console", *own}} == loaded


def test_a_check_without_baseline_or_branch_imports_neither() -> None:
    assert set() == modules("check", "--no-cache", "fixtures/course/week2/clean.md") & {
        "decklint.baseline",
        "decklint.changes",
        "decklint.api",
    }


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        assert list(range(30)) == list(console.progress(range(30)))
        assert shown == ("30/30 decks" in stream.getvalue())


@pytest.mark.parametrize(
    ("value", "type_", "lang", "shown"),
    [
        ("1.75e11", "quantity", "en", "175 billion"),
        ("1.75e11", "quantity", "zh", "1750亿"),
        ("1.1e8", "quantity", "zh", "1.1亿"),
        ("50257", "quantity", "en", "50,257"),
        ("2019", "date", "en", "2019"),
        ("openai", "set", "en", "OpenAI"),
        ("Ada Lovelace", "set", "en", "Ada Lovelace"),
    ],
)
def test_values_are_shown_as_people_write_them(value: str, type_: str, lang: str, shown: str) -> None:
    assert shown == readable(value, type_, lang)


def test_columns_are_cut_by_width_and_cannot_steer() -> None:
    assert "深度…" == shorten("深度学习", 6) and 5 == width(shorten("深度学习", 6))
    assert ["a  b", "-  ----", "x  深…", "y  \\u0…"] == list(columns([("a", "b"), ("x", "深度学习"), ("y", "\x1b[31m")], (3, 4)))


def test_the_benchmark_of_facts_runs() -> None:
    words = [sys.executable, str(ROOT / "bench" / "facts.py"), "--rounds", "1", "--megabytes", "0.02"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)

    assert 0 == done.returncode, done.stderr
    assert re.search(r"^ratio \d", done.stdout, re.MULTILINE)
