"""`decklint init`: a settings file to begin with, made after a look at what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from decklint.commands.console import fail, fail_on_settings, print_lines, told
from decklint.config.saying import Said, listed, of_system, plural, say

_NAME = "decklint.toml"
_OLD = ("archive", "archived", "backup", "deprecated", "old", "vendor", "third_party", "dist", "build", "_site", "public")
_LOOKED_AT = 65_536  # bytes of a deck

_HEAD = """\
# Settings of decklint. Everything here may be left out; `decklint config show` tells what holds and where it is said.

# "draft" while writing (errors only), "default" for every day, "strict" for publishing (every rule).
preset = "default"

# The lowest severity with which a run exits with 1: "error", "warning", "info" or "never".
fail-on = "error"
"""
_LANG = """
# Language of messages, "en" or "zh"; without it, that of the system.
{mark}lang = "{lang}"
"""
_EXCLUDE = """
# Files that are never checked. A mere name fits at any depth; what git ignores is passed over anyway.
{mark}exclude = [{folders}]
"""
_TAIL = """
# Rules by code, name or family; `decklint rules` lists all.
# extend-select = ["deck-title-missing"]
# ignore = ["image-remote"]

# [severity]
# image-without-text = "error"

# [per-file-ignores]
# "drafts" = ["FC", "image-file-missing"]
"""


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
def command(folder: Path) -> None:
    """Write a commented decklint.toml into FOLDER (by default this one) after a look at its decks; never over another."""
    from decklint.config.discovery import NAMES
    from decklint.config.problems import SettingsError
    from decklint.config.reading import read

    target = folder / _NAME
    for name in NAMES:
        path = folder / name
        try:
            if path.is_symlink() or (path.exists() and read(path) is not None):
                fail(_there(path))
        except SettingsError as error:
            if name == "pyproject.toml":
                fail_on_settings(error)
            fail(_there(path))
    decks, chinese = _look(folder)
    old = sorted({part for deck in decks for part in deck.relative_to(folder).parts[:-1] if part.lower() in _OLD})
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(written(chinese=chinese > 0 and chinese * 2 >= len(decks), old=old))
    except OSError as error:
        fail(of_system(error).then(_NOTHING_WRITTEN).at(target.as_posix()))
    print_lines(map(told, _said(target, len(decks), chinese, old)), machine=False)


def written(*, chinese: bool, old: list[str]) -> str:
    """The text of a settings file. Folders that look put aside are proposed, not excluded: nobody asked for that yet."""
    folders = ", ".join(f'"{name}"' for name in old or ["archive"])
    lang = _LANG.format(mark="" if chinese else "# ", lang="zh" if chinese else "en")
    return _HEAD + lang + _EXCLUDE.format(mark="# ", folders=folders) + _TAIL


def _look(folder: Path) -> tuple[list[Path], int]:
    """The decks below a folder, and how many of them are Chinese."""
    from decklint.config.discovery import Configuration
    from decklint.config.scope import Scope
    from decklint.decks import find_decks
    from decklint.lang import is_chinese

    decks = find_decks([str(folder)], scope=Scope(Configuration(files=False)))
    return decks, sum(is_chinese(_beginning(deck)) for deck in decks)


def _beginning(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LOOKED_AT).decode("utf-8", "ignore")
    except OSError:
        return ""


_NOTHING_WRITTEN = Said("; nothing was written", "；什么也没有写入")


def _there(path: Path) -> Said:
    return say("{path} is already there", "{path} 已经存在", path=path.as_posix()).then(_NOTHING_WRITTEN)


def _said(target: Path, decks: int, chinese: int, old: list[str]) -> Iterator[Said]:
    counted = Said("no decks yet", "还没有幻灯片文件")
    if decks:
        counted = say(
            "{decks} deck{s}, {chinese} of them Chinese",
            "共 {decks} 个幻灯片文件，其中 {chinese} 个为中文",
            s=plural(decks),
            decks=decks,
            chinese=chinese,
        )
    written = "{path} written; there {verb} {counted}", "已写入 {path}；{counted}"
    yield say(*written, path=target.as_posix(), verb="is" if decks == 1 else "are", counted=counted)
    if chinese * 2 >= decks > 0 < chinese:
        yield Said('lang = "zh": messages are in Chinese', 'lang = "zh"：消息用中文')
    if old:
        yield say("proposed in a comment: to exclude {old}", "注释中建议排除：{old}", old=listed(old))
    yield Said("next: decklint check", "下一步：decklint check")
