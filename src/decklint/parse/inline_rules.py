"""Marp's inline rules: mistune's, and comments, formulas, strikethrough, bare addresses.

Sources: Marpit 3.2 `markdown/comment.js`, Marp Core 4 `math/math.ts`, markdown-it 14 `rules_inline/linkify.mjs`, linkify-it 5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mistune.inline_parser import InlineParser
from mistune.plugins.formatting import parse_strikethrough

if TYPE_CHECKING:
    from mistune.core import InlineState

_SCHEME = re.compile(r"(?<![a-zA-Z0-9.+-])(https?|ftp)$", re.IGNORECASE)
_HOST = r"(?:[^\W_](?:[^\W_]|-(?!-))*\.)*[^\W_](?:[^\W_]|-(?=[^\W_]))*"
_PATH = (
    r"(?:[/?#](?:[^\s<>｜()\[\]{}.,\"'?!;-]|\[[^\s\]]*\]|\([^\s)]*\)|\{[^\s}]*\}|\.(?![\s.]|$)|-|[,;](?!\s|$)|"
    r"!+(?![\s!]|$)|\?(?![\s?]|$)|\"[^\s\"]+\"|'[^\s']+')*)?"
)
_URL = re.compile(rf"(?:https?|ftp)://(?:[^\s@/<>]+@)?{_HOST}(?::\d{{1,5}})?{_PATH}", re.IGNORECASE)
_MAIL_NAME = re.compile(r"(?:^|(?<=[\s\"(<>_*]))([a-zA-Z0-9+$&=:;,-](?:[.]?[a-zA-Z0-9_+$&=:;,-])*)$")
_MAIL = re.compile(r"[\w.+$&=:;,-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(?![a-zA-Z0-9-])", re.ASCII)


class MarpInlineParser(InlineParser):
    """mistune's inline rules plus Marp's: comments, `$…$` and strikethrough."""

    def __init__(self, *, math: bool = True) -> None:
        super().__init__()
        self.register("strikethrough", r"~~(?=[^\s~])", parse_strikethrough, before="link")
        self.register("comment", r"<!--", _parse_comment, before="auto_link", start_chars="<")
        self.register("bare_url", r":(?=//)", _parse_bare_url, before="codespan", start_chars=":")
        self.register("bare_email", r"@(?=[\w-]+\.[a-zA-Z])", _parse_bare_email, before="codespan", start_chars="@")
        if math:
            self.register("inline_math", r"\$", _parse_math, before="codespan", start_chars="$")


def _parse_comment(inline: InlineParser, m: re.Match[str], state: InlineState) -> int | None:
    close = state.delimiters.find("-->", m.end())
    if close is None:
        return None
    state.append_token({"type": "comment", "raw": state.src[m.start() : close + 3]})
    return close + 3


def _parse_bare_url(inline: InlineParser, m: re.Match[str], state: InlineState) -> int | None:
    """An address with a scheme, as linkify-it 5 finds it: the scheme stands before the match, in the last text."""
    scheme = _SCHEME.search(state.src, max(0, m.start() - 6), m.start())
    return _bare(scheme, _URL, "", m, state) if scheme else None


def _parse_bare_email(inline: InlineParser, m: re.Match[str], state: InlineState) -> int | None:
    """A mail address that follows a blank, a quote or a bracket."""
    name = _MAIL_NAME.search(state.src, max(0, m.start() - 64), m.start())
    return _bare(name, _MAIL, "mailto:", m, state) if name else None


def _bare(head: re.Match[str], pattern: re.Pattern[str], prefix: str, m: re.Match[str], state: InlineState) -> int | None:
    """Make a link of an address whose head is already in the last text."""
    last = state.tokens[-1] if state.tokens else None
    address = pattern.match(state.src, head.start(1))
    if state.in_link or address is None or address.end() <= m.end():
        return None
    if last is None or last["type"] != "text" or not last["raw"].endswith(head[1]):
        return None
    last["raw"] = last["raw"][: -len(head[1])]
    if not last["raw"]:
        state.tokens.pop()
    url = address[0].rstrip("*")
    children = [{"type": "text", "raw": url}]
    state.append_token({"type": "link", "children": children, "attrs": {"url": prefix + url}, "bare": True})
    return head.start(1) + len(url)


def _parse_math(inline: InlineParser, m: re.Match[str], state: InlineState) -> int | None:
    """Pandoc's rule, as in Marp Core 4 `math/math.ts`: no blank inside the dollars, no digit behind the closing one."""
    src, start = state.src, m.end()
    if src[start : start + 1] in (" ", "\t"):
        return None
    close = src.find("$", start)
    while close > 0 and _escaped(src, close):
        close = src.find("$", close + 1)
    if close < 0:
        return None
    if close == start:
        inline.process_text("$$", state)
        return close + 1
    if src[close - 1] in " \t" or src[close + 1 : close + 2].isdigit():
        return None
    state.append_token({"type": "inline_math", "raw": src[start:close]})
    return close + 1


def _escaped(src: str, at: int) -> bool:
    count = 0
    while at - count > 0 and src[at - count - 1] == "\\":
        count += 1
    return count % 2 == 1
