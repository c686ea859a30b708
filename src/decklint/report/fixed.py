"""What fixing did: how many places, by which rules, in which decks if asked, and which rules undo each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from decklint.findings import Template
from decklint.project import Result
from decklint.report.plain import harmless

_EACH = Template("{path}: {rules}", "{path}：{rules}")
_FIXED = Template("fixed {count} places in {decks} decks: {rules}", "已修正 {decks} 个文件中的 {count} 处：{rules}")
_NOTHING = Template("nothing to fix", "没有可以修正之处")
_CYCLE = Template("{path}: the fixes of {rules} undo each other and were left out", "{path}：{rules} 的修正相互抵消，未应用")


def fixed(results: Sequence[Result], *, lang: str, each: bool = False) -> Iterator[str]:
    """The lines; with `each` also one for every deck that was fixed."""
    made = [(result, result.fixed) for result in results if result.fixed is not None]
    total: Counter[str] = Counter()
    for result, done in made:
        total += done.applied
        if each and done.applied:
            yield _say(_EACH, lang, path=harmless(result.path), rules=_counted(done.applied))
        if done.cycle:
            yield _say(_CYCLE, lang, path=harmless(result.path), rules=", ".join(done.cycle))
    decks = sum(bool(done.applied) for _, done in made)
    yield _say(_FIXED, lang, count=total.total(), decks=decks, rules=_counted(total)) if total else _say(_NOTHING, lang)


def _counted(rules: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in rules.most_common())


def _say(template: Template, lang: str, **values: object) -> str:
    return (template.zh if lang == "zh" else template.en).format_map(values)
