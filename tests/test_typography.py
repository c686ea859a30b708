"""Typography: what each rule says of one line, in a deck whose habit is given; and what it must not say."""

from __future__ import annotations

import pytest

from decklint.catalogue import find, load
from decklint.engine import check_deck
from decklint.findings import Finding, Safety
from decklint.fixing import fix
from decklint.parse import parse
from decklint.rule import DeckView, Judgement, Rule, run
from decklint.testing import apply_fixes
from decklint.text import Source
from tests.conftest import ROOT

CHINESE = (
    "# 习惯\n\n我们先准备数据，再训练模型，然后评测结果，最后部署上线；这样做，效果很好，成本不高，也容易维护。真的吗？当然！\n"
)
ENGLISH = (
    "# Habit\n\nFirst, we load the data, and then, as usual, we train the model; finally, it is tested, and shipped. It works.\n"
)
MARKED = (
    "# 习惯\n\n“数据”“模型”“算力”“评测”“部署”“维护”“成本”“效果”“质量”都重要……很重要……"
    "一——二，三——四，五——六，七——八，九——十……好……对……是……\n"
)
FORMS = (
    "# 习惯\n\n模型：网络（多层）。数据：样本（带标签）。损失：误差（均方）。训练：调参（自动）。推理：使用（在线）。"
    "这是第一句。这是第二句。这是第三句。\n"
)
GLOSSES = (
    "# 习惯\n\n"
    + "".join(
        f"{name}（{latin}）"
        for name, latin in (
            ("网络", "Network"),
            ("样本", "Sample"),
            ("损失", "Loss"),
            ("训练", "Training"),
            ("推理", "Inference"),
        )
    )
    + "\n"
)
BARE = (
    "# 习惯\n\n使用GPT模型，训练LLaMA模型，基于BERT编码器，调用API接口，比较SVM方法，共有12层网络，"
    "经过30轮训练，选出5种方法，得到8个结果，用去9块显卡。\n"
)
SPACED = (
    "# 习惯\n\n使用 GPT 模型，训练 LLaMA 模型，基于 BERT 编码器，调用 API 接口，比较 SVM 方法，共有 12 层网络，"
    "经过 30 轮训练，选出 5 种方法，得到 8 个结果，用去 9 块显卡。\n"
)
UNITS = "# Habit\n\n16 GB, 24 GB, 32 GB, 48 GB, 80 GB; 10 tokens, 20 tokens, 30 tokens, 40 tokens, 50 tokens\n"
SIMPLIFIED = "# 习惯\n\n我们这样训练语言模型，对数据进行处理，发现问题，总结经验，优化结构。\n"


def rule_of(word: str) -> Rule:
    file = find(word)
    assert file is not None
    return load(file)


def findings(word: str, text: str) -> list[Finding]:
    return check_deck(parse(Source(text)), [rule_of(word)])


def found(word: str, habit: str, line: str) -> list[str]:
    """What the rule marks in a line below a slide with a habit."""
    text = f"{habit}\n---\n\n{line}\n"
    return [text[finding.span.start : finding.span.end] for finding in findings(word, text)]


def fixed(word: str, habit: str, line: str) -> str:
    """What the fixes make of the line."""
    text = f"{habit}\n---\n\n{line}\n"
    done = apply_fixes(rule_of(word), text, ROOT / "deck.md")
    assert ([], ()) == (done.refused, done.cycle)
    return done.text.rpartition("---\n\n")[2].removesuffix("\n")


