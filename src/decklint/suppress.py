"""What a deck asks to keep quiet about, and whether that was of any use.

`<!-- lint disable IM001 -->` to `<!-- lint enable IM001 -->`, `<!-- lint ignore IM001 -->` for the next block: Marp knows
these forms and keeps them out of the presenter's notes. In the front matter: `decklint: {ignore: [IM001]}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from decklint.deck.deck import Deck
from decklint.deck.nodes import Block, Comment, List, Node
from decklint.deck.walk import blocks
from decklint.findings import Edit, Finding
from decklint.records import dataclass
from decklint.text import Source, Span

_FORM = re.compile(r"lint (disable|enable|ignore)\b(.*)", re.DOTALL)
_WORD = re.compile(r"\S+")
_QUOTES = "\"'"
_COMMA_AFTER = re.compile(r"[ \t]*,[ \t]*")


class Word(NamedTuple):
    """A code, name or family, and where it stands; without a place where that cannot be told."""

    text: str
    span: Span | None


@dataclass(slots=True, eq=False)
class Request:
    """A comment, or the setting in the front matter (`comment` is None), that asks for quiet; no words mean all rules."""

    kind: str
    """`disable`, `enable`, `ignore`, or `setting`."""
    span: Span
    words: tuple[Word, ...]
    comment: Comment | None = None


@dataclass(slots=True, eq=False)
class Suppression:
    """Quiet about one word of a request (empty for all rules) inside `span`."""

    request: Request
    word: Word
    span: Span
    ended_by: Request | None = None
    used: bool = False
    """Whether it kept any finding quiet."""

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is to be kept quiet."""
        if not (self.span.start <= finding.span.start < self.span.end or finding.span == self.span):
            return False
        return self.word.text in ("", "ALL", finding.code, finding.name, finding.code[:2])


def requests(deck: Deck) -> list[Request]:
    """All that a deck asks for, in source order."""
    found = [] if (setting := _setting(deck)) is None else [setting]
    if "lint " not in deck.source.text:  # no comment can hold what the source does not
        return found
    for block in blocks(deck):
        if isinstance(block, Comment) and block.kind == "magic" and (match := _FORM.fullmatch(block.value)):
            words = _placed(deck.source.slice(block.span), block.span.start, match[2].split())
            found.append(Request(match[1], _trimmed(deck.source, block.span), words, block))
    return found


def suppressions(deck: Deck, asked: Iterable[Request]) -> list[Suppression]:
    """Where which words are quiet."""
    found = []
    end = len(deck.source.text) + 1
    open_since: dict[str, tuple[Request, Word]] = {}
    order: list[Block | Comment] = []
    for request in asked:
        words = request.words or (Word("", None),)
        if request.kind == "setting":
            found += [Suppression(request, word, Span(0, end)) for word in words]
        elif request.kind == "disable":
            for word in words:
                open_since.setdefault(word.text, (request, word))
        elif request.kind == "enable":
            for text in [word.text for word in request.words] or list(open_since):
                if opened := open_since.pop(text, None):
                    found.append(Suppression(*opened, Span(opened[0].span.start, request.span.start), request))
        else:
            order = order or list(blocks(deck))
            following = _following(order, request)
            found += [Suppression(request, word, following) for word in words if following is not None]
    found += [Suppression(request, word, Span(request.span.start, end)) for request, word in open_since.values()]
    return found


def without_suppressed(findings: Iterable[Finding], quiet: Sequence[Suppression]) -> list[Finding]:
    """The findings that no suppression covers; those that cover one are marked as used."""
    kept = []
    for finding in findings:
        covering = [suppression for suppression in quiet if suppression.covers(finding)]
        for suppression in covering:
            suppression.used = True
        if not covering:
            kept.append(finding)
    return kept


def _setting(deck: Deck) -> Request | None:
    front = deck.front_matter
    own = front.settings.get("decklint") if front is not None else None
    words = own.get("ignore") if isinstance(own, dict) else None
    words = [words] if isinstance(words, str) else words
    if front is None or not isinstance(words, list) or not words:
        return None
    span = Span(front.key_spans["decklint"].start, front.value_spans["decklint"].end)
    value = front.value_spans["decklint"]
    text = deck.source.slice(value)
    at = text.find("ignore") + len("ignore")
    placed = []
    for word in map(str, words):
        match = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text[at:])
        placed.append(Word(word, Span(value.start + at + match.start(), value.start + at + match.end()) if match else None))
    return Request("setting", _trimmed(deck.source, span), tuple(placed))


