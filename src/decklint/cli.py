"""The command line. Everything costly is imported by the command that needs it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import click

from decklint import __version__
from decklint.commands.console import CLEARED, INTERRUPTED, fail, print_lines, refuse_unknown, system_language, told
from decklint.config.saying import Said, of_system

_COMMANDS = ("baseline", "check", "claims", "clean", "config", "facts", "init", "layout")


class _Main(click.Group):
    """Imports a command of `decklint.commands` when it is called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted((*super().list_commands(context), *_COMMANDS))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return super().get_command(context, name)
        found = importlib.import_module(f"decklint.commands.{name}").command
        assert isinstance(found, click.Command)
        return found

    def invoke(self, context: click.Context) -> Any:
        """Run a command. Ctrl-C ends it with one line: what was written is whole, what was not is as it was."""
        from decklint import patterns
        from decklint.packs.load import cache_folder

        try:
            patterns.use(cache_folder())
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo(f"{CLEARED if sys.stderr.isatty() else ''}decklint: {told(Said('interrupted', '已中断'))}", err=True)
            sys.exit(INTERRUPTED)


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", "-V", prog_name="decklint", message="%(prog)s %(version)s")
def main() -> None:
    """A linter for Marp lecture decks: structure, pictures, headings, terms, typography, facts.

    \b
    Exit codes: 0 nothing at or above --fail-on, 1 something is,
    2 wrong usage, nothing to check, or a file that could not be read,
    130 interrupted.
    """  # noqa: D301


@main.command()
@click.argument("word", metavar="CODE|NAME")
def rule(word: str) -> None:
    """Explain a rule: why it exists, with examples."""
    from decklint import catalogue

    refuse_unknown(word, single=True)
    file = catalogue.find(word)
    assert file is not None
    found = catalogue.load(file)
    default = "on by default" if found.default else "off by default"
    heading = f"{found.code} {found.name} ({found.severity.word}, {default}, since {found.since})"
    print_lines([heading, "", found.summary.zh, "", found.documentation], machine=False)


@main.command()
@click.option("--lang", type=click.Choice(("en", "zh")), help="Language of the summaries; else that of the system.")
def rules(lang: str | None) -> None:
    """List all rules."""
    from decklint import catalogue

    zh = (lang or system_language()) == "zh"
    loaded = [catalogue.load(file) for file in catalogue.rule_files()]
    size = max(len(found.name) for found in loaded)
    lines = []
    for found in loaded:
        summary = found.summary.zh if zh else found.summary.en
        off = "" if found.default else (" （默认关闭）" if zh else " (off by default)")
        lines.append(f"{found.code}  {found.name:<{size}}  {found.severity.word:<7}  {summary}{off}")
    print_lines(lines, machine=False)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="The whole tree as JSON instead of one line per slide.")
def parse(file: Path, as_json: bool) -> None:
    """Show a deck as Marp sees it."""
    from decklint.deck.walk import title
    from decklint.parse import parse as parse_source
    from decklint.report.plain import harmless
    from decklint.text import Source, UnreadableSource

    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        deck = parse_source(Source.decode(data, file.as_posix()))
    except UnreadableSource as error:
        fail(_unreadable(error.reason).at(f"{file.as_posix()}:{error.position.line}:{error.position.column}"))
    except OSError as error:
        fail(of_system(error).at(file.as_posix()))
    if as_json:
        from decklint.report.machine import as_json as written
        from decklint.report.tree import tree

        print_lines([written(tree(deck), indent=1)], machine=True)
        return
    line = deck.source.line
    lines = (f"{slide.number:4} {line(slide.span.start):6}  {harmless(title(slide))}" for slide in deck.slides)
    print_lines(lines, machine=False)


def _unreadable(reason: str) -> Said:
    """Why a file is no deck, in the words of `check`."""
    from decklint.checks.dl.dl002_file_unreadable import unreadable

    message = unreadable(reason).message
    return Said(message.text("en"), message.text("zh"))