CURES = [
    ("TY001", CHINESE, "它支持多种任务,如翻译。", "它支持多种任务，如翻译。"),
    ("TY001", CHINESE, "先加载数据, 再训练整个模型。", "先加载数据，再训练整个模型。"),
    ("TY001", CHINESE, "这里需要多少块GPU?", "这里需要多少块GPU？"),
    ("TY001", CHINESE, "用 `model.fit` 训练,很方便", "用 `model.fit` 训练，很方便"),
    ("TY001", CHINESE, "调用 `fit`,模型开始训练", "调用 `fit`，模型开始训练"),
    ("TY001", CHINESE, "因为$x > 0$,所以结果成立", "因为$x > 0$，所以结果成立"),
    ("TY001", CHINESE, "为什么要这样做?", "为什么要这样做？"),
    ("TY001", CHINESE, "若计数 < 0, 则进程等待", "若计数 < 0，则进程等待"),
    ("TY001", FORMS, "请在窗口的底部检查版本. 点击按钮，然后运行", "请在窗口的底部检查版本。点击按钮，然后运行"),
    ("TY001", FORMS, "**优化目标**: 误差最小", "**优化目标**：误差最小"),
    ("TY001", FORMS, "**优化目标:** 误差最小", "**优化目标：** 误差最小"),
    ("TY001", FORMS, "**静态**的文件 (*可执行的*) 在磁盘上", "**静态**的文件（*可执行的*）在磁盘上"),
    ("TY001", FORMS, "**静态的文件(可执行的)** 在磁盘上", "**静态的文件（可执行的）** 在磁盘上"),
    ("TY001", GLOSSES, "自编码器 (Autoencoder) 学习表示", "自编码器（Autoencoder）学习表示"),
    ("TY001", FORMS, "控制寄存器 CSR (控制与状态)", "控制寄存器 CSR（控制与状态）"),
    (
        "TY003",
        CHINESE,
        "模型ＢＥＲＴ有１２层，GPT has many more layers, as you know by now, and they are all of the same size.",
        "模型BERT有12层，GPT has many more layers, as you know by now, and they are all of the same size.",
    ),
    ("TY003", ENGLISH, "This is the first step， which is easy。", "This is the first step, which is easy."),
    ("TY004", MARKED, '这叫"预训练"，那叫"微调"。', "这叫“预训练”，那叫“微调”。"),
    ("TY005", MARKED, "这叫“预训练“，那叫“微调”。", "这叫“预训练“，那叫“微调”。"),
    ("TY005", MARKED, "这叫做“预训练“。", "这叫做“预训练”。"),
    ("TY006", SPACED, "我们用PyTorch训练，共3层。", "我们用 PyTorch 训练，共 3 层。"),
    ("TY006", BARE, "我们先用 PyTorch 训练模型，再去部署。", "我们先用PyTorch训练模型，再去部署。"),
    ("TY007", CHINESE, "结果很好。。", "结果很好。"),
    ("TY007", CHINESE, "结果很好,，成本不高", "结果很好，成本不高"),
    ("TY008", MARKED, "数据、模型...", "数据、模型……"),
    ("TY008", MARKED, "数据、模型。。。都要", "数据、模型……都要"),
    ("TY009", CHINESE, "结果很好， 成本不高 ，值得", "结果很好，成本不高，值得"),
    ("TY010", MARKED, "深度学习--机器学习的一支", "深度学习——机器学习的一支"),
    ("TY011", UNITS, "It has 128GB and reads 128ktokens.", "It has 128 GB and reads 128k tokens."),
    ("TY014", CHINESE, "影响很大的约翰.麦卡锡说", "影响很大的约翰·麦卡锡说"),
    ("TY014", CHINESE, "格雷斯・穆雷•霍珀（Grace Hopper）", "格雷斯·穆雷·霍珀（Grace Hopper）"),
    ("TY012", ENGLISH, "Run `make\u200b all`\u200e now.", "Run `make all` now."),
]


@pytest.mark.parametrize(("word", "habit", "line", "better"), CURES)
def test_a_slip_against_the_habit_is_mended(word: str, habit: str, line: str, better: str) -> None:
    assert found(word, habit, line)
    assert better == fixed(word, habit, line)


