"""How a deck begins: front matter that is not closed, not first, or not meant as such.

Marp says nothing of it (markdown-it-front-matter 0.2.4). Rules that see the consequences ask here, so that one of them speaks.
"""

from __future__ import annotations

import re

from decklint.deck.deck import Deck, FrontMatter
from decklint.deck.directives import DIRECTIVES, is_directive
from decklint.text import Span

_BLANKS = re.compile(r"[\s\ufeff]*")
_OPENER = re.compile(r"(-{3,})[ \t]*\n")
_DASHES = re.compile(r"-{3,}[ \t]*")
_KEY = re.compile(r"""["']?([\w$-]+)["']?\s*[:：](?:\s|$)""")
_REMARKED_KEY = re.compile(r"#+\s*[\w$-]+\s*[:：]")
_HEADING = re.compile(r"#{1,6}\s")
_MARKUP = re.compile(r"!\[|<|\*\*")
_NAMES = "|".join(("marp", *DIRECTIVES))
_MARP_KEY = re.compile(rf"[ \t]*[\"']?_?(?:{_NAMES})[\"']?\s*[:：]")
_SETTING = re.compile(  # a setting of Marp, also where it is switched off or written badly; any key in the first line
    rf"^[ \t]*#*[ \t]*[\"']?_?(?:{_NAMES})[\"']?\s*[:：]|\A\s*[\"']?[\w$-]+[\"']?[ \t]*:(?:[ \t]|$)|\A\s*(?:marp\b|\{{)",
    re.IGNORECASE | re.MULTILINE,
)
_STYLE = re.compile(r"<style\b.*?</style>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_LONGEST_REMARK = 20  # lines


def late_front_matter(deck: Deck) -> Span | None:
    """Front matter that Marp shows as text, because blanks or comments stand before it: from its first dashes to its last."""
    text = deck.source.text
    start = _after_blanks_and_comments(text)
    opener = _OPENER.match(text, start)
    if not start or opener is None:
        return None
    closer = re.compile(rf"^ {{0,3}}-{{{len(opener[1])},}}[ \t]*$", re.MULTILINE).search(text, opener.end())
    if closer is None:
        return None
    lines = text[opener.end() : closer.start()].split("\n")
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    if not re.match(r"\s*[\"']?[\w$-]+[\"']?\s*[:：]", first) or not any(_MARP_KEY.match(line) for line in lines):
        return None
    return Span(start, closer.end())


def swallowed_first_slide(deck: Deck) -> Span | None:
    """A first slide that is taken for front matter, because the deck begins with a slide break: between its dashes."""
    front = deck.front_matter
    if front is None:
        return None
    opener = deck.source.line_span(1)
    closer = front.span.end
    if front.closed:
        closer = deck.source.line_of(max(front.content_span.end, front.span.end - 1)).start
    content = deck.source.text[opener.end : closer]
    if not content.strip() or _SETTING.search(_STYLE.sub("", content)) or not _DASHES.fullmatch(deck.source.slice(opener)):
        return None
    return Span(opener.end, closer)


def last_setting_of_unclosed(deck: Deck) -> int | None:
    """The line of the last setting of front matter that is not closed below it; what follows is taken for settings too."""
    front = deck.front_matter
    if front is None or (front.problem is not None and front.problem.reason == "closing-line"):
        return None  # it is closed, by a line that Marp does not take for the end
    lines = _lines(deck, front)
    end = _end_of_settings(lines)
    if not end:
        return None  # no settings at all: the dashes were meant as a slide break
    if front.closed and not _is_slide(lines[end:], dropped=front.problem is not None):
        return None
    return end + 1


def _after_blanks_and_comments(text: str) -> int:
    at = _end_of_blanks(text, 0)
    while text.startswith("<!--", at):
        end = text.find("-->", at)
        if end < 0:
            return 0
        at = _end_of_blanks(text, end + 3)
    return at


def _end_of_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    assert match is not None
    return match.end()


def _lines(deck: Deck, front: FrontMatter) -> list[str]:
    """The lines below the opening one, the closing one left out."""
    text = deck.source.slice(front.span).removesuffix("\n")
    lines = text.split("\n")[1:]
    return lines[:-1] if front.closed else lines


def _end_of_settings(lines: list[str]) -> int:
    """How many of the lines hold the settings: keys with what is indented or listed below them, and remarks between them."""
    end = 0
    for number, line in enumerate(lines):
        key = _KEY.match(line)
        if key or (end and line.startswith((" ", "\t", "- ")) and line.strip()):
            end = number + 1
        elif line.startswith("#"):
            if not _is_key_of_marp(lines[number + 1 :]):
                break
        elif line.strip():
            break
    return end


def _is_key_of_marp(lines: list[str]) -> bool:
    """Whether the first of the lines that says something is a setting that Marp knows, remarks passed over."""
    for line in lines[:_LONGEST_REMARK]:
        if line.strip() and not line.startswith("#"):
            return _is_known(line)
    return False


def _is_known(line: str) -> bool:
    key = _KEY.match(line)
    return key is not None and (key[1] == "marp" or is_directive(key[1]))


def _is_slide(lines: list[str], *, dropped: bool) -> bool:
    """Whether the lines between the settings and the closing line are a slide rather than more settings or remarks.

    Titles are remarks to YAML: where it can read the lines, only blank lines around it tell a title from a remark.
    """
    said = [line for line in lines if line.strip() and not line.startswith("<!--")]
    if not said or any(map(_is_known, said)):
        return False
    if any(_MARKUP.match(line) for line in said):
        return True
    begins = not lines[0].strip() or lines[0].startswith("<!--")
    if not begins or any(_KEY.match(line) or _REMARKED_KEY.match(line) for line in said):
        return False
    if dropped or len(said) < sum(bool(line.strip()) for line in lines):
        return any(_HEADING.match(line) for line in said)
    return _HEADING.match(said[0]) is not None and (not lines[-1].strip() or any(line.startswith("##") for line in said))
