"""What git knows of a project: asked of git itself, never of its files. No hook and no program of a repository is run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from decklint.records import dataclass

_SECONDS = 30
_HARMLESS = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")

_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}
"""Write nothing, ask nobody, fetch nothing (older versions of git heed only that no protocol is allowed), speak English."""


class GitTrouble(Exception):
    """Git has no answer.

    `reason` is a stable word: `no-git`, `no-repository`, `unknown` (revision), `shallow`, `unrelated` (histories), `missing`
    (objects) or `failed`; `detail` is what git said.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Tracked:
    """The files in git's index, relative to the folder that was asked for, with `/`."""

    paths: frozenset[str]
    submodules: tuple[str, ...]
    """Folders that are repositories of their own; what lies in them is not listed."""

    def __contains__(self, path: str) -> bool:
        """Whether git has a file, or leaves it to a submodule."""
        return path in self.paths or any(path.startswith(folder + "/") for folder in self.submodules)


def tracked(folder: Path) -> Tracked | None:
    """The files that git has below a folder; None where there is no repository, or no git."""
    listed = _ask(folder, "ls-files", "--stage", "-z")
    if listed is None:
        return None
    entries = [entry.split("\t", 1) for entry in listed.split("\0") if "\t" in entry]
    submodules = tuple(path for mode, path in entries if mode.startswith("160000"))
    return Tracked(frozenset(path for _, path in entries), submodules)


def ignored(folder: Path, paths: Sequence[str]) -> frozenset[str]:
    """Those of `paths` that the repository tells git to ignore."""
    if not paths:
        return frozenset()
    found = _ask(folder, "check-ignore", "-z", "--stdin", given="\0".join(paths))
    return frozenset((found or "").split("\0")) - {""}


def repository(folder: Path) -> Path | None:
    """The nearest folder, from this one upwards, that is a repository; None where none is."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def fork(folder: Path, revision: str) -> str:
    """The commit where the present state and `revision` part.

    Raises:
        GitTrouble: there is none, or git cannot tell.
    """
    asked = f"{revision}^{{commit}}"
    known = _answer(folder, "rev-parse", "--verify", "--quiet", asked, none=1) if revision[:1] not in ("-", "^") else None
    base = _answer(folder, "merge-base", known.decode().strip(), "HEAD", none=1) if known else None
    if base:
        return base.decode().strip()
    if _answer(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise GitTrouble("shallow")
    raise GitTrouble("unrelated" if known else "unknown")


def blobs(top: Path, commit: str) -> dict[str, str]:
    """What the files of a repository were in a commit: path, relative to `top`, to the name of the blob.

    A file that was renamed since then, in a commit or in the index, has its old blob under its present name too.

    Raises:
        GitTrouble: git cannot tell.
    """
    found = {}
    for entry in _text(_answer(top, "ls-tree", "-r", "-z", "--full-tree", commit)).split("\0"):
        head, _, path = entry.partition("\t")
        if path and not head.startswith("160000"):
            found[path] = head.rsplit(" ", 1)[1]
    renames = _text(_answer(top, "diff-index", "--cached", "--raw", "-z", "-M", "--diff-filter=R", commit)).split("\0")
    for _, old, new in zip(*[iter(renames)] * 3, strict=False):
        if old in found:
            found.setdefault(new, found[old])
    return found


def contents(top: Path, names: Sequence[str]) -> dict[str, bytes]:
    """The bytes of blobs, as git keeps them: no filter is run.

    Raises:
        GitTrouble: git does not have all of them, as in a partial clone. Nothing is fetched.
    """
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    try:
        out = _answer(top, "cat-file", "--batch", given="\n".join(wanted) + "\n")
    except GitTrouble as error:
        raise GitTrouble("missing", error.detail) from None
    found, at = {}, 0
    for name in wanted:
        end = out.index(b"\n", at)
        words = out[at:end].split()
        if words[-1] == b"missing":
            raise GitTrouble("missing")
        size = int(words[2])
        found[name] = out[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def is_blob(data: bytes, name: str) -> bool:
    """Whether bytes are those of a blob, told by their hash alone: SHA-1, or SHA-256 where names are that long."""
    import hashlib  # loads all of OpenSSL

    hashed = (hashlib.sha1 if len(name) == 40 else hashlib.sha256)(b"blob %d\0" % len(data), usedforsecurity=False)
    hashed.update(data)
    return hashed.hexdigest() == name


def _answer(folder: Path, *words: str, given: str = "", none: int = 0) -> bytes:
    """What git answers; nothing where it exits with `none`."""
    done = _run(folder, words, given)
    if done is None:
        raise GitTrouble("no-git")
    if done.returncode and done.returncode != none:
        said = done.stderr.decode("utf-8", "replace")
        lines = [line.removeprefix("fatal: ") for line in said.splitlines() if line.startswith("fatal: ")] or [said.strip()]
        raise GitTrouble("no-repository" if "not a git repository" in said else "failed", lines[-1])
    return done.stdout if not done.returncode else b""


def _ask(folder: Path, *words: str, given: str = "") -> str | None:
    """What git answers; None where it fails. Exit 1 is the answer "none" of `check-ignore`."""
    done = _run(folder, words, given)
    return _text(done.stdout) if done is not None and done.returncode in (0, 1) else None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _run(folder: Path, words: Sequence[str], given: str) -> subprocess.CompletedProcess[bytes] | None:
    """Git's whole answer; None where there is no git, or it does not end."""
    environment = {**os.environ, **_QUIET}
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):  # of a hook that runs us, for its own repository
        environment.pop(name, None)
    try:
        return subprocess.run(
            ["git", *_HARMLESS, *words],
            cwd=folder,
            input=given.encode("utf-8", "surrogateescape"),
            capture_output=True,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
