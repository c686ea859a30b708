"""What a fix really changed: two decks compared, before and after, in everything that a fix must declare."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from decklint.deck.anchors import anchors
from decklint.deck.deck import Deck
from decklint.deck.directives import is_directive
from decklint.deck.nodes import Comment, Image, Leaf, Link, ListItem
from decklint.deck.walk import of_type
from decklint.findings import Edit, Effect, Fix, Safety
from decklint.records import dataclass
from decklint.references import references_of
from decklint.text import Span


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All of a deck that a safe fix leaves as it is. With other slides only the flat parts can be compared."""

    slides: int
    settings: list[Any]
    directives: list[dict[str, Any]]
    fragments: list[int]
    links: frozenset[str]
    """The anchors that links of the deck lead to."""
    media: list[Any]


def skeleton(deck: Deck) -> Skeleton:
    """The skeleton of a deck."""
    front = deck.front_matter
    settings = [None if front is None or front.problem else _known(front.settings)]
    settings += [_known(comment.settings) for comment in of_type(deck, Comment) if comment.kind == "directive"]
    return Skeleton(
        len(deck.slides),
        settings,
        [slide.directives for slide in deck.slides],
        [sum(item.is_fragment for item in of_type(slide, ListItem)) for slide in deck.slides],
        _resolved(deck),
        [_medium(reference.kind, reference.url, reference.node) for reference in references_of(deck) if reference.is_asset],
    )


def undeclared(before: Deck, after: Deck, fixes: Sequence[Fix]) -> frozenset[Effect]:
    """What fixes that were applied together changed besides what they declare; nothing if they kept their word."""
    declared = frozenset(effect for fix in fixes for effect in fix.effects)
    changed = _changed(skeleton(before), skeleton(after))
    edits = [edit for fix in fixes for edit in fix.edits]
    if Effect.TEXT not in declared and not all(_only_spacing(before, edit) for fix in fixes for edit in _spacing_edits(fix)):
        changed |= {Effect.TEXT}
    is_safe = all(fix.safety is Safety.SAFE for fix in fixes)
    if is_safe or Effect.TEXT not in declared:
        changed |= {Effect.TEXT} if _texts_elsewhere_differ(before, after, edits) else set()
        declared -= {Effect.TEXT} if is_safe and Effect.TEXT in changed else set()
    return frozenset(changed - declared)


def _changed(old: Skeleton, new: Skeleton) -> set[Effect]:
    same_slides = old.slides == new.slides
    found = set() if same_slides else {Effect.SLIDES}
    if old.settings != new.settings or (same_slides and old.directives != new.directives):
        found.add(Effect.DIRECTIVES)
    if old.fragments != new.fragments if same_slides else sum(old.fragments) != sum(new.fragments):
        found.add(Effect.FRAGMENTS)
    if not old.links <= new.links:
        found.add(Effect.ANCHORS)
    if old.media != new.media:
        found.add(Effect.MEDIA)
    return found


def _known(settings: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in settings.items() if is_directive(key)}


def _resolved(deck: Deck) -> frozenset[str]:
    wanted = {link.url[1:] for link in of_type(deck, Link) if link.url.startswith("#")}
    return frozenset(wanted & set(anchors(deck).values())) if wanted else frozenset()


def _medium(kind: str, url: str, node: object) -> tuple[str, str, tuple[str, ...]]:
    words = tuple(word.text for word in node.words if word.consumed) if isinstance(node, Image) else ()
    return kind, url, words


def _spacing_edits(fix: Fix) -> Iterable[Edit]:
    return fix.edits if Effect.SPACING in fix.effects else ()


def _only_spacing(deck: Deck, edit: Edit) -> bool:
    return "".join(deck.source.slice(edit.span).split()) == "".join(edit.text.split())


# ---------------------------------------------------------------- text outside the leaves that were edited


def _texts_elsewhere_differ(before: Deck, after: Deck, edits: Sequence[Edit]) -> bool:
    """Whether any leaf reads otherwise that neither holds an edit nor came of one that does."""
    old, new = list(of_type(before, Leaf)), list(of_type(after, Leaf))
    forward = _mapping(edits)
    touched = [Span(forward(leaf.span.start, False), forward(leaf.span.end, True)) for leaf in old if _holds(leaf, edits)]
    touched += [Span(forward(edit.span.start, False), forward(edit.span.end, True)) for edit in edits]
    here = [Span(forward(leaf.span.start, True), forward(leaf.span.end, False)) for leaf in old]
    return _apart(old, here, touched) != _apart(new, [leaf.span for leaf in new], touched)


def _apart(leaves: list[Leaf], spans: list[Span], touched: list[Span]) -> list[str]:
    """The texts of the leaves that lie apart from all touched ranges."""
    starts = sorted(touched)
    ends = list(accumulate((span.end for span in starts), max))
    apart = []
    for leaf, span in zip(leaves, spans, strict=True):
        at = bisect_right(starts, span.end, key=lambda other: other.start)
        if not at or ends[at - 1] < span.start:
            apart.append(leaf.view.text)
    return apart


def _holds(leaf: Leaf, edits: Sequence[Edit]) -> bool:
    return any(edit.span.start <= leaf.span.end and leaf.span.start <= edit.span.end for edit in edits)


def _mapping(edits: Sequence[Edit]) -> Callable[[int, bool], int]:
    """Where an old offset lies in the new text; at an insertion, behind it or before it."""
    ordered = sorted(edits, key=lambda edit: edit.span)
    ends = [edit.span.end for edit in ordered]
    shifts = [0, *accumulate(len(edit.text) - (edit.span.end - edit.span.start) for edit in ordered)]

    def forward(offset: int, behind: bool) -> int:
        at = bisect_right(ends, offset) if behind else bisect_right(ends, offset - 1)
        moved = offset + shifts[at]
        if at < len(ordered) and ordered[at].span.start < offset:  # inside what was replaced
            start = ordered[at].span.start + shifts[at]
            return start + len(ordered[at].text) if behind else start
        return moved

    return forward
