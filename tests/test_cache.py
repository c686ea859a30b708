"""What is remembered of a deck holds as long as nothing that it depends on has changed, and is never trusted further."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from decklint.cache import RESULTS, Store, remove_oldest
from decklint.config.discovery import Configuration
from decklint.files import ProjectFiles
from decklint.findings import Finding, Message, Severity, Template
from decklint.packing import Packed, pack
from decklint.packing_findings import NotPlain
from decklint.project import Checker, Result
from decklint.remembering import Memory
from decklint.text import Span
from tests.conftest import ROOT, Run
from tests.repository import Repository
from tests.test_imports import SCRIPT

FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson")
DECK = (
    "---\nmarp: true\nlang: en\ntheme: house\n---\n\n# Loss\n\n![center The loss falls](img/loss.png)\n\nSee [notes](notes.md).\n"
)
THEME = "/* @theme house */\n@import 'default';\nsection { color: black; }\n"


def png(width: int = 640, height: int = 480) -> bytes:
    """A picture of that size without a pixel of its own."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    parts = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


class Course:
    """A repository with a deck, a theme and a picture, and a memory of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "course"
        self.store = Store(folder / "cache")
        self.repository = Repository(self.folder)
        (self.folder / "img").mkdir()
        self.write("deck.md", DECK)
        self.write("notes.md", "# Notes\n")
        self.write("theme.css", THEME)
        (self.folder / "img/loss.png").write_bytes(png())
        self.repository.git("add", "-A")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def memory(self, **given: object) -> Memory:
        return Memory(Checker(configuration=Configuration(given)), self.store)

    def known(self, **given: object) -> bool:
        """Whether the deck's findings are remembered, and right: those of a check that remembers nothing."""
        path = self.folder / "deck.md"
        packed = self.memory(**given).recalled(path.read_bytes(), path)
        if packed is not None:
            assert said(Checker(configuration=Configuration(given)).check_file(path)) == said(
                Packed(path.as_posix(), packed, path.read_bytes)
            )
        return packed is not None

    def check(self, **given: object) -> list[str]:
        """The findings, checked anew and remembered."""
        path = self.folder / "deck.md"
        packed = self.memory(**given).checked(path.read_bytes(), path)
        assert isinstance(packed, bytes)
        return said(Packed(path.as_posix(), packed, path.read_bytes))


def said(result: Result) -> list[str]:
    return [f"{finding.code} {finding.span} {finding.message.text('zh')} {finding.fix}" for finding in result.findings]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path)


def test_what_was_checked_is_known(course: Course) -> None:
    before = course.known()
    course.check()

    assert (False, True) == (before, course.known())


def editor_settings(course: Course) -> None:
    (course.folder / ".vscode").mkdir()
    course.write(".vscode/settings.json", '{"markdown.marp.breaks": "off"}')


def other_times(course: Course) -> None:
    for path in course.folder.rglob("*"):
        if path.is_file():
            os.utime(path, (1, 1))


def elsewhere(course: Course) -> None:
    place = course.folder.parent / "elsewhere"
    shutil.copytree(course.folder, place)
    course.folder = place


