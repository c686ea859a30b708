"""The command line. Everything costly is imported by the command that needs it."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from decklint import __version__
from decklint.commands.console import (
    FOUND,
    TROUBLE,
    decks,
    fail,
    print_lines,
    progress,
    refuse_unknown,
    settings_or_fail,
    system_language,
    with_settings,
)

if TYPE_CHECKING:
    from decklint.config.discovery import Configuration
    from decklint.findings import Safety
    from decklint.project import Checker, Result

_COMMANDS = ("claims", "config", "facts", "init")
_MACHINE = ("json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson")
_FORMATS = ("full", "concise", *_MACHINE)
_TROUBLES = ("rule-crashed", "file-unreadable", "file-not-written")


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


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", "-V", prog_name="decklint", message="%(prog)s %(version)s")
def main() -> None:
    """A linter for Marp lecture decks: structure, pictures, headings, terms, typography, facts.

    \b
    Exit codes: 0 nothing at or above --fail-on, 1 something is,
    2 wrong usage, nothing to check, or a file that could not be read.
    """  # noqa: D301


@main.command()
@click.argument("paths", nargs=-1)
@with_settings
@click.option("--output-format", type=click.Choice(_FORMATS), default="full", show_default=True, help="How to print findings.")
@click.option("--fix", is_flag=True, help="Write safe fixes into the decks; what is left is reported.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: fixes that want your consent as well.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--decks-only", is_flag=True, help="Pass over named files that are no decks (for hooks).")
@click.option("--stdin-filename", default="stdin.md", help="The path that `-` (standard input) stands for.")
@click.option("--no-cache", is_flag=True, help="Check everything anew.")
def check(
    paths: tuple[str, ...],
    given: dict[str, Any],
    output_format: str,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    decks_only: bool,
    stdin_filename: str,
    no_cache: bool,
) -> None:
    """Check decks: files, folders, or `-` for standard input. Without PATHS: this folder.

    What is not said here is taken from decklint.toml, .decklint.toml or pyproject.toml; `decklint config show` tells.
    With --fix, standard input is written to standard output, fixed, and findings go to standard error.
    """
    from decklint.config.discovery import Configuration
    from decklint.project import Checker

    if unsafe_fixes and not (fix or diff):
        fail("--unsafe-fixes changes nothing without --fix or --diff")
    configuration = Configuration(given)
    files = decks(paths, decks_only=decks_only, configuration=configuration)
    first = Path(stdin_filename) if files[:1] == [Path("-")] else next(iter(files), Path(stdin_filename))
    settings = settings_or_fail(configuration, first)
    checker = Checker(configuration=configuration)
    results = list(_results(checker, files, stdin_filename, _safeties(unsafe_fixes) if fix or diff else ()))
    lang = settings.lang.value or system_language()
    if diff:
        _show_diff(results)
        return
    if fix:
        _write(checker, zip(files, results, strict=True), lang)
    to_error = fix and files == [Path("-")]
    lines = _report(output_format, results, lang, settings.show_all.value, settings.fail_on.value)
    print_lines(lines, machine=output_format in _MACHINE, to_error=to_error)
    _exit(results, configuration)


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
        fail(f"{file.as_posix()}:{error.position.line}:{error.position.column}: not a deck: {error.reason}")
    except OSError as error:
        fail(f"{file.as_posix()}: {error.strerror}")
    if as_json:
        import json

        from decklint.report.tree import tree

        print_lines([json.dumps(tree(deck), ensure_ascii=False, indent=1)], machine=True)
        return
    line = deck.source.line
    lines = (f"{slide.number:4} {line(slide.span.start):6}  {harmless(title(slide))}" for slide in deck.slides)
    print_lines(lines, machine=False)


def _exit(results: list[Result], configuration: Configuration) -> None:
    """Exit with 2 where a file could not be read or written, with 1 where a finding is as bad as the deck's settings allow."""
    found = [(result.path, finding) for result in results for finding in result.findings]
    if any(finding.name in _TROUBLES for _, finding in found):
        sys.exit(TROUBLE)
    if any(configuration.of(Path(path)).fails(finding.severity) for path, finding in found):
        sys.exit(FOUND)


def _safeties(unsafe: bool) -> tuple[Safety, ...]:
    from decklint.findings import Safety

    return (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)


def _show_diff(results: list[Result]) -> None:
    """Print what fixes would change; exit 1 where they would change something, 2 where a file could not be read."""
    from decklint.report.diff import diff

    lines = list(diff(results, terminal=sys.stdout.isatty()))
    print_lines(lines, machine=True)
    if any(finding.name in _TROUBLES for result in results for finding in result.findings):
        sys.exit(TROUBLE)
    sys.exit(FOUND if lines else 0)


def _write(checker: Checker, pairs: Iterable[tuple[Path, Result]], lang: str) -> None:
    """Write what was fixed, and say on standard error what was done."""
    from decklint.report.fixed import fixed

    done = []
    for path, result in pairs:
        if str(path) != "-":
            checker.write(result, path)
        elif result.fixed is not None:
            sys.stdout.buffer.write(result.new)
            sys.stdout.flush()
        done.append(result)
    for line in fixed(done, lang=lang):
        click.echo(line, err=True)


def _results(checker: Checker, files: list[Path], stdin_filename: str, safeties: tuple[Safety, ...]) -> Iterator[Result]:
    for path in progress(files):
        if str(path) == "-":
            yield checker.check_stream(sys.stdin.buffer.read(), Path(stdin_filename), safeties)
        else:
            yield checker.check_file(path, safeties)


def _report(output_format: str, results: list[Result], lang: str, show_all: bool, fail_on: str) -> Iterable[str]:
    if output_format == "full":
        from decklint.report.full import full

        color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        return full(results, lang=lang, color=color, everything=show_all)
    if output_format == "github" and (path := os.environ.get("GITHUB_STEP_SUMMARY")):
        _summarise(Path(path), results, lang)
    if output_format == "junit":
        from decklint.report.junit import junit

        return junit(results, lang=lang, fail_on=fail_on)
    lines: Iterable[str] = getattr(importlib.import_module(f"decklint.report.{output_format}"), output_format)(results, lang=lang)
    return lines


def _summarise(path: Path, results: list[Result], lang: str) -> None:
    """Add the summary of a job; where that cannot be done, the findings are printed all the same."""
    from decklint.report.summary import append

    try:
        append(path, results, lang=lang)
    except OSError as error:
        click.echo(f"decklint: GITHUB_STEP_SUMMARY: {path}: {error.strerror}", err=True)
