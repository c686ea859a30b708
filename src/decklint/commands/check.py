"""`decklint check`: find, fix, and report."""

from __future__ import annotations

import importlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from decklint.commands.console import (
    FOUND,
    TROUBLE,
    aside,
    decks,
    fail,
    language,
    print_lines,
    settings_or_fail,
    with_settings,
)
from decklint.commands.running import STDIN, results_of, store_in, with_running
from decklint.config.saying import Said, of_system, say
from decklint.records import dataclass

if TYPE_CHECKING:
    from decklint.changes import Changes
    from decklint.config.discovery import Configuration
    from decklint.config.resolve import Settings
    from decklint.findings import Safety
    from decklint.packing import Teller
    from decklint.project import Checker, Result

_MACHINE = ("json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson")
_FORMATS = ("full", "concise", *_MACHINE)
_TROUBLES = ("rule-crashed", "file-unreadable", "file-not-written")


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options of the command, by name."""

    output_format: str
    output_file: Path | None
    statistics: bool
    fix: bool
    fix_only: bool
    unsafe_fixes: bool
    show_fixes: bool
    diff: bool
    changed_since: str | None
    baseline: Path | None
    no_baseline: bool
    decks_only: bool
    stdin_filename: str
    no_cache: bool
    cache_dir: Path | None
    jobs: int | None

    @property
    def fixes(self) -> bool:
        """Whether fixes are written."""
        return (self.fix or self.fix_only) and not self.diff

    @property
    def contradiction(self) -> Said | None:
        """What does not go together; None where all does."""
        fixing = self.fix or self.fix_only
        if self.unsafe_fixes and not (fixing or self.diff):
            return Said("--unsafe-fixes changes nothing without --fix or --diff", "--unsafe-fixes 要与 --fix 或 --diff 同用")
        if self.show_fixes and not self.fixes:
            return Said("--show-fixes shows nothing without --fix or --fix-only", "--show-fixes 要与 --fix 或 --fix-only 同用")
        if self.changed_since is not None and (fixing or self.diff):
            return Said(
                "--changed-since is for reports: fixes mend whole decks; name the decks to fix instead",
                "--changed-since 只用于报告：修正总是针对整个文件；请直接写出要修正的文件",
            )
        if self.statistics and (self.fix_only or self.diff):
            return Said(
                "--statistics counts what is reported; --fix-only and --diff report nothing",
                "--statistics 统计报告的问题；--fix-only 和 --diff 不报告问题",
            )
        if self.statistics and self.output_format not in ("full", "concise", "json"):
            return say(
                "--statistics is a table, or json; there is none for {form}",
                "--statistics 只有表格和 json 两种；没有 {form}",
                form=self.output_format,
            )
        if self.baseline and self.no_baseline:
            return Said("--baseline and --no-baseline contradict each other", "--baseline 与 --no-baseline 互相矛盾")
        return None


@click.command("check")
@click.argument("paths", nargs=-1)
@with_settings
@click.option("--output-format", type=click.Choice(_FORMATS), default="full", show_default=True, help="How to print findings.")
@click.option("--output-file", type=click.Path(path_type=Path, dir_okay=False), help="Put the report into this file.")
@click.option("--statistics", is_flag=True, help="Count findings by rule instead of listing them.")
@click.option("--fix", is_flag=True, help="Write safe fixes into the decks; what is left is reported.")
@click.option("--fix-only", is_flag=True, help="Write safe fixes and report nothing else; exit 0 unless a file makes trouble.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: fixes that want your consent as well.")
@click.option("--show-fixes", is_flag=True, help="With --fix: tell by deck and rule what was fixed.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--changed-since", metavar="REV", help="Only findings on slides that differ from where this branch left REV.")
@click.option("--baseline", type=click.Path(path_type=Path), help="The baseline; else the nearest .decklint-baseline.json.")
@click.option("--no-baseline", is_flag=True, help="Report what is in the baseline too.")
@click.option("--decks-only", is_flag=True, help="Pass over named files that are no decks (for hooks).")
@click.option("--stdin-filename", default="stdin.md", help="The path that `-` (standard input) stands for.")
@with_running
def command(paths: tuple[str, ...], given: dict[str, Any], **options: Any) -> None:
    """Check decks: files, folders, or `-` for standard input. Without PATHS: this folder.

    What is not said here is taken from decklint.toml, .decklint.toml or pyproject.toml; `decklint config show` tells.
    With --fix, standard input is written to standard output, fixed, and findings go to standard error.
    """
    from decklint.config.discovery import Configuration

    asked = _Asked(**options)
    if asked.contradiction:
        fail(asked.contradiction)
    kept = store_in(asked.cache_dir)
    store = None if asked.no_cache else kept
    configuration = Configuration(given, store=store)
    files = decks(paths, decks_only=asked.decks_only, configuration=configuration)
    first = Path(asked.stdin_filename) if files[:1] == [STDIN] else next(iter(files), Path(asked.stdin_filename))
    settings = settings_or_fail(configuration, first)
    lang = language()
    _refuse_output(asked.output_file, files)
    files, changes = _changed(asked.changed_since, files, configuration, lang)
    safeties = _safeties(asked.unsafe_fixes) if asked.fix or asked.fix_only or asked.diff else ()
    teller = _teller(asked, lang, settings)
    checker, results = results_of(
        configuration, files, asked.stdin_filename, safeties, store=store, jobs=asked.jobs, teller=teller
    )
    if asked.diff:
        _show_diff(results, asked.output_file)
        return
    if asked.fixes:
        _write(checker, zip(files, results, strict=True), lang, each=asked.show_fixes)
    named = [(path if path != STDIN else Path(asked.stdin_filename), result) for path, result in zip(files, results, strict=True)]
    shown, notes = _shown(asked, paths, named, configuration, changes, lang)
    if not asked.fix_only or any(result.findings for result in shown):
        lines = _report(asked, shown, lang, settings)
        to_error = asked.fixes and files == [STDIN]
        print_lines(lines, machine=asked.output_format in _MACHINE, to_error=to_error, to=asked.output_file)
    for note in notes:
        aside(note)
    _exit(shown, configuration)


def _changed(
    revision: str | None, files: list[Path], configuration: Configuration, lang: str
) -> tuple[list[Path], Changes | None]:
    """The decks to check where only what a branch touches is asked for: those, or all where rules compare decks."""
    if revision is None:
        return files, None
    from decklint.commands.narrow import changes_or_fail, compares

    changes = changes_or_fail(revision, files, lang)
    touched = [path for path in files if path in changes]
    return files if touched and any(compares(configuration, path) for path in touched) else touched, changes


def _shown(
    asked: _Asked,
    paths: tuple[str, ...],
    named: list[tuple[Path, Result]],
    configuration: Configuration,
    changes: Changes | None,
    lang: str,
) -> tuple[list[Result], list[str]]:
    """What of the results is reported, and what is to be said about the rest."""
    from decklint.commands.narrow import Narrowing

    narrowing = Narrowing(asked.baseline, configuration, lang, paths or (".",), use_baseline=not asked.no_baseline)
    shown = []
    for path, result in named:
        if asked.fix_only:
            shown.append(narrowing.troubles(result))
            continue
        known = narrowing.beyond(path, result)
        if changes is None:
            shown.append(known)
        elif path in changes:
            shown.append(changes.touched(path, known))
    return shown, [] if asked.fix_only else list(narrowing.notes())


def _refuse_output(target: Path | None, files: list[Path]) -> None:
    """Exit where the report would be written over a deck, or cannot be written."""
    if target is None:
        return
    from decklint.decks import is_deck_file

    option = f"--output-file {target.as_posix()}"
    if is_deck_file(target) or target.resolve() in {path.resolve() for path in files}:
        fail(Said("this is a deck; the report is not written over it", "这是幻灯片文件；报告不会覆盖它").at(option))
    if not target.parent.is_dir():
        fail(say("there is no folder {folder}", "没有文件夹 {folder}", folder=target.parent.as_posix()).at(option))


def _exit(results: list[Result], configuration: Configuration) -> None:
    """Exit with 2 where a file could not be read or written, with 1 where a finding is as bad as the deck's settings allow."""
    is_trouble = is_found = False
    for result in results:
        fails = configuration.of(Path(result.path)).fails
        tally = result.tally
        is_trouble = is_trouble or not tally.names.isdisjoint(_TROUBLES)
        is_found = is_found or any(map(fails, tally.severities))
    if is_trouble:
        sys.exit(TROUBLE)
    if is_found:
        sys.exit(FOUND)


