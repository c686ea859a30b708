"""Inline nodes with source ranges.

mistune's inline parser says what a leaf holds; its finished tree is then replayed over the leaf's text, and every node's
source form is read again, so no internals of the scanner matter. Where tree and text disagree, `Lost` is raised and the
leaf keeps its text as it stands: positions are never guessed.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable
from functools import cache
from typing import Any

from mistune.helpers import parse_link

from decklint.deck.images import read_words
from decklint.deck.nodes import (
    CodeSpan,
    Comment,
    Emphasis,
    Image,
    Inline,
    InlineHtml,
    InlineMath,
    LineBreak,
    Link,
    Strikethrough,
    Strong,
    Text,
)
from decklint.parse.inline_rules import MarpInlineParser
from decklint.parse.linemap import ToSource
from decklint.parse.options import Options
from decklint.parse.plain_inline import read_plain
from decklint.patterns import constant
from decklint.text import Span

Token = dict[str, Any]
_BLANK = " \r\n\t\f"


class Lost(Exception):
    """The tree and the text went apart."""


@cache
def _parser(math: bool) -> MarpInlineParser:
    return MarpInlineParser(math=math)


ReadComment = Callable[[str, Span], Comment]


@constant  # as in blocks
def parse_inline(raw: str, to_source: ToSource, env: dict[str, Any], read_comment: ReadComment, options: Options) -> list[Inline]:
    """The inline nodes of a leaf's text; `read_comment` classifies a comment."""
    end = len(raw.rstrip(_BLANK))
    if not end:
        return []
    lead = len(raw) - len(raw.lstrip(_BLANK)) if raw[0] in _BLANK else 0
    references = bool(env.get("ref_links"))
    plain = read_plain(raw, lead, end, to_source, options, references=references)
    if plain is not None:
        return plain
    body = raw[lead:end]
    replay = _Replay(body, lead, to_source, read_comment, options)
    try:
        nodes, end = replay.nodes(_parser(options.math)(body, env), 0)
        if end != len(body):
            raise Lost("tail")
    except Lost:
        nodes = replay.as_written()
    return nodes


