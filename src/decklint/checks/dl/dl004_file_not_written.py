"""A fixed deck could not be written.

The file is as it was. It changed while it was checked (run decklint again), may not be written, or is a link that leads out of
the project, where nothing is ever changed.

This rule has no executed example: the command reports it, and the tests give it such files.
"""

from __future__ import annotations

from decklint.findings import Confidence, Finding, Message, Severity, Template
from decklint.rule import reported
from decklint.text import Span

check = reported(
    "DL004", "file-not-written", severity="error", since="0.1", zh="修正后的文件无法写入。", documentation=__doc__ or ""
)

_REASONS = {
    "changed": Template("not fixed: the file changed while it was checked", "未修正：检查期间文件已被改动"),
    "read-only": Template("not fixed: the file may not be written", "未修正：文件不可写"),
    "outside": Template("not fixed: the file is a link that leads out of the project", "未修正：该文件是指向项目之外的链接"),
}
_FAILED = Template("not fixed: the file cannot be written: {error}", "未修正：文件无法写入：{error}")


def not_written(reason: str) -> Finding:
    """The finding for a file that was left as it is; `reason` is a stable word of NotWritten, or what the system said."""
    message = Message(_REASONS.get(reason, _FAILED), {"error": reason})
    return Finding(check.code, check.name, Severity.ERROR, Confidence.HIGH, Span(0, 0), message)
