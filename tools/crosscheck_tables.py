"""Read the tables that the registry is held against, each into rows of one form.

What a table says of itself decides what it can prove: a row of Epoch AI that is not "Confident" proves nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SIZE = re.compile(r"[- ]?\d+(?:\.\d+)?[MBT]\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^)]*\)")
_TUNED = re.compile(r"[- ](?:chat|instruct|it|hf|base|reasoning|preview|latest)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One value: `date` is the day, month or year; sizes are plain numbers; organisations are separated by commas."""

    table: str
    name: str
    attribute: str
    value: str
    names: tuple[str, ...]
    """The name as it stands, then what it may be called without an aside, a tuning or a size."""
    sure: bool = True


def plain(name: str) -> str:
    """A name by which spellings are the same: lower case, letters and digits only; `+` and `.` tell models apart."""
    return re.sub(r"[^\w.+]|_", "", name.lower())


def shorter(name: str) -> tuple[str, ...]:
    """The name and its shorter forms, each once, the fullest first."""
    found = [name.strip()]
    for pattern in (_ASIDE, _TUNED, _SIZE):
        found.append(pattern.sub("", found[-1]).strip(" -"))
    return tuple(dict.fromkeys(each for each in found if each))


def _read(folder: Path, pattern: str) -> Iterator[dict[str, str]]:
    for path in sorted(folder.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def epoch(folder: Path) -> Iterator[Row]:
    """Date, parameters, organisation; Epoch AI dates a paper by its first version and rounds sizes."""
    columns = {"date": "Publication date", "parameters": "Parameters", "organisation": "Organization"}
    for line in _read(folder, "epoch*.csv"):
        name = line["Model"].strip()
        for attribute, column in columns.items():
            if value := line[column].strip():
                yield Row("epoch", name, attribute, value, shorter(name), line["Confidence"] == "Confident")


def awesome(folder: Path) -> Iterator[Row]:
    """The month, and the institute as one word; by keyword and by title."""
    for line in _read(folder, "awesome*.csv"):
        names = (*shorter(line["keyword"]), line["title"])
        yield Row("awesome", line["keyword"], "date", line["month"], names)
        institute = line["institute"].replace("&", ",").replace(" et al.", "")
        yield Row("awesome", line["keyword"], "organisation", institute, names)


def models_dev(folder: Path) -> Iterator[Row]:
    """Date of release and context of what is offered as a service."""
    for line in _read(folder, "models-dev.csv"):
        if line["release_date"]:
            yield Row("models.dev", line["name"], "date", line["release_date"], shorter(line["name"]))
        if line["context_tokens"] not in ("", "0"):
            yield Row("models.dev", line["name"], "context_length", line["context_tokens"], shorter(line["name"]))


def litgpt(folder: Path) -> Iterator[Row]:
    """Architecture of open weights; of two vocabularies, the tokenizer's and the padded one, each is a row."""
    columns = {
        "vocab_size": "vocabulary_size",
        "padded_vocab_size": "vocabulary_size",
        "block_size": "context_length",
        "n_layer": "layers",
        "n_head": "attention_heads",
        "n_embd": "hidden_size",
        "intermediate_size": "feed_forward_size",
    }
    for line in _read(folder, "litgpt*.csv"):
        name = line["name"].replace("{}", "").strip("-")
        for column, attribute in columns.items():
            if line[column] and not (column == "padded_vocab_size" and line[column] == line["vocab_size"]):
                yield Row("litgpt", name, attribute, line[column], shorter(name))


TABLES: dict[str, Callable[[Path], Iterator[Row]]] = {
    "epoch": epoch,
    "awesome": awesome,
    "models.dev": models_dev,
    "litgpt": litgpt,
}
