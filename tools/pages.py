"""Writes docs/rules.md, the index of all rules: `python tools/pages.py`. The tests hold the file to what the rules say.

There is no page for each rule: its documentation is in its own file, and `decklint rule CODE` and SARIF logs carry it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from decklint.catalogue import find, load, rule_files
from decklint.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
INDEX = ROOT / "docs" / "rules.md"

_FAMILIES = {
    "AX": ("For those who cannot see the slide", "无障碍"),
    "CN": ("Chinese words", "中文词语"),
    "DL": ("The deck as a file, and decklint itself", "文件与 decklint 自身"),
    "FC": ("Facts", "事实"),
    "HD": ("Headings", "标题"),
    "IM": ("Pictures and links", "图片与链接"),
    "LY": ("Layout", "版面"),
    "MP": ("Marp", "Marp"),
    "TM": ("Names and terms", "名称与术语"),
    "TY": ("Typography", "排版"),
}
_MAKERS = {"safe_fix": "safe", "leaf_fix": "safe", "unsafe_fix": "unsafe", "unify": "unsafe", "hint": "hint"}
_HEAD = """\
# Rules

<!-- Written by tools/pages.py from the rules themselves; `pytest --update` writes it anew. -->

`decklint rule CODE` prints the whole documentation of a rule, with examples. A rule is named by its code, its name or its
family, in settings (`ignore = ["HD"]`), on the command line and in decks.

- **default**: `on`, or `off` where a rule is run only if it is named, or with the preset `strict`.
- **fix**: `safe` is written by `--fix`, `unsafe` only with `--unsafe-fixes`, `hint` is a proposal in words; — there is none.
"""


def index() -> str:
    """The text of the index."""
    return "\n".join((_HEAD, *_tables()))


def _tables() -> Iterator[str]:
    rules = sorted(map(load, rule_files()), key=lambda rule: rule.code)
    for family, members in groupby(rules, key=lambda rule: rule.family):
        en, zh = _FAMILIES.get(family, (family, family))
        yield f"## {family} {en} · {zh}" if en != zh else f"## {family} {en}"
        yield ""
        yield "| code | name | severity | default | fix | what is found |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from map(_row, members)
        yield ""


def _row(rule: Rule) -> str:
    default = "on" if rule.default else "off"
    what = f"{rule.summary.en}<br>{rule.summary.zh}".replace("|", "\\|")
    return f"| {rule.code} | `{rule.name}` | {rule.severity.word} | {default} | {_fix(rule)} | {what} |"


def _fix(rule: Rule) -> str:
    """The kinds of fixes that the source of a rule makes; the words are those of `decklint.rule`."""
    file = find(rule.code)
    assert file is not None
    path = ROOT / "src" / Path(*file.module.split(".")).with_suffix(".py")
    source = path.read_text(encoding="utf-8")
    kinds = {word.lower() for word in re.findall(r"Safety\.(SAFE|UNSAFE|HINT)\b", source)}
    kinds |= {kind for word, kind in _MAKERS.items() if re.search(rf"(?m)^from .* import .*\b{word}\b", source)}
    return ", ".join(kind for kind in ("safe", "unsafe", "hint") if kind in kinds) or "—"


if __name__ == "__main__":
    INDEX.write_text(index(), encoding="utf-8")
