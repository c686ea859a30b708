"""A claim with its place in a lecture, for all formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, NamedTuple

from decklint.deck.walk import title
from decklint.facts.claims import Claim
from decklint.facts.entities import Fact
from decklint.facts.registry import registry
from decklint.project import Result
from decklint.report.machine import as_json as written
from decklint.rule import DeckView
from decklint.text import Position, Source, Span


class Found(NamedTuple):
    """A claim, the deck that it stands in, and the slide (from 1; 0 in the front matter)."""

    path: str
    source: Source
    slide: int
    slide_title: str
    claim: Claim

    @property
    def place(self) -> Position:
        """Where the value begins."""
        return self.source.position(self.claim.value_span.start)


def found_in(result: Result) -> list[Found]:
    """The claims of one deck in the order of the source; none where it could not be read."""
    if result.deck is None:
        return []
    view = DeckView(result.deck)
    found = []
    for claim in sorted(view.claims, key=lambda claim: claim.value_span):
        slide = view.slide_number(claim.value_span.start)
        name = title(result.deck.slides[slide - 1]) if slide else ""
        found.append(Found(result.path, result.deck.source, slide, name, claim))
    return found


def readable(value: str, type_of_attribute: str, lang: str) -> str:
    """A value of the registry as people write it: `175 billion`, `1750亿`, the name of an organisation instead of its id."""
    if type_of_attribute == "quantity":
        return _number(value, lang)
    entity = registry().entities.get(value) if type_of_attribute in ("set", "name") else None
    return entity.name if entity is not None else value


def _number(value: str, lang: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    english = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
    chinese = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
    for scale, word in chinese if lang == "zh" else english:
        if number >= scale and number / scale == round(number / scale, 3):
            return f"{number / scale:.10g}{word}"
    return f"{number:,.10g}"


def as_json(found: Iterable[Found]) -> Iterator[str]:
    """An array with one object per claim. Lines and columns count from 1, columns in code points."""
    yield written([_object(each) for each in found], indent=1)


def _object(found: Found) -> dict[str, Any]:
    claim = found.claim
    return {
        "path": found.path,
        "slide": found.slide,
        "slide_title": found.slide_title,
        "written": claim.written,
        "entity": claim.entity.id,
        "entity_name": claim.entity.name,
        "attribute": claim.attribute.id,
        "verdict": claim.verdict.value,
        "confidence": claim.confidence.word,
        "right": claim.right or None,
        "mention": _place(found.source, claim.mention_span),
        "value": _place(found.source, claim.value_span),
        "text": claim.leaf.view.text.replace("\ufffc", " "),
        "facts": [_fact(fact) for fact in claim.facts],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    sources = [asdict(source) for source in fact.sources]
    return {"attribute": fact.attribute, "values": fact.values, "status": fact.status, "note": fact.note, "sources": sources}


def _place(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
