"""The voice of a chatbot is left in the text.

"Sure, here is the outline you asked for" and “当然，以下是……” were said to the author, not to the audience. The same holds for
"As an AI language model, I …" and for the marks that chatbots put where they cite (`oaicite`, `【4†source】`).

Only what begins a paragraph, an item or a heading is looked at. A slide that shows a dialogue or a prompt, or speaks about what
such models say, is left alone, and so are quotations, italics and code.

```deck bad 3:1-3:16 7:1-7:9
# Overfitting

Sure, here is a short summary of the causes:

- too many parameters

好的，以下是改进后的内容：

- 数据太少
```

```deck bad 3:1-3:13 5:38-5:48
# 偏见

作为一个AI语言模型，我没有个人观点，但可以列出几种看法。

The bias grows with the size of data 【4†source】.
```

```deck good
# 大语言模型怎样拒绝请求

作为一个AI语言模型，我无法回答这个问题。
```

```deck good
# Role play

User: please summarise this page

Sure, here is a summary.
```

```deck good
# Ensembles

> Sure, here is the answer.

As an AI language model, GPT-4 predicts the next token. Of course, here bagging helps most.

当然，这里有一个例外：线性模型。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from decklint.deck.nodes import Emphasis, Leaf, Quote
from decklint.deck.walk import ancestors, slide_of
from decklint.findings import Finding, Template
from decklint.lang.prose import Prose
from decklint.rule import Context, rule
from decklint.text import Span

_RESIDUE = Template('"{words}" is what a chatbot said to the author', "“{words}”是聊天机器人对作者说的话")
_CITED = Template('"{words}" is a mark that a chatbot cites with', "“{words}”是聊天机器人的引用标记")

_OPENING = re.compile(
    r"""(?:sure|certainly|absolutely|of\ course)[,!.]\s?(?:
            here(?:['’]s|\ is|\ are)\ (?:a|an|the|your|some|my)\b
            |i(?:['’]d|\ would)\ be\ (?:happy|glad)\ to\b|i\ can\ (?:help|do)\b)
    |(?:as|i(?:['’]m|\ am))\ an?\ (?:ai|large)\ (?:language\ )?(?:model|assistant)(?:\ (?:trained|developed)\ by\ \w+)?,\ i\b
    |i\ hope\ this\ (?:helps|is\ helpful)(?=[!.]|$|\ (?:you|with)\b)
    |here(?:['’]s|\ is)\ (?:the|your)\ (?:revised|rewritten|updated|improved|corrected|translated|requested)
        \ (?:version|slides?|text|outline)\b
    |as\ of\ my\ (?:last\ (?:knowledge\ )?(?:update|cutoff)|knowledge\ cutoff)
    |当然(?:可以)?[，！,!。]\s?以下就?是(?!.{0,6}(?:例外|特例|前提|局限|反例))
    |(?:当然(?:可以)?|好的|没问题|可以的)[，！,!。]\s?(?:以下|下面|这)就?是(?:(?:为|给)?[您你]|根据|按照|修改|优化|改进|整理|完整|更新|调整|润色)
    |(?:好的|没问题|可以的)[，！,!。]\s?(?:以下|下面|这)就?是(?:一[个份篇些段]|关于|针对)
    |作为一[个名](?:大型?)?(?:AI|人工智能|语言)(?:大?语言)?(?:模型|助手|助理)[，,]\s?我(?!们)
    |(?:以下|下面|这)是(?:为|给)[您你](?:生成|整理|准备|撰写|制作|设计|修改|优化|提供)的
    |希望(?:这|这些|以上|上述)(?:内容|信息|回答|解释|建议|修改|总结)?(?:能够?|可以)?对[您你]有(?:所)?帮助
    |截至我的(?:知识|训练|最后)(?:更新|数据|截止)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIRST = re.compile(  # behind the end of a line, which is found faster than the beginning of one
    r"\n\s*(sure|certainly|absolutely|of course|as\b|i\b|here|当然|好的|没问题|可以的|作为一|以下|下面|这|希望|截至我的)",
    re.IGNORECASE,
)
_MARK = re.compile(
    r":?contentReference\[oaicite:\d+\](?:\{index=\d+\})?|\boaicite:\d+"
    r"|(?:cite)?turn\d+(?:search|view|news)\d+|【\d{1,3}(?::\d{1,3})?†[^】\n]{1,40}】"
)
_MARK_HINTS = ("oaicite", "turn", "†")
_DIALOGUE = re.compile(
    r"(?:^|[\s>*|`_\"“(（\[【-])(?:users?|human|assistant|system|ai|bot|chatgpt|gpt|claude|gemini|llama|deepseek|qwen|model|llm"
    r"|output|response|completion|answer|prompt|input|q|a|用户|人类|助手|助理|系统|模型|机器人|输出|回答|回复|输入|提问|问|答|学生|老师)"
    r"\s?(?:\*\*)?[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_ABOUT = re.compile(
    r"prompt|chat|dialog|convers|hallucinat|refus|jailbreak|sycophan|instruct|fine-?tun|rlhf|alignment|assistant|role.?play"
    r"|residue|leftover|提示|对话|聊天|幻觉|拒绝|拒答|越狱|指令|微调|对齐|助手|角色|问答|痕迹|套话|口吻|大模型|语言模型",
    re.IGNORECASE,
)


@rule("DL008", "chatbot-residue", severity="warning", since="0.1", zh="文中残留了聊天机器人的话。")
def check(context: Context) -> Iterator[Finding]:
    openings: dict[int, list[Span]] = {}
    for leaf in context.prose.containing(_MARK_HINTS):
        if any(hint in leaf.raw for hint in _MARK_HINTS) and not _is_quoted(leaf):
            for mark in _MARK.finditer(leaf.view.text):
                yield context.finding(leaf.view.span(*mark.span()), _CITED, words=mark[0])
    for leaf in _opened(context.prose):
        view = leaf.view
        opening = _OPENING.match(view.text, len(view.text) - len(view.text.lstrip()))
        if opening and not _is_quoted(leaf):
            openings.setdefault(slide_of(leaf).number, []).append(view.span(*opening.span()))
    for number, spans in openings.items():
        if not _is_about(context.source.text, context.deck.slides[number - 1].span, spans):
            for span in spans:
                yield context.finding(span, _RESIDUE, words=" ".join(context.source.slice(span).split()))


def _opened(prose: Prose) -> Iterable[Leaf]:
    """The leaves of which a line begins as an opening may."""
    return dict.fromkeys(prose.place(match.start(1) - 1)[0] for match in _FIRST.finditer(f"\n{prose.text}"))


def _is_quoted(leaf: Leaf) -> bool:
    """Whether a leaf stands in a quotation, or begins in italics, as quoted speech is often set."""
    return any(isinstance(node, Quote) for node in ancestors(leaf)) or isinstance(next(iter(leaf.inlines), None), Emphasis)


def _is_about(text: str, slide: Span, openings: list[Span]) -> bool:
    """Whether a slide shows a dialogue, or says in the rest of its text that it is about what chatbots say."""
    ends = [slide.start, *(span.end for span in openings)]
    starts = [*(span.start for span in openings), slide.end]
    rest = "\n".join(text[start:end] for start, end in zip(ends, starts, strict=True))
    return bool(_DIALOGUE.search(rest) or _ABOUT.search(rest))
