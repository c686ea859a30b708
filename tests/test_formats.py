"""The formats for other programs: the installed command's output, read back and held to what its readers demand."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as Xml

import pytest
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from tests.conftest import ROOT, Run

SARIF = "tools/marp/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
SCHEMA_FILE = ROOT / SARIF
SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) if SCHEMA_FILE.is_file() else {}
"""The official schema, where npm has installed it (npm ci in tools/marp)."""
FORMATS = ("json", "jsonl", "sarif", "gitlab", "junit", "rdjson")
COURSE = "fixtures/course/week1/language-models.md"

HEAD = "---\nmarp: true\n---\n\n"
HOSTILE = (
    HEAD + "# ]]> <script>alert(1)</script> [x](javascript:y) {0} | @team ::error::x \x1b[31m \u2028 \"quoted\" 'too' `\n\n"
    "![](::stop-commands::t.png)\n\n![x](]]><b>&amp;\u2028@a|{0}.png)\n\n"
    "**Pytorch**<img src=x onerror=y>\u202e\n\n😀 Pytorch ::debug::\n"
)


def check(run: Run, output: str, *words: str, cwd: Path | None = None, **env: str) -> str:
    done = run("check", "--output-format", output, *words, cwd=cwd, **env)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def results_of(text: str) -> list[dict[str, Any]]:
    """The results of a SARIF log, which is held to the schema on the way."""
    log = json.loads(text)
    assert [] == violations(log)
    results: list[dict[str, Any]] = log["runs"][0]["results"]
    return results


def violations(log: Any) -> list[str]:
    """Where a SARIF log breaks the official schema; nothing where that is not installed."""
    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(log)] if SCHEMA else []


@pytest.mark.skipif(not SCHEMA, reason="the schema of SARIF is not installed (npm ci in tools/marp)")
def test_the_schema_is_applied(run: Run) -> None:
    log = json.loads(check(run, "sarif", COURSE))
    run_, wrong = log["runs"][0], []
    assert [] == violations(log)

    region = run_["results"][0]["locations"][0]["physicalLocation"]["region"]
    for spoilt, name, value in (
        (run_["results"][0], "message", {}),
        (run_["results"][0], "level", "fatal"),
        (region, "startLine", 0),
        (run_, "colour", "red"),
        (run_["tool"]["driver"], "name", 7),
    ):
        spoilt[name] = value
        wrong.append(len(violations(log)))

    assert wrong == sorted(set(wrong)) and wrong[0] > 0


# ---------------------------------------------------------------- what each format says


def test_lines_have_the_objects_of_json(run: Run) -> None:
    lines = check(run, "jsonl", "fixtures/course").splitlines()

    assert json.loads(check(run, "json", "fixtures/course")) == [json.loads(line) for line in lines]


def test_sarif_has_rules_in_both_languages_results_and_fixes(run: Run) -> None:
    text = check(run, "sarif", COURSE, "--select", "FC001,TM002,IM001")
    (found,) = [result for result in results_of(text) if result["ruleId"] == "FC001"]
    run_ = json.loads(text)["runs"][0]
    driver, (chinese,) = run_["tool"]["driver"], run_["translations"]

    assert ["FC001", "IM001", "TM002"] == [rule["id"] for rule in driver["rules"]]
    assert "```deck bad" in driver["rules"][0]["help"]["markdown"]
    assert [rule["id"] for rule in driver["rules"]] == [rule["id"] for rule in chinese["rules"]]
    assert all(re.search("[一-龥]", rule["shortDescription"]["text"]) for rule in chinese["rules"])
    assert ("utf16CodeUnits", "en-US", 0) == (run_["columnKind"], run_["language"], found["ruleIndex"])
    assert "(slide 3: 更大的模型); source: OpenAI (2019) https://" in found["message"]["text"]
    where = found["locations"][0]["physicalLocation"]
    assert {"uri": COURSE, "uriBaseId": "%SRCROOT%"} == where["artifactLocation"]
    assert {"startLine": 26, "startColumn": 14, "endLine": 26, "endColumn": 19} == where["region"]
    assert "unsafe" == found["fixes"][0]["properties"]["safety"]
    assert "2019" == found["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"]


def test_a_hint_is_no_fix_but_is_said(run: Run) -> None:
    (found,) = results_of(check(run, "sarif", COURSE, "--select", "IM001"))

    assert "fixes" not in found
    assert "did you mean" in found["message"]["text"]


def test_sarif_messages_are_in_the_language_asked_for(run: Run) -> None:
    text = check(run, "sarif", COURSE, "--lang", "zh", "--select", "TM002")

    assert "“RHLF”应为“RLHF”（第 4 页：对齐）" == results_of(text)[0]["message"]["text"]
    assert "zh-CN" == json.loads(text)["runs"][0]["language"]


def test_columns_are_counted_as_the_readers_count(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(HEAD + "# 标题\n\n𝒳的 Pytorch\n", encoding="utf-8")
    words = ("deck.md", "--select", "TM001")

    (in_json,) = json.loads(check(run, "json", *words, cwd=tmp_path))
    (in_sarif,) = results_of(check(run, "sarif", *words, cwd=tmp_path))
    (in_rdjson,) = json.loads(check(run, "rdjson", *words, cwd=tmp_path))["diagnostics"]

    region = in_sarif["locations"][0]["physicalLocation"]["region"]
    assert (4, 11) == (in_json["column"], in_json["end_column"])
    assert (5, 12) == (region["startColumn"], region["endColumn"])
    assert {"start": {"line": 7, "column": 9}, "end": {"line": 7, "column": 16}} == in_rdjson["location"]["range"]


def test_gitlab_has_what_it_asks_for(run: Run) -> None:
    issues = json.loads(check(run, "gitlab", "fixtures/course"))

    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} == issue.keys()
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert 1 <= issue["location"]["lines"]["begin"] <= issue["location"]["lines"]["end"]
        assert (ROOT / issue["location"]["path"]).is_file()
    assert issues and len(issues) == len({issue["fingerprint"] for issue in issues})
    assert any("(slide 3: 更大的模型)" in issue["description"] for issue in issues)


def suites(text: str) -> list[Xml.Element]:
    """The suites of a JUnit report whose counts are right."""
    root = Xml.fromstring(text.encode())
    assert "testsuites" == root.tag
    tags = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for element in (root, *root):
        assert {name: str(len(list(element.iter(tag)))) for name, tag in tags.items()} == {n: element.get(n) for n in tags}
    for case in root.iter("testcase"):
        assert {"classname", "name", "file"} <= set(case.keys()) and len(case) <= 1
        assert all(outcome.get("message") for outcome in case)
    return list(root)


def test_junit_fails_what_the_run_fails(run: Run) -> None:
    week1, clean, vision = suites(check(run, "junit", "fixtures/course"))
    strict = suites(check(run, "junit", "fixtures/course", "--fail-on", "warning"))[0]
    never = suites(check(run, "junit", "fixtures/course", "--fail-on", "never"))[0]

    assert {"error"} == {failure.get("type") for failure in week1.iter("failure")}
    assert {"error", "warning"} == {failure.get("type") for failure in strict.iter("failure")}
    assert [] == list(never.iter("failure"))
    assert [("no findings", 0)] == [(case.get("name"), len(case)) for case in clean]
    names = [case.get("name") for case in week1]
    assert len(names) == len(set(names)), "servers compare runs by name"
    assert "fixtures/course/week2/vision.md" == vision.get("name")


def test_what_could_not_be_read_is_an_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gbk.md").write_bytes((HEAD + "# 幻灯片\n").encode("gb18030"))

    (suite,) = suites(check(run, "junit", "gbk.md", "--fail-on", "never", cwd=tmp_path))
    (result,) = results_of(check(run, "sarif", "gbk.md", cwd=tmp_path))
    (found,) = json.loads(check(run, "rdjson", "gbk.md", cwd=tmp_path))["diagnostics"]

    assert ("1", "0") == (suite.get("errors"), suite.get("failures"))
    assert {"startLine": 5, "startColumn": 3} == result["locations"][0]["physicalLocation"]["region"]
    assert {"start": {"line": 5, "column": 3}} == found["location"]["range"]


def test_a_suggestion_of_rdjson_makes_the_whole_fix(run: Run, tmp_path: Path) -> None:
    """A fix with several edits is one suggestion: applied by halves it would do harm."""
    path = tmp_path / "deck.md"
    path.write_text(HEAD + "# 清单\n\n- 甲\n- 乙😀\n* 丙\n* 丁\n- 戊\n", encoding="utf-8")
    words = ("deck.md", "--select", "MP004")

    report = json.loads(check(run, "rdjson", *words, cwd=tmp_path))
    for found in report["diagnostics"]:
        assert found["severity"] in ("ERROR", "WARNING", "INFO") and found["message"] and found["code"]["value"]
    (suggestion,) = report["diagnostics"][0]["suggestions"]
    lines = path.read_bytes().splitlines(keepends=True)
    start, end = (
        sum(map(len, lines[: place["line"] - 1])) + place["column"] - 1
        for place in (suggestion["range"]["start"], suggestion["range"]["end"])
    )
    suggested = path.read_bytes()[:start] + suggestion["text"].encode() + path.read_bytes()[end:]
    run("check", *words, "--fix", "--unsafe-fixes", cwd=tmp_path)

    assert "decklint" == report["source"]["name"]
    assert path.read_bytes() == suggested


# ---------------------------------------------------------------- fingerprints


def marks(run: Run, folder: Path, text: str) -> list[str]:
    (folder / "deck.md").write_text(text, encoding="utf-8")
    found = results_of(check(run, "sarif", "deck.md", "--select", "TM,MP,HD", cwd=folder))
    return [result["partialFingerprints"]["decklint/v1"] for result in found]


def test_fingerprints_do_not_depend_on_what_stands_above(run: Run, tmp_path: Path) -> None:
    slide = "# 对齐\n\n我们用 Pytorch。\n\n我们用 Pytorch。\n\n另用 Pytorch 和 Pytorch。\n"
    before = marks(run, tmp_path, HEAD + slide)
    above = "# 引言\n\n先说几句。\n\n另有 Tensorflow。\n\n---\n\n"
    after = marks(run, tmp_path, HEAD + above + slide.replace("我们用 P", "我们用  P"))

    assert 4 == len(before) == len(set(before))
    assert before == after[1:]


def test_a_line_without_words_is_known_by_the_words_above(run: Run, tmp_path: Path) -> None:
    slides = ["# 甲\n\n前文\n---\n", "\n# 乙\n\n后文\n---\n", "\n# 丙\n"]
    one, two = marks(run, tmp_path, HEAD + "".join(slides))
    (left,) = marks(run, tmp_path, HEAD + "".join(slides[1:]))

    assert one != two == left


# ---------------------------------------------------------------- paths


def test_paths_are_seen_from_the_working_directory(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "课 件#1"
    folder.mkdir()
    (folder / "a b.md").write_text(HEAD + "# 标题\n\nPytorch\n", encoding="utf-8")
    words = (str(folder / "a b.md"), "--select", "TM001")

    (line,) = check(run, "jsonl", *words, cwd=tmp_path).splitlines()
    (result,) = results_of(check(run, "sarif", *words, cwd=tmp_path))
    (issue,) = json.loads(check(run, "gitlab", "../课 件#1/a b.md", "--select", "TM001", cwd=folder))
    (outside,) = results_of(check(run, "sarif", *words, cwd=ROOT))

    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert "课 件#1/a b.md" == json.loads(line)["path"]
    assert "%E8%AF%BE%20%E4%BB%B6%231/a%20b.md" == uri
    assert "a b.md" == issue["location"]["path"]
    assert outside["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")


@pytest.mark.skipif(sys.platform != "linux", reason="only here may file names be no text")
@pytest.mark.parametrize("output", [name for name in (*FORMATS, "github") if name != "json"])
def test_a_file_name_may_be_no_text(run: Run, tmp_path: Path, output: str) -> None:
    import os

    name = b"\xff\n]]>.md"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(HEAD + "# 标题\n\nPytorch\n", encoding="utf-8")

    out = check(run, output, cwd=tmp_path)

    if output == "sarif":
        uri = results_of(out)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert name == unquote_to_bytes(uri)
    elif output == "junit":
        assert "\\udcff ]]>.md" == suites(out)[0].get("name")
    elif output == "github":
        assert out.startswith("::") and 1 == out.count("\n")
    else:
        assert [json.loads(line) for line in out.splitlines()] if output == "jsonl" else json.loads(out)


# ---------------------------------------------------------------- decks that mean harm


@pytest.mark.parametrize("output", [name for name in FORMATS if name != "json"])
def test_a_deck_cannot_break_out_of_a_format(run: Run, tmp_path: Path, output: str) -> None:
    (tmp_path / "deck.md").write_text(HOSTILE, encoding="utf-8")

    out = check(run, output, "--select", "ALL", cwd=tmp_path, PYTHONIOENCODING="utf-8", LC_ALL="C")

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u0085\u2028\u2029\u202e]", out)
    assert not re.search(r"(?m)^::", out)
    if output == "junit":
        (suite,) = suites(out)
        assert "<script" not in out and "]]>" not in out
        written = [f"{outcome.get('message')} {outcome.text}" for case in suite for outcome in case]
        assert any("]]> <script>alert(1)</script>" in text for text in written)
    elif output == "sarif":
        texts = [result["message"]["text"] for result in results_of(out)]
        assert not any("](" in text or re.search(r"(?<!\{)\{\d", text) for text in texts)
        assert any("<script>" in text for text in texts), "JSON needs no other escapes; readers show it as text"
    elif output == "jsonl":
        assert all(json.loads(line)["code"] for line in out.splitlines())
    else:
        assert json.loads(out)


@pytest.mark.parametrize("output", FORMATS)
def test_machines_get_utf_8_whatever_the_system_speaks(run: Run, output: str) -> None:
    here = check(run, output, COURSE, "--lang", "zh")
    done = run("check", "--output-format", output, COURSE, "--lang", "zh", PYTHONIOENCODING="utf-8", PYTHONUTF8="0", LC_ALL="C")

    assert here == done.stdout and re.search("[一-龥]", here)


@pytest.mark.parametrize("output", FORMATS)
def test_no_findings_are_a_valid_report(run: Run, output: str) -> None:
    out = check(run, output, "fixtures/course/week2/clean.md")

    if output == "sarif":
        assert [] == results_of(out)
    elif output == "junit":
        assert ["1"] == [suite.get("tests") for suite in suites(out)]
    else:
        assert {"jsonl": "", "rdjson": {"source": {"name": "decklint"}, "diagnostics": []}}.get(output, []) == (
            json.loads(out) if out else ""
        )


# ---------------------------------------------------------------- the summary of a job


def test_a_job_on_github_has_a_summary(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("| what came before |\n| --- |", encoding="utf-8")

    lines = check(run, "github", "fixtures/course", GITHUB_STEP_SUMMARY=str(path)).splitlines()

    text = path.read_text(encoding="utf-8")
    assert text.startswith("| what came before |\n| --- |\n")
    assert len(lines) == text.count("<tr><td>")
    severities = re.findall("<tr><td>(.+?)</td>", text)
    assert sorted(severities) == severities and "error" == severities[0]
    assert f"error: {severities.count('error')}, warning: {severities.count('warning')} (decks checked: 3)" in text


def test_a_deck_cannot_write_the_summary(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(HOSTILE, encoding="utf-8")
    path = tmp_path / "summary"

    check(run, "github", "--select", "ALL", cwd=tmp_path, GITHUB_STEP_SUMMARY=str(path))

    page = MarkdownIt("gfm-like", {"linkify": False}).render(path.read_text(encoding="utf-8"))
    assert {"h3", "p", "table", "tr", "th", "td"} == set(re.findall(r"<(\w+)", page))
    assert not re.search(r"@\w", page)
    assert "&lt;script&gt;" in page
    assert 1 == page.count("<table>")


def test_a_summary_stays_small_and_a_clean_one_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(HEAD + "# 标题\n\n" + "我们用 Pytorch。\n\n" * 80, encoding="utf-8")
    (tmp_path / "clean.md").write_text(HEAD + "# 标题\n", encoding="utf-8")

    for name in ("deck", "clean"):
        check(run, "github", f"{name}.md", "--select", "TM001", cwd=tmp_path, GITHUB_STEP_SUMMARY=str(tmp_path / name))
    long, clean = ((tmp_path / name).read_text(encoding="utf-8") for name in ("deck", "clean"))

    assert 50 == long.count("<tr><td>")
    assert "… and 30 more." in long
    assert "No findings (decks checked: 1)." in clean and "<table>" not in clean


def test_a_summary_that_cannot_be_written_stops_nothing(run: Run, tmp_path: Path) -> None:
    done = run("check", COURSE, "--output-format", "github", GITHUB_STEP_SUMMARY=str(tmp_path / "no" / "folder"))

    assert 1 == done.returncode and done.stdout.startswith("::error ")
    assert "GITHUB_STEP_SUMMARY" in done.stderr and "Traceback" not in done.stderr


def test_other_formats_write_no_summary(run: Run, tmp_path: Path) -> None:
    check(run, "concise", COURSE, GITHUB_STEP_SUMMARY=str(tmp_path / "summary"))

    assert not (tmp_path / "summary").exists()


def test_every_format_is_documented(run: Run) -> None:
    offered = re.search(r"--output-format \[([^]]+)\]", re.sub(r"\s+", " ", run("check", "--help").stdout).replace("| ", "|"))
    rows = re.findall(r"(?m)^\| `(\w+)` \|", (ROOT / "docs" / "formats.md").read_text(encoding="utf-8"))

    assert offered is not None
    assert sorted(offered[1].replace(" ", "").split("|")) == sorted(rows)
