"""The compiled rule book: nothing is lost in it, nothing is parsed in vain, and runs at the same time do not spoil it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from decklint.packs.book import Book, written
from decklint.packs.compile import compile_packs
from decklint.packs.derived import book_of, put_together
from decklint.packs.load import complete, rules_folder

SHOW = (sys.executable, "-m", "decklint", "facts", "show", "bert", "--json")


def test_compiling_loses_nothing() -> None:
    as_written = json.loads(json.dumps(compile_packs(rules_folder())))

    assert as_written == put_together(book_of(as_written))


def test_a_compiled_book_is_one_json_document() -> None:
    data = written({"attributes": [], "names": {"bert": [["BERT", "bert"]]}})

    assert {"attributes": [], "names": {"bert": [["BERT", "bert"]]}} == json.loads(data)


def test_what_is_not_asked_for_is_not_parsed() -> None:
    book = Book(b'{\n"names":{"bert":1},\n"details bert":{broken\n}\n')

    assert {"bert": 1} == book["names"]
    with pytest.raises(ValueError, match="Expecting property name"):
        book["details bert"]


@pytest.mark.parametrize("data", [b"", b"[]", b'{\n"names":{},\n"details b', b'{\n"names":{}\n'])
def test_a_book_that_was_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a compiled rule book"):
        Book(data)


def test_runs_that_compile_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    environment = {**os.environ, "DECKLINT_CACHE_DIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    runs = [subprocess.Popen(SHOW, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    shown = [run.communicate()[0] for run in runs]

    assert [0] * 3 == [run.returncode for run in runs]
    assert [[e for e in complete()["entities"] if e["id"] == "bert"]] * 3 == [json.loads(text) for text in shown]
    (kept,) = tmp_path.glob("rules-*")
    assert Book(kept.read_bytes())["names"]


def test_a_spoilt_cache_is_made_anew(tmp_path: Path) -> None:
    environment = {**os.environ, "DECKLINT_CACHE_DIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    subprocess.run(SHOW, env=environment, check=True, capture_output=True)
    (kept,) = tmp_path.glob("rules-*")
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])

    subprocess.run(SHOW, env=environment, check=True, capture_output=True)

    assert whole == kept.read_bytes()


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    environment = {**os.environ, "DECKLINT_CACHE_DIR": str(tmp_path / "file"), "PYTHONIOENCODING": "utf-8"}

    done = subprocess.run(SHOW, env=environment, check=False, capture_output=True)

    assert (0, b"") == (done.returncode, done.stderr)
