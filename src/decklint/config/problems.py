"""What is wrong with settings, as people are told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from decklint.config.saying import Said, listed, meant, say


class SettingsError(Exception):
    """Settings that cannot be used; `problems` are lines that begin with a file and mostly a line."""

    def __init__(self, problems: Iterable[Said]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems, in English."""
        return "\n".join(self.problems)


_TWICE = Said("the key stands twice", "该键重复出现")
_TOML = (
    ("Cannot overwrite a value", _TWICE),
    ("Cannot declare", Said("the table stands twice", "该表重复出现")),
    ("Cannot mutate", _TWICE),
    ("Cannot redefine", _TWICE),
    ("Unescaped '\\'", Said('a backslash in text; write "/" in paths', '文字中有反斜杠；路径请用 "/"')),
    ("Unterminated string", Said("a quote is never closed", "引号没有闭合")),
    ("Expected '=' after a key", Said('a key, "=" and a value were expected', '此处应依次是键、"=" 和值')),
    (
        "Invalid value",
        Said('invalid value; text stands in quotes, as in lang = "zh"', '无效的值；文字要加引号，如 lang = "zh"'),
    ),
    ("Invalid statement", Said("invalid statement", "此处不能这样写；每行应是 键 = 值")),
    ("Expected newline or end of document", Said("expected newline or end of document after a statement", "值后面应当换行")),
    ("Unclosed array", Said("unclosed array", "方括号没有闭合")),
    ("maximum recursion depth", Said("brackets are nested too deep", "括号嵌套过深")),
)
"""Beginnings of what the standard library says, and what that means to people."""


def toml_problem(message: str, line: str) -> Said:
    """What is wrong with a line that is no TOML, from what the standard library says of it."""
    if full := re.search("[“”‘’＝：［］，＂]", re.sub(r""""[^"]*"|'[^']*'|#.*""", "", line)):
        return say(
            '"{sign}" is full-width; TOML wants " = [ ] and ,', '"{sign}" 是全角符号；TOML 要用半角的 " = [ ] 和 ,', sign=full[0]
        )
    english = f"{message[:1].lower()}{message[1:]}"
    return next((said for begin, said in _TOML if message.startswith(begin)), Said(english, english))


_MORE_THAN_ONE = ('"{word}" is more than one rule; write {cure}', '"{word}" 不止一条规则；请写 {cure}')
_LISTED = Said("; `decklint rules` lists all", "；全部规则见 `decklint rules`")


def unknown_rule(word: str, *, single: bool = False) -> Said | None:
    """What is wrong with a word that should name rules, with the nearest that does; None where nothing is wrong.

    With `single` it must be the code or name of one rule.
    """
    from decklint import catalogue

    if catalogue.find(word):
        return None
    if catalogue.is_selector(word):
        return say(*_MORE_THAN_ONE, word=word, cure=Said("a code or a name", "编号或名称")) if single else None
    if len(parts := word.replace(",", " ").split()) > 1 and all(map(catalogue.is_selector, parts)):
        return say(*_MORE_THAN_ONE, word=word, cure=listed(f'"{part}"' for part in parts))
    unknown = say('unknown rule "{word}"', '没有名为 "{word}" 的规则', word=word)
    if re.fullmatch(r"(?i)MD\d{3}", word):
        return unknown.then(Said(", which looks like one of markdownlint", "，它像是 markdownlint 的规则")).then(_LISTED)
    near = "ALL" if word.strip().lower() in ("*", "all") else catalogue.nearest(word)
    return unknown.then(meant(near) if near else _LISTED)
