"""How a deck writes the title of a slide that continues the one before: the same again, or with `（续）`, `(cont.)`, `(2)`."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import Comment, Heading, Leaf
from decklint.deck.textview import TextView, view_of
from decklint.deck.walk import bold_title, of_type, title
from decklint.findings import Edit
from decklint.records import dataclass
from decklint.text import Source, Span

_MARK = re.compile(
    r"(?P<space>[ \u3000]*)(?P<open>[(（])(?P<word>续|續|cont(?:inued|'d|’d|d)?\.?|\d{1,2})(?P<close>[)）])$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Manner:
    """What is put behind the title of a continued slide; with `counts`, `{}` in it stands for a number."""

    mark: str = ""
    counts: bool = False


def manner(deck: Deck) -> Manner:
    """The manner that most continued slides of a deck show; where there are none, or no more of one, the same title again."""
    seen: Counter[Manner] = Counter()
    same = 0
    titles = [title(slide) for slide in deck.slides]
    for (before, begun), (this, base) in pairwise(zip(titles, map(_base, titles), strict=True)):
        if this and base == begun:
            match = _MARK.search(this) if this != before else None
            if match:
                seen[_manner(match)] += 1
            else:
                same += 1
    found = seen.most_common(1)
    return found[0][0] if found and found[0][1] > same else Manner()


def _base(text: str) -> str:
    return _MARK.sub("", text).strip() if ")" in text or "）" in text else text.strip()


def _manner(match: re.Match[str]) -> Manner:
    counts = match["word"].isdecimal()
    return Manner(f"{match['space']}{match['open']}{'{}' if counts else match['word']}{match['close']}", counts)


def heading_source(deck: Deck, slide: Slide, blocks: list[Leaf], how: Manner, number: int) -> str:
    """The source of a slide's title for the slide that continues it as number `number`, from 2 on.

    `blocks` are its headings; with none of them, a first line in bold that stands for a title is meant. Notes are left out, and
    the mark goes behind the last visible character, inside the emphasis.
    """
    source = deck.source
    strong = None if any(isinstance(block, Heading) for block in blocks) else bold_title(slide)
    if strong is not None:
        return _marked(source, strong.span, view_of(strong.content), how, number, [])
    lines = []
    for block in blocks:
        notes = [note.span for note in of_type(block, Comment) if note.kind == "note"]
        own = how if block is blocks[0] else Manner()
        lines.append(_marked(source, block.span, block.view, own, number, notes))
    return "\n\n".join(lines)


def _marked(source: Source, span: Span, view: TextView, how: Manner, number: int, notes: list[Span]) -> str:
    edits = [Edit(note, "") for note in notes]
    text = view.text.rstrip()
    match = _MARK.search(text)
    if how.mark and text and not match:
        at = view.span(len(text) - 1, len(text)).end
        edits.append(Edit(Span(at, at), how.mark.format(number)))
    elif how.counts and match and match["word"].isdecimal():
        edits.append(Edit(view.span(match.start("word"), match.end("word")), str(int(match["word"]) + number - 1)))
    written = source.slice(span)
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        start, end = edit.span.start - span.start, edit.span.end - span.start
        written = written[:start] + edit.text + written[end:]
    return written.strip()
