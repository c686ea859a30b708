"""What the formats for other programs share: JSON that stays on its lines, paths, columns, and a finding in one sentence."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from decklint.findings import Citation, Finding, Template
from decklint.project import Result
from decklint.report.plain import harmless, slide_title
from decklint.text import Position, Source

_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SLIDE = Template("{message} (slide {slide})", "{message}（第 {slide} 页）")
_TITLED = Template("{message} (slide {slide}: {title})", "{message}（第 {slide} 页：{title}）")
_SOURCE = Template("{message}; source: {source}", "{message}；来源：{source}")


def as_json(value: Any, *, indent: int | None = None) -> str:
    """JSON in which every character that is not seen, or breaks a line somewhere, is escaped; lone surrogates too.

    So is what GitHub's runner takes for a command wherever it stands on a line (`##[` in `ActionCommand.cs` of actions/runner).
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSEEN.sub(lambda match: _escaped(match[0]), text).replace("##[", "#\\u0023[")


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def relative(path: str) -> str:
    """A path as seen from the working directory, with forward slashes; unchanged where it leads out of it."""
    here = Path.cwd()
    given = here / path
    for full in (Path(os.path.normpath(given)), given.parent.resolve() / given.name):
        if full.is_relative_to(here):
            return full.relative_to(here).as_posix()
    return path


def uri(path: str) -> str:
    """A path as a URI: a reference where it is relative. Bytes of a file name that are no text keep their value."""
    return Path(path).as_uri() if Path(path).is_absolute() else quote(os.fsencode(path), safe="/")


def utf16(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8(text: str) -> int:
    """The length of a text in UTF-8 bytes."""
    return len(text.encode("utf-8", "surrogatepass"))


def place_in(source: Source, offset: int, length: Callable[[str], int]) -> Position:
    """Line and column, from 1, of an offset; columns are counted by `length`."""
    line = source.line(offset)
    start = source.line_span(line).start
    return Position(line, length(source.text[start:offset]) + 1)


def described(result: Result, finding: Finding, lang: str, *, cure: bool = True) -> str:
    """The message with the slide, the title of the fix (`cure`) and the first source, on one line and harmless."""
    message = finding.message.text(lang)
    if finding.slide:
        title = slide_title(result, finding)
        message = say(_TITLED if title else _SLIDE, lang, message=message, slide=finding.slide, title=title)
    if finding.sources:
        message = say(_SOURCE, lang, message=message, source=cited(finding.sources[0]))
    if cure and finding.fix:
        message = f"{message} — {finding.fix.title.text(lang)}"
    return harmless(message)


def cited(source: Citation) -> str:
    """Who said it, when and where."""
    return " ".join(part for part in (source.by, f"({source.year})" if source.year else "", source.url) if part)


def say(template: Template, lang: str, **values: object) -> str:
    """A sentence in a language."""
    return (template.zh if lang == "zh" else template.en).format_map(values)
