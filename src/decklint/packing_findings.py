"""Findings as plain lists and back: for results as bytes, and for what decks show beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from decklint.findings import Citation, Confidence, Edit, Effect, Finding, Fix, Message, Safety, Severity, Template
from decklint.text import Span

_PLAIN = frozenset((str, int, float, bool, type(None)))
# An enumeration takes ten times as long to find its members, and three times as long to tell `value` as `_value_`.
SEVERITIES = {int(each): each for each in Severity}
SAFETIES = {each.value: each for each in Safety}
"""Members of enumerations by the values that stand for them."""
_CONFIDENCES = {int(each): each for each in Confidence}
_EFFECTS = {each.value: each for each in Effect}

Templates = dict[tuple[str, str], int]
"""Templates that findings refer to, with their numbers."""


class NotPlain(TypeError):
    """A result holds something that is no plain data, and cannot be packed."""


def as_json(value: Any) -> str:
    """A value in short.

    Raises:
        NotPlain: it holds what JSON has not.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_refuse)


def _refuse(value: object) -> None:
    raise NotPlain(type(value).__name__)


def packed_finding(finding: Finding, templates: Templates) -> list[Any]:
    """A finding as a list; its templates are added to those that are known.

    Raises:
        NotPlain: a message has a value that is no plain data.
    """
    fix = finding.fix
    return [
        finding.code,
        finding.name,
        int(finding.severity),
        int(finding.confidence),
        *finding.span,
        *_said(finding.message, templates),
        None if fix is None else _packed_fix(fix, templates),
        [(source.title, source.url, source.by, source.year, source.locator) for source in finding.sources],
        finding.slide,
    ]


def _packed_fix(fix: Fix, templates: Templates) -> list[Any]:
    return [
        *_said(fix.title, templates),
        [(*edit.span, edit.text) for edit in fix.edits],
        fix.safety._value_,
        sorted([effect._value_ for effect in fix.effects]),
    ]


def _said(message: Message, templates: Templates) -> tuple[int, dict[str, Any]]:
    values = dict(message.values)
    if not _PLAIN.issuperset(map(type, values.values())):
        raise NotPlain(", ".join(values))
    return templates.setdefault((message.template.en, message.template.zh), len(templates)), values


def unpacked_finding(packed: list[Any], templates: list[Template]) -> Finding:
    """The finding that `packed_finding` made a list of."""
    code, name, severity, confidence, start, end, template, values, fix, sources, slide = packed
    return Finding(
        code,
        name,
        SEVERITIES[severity],
        _CONFIDENCES[confidence],
        Span(start, end),
        Message(templates[template], values),
        None if fix is None else _unpacked_fix(fix, templates),
        tuple([Citation(*source) for source in sources]),
        slide,
    )


def _unpacked_fix(packed: list[Any], templates: list[Template]) -> Fix:
    template, values, edits, safety, effects = packed
    return Fix(
        Message(templates[template], values),
        tuple([Edit(Span(start, end), text) for start, end, text in edits]),
        SAFETIES[safety],
        frozenset([_EFFECTS[effect] for effect in effects]),
    )


def pack_findings(found: Iterable[tuple[int, list[Finding]]]) -> bytes:
    """Findings by number of deck."""
    templates: Templates = {}
    decks = [[number, [packed_finding(finding, templates) for finding in findings]] for number, findings in found]
    return json.dumps([decks, list(templates)], separators=(",", ":"), default=_refuse).encode()


def unpack_findings(packed: bytes) -> dict[int, list[Finding]]:
    """The findings that `pack_findings` packed."""
    decks, told = json.loads(packed)
    templates = [Template(*both) for both in told]
    return {number: [unpacked_finding(each, templates) for each in findings] for number, findings in decks}
