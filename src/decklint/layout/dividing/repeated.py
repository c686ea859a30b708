"""What acts on one slide alone and has to be repeated where the slide is divided: directives, scoped styles, backgrounds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from decklint.deck.deck import Deck, FrontMatter, Slide
from decklint.deck.directives import DIRECTIVES, is_directive
from decklint.deck.nodes import Block, Comment, Image, StyleBlock
from decklint.deck.walk import walk
from decklint.findings import Effect
from decklint.records import dataclass

_MOST = 40
"""More than this is no slide that anybody wrote, and would be repeated on every one that comes of it."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """What one of the slides has to be given, and what that changes about the deck."""

    text: str
    effects: frozenset[Effect]


@dataclass(frozen=True, slots=True)
class _Piece:
    at: int
    """Where it stands in the source."""
    text: str
    effect: Effect | None


def repeated_of(deck: Deck, slide: Slide, title: Sequence[Block], bounds: Sequence[int]) -> list[Repeated] | None:
    """For each of the slides between `bounds`, offsets in the source: what acts on it now and stands on another.

    What stands in the title is repeated with it. None where something cannot be repeated, or would act from another slide on.
    """
    pieces = _pieces(deck, slide)
    if pieces is None or len(pieces) > _MOST or _moves(slide, bounds[1]):
        return None
    found = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        missing = [
            piece
            for piece in pieces
            if not start <= piece.at < end
            and not (number and any(block.span.start <= piece.at < block.span.end for block in title))
            and not (number == 0 and piece.at < start)
        ]
        lines = list(dict.fromkeys(piece.text for piece in missing))
        found.append(Repeated("\n".join(lines), frozenset(piece.effect for piece in missing if piece.effect)))
    return found


def _pieces(deck: Deck, slide: Slide) -> list[_Piece] | None:
    pieces: list[_Piece] = []
    front = deck.front_matter
    holders: list[Comment | FrontMatter] = [front] if front is not None and slide.number == 1 else []
    nodes = list(walk(slide))
    holders += [node for node in nodes if isinstance(node, Comment) and node.kind == "directive"]
    for holder in holders:
        found = _directives(deck, holder)
        if found is None:
            return None
        pieces += found
    for node in nodes:
        written = deck.source.slice(node.span)
        if isinstance(node, StyleBlock) and node.scoped:
            pieces.append(_Piece(node.span.start, written.strip(), None))
        elif isinstance(node, Image) and node.is_background:
            pieces.append(_Piece(node.span.start, written, Effect.MEDIA))
    return pieces


def _directives(deck: Deck, holder: Comment | FrontMatter) -> list[_Piece] | None:
    """The directives of a comment, or of the front matter, that act on their slide alone."""
    spot = [key for key in holder.settings if key.startswith("_") and is_directive(key)]
    known = [key for key in holder.settings if is_directive(key)]
    if not spot:
        return []
    at = holder.span.start
    if isinstance(holder, Comment) and spot == known and not holder.swallowed and not holder.unclosed:
        return [_Piece(at, deck.source.slice(holder.span).strip(), Effect.DIRECTIVES)]
    pieces = []
    for key in spot:
        value = deck.source.slice(holder.value_spans[key])
        if "\n" in value or value.startswith("<!--") or "-->" in value:
            return None
        pieces.append(_Piece(at, f"<!-- {key}: {value} -->", Effect.DIRECTIVES))
    return pieces


def _moves(slide: Slide, second: int) -> bool:
    """Whether a directive for this slide and those behind it stands below where the second slide begins."""
    return any(
        isinstance(node, Comment) and node.span.start >= second and any(_lasts(key) for key in node.settings)
        for node in walk(slide)
    )


def _lasts(key: str) -> bool:
    return key in DIRECTIVES and DIRECTIVES[key].scope == "local"
