"""What the command says to people is Chinese where they are: every kind of sentence, with its place and the way out."""

from __future__ import annotations

import ast
import pickle
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from decklint.config.saying import Said, either, say
from tests.conftest import ROOT, Run

DECK = "---\nmarp: true\n---\n\n# 标题\n\n我们使用Pytorch。\n"
CHINESE = {"LC_ALL": "zh_CN.UTF-8"}

SETTINGS = {
    "a key": ('\npresets = "draft"', '2: 没有名为 "presets" 的键；是否想写 "preset"？'),
    "a table": ('[tool.decklint]\nlang = "en"', '1: 没有名为 "tool" 的表；在这里直接写键，[tool.decklint] 只用于 pyproject.toml'),
    "a word": ('preset = "srict"', '1: "preset" 应为："default"、"strict" 或 "draft"；实为："srict"；是否想写 "strict"？'),
    "a list": ("preset = []", '1: "preset" 应为："default"、"strict" 或 "draft"；实为：列表'),
    "no list": ('include = "*.md"', '1: "include" 应为列表；请写 include = ["*.md"]'),
    "no switch": ("show-all = 1", '1: "show-all" 应为：true 或 false；实为：1'),
    "a rule": ('ignore = ["ax001"]', '1: 没有名为 "ax001" 的规则；是否想写 "AX001"？'),
    "a rule of another tool": (
        'ignore = ["MD013"]',
        '1: 没有名为 "MD013" 的规则，它像是 markdownlint 的规则；全部规则见 `decklint rules`',
    ),
    "two rules": ('select = ["AX001,TM"]', '1: "AX001,TM" 不止一条规则；请写 "AX001"、"TM"'),
    "a severity": (
        '[severity]\nAX001 = "off"',
        '2: "AX001" 应为："error"、"warning" 或 "info"；实为："off"；要关闭它，请写 ignore = ["AX001"]',
    ),
    "an option": ("[rules.TY006]\nstil = 1", '2: "TY006" 没有选项 "stil"；是否想写 "style"？'),
    "no options": ("[rules.TM001]\nx = 1", '1: "TM001" 没有选项；其说明见 `decklint rule TM001`'),
    "a glob": ('exclude = [\n"C:/a"]', '2: 路径模式 "C:/a" 是绝对路径；路径模式从本文件所在的文件夹算起'),
    "a glob with a backslash": ("exclude = ['a\\b']", '1: 路径模式 "a\\b" 含有反斜杠；请写 "a/b"'),
    "a file to extend": ('extends = "base.toml"', '1: 文件 "base.toml" 不存在'),
    "a circle": ('extends = "decklint.toml"', "1: decklint.toml 引用了自身"),
    "a pack": ('packs = ["own.yaml"]', '1: 规则数据 "own.yaml" 不存在'),
    "no quotes": ("lang = zh", '1: 不是有效的 TOML，第 8 列：无效的值；文字要加引号，如 lang = "zh"'),
    "an open quote": ('lang = "zh', "1: 不是有效的 TOML，文件末尾：引号没有闭合"),
    "full-width quotes": ("lang = “zh”", '1: 不是有效的 TOML，第 8 列："“" 是全角符号；TOML 要用半角的 " = [ ] 和 ,'),
}

