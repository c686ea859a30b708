"""`decklint baseline`: agree to live with the findings that there are, so that only later ones are reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from decklint.commands.console import (
    TROUBLE,
    decks,
    fail,
    language,
    print_lines,
    progress,
    put,
    settings_or_fail,
    told,
    with_choice,
)
from decklint.commands.narrow import FILE, nearest, read_or_fail, rules_run
from decklint.config.saying import NOTHING, Said, plural, say

if TYPE_CHECKING:
    from decklint.baseline import Baseline, Mark
    from decklint.project import Result


@click.command("baseline")
@click.argument("paths", nargs=-1)
@click.option(
    "--baseline", "file", type=click.Path(path_type=Path, dir_okay=False), help="The file; else .decklint-baseline.json."
)
@click.option("--shrink", is_flag=True, help="Only take out what does not occur any more; add nothing.")
@with_choice
def command(paths: tuple[str, ...], file: Path | None, shrink: bool, given: dict[str, Any]) -> None:
    """Write the findings of some decks (by default in this folder) into a baseline: `check` then reports only others.

    It is written at the top of the repository, in .decklint-baseline.json; commit it. Decks and rules that are not looked at keep
    what is known of them.
    """
    from decklint.baseline import marks
    from decklint.config.discovery import Configuration
    from decklint.project import Checker

    configuration = Configuration(given)
    files = decks(paths, configuration=configuration)
    if Path("-") in files:
        fail(Said("a baseline is made of files; `-` is none", "基线由文件生成，而 `-` 不是文件"))
    settings_or_fail(configuration, files[0] if files else Path("deck.md"))
    checker = Checker(configuration=configuration, together=len(files) > 1)
    results = [checker.check_file(deck) for deck in progress(files)]
    checker.compare(results)
    baselines: dict[Path, tuple[Baseline, Baseline, bool]] = {}
    unread = []
    for deck, result in zip(files, results, strict=True):
        place = file or _place(deck)
        if place not in baselines:
            old = _begun(place)
            baselines[place] = old, _begun(place), old.is_below(paths or (".",))
        if result.deck is None:
            unread.append(result)
            continue
        _, new, whole = baselines[place]
        ran = rules_run(configuration, deck, result, whole=whole)
        new.replace(deck, marks(result), ran, shrink=shrink)
    for old, new, _ in baselines.values():
        for name in new.vanished():
            del new.decks[name]
        print_lines(map(told, _written(old, new)), machine=False)
    _refuse(unread, language())


def _begun(path: Path) -> Baseline:
    from decklint.baseline import Baseline

    return read_or_fail(path) if path.exists() else Baseline(path)


def _place(deck: Path) -> Path:
    """Where the baseline of a deck is kept: where there is one, else at the top of the repository or project."""
    from decklint import git
    from decklint.config.reading import shown
    from decklint.files import absolute, project_root

    path = absolute(deck)
    found = nearest(path.parent)
    if found is None:
        root, marked = project_root(path)
        top = git.repository(path.parent) or (root if marked else Path.cwd() if path.is_relative_to(Path.cwd()) else root)
        found = top / FILE
    return Path(shown(found))


def _written(old: Baseline, new: Baseline) -> Iterator[Said]:
    """Write a baseline, and say what became of it. Nothing is written where nothing changed."""
    from decklint.report.plain import harmless

    path, counted = harmless(new.path.as_posix()), _counted(new.decks)
    if old.text() == new.text():
        if old.decks:
            yield say("{path} is as it was: {counted}", "{path} 没有变化：{counted}", path=path, counted=counted)
        else:
            yield say("{path} was not written: there are no findings", "未写入 {path}：没有发现问题", path=path)
        return
    put(new.path, new.text().encode())
    change = NOTHING
    if old.decks:
        came, went = _difference(old, new), _difference(new, old)
        change = say(" ({came} came, {went} went)", "（新增 {came} 处，消失 {went} 处）", came=came, went=went)
    yield say("{path} written: {counted}", "已写入 {path}：{counted}", path=path, counted=counted).then(change)
    if not old.decks:
        yield Said(
            "commit it; `decklint check` reports only findings that are not in it",
            "请提交该文件；`decklint check` 今后只报告其中没有的问题",
        )


def _difference(old: Baseline, new: Baseline) -> int:
    """How many findings came: those whose line was merely edited did not."""
    before, after = (
        Counter((name, mark.code, mark.words) for name, marks in each.decks.items() for mark in marks.elements())
        for each in (old, new)
    )
    return (after - before).total()


def _counted(decks: Mapping[str, Counter[Mark]]) -> Said:
    findings = sum(marks.total() for marks in decks.values())
    number = sum(1 for marks in decks.values() if marks)
    return say(
        "{findings} finding{s} in {number} deck{ss}",
        "{number} 个幻灯片文件，{findings} 处问题",
        s=plural(findings),
        ss=plural(number),
        findings=findings,
        number=number,
    )


def _refuse(unread: list[Result], lang: str) -> None:
    """Name the files that could not be read, and exit with 2 where there are any: what was known of them is kept."""
    from decklint.report.concise import concise

    if unread:
        print_lines(concise(unread, lang=lang), machine=False, to_error=True)
        raise SystemExit(TROUBLE)
