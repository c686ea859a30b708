"""Every place of a deck that refers to a file, an anchor or an address, and where it leads.

To a browser a backslash is a slash (WHATWG URL), but Marp writes it as `%5C` before a browser sees it, except in HTML.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from decklint.deck.deck import Deck
from decklint.deck.html import Tag, tags
from decklint.deck.nodes import Comment, HtmlBlock, Image, InlineHtml, Link, Node, StyleBlock
from decklint.deck.walk import walk
from decklint.files import ProjectFiles
from decklint.findings import Effect
from decklint.records import dataclass
from decklint.text import Source, Span

_DESTINATION = r"\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))+))"
_PICTURE = re.compile(rf"!\[[^\[\]]*\]{_DESTINATION}")
_LINKED = re.compile(rf"\]{_DESTINATION}")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_IN_CSS = re.compile(r"url\(\s*+(?:\"([^\"\n]*)|'([^'\n]*)|([^)\s]*))", re.IGNORECASE)
_MARKDOWN = ("header", "footer")
_STYLED = ("backgroundImage", "style")
_ATTRIBUTES = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "script": ("src",),
    "a": ("href",),
}
_TEMPLATE = re.compile(r"[{}]|\$[A-Za-z_(]|<%|%[A-Z_]+%")
_SPECIAL = re.compile(r"[\x00-\x20\"'()<>\[\]\\^`{|}?#%]")
_TAIL = re.compile("[?#]")
_DRIVE = re.compile(r"[a-zA-Z]:[\\/]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_LONGEST_WORD, _MOST_LETTERS, _MOST_COMPARED = 200, 4, 200
_REFERRING = (Image, Link, HtmlBlock, InlineHtml, StyleBlock, Comment)
_NETWORK = frozenset(("http", "https", "ftp", "ws", "wss"))
_ABSOLUTE = ("/", "\\", "~/", "~\\")


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
    """The picture, link, HTML or style that it stands in; None in directives."""
    written: str = ""
    """The address of Markdown as the source has it; nothing where it stands elsewhere."""

    @property
    def is_asset(self) -> bool:
        """Whether the slide shows what is referred to."""
        return self.kind != "link"

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What another address changes about the deck."""
        return (Effect.MEDIA,) if self.node else (Effect.MEDIA, Effect.DIRECTIVES)


class Location(NamedTuple):
    """Where an address leads: exactly one word, so that one rule speaks about one place.

    `found`, `missing`, `case` (there, but in other letters: upper or lower case, composed or not), `backslash`, `absolute`,
    `outside` (out of the project), `remote`, `anchor`, or `other`: nothing that files could tell about.
    """

    kind: str
    shown: str = ""
    """The address without escapes, query and fragment, as people would write it."""
    path: Path | None = None
    """The file: as it is spelt on the disk, where it is there."""
    tail: str = ""
    """Query and fragment."""


# ---------------------------------------------------------------- where an address leads


def locate(reference: Reference, deck: Path, files: ProjectFiles) -> Location:
    """Where a reference of the deck at `deck` leads, as a system would see it on which letter case counts."""
    url = reference.url.strip()
    if isinstance(reference.node, (HtmlBlock, InlineHtml)) and not _DRIVE.match(url):
        url = url.replace("\\", "/")
    address, tail = _parted(url)
    shown = unquote(address).strip()
    if not shown or _TEMPLATE.search(shown) or "\0" in shown:
        return Location("anchor" if not shown and tail.startswith("#") else "other", shown, None, tail)
    scheme = None if _DRIVE.match(shown) else _SCHEME.match(shown)
    if scheme and scheme[1].lower() != "file":
        return Location("remote" if scheme[1].lower() in _NETWORK else "other", shown, None, tail)
    if shown.startswith("//"):
        return Location("remote", shown, None, tail)
    if scheme or _DRIVE.match(shown) or shown.startswith(_ABSOLUTE):
        return Location("absolute", shown, None, tail)
    return _relative(reference, shown, tail, deck, files)


def _relative(reference: Reference, shown: str, tail: str, deck: Path, files: ProjectFiles) -> Location:
    written = unquote(_parted(reference.written)[0])  # where Markdown may have taken a backslash for an escape
    backslashed = next((_with_slashes(text, deck, files) for text in (written, shown) if "\\" in text), None)
    if "\\" in shown:
        return Location("backslash", shown, backslashed, tail)
    path = Path(os.path.normpath(f"{deck.parent}/{shown}"))
    if not files.holds(path):
        return Location("outside", shown, path, tail)
    if files.exists(path):
        return Location("found", shown, path, tail)
    if files.is_unfetched(path):
        return Location("other", shown, path, tail)
    if backslashed is not None:
        return Location("backslash", written, backslashed, tail)
    there = files.spelt(path)
    return Location("case" if there else "missing", shown, there or path, tail)


def _parted(url: str) -> tuple[str, str]:
    """An address, and its query and fragment."""
    found = _TAIL.search(url)
    at = found.start() if found else len(url)
    return url[:at], url[at:]


def _with_slashes(shown: str, deck: Path, files: ProjectFiles) -> Path | None:
    """The file that a path with backslashes means."""
    path = Path(os.path.normpath(deck.parent / re.sub(r"\\+", "/", shown)))
    return files.spelt(path) if files.holds(path) else None


def relative_path(path: Path, deck: Path) -> str:
    """The path of a file as people write it in the deck at `deck`: relative to its folder, with `/`."""
    folder, up = deck.parent, 0
    while not path.is_relative_to(folder):
        folder, up = folder.parent, up + 1
    return "../" * up + path.relative_to(folder).as_posix()


