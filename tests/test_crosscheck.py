"""tools/crosscheck.py: what agrees, what differs, what explains a difference, and what proves nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EPOCH = "Model,Organization,Publication date,Parameters,Confidence\n"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "crosscheck.py"), str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("GPT-2 (1.5B),OpenAI,2019-02-14,1500000000,Confident", id="a size in brackets"),
        pytest.param("GPT-2,OpenAI,2019-02,1542000000,Confident", id="a coarser date, a size counted exactly"),
        pytest.param("BERT-Large,Google AI,2018-10-11,340000000,Confident", id="a member of the family"),
        pytest.param("Unheard-of 9,Nobody,1999-01-01,1,Confident", id="what the registry does not have"),
        pytest.param("GPT-2,Nobody,1999-01-01,1,Speculative", id="what its own authors are not sure of"),
    ],
)
def test_what_agrees_or_proves_nothing_is_not_told(tmp_path: Path, row: str) -> None:
    (tmp_path / "epoch.csv").write_text(EPOCH + row + "\n", encoding="utf-8")

    assert 0 == run(tmp_path).returncode


def test_what_differs_is_told_with_both_values(tmp_path: Path) -> None:
    (tmp_path / "epoch.csv").write_text(EPOCH + "GPT-2,OpenAI,2011-02-14,1500000000,Confident\n", encoding="utf-8")

    result = run(tmp_path)

    assert (1, "epoch: GPT-2, date: 2011-02-14; gpt-2: 2019-02-14") == (
        result.returncode,
        result.stdout.partition(", 2019-05")[0],
    )


def test_a_note_that_names_the_table_explains(tmp_path: Path) -> None:
    header = "id,name,release_date,knowledge_cutoff,context_tokens,output_tokens,open_weights\n"
    (tmp_path / "models-dev.csv").write_text(header + "x,GPT-4,2023-11-06,,8192,,\n", encoding="utf-8")

    result = run(tmp_path, "--table")

    assert (0, True) == (result.returncode, "the day of GPT-4 Turbo" in result.stdout)


def test_sizes_of_an_architecture_must_be_equal(tmp_path: Path) -> None:
    header = "name,vocab_size,padded_vocab_size,block_size,n_layer,n_head,n_embd,n_query_groups,intermediate_size\n"
    (tmp_path / "litgpt.csv").write_text(header + "Llama-3-8B{},128000,128256,8192,33,32,4096,8,14336\n", encoding="utf-8")

    assert "litgpt: Llama-3-8B, layers: 33; llama-3: 32\n7 values compared, 6 equal, 1 unexplained\n" == run(tmp_path).stdout
