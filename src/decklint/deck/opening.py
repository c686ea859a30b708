"""How a deck begins: front matter that is not closed, closed too early, not first, not meant as such, or not the only one.

Marp says nothing of it (markdown-it-front-matter 0.2.4). Rules that see the consequences ask here, so that one of them speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from decklint.deck.deck import Deck, FrontMatter
from decklint.deck.directives import DIRECTIVES, is_directive
from decklint.deck.nodes import Heading, Leaf, Paragraph
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
_SETTING_LINE = re.compile(r"""[ \t]*(["']?)(_?[a-z]\w*(?:-\w+)*)\1[ \t]*:(?:[ \t]+(.*))?""")
_GOES_ON = re.compile(r"[ \t]+\S|- |[\]}]|#+[ \t]*_?[a-z]\w*:(?:[ \t]|$)")
_CLOSER = re.compile(r"-{3,5}[ \t]*")  # a longer line is drawn to the length of a title
_SLIDEV = frozenset(  # what Slidev takes at the top of a slide (https://sli.dev/custom/), of Marp's names those left out
    (
        *("layout", "layoutClass", "background", "clicks", "clicksStart", "disabled", "dragPos", "hide", "hideInToc"),
        *("level", "name", "preload", "routeAlias", "src", "zoom"),
    )
)
_BUILT_IN = {"theme": ("default", "gaia", "uncover"), "class": ("lead", "invert", "lead invert")}
_ONE_WORD = re.compile(r"""["']?[\w-]+["']?""")


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


class EarlyEnd(NamedTuple):
    """A line of dashes that ends the front matter above the last of its settings."""

    dashes: Span
    """The line, its line ending included."""
    settings: Span
    """The lines below it that were meant to be front matter."""
    is_closed: bool
    """Whether another line of dashes follows the settings."""
    keys: tuple[str, ...]
    """The keys above and below the line."""


def early_end(deck: Deck) -> EarlyEnd | None:
    """Where the front matter is closed although settings follow, which Marp shows as text."""
    front, text = deck.front_matter, deck.source.text
    if front is None or not front.closed or last_setting_of_unclosed(deck) or swallowed_first_slide(deck):
        return None
    start = front.span.end
    dashes = Span(deck.source.line_of(start - 1).start, start)
    above = text[: dashes.start].removesuffix("\n").split("\n")[1:]
    lines, is_closed = _run_of_settings(text, start)
    goes_on = is_closed and lines[0].startswith((" ", "\t")) and _in_block_scalar(above)
    said = [line for line in lines if line.strip() and _GOES_ON.match(line) is None]
    is_tight = bool(lines) and bool(lines[0].strip())
    if not goes_on and not (_begins_setting(lines) and are_settings(said, strict=not (is_closed and is_tight))):
        return None
    keys = (match[2] for line in (*above, *said) if not line[:1].isspace() and (match := _SETTING_LINE.fullmatch(line)))
    return EarlyEnd(dashes, Span(start, start + len("\n".join(lines))), is_closed, tuple(keys))


def _begins_setting(lines: Sequence[str]) -> bool:
    first = next(filter(str.strip, lines), " ")
    return not first[0].isspace() and _SETTING_LINE.fullmatch(first.rstrip()) is not None


def settings_of_slides(deck: Deck) -> list[Leaf]:
    """The texts right below slide breaks that are settings for one slide, as in Slidev and remark: Marp shows them."""
    late = late_front_matter(deck) or Span(0, 0)
    found: list[Leaf] = []
    for slide, following in zip(deck.slides, (*deck.slides[1:], None), strict=True):
        leaf = slide.blocks[0] if slide.blocks else None
        if not isinstance(leaf, Leaf) or ":" not in leaf.raw:
            continue
        ruler = slide.break_span
        if slide.number == 1 and deck.front_matter is not None and swallowed_first_slide(deck) is not None:
            ruler = deck.front_matter.span  # its last line was meant as a slide break
        if ruler is None or late.contains(leaf.span):
            continue
        is_tight = deck.source.line(leaf.span.start) == deck.source.line(ruler.end - 1) + 1
        if isinstance(leaf, Heading):
            closed = leaf.underline is not None and _CLOSER.fullmatch(deck.source.slice(leaf.underline).strip()) is not None
            is_block = closed
        else:
            closed = len(slide.blocks) == 1 and following is not None and following.break_span is not None
            is_block = isinstance(leaf, Paragraph) and (closed or is_tight)
        if is_block and are_settings(leaf.raw.rstrip("\n").split("\n"), strict=not (closed and is_tight)):
            found.append(leaf)
    return found


def are_settings(lines: Sequence[str], *, strict: bool) -> bool:
    """Whether lines are nothing but settings, which nobody writes for an audience.

    Most keys are also words, with which a text may begin: then all of them must be known, and more than one where `strict`.
    """
    found = [_SETTING_LINE.fullmatch(line.rstrip()) for line in lines]
    pairs = [(match[2], match[3] or "") for match in found if match]
    if not pairs or len(pairs) < len(found):
        return False
    if any(_is_unmistakable(key, value) for key, value in pairs):
        return True
    known = all(key in DIRECTIVES or key in _SLIDEV for key, _ in pairs)
    return known and (len(pairs) > 1 or not strict)


def _is_unmistakable(key: str, value: str) -> bool:
    if key in ("layout", "transition", "paginate"):
        return _ONE_WORD.fullmatch(value) is not None
    if not key.islower() or key.startswith("_"):
        return is_directive(key) or key in _SLIDEV
    return key == "marp" or value.strip("\"'") in _BUILT_IN.get(key, ())


def _run_of_settings(text: str, start: int) -> tuple[list[str], bool]:
    """The lines from `start` on that can be settings, and whether dashes follow; without dashes, one paragraph of them."""
    lines: list[str] = []
    at = start
    while at < len(text):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        if _CLOSER.fullmatch(line) and lines and lines[-1].strip():
            return lines, True
        if line.strip() and not _SETTING_LINE.fullmatch(line.rstrip()) and _GOES_ON.match(line) is None:
            break
        lines.append(line)
        at += len(line) + 1
    return list(takewhile(str.strip, lines)), False


def _in_block_scalar(lines: Sequence[str]) -> bool:
    """Whether the last key has a text of several lines for a value (`style: |`)."""
    key = next((line for line in reversed(lines) if line and not line[0].isspace()), "")
    return key.partition(":")[2].strip().startswith(("|", ">"))


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
