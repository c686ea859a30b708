"""`decklint facts`: look up, read, scaffold and verify the registry. Each command imports what it needs when it is called."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from decklint.commands.console import TROUBLE, fail, print_lines, system_language, told
from decklint.config.saying import NOTHING, Said, meant, plural, say

_LANG = click.option("--lang", type=click.Choice(("en", "zh")), help="Language of the output; else that of the system.")


class _Facts(click.Group):
    """Where the registry itself is not valid, as while a fact is being written, says so instead of crashing."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Exception as error:
            from decklint.packs.compile import PackError

            if isinstance(error, PackError):
                fail(
                    say(
                        "{error}\n`decklint facts check` tells the line",
                        "规则数据有误：{error}\n所在行见 `decklint facts check`",
                        error=error,
                    )
                )
            raise


@click.group("facts", cls=_Facts)
def command() -> None:
    """Look up, read, add to and verify the registry of facts."""


def _unknown(name: str) -> Said:
    return say('the registry knows no "{name}"', '事实库中没有 "{name}"', name=name)


def _not_written(reason: str) -> Said:
    return say("not written: {reason}", "未写入：{reason}", reason=Said(reason, _REASONS.get(reason, reason)))


_REASONS = {"changed": "文件在此期间被改动", "read-only": "文件不可写", "outside": "文件是指向项目之外的链接"}


@command.command()
@click.argument("words", nargs=-1, required=True)
@_LANG
def search(words: tuple[str, ...], lang: str | None) -> None:
    """Find entities whose id or names hold all WORDS."""
    from decklint.commands.facts_look import found, matches, nearest
    from decklint.report.plain import harmless

    entities = matches(words)
    if not entities:
        near = "".join(f"\n  {name}  ({entity['id']})" for name, entity in nearest(" ".join(words)))
        names = say("; the nearest names:{near}", "；相近的名称：{near}", near=near) if near else NOTHING
        fail(_unknown(harmless(" ".join(words))).then(names))
    print_lines(found(entities, lang or system_language()), machine=False)


@command.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="The entries as compiled packs hold them.")
@_LANG
def show(ids: tuple[str, ...], as_json: bool, lang: str | None) -> None:
    """Everything about an entity: values, status, notes, sources with their places, and how they were checked."""
    from decklint.commands.facts_look import entity_of, nearest

    entities = []
    for name in ids:
        entity = entity_of(name)
        if entity is None:
            near = [each["id"] for _, each in nearest(name)]
            fail(_unknown(name).then(meant(near[0]) if near else NOTHING))
        entities.append(entity)
    if as_json:
        import json

        print_lines([json.dumps(entities, ensure_ascii=False, indent=1)], machine=True)
        return
    from decklint.commands.facts_show import everything

    for number, entity in enumerate(entities):
        print_lines([""] * bool(number) + list(everything(entity, lang or system_language())), machine=False)


@command.command()
@click.option("--kind", required=True, help="What it is: model, paper, person, ...")
@click.option("--name", required=True, help="Its right name.")
@click.option("--id", "id_", help="Its id; else made of the name.")
@click.option("--alias", "aliases", multiple=True, help="Another right name.")
@click.option("--attribute", help="With a value and its evidence: a fact.")
@click.option("--value", help="The value of the attribute.")
@click.option("--title", help="Title of the source that you opened.")
@click.option("--by", help="Its author.")
@click.option("--year", help="Its year.")
@click.option("--url", help="Its address.")
@click.option("--locator", help="The place in it: section, table, page.")
@click.option("--checked", help="How you checked it: read, mirror or two-secondary.")
@click.option("--on", help="When you opened it, as 2026-11-24.")
@click.option("--into", type=click.Path(path_type=Path, dir_okay=False), help="The pack to write it into; else it is printed.")
def add(kind: str, name: str, id_: str | None, aliases: tuple[str, ...], into: Path | None, **fact: str | None) -> None:
    """Scaffold an entry. Evidence is written only as it is given: nothing is filled in for you."""
    from decklint.commands.facts_add import Refused, entry_of, insert, scaffold

    try:
        entry = entry_of(kind, name, id_, aliases, fact)
        if into is not None:
            insert(entry, into)
            added = say(
                "{path}: {id} added; `decklint facts check {path}` tells what is missing",
                "{path}: 已加入 {id}；还缺什么见 `decklint facts check {path}`",
                path=into.as_posix(),
                id=entry.id,
            )
            click.echo(told(added), err=True)
            return
        print_lines(scaffold(entry), machine=True)
    except Refused as refused:
        fail(refused.said)


@command.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Bring valid packs into their one form (comments other than at the top are lost).")
def check(files: tuple[Path, ...], write: bool) -> None:
    """Validate packs and run their examples; without FILES, the whole registry. Exits with 2 where there is trouble."""
    from decklint.commands.facts_check import check as check_packs
    from decklint.report.plain import harmless
    from decklint.writing import NotWritten

    try:
        report = check_packs(files, write=write)
    except NotWritten as error:
        fail(_not_written(error.reason))
    for trouble in report.troubles:
        said = ": ".join(part for part in (trouble.place, trouble.message) if part)
        cure = f" ({trouble.cure})" if trouble.cure else ""
        print_lines([harmless(f"{trouble.path}:{trouble.line}: {said}{cure}")], machine=False)
    number = len(report.troubles)
    counted = say(
        "{facts} facts and {examples} examples checked: {number} trouble{s}",
        "已检查 {facts} 条事实、{examples} 个例句：{number}",
        s=plural(number),
        facts=report.facts,
        examples=report.examples,
        number=say("{number}", "{number} 处错误", number=number) if number else Said("no", "没有错误"),
    )
    click.echo(told(counted), err=True)
    if report.troubles:
        sys.exit(TROUBLE)


@command.command()
@click.option("--by", "day", help="The day, as 2027-01-31; else today.")
@_LANG
def due(day: str | None, lang: str | None) -> None:
    """List facts whose review is due, those with the oldest evidence first."""
    from datetime import date

    from decklint.commands.facts_look import due_facts

    try:
        until = date.fromisoformat(day) if day else date.today()
    except ValueError:
        fail(say('"{day}" is no day; write it as 2027-01-31', '"{day}" 不是日期；请写成 2027-01-31', day=day))
    print_lines(due_facts(until, lang or system_language()), machine=False)
