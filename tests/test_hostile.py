"""Decks that mean harm: whatever stands in a deck or is its name, every output is what its readers expect, and obeys nobody."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as Xml

import pytest
from markdown_it import MarkdownIt

from tests.conftest import Run
from tests.test_formats import suites, violations

PAYLOADS = {
    "workflow command": "::error file=a.md::owned",
    "workflow command behind blanks": "\u00a0 \u3000::add-mask::a",
    "workflow command of the first version": "##[add-matcher]/etc/passwd",
    "workflow commands stopped": "::stop-commands::x",
    "line feed in a command": "%0A::error::owned%0D",
    "end of a property": "a,title=owned::b",
    "service message of another server": "##teamcity[buildStatus status='SUCCESS']",
    "section of a GitLab log": "section_start:1:owned\x1b[0K",
    "expression of a workflow": "${{ secrets.GITHUB_TOKEN }}",
    "escape sequence": "\x1b[31mred\x1b[0m",
    "title of the window": "\x1b]0;owned\x07",
    "hyperlink of a terminal": "\x1b]8;;https://evil.example\x07here\x1b]8;;\x07",
    "clipboard of a terminal": "\x1b]52;c;b3duZWQ=\x07",
    "one-byte escape": "\x9b31m\x9d0;owned\x9c",
    "backspaces": "no findings\b\b\b\b",
    "form feed and vertical tab": "a\x0cb\x0bc",
    "delete": "a\x7fb",
    "text from right to left": "\u202egnp.exe\u202c",
    "isolates": "\u2066a\u2067b\u2069",
    "line separator": "a\u2028::error::b\u2029c",
    "next line": "a\x85::error::b",
    "tags that are not seen": "a\U000e0041\U000e0042b",
    "byte order mark inside": "a\ufeffb",
    "not a character": "a\ufffe\uffffb",
    "end of CDATA": "]]><failure/>",
    "element": "</testcase></testsuite><owned/>",
    "entity": "&xxe;&#x1b;&amp;",
    "document type": "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "end of a table": "</td></tr></table><h1>owned</h1>",
    "table of Markdown": "a | b `|` c",
    "link of Markdown": "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "mention": "@everyone #1 GH-1",
    "end of a string": '", "severity": "none", "x": "',
    "backslash at the end": "a\\",
    "escape of JSON": "\\u0022}]",
    "placeholder": "{0} {message} {} %s %(x)s $1",
    "formula of a spreadsheet": "=HYPERLINK(1)+cmd|' /C calc'!A0",
    "command of a shell": "$(touch owned) `touch owned` ; touch owned | touch owned",
    "path that leads out": "../../../../../../etc/passwd",
    "path of a device": "file:///dev/zero",
    "share of a server": "//evil.example/share/x",
    "command of TeX": "\\input{/etc/passwd}\\write18{touch owned}%",
    "very long": "long" * 3000,
    "marks of a diff": "--- a/x +++ b/x @@ -1 +1 @@",
    "tag of YAML": "!!python/object/apply:os.system [touch owned]",
}
"""What is put into title, picture, link, theme, header, class, comment and claim of a deck each."""

NAMES = (
    b"::error::owned.md",
    b"##[error]owned.md",
    b"a\n::error::owned.md",
    b"a\r\nb.md",
    b"a,line=1::b%0Ac.md",
    b"\x1b[31m\x07.md",
    "\u202edm.exe\u2028.md".encode(),
    b"\xff\xfe not text.md",
    b"]]><owned a='b' c=\"d\".md",
    b"[x](javascript:y) {0} ${{ a }}.md",
    b"$(touch owned);`touch owned`.md",
    b'=cmd()|A0,"b".md',
    b"--fix.md",
    b"a\\b.md",
    b"%2e%2e%2fetc.md",
    b"#? &.md",
    ("长" * 80).encode() + b".md",
)
"""Names of decks, as bytes: not every system has them all."""

FORMATS = ("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "rdjson")
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_ON_GITHUB = {"GITHUB_ACTIONS": "true"}
# fmt: off
_COMMANDS = frozenset((
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice", "remove-matcher",
    "save-state", "set-env", "set-output", "stop-commands", "warning",
))
# fmt: on


def deck(payload: str, mark: str) -> str:
    """A deck that says the payload wherever a deck can say something; `mark` stands behind it."""
    said = f"{payload} {mark}"
    address = re.sub(r"([<>\\])", r"\\\1", said)
    quoted = json.dumps(said)
    return (
        f"---\nmarp: true\ntheme: {quoted}\nheader: {quoted}\ntransition: {quoted}\n---\n\n"
        f"# {said}\n\nPytorch {said}\n\n![a](<{address}.png>)\n\n[b](<{address}.md>)\n\n"
        f"<!-- _class: {quoted} -->\n\n<!-- lint disable image-without-txt {said.replace('--', '')} -->\n\n"
        f"TODO: {said}\n\nGPT-3 was released in 2019, {said}\n"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every deck means harm."""
    top = tmp_path_factory.mktemp("hostile")
    for number, payload in enumerate(PAYLOADS.values()):
        (top / f"deck{number:02}.md").write_text(deck(payload, f"k{number:02}k"), encoding="utf-8", newline="")
    (top / "binary.md").write_bytes(b"---\nmarp: true\n---\n\n# \0::error::owned\n")
    for name in NAMES if sys.platform == "linux" else ():
        Path(top, os.fsdecode(name)).write_text(deck("plain", "name"), encoding="utf-8")
    return top


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def output(run: Run, folder: Path, *words: str, **env: str) -> str:
    before = names_in(folder)
    done = run(*words, cwd=folder, **env)
    assert "Traceback" not in done.stderr and done.stdout, done.stderr
    assert [] == commands(done.stderr) and not _UNSEEN.search(done.stderr)
    assert before == names_in(folder)
    return done.stdout


