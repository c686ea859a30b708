"""Where a name in running text is no name but a part of a path, an address, a handle, an option or a requirement."""

from __future__ import annotations

import re

from decklint.deck.textview import OPAQUE

_ADDRESS = OPAQUE * 2  # so much at least: code, a formula, a picture is one
_RUN = r"[^\s，。；：、！？（）()【】《》“”\"']"
_GLUED = re.compile(rf"{_RUN}{{0,80}}")
_CALLED = re.compile(r"[A-Z][A-Za-z0-9+#.-]*|[^\x00-\x7f]+|[A-Za-z0-9+#.-]*[^\x00-\x7f].*")
"""A part of a list with slashes: a name with a capital, or something that is not Latin."""
_GLUED_BEFORE = re.compile(r"(?:^|[\s（(，、：])(?:-{1,2}|[.~/])$|[@#$%\\]$|\$\{$")
_GLUED_AFTER = re.compile(r"[=<>~^]=?[\d=v]|=|\\|:(?:[a-z]|\d+\.\d)|::|\[[a-z]|@\d")


def is_identifier(text: str, start: int, end: int) -> bool:
    """Whether the characters `start` to `end` stand in something that a machine reads.

    `TensorFlow/Pytorch` names two things; `src/Pytorch/run.py`, `-Pytorch`, `@Pytorch`, `Pytorch==1.0`, `Pytorch:latest` do not.
    """
    head, tail = text[max(0, start - 81) : start], text[end : end + 81]
    glued = _GLUED_BEFORE.search(text, max(0, start - 4), start) or _GLUED_AFTER.match(tail)
    if glued or head.endswith(_ADDRESS) or tail.startswith(_ADDRESS):
        return True
    if "/" not in head and "/" not in tail:
        return False
    before, after = _GLUED.match(head[::-1]), _GLUED.match(tail)
    left = before[0][::-1].split("/")[:-1] if before else []
    right = after[0].split("/")[1:] if after else []
    return any(not _CALLED.fullmatch(part) for part in (*left, *right))
