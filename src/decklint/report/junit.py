"""JUnit XML, which every build server shows: a suite per deck, a test case per finding, one that passes where there is none.

There is no standard; what is written is what Jenkins, GitLab and Azure read alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as Xml

from decklint.findings import Finding, Severity, Template
from decklint.project import Result
from decklint.report.machine import cited, described, relative
from decklint.report.plain import harmless, place
from decklint.secrets import masked
from decklint.text import Span

_LONGEST = 200
"""Characters of a line: some hold a whole picture."""

_COMMAND = re.compile(r"(?m)^\s*::|##\[")

_CLEAN = Template("no findings", "未发现问题")


def junit(results: Iterable[Result], *, lang: str, fail_on: str = "error") -> Iterator[str]:
    """The lines of the report. Findings at or above `fail_on` are failures; the others are skipped tests, which fail no build."""
    root = Xml.Element("testsuites", name="decklint")
    root.extend(_suite(result, lang, fail_on) for result in results)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    Xml.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield _inert(Xml.tostring(root, encoding="unicode"))


def _inert(text: str) -> str:
    """The same XML without what the runners of GitHub and Gitea take for a command where a report is printed into a log."""
    return _COMMAND.sub(lambda match: match[0].replace(":", "&#58;").replace("[", "&#91;"), text)


def _suite(result: Result, lang: str, fail_on: str) -> Xml.Element:
    path = harmless(relative(result.path))
    suite = Xml.Element("testsuite", name=path)
    seen: Counter[str] = Counter()
    for finding in result.findings:
        name = f"{finding.code} {finding.name}: {harmless(finding.message.text(lang))}"
        seen[name] += 1
        if seen[name] > 1:  # servers compare runs by the names of the cases
            name += f" ({seen[name]})"
        case = _case(suite, path, name)
        case.set("line", str(place(result, finding).line))
        kind = _kind(finding, fail_on)
        outcome = Xml.SubElement(case, kind, message=described(result, finding, lang))
        if kind != "skipped":
            outcome.set("type", finding.severity.word)
        outcome.text = "\n".join(_details(result, path, finding, lang))
    if not result.findings:
        _case(suite, path, _CLEAN.zh if lang == "zh" else _CLEAN.en)
    outcomes = Counter(outcome.tag for case in suite for outcome in case)
    suite.set("tests", str(len(suite)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(outcomes[tag]))
    return suite


def _case(suite: Xml.Element, path: str, name: str) -> Xml.Element:
    return Xml.SubElement(suite, "testcase", classname=path, name=name, file=path)


def _kind(finding: Finding, fail_on: str) -> str:
    """`error` is what could not be checked, whatever fails a run."""
    if finding.code.startswith("DL") and finding.severity is Severity.ERROR:
        return "error"
    return "failure" if fail_on != "never" and finding.severity >= Severity[fail_on.upper()] else "skipped"


def _details(result: Result, path: str, finding: Finding, lang: str) -> Iterator[str]:
    line, column = place(result, finding)
    yield f"{path}:{line}:{column}: {finding.code} {harmless(finding.message.text(lang))} [{finding.name}]"
    if result.deck is not None:
        start, end = result.deck.source.line_span(line)
        yield harmless(masked(result.deck.source.text, Span(start, min(end, start + _LONGEST))))
    for source in finding.sources:
        yield harmless(cited(source))