COMMANDS = {
    "no decks": (
        ("check", "empty"),
        "decklint: empty 中没有幻灯片文件：幻灯片文件是 front matter 中写有 `marp: true` 的 Markdown 文件",
    ),
    "a contradiction": (("check", "--unsafe-fixes"), "decklint: --unsafe-fixes 要与 --fix 或 --diff 同用"),
    "an unknown rule": (("check", "--select", "ax001"), 'decklint: 没有名为 "ax001" 的规则；是否想写 "AX001"？'),
    "a report over a deck": (("check", "--output-file", "a.md"), "decklint: --output-file a.md: 这是幻灯片文件；报告不会覆盖它"),
    "a report in no folder": (("check", "--output-file", "x/y.txt"), "decklint: --output-file x/y.txt: 没有文件夹 x"),
    "no repository": (("check", "--changed-since", "main"), "decklint: --changed-since 需要 git，但 a.md 不在任何仓库中"),
    "no baseline": (("check", "--baseline", "b.json"), "decklint: b.json: 文件或文件夹不存在"),
    "a broken baseline": (("check", "--baseline", "a.md"), "decklint: a.md:1: 不是有效的 JSON（"),
    "a baseline of a stream": (("baseline", "-"), "decklint: 基线由文件生成，而 `-` 不是文件"),
    "settings of nothing": (("config", "show", "x.md"), "decklint: x.md: 文件不存在"),
    "a verdict": (("claims", "--verdict", "confirmd"), 'decklint: 没有名为 "confirmd" 的结论；是否想写 "confirmed"？'),
    "no deck to parse": (("parse", "binary.md"), "decklint: binary.md:1:1: 文件含有二进制数据（NUL 字节）"),
    "nothing to parse": (("parse", "x.md"), "decklint: x.md: 文件或文件夹不存在"),
    "pictures in a file": (("layout", "--svg", "a.md/x"), "decklint: a.md/x: 路径中有一段不是文件夹"),
    "an unknown fact": (("facts", "show", "gtp-3"), 'decklint: 事实库中没有 "gtp-3"；是否想写 "gpt-3"？'),
    "no day": (("facts", "due", "--by", "soon"), 'decklint: "soon" 不是日期；请写成 2027-01-31'),
    "a kind": (("facts", "add", "--kind", "modle", "--name", "X"), 'decklint: 没有名为 "modle" 的类别；是否想写 "model"？'),
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(DECK, encoding="utf-8")
    (tmp_path / "binary.md").write_bytes(b"\0")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize("kind", SETTINGS)
def test_what_is_wrong_with_settings_is_said_in_chinese(run: Run, course: Path, kind: str) -> None:
    settings, problem = SETTINGS[kind]
    (course / "decklint.toml").write_text(settings, encoding="utf-8")

    assert f"decklint.toml:{problem}\n" == run("check", cwd=course, **CHINESE).stderr


@pytest.mark.parametrize("kind", COMMANDS)
def test_commands_give_up_in_chinese(run: Run, course: Path, kind: str) -> None:
    words, problem = COMMANDS[kind]

    done = run(*words, cwd=course, **CHINESE)

    assert (2, problem) == (done.returncode, done.stderr[: len(problem)])


@pytest.mark.parametrize("kind", COMMANDS)
def test_on_another_system_nothing_is_chinese(run: Run, course: Path, kind: str) -> None:
    assert [] == re.findall("[\u3000-\u9fff\uff00-\uffef]", run(*COMMANDS[kind][0], cwd=course, LC_ALL="de_DE.UTF-8").stderr)


@pytest.mark.parametrize(("system", "asked", "chinese"), [("C", "zh", True), ("zh_CN.UTF-8", "en", False)])
def test_the_command_line_goes_before_the_system(run: Run, course: Path, system: str, asked: str, chinese: bool) -> None:
    (course / "decklint.toml").write_text("lang = 1\n", encoding="utf-8")

    assert chinese == ("应为" in run("check", "--lang", asked, cwd=course, LC_ALL=system).stderr)


@pytest.mark.parametrize("words", [("check", "empty"), ("check", "--output-file", "a.md"), ("check", "a.md")])
def test_settings_that_can_be_read_say_the_language(run: Run, course: Path, words: tuple[str, ...]) -> None:
    (course / "decklint.toml").write_text('lang = "zh"\nexclude = ["a.md"]\n', encoding="utf-8")

    assert re.search("[\u4e00-\u9fff]", run(*words, cwd=course).stderr)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("init",), "已写入 decklint.toml；共 1 个幻灯片文件，其中 1 个为中文"),
        (("baseline", "a.md"), "已写入 .decklint-baseline.json：1 个幻灯片文件，"),
        (("config", "show"), "# 当前文件夹的设置：没有设置文件；运行 "),
    ],
)
def test_what_was_done_is_said_in_chinese(run: Run, course: Path, words: tuple[str, ...], line: str) -> None:
    assert run(*words, cwd=course, **CHINESE).stdout.startswith(line)