def _placed(raw: str, offset: int, words: list[str]) -> tuple[Word, ...]:
    """The words of a comment with their places; in a quote, markers stand between its lines and the places are not told."""
    match = re.search(r"lint (?:disable|enable|ignore)\b", raw)
    end = re.search(r"\s*--+>", raw)
    if match and end:
        found = [Word(m[0], Span(offset + m.start(), offset + m.end())) for m in _WORD.finditer(raw, match.end(), end.start())]
        if [word.text for word in found] == words:
            return tuple(found)
    return tuple(Word(word, None) for word in words)


def _trimmed(source: Source, span: Span) -> Span:
    return Span(span.start, span.start + len(source.slice(span).rstrip()))


def _following(order: list[Block | Comment], request: Request) -> Span | None:
    """The block that follows an `ignore`, other comments passed over."""
    at = next(i for i, block in enumerate(order) if block is request.comment)
    return next((block.span for block in order[at + 1 :] if not isinstance(block, Comment)), None)


# ---------------------------------------------------------------- taking a request back


def removal(deck: Deck, request: Request, ended_by: Request | None = None) -> tuple[Edit, ...]:
    """The edits that take a request away, and the `enable` of the same words; none where more stands on its lines."""
    edit = _without(deck, request)
    if edit is None:
        return ()
    if ended_by is None or ended_by.comment is None or {w.text for w in ended_by.words} != {w.text for w in request.words}:
        return (edit,)
    other = _without(deck, ended_by)
    return (edit, other) if other is not None and not other.span.overlaps(edit.span) else (edit,)


def word_removal(deck: Deck, request: Request, word: Word) -> tuple[Edit, ...]:
    """The edits that take one word out of several away; none where that cannot be told."""
    if word.span is None:
        return ()
    text = deck.source.text
    start, end = word.span
    if request.comment is not None:
        before = len(text[request.span.start : start].rstrip())
        return (Edit(Span(request.span.start + before, end), ""),)
    if text[start - 1] in _QUOTES and text[start - 1] == text[end : end + 1]:
        start, end = start - 1, end + 1
    line = deck.source.line_of(start)
    if re.fullmatch(r"\s*-\s+", text[line.start : start]) and not text[end : line.end].strip():
        return (Edit(Span(line.start, line.end + 1), ""),)
    if match := _COMMA_AFTER.match(text, end):
        return (Edit(Span(start, match.end()), ""),)
    if match := re.search(r"[ \t]*,[ \t]*$", text[line.start : start]):
        return (Edit(Span(line.start + match.start(), end), ""),)
    return ()


def _without(deck: Deck, request: Request) -> Edit | None:
    if request.comment is not None:
        return _without_comment(deck.source, request.comment, request.span)
    start, end = deck.source.line_of(request.span.start).start, deck.source.line_of(request.span.end).end
    own = deck.front_matter.settings["decklint"] if deck.front_matter is not None else {}
    return None if len(own) != 1 or start != request.span.start else Edit(Span(start, end + 1), "")


def _without_comment(source: Source, comment: Comment, span: Span) -> Edit | None:
    """A blank line stays where the comment parted two texts; where it parted two lists, it is left alone."""
    first, last = source.line(span.start), source.line(span.end)
    start, end = source.line_span(first).start, source.line_span(last).end
    if source.text[start:end].strip() != source.slice(span) or _parts_lists(comment):
        return None
    blank_before = first == 1 or not source.slice(source.line_span(first - 1)).strip()
    after = source.line_span(last + 1) if last < len(source.line_starts) else Span(end, end)
    blank_after = not source.slice(after).strip()
    if not blank_before and not blank_after:
        return Edit(Span(start, end), "")
    stop = after.end if blank_before and blank_after else end
    return Edit(Span(start, min(stop + 1, len(source.text))), "")


def _parts_lists(comment: Comment) -> bool:
    siblings: list[Node] = list(comment.parent.children) if comment.parent is not None else []
    at = next((i for i, block in enumerate(siblings) if block is comment), 0)
    return 0 < at < len(siblings) - 1 and isinstance(siblings[at - 1], List) and isinstance(siblings[at + 1], List)
