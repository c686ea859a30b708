"""Inline nodes of plain leaves: text, and bold text, code, formulas, links and pictures of the simplest form.

Most leaves are so, and one pattern tells them without the inline parser. All other leaves are told apart, never guessed at: what
might mean anything else than itself stops the reading.
"""

from __future__ import annotations

import re

from decklint.deck.images import read_words
from decklint.deck.nodes import CodeSpan, Image, Inline, InlineMath, LineBreak, Link, Strong, Text
from decklint.parse.linemap import ToSource
from decklint.parse.options import Options

Match = re.Match[str]

_ALNUM = r"[^\W_]"
# A pair of stars in CommonMark's words: left-flanking or right-flanking, where all that is neither blank nor alphanumeric counts
# as punctuation. What is between holds no star, so the pair belongs together.
_STRONG = (
    rf"\*\*(?<!\*\*\*)(?!\*)(?:(?={_ALNUM})|(?<!{_ALNUM}\*\*)(?=\S))(?P<strong>[^*]+)"
    rf"(?:(?<={_ALNUM})|(?<=\S)(?=\*\*(?!{_ALNUM})))\*\*(?!\*)"
)
_LABEL = rf"(?:[^\\`*_\[\]<~$&\n@:]|:(?!//)|_(?<={_ALNUM}_)(?={_ALNUM}))*"
_ADDRESS = r"(?:https?:)?[A-Za-z0-9/._~?#=+,;%-]+"  # as it stands: nothing to escape, no scheme that Marp refuses
_FORMULA = r"\$(?![ \t$])(?P<math>[^$]*[^$ \t\\])\$(?!\w)"
# What may be markup where none of the above is: the reading stops. Not so: a star between blanks, an underscore inside a word, a
# backslash before a letter, an ampersand that begins no entity, brackets that no address follows.
_STOPS = (
    rf"`|\*(?:(?<=\S\*)|(?=\S))|_(?:(?<!\w_)|(?!\w))|\\(?!{_ALNUM}| )|\](?=\()|~~|<(?=[A-Za-z/!?])|&(?=#?\w{{1,32}};)|@|:(?=//)"
)


def _pattern(math: bool) -> re.Pattern[str]:
    """Each alternative begins with a character of its own, so that a search passes over all others at once."""
    forms = (
        _STRONG,
        r"`(?<!``)(?P<code>[^`]+)`(?!`)",
        rf"!\[(?P<alt>{_LABEL})\]\((?P<picture>{_ADDRESS})\)",
        rf"\[(?P<label>{_LABEL})\]\((?P<link>{_ADDRESS})\)",
        r"\n(?P<ending>\s*)",
        *((_FORMULA, r"\$") if math else ()),
        _STOPS,
    )
    return re.compile("|".join(forms))


_WITH_MATH, _WITHOUT_MATH = _pattern(True), _pattern(False)
_WORD = re.compile(r"\S+")


def read_plain(raw: str, start: int, end: int, to_source: ToSource, options: Options, *, references: bool) -> list[Inline] | None:
    """The nodes of a leaf's text from `start` to `end`, where no blank stands; None where it is not plain.

    `references` says whether the deck defines addresses for links.
    """
    if references and "[" in raw:
        return None
    pattern = _WITH_MATH if options.math else _WITHOUT_MATH
    if pattern.search(raw, start, end) is None:
        return [Text(to_source.span(start, end), raw[start:end])]
    return _Reader(raw, to_source, pattern, options.breaks).nodes(start, end)


class _Reader:
    """Makes a node of each match; the methods have the names of the groups."""

    def __init__(self, raw: str, to_source: ToSource, pattern: re.Pattern[str], breaks: bool) -> None:
        self.raw = raw
        self.span = to_source.span
        self.pattern = pattern
        self.breaks = breaks

    def nodes(self, start: int, end: int) -> list[Inline] | None:
        raw, span = self.raw, self.span
        found: list[Inline] = []
        for match in self.pattern.finditer(raw, start, end):
            kind = match.lastgroup
            if kind is None:
                return None
            at, stop = match.span()
            if kind == "ending":  # the spaces before it are its own
                at = start + len(raw[start:at].rstrip(" "))
            if start < at:
                found.append(Text(span(start, at), raw[start:at]))
            node: Inline | None = getattr(self, kind)(match, at, stop)
            if node is None:
                return None
            found.append(node)
            start = stop
        if start < end:
            found.append(Text(span(start, end), raw[start:end]))
        return found

    def strong(self, match: Match, at: int, stop: int) -> Inline | None:
        content = self.nodes(*match.span("strong"))
        return Strong(self.span(at, stop), content) if content is not None else None

    def code(self, match: Match, at: int, stop: int) -> Inline:
        code = match["code"].replace("\n", " ")
        if code.strip(" ") and code[0] == code[-1] == " ":
            code = code[1:-1]
        return CodeSpan(self.span(at, stop), code)

    def math(self, match: Match, at: int, stop: int) -> Inline:
        return InlineMath(self.span(at, stop), match["math"])

    def ending(self, match: Match, at: int, stop: int) -> Inline:
        hard = match.start() - at >= 2
        return LineBreak(self.span(at, stop), hard=hard, shown=hard or self.breaks)

    def link(self, match: Match, at: int, stop: int) -> Inline:
        content: list[Inline] = [Text(self.span(*match.span("label")), match["label"])] if match["label"] else []
        return Link(self.span(at, stop), content, match["link"])

    def picture(self, match: Match, at: int, stop: int) -> Inline:
        words = [(word[0], self.span(*word.span())) for word in _WORD.finditer(self.raw, *match.span("alt"))]
        return Image(self.span(at, stop), match["picture"], read_words(words), "", self.span(*match.span("picture")))
