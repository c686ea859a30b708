"""`decklint claims`: every statement of a lecture that the engine can hold against the registry, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from decklint.commands.console import (
    FOUND,
    TROUBLE,
    aside,
    decks,
    fail,
    print_lines,
    progress,
    system_language,
    words,
)
from decklint.config.saying import did_you_mean, say, there_are

if TYPE_CHECKING:
    from decklint.commands.found import Found
    from decklint.project import Result


@click.command("claims")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "bibtex")),
    default="table",
    show_default=True,
    help="A table for people, JSON for programs, or the sources as BibTeX: the reading list behind a lecture.",
)
@click.option("--verdict", "verdicts", multiple=True, callback=words, help="Only claims with these verdicts, as contradicted.")
@click.option("--lang", type=click.Choice(("en", "zh")), help="Language of the table; else that of the system.")
@click.option("--stdin-filename", default="stdin.md", help="The path that `-` (standard input) stands for.")
def command(paths: tuple[str, ...], form: str, verdicts: tuple[str, ...], lang: str | None, stdin_filename: str) -> None:
    """List every claim found in decks, with its verdict, the registry's value and the source.

    Verdicts: confirmed, contradicted, disputed (nobody outside can know), outdated, unknown (not in the registry).

    \b
    Exit codes: 0; 1 a contradicted claim is listed (not with bibtex, which lists sources);
    2 wrong usage, nothing to check, or a file that could not be read.
    """  # noqa: D301
    _refuse_unknown(verdicts)
    files = decks(paths)
    results: list[Result] = []
    everything: list[Found] = []
    for result, found in _read(files, stdin_filename):
        results.append(result)
        everything += found
    shown = [found for found in everything if not verdicts or found.claim.verdict.value in verdicts]
    print_lines(_report(form, shown, everything, len(files), lang or system_language()), machine=form != "table")
    if _complain(results, lang or system_language()):
        sys.exit(TROUBLE)
    if form != "bibtex" and any(found.claim.verdict.value == "contradicted" for found in shown):
        sys.exit(FOUND)


def _read(files: list[Path], stdin_filename: str) -> Iterator[tuple[Result, list[Found]]]:
    """Read decks as `check` does, and yield what each claims."""
    from decklint.commands.found import found_in
    from decklint.project import Checker

    checker = Checker(("DL002",))  # a file that cannot be read is told as by `check`; no other rule is of interest here
    for path in progress(files):
        if str(path) == "-":
            result = checker.check_stream(sys.stdin.buffer.read(), Path(stdin_filename))
        else:
            result = checker.check_file(path)
        yield result, found_in(result)


def _report(form: str, shown: list[Found], everything: list[Found], files: int, lang: str) -> Iterable[str]:
    if form == "json":
        from decklint.commands.found import as_json

        return as_json(shown)
    if form == "bibtex":
        from decklint.commands.bibtex import bibliography
        from decklint.facts.registry import registry

        known = [source for entity in registry().entities.values() for fact in entity.facts for source in fact.sources]
        return bibliography((source for found in shown for fact in found.claim.facts for source in fact.sources), known)
    from decklint.commands.claims_table import table

    return table(shown, everything, files, lang)


def _complain(results: list[Result], lang: str) -> bool:
    """Say which files could not be read; whether there are any."""
    unread = [result for result in results if result.deck is None]
    for result in unread:
        place = f"{result.path}:{result.place.line}:{result.place.column}"
        for finding in result.findings:
            aside(f"{place}: {finding.message.text(lang)}")
    return bool(unread)


def _refuse_unknown(verdicts: tuple[str, ...]) -> None:
    from decklint.facts.verdicts import Verdict

    known = [verdict.value for verdict in Verdict]
    for word in verdicts:
        if word not in known:
            unknown = say('unknown verdict "{word}"', '没有名为 "{word}" 的结论', word=word)
            fail(unknown.then(did_you_mean(word, known) or there_are(known)))