SILENT = [
    ("TY001", CHINESE, "一共有1,750亿个参数，比例是3:2，时间是12:30。", "numbers"),
    ("TY001", CHINESE, "函数f(x,y)返回(a,b)。", "code-like"),
    ("TY001", CHINESE, "他说“yes, we can”。", "an English quotation"),
    ("TY001", CHINESE, "王小明, 李华. 一种方法[J]. 学报, 2020, 31(5): 1-9.", "a citation"),
    ("TY001", CHINESE, "成员：王小明, 李华, 赵强", "a list of names"),
    ("TY001", CHINESE, "What is 注意力, and why do we need it?", "an English sentence"),
    ("TY001", CHINESE, "程序打印 Hello world!", "a string that is shown"),
    ("TY001", CHINESE, "一直循环 fork(); 然后退出", "code"),
    ("TY001", CHINESE, "运行 `print('你好,世界')` 即可", "code"),
    ("TY001", CHINESE, "文件在 https://example.com/?a=数据,模型 里", "an address"),
    ("TY001", CHINESE, "これは例です,そして説明です", "Japanese"),
    ("TY001", CHINESE, "{算法:0.4, 操作系统:0.3}是一个分布", "values in braces"),
    ("TY001", CHINESE, "<文件实体, 权限列表>是目录项", "a pair in angle brackets"),
    ("TY001", FORMS, "时间是 12:30，比例是 3:2，文件 C:\\数据，`键:值`，key: 键", "times, ratios, paths, code, labels"),
    ("TY001", FORMS, "Transformer: 一种架构", "a Latin title"),
    ("TY001", FORMS, "王小明. 一种新的训练方法及其应用[J]. 学报, 2020, 31(5): 一至九", "a citation"),
    ("TY001", FORMS, "函数 f(甲)、max(甲)、P (阳性)、用(页号, 位移)表示、(3)、层 (layer)", "calls, tuples, numbers, Latin"),
    ("TY001", FORMS, "目录.", "a label"),
    ("TY001", FORMS, "第一章. 绪论", "an enumeration"),
    ("TY001", FORMS, "打开配置.文件.内容", "points inside a word"),
    ("TY002", ENGLISH, "self.layer(self.act(x)", "an excerpt of code"),
    ("TY003", CHINESE, "设备：CPU，GPU，TPU", "a list in a Chinese deck"),
    ("TY003", ENGLISH, "全角字母Ａ与半角字母A不同", "a text about it"),
    ("TY003", ENGLISH, "これは３種類のモデルです", "Japanese"),
    ("TY003", ENGLISH, "The name is 注意力，and this is what we call the method.", "Chinese in it"),
    ("TY004", MARKED, '论文 "Attention Is All You Need" 很有名', "English"),
    ("TY004", MARKED, '屏幕是 15" 的，电视是 55" 的', "inches"),
    ("TY004", MARKED, '`x = "中文"` 是代码', "code"),
    ("TY005", MARKED, "他说“他说过“好的”这句话”", "nested"),
    ("TY005", CHINESE, "Er sagte „ja“ 意思是“是”", "German"),
    ("TY005", CHINESE, "执行 “cout<<”ABC”; cout<<”DEF”;”，屏幕上显示什么", "code with curled marks"),
    ("TY006", SPACED, "2020年3月，第3章，K均值，T检验", "dates, ordinals, single letters"),
    ("TY006", BARE, "图 1 GPT 结构", "a label"),
    ("TY006", BARE, "# 2 GPT 模型", "a heading"),
    ("TY006", SPACED, "模型**GPT**很大", "across markup"),
    ("TY007", CHINESE, "太好了！！真的吗？？想了想。。。", "emphasis and ellipsis"),
    ("TY008", MARKED, "输入x1, x2, ..., xn", "a range"),
    ("TY009", CHINESE, "一、 概述", "an enumeration"),
    ("TY009", CHINESE, "结果很好， $x > 0$ 成立", "a formula"),
    ("TY009", CHINESE, "内核态（Kernel） vs 用户态", "an English word behind a bracket"),
    ("TY010", MARKED, "输入-->输出，北京—上海", "an arrow, a connection"),
    ("TY011", UNITS, "A100-80GB, 5G, 4K, 7B, 100%", "names"),
    ("TY012", ENGLISH, "👩\u200d💻 **注意：**\u200b正文 a/\u200bb", "joiners and cures"),
    ("TY012", ENGLISH, "السلام\u200f (abc) \u200e", "marks of direction beside Arabic"),
    ("TY012", ENGLISH, "می\u200cخواهم", "a joiner that Persian needs"),
    ("TY012", ENGLISH, "«\u00a0oui\u202f!\u00a0» vocabu\u00adlaire", "French spaces, soft hyphens"),
    ("TY012", ENGLISH, "U+FFFD (\ufffd) is the replacement character", "a text about it"),
    ("TY014", CHINESE, "对象.成员，艾伦·图灵，米兰•罗马•巴黎", "code, a right name, a list"),
    ("TY014", CHINESE, "约翰.斯密斯與圖靈講學", "traditional characters"),
    ("TY013", SIMPLIFIED, "作者陳文華写了《機器學習》，还有“這個模型”", "names, titles, quotations"),
]


