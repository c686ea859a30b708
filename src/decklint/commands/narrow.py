"""What of a run is reported: what a baseline does not know, what a branch touches; and what is said about the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from decklint.commands.console import aside, fail
from decklint.config.saying import Said, say
from decklint.findings import Template

if TYPE_CHECKING:
    from decklint.baseline import Baseline, Comparison
    from decklint.changes import Changes
    from decklint.config.discovery import Configuration
    from decklint.project import Result

FILE = ".decklint-baseline.json"
"""The baseline that is looked for, from the folder of a deck up to that of its repository."""

_KNOWN = Template("the baseline {path} has {count} more", "另有 {count} 处已记入基线 {path}")
_GONE = Template(
    "{gone} of {total} in the baseline {path} no longer found; `decklint baseline --shrink` takes out what is gone",
    "基线 {path} 所记 {total} 处中有 {gone} 处已不存在；用 `decklint baseline --shrink` 移除",
)
_SAME = Template("no deck differs from where this branch left {revision}", "与 {revision} 分叉之后没有改动过的幻灯片文件")
_TROUBLES = {
    "no-git": Template("--changed-since asks git, and there is none here", "--changed-since 需要 git，而这里没有 git"),
    "no-repository": Template(
        "--changed-since asks git, but {folder} is no repository that it can read",
        "--changed-since 需要 git，但 {folder} 不是它能读取的仓库",
    ),
    "unknown": Template(
        'git knows no commit "{revision}"; a branch of the server is written "origin/main", and must have been fetched',
        'git 中没有提交 "{revision}"；远程分支要写成 "origin/main"，并且已经 fetch',
    ),
    "shallow": Template(
        'git has only the newest commits here (a shallow clone), and cannot tell where this branch left "{revision}";'
        " fetch them all: `fetch-depth: 0` with actions/checkout, `GIT_DEPTH: 0` on GitLab, elsewhere `git fetch --unshallow`",
        '这里的 git 只有最近的提交（浅克隆），无法得知本分支从何处与 "{revision}" 分叉；请取回全部提交：'
        "actions/checkout 用 `fetch-depth: 0`，GitLab 用 `GIT_DEPTH: 0`，其他情况用 `git fetch --unshallow`",
    ),
    "unrelated": Template('this branch and "{revision}" have no commit in common', '本分支与 "{revision}" 没有共同的提交'),
    "missing": Template(
        "git has not fetched what the decks were (a partial clone); clone without a filter",
        "git 没有取回幻灯片文件的旧内容（部分克隆）；请不加过滤器重新克隆",
    ),
    "failed": Template("git cannot tell what changed: {detail}", "git 无法得知改动了什么：{detail}"),
}


def changes_or_fail(revision: str, files: list[Path], lang: str) -> Changes:
    """What differs since a revision; exits where git cannot tell."""
    from decklint.changes import Changes, OutsideGit
    from decklint.git import GitTrouble
    from decklint.report.plain import harmless

    if Path("-") in files:
        fail(Said("--changed-since compares files; `-` is none", "--changed-since 比较的是文件，而 `-` 不是文件"))
    try:
        changes = Changes(revision, files)
    except OutsideGit as error:
        fail(
            say(
                "--changed-since asks git, but {path} lies in no repository",
                "--changed-since 需要 git，但 {path} 不在任何仓库中",
                path=harmless(error.path.as_posix()),
            )
        )
    except GitTrouble as error:
        said = {"folder": Path.cwd().as_posix(), "revision": revision, "detail": error.detail}
        fail(say(*_TROUBLES[error.reason], **{name: harmless(value) for name, value in said.items()}))
    if not any(file in changes for file in files):
        aside(_say(_SAME, lang, revision=revision))
    return changes


def nearest(folder: Path) -> Path | None:
    """The baseline that holds for the decks of a folder: that of the nearest folder that has one, up to its repository."""
    for above in (folder, *folder.parents):
        if (above / FILE).is_file():
            return above / FILE
        if (above / ".git").exists():
            return None
    return None


def compares(configuration: Configuration, deck: Path) -> bool:
    """Whether a rule compares this deck with others."""
    return any(rule.across is not None for rule in configuration.choice(deck).rules)


def rules_run(configuration: Configuration, deck: Path, result: Result, *, whole: bool) -> frozenset[str]:
    """The codes of the rules that had their say about a deck: one that compares decks only where the `whole` course was read."""
    crashed = {finding.message.values.get("rule") for finding in result.findings if finding.name == "rule-crashed"}
    rules = [rule for rule in configuration.choice(deck).rules if whole or rule.across is None]
    return frozenset(rule.code for rule in rules if rule.name not in crashed)


def read_or_fail(path: Path) -> Baseline:
    """The baseline in a file; exits where there is none."""
    from decklint.baseline import BaselineError, read

    try:
        return read(path)
    except BaselineError as error:
        fail(error.said)


class Narrowing:
    """Holds the results of one run against the baselines that there are."""

    def __init__(
        self, given: Path | None, configuration: Configuration, lang: str, paths: Collection[str], *, use_baseline: bool
    ) -> None:
        """`given` is the only baseline where there is one; without it the nearest to each deck. `paths` were asked for."""
        self._paths = paths
        self._whole: dict[Path, bool] = {}
        self._given = given
        self._used = use_baseline
        self._configuration = configuration
        self._lang = lang
        self._folders: dict[Path, Path | None] = {}
        self._comparisons: dict[Path, Comparison] = {}

    def beyond(self, deck: Path, result: Result) -> Result:
        """The result without what a baseline knows."""
        comparison = self._comparison(deck)
        if comparison is None:
            return result
        baseline = comparison.baseline
        if baseline.path not in self._whole:
            self._whole[baseline.path] = baseline.is_below(self._paths)
        whole = self._whole[baseline.path]
        return comparison.beyond(deck, result, rules_run(self._configuration, deck, result, whole=whole))

    def troubles(self, result: Result) -> Result:
        """Of the result only what must be shown in any case."""
        from decklint.report.fingerprint import part

        return part(result, (False for _ in result.findings))

    def notes(self) -> Iterator[str]:
        """What is said about the baselines."""
        from decklint.report.plain import harmless

        for path, comparison in self._comparisons.items():
            shown, total = harmless(path.as_posix()), comparison.baseline.size
            if comparison.known:
                yield _say(_KNOWN, self._lang, count=comparison.known, path=shown)
            if gone := comparison.gone:
                yield _say(_GONE, self._lang, gone=gone, total=total, path=shown)

    def _comparison(self, deck: Path) -> Comparison | None:
        path = self._place(deck) if self._used else None
        if path is None:
            return None
        if path not in self._comparisons:
            from decklint.baseline import Comparison

            self._comparisons[path] = Comparison(read_or_fail(path))
        return self._comparisons[path]

    def _place(self, deck: Path) -> Path | None:
        if self._given is not None:
            return self._given
        from decklint.config.reading import shown
        from decklint.files import absolute

        folder = deck.parent
        if folder not in self._folders:
            found = nearest(absolute(folder))
            self._folders[folder] = Path(shown(found)) if found is not None else None
        return self._folders[folder]


def _say(template: Template, lang: str, **values: object) -> str:
    return (template.zh if lang == "zh" else template.en).format_map(values)
