"""Decks in another encoding than UTF-8: named as such, and saved anew only with consent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run

TEXT = "---\nmarp: true\nlang: zh\n---\n\n# 卷积网络\n\n我们使用Pytorch，训练一个图像分类模型。\n"
FIXED = TEXT.replace("Pytorch", "PyTorch")
CODINGS = [("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("utf-16-be", "UTF-16")]


def written(folder: Path, text: str, coding: str) -> Path:
    path = folder / "deck.md"
    path.write_bytes((b"\xfe\xff" if coding == "utf-16-be" else b"") + text.encode(coding))
    return path


@pytest.mark.parametrize(("coding", "name"), CODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_unsafe_fix_saves_it_as_utf_8(run: Run, tmp_path: Path, coding: str, name: str, newline: str) -> None:
    path = written(tmp_path, TEXT.replace("\n", newline), coding)
    before = path.read_bytes()
    told = run("check", "deck.md", "--fix", "--select", "TM001", cwd=tmp_path)
    kept = path.read_bytes()
    done = run("check", "deck.md", "--fix", "--unsafe-fixes", "--select", "TM001", cwd=tmp_path)

    assert (2, before) == (told.returncode, kept) and name in told.stdout and "as `--fix --unsafe-fixes` does" in told.stdout
    assert (0, FIXED.replace("\n", newline).encode()) == (done.returncode, path.read_bytes())
    assert done.stderr.startswith("fixed 2 places in 1 decks: ") and "file-unreadable 1" in done.stderr


def test_a_diff_says_that_the_bytes_differ_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, TEXT, "gb18030")
    done = run("check", "deck.md", "--diff", "--unsafe-fixes", cwd=tmp_path)

    assert (1, "Binary files a/deck.md and b/deck.md differ\n") == (done.returncode, done.stdout)
    assert TEXT.encode("gb18030") == path.read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.replace("网络", "réseau déjà vu").replace("卷积", "").encode("latin-1", "ignore"),
        "---\nmarp: true\n---\n\n# Größe, Übung, Maß\n".encode("latin-1"),
        TEXT.encode("big5", "ignore"),
        TEXT.encode("utf-16")[:-1],
    ],
    ids=["French", "German", "Big5", "torn UTF-16"],
)
def test_what_cannot_be_told_is_left_alone(run: Run, tmp_path: Path, data: bytes) -> None:
    """A wrong guess would turn a lecture into nonsense."""
    (tmp_path / "deck.md").write_bytes(data)
    done = run("check", "deck.md", "--fix", "--unsafe-fixes", cwd=tmp_path)

    assert (2, data) == (done.returncode, (tmp_path / "deck.md").read_bytes())


def test_the_message_is_chinese_where_that_is_spoken(run: Run, tmp_path: Path) -> None:
    written(tmp_path, TEXT, "gb18030")
    done = run("check", "deck.md", "--lang", "zh", cwd=tmp_path)

    assert "看来是 GB18030（GBK）" in done.stdout and "另存为 UTF-8" in done.stdout


def test_a_file_over_32_mb_is_refused(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "deck.md").open("wb") as file:
        file.write(TEXT.encode())
        file.truncate(32 * 1024 * 1024 + 1)
    (tmp_path / "other.md").write_text(FIXED, encoding="utf-8")
    done = run("check", "deck.md", "other.md", "--output-format", "concise", "--select", "TM001", cwd=tmp_path)

    assert (2, "deck.md:1:1: DL002 the file is larger than 32 MB and was not read [file-unreadable]\n") == (
        done.returncode,
        done.stdout,
    )
