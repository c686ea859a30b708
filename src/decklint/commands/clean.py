"""`decklint clean`: remove what earlier runs have left to save time."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from decklint.commands.console import fail, print_lines


@click.command("clean")
@click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="The folder; else where `check` keeps it.")
def command(cache_dir: Path | None) -> None:
    """Remove remembered results, and what else is kept to save time. Only time is lost: the next run makes all of it again."""
    from decklint.commands.running import use_folder
    from decklint.packs.load import cache_folder
    from decklint.report.plain import harmless

    use_folder(cache_dir)
    folder = cache_folder()
    found = [path for path in _ours(folder) if path.exists()]
    size = sum(file.stat().st_size for path in found for file in [path, *path.rglob("*")] if file.is_file())
    try:
        for path in found:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    where = harmless(folder.as_posix())
    print_lines([f"{where}: removed {size:,} bytes" if found else f"{where}: nothing to remove"], machine=False)


def _ours(folder: Path) -> list[Path]:
    """What decklint itself has put into its cache folder: somebody may have named a folder with other things in it."""
    from decklint.cache import RESULTS

    files = [*folder.glob("rules-*.json"), *folder.glob("patterns-*.bin")]
    return [folder / RESULTS, *(file for file in files if file.is_file())]