CHANGES: dict[str, Callable[[Course], object]] = {
    "the deck": lambda c: c.write("deck.md", DECK + "\nMore.\n"),
    "a picture goes": lambda c: (c.folder / "img/loss.png").unlink(),
    "a picture gets another size": lambda c: (c.folder / "img/loss.png").write_bytes(png(60, 40)),
    "a picture is none any more": lambda c: c.write("img/loss.png", "<html>"),
    "a picture gets another case": lambda c: (c.folder / "img/loss.png").rename(c.folder / "img/Loss.png"),
    "a linked file goes": lambda c: (c.folder / "notes.md").unlink(),
    "the theme": lambda c: c.write("theme.css", THEME + "img[alt~='center'] { display: block }\n"),
    "another theme": lambda c: c.write("img/more.css", THEME),
    "settings of Marp": lambda c: c.write(".marprc.yml", "options:\n  markdown:\n    breaks: false\n"),
    "settings of the editor": editor_settings,
    "a script that calls Marp": lambda c: c.write("build.sh", "marp --theme other.css deck.md\n"),
    "git loses the picture": lambda c: c.repository.git("rm", "-q", "--cached", "img/loss.png"),
    "settings": lambda c: c.write("decklint.toml", "[severity]\nimage-file-missing = 'info'\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_what_matters_is_noticed(course: Course, change: str) -> None:
    course.check()
    assert course.known()

    CHANGES[change](course)

    assert not course.known()


def test_a_change_back_is_noticed_too(course: Course) -> None:
    there = course.check()
    picture = course.folder / "img/loss.png"
    data = picture.read_bytes()
    picture.unlink()
    gone = course.check()
    picture.write_bytes(data)

    assert there == course.check() != gone


def test_what_git_is_told_to_ignore_matters_where_it_was_asked(course: Course) -> None:
    course.repository.git("rm", "-q", "--cached", "img/loss.png")
    course.repository.git("add", "deck.md")
    never_added = course.check()
    assert course.known()
    course.write(".gitignore", "img/\n")

    assert not course.known()
    assert never_added != course.check()


IRRELEVANT: dict[str, Callable[[Course], object]] = {
    "times": other_times,
    "another picture": lambda c: (c.folder / "img/other.png").write_bytes(png()),
    "a commit": lambda c: c.repository.commit(),
    "another place": elsewhere,
}


@pytest.mark.parametrize("change", IRRELEVANT)
def test_what_does_not_matter_changes_nothing(course: Course, change: str) -> None:
    course.check()
    IRRELEVANT[change](course)

    assert course.known()


def test_other_options_are_other_results(course: Course) -> None:
    course.check()

    assert [True, False, False] == [course.known(), course.known(ignore=("IM",)), course.known(preset="strict")]


def test_every_question_about_files_can_be_asked_again() -> None:
    """A method that looks something up and is not listened to would make an old result hold for ever."""
    from decklint.dependencies import _METHODS

    public = {name for name, value in vars(ProjectFiles).items() if callable(value) and not name.startswith("_")}

    assert {"holds", "relative"} == public - _METHODS, "these two tell about paths alone"
    assert all(hasattr(vars(ProjectFiles)[name], "__wrapped__") for name in _METHODS)


# ---------------------------------------------------------------- damage


def test_damage_is_never_taken_for_a_result(course: Course) -> None:
    course.check()
    rng = random.Random(1)
    entries = [path for path in course.store.folder.glob("*/*") if path.parent.name != "tmp"]
    for path in entries:
        data = path.read_bytes()
        for _ in range(100):
            at = rng.randrange(len(data))
            damaged = rng.choice((data[:at], data[:at] + bytes([data[at] ^ rng.randrange(1, 256)]) + data[at + 1 :], data + b"x"))
            path.write_bytes(damaged)
            assert not course.known()
        path.write_bytes(data)

    assert course.known()


def test_an_entry_under_another_name_is_none(course: Course) -> None:
    course.store.put("aa" * 20, b"one")
    (course.store.folder / "aa" / ("bb" * 19)).write_bytes((course.store.folder / "aa" / ("aa" * 19)).read_bytes())

    assert (b"one", None) == (course.store.get("aa" * 20), course.store.get("aa" + "bb" * 19))


@pytest.mark.parametrize(
    "head",
    [
        b"", b"[]", b"y\n[]", b"\0\n[]", b"\xff", b"cc00", b"cc00\n[0]", b'cc00\n{"a": 1}', b"cc00\n\xff",
        b'cc00\n[["..", "unlink", ["pdeck.md"], "", null]]',
    ],
)  # fmt: skip
def test_an_entry_of_another_shape_is_none(course: Course, head: bytes) -> None:
    path = course.folder / "deck.md"
    memory = course.memory()
    course.store.put("cc00", b"[]")
    course.store.put(memory._name(path.read_bytes(), path), head + b"\n{}")

    assert memory.recalled(path.read_bytes(), path) is None
    assert path.exists()


def test_an_entry_is_what_follows_answers_that_hold(course: Course) -> None:
    path = course.folder / "deck.md"
    memory = course.memory()
    course.store.put("cc00", b"[]")
    course.store.put(memory._name(path.read_bytes(), path), b"cc00\n[]\n{}")

    assert b"{}" == memory.recalled(path.read_bytes(), path)


@pytest.mark.skipif(sys.platform == "win32" or not os.getuid(), reason="who may do everything may write everywhere")
def test_a_folder_that_cannot_be_written_is_no_error(course: Course) -> None:
    course.store.folder.mkdir(parents=True)
    course.store.folder.chmod(0o500)
    try:
        course.check()

        assert not course.known()
    finally:
        course.store.folder.chmod(0o700)


def test_a_file_in_the_place_of_the_folder_is_no_error(course: Course) -> None:
    course.store.folder.parent.write_text("", encoding="utf-8")
    course.check()

    assert not course.known()


# ---------------------------------------------------------------- the store


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(10):
        store.put(f"{number}0aa", os.urandom(1000))
        os.utime(store.folder / f"{number}0" / "aa", (number, number))
    remove_oldest(store.folder, 6000)

    kept = [number for number in range(10) if store.get(f"{number}0aa") is not None]
    assert list(range(10 - len(kept), 10)) == kept
    assert 3 <= len(kept) <= 5


def test_what_was_never_finished_goes_after_an_hour(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("aabb", b"x")
    for name, age in (("1-old", 7200), ("2-new", 0)):
        (store.folder / "tmp" / name).write_bytes(b"x")
        os.utime(store.folder / "tmp" / name, (time.time() - age, time.time() - age))
    remove_oldest(store.folder, 10**6)

    assert ["2-new"] == [path.name for path in (store.folder / "tmp").iterdir()]


def test_what_is_no_plain_data_is_not_packed() -> None:
    finding = Finding("XX001", "x", Severity.INFO, 3, Span(0, 1), Message(Template("{p}", "{p}"), {"p": Path("x")}))  # type: ignore[arg-type]

    with pytest.raises(NotPlain):
        pack(Result("x", None, [finding]))


def test_all_findings_on_the_fixtures_can_be_packed() -> None:
    memory = Memory(Checker(configuration=Configuration({"preset": "strict"}, files=False), together=True), None)
    paths = sorted((ROOT / "fixtures").rglob("*.md"))
    whole = [path for path in paths if isinstance(memory.checked(path.read_bytes(), path), Result)]

    assert len(paths) > 50
    assert [] == whole


def test_text_that_is_no_unicode_comes_back() -> None:
    finding = Finding("XX001", "x", Severity.INFO, 3, Span(0, 1), Message(Template("{p}", "{p}"), {"p": "\udcff\x00，"}))  # type: ignore[arg-type]
    packed = Packed("x", pack(Result("x", None, [finding])), lambda: b"")

    assert [finding] == packed.findings


def test_an_outline_tells_what_the_deck_tells() -> None:
    from decklint.deck.walk import title

    path = ROOT / "fixtures/course/week1/language-models.md"
    checker = Checker(configuration=Configuration({}))
    result = checker.check_file(path)
    packed = Packed(result.path, pack(result), path.read_bytes)
    assert result.deck is not None and packed.deck is not None

    def told(deck: object) -> list[object]:
        return [(s.number, s.span, s.break_span, title(s)) for s in deck.slides]  # type: ignore[attr-defined]

    assert told(result.deck) == told(packed.deck)
    assert [result.title(n) for n in range(1, 5)] == [packed.title(n) for n in range(1, 5)]
    assert (result.findings, result.deck.source.text) == (packed.findings, packed.deck.source.text)


# ---------------------------------------------------------------- the command


@pytest.mark.parametrize("output", FORMATS)
def test_a_warm_run_says_what_a_cold_one_says(run: Run, tmp_path: Path, output: str) -> None:
    env = {"DECKLINT_CACHE_DIR": str(tmp_path)}
    plain, cold, warm = (
        run("check", "fixtures/course", "--output-format", output, *words, **env) for words in (["--no-cache"], [], [])
    )

    assert (plain.stdout, plain.returncode) == (cold.stdout, cold.returncode) == (warm.stdout, warm.returncode)
    assert any((tmp_path / RESULTS).glob("*/*"))


def test_a_warm_run_loads_nothing_that_checks(tmp_path: Path) -> None:
    words = ["check", "fixtures/course/week1/language-models.md", "--cache-dir", str(tmp_path)]
    script = SCRIPT.format(words=words)

    def loaded() -> set[str]:
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
        return set(done.stderr.split()) & {"mistune", "decklint.parse", "decklint.engine", "decklint.facts.registry"}

    cold, warm = loaded(), loaded()

    assert {"mistune", "decklint.parse", "decklint.engine", "decklint.facts.registry"} <= cold
    assert set() == warm


SETTINGS = """
lang = "en"
ignore = ["IM"]
packs = ["own.yaml"]
[severity]
name-misspelt = "error"
[per-file-ignores]
"draft-*.md" = ["TY", "HD"]
[rules.half-width-punctuation]
marks = [",", ";"]
"""
OWN = """
- id: nanonet
  kind: name
  right: NanoNet
  wrong:
    - {text: Nanonet, kind: case}
  source: https://example.org/nanonet
  bad: [Nanonet is small.]
"""


@pytest.fixture
def with_settings(tmp_path: Path) -> Path:
    """A course with all kinds of settings, a pack and one deck."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "decklint.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "deck.md").write_text(
        "---\nmarp: true\nlang: en\n---\n\n# Nanonet and Pytorch\n\n![](gone.png)\n", encoding="utf-8"
    )
    return tmp_path


def checked(folder: Path, *words: str) -> tuple[str, set[str]]:
    """What a check says, and the modules that it has loaded."""
    script = SCRIPT.format(words=["check", ".", "--cache-dir", "cache", "--output-format", "jsonl", *words])
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout, set(done.stderr.split())


def test_settings_are_checked_once(with_settings: Path) -> None:
    (first, loaded), (second, again) = checked(with_settings), checked(with_settings)

    assert '"severity": "error"' in first and first == second
    assert {"pydantic", "tomllib"} <= loaded
    assert set() == again & {"pydantic", "tomllib", "yaml"}


def test_settings_kept_are_those_that_are_read(with_settings: Path) -> None:
    """Kept, all values have the types and the places that they had."""
    store = Store(with_settings / "cache")
    fresh, first, again = (Configuration(store=each).of(with_settings / "deck.md") for each in (None, store, store))

    assert fresh.own_packs is not None and first.own_packs is not None and again.own_packs is not None
    assert repr(fresh.own_packs.entries) == repr(first.own_packs.entries) == repr(again.own_packs.entries)
    assert 1 == len({repr(replace(each, own_packs=None)) for each in (fresh, first, again)})


@pytest.mark.parametrize(
    ("file", "old", "new"), [("decklint.toml", '"error"', '"info"'), ("own.yaml", "{text: Nanonet,", "{text: Nannonet,")]
)
def test_settings_that_change_are_read_again(with_settings: Path, file: str, old: str, new: str) -> None:
    before, _ = checked(with_settings)
    path = with_settings / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    after, loaded = checked(with_settings)

    assert "pydantic" in loaded
    assert before != after


@pytest.mark.parametrize("words", [(), ("--lang", "zh"), ("--show-all",), ("--output-format", "concise"), ("--jobs", "1")])
def test_a_report_from_what_is_kept_is_the_one_made_anew(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Of each deck the report is kept as the first command wrote it, which asked for something else than some that follow."""
    asked = ("check", "fixtures/course", "fixtures/traps", *words)
    run("check", "fixtures/course", "fixtures/traps", "--cache-dir", str(tmp_path))
    kept = run(*asked, "--cache-dir", str(tmp_path))

    assert run(*asked, "--no-cache").stdout == kept.stdout != ""


def test_settings_that_cannot_be_used_are_refused_each_time(run: Run, with_settings: Path) -> None:
    (with_settings / "decklint.toml").write_text('ignore = ["nothing-so"]\n', encoding="utf-8")
    first, second = (run("check", ".", "--cache-dir", "cache", cwd=with_settings) for _ in range(2))

    assert (2, 2) == (first.returncode, second.returncode)
    assert "decklint.toml:1" in first.stderr and first.stderr == second.stderr


def test_no_cache_keeps_no_settings(with_settings: Path) -> None:
    checked(with_settings, "--no-cache")

    assert not (with_settings / "cache" / RESULTS).exists()


def test_no_cache_keeps_nothing(run: Run, tmp_path: Path) -> None:
    run("check", "fixtures/course", "--no-cache", "--cache-dir", str(tmp_path))

    assert not (tmp_path / RESULTS).exists()


def test_clean_removes_what_is_ours_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    run("check", "fixtures/course/week2", "--cache-dir", str(tmp_path))
    first = run("clean", "--cache-dir", str(tmp_path))
    second = run("clean", "--cache-dir", str(tmp_path))

    assert ["thesis.txt"] == [path.name for path in tmp_path.iterdir()]
    assert (0, 0) == (first.returncode, second.returncode)
    assert "removed" in first.stdout and "nothing to remove" in second.stdout


def test_a_fix_is_worked_out_anew(run: Run, tmp_path: Path) -> None:
    """Whoever could write into the cache must not write into decks."""
    (tmp_path / "deck.md").write_text("---\nmarp: true\nlang: zh\n---\n\n# 工具\n\n我们使用Pytorch。\n", encoding="utf-8")
    words = ("check", "deck.md", "--select", "TM001", "--cache-dir", "cache")
    run(*words, cwd=tmp_path)
    for path in (tmp_path / "cache" / RESULTS).glob("*/*"):
        path.write_bytes(b"nothing")
    run(*words, "--fix", cwd=tmp_path)

    assert "PyTorch" in (tmp_path / "deck.md").read_text(encoding="utf-8")


def checkout(folder: Path) -> dict[str, str]:
    """A copy of the sources that runs in the place of the installed ones."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "rules", folder / "rules")
    (folder / "pyproject.toml").write_text("", encoding="utf-8")
    return {"PYTHONPATH": str(folder / "src"), "DECKLINT_CACHE_DIR": str(folder / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}


def test_an_edited_rule_and_an_edited_pack_are_noticed(run: Run, tmp_path: Path) -> None:
    env = checkout(tmp_path / "decklint")
    deck = tmp_path / "deck.md"
    deck.write_text("---\nmarp: true\nlang: en\n---\n\n# A\n\n![](x.png)\n\nWe use Pytorch.\n", encoding="utf-8")
    words = ("check", str(deck), "--select", "IM001,TM001", "--output-format", "concise")
    assert "PyTorch" in run(*words, **env).stdout
    rule = tmp_path / "decklint/src/decklint/checks/im/im001_image_file_missing.py"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(
        text.replace('"IM001", "image-file-missing", severity="error"', '"IM001", "image-file-missing", severity="info"'),
        encoding="utf-8",
    )
    assert text != rule.read_text(encoding="utf-8")
    after_rule = run(*words, **env)
    for pack_file in (tmp_path / "decklint/rules").rglob("*.yaml"):
        text = pack_file.read_text(encoding="utf-8")
        if "PyTorch" in text:
            pack_file.write_text(text.replace("PyTorch", "PyTorchen"), encoding="utf-8")
    after_pack = run(*words, **env)

    assert (1, 0) == (run(*words, "--fail-on", "info", **env).returncode, after_rule.returncode)
    assert "PyTorchen" in after_pack.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_run_after_killed_ones_says_the_same(run: Run, tmp_path: Path) -> None:
    """Twelve runs killed at any time, each by two processes; what they have left is right or no hit."""
    env = {"DECKLINT_CACHE_DIR": str(tmp_path / "cache"), "LC_ALL": "C.UTF-8"}
    words = ("check", "fixtures/course", "--output-format", "json", "--jobs", "2")
    began = time.monotonic()
    right = run(*words, "--no-cache").stdout
    took = time.monotonic() - began
    rng = random.Random(3)
    for _ in range(12):
        command = [str(Path(sys.executable).with_name("decklint")), *words]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(rng.uniform(0.3, 1.1) * took)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

        assert right == run(*words, **env).stdout
        for path in (tmp_path / "cache" / RESULTS).glob("*/*"):
            if rng.random() < 0.5:
                path.unlink()


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    env = {**os.environ, "DECKLINT_CACHE_DIR": str(tmp_path), "LC_ALL": "C.UTF-8"}
    command = [str(Path(sys.executable).with_name("decklint")), "check", "fixtures/course", "--output-format", "json"]
    both = [subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) for _ in range(2)]
    one, two = (process.communicate()[0] for process in both)

    assert json.loads(one) == json.loads(two) != []
