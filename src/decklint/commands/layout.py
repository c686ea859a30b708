"""`decklint layout`: how full each slide of a deck is, by an estimate that needs no browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from decklint.commands.console import FOUND, TROUBLE, aside, decks, fail, print_lines, progress, system_language
from decklint.config.saying import of_system

if TYPE_CHECKING:
    from decklint.commands.layout_table import Laid
    from decklint.layout.model import SlideLayout


@click.command("layout")
@click.argument("paths", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="All slides as JSON instead of a table.")
@click.option("--overflowing", is_flag=True, help="Only slides that do not fit, or that nothing can be said about.")
@click.option(
    "--svg",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a picture of every slide listed into this folder: the estimated boxes, what does not fit marked.",
)
@click.option("--lang", type=click.Choice(("en", "zh")), help="Language of the table; else that of the system.")
@click.option("--stdin-filename", default="stdin.md", help="The path that `-` (standard input) stands for.")
def command(
    paths: tuple[str, ...], as_json: bool, overflowing: bool, folder: Path | None, lang: str | None, stdin_filename: str
) -> None:
    """Estimate how full every slide is, and whether something does not fit.

    Verdicts: ok; margin (only an empty margin passes the padding); over (content enters the padding); cut (content
    passes the slide's edge and is lost); declined (what decides cannot be known, and nothing is said).

    \b
    Exit codes: 0; 1 content of a slide is cut off;
    2 wrong usage, nothing to check, or a file that could not be read or written.
    """  # noqa: D301
    from decklint.commands.layout_table import as_objects, table

    language = lang or system_language()
    unread = 0
    laid: list[Laid] = []
    for found in _laid(decks(paths), stdin_filename, language):
        if found is None:
            unread += 1
        else:
            laid.append(found)
    listed = [each._replace(slides=[s for s in each.slides if not overflowing or _does_not_fit(s)]) for each in laid]
    if folder is not None:
        _draw(listed, folder, language)
    print_lines(as_objects(listed) if as_json else table(listed, laid, language), machine=as_json)
    if unread:
        sys.exit(TROUBLE)
    if any(slide.verdict.value == "cut" for each in laid for slide in each.slides):
        sys.exit(FOUND)


def _does_not_fit(slide: SlideLayout) -> bool:
    return slide.verdict.value in ("over", "cut", "declined")


def _laid(files: list[Path], stdin_filename: str, lang: str) -> Iterator[Laid | None]:
    """Read decks as `check` does, and lay them out; None where a file could not be read, which is told at once."""
    from decklint.commands.layout_table import Laid
    from decklint.files import ProjectFiles, absolute, project_root
    from decklint.layout.estimate import layout_of
    from decklint.project import Checker
    from decklint.theme import theme_of

    checker = Checker(("DL002",))  # a file that cannot be read is told as by `check`; no other rule is of interest here
    projects: dict[Path, ProjectFiles] = {}
    for path in progress(files):
        here = Path(stdin_filename) if str(path) == "-" else path
        result = checker.check_stream(sys.stdin.buffer.read(), here) if str(path) == "-" else checker.check_file(path)
        if result.deck is None:
            place = f"{result.path}:{result.place.line}:{result.place.column}"
            for finding in result.findings:
                aside(f"{place}: {finding.message.text(lang)}")
            yield None
            continue
        root, marked = project_root(absolute(here))
        project = projects.setdefault(root, ProjectFiles(root, marked=marked))
        slides = layout_of(result.deck, theme_of(result.deck, project), project)
        yield Laid(result.path, result.deck.source, slides)


def _draw(laid: list[Laid], folder: Path, lang: str) -> None:
    """Write the pictures; exits where that cannot be done."""
    from decklint.commands.layout_table import picture_names
    from decklint.report.svg import svg

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each, name in zip(laid, picture_names(each.path for each in laid), strict=True):
            for slide in each.slides:
                text = svg(slide, each.source, lang)
                (folder / f"{name}-{slide.slide.number:03}.svg").write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        fail(of_system(error).at(folder.as_posix()))
