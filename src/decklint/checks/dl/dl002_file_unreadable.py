"""A file cannot be read as a deck.

Decks are text in UTF-8. Files in another encoding (GB18030 is named as such), in UTF-16, with binary content, larger than
32 MB, or without permission to read are reported with the place of the first bad byte; the other files are still checked,
and the command exits with 2.

*Fix safety*: unsafe. `--fix --unsafe-fixes` saves a file that reads as GB18030 or UTF-16 as UTF-8, and then fixes it as any
other; look at it, because which encoding a file has is a guess.

This rule has no executed example: an example is text, and these files are not. The tests give the command real ones.
"""

from __future__ import annotations

from decklint.findings import Confidence, Finding, Message, Severity, Template
from decklint.rule import hint, reported
from decklint.text import Span

check = reported(
    "DL002", "file-unreadable", severity="error", since="0.1", zh="文件无法作为幻灯片读取。", documentation=__doc__ or ""
)

_REASONS = {
    "too-large": Template("the file is larger than 32 MB and was not read", "文件超过 32 MB，未读取"),
    "binary": Template("the file holds binary data (a NUL byte)", "文件含有二进制数据（NUL 字节）"),
    "utf-16": Template("the file is in UTF-16; Marp reads UTF-8", "文件是 UTF-16 编码；Marp 只读 UTF-8"),
    "gb18030": Template("the file is not UTF-8; it reads as GB18030 (GBK)", "文件不是 UTF-8 编码，看来是 GB18030（GBK）"),
    "not-utf-8": Template("the file is not UTF-8", "文件不是 UTF-8 编码"),
    "missing": Template("the file does not exist", "文件不存在"),
    "no-permission": Template("there is no permission to read the file", "没有读取文件的权限"),
    "not-readable": Template("the file cannot be read: {error}", "文件无法读取：{error}"),
}
_RECODE = Template(
    "save the file as UTF-8, as `--fix --unsafe-fixes` does", "把文件另存为 UTF-8；`--fix --unsafe-fixes` 即可完成"
)


def unreadable(reason: str, error: str = "") -> Finding:
    """The finding for a file that could not be read; `reason` is the stable word of UnreadableSource, or of the system."""
    message = Message(_REASONS[reason], {"error": error})
    fix = hint(_RECODE) if reason in ("gb18030", "utf-16") else None
    return Finding(check.code, check.name, Severity.ERROR, Confidence.HIGH, Span(0, 0), message, fix)
