"""The action for GitHub and the examples of docs/ci.md: valid where there is a schema, and the script of the action run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import validators

from tests.conftest import ROOT, Run
from tests.test_formats import violations

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
DOCUMENT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLES = [(name, yaml.safe_load(text)) for name, text in re.findall(r"```yaml\n# (\S+)\n(.*?)```", DOCUMENT, re.DOTALL)]
SCHEMAS = {
    ".github/workflows/decks.yml": "github-workflows",
    ".forgejo/workflows/decks.yml": "github-workflows",
    ".gitlab-ci.yml": "gitlab-ci",
}
_SPEC = find_spec("check_jsonschema")


def wrong(name: str, data: Any) -> list[str]:
    """Where data breaks a schema of SchemaStore, which the package check-jsonschema brings."""
    if _SPEC is None or _SPEC.origin is None:
        pytest.skip("check-jsonschema, which brings the schemas, is not installed")
    file = Path(_SPEC.origin).parent / "builtin_schemas" / "vendor" / f"{name}.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    plain = json.loads(json.dumps({"on" if key is True else key: value for key, value in data.items()}))
    return [error.message for error in validators.validator_for(schema)(schema).iter_errors(plain)]


def test_the_action_is_what_github_reads() -> None:
    assert [] == wrong("github-actions", ACTION)
    assert wrong("github-actions", {**ACTION, "runs": {"using": "composit"}})


@pytest.mark.parametrize("number", [at for at, (name, _) in enumerate(EXAMPLES) if name in SCHEMAS])
def test_an_example_is_what_its_server_reads(number: int) -> None:
    name, example = EXAMPLES[number]

    assert [] == wrong(SCHEMAS[name], example)


def test_examples_use_inputs_and_hooks_that_there_are() -> None:
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    steps = [step for _, each in EXAMPLES for job in each.get("jobs", {}).values() for step in job["steps"]]
    used = [step for step in steps if step.get("uses", "").startswith("decklint/")]

    assert len(used) == 3 and all(set(step.get("with", {})) <= set(ACTION["inputs"]) for step in used)
    assert any(step.get("with", {}).get("fetch-depth") == 0 for step in steps)
    assert {"decklint-fix"} <= hooks & {
        hook["id"] for _, each in EXAMPLES for repo in each.get("repos", ()) for hook in repo["hooks"]
    }


def test_commands_of_examples_are_understood(run: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fixtures" / "course", tmp_path, dirs_exist_ok=True)
    scripts = [line for _, each in EXAMPLES for job in each.values() if isinstance(job, dict) for line in job.get("script", ())]
    scripts += [
        step["run"] for _, each in EXAMPLES for job in each.get("jobs", {}).values() for step in job["steps"] if "run" in step
    ]
    commands = [line.split()[1:] for line in scripts if line.startswith("decklint ")]

    assert 2 == len(commands)
    for words in commands:
        assert 1 == run(*words, cwd=tmp_path).returncode
    assert json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8"))


def test_every_input_is_documented() -> None:
    rows = dict(re.findall(r"(?m)^\| `([\w-]+)` \| (.*?) \|", DOCUMENT))

    assert set(ACTION["inputs"]) == set(rows)
    assert all(each["description"] for each in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))


def test_no_input_is_put_into_a_script() -> None:
    """What somebody writes into a branch name or an input would be run; variables of the environment are not."""
    assert [] == [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


# ---------------------------------------------------------------- the script


@pytest.fixture
def course(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "fixtures" / "course", tmp_path / "course")
    (tmp_path / "decklint").mkdir()
    (tmp_path / "decklint" / "bin").symlink_to(Path(sys.executable).parent)
    (tmp_path / "course" / "week 3").mkdir()
    (tmp_path / "course" / "week 3" / "a.md").write_text("---\nmarp: true\n---\n\n# T\n\nWe use Pytorch.\n", encoding="utf-8")
    return tmp_path / "course"


def script(course: Path, **inputs: str) -> tuple[int, str, dict[str, str]]:
    """Exit code, output and outputs of the step that checks, as the runner would start it."""
    step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")
    values = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    env = {name: values[text[11:-3]] for name, text in step["env"].items() if text.startswith("${{ inputs.")}
    env |= {"FOLDER": str(course.parent), "GITHUB_OUTPUT": str(course.parent / "output"), "GITHUB_ACTIONS": "true"}
    env["GITHUB_STEP_SUMMARY"] = str(course.parent / "summary")
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=course, env={**os.environ, **env}, capture_output=True, text=True, check=False)
    output = (course.parent / "output").read_text(encoding="utf-8")
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, dict(line.split("=", 1) for line in output.splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="the script wants bash")
class TestScript:
    def test_findings_become_annotations_and_a_summary(self, course: Path) -> None:
        code, out, outputs = script(course)

        assert (1, {"exit-code": "1"}) == (code, outputs)
        assert out.startswith("::error file=week") and "file=week 3/a.md" in out
        assert "<table>" in (course.parent / "summary").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("paths", "files"),
        [
            ("week 3", {"week 3/a.md"}),
            ("week2 week1\n", {"week2", "week1"}),
            ("week 3\nweek2/vision.md", {"week 3/a.md", "week2"}),
        ],
    )
    def test_paths_are_lines_or_words(self, course: Path, paths: str, files: set[str]) -> None:
        found = re.findall(r"file=([^,]+)", script(course, paths=paths)[1])

        assert files == {path if path.startswith("week 3") else path.partition("/")[0] for path in found}

    def test_inputs_are_passed_on(self, course: Path) -> None:
        code, out, _ = script(course, fail_on="never", lang="zh", sarif_file="log.sarif")

        assert 0 == code and re.search("[一-龥]", out)
        assert [] == violations(json.loads((course / "log.sarif").read_text(encoding="utf-8")))

    def test_an_input_is_never_run(self, course: Path) -> None:
        code, _, _ = script(course, paths="$(touch owned); touch owned", lang="zh; touch owned")

        assert 2 == code and not (course / "owned").exists()
