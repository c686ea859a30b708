"""Reads and validates packs: YAML in, plain data out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from decklint.packs.book import written
from decklint.packs.derived import parts_of
from decklint.packs.schema import Attribute, Entity, Misconception, Term

M = TypeVar("M", bound=BaseModel)
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class PackError(Exception):
    """A pack that is not valid: the message names file and place."""


def read_list(path: Path, model: type[M]) -> list[M]:
    """The entries of one pack file.

    Raises:
        PackError: not YAML, or not a list of `model`.
    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return TypeAdapter(list[model]).validate_python(data or [])  # type: ignore[valid-type]
    except yaml.YAMLError as error:
        raise PackError(f"{path.as_posix()}: {error}") from None
    except ValidationError as error:
        lines = (f"  {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise PackError(f"{path.as_posix()}:\n" + "\n".join(lines)) from None


def compile_packs(root: Path) -> dict[str, Any]:
    """All packs of a rule book as plain data.

    Raises:
        PackError: a file is not valid, or an id is given twice.
    """
    packs = sorted((root / "facts").rglob("*.yaml"))
    misconceptions = [path for path in packs if "misconceptions" in path.stem]
    facts = [path for path in packs if path not in misconceptions]
    data: dict[str, list[BaseModel]] = {
        "attributes": list(read_list(root / "attributes.yaml", Attribute)),
        "entities": [entity for path in facts for entity in read_list(path, Entity)],
        "misconceptions": [entry for path in misconceptions for entry in read_list(path, Misconception)],
        "terms": [term for path in sorted((root / "terms").glob("*.yaml")) for term in read_list(path, Term)],
    }
    for part, entries in data.items():
        seen: set[str] = set()
        for entry in entries:
            name: str = getattr(entry, "id", "")
            if name in seen:
                raise PackError(f"{root.as_posix()}: the id {name!r} is given twice in {part}")
            seen.add(name)
    return {part: [entry.model_dump(exclude_defaults=True, by_alias=True) for entry in entries] for part, entries in data.items()}


def compiled(root: Path) -> bytes:
    """The file in which a rule book is shipped.

    Raises:
        PackError: as `compile_packs`.
    """
    return written(parts_of(compile_packs(root)))
