"""YAML nested so deep that reading it would end the process: libyaml calls itself for each level, and nothing stops it."""

from __future__ import annotations

import re
from typing import Any

import yaml

DEEPEST = 100
"""Levels that are read. No deck and no settings file has a tenth of it."""

_OPENING = re.compile(r"[\[{:?-]")


def is_too_deep(text: str, loader: Any) -> bool:
    """Whether a text has more levels than are read. Most texts have not even as many signs that could open one.

    Raises:
        yaml.YAMLError: what the text is too broken to tell, reading it would tell as well.
    """
    if sum(1 for _ in _OPENING.finditer(text)) <= DEEPEST:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return True
    return False
