"""Sentences to people in both languages. Which of them is read is chosen where it is printed, not where it is written."""

from __future__ import annotations

import errno
from collections.abc import Iterable


class Said(str):
    """A finished sentence. As text it is the English one, which exceptions and programs hold; people may get `zh` instead."""

    zh: str

    def __new__(cls, en: str, zh: str) -> Said:
        """Both languages must say the same."""
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    def __reduce__(self) -> tuple[type[Said], tuple[str, str]]:
        """Both languages pass from one process to another."""
        return Said, (str(self), self.zh)

    def text(self, lang: str) -> str:
        """The sentence in `lang` (`en` or `zh`)."""
        return self.zh if lang == "zh" else str(self)

    def then(self, more: Said) -> Said:
        """The sentence with more behind it."""
        return say("{self}{more}", "{self}{more}", self=self, more=more)

    def at(self, place: str) -> Said:
        """The sentence behind a place, as editors and terminals read it in any language: `decklint.toml:4: ...`."""
        return say("{place}: {self}", "{place}: {self}", place=place, self=self)


def say(en: str, zh: str, /, **fields: object) -> Said:
    """A sentence with `{named}` fields, which may be sentences themselves."""
    chinese = {name: value.zh if isinstance(value, Said) else value for name, value in fields.items()}
    return Said(en.format_map(fields), zh.format_map(chinese))


NOTHING = Said("", "")


def plural(number: int) -> str:
    """What an English noun ends in behind a number."""
    return "" if number == 1 else "s"


def either(words: Iterable[str]) -> Said:
    """`"a", "b" or "c"`."""
    *others, last = (f'"{word}"' for word in words)
    if not others:
        return Said(last, last)
    return say("{others} or {last}", "{others} 或 {last}", others=listed(others), last=last)


def listed(words: Iterable[str]) -> Said:
    """Words, with the commas of each language between them."""
    names = list(words)
    return Said(", ".join(names), "、".join(names))


def did_you_mean(word: str, known: Iterable[str]) -> Said:
    """`; did you mean "..."?` with the nearest known word, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1) or get_close_matches(word.lower(), list(known), n=1)
    return meant(near[0]) if near else NOTHING


def meant(word: str) -> Said:
    """The end of a sentence that proposes a word."""
    return say('; did you mean "{word}"?', '；是否想写 "{word}"？', word=word)


def there_are(known: Iterable[str]) -> Said:
    """The end of a sentence that lists all words there are."""
    return say("; there are {known}", "；可用的有 {known}", known=listed(known))


_SYSTEM = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许此操作",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "文件已存在",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "链接循环",
}


def of_system(error: OSError) -> Said:
    """What the system said of a file."""
    english = error.strerror or str(error)
    return Said(english, _SYSTEM.get(error.errno or 0, english))
