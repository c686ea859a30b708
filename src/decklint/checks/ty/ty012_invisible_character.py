"""A character that nobody sees, or that no font has.

A zero-width space that came along from a web page breaks the search for a word and the command that a student copies; a
control for the direction of writing shows code in another order than it runs; a private character is an empty box on every
other computer, and `�` stands where a character was lost. What invisible characters are for is left alone: joiners in emoji
and in scripts that need them, marks of direction beside Arabic and Hebrew, a zero-width space that cures an emphasis or
allows a line to break, soft hyphens, no-break spaces.

```deck bad 3:6-3:7 5:8-5:9
# Simulation

Build​ the code.

The caf� is open.
```

```deck fixed
# Simulation

Build the code.

The caf� is open.
```

```deck good
# Uses

👩‍💻 wrote **注意：**​正文 and a/​very/​long/​path, « oui »; U+FFFD is �.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from decklint.deck.deck import Slide
from decklint.deck.nodes import CodeBlock, CodeSpan, Comment, Heading, HtmlBlock, Image, InlineHtml, Link, Node, StyleBlock, Text
from decklint.findings import Edit, Effect, Finding, Fix, Template
from decklint.rule import Context, hint, rule, unsafe_fix
from decklint.text import Span

_INVISIBLE = Template("invisible character {name}", "不可见字符 {name}")
_PRIVATE = Template(
    "private character {name}, which other computers show as an empty box", "私用区字符 {name}，在其他电脑上显示为方框"
)
_LOST = Template('"\ufffd" stands where a character was lost', "“\ufffd”：此处丢失了一个字符")
_REMOVE = Template("remove it", "删去")
_FIND = Template("put back the character that the source had", "按原文补上丢失的字符")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
    "|[\ue000-\uf8ff\U000f0000-\U0010fffd]|\ufffd+"
)
_ANY = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ufff9-\ufffb\ufffd\U000e0000-\U0010fffd]"
)
_NAMES = {
    0x200B: "ZERO WIDTH SPACE",
    0x200C: "ZERO WIDTH NON-JOINER",
    0x200D: "ZERO WIDTH JOINER",
    0x200E: "LEFT-TO-RIGHT MARK",
    0x200F: "RIGHT-TO-LEFT MARK",
    0x2028: "LINE SEPARATOR",
    0x2029: "PARAGRAPH SEPARATOR",
    0x2060: "WORD JOINER",
    0xFEFF: "BYTE ORDER MARK",
}
_JOINED = re.compile(
    "[\u00a9\u00ae\u0600-\u109f\u1780-\u18af\u200d\u203c-\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\ufe0f\ufb50-\ufdff\ufe70-\ufefc\U0001f000-\U0001faff]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_BREAKS_BEHIND = re.compile(r"[/\\_.=&?,:;|-]")
_ICONS = re.compile(r"nerd|awesome|icon|symbols?\b.{0,20}font|wingdings", re.IGNORECASE)
_ENCODING = re.compile(r"U\+?FFFD|乱码|编码|utf-?8|unicode|encod|mojibake|replacement char", re.IGNORECASE)


@rule("TY012", "invisible-character", severity="warning", since="0.1", zh="不可见字符、私用区字符或丢失的字符。")
def check(context: Context) -> Iterator[Finding]:
    text = context.source.text
    if text.isascii():
        return
    hits = [match for match in _SUSPECT.finditer(text) if not _is_used(text, match)] if _ANY.search(text) else []
    for match in hits:
        span = Span(match.start(), match.end())
        node = _innermost(context, match.start())
        if isinstance(node, StyleBlock):
            continue
        char = match[0][0]
        name = f"U+{ord(char):04X} {_NAMES.get(ord(char), '')}".strip()
        if char == "\ufffd":
            yield context.finding(span, _LOST, fix=hint(_FIND))
        elif _is_private(char):
            yield context.finding(span, _PRIVATE, name=name)
        else:
            yield context.finding(span, _INVISIBLE, fix=_fix(node, Edit(span, "")), name=name)


def _is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


def _is_used(text: str, match: re.Match[str]) -> bool:
    """Whether the characters do what they are for."""
    start, end = match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    line = text[text.rfind("\n", 0, start) + 1 : start] + text[end:].partition("\n")[0]
    char = match[0][0]
    if char == "\ufffd":
        return _ENCODING.search(line) is not None
    if _is_private(char):
        return _ICONS.search(text) is not None
    if char == "\u200c":  # in Latin words it parts the letters of a ligature
        return _JOINED.match(before) is not None or (before.isalpha() and after.isalpha())
    if char == "\u200d":
        return _JOINED.match(before) is not None and _JOINED.match(after) is not None
    if char in "\u200e\u200f\u061c" or "\u2066" <= char <= "\u2069" or "\u202a" <= char <= "\u202e":
        return _RIGHT_TO_LEFT.search(line) is not None
    if "\U000e0020" <= char <= "\U000e007f":
        return before == "\U0001f3f4"
    if char in "\u200b\u2060":
        return not line.strip("\u200b \t>*+-|") or _holds_apart(before, after)
    return char == "\ufeff" and start == 0


def _holds_apart(before: str, after: str) -> bool:
    """Whether a zero-width space cures an emphasis, or allows a break inside a long word."""
    if before in tuple("*_~`") or after in tuple("*_~`"):
        return True
    return bool(after.strip()) and (_UNSPACED.match(before + after) is not None or _BREAKS_BEHIND.match(before) is not None)


def _innermost(context: Context, at: int) -> Node | None:
    """The smallest node around an offset; None in the front matter."""
    found: Node | None = None
    children: list[Node] = list(context.of_type(Slide))
    front = context.deck.front_matter
    if front is not None and at < front.span.end:
        return None
    while (inner := next((node for node in children if node.span.start <= at < node.span.end), None)) is not None:
        found, children = inner, list(inner.children)
    return found


def _fix(node: Node | None, edit: Edit) -> Fix:
    """Remove the character; what that changes depends on where it stands."""
    if isinstance(node, (Text, CodeBlock, CodeSpan)):
        in_heading = isinstance(node.parent, Heading) or isinstance(node, Text)
        return unsafe_fix(_REMOVE, edit, effects=(Effect.TEXT, Effect.ANCHORS) if in_heading else (Effect.TEXT,))
    if isinstance(node, (Image, HtmlBlock, InlineHtml)):
        return unsafe_fix(_REMOVE, edit, effects=(Effect.TEXT, Effect.MEDIA))
    if isinstance(node, Link):
        return unsafe_fix(_REMOVE, edit, effects=(Effect.TEXT, Effect.ANCHORS))
    effects = (Effect.TEXT, Effect.DIRECTIVES) if node is None or isinstance(node, Comment) else tuple(Effect)
    return unsafe_fix(_REMOVE, edit, effects=effects)