class _Replay:
    """Walks a tree of tokens and the text they were made from side by side."""

    def __init__(
        self, src: str, lead: int, to_source: ToSource, read_comment: Callable[[str, Span], Comment], options: Options
    ) -> None:
        self.src = src
        self.lead = lead
        self.to_source = to_source
        self.read_comment = read_comment
        self.breaks = options.breaks

    def span(self, start: int, end: int) -> Span:
        return self.to_source.span(self.lead + start, self.lead + end)

    def as_written(self) -> list[Inline]:
        nodes: list[Inline] = []
        at = 0
        for line in self.src.split("\n"):
            nodes.append(Text(self.span(at, at + len(line)), line))
            at += len(line) + 1
        return nodes

    def nodes(self, tokens: list[Token], at: int) -> tuple[list[Inline], int]:
        """The nodes of `tokens`, whose text begins at `at`, and where it ends."""
        found: list[Inline] = []
        run = at  # where the text begins that stands in the source as it is, however many tokens it came in
        for token in tokens:
            kind = token["type"]
            if kind == "text":
                raw = token["raw"]
                if "\\" not in raw and "&" not in raw and self.src.startswith(raw, at):
                    at += len(raw)
                    continue
                self.append(found, run, at, self.src[run:at])
                run = at = self.text(raw, at, found)
                continue
            place = getattr(self, kind, None)
            if place is None:
                raise Lost(kind)
            self.append(found, run, at, self.src[run:at])
            node, at = place(token, at)
            run = at
            found.append(node)
        self.append(found, run, at, self.src[run:at])
        return found, at

    def expect(self, at: int, text: str) -> int:
        if not self.src.startswith(text, at):
            raise Lost(text)
        return at + len(text)

    def text(self, raw: str, at: int, found: list[Inline]) -> int:
        """Append text nodes: runs that stand in the source as they are, escapes and entities apart."""
        start = at
        i = 0
        while i < len(raw):
            char = raw[i]
            if self.src.startswith("\\" + char, at) and char in string.punctuation:
                self.append(found, start, at, self.src[start:at])
                found.append(Text(self.span(at, at + 2), char))
                at = start = at + 2
            elif char == "&" and (entity := _ENTITY.match(raw, i)) and self.src.startswith(entity[0], at):
                shown = html.unescape(entity[0])
                if shown != entity[0]:
                    self.append(found, start, at, self.src[start:at])
                    found.append(Text(self.span(at, at + len(entity[0])), shown))
                    start = at + len(entity[0])
                at += len(entity[0])
                i = entity.end()
                continue
            else:
                at = self.expect(at, char)
            i += 1
        self.append(found, start, at, self.src[start:at])
        return at

    def append(self, found: list[Inline], start: int, end: int, value: str) -> None:
        if start >= end:
            return
        span = self.span(start, end)
        last = found[-1] if found else None
        if isinstance(last, Text) and last.span.end == span.start and len(last.value) == last.span.end - last.span.start:
            found[-1] = Text(Span(last.span.start, span.end), last.value + value)
        else:
            found.append(Text(span, value))

    def styled(
        self, kind: type[Emphasis] | type[Strong] | type[Strikethrough], width: int, token: Token, at: int
    ) -> tuple[Inline, int]:
        run = self.src[at : at + width]
        if len(run) != width or run[0] not in "*_~":
            raise Lost(token["type"])
        content, end = self.nodes(token["children"], at + width)
        end = self.expect(end, run)
        return kind(self.span(at, end), content), end

    def emphasis(self, token: Token, at: int) -> tuple[Inline, int]:
        return self.styled(Emphasis, 1, token, at)

    def strong(self, token: Token, at: int) -> tuple[Inline, int]:
        return self.styled(Strong, 2, token, at)

    def strikethrough(self, token: Token, at: int) -> tuple[Inline, int]:
        return self.styled(Strikethrough, 2, token, at)

    def codespan(self, token: Token, at: int) -> tuple[Inline, int]:
        opening = _TICKS.match(self.src, at)
        for closing in _TICKS.finditer(self.src, opening.end()) if opening else ():
            if opening and len(closing[0]) == len(opening[0]):
                return CodeSpan(self.span(at, closing.end()), token["raw"]), closing.end()
        raise Lost("codespan")

    def inline_math(self, token: Token, at: int) -> tuple[Inline, int]:
        end = self.expect(at, f"${token['raw']}$")
        return InlineMath(self.span(at, end), token["raw"]), end

    def inline_html(self, token: Token, at: int) -> tuple[Inline, int]:
        end = self.expect(at, token["raw"])
        return InlineHtml(self.span(at, end), token["raw"]), end

    def comment(self, token: Token, at: int) -> tuple[Inline, int]:
        end = self.expect(at, token["raw"])
        return self.read_comment(token["raw"], self.span(at, end)), end

    def softbreak(self, token: Token, at: int) -> tuple[Inline, int]:
        match = _SOFT.match(self.src, at)
        if not match:
            raise Lost("softbreak")
        return LineBreak(self.span(at, match.end()), hard=False, shown=self.breaks), match.end()

    def linebreak(self, token: Token, at: int) -> tuple[Inline, int]:
        match = _HARD.match(self.src, at)
        if not match:
            raise Lost("linebreak")
        return LineBreak(self.span(at, match.end()), hard=True), match.end()

    def link(self, token: Token, at: int) -> tuple[Inline, int]:
        url, title = token["attrs"]["url"], token["attrs"].get("title") or ""
        if token.get("bare"):
            end = self.expect(at, token["children"][0]["raw"])
            return Link(self.span(at, end), [Text(self.span(at, end), self.src[at:end])], url, is_address=True), end
        if self.src.startswith("<", at):
            end = self.src.index(">", at) + 1
            text = Text(self.span(at + 1, end - 1), self.src[at + 1 : end - 1])
            return Link(self.span(at, end), [text], url, title, is_address=True), end
        content, end = self.nodes(_without_bare(token["children"]), self.expect(at, "["))
        end, _ = self.destination(token, self.expect(end, "]"))
        if _NO_LINK.match(url):
            return Text(self.span(at, end), self.src[at:end]), end
        return Link(self.span(at, end), content, url, title), end

    def image(self, token: Token, at: int) -> tuple[Inline, int]:
        inside = self.expect(at, "![")
        _, close = self.nodes(token["children"], inside)
        words = [(m[0], self.span(m.start(), m.end())) for m in _WORD.finditer(self.src, inside, close)]
        end, url_at = self.destination(token, self.expect(close, "]"))
        url_span = self.span(*url_at) if url_at else None
        attrs = token["attrs"]
        if _NO_LINK.match(attrs["url"]):
            return Text(self.span(at, end), self.src[at:end]), end
        return Image(self.span(at, end), attrs["url"], read_words(words), attrs.get("title") or "", url_span), end

    def destination(self, token: Token, at: int) -> tuple[int, tuple[int, int] | None]:
        """The end of a link whose text ends at `at`, and where its address stands if it is written here."""
        if "label" not in token:
            inside = self.expect(at, "(")
            _, end = parse_link(self.src, inside)
            if not end:
                raise Lost("destination")
            return end, _address_range(self.src, inside, end - 1)
        for tail in ("[]", f"[{token['label']}]"):
            if self.src.startswith(tail, at):
                return at + len(tail), None
        return at, None


def _without_bare(tokens: list[Token]) -> list[Token]:
    """The tokens inside a link, where an address is text: there are no links in links."""
    plain: list[Token] = []
    for token in tokens:
        if token.get("bare"):
            plain += token["children"]
        elif "children" in token:
            plain.append({**token, "children": _without_bare(token["children"])})
        else:
            plain.append(token)
    return plain


_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_NO_LINK = re.compile(r"\s*(?:javascript:|vbscript:|file:|data:(?!image/(?:gif|png|jpeg|webp);))", re.IGNORECASE)  # markdown-it
_TICKS = re.compile(r"`+")
_WORD = re.compile(r"\S+")
_SOFT = re.compile(r" *\n\s*")
_HARD = re.compile(r"(?:\\| {2,})\n\s*")


def _address_range(src: str, start: int, end: int) -> tuple[int, int]:
    while start < end and src[start].isspace():
        start += 1
    if src.startswith("<", start):
        return start + 1, src.find(">", start, end)
    depth, at = 0, start
    while at < end and not src[at].isspace():
        if src[at] == "\\":
            at += 1
        elif src[at] == "(":
            depth += 1
        elif src[at] == ")":
            depth -= 1
        if depth < 0:
            break
        at += 1
    return start, min(at, end)
