"""The YAML block at the top of a deck, recognised as Marp recognises it.

Source: markdown-it-front-matter 0.2.4, used by Marpit 3.2 `markdown/directives/parse.js`.
"""

from __future__ import annotations

import re

from decklint.deck.deck import FrontMatter, YamlProblem
from decklint.deck.directives import LOOSE_IN_FRONT_MATTER
from decklint.parse.loose_yaml import read
from decklint.text import Source, Span

_OPENER = re.compile(r"-{3,}")


def read_front_matter(source: Source) -> FrontMatter | None:
    """The front matter, or None where the deck has none. Its span ends where the Markdown begins."""
    text = source.text
    opener = _OPENER.match(text)
    if opener is None:
        return None
    content = min(opener.end() + 1, len(text))  # one character is skipped, be it the line ending or not
    closer = re.compile(rf"^ {{0,3}}-{{{len(opener[0])},}} *$|^[ \t]*\.\.\.$", re.MULTILINE)
    line_end = text.find("\n", opener.end())
    end = closer.search(text, line_end + 1) if line_end >= 0 else None
    last_line = text.removesuffix("\n").rfind("\n") + 1  # Marp does not read the last line of an unclosed block
    content_span = Span(content, max(content, (end.start() if end else last_line) - 1))
    stop = min(len(text), end.end() + 1) if end else len(text)
    settings = read(source.slice(content_span), content, LOOSE_IN_FRONT_MATTER)
    front_matter = FrontMatter(Span(0, stop), content_span, {}, {}, {}, closed=end is not None)
    if isinstance(settings, YamlProblem):
        front_matter.problem = settings
    elif settings is not None:
        front_matter.settings, front_matter.key_spans, front_matter.value_spans = settings
    return front_matter
