"""Any number of processes finds the same, in the same order; all are gone afterwards, whatever happens to them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from decklint.cache import Store
from decklint.config.discovery import Configuration
from decklint.decks import find_decks
from decklint.findings import tally
from decklint.packing import Packed
from decklint.project import Checker, Result
from decklint.remembering import Memory, WorkerLost
from decklint.report.full import OfDeck, full
from decklint.report.jsonl import jsonl
from decklint.text import Source
from decklint.workers import IN_MEMORY, Shelf, check_all
from tests.conftest import ROOT, Run

LINUX = sys.platform == "linux"
METHODS = ["spawn", "fork"] if LINUX else ["spawn"]
linux = pytest.mark.skipif(not LINUX, reason="looks into /proc, or kills")


def memory(store: Store | None = None, kind: type[Memory] = Memory, **given: object) -> Memory:
    return kind(Checker(configuration=Configuration(given), together=True), store)


def fixtures() -> list[tuple[Path, bytes | None]]:
    return [(path, None) for path in find_decks([str(ROOT / "fixtures/course"), str(ROOT / "fixtures/traps")])]


def report(results: list[Result]) -> list[str]:
    return [*jsonl(results, lang="en"), *full(results, lang="zh", everything=True)]


@pytest.fixture(scope="module")
def right() -> list[str]:
    """What a plain loop says."""
    checker = Checker(configuration=Configuration({}), together=True)
    results = [checker.check_file(path) for path, _ in fixtures()]
    checker.compare(results)
    return report(results)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_any_number_of_processes_finds_the_same(right: list[str], jobs: int, method: str) -> None:
    used = memory()
    results = check_all(used, fixtures(), jobs, method=method)
    used.compare(results)

    assert right == report(results)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_one_number_remembers_another_finds(right: list[str], tmp_path: Path, jobs: int) -> None:
    first = memory(Store(tmp_path))
    first.compare(check_all(first, fixtures(), 3 - jobs))
    second = memory(Store(tmp_path))
    results = check_all(second, fixtures(), jobs)
    second.compare(results)

    assert right == report(results)
    assert all(isinstance(result, Packed) for result in results)


def test_a_deck_that_cannot_be_read_keeps_its_place(tmp_path: Path) -> None:
    deck = tmp_path / "deck.md"
    deck.write_text("---\nmarp: true\n---\n\n# A\n", encoding="utf-8")
    given = [
        (tmp_path / "gone.md", None),
        (deck, None),
        (tmp_path / "bytes.md", b"\0"),
        (tmp_path / "given.md", deck.read_bytes()),
    ]
    results = check_all(memory(), given, 2)

    assert ["gone.md", "deck.md", "bytes.md", "given.md"] == [Path(result.path).name for result in results]
    assert [True, False, True, False] == [result.deck is None for result in results]


def test_every_deck_is_counted_once(tmp_path: Path) -> None:
    seen: list[int] = []
    check_all(memory(Store(tmp_path)), fixtures(), 2, lambda: seen.append(1))
    check_all(memory(Store(tmp_path)), fixtures(), 2, lambda: seen.append(1))

    assert 2 * len(fixtures()) == len(seen)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_says_the_same(run: Run, jobs: str) -> None:
    words = ("check", "fixtures/course", "--no-cache", "--output-format", "sarif")
    plain, other = run(*words), run(*words, "--jobs", jobs)

    assert (plain.stdout, plain.returncode) == (other.stdout, other.returncode)


# ---------------------------------------------------------------- when a process is lost


class Dying(Memory):
    """Kills its own process at a deck of a certain name: the first time, or whenever."""

    always = False

    def checked(self, data: bytes, path: Path) -> bytes | Result:
        mark = path.with_suffix(".seen")
        if path.name == "dies.md" and (self.always or not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().checked(data, path)


class AlwaysDying(Dying):
    always = True


def decks(folder: Path) -> list[tuple[Path, bytes | None]]:
    for name in ("a", "b", "c", "dies", "e"):
        text = f"---\nmarp: true\n---\n\n# {name}\n" + ("text\n" if name == "dies" else "longer text\n" * 1000)
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return [(path, None) for path in sorted(folder.glob("*.md"))]


@linux
def test_a_deck_whose_process_was_killed_is_tried_again(tmp_path: Path) -> None:
    given = decks(tmp_path)
    plain = report(check_all(memory(), given, 1))

    assert plain == report(check_all(memory(kind=Dying), given, 2))
    assert (tmp_path / "dies.seen").exists()


@linux
def test_a_deck_that_kills_every_process_is_named(tmp_path: Path) -> None:
    before = children(os.getpid())
    with pytest.raises(WorkerLost) as error:
        check_all(memory(kind=AlwaysDying), decks(tmp_path), 2)

    assert (tmp_path / "dies.md", -signal.SIGKILL) == (error.value.path, error.value.code)
    assert before == children(os.getpid())


KILLS = """
import os, signal, sys
from decklint import remembering
checked = remembering.Memory.checked
def dying(self, data, path):
    if path.name == "dies.md":
        os.kill(os.getpid(), signal.SIGKILL)
    return checked(self, data, path)