def commands(text: str) -> list[str]:
    """What a runner of GitHub's actions takes for commands: as its `ActionCommand.cs` reads them, line by line as .NET does."""
    found = []
    for line in re.split("\r\n|\r|\n", text):
        second = re.match(r"\s*::(\S*?)(?: .*?)?::", line)
        first = re.search(r"##\[([^ \]]*)[^\]]*\]", line)
        found += [match[1] for match in (second, first) if match and match[1] in _COMMANDS]
    return found


def carried(text: str) -> set[str]:
    return set(re.findall(r"k\d\dk", text))


ALL = {f"k{number:02}k" for number in range(len(PAYLOADS))}
LONG = f"k{list(PAYLOADS).index('very long'):02}k"


@pytest.fixture(scope="module")
def found(run: Run, folder: Path) -> list[dict[str, Any]]:
    """All findings as objects."""
    findings: list[dict[str, Any]] = json.loads(output(run, folder, "check", "--select", "ALL", "--output-format", "json"))
    return findings


def test_there_are_enough_of_them(found: list[dict[str, Any]]) -> None:
    """Each payload is in findings, in titles of slides and in messages; each name is the path of some."""
    assert len(PAYLOADS) >= 40
    assert ALL == carried(" ".join(finding["slide_title"] for finding in found))
    assert ALL == carried(" ".join(finding["message"] for finding in found))
    if sys.platform == "linux":
        paths = {os.fsencode(finding["path"]) for finding in found}
        assert [] == [name for name in NAMES if name not in paths]


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_holds_what_was_found_and_nothing_else(run: Run, folder: Path, found: list[dict[str, Any]], form: str) -> None:
    out = output(run, folder, "check", "--select", "ALL", "--show-all", "--output-format", form, **_ON_GITHUB)

    assert not _UNSEEN.search(out), "a terminal or a log could be steered"
    assert ALL == carried(out)
    codes = Counter(finding["code"] for finding in found)
    if form == "github":
        lines = out.splitlines()
        pattern = r"::(error|warning|notice) file=[^,:]*,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[^,:]*::[^\r\n]*"
        assert [] == [line for line in lines if not re.fullmatch(pattern, line)]
        assert codes == Counter(re.findall(r"(?m)^::\w+ [^:]+,title=([A-Z]{2}\d{3}) ", out))
    else:
        assert [] == commands(out)
    if form in _READERS:
        assert codes == Counter(_READERS[form](out))


def _of_sarif(text: str) -> list[str]:
    log = json.loads(text)
    assert [] == violations(log)
    results = log["runs"][0]["results"]
    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert [] == [uri for uri in uris if not re.fullmatch(r"[A-Za-z0-9._~%/-]+", uri)]
    if sys.platform == "linux":
        assert set(NAMES) <= {unquote_to_bytes(uri) for uri in uris}
    return [result["ruleId"] for result in results]


def _of_junit(text: str) -> list[str]:
    names = [case.get("name") or "" for suite in suites(text) for case in suite if len(case)]
    assert {"testsuites", "testsuite", "testcase", "failure", "error", "skipped"} == {e.tag for e in Xml.fromstring(text).iter()}
    return [name.split()[0] for name in names]


_READERS = {
    "concise": lambda text: [re.sub(r".*?:\d+:\d+: (\w+) .*", r"\1", line) for line in text.splitlines()],
    "json": lambda text: [finding["code"] for finding in json.loads(text)],
    "jsonl": lambda text: [json.loads(line)["code"] for line in text.splitlines()],
    "gitlab": lambda text: [issue["check_name"].split()[0] for issue in json.loads(text)],
    "rdjson": lambda text: [each["code"]["value"].split()[0] for each in json.loads(text)["diagnostics"]],
    "sarif": _of_sarif,
    "junit": _of_junit,
}


