"""Every place of a deck that refers to a file, an anchor or an address: pictures, HTML, directives, styles, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from decklint.deck.deck import Deck
from decklint.deck.html import Tag, tags
from decklint.deck.nodes import Comment, HtmlBlock, Image, InlineHtml, Link, Node, StyleBlock
from decklint.deck.walk import walk
from decklint.text import Source, Span

_PICTURE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)>\s]+)")
_MARKDOWN = ("header", "footer")
_STYLED = ("backgroundImage", "style")
_ATTRIBUTES = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "a": ("href",),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference.

    `kind` is `image`, `background`, `html`, `directive`, `style` (all of them assets, which the slide shows) or `link`.
    """

    kind: str
    url: str
    span: Span
    """Where the address stands; where that cannot be told, what holds it."""
    is_exact: bool
    """Whether `span` is the address and nothing else."""
    node: Node | None = None
    """The picture or link; None in directives and styles."""

    @property
    def is_asset(self) -> bool:
        """Whether the slide shows what is referred to."""
        return self.kind != "link"


def references_of(deck: Deck) -> Iterator[Reference]:
    """All references, in source order."""
    yield from sorted(_found(deck), key=lambda reference: reference.span)


def _found(deck: Deck) -> Iterator[Reference]:
    front = deck.front_matter
    if front is not None:
        yield from _in_settings(front.settings, front.value_spans, deck.source)
    for node in walk(deck):
        if isinstance(node, Image):
            kind = "background" if node.is_background else "image"
            yield Reference(kind, node.url, node.url_span or node.span, node.url_span is not None, node)
        elif isinstance(node, Link):
            yield _link(node, deck.source)
        elif isinstance(node, (HtmlBlock, InlineHtml)):
            yield from _in_html(node, deck.source)
        elif isinstance(node, StyleBlock):
            yield from _in_css(node.css, node.span, deck.source)
        elif isinstance(node, Comment) and node.settings:
            yield from _in_settings(node.settings, node.value_spans, deck.source)


def _link(node: Link, source: Source) -> Reference:
    """A link with the place of its address: behind its text, or all of it."""
    tail_start = node.content[-1].span.end if node.content else node.span.start
    at = -1 if node.is_address else source.text.find(node.url, tail_start, node.span.end)
    span = Span(at, at + len(node.url)) if at >= 0 and node.url else node.span
    return Reference("link", node.url, span, span != node.span, node)


def _in_html(node: HtmlBlock | InlineHtml, source: Source) -> Iterator[Reference]:
    written = source.slice(node.span)
    for tag in tags(written):
        for attribute in _ATTRIBUTES.get(tag.name, ()):
            value = tag.attributes.get(attribute)
            if value and not tag.closing:
                yield from _in_attribute(node, written, tag, attribute, value)


def _in_attribute(node: Node, written: str, tag: Tag, attribute: str, value: str) -> Iterator[Reference]:
    kind = "link" if tag.name == "a" else "html"
    start = written.find(value, tag.start, tag.end)
    urls = [part.split()[0] for part in value.split(",") if part.split()] if attribute == "srcset" else [value.strip()]
    for url in urls:
        at = written.find(url, max(start, 0), tag.end)
        span = Span(node.span.start + at, node.span.start + at + len(url)) if at >= 0 else node.span
        yield Reference(kind, url, span, at >= 0, node)


def _in_css(css: str, holder: Span, source: Source, kind: str = "style") -> Iterator[Reference]:
    if "url" not in css.lower():
        return
    from decklint.theme.css import addresses

    at = holder.start
    for url, _ in addresses(css):
        found = source.text.find(url, at, holder.end) if url else -1
        if found >= 0:
            at = found + len(url)
        yield Reference(kind, url, Span(found, at) if found >= 0 else holder, found >= 0)


def _in_settings(settings: Mapping[str, Any], spans: Mapping[str, Span], source: Source) -> Iterator[Reference]:
    for key, value in settings.items():
        name = key.removeprefix("_")
        if not isinstance(value, str):
            continue
        if name in _STYLED:
            yield from _in_css(value, spans[key], source, "style" if name == "style" else "directive")
        elif name in _MARKDOWN:
            for match in _PICTURE.finditer(value):
                yield from _quoted(match[1], spans[key], source)
            for tag in tags(value):
                if tag.name == "img" and (url := tag.attributes.get("src")):
                    yield from _quoted(url, spans[key], source)


def _quoted(url: str, holder: Span, source: Source) -> Iterator[Reference]:
    found = source.text.find(url, *holder)
    yield Reference("directive", url, Span(found, found + len(url)) if found >= 0 else holder, found >= 0)