remembering.Memory.checked = dying
from decklint.cli import main
main(sys.argv[1:])
"""


@linux
def test_the_command_tells_what_was_lost(tmp_path: Path) -> None:
    decks(tmp_path)
    command = [sys.executable, "-c", KILLS, "check", ".", "--jobs", "2", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    assert (2, "") == (done.returncode, done.stdout)
    assert "dies.md ended with signal 9" in done.stderr and "Traceback" not in done.stderr


def children(pid: int) -> list[int]:
    """The processes that a process has started and that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            found.append(int(stat.parent.name))
    return found


SLOW = """
import sys, time
from decklint import remembering
checked = remembering.Memory.checked
def slow(self, data, path):
    answer = checked(self, data, path)
    time.sleep(0 if path.name == "a.md" else 60)
    return answer
remembering.Memory.checked = slow
from decklint.cli import main
main(sys.argv[1:])
"""


@linux
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda sign: sign.name)
def test_stopped_at_once_and_nothing_is_left(tmp_path: Path, sign: signal.Signals) -> None:
    """Ctrl-C goes to all processes of a terminal, the others to the first one alone."""
    decks(tmp_path)
    command = [sys.executable, "-c", SLOW, "check", ".", "--jobs", "2", "--cache-dir", str(tmp_path / "cache")]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    wait_until(lambda: len(children(process.pid)) == 2)
    started = children(process.pid)
    if sign is signal.SIGINT:
        os.killpg(process.pid, sign)
    else:
        process.send_signal(sign)
    out, error = process.communicate(timeout=30)

    assert (b"", b"decklint: interrupted\n" if sign is signal.SIGINT else b"") == (out, error)
    assert (130 if sign is signal.SIGINT else -sign) == process.returncode
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started), seconds=10)
    if sign is signal.SIGINT:
        assert [] == list((tmp_path / "cache/results/tmp").glob("*"))


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


# ---------------------------------------------------------------- many decks in little room


def test_the_shelf_gives_back_what_it_holds() -> None:
    shelf = Shelf(most=10)
    held = [shelf.put(bytes([n]) * 4) for n in range(20)]

    assert [bytes([n]) * 4 for n in range(20)] == [get() for get in held]


def test_without_room_for_a_file_the_shelf_holds_all_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError

    monkeypatch.setattr(tempfile, "TemporaryFile", full)

    assert b"abc" == Shelf(most=0).put(b"abc")()
    assert IN_MEMORY >= 2**20


def test_only_what_is_looked_at_is_open() -> None:
    from decklint import packing

    results = check_all(memory(), fixtures(), 1)
    report(results)

    assert len(packing._opened) <= packing._OPEN < len(results)


def test_each_deck_is_opened_once_for_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    from decklint import packing

    opened: list[str] = []
    make = packing._Opened

    def opening(body: str, source: Source | None) -> object:
        opened.append("")
        return make(body, source)

    monkeypatch.setattr(packing, "_Opened", opening)
    used = memory()
    results = check_all(used, fixtures(), 1)
    used.compare(results)
    compared = len(opened)
    lines = list(full(results, lang="en"))
    tallies = [result.tally for result in results]

    assert lines and tallies
    assert len(results) >= len(opened) - compared
    assert compared < len(results) / 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_told_where_a_deck_was_checked_is_the_report(right: list[str], tmp_path: Path, jobs: int) -> None:
    teller = OfDeck("zh", everything=True)
    for _ in range(2):
        used = memory(Store(tmp_path))
        used.teller = teller
        results = check_all(used, fixtures(), jobs)
        used.compare(results)

        assert any(result.told(teller.name) for result in results)
        assert right == report(results)


def test_what_is_known_is_reported_without_being_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from decklint import packing

    given = fixtures()[:2]
    for _ in range(2):
        used = memory(Store(tmp_path))
        used.teller = OfDeck("en")
        results = check_all(used, given, 1)
        lines = list(full(results, lang="en"))
        monkeypatch.setattr(packing, "_Opened", None)

    assert len(lines) > len(results)


def test_nothing_is_told_of_a_deck_under_another_name_or_with_other_findings() -> None:
    used = memory()
    used.teller = OfDeck("en")
    result, other = check_all(used, fixtures()[:2], 1)
    result.findings = result.findings[:1]
    other.path = "elsewhere.md"

    assert (None, None) == (result.told("full en False False"), other.told("full en False False"))
    other.path = fixtures()[1][0].as_posix()
    assert other.told("full en False False") is not None
    assert [None] * 3 == [other.told(OfDeck(*options).name) for options in (("zh",), ("en", True), ("en", False, True))]


def test_a_packed_result_is_tallied_as_it_is() -> None:
    results = check_all(memory(), fixtures(), 1)

    assert [tally(result.findings) for result in results] == [result.tally for result in results]


def test_findings_added_to_a_packed_result_stay() -> None:
    results = check_all(memory(), fixtures(), 1)
    assert results[0].tally.names
    results[0].findings = []
    report(results)

    assert [] == results[0].findings
    assert tally([]) == results[0].tally
