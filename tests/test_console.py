"""Consoles, pipes, Ctrl-C and Python itself: wherever the command is run, it neither crashes nor changes what it should not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes with names, pseudo terminals and signals are of POSIX")
COMMAND = Path(sys.executable).with_name("decklint.exe" if sys.platform == "win32" else "decklint")
TEXT = "---\nmarp: true\n---\n\n# 深度学习 😀 ไทย é\n\n我们使用Pytorch 😀。\n\n![](图/é.png)\n"
NAME = "讲义 é.md"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_text(TEXT, encoding="utf-8")
    return tmp_path


def start(folder: Path, *words: str, **options: object) -> subprocess.Popen[bytes]:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.Popen([str(COMMAND), *words], cwd=folder, env=env, **streams)  # type: ignore[call-overload,no-any-return]


# ---------------------------------------------------------------- consoles


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii"])
@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("check", "--lang", "zh"),
        ("check", "--output-format", "concise"),
        ("check", "--output-format", "github"),
        ("check", "--statistics", "--lang", "zh"),
        ("check", "--diff"),
        ("check", "--fix", "--show-fixes"),
        ("check", NAME, "没有.md"),
        ("check", "--output-file", "没有/r.txt"),
        ("check", "--select", "没有"),
        ("baseline",),
        ("init", "."),
        ("config", "show", NAME),
        ("parse", NAME),
        ("rules", "--lang", "zh"),
        ("rule", "TM001"),
        ("--help",),
        ("check", "--help"),
    ],
    ids=" ".join,
)
def test_no_console_is_too_small(run: Run, course: Path, encoding: str, words: tuple[str, ...]) -> None:
    command = [str(COMMAND), *words]
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, cwd=course, env=env, capture_output=True, check=False)

    assert done.returncode in (0, 1, 2)
    assert b"Traceback" not in done.stderr and b"Error" not in done.stderr.replace(b"Error: ", b""), done.stderr.decode(encoding)


def test_a_path_with_backslashes_finds_the_file_that_is_meant(run: Run, tmp_path: Path) -> None:
    (tmp_path / "week1").mkdir()
    (tmp_path / "week1" / "a.md").write_text(TEXT, encoding="utf-8")

    done = run("check", "week1\\a.md", "--select", "TM", "--output-format", "concise", cwd=tmp_path)

    assert done.stdout.startswith("week1/a.md:7:5: TM001 ")


@POSIX
def test_a_file_whose_name_has_a_backslash_goes_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "week1").mkdir()
    for name in ("week1\\a.md", "week1/a.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")

    assert "week1\\a.md:7:5: " in run("check", "week1\\a.md", "--output-format", "concise", cwd=tmp_path).stdout


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_line_endings_stay_what_they_are(run: Run, course: Path, newline: str, encoding: str) -> None:
    path = course / NAME
    path.write_bytes(TEXT.replace("\n", newline).encode())

    run("check", "--fix", cwd=course, PYTHONIOENCODING=encoding)

    assert TEXT.replace("Pytorch", "PyTorch").replace("\n", newline).encode() == path.read_bytes()


def test_standard_output_keeps_line_endings_too(course: Path) -> None:
    data = TEXT.replace("\n", "\r\n").encode()
    done = subprocess.run([str(COMMAND), "check", "-", "--fix-only"], cwd=course, input=data, capture_output=True, check=False)

    assert data.replace(b"Pytorch", b"PyTorch") == done.stdout


@POSIX
@pytest.mark.parametrize(("environment", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)])
def test_a_terminal_gets_colours_unless_it_wants_none(course: Path, environment: dict[str, str], is_coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | environment
    subprocess.run([str(COMMAND), "check"], cwd=course, env=env, stdout=theirs, stderr=subprocess.DEVNULL, check=False)
    os.close(theirs)
    out = b""
    try:
        while part := os.read(ours, 65536):
            out += part
    except OSError:  # Linux says so at the end
        pass
    os.close(ours)

    assert is_coloured == (b"\x1b[" in out) and b"TM001" in out


# ---------------------------------------------------------------- pipes and signals


@POSIX
@pytest.mark.parametrize(
    "words", [("check", "fixtures/course"), ("check", "fixtures/course", "--output-format", "sarif"), ("rules",)]
)
def test_a_closed_pipe_is_no_error_to_tell(words: tuple[str, ...]) -> None:
    with start(ROOT, *words) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert b"" == said


@POSIX
@pytest.mark.parametrize("more", [("--fix",), ("--output-file", "report.txt")], ids=" ".join)
def test_ctrl_c_ends_at_once_and_leaves_nothing_half_written(course: Path, more: tuple[str, ...]) -> None:
    """The command waits for the content of a pipe with a name; when that is open on both sides, it surely is at work."""
    os.mkfifo(course / "waiting.md")
    with start(course, "check", NAME, "waiting.md", *more) as process, (course / "waiting.md").open("wb"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)

    assert (130, b"", b"decklint: interrupted\n") == (process.returncode, out, err)
    assert TEXT == (course / NAME).read_text(encoding="utf-8")
    assert {NAME, "waiting.md"} == {path.name for path in course.iterdir()}


# ---------------------------------------------------------------- other ways in


@pytest.mark.parametrize(
    "words", [("check", "fixtures/course"), ("--version",), ("rules",), ("check", "gone.md"), ("baseline", "-h")]
)
def test_the_module_is_the_command(run: Run, words: tuple[str, ...]) -> None:
    command = run(*words)
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}
    module = subprocess.run([sys.executable, "-m", "decklint", *words], cwd=ROOT, env=env, capture_output=True, check=False)

    assert (command.returncode, command.stdout, command.stderr) == (
        module.returncode,
        module.stdout.decode(),
        module.stderr.decode(),
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands_and_options(run: Run, shell: str) -> None:
    script = run(_DECKLINT_COMPLETE=f"{shell}_source").stdout

    assert f"_DECKLINT_COMPLETE={shell}_complete" in script


@pytest.mark.parametrize(
    ("words", "at", "found"),
    [("decklint ba", "1", "baseline"), ("decklint check --chan", "2", "--changed-since"), ("decklint check --lang z", "3", "zh")],
)
def test_what_a_shell_is_offered(run: Run, words: str, at: str, found: str) -> None:
    assert found in run(_DECKLINT_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=at).stdout
