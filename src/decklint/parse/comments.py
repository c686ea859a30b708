"""HTML comments as Marp reads them: directive, magic comment, or a note for the presenter.

Sources: Marpit 3.2 `markdown/comment.js`, Marp Core 4.4 `auto-scaling/fitting-header.ts`.
"""

from __future__ import annotations

import re

from decklint.deck.deck import YamlProblem
from decklint.deck.directives import LOOSE_IN_COMMENTS, is_directive
from decklint.deck.nodes import Comment
from decklint.parse.loose_yaml import Settings, read
from decklint.text import Span

_BODY = re.compile(r"<!--+[\s\ufeff]*([\s\S]*?)\s*--+>")
_MAGIC = re.compile(
    r"prettier-ignore(?:-(?:start|end))?|markdownlint-(?:(?:disable|enable).*|capture|restore)|lint (?:disable|enable|ignore).*"
)
_MAPPING = re.compile(r"""["']?[\w-]+["']?\s*:""")
_SETTING = re.compile(r"""\s*["']?([\w$-]+)["']?\s*:(?:\s+(.*)|)""")
_AT_THEIR_LINE = frozenset(("duplicate-key", "tab", "escape"))


def read_comment(raw: str, span: Span, text: str, *, in_heading: bool = False) -> Comment:
    """Classify a comment of the source `text`. `raw` begins at `<!--` and, for a block, holds whole lines."""
    body = _BODY.search(raw) if "-->" in raw else None
    if body is None:
        return Comment(span, "", unclosed="-->" not in raw)
    value = body[1].strip()
    comment = Comment(span, value, swallowed=raw[body.end() :].strip())
    settings = read(value, span.start + body.start(1), LOOSE_IN_COMMENTS) if _MAPPING.search(value) else None
    if isinstance(settings, Settings) and any(map(is_directive, settings.values)):
        comment.kind = "directive"
        comment.settings, comment.key_spans, comment.value_spans = settings
        if not text.startswith(raw.rstrip(), span.start):  # container markers stand between its lines
            comment.key_spans = comment.value_spans = dict.fromkeys(settings.values, span)
    elif _MAGIC.fullmatch(value):
        comment.kind = "magic"
    elif value == "fit" and in_heading:
        comment.kind = "fit"
    elif isinstance(settings, YamlProblem) and _is_meant_as_settings(value, settings.reason):
        here = text.startswith(raw.rstrip(), span.start)
        comment.problem = settings if here else YamlProblem(settings.reason, span, settings.detail)
    return comment


def _is_meant_as_settings(value: str, reason: str) -> bool:
    """Whether each line is a setting, or goes on with the one above, and Marp knows one of them.

    An unknown key may begin a sentence (`Note: …`), so that it may stand there only where the mistake is surely elsewhere.
    """
    keys: list[str] = []
    above = "-"
    for line in value.split("\n"):
        if setting := _SETTING.fullmatch(line):
            keys.append(setting[1])
            above = (setting[2] or "").strip()
        elif line.strip() and not _goes_on(line, above):
            return False
    needed = any if reason in _AT_THEIR_LINE else all
    return bool(keys) and needed(map(is_directive, keys))


def _goes_on(line: str, value: str) -> bool:
    """Whether a line belongs to the value above it: an item of a list, or a line of a longer text."""
    if not value:
        return line.lstrip().startswith("- ")
    return value.startswith(("|", ">")) and line[0].isspace()
