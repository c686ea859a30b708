"""For programs in Python: check a file, a folder or a text, and fix a text. What is here is public; everything else may change.

Nothing is written, printed or fetched, and no baseline is used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from decklint.config.discovery import Configuration
from decklint.config.problems import SettingsError, unknown_rule
from decklint.config.scope import Scope
from decklint.decks import find_decks
from decklint.findings import Finding, Safety
from decklint.project import Checker, Result
from decklint.records import dataclass
from decklint.report.plain import end_place, place, slide_title

__all__ = ["ReportedFinding", "SettingsError", "check_path", "check_text", "fix_text"]

Language = Literal["en", "zh"]
Preset = Literal["default", "strict", "draft"]


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """One finding as plain values, named as in the output format `json`. Lines and columns count from 1, ends lie behind."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    slide: int
    """From 1; 0 for the front matter or the whole file."""
    slide_title: str
    code: str
    name: str
    severity: Literal["error", "warning", "info"]
    confidence: Literal["high", "medium", "low"]
    message: str
    sources: tuple[str, ...]
    """Addresses where the statement can be looked up."""
    fix_title: str
    """What a fix would do, or what is advised; empty where there is neither."""
    fix_safety: Literal["safe", "unsafe", "hint", ""]


def check_path(
    path: str | os.PathLike[str],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    preset: Preset | None = None,
    lang: Language = "en",
    settings: bool = True,
) -> list[ReportedFinding]:
    """The findings in a file, or in all decks below a folder, in their order.

    `select` and `ignore` take codes, names and families. With `settings`, settings files count as on the command line, behind
    what is said here. A file that cannot be read is a finding with the name `file-unreadable`.

    Raises:
        SettingsError: a settings file cannot be used.
        ValueError: a word in `select` or `ignore` names no rule.
    """
    configuration = _configuration(select, ignore, preset, settings)
    decks = find_decks([os.fspath(path)], scope=Scope(configuration))
    checker = Checker(configuration=configuration, together=len(decks) > 1)
    results = [checker.check_file(deck) for deck in decks]
    checker.compare(results)
    return [each for result in results for each in _reported(result, lang)]


def check_text(
    text: str,
    *,
    path: str | os.PathLike[str] = "deck.md",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    preset: Preset | None = None,
    lang: Language = "en",
    settings: bool = True,
) -> list[ReportedFinding]:
    """The findings in a text that is, or would be, at `path`: pictures and settings are looked for from there.

    Raises:
        SettingsError: a settings file cannot be used.
        ValueError: a word in `select` or `ignore` names no rule, or the text holds half of a character (a lone surrogate).
    """
    checker = Checker(configuration=_configuration(select, ignore, preset, settings))
    return _reported(checker.check_stream(text.encode(), Path(path)), lang)


def fix_text(
    text: str,
    *,
    path: str | os.PathLike[str] = "deck.md",
    unsafe: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    preset: Preset | None = None,
    settings: bool = True,
) -> str:
    """The text with safe fixes applied, with `unsafe` also those that want consent. Its line endings stay as they are.

    A text that is no deck text (with a NUL character, or beyond 32 MB) comes back as it is.

    Raises:
        SettingsError: a settings file cannot be used.
        ValueError: a word in `select` or `ignore` names no rule, or the text holds half of a character (a lone surrogate).
    """
    checker = Checker(configuration=_configuration(select, ignore, preset, settings))
    safeties = (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)
    result = checker.check_stream(text.encode(), Path(path), safeties)
    return result.new.decode() if result.fixed is not None else text


def _configuration(select: Iterable[str], ignore: Iterable[str], preset: str | None, settings: bool) -> Configuration:
    said: dict[str, Any] = {"select": _words(select), "ignore": _words(ignore), "preset": preset}
    return Configuration({key: value for key, value in said.items() if value}, files=settings)


def _words(words: Iterable[str]) -> tuple[str, ...]:
    found = (words,) if isinstance(words, str) else tuple(words)
    for word in found:
        if problem := unknown_rule(word):
            raise ValueError(problem)
    return found


def _reported(result: Result, lang: str) -> list[ReportedFinding]:
    return [_plain(result, finding, lang) for finding in result.findings]


def _plain(result: Result, finding: Finding, lang: str) -> ReportedFinding:
    start, end = place(result, finding), end_place(result, finding)
    fix: Any = finding.fix
    severity: Any = finding.severity.word
    confidence: Any = finding.confidence.word
    return ReportedFinding(
        path=result.path,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        slide=finding.slide,
        slide_title=slide_title(result, finding),
        code=finding.code,
        name=finding.name,
        severity=severity,
        confidence=confidence,
        message=finding.message.text(lang),
        sources=tuple(source.url for source in finding.sources),
        fix_title=fix.title.text(lang) if fix else "",
        fix_safety=fix.safety.value if fix else "",
    )
