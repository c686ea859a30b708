"""HTML in decks: the tags of a text, and what Marp lets through.

Source: Marp Core 4.4 `html/allowlist.ts`. What is not listed is printed as text; attributes that are not listed are removed.
With the setting `html: true` everything passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_EVERYWHERE = frozenset(("class", "dir", "lang", "title"))
_TABLE_CELL = frozenset(("width", "rowspan", "colspan", "align", "valign"))
_MEDIA = frozenset(("autoplay", "controls", "loop", "muted", "preload", "src"))
_PLAIN = """
abbr address article aside b bdi bdo big br caption center cite code dd details div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i kbd mark nav p picture pre rp rt ruby s section small span strike strong sub summary sup u ul wbr
""".split()  # noqa: SIM905
_WITH_ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset(("href", "name", "rel", "target")),
    "audio": _MEDIA,
    "blockquote": frozenset(("cite",)),
    "col": frozenset(("align", "valign", "span", "width")),
    "colgroup": frozenset(("align", "valign", "span", "width")),
    "del": frozenset(("cite", "datetime")),
    "details": frozenset(("open",)),
    "img": frozenset(("align", "alt", "decoding", "height", "loading", "src", "srcset", "width")),
    "ins": frozenset(("cite", "datetime")),
    "li": frozenset(("type", "value")),
    "ol": frozenset(("reversed", "start", "type")),
    "q": frozenset(("cite",)),
    "table": frozenset(("width", "border", "align", "valign")),
    "tbody": frozenset(("align", "valign")),
    "td": _TABLE_CELL,
    "tfoot": frozenset(("align", "valign")),
    "th": _TABLE_CELL,
    "thead": frozenset(("align", "valign")),
    "time": frozenset(("datetime",)),
    "tr": frozenset(("rowspan", "align", "valign")),
    "video": _MEDIA | {"playsinline", "poster", "height", "width"},
}

ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN, _EVERYWHERE),
    **{name: attributes | _EVERYWHERE for name, attributes in _WITH_ATTRIBUTES.items()},
    "source": frozenset(("height", "media", "sizes", "src", "srcset", "type", "width")),
}
"""The elements that Marp renders, each with the attributes that it keeps."""

_TAG = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?P<attributes>(?:\s+[^\s=\"'<>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>"
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


class Tag(NamedTuple):
    """One tag: its name in lower case, its attributes, and where it stands in its text."""

    name: str
    attributes: dict[str, str]
    closing: bool
    start: int
    end: int


def tags(text: str) -> Iterator[Tag]:
    """The tags of an HTML text, comments left out."""
    if "<!--" in text:
        text = _COMMENT.sub(lambda m: " " * len(m[0]), text)
    for match in _TAG.finditer(text):
        close, name, written = match.groups()
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(written)} if written else {}
        yield Tag(name.lower(), attributes, bool(close), match.start(), match.end())


def is_rendered(tag: Tag) -> bool:
    """Whether Marp renders a tag instead of printing it."""
    return tag.name in ALLOWED


def removed_attributes(tag: Tag) -> list[str]:
    """The attributes of a rendered tag that Marp removes."""
    return [name for name in tag.attributes if name not in ALLOWED.get(tag.name, frozenset())]
