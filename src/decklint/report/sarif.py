"""SARIF 2.1.0, which code scanning and editors read: rules with their documentation, results, fixes.

Source: the OASIS standard. Lines and columns count from 1, columns in UTF-16 code units, ends lie behind the last character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from decklint import __version__
from decklint.catalogue import find, load
from decklint.findings import Confidence, Finding, Fix, Severity
from decklint.project import Result
from decklint.report.fingerprint import NAME, fingerprints
from decklint.report.machine import as_json, described, place_in, relative, uri, utf16
from decklint.report.plain import harmless, slide_title
from decklint.rule import Rule
from decklint.text import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}  # words of GitHub's
_PRECISIONS = {Confidence.HIGH: "very-high", Confidence.MEDIUM: "high", Confidence.LOW: "medium"}


def sarif(results: Iterable[Result], *, lang: str) -> Iterator[str]:
    """The lines of the report."""
    kept = list(results)
    codes = sorted({finding.code for result in kept for finding in result.findings})
    rules = [load(file) for file in map(find, codes) if file is not None]
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    driver = {"name": "decklint", "version": __version__, "language": "en-US", "rules": [_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if lang == "zh" else "en-US",
        "columnKind": "utf16CodeUnits",
        "results": [found for result in kept for found in _results(result, numbers, lang)],
        "translations": [_chinese(rules)],
    }
    yield as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary.en},
        "fullDescription": {"text": rule.summary.en},
        "help": {"text": rule.documentation, "markdown": rule.documentation},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {
            "tags": [rule.family],
            "precision": _PRECISIONS[rule.confidence],
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _chinese(rules: Sequence[Rule]) -> dict[str, Any]:
    """The summaries in Chinese; a reader finds them by the numbers of the rules."""
    texts = [{"text": rule.summary.zh} for rule in rules]
    return {
        "name": "decklint",
        "version": __version__,
        "language": "zh-CN",
        "contents": ["localizedData"],
        "associatedComponent": {"name": "decklint"},
        "translationMetadata": {"name": "简体中文"},
        "rules": [
            {"id": rule.code, "name": rule.name, "shortDescription": text, "fullDescription": text}
            for rule, text in zip(rules, texts, strict=True)
        ],
    }


def _results(result: Result, numbers: dict[str, int], lang: str) -> Iterator[dict[str, Any]]:
    file = {"uri": uri(relative(result.path)), "uriBaseId": "%SRCROOT%"}
    for finding, mark in zip(result.findings, fingerprints(result), strict=True):
        fix = finding.fix
        found: dict[str, Any] = {
            "ruleId": finding.code,
            "level": _LEVELS[finding.severity],
            "message": {"text": _literal(described(result, finding, lang, cure=fix is not None and not fix.edits))},
            "locations": [_location(result, finding, file)],
            "partialFingerprints": {NAME: mark},
            "properties": {"confidence": finding.confidence.word, "sources": [source.url for source in finding.sources]},
        }
        if finding.code in numbers:
            found["ruleIndex"] = numbers[finding.code]
        if fix and fix.edits:
            found["fixes"] = [_fix(result, fix, file, lang)]
        yield found


def _location(result: Result, finding: Finding, file: dict[str, str]) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": file, "region": _region(result, finding.span)}}
    if finding.slide:
        slide = {"name": harmless(slide_title(result, finding)), "fullyQualifiedName": str(finding.slide), "kind": "slide"}
        location["logicalLocations"] = [slide]
    return location


def _region(result: Result, span: Span) -> dict[str, int]:
    if result.deck is None:
        return {"startLine": result.place.line, "startColumn": result.place.column}
    start, end = (place_in(result.deck.source, offset, utf16) for offset in span)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(result: Result, fix: Fix, file: dict[str, str], lang: str) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(result, edit.span), "insertedContent": {"text": edit.text}}
        for edit in sorted(fix.edits, key=lambda edit: edit.span)
    ]
    return {
        "description": {"text": _literal(harmless(fix.title.text(lang)))},
        "artifactChanges": [{"artifactLocation": file, "replacements": replacements}],
        "properties": {"safety": fix.safety.value, "effects": sorted(effect.value for effect in fix.effects)},
    }


def _literal(text: str) -> str:
    """A message in which nothing is a placeholder or a link: `{0}` and `[text](address)` mean something in SARIF."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