def _safeties(unsafe: bool) -> tuple[Safety, ...]:
    from decklint.findings import Safety

    return (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)


def _show_diff(results: list[Result], target: Path | None) -> None:
    """Print what fixes would change; exit 1 where they would change something, 2 where a file could not be read."""
    from decklint.report.diff import diff, quoted_for_a_log

    lines = list(diff(results, terminal=target is None and sys.stdout.isatty()))
    is_log = target is None and bool(os.environ.get("GITHUB_ACTIONS")) and not _is_file(sys.stdout)
    print_lines(quoted_for_a_log(lines) if lines and is_log else lines, machine=True, to=target)
    if any(finding.name in _TROUBLES for result in results for finding in result.findings):
        sys.exit(TROUBLE)
    sys.exit(FOUND if lines else 0)


def _is_file(stream: TextIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _write(checker: Checker, pairs: Iterable[tuple[Path, Result]], lang: str, *, each: bool) -> None:
    """Write what was fixed, and say on standard error what was done."""
    from decklint.report.fixed import fixed

    done = []
    for path, result in pairs:
        if path != STDIN:
            checker.write(result, path)
        elif result.fixed is not None:
            sys.stdout.buffer.write(result.new)
            sys.stdout.flush()
        done.append(result)
    for line in fixed(done, lang=lang, each=each):
        aside(line)


def _report(asked: _Asked, results: list[Result], lang: str, settings: Settings) -> Iterable[str]:
    if asked.statistics:
        from decklint.report.statistics import as_json, statistics

        return as_json(results, lang=lang) if asked.output_format == "json" else statistics(results, lang=lang)
    if asked.output_format == "full":
        from decklint.report.full import full

        return full(results, lang=lang, color=_is_colored(asked), everything=settings.show_all.value)
    if asked.output_format == "github" and (path := os.environ.get("GITHUB_STEP_SUMMARY")):
        _summarise(Path(path), results, lang)
    if asked.output_format == "junit":
        from decklint.report.junit import junit

        return junit(results, lang=lang, fail_on=settings.fail_on.value)
    report = getattr(importlib.import_module(f"decklint.report.{asked.output_format}"), asked.output_format)
    lines: Iterable[str] = report(results, lang=lang)
    return lines


def _teller(asked: _Asked, lang: str, settings: Settings) -> Teller | None:
    """What writes the report on each deck where it is checked; None where it takes the others, or what is known, to write it."""
    if asked.output_format != "full" or asked.statistics or asked.changed_since is not None or asked.baseline is not None:
        return None
    from decklint.report.full import OfDeck

    return OfDeck(lang, _is_colored(asked), settings.show_all.value)


def _is_colored(asked: _Asked) -> bool:
    return asked.output_file is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _summarise(path: Path, results: list[Result], lang: str) -> None:
    """Add the summary of a job; where that cannot be done, the findings are printed all the same."""
    from decklint.report.summary import append

    try:
        append(path, results, lang=lang)
    except OSError as error:
        aside(of_system(error).at(f"decklint: GITHUB_STEP_SUMMARY: {path}"))