def test_settings_are_shown_as_toml_in_chinese_too(run: Run, course: Path) -> None:
    import tomllib

    (course / "decklint.toml").write_text('ignore = ["AX001"]\n[severity]\nAX004 = "info"\n', encoding="utf-8")

    shown = run("config", "show", "--preset", "strict", cwd=course, **CHINESE).stdout

    assert {"preset": "strict", "ignore": ["AX001"]}.items() <= tomllib.loads(shown).items()
    assert 'preset = "strict"  # 命令行\n' in shown and "# lang：随系统  # 默认\n" in shown


def test_a_sentence_is_english_text_and_keeps_its_chinese() -> None:
    said = say("no {what}", "没有{what}", what=Said("decks", "幻灯片")).at("a.md")

    assert ("a.md: no decks", "a.md: 没有幻灯片") == (str(said), said.text("zh"))
    assert said.zh == pickle.loads(pickle.dumps(said)).zh


@pytest.mark.parametrize(("words", "en", "zh"), [("a", '"a"', '"a"'), ("abc", '"a", "b" or "c"', '"a"、"b" 或 "c"')])
def test_a_choice_of_words(words: str, en: str, zh: str) -> None:
    said = either(words)

    assert (en, zh) == (said, said.zh)


# ---------------------------------------------------------------- what the sources say

SPOKEN = [ROOT / "src/decklint" / name for name in ("cli.py", "baseline.py")]
SPOKEN += sorted((ROOT / "src/decklint/config").glob("*.py")) + sorted((ROOT / "src/decklint/commands").glob("*.py"))
ONE_LANGUAGE = {
    "clean.py": 1,  # the path and what the system says
    "running.py": 1,  # a process that the system ended
    "claims.py": 1,  # a place, and a finding in its language
    "layout.py": 1,  # the same
}
"""How often a file says a text that is not in both languages, and why."""


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def test_nothing_is_said_in_one_language_only() -> None:
    found = {}
    for path in SPOKEN:
        bare = [
            call
            for call in calls(path, "fail", "aside", "SettingsError", "Refused")
            if path.name != "console.py" and is_bare(call)
        ]
        if bare:
            found[path.name] = len(bare)

    assert ONE_LANGUAGE == found


def is_bare(call: ast.Call) -> bool:
    return isinstance(call.args[0], (ast.JoinedStr, ast.BinOp)) or (
        isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    )


def sentences() -> list[tuple[str, str]]:
    """Both languages of every sentence that stands in the sources."""
    found = []
    for path in SPOKEN:
        for call in calls(path, "say", "Said", "Template"):
            texts = [arg.value for arg in call.args[:2] if isinstance(arg, ast.Constant)]
            if len(texts) == 2 and all(
                isinstance(text, str) and re.search("[A-Za-z]{2}", re.sub(r"{\w+}", "", text)) for text in texts[:1]
            ):
                found.append((str(texts[0]), str(texts[1])))
    return found


def test_many_sentences_are_found() -> None:
    assert len(sentences()) > 60


@pytest.mark.parametrize(("en", "zh"), sentences())
def test_both_languages_say_the_same(en: str, zh: str) -> None:
    of_english = {"s", "ss", "verb"}  # endings and words that Chinese has not
    fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (en, zh)]

    assert re.search("[\u4e00-\u9fff]", zh) and "—" not in en + zh
    assert fields[0] - of_english == fields[1]