@pytest.mark.parametrize(("word", "habit", "line", "reason"), SILENT, ids=[f"{w}-{r}" for w, _, _, r in SILENT])
def test_what_is_no_slip_is_left_alone(word: str, habit: str, line: str, reason: str) -> None:
    assert [] == found(word, habit, line), reason


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("TY001", "数据,模型"),
        ("TY004", '这叫"预训练"'),
        ("TY006", "用GPT训练"),
        ("TY008", "数据、模型..."),
        ("TY009", "数据， 模型"),
        ("TY010", "数据--模型"),
        ("TY011", "16GB"),
    ],
)
def test_without_a_habit_nothing_is_said(word: str, line: str) -> None:
    assert [] == findings(word, f"# 标题\n\n{line}\n")


@pytest.mark.parametrize("word", [f"TY{number:03}" for number in (1, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14)])
def test_rules_for_chinese_are_silent_in_japanese_and_korean(word: str) -> None:
    japanese = (
        '# 概要\n\nこれは、モデルの説明です。。次は,データ， 学習--そして"推論"。。。３種類のGPT モデルとBERTを使う“例“。\n' * 3
    )
    korean = '# 개요\n\n이것은 모델의 설명이다. 데이터(數據),학습， 그리고 "추론"이다. GPT 모델과 BERT를 사용한다.\n' * 3

    assert [] == findings(word, japanese) == findings(word, korean)


def test_a_slip_in_one_script_is_told_and_a_passage_is_not() -> None:
    assert ["個"] == found("TY013", SIMPLIFIED, "每個模型对应一种结构")
    assert [] == found("TY013", SIMPLIFIED, "這個模型對應一種結構，我們應該學習")


def test_a_lecture_of_its_own_in_a_file_of_several_keeps_its_habit() -> None:
    other = "".join(f"\n---\n\n用BERT编码，共{number}层。\n" for number in range(3, 9))

    assert [] == found("TY006", SPACED * 4, other)
    assert ["用B", "T编", "共3", "3层"] == found("TY006", SPACED * 4, "用BERT编码，共3层。")


def test_straight_marks_throughout_are_judged_where_the_right_form_is_asked_for() -> None:
    deck = parse(Source('# 引号\n\n这叫"预训练"，那叫"微调"。\n'))

    assert [] == check_deck(deck, [rule_of("TY004")])
    assert 2 == len(list(run(rule_of("TY004"), DeckView(deck, judgement=Judgement(absolute=True)))))


def test_all_safe_fixes_together_come_to_rest() -> None:
    rules = [rule_of(f"TY{number:03}") for number in range(1, 15)]
    line = "先用PyTorch 训练, 再去部署,共3 层。。 然后等等..."
    text = f"{BARE}\n---\n\n{CHINESE}\n---\n\n{MARKED}\n---\n\n{line}\n"

    def settle(start: str) -> str:
        done = fix(start, lambda t: parse(Source(t)), lambda deck: check_deck(deck, rules), (Safety.SAFE,))
        assert ([], ()) == (done.refused, done.cycle)
        return done.text

    once = settle(text)

    assert once.endswith("先用PyTorch训练，再去部署，共3层。然后等等……\n")
    assert once == settle(once)
