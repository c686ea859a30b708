"""tools/coverage.py: names that decks have and the registry lacks, by decks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(folder: Path, *arguments: str) -> list[str]:
    command = [sys.executable, str(ROOT / "tools" / "coverage.py"), str(folder), *arguments]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return [line.strip() for line in result.stdout.splitlines()]


def deck(path: Path, text: str) -> None:
    path.write_text(f"---\nmarp: true\n---\n\n# 模型\n\n{text}\n", encoding="utf-8")


def test_a_name_in_two_decks_that_nobody_covers_is_listed_once(tmp_path: Path) -> None:
    deck(tmp_path / "a.md", "Zorblax-7 与 Zorblax-7 的比较")
    deck(tmp_path / "b.md", "我们试用了 Zorblax 7。")
    deck(tmp_path / "c.md", "Quuxinator-3 只出现一次。")

    assert ["2  Zorblax-7"] == run(tmp_path, "--models")


def test_a_covered_name_is_not_listed_however_it_is_hyphenated(tmp_path: Path) -> None:
    deck(tmp_path / "a.md", "GPT-2、Llama-3.2、PyTorch。")
    deck(tmp_path / "b.md", "GPT 2、Llama 3.2、Pytorch。")

    assert [] == run(tmp_path, "--models")


def test_what_stands_in_code_is_no_name(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        deck(tmp_path / name, "```python\nZorblax7 = 1\n```")

    assert [] == run(tmp_path, "--models", "--least", "1")
