"""The one form in which packs are written: keys in the order of the schema, entries sorted by id, long texts folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml
from pydantic import BaseModel


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def canonical(entries: Sequence[BaseModel], comment: str = "") -> str:
    """The text of a pack file with these entries, `comment` (without `#`) at its top."""
    data = [_plain(entry) for entry in sorted(entries, key=lambda entry: getattr(entry, "id", ""))]
    texts = (
        yaml.dump([entry], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=130, default_flow_style=None)
        for entry in data
    )
    return "".join(f"# {line}\n" for line in comment.splitlines()) + "\n".join(texts)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        dumped = value.model_dump(exclude_defaults=True, by_alias=True)
        return {key: _plain(part) for key, part in dumped.items()}
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return _Bare(str(value).lower() if isinstance(value, bool) else value)


class _Bare(str):
    """Text that is written without quotes wherever it reads back as the same text: packs hold nothing but text."""


def _bare(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text))


_Dumper.add_representer(_Bare, _bare)
_Dumper.yaml_implicit_resolvers = {}  # numbers and dates are text here, so they need no quotes