def elsewhere(place: Location, deck: Path, files: ProjectFiles) -> list[str]:
    """The files that are called as a missing one, as the deck would write them: those whose paths end most alike first."""
    named = files.named(place.path.name) if place.path else []
    relative = [relative_path(files.root / path, deck) for path in named]
    return sorted(relative, key=lambda path: (-_shared_tail(path, place.shown), path.count("../"), path.count("/"), path))


def nearest(word: str, words: Iterable[str], cutoff: float) -> str | None:
    """The word that is spelt most like another; of many only some are compared, so that the cost stays low."""
    if len(word) > _LONGEST_WORD:
        return None
    alike = sorted(other for other in words if abs(len(other) - len(word)) <= _MOST_LETTERS)[:_MOST_COMPARED]
    if not alike:
        return None
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, alike, n=1, cutoff=cutoff)), None)


def _shared_tail(path: str, other: str) -> int:
    """How many of the last parts of two paths are the same."""
    pairs = zip(reversed(path.split("/")), reversed(other.split("/")), strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def encoded(path: str) -> str:
    """A relative path as an address that is the same in Markdown, HTML and CSS."""
    return _SPECIAL.sub(lambda match: quote(match[0]), path)


def respelt(written: str, path: Path, deck: Path) -> str:
    """The address `written` with `/` and with the names that `path` has; what is right about it stays."""
    address, tail = _parted(written)
    parts = re.sub(r"\\+", "/", address).split("/")
    names = [part for part in parts if part not in (".", "..", "")]
    if parts[-len(names) :] != names:  # it goes down and up again
        return encoded(relative_path(path, deck)) + tail
    kept = [part if unquote(part) == name else encoded(name) for part, name in zip(names, path.parts[-len(names) :], strict=True)]
    return "/".join((*parts[: -len(names)], *kept)) + tail


# ---------------------------------------------------------------- all references of a deck


def references_of(deck: Deck) -> Iterator[Reference]:
    """All references, in source order."""
    yield from sorted(_found(deck), key=lambda reference: reference.span)


def _found(deck: Deck) -> Iterator[Reference]:
    front = deck.front_matter
    if front is not None:
        yield from _in_settings(front.settings, front.value_spans, deck.source)
    for node in walk(deck):
        if not isinstance(node, _REFERRING):
            continue
        if isinstance(node, Image):
            kind = "background" if node.is_background else "image"
            span = node.url_span
            yield Reference(kind, node.url, span or node.span, span is not None, node, deck.source.slice(span) if span else "")
        elif isinstance(node, Link):
            yield _link(node, deck.source)
        elif isinstance(node, (HtmlBlock, InlineHtml)):
            yield from _in_html(node, deck.source)
        elif isinstance(node, StyleBlock):
            yield from _in_css(node.css, node.span, deck.source, node=node)
        elif isinstance(node, Comment) and node.settings:
            yield from _in_settings(node.settings, node.value_spans, deck.source)


def _link(node: Link, source: Source) -> Reference:
    """A link with the place of its address: behind its text, or all of it."""
    tail = node.content[-1].span.end if node.content else node.span.start + 1
    match = None if node.is_address else _LINKED.match(source.text, tail, node.span.end)
    if match is None:
        return Reference("link", node.url, node.span, False, node)
    span = Span(*match.span(1 if match[2] is None else 2))
    return Reference("link", node.url, span, True, node, source.slice(span))


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
    parts = re.split(r",\s+", value) if attribute == "srcset" else []
    for url in [part.split()[0] for part in parts if part.split()] if parts else [value.strip()]:
        at = written.find(url, max(start, 0), tag.end)
        span = Span(node.span.start + at, node.span.start + at + len(url)) if at >= 0 else node.span
        yield Reference(kind, html.unescape(url), span, at >= 0, node)


def _in_css(css: str, holder: Span, source: Source, kind: str = "style", node: Node | None = None) -> Iterator[Reference]:
    if "url" not in css.lower():
        return
    from decklint.theme.css import addresses

    verbatim = source.text.find(css, *holder)
    at = holder.start
    for url, offset in addresses(css):
        match = _IN_CSS.match(css, offset)
        written = (match[1] or match[2] or match[3] or "") if match else url
        at = max(at, verbatim + offset) if verbatim >= 0 else at  # an address in a comment is none
        found = source.text.find(written, at, holder.end) if written else -1
        span = Span(found, found + len(written)) if found >= 0 else holder
        at = span.end if found >= 0 else at
        meant = written if re.search(r"\\\w", written) else url  # to CSS "\a" is a line feed
        yield Reference(kind, meant, span, found >= 0, node)


def _in_settings(settings: Mapping[str, Any], spans: Mapping[str, Span], source: Source) -> Iterator[Reference]:
    for key, value in settings.items():
        name = key.removeprefix("_")
        if not isinstance(value, str):
            continue
        if name in _STYLED:
            yield from _in_css(value, spans[key], source, "style" if name == "style" else "directive")
        elif name in _MARKDOWN:
            for match in _PICTURE.finditer(value):
                url = match[1] if match[2] is None else match[2]
                yield _quoted(_ESCAPED.sub(r"\1", url), url, spans[key], source)
            for tag in tags(value):
                if tag.name == "img" and (url := tag.attributes.get("src")):
                    yield _quoted(html.unescape(url), url, spans[key], source)


def _quoted(url: str, written: str, holder: Span, source: Source) -> Reference:
    found = source.text.find(written, *holder)
    return Reference("directive", url, Span(found, found + len(written)) if found >= 0 else holder, found >= 0)
