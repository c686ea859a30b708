"""A deck as plain data, for `decklint parse --json`."""

from __future__ import annotations

from typing import Any

from decklint.deck.deck import Deck, Slide
from decklint.deck.nodes import Comment, Node
from decklint.deck.walk import title, walk
from decklint.text import Source, Span


def tree(deck: Deck) -> dict[str, Any]:
    """The deck with its front matter, global directives and slides."""
    front = deck.front_matter
    return {
        "path": deck.path,
        "front_matter": None
        if front is None
        else {
            **_lines(deck.source, front.span),
            "closed": front.closed,
            "settings": front.settings,
            "problem": None
            if front.problem is None
            else {"reason": front.problem.reason, **_place(deck.source, front.problem.span)},
        },
        "directives": deck.directives,
        "slides": [_slide(deck.source, slide) for slide in deck.slides],
    }


def _slide(source: Source, slide: Slide) -> dict[str, Any]:
    return {
        "number": slide.number,
        **_lines(source, slide.span),
        "title": title(slide),
        "directives": slide.directives,
        "notes": [node.value for node in walk(slide) if isinstance(node, Comment) and node.kind == "note"],
        "nodes": [_node(source, block) for block in slide.blocks],
    }


def _node(source: Source, node: Node) -> dict[str, Any]:
    data: dict[str, Any] = {"type": type(node).__name__, **_place(source, node.span)}
    for name in ("value", "level", "url", "title", "marker", "bullet", "ordered", "info", "kind", "css", "scoped", "is_header"):
        if hasattr(node, name):
            data[name] = getattr(node, name)
    if hasattr(node, "words"):
        data["words"] = [{"text": word.text, "role": word.role} for word in node.words]
    if node.children:
        data["children"] = [_node(source, child) for child in node.children]
    return data


def _lines(source: Source, span: Span) -> dict[str, int]:
    last = max(span.start, span.end - 1)
    return {"start_line": source.line(span.start), "end_line": source.line(last)}


def _place(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