def test_the_summary_of_a_job_is_a_table_and_nothing_else(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "summary"
    names = [f"deck{number:02}.md" for number in range(len(PAYLOADS))]
    output(run, folder, "check", "--select", "TM001", "--output-format", "github", *names, GITHUB_STEP_SUMMARY=str(path))
    page = MarkdownIt("gfm-like", {"linkify": False}).render(path.read_text(encoding="utf-8"))

    assert {"h3", "p", "table", "tr", "th", "td"} == set(re.findall(r"<(\w+)", page))
    assert not re.search(r"@\w", page) and not _UNSEEN.search(page)
    assert ALL - {LONG} == carried(page), "what is too long is cut"


def test_a_diff_of_hostile_decks_can_be_applied(run: Run, folder: Path, tmp_path: Path) -> None:
    """A diff has to hold the lines as they are: what keeps a runner from obeying them stands around it."""
    out = output(run, folder, "check", "--select", "TM001", "--diff", **_ON_GITHUB)
    first, last = out.splitlines()[0], out.rstrip("\n").rpartition("\n")[2]
    assert (f"::stop-commands::{last.strip(':')}", 1) == (first, out.count(first)) and len(last) > 30

    plain = run("check", "--select", "TM001", "--diff", cwd=folder).stdout.encode("utf-8")
    assert f"{first}\n{plain.decode('utf-8')}{last}\n" == out
    shutil.copytree(folder, tmp_path / "copy")
    for patch in (plain, out.encode("utf-8")):
        command = ["git", "apply", "--check", "-"]
        done = subprocess.run(command, input=patch, cwd=tmp_path / "copy", capture_output=True, check=False)
        assert (0, b"") == (done.returncode, done.stderr)


def test_fixes_write_nothing_but_the_decks(run: Run, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    done = run("check", "--fix", "--unsafe-fixes", "--show-fixes", "--select", "ALL", cwd=copy, **_ON_GITHUB)

    assert names_in(folder) == names_in(copy)
    assert ["copy"] == names_in(tmp_path)
    assert [] == commands(done.stderr) + commands(done.stdout) and not _UNSEEN.search(done.stdout + done.stderr)
    marks = {path.name: carried(path.read_bytes().decode("utf-8", "replace")) for path in copy.iterdir()}
    assert marks == {path.name: carried(path.read_bytes().decode("utf-8", "replace")) for path in folder.iterdir()}


@pytest.mark.parametrize("words", [("claims", "--format", "json"), ("layout", "--json")], ids=lambda words: words[0])
def test_other_json_is_json(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    out = output(run, folder, *words, ".", **_ON_GITHUB)

    assert ([], None) == (commands(out), _UNSEEN.search(out))
    assert json.loads(out)
    assert ALL - {LONG} <= carried(out)


@pytest.mark.parametrize(
    "words",
    [
        ("claims",),
        ("claims", "--format", "bibtex"),
        ("layout",),
        ("check", "--statistics"),
        ("check", "--lang", "zh", "--show-all"),
    ],
    ids=lambda words: "-".join(words),
)
def test_tables_steer_no_terminal(run: Run, folder: Path, words: tuple[str, ...]) -> None:
    out = output(run, folder, *words, ".", **_ON_GITHUB)

    assert ([], None) == (commands(out), _UNSEEN.search(out))


@pytest.mark.parametrize("number", range(0, len(PAYLOADS), 5))
def test_the_tree_of_a_deck_is_json_and_lines(run: Run, folder: Path, number: int) -> None:
    tree, lines = (output(run, folder, "parse", f"deck{number:02}.md", *words, **_ON_GITHUB) for words in (("--json",), ()))

    assert f"k{number:02}k" in json.loads(tree)["slides"][0]["title"]
    assert ([], None) == (commands(tree + lines), _UNSEEN.search(tree + lines))


def test_pictures_of_slides_are_drawings_only(run: Run, folder: Path, tmp_path: Path) -> None:
    output(run, folder, "layout", "--svg", str(tmp_path / "svg"))
    pictures = [Xml.parse(path).getroot() for path in sorted((tmp_path / "svg").iterdir())]

    assert len(pictures) >= len(PAYLOADS) and ["svg"] == names_in(tmp_path)
    elements = {element.tag.rpartition("}")[2] for picture in pictures for element in picture.iter()}
    attributes = {name for picture in pictures for element in picture.iter() for name in element.attrib}
    assert {"svg", "style", "rect", "text"} == elements
    assert not [name for name in attributes if "href" in name or name.startswith("on")]
    assert ALL - {LONG} <= carried(" ".join(text for picture in pictures for text in picture.itertext()))


def test_a_baseline_of_hostile_decks_holds(run: Run, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    made = run("baseline", cwd=tmp_path / "copy", **_ON_GITHUB)
    done = run("check", "--output-format", "json", cwd=tmp_path / "copy", **_ON_GITHUB)

    assert [] == commands(made.stdout + made.stderr + done.stderr)
    assert ["binary.md"] == [finding["path"] for finding in json.loads(done.stdout)]


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be anything")
@pytest.mark.parametrize("words", [("parse",), ("check",), ("config", "show"), ("check", "--baseline", "x", "--stdin-filename")])
def test_a_name_that_is_not_there_steers_nothing(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(*words, "##[error]\x1b[31m\n::error::x.md", cwd=tmp_path, **_ON_GITHUB)

    assert 2 == done.returncode and "Traceback" not in done.stderr
    assert [] == commands(done.stdout + done.stderr) and "\x1b" not in done.stdout + done.stderr
