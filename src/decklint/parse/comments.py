"""HTML comments as Marp reads them: directive, magic comment, or a note for the presenter.

Sources: Marpit 3.2 `markdown/comment.js`, Marp Core 4.4 `auto-scaling/fitting-header.ts`.
"""

from __future__ import annotations

import re

from decklint.deck.directives import LOOSE_IN_COMMENTS, is_directive
from decklint.deck.nodes import Comment
from decklint.parse.loose_yaml import Settings, read
from decklint.text import Span

_BODY = re.compile(r"<!--+[\s\ufeff]*([\s\S]*?)\s*--+>")
_MAGIC = re.compile(
    r"prettier-ignore(?:-(?:start|end))?|markdownlint-(?:(?:disable|enable).*|capture|restore)|lint (?:disable|enable|ignore).*"
)
_MAPPING = re.compile(r"""["']?[\w-]+["']?\s*:""")


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
    return comment
