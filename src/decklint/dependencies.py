"""What a result depends on besides the text of its deck: what was looked up among the files of its project, with the answers.

Asked again later, the same questions tell whether an old result still holds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from decklint.cache import blake2b
from decklint.files import ProjectFiles, listening

Question = tuple[str, str, tuple[str, ...]]
"""Whose files were asked (the way from the project's root to theirs), the method, and its arguments."""
Answered = dict[Question, tuple[str, Any]]
"""Questions with a digest of the answer and what tells without asking again that it holds."""
Answers = list[list[Any]]
"""Questions with their answers, as plain data: `[[way, method, [arguments], answer, stamp], …]`."""

_SETTLED = 2.0
"""Seconds after which a file that is written again has another time stamp on every file system (that of FAT counts in twos)."""
_PATH, _TEXT = "p", "s"
_IN_COMMON = frozenset(("read", "paths"))
"""What functions may ask whose results are kept for all decks of a project: such answers matter to all decks that follow."""


class Recording:
    """Listens while the decks of one project are checked. Each has questions of its own, and those that all have in common."""

    def __init__(self, root: Path) -> None:
        """`root` is that of the project."""
        self._root = root
        self._common: Answered = {}
        self._index: tuple[Any, str] = None, ""

    @contextmanager
    def common(self) -> Iterator[None]:
        """Everything asked meanwhile matters to all decks."""
        with self._into(self._common):
            yield

    @contextmanager
    def of_deck(self) -> Iterator[Answered]:
        """What is asked meanwhile matters to one deck, which gets it."""
        own: Answered = {}
        with self._into(own):
            yield own

    def shared(self) -> Answers:
        """What has been asked up to now that matters to all decks."""
        return plain(self._common)

    @property
    def size(self) -> int:
        """How much that is."""
        return len(self._common)

    @contextmanager
    def _into(self, own: Answered) -> Iterator[None]:
        def told(files: ProjectFiles, method: str, args: tuple[Any, ...], answer: Any) -> None:
            question = asked(self._root, files, method, args)
            is_common = method in _IN_COMMON and not question[2][0].lower().endswith(".svg") if question[2] else method == "paths"
            kept = self._common if is_common else own
            if question not in kept:
                kept[question] = self._digest(files, method, answer), _stamp(files, method, args)

        with listening(told):
            yield

    def _digest(self, files: ProjectFiles, method: str, answer: Any) -> str:
        if method != "index":
            return digest(files.root, answer)
        if self._index[0] is not answer or not self._index[1]:  # long, and always the same
            self._index = answer, digest(files.root, answer)
        return self._index[1]


class Verification:
    """Asks again, each question once, for all decks of one project."""

    def __init__(self, files: ProjectFiles) -> None:
        """`files` of the project."""
        self._files = {".": files}
        self._answers: dict[Question, str] = {}

    def holds(self, answers: Answers) -> bool:
        """Whether all would be answered as they were. What is no list of questions does not hold."""
        try:
            return all(self._holds((way, method, tuple(args)), answer, stamp) for way, method, args, answer, stamp in answers)
        except (TypeError, ValueError, AttributeError, OSError):
            return False

    def _holds(self, question: Question, answer: str, stamp: Sequence[int] | None) -> bool:
        if question not in self._answers:
            self._answers[question] = self._answer(question, answer, stamp)
        return self._answers[question] == answer

    def _answer(self, question: Question, answer: str, stamp: Sequence[int] | None) -> str:
        way, method, texts = question
        if method not in _METHODS:
            raise ValueError(method)
        if way not in self._files:
            self._files[way] = ProjectFiles(Path(os.path.normpath(self._files["."].root / way)))
        files = self._files[way]
        args = [_argument(self._files["."].root, text) for text in texts]
        if stamp and stamp == _stat(args[0]):
            return answer
        return digest(files.root, getattr(files, method)(*([args] if method == "ignored" else args)))


_METHODS = frozenset(
    (
        "is_unfetched",
        "exists",
        "spelt",
        "read",
        "names_in",
        "names_among",
        "ignored",
        "in_git",
        "head",
        "pixels",
        "named",
        "paths",
        "index",
    )
)


def plain(answers: Answered) -> Answers:
    """Questions and answers as plain data."""
    return [[way, method, list(args), answer, stamp] for (way, method, args), (answer, stamp) in answers.items()]


def asked(root: Path, files: ProjectFiles, method: str, args: tuple[Any, ...]) -> Question:
    """A question in a form that holds wherever the project lies: paths begin at its root, those outside at the system's."""
    way = "." if files.root is root or files.root == root else os.path.relpath(files.root, root).replace(os.sep, "/")
    flat = args[0] if method == "ignored" else args
    return way, method, tuple(_written(root, arg) for arg in flat)


def digest(root: Path, answer: Any) -> str:
    """An answer in short: the same for equal answers, whatever order sets have, wherever the project lies."""
    return blake2b(_canonical(root, answer), digest_size=12).hexdigest()


def _canonical(root: Path, answer: Any) -> bytes:
    if answer is None or isinstance(answer, (bool, tuple)):
        return repr(answer).encode()
    if isinstance(answer, bytes):
        return b"bytes " + answer
    if isinstance(answer, (str, Path)):
        return _written(root, answer).encode("utf-8", "surrogatepass")
    if isinstance(answer, frozenset):
        answer = sorted(answer)
    if isinstance(answer, list):
        return "\0".join(("list", *answer)).encode("utf-8", "surrogatepass")
    return _canonical(root, answer.paths) + b"\0\0" + "\0".join(answer.submodules).encode("utf-8", "surrogatepass")


def _written(root: Path, arg: str | Path) -> str:
    if isinstance(arg, str):
        return _TEXT + arg
    return _PATH + (arg.relative_to(root) if arg.is_relative_to(root) else arg).as_posix()


def _argument(root: Path, text: str) -> Any:
    return root / text[1:] if text[0] == _PATH else text[1:]


def _stamp(files: ProjectFiles, method: str, args: tuple[Any, ...]) -> list[int] | None:
    """What tells without reading a picture again that it is the same file.

    Its size and both of its times: that of the last change of its data can be set back, the other cannot. A file that has just
    been written may be written again within one tick of the clock, and gets none. Elsewhere (in another checkout) the stamps
    differ, and the picture is read.
    """
    stamp = _stat(args[0]) if method == "pixels" else None
    return stamp if stamp and max(stamp[1:]) / 1e9 < time.time() - _SETTLED else None


def _stat(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]
