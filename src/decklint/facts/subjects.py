"""What a sentence without a subject is about: the sentence before, the list item above, the title, the head of the row.

Strict, because a wrong guess makes a true statement false: a title must name the thing and say little else, and a title in
between that names something unknown ends the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from decklint.deck.deck import Slide
from decklint.deck.nodes import Block, Heading, Leaf, List, ListItem, Paragraph, TableCell
from decklint.deck.textview import view_of
from decklint.deck.walk import bold_title
from decklint.facts.mentions import Mention, mentions_in
from decklint.facts.registry import Registry
from decklint.facts.sentence import Sentence, asks, is_option, opens_a_quiz
from decklint.records import dataclass, field

_GENERIC = (
    r"模型|大模型|语言|开源|闭源|代表|人工智能|深度学习|参数|规模|结构|架构|特点|配置|训练|数据|简介|介绍|概述|背景|细节|要点|基本|信息|发布|时间线?|系列|家族|论文|网络|"
    r"算法|方法|数据集|作者|机构|案例|经典|回顾|原理|概况|是什么|overview|details?|architecture|parameters?|sizes?|facts?|key|about|"
    r"training|specs|configuration|history|introduction|intro|model|family|series|paper|the|original|network|dataset|algorithm|"
    r"meet|case study|what is|in numbers|in brief|release|timeline|background|summary|by|from"
)
_SAYS_LITTLE = re.compile(rf"(?:[\W\d_]|的|与|和|第|章|节|讲|part|chapter|{_GENERIC})*")
_LABEL = re.compile(r"^[^:：]{0,24}(?<!对比)(?<!比较)(?<!改进)(?<!应用)[:：](?=\s*\S)")
_BRACKETS = re.compile(r"[(（【\[][^()（）【】\[\]]{0,60}[)）】\]]")
_PRONOUN = re.compile(
    r"\s*(?:模型(?=在|的?训练)|(?:它|其|该模型|这个模型|该网络|该架构|该算法|该数据集)的?|"
    r"(?:it|its|the model|this model|the network)\b)"
)
_SECTION = re.compile(
    r"\s*(?:\d{1,2}(?:\.\d{1,2})*[.、)）]?|第\s?[\d一二三四五六七八九十]+\s?[章节讲部分]+|[一二三四五六七八九十]+、)\s+"
)


_MEANS = frozenset(("method", "hardware", "concept"))
"""Kinds of things that a model has or uses: `it uses dropout` is still about the model."""


@dataclass(slots=True)
class Surroundings:
    """What has been read so far of a deck: the titles that are open, and what each leaf names."""

    named: dict[int, Sequence[Mention]] = field(default_factory=dict)
    """By `id` of a leaf."""
    titles: list[Leaf] = field(default_factory=list)
    """Headings, and a bold line that its slide uses as one."""

    def enter(self, leaf: Leaf, mentions: Sequence[Mention]) -> None:
        """Go on to a leaf."""
        self.named[id(leaf)] = mentions
        if isinstance(leaf, Heading) or _is_bold_title(leaf):
            self.titles = [title for title in self.titles if _level(title) < _level(leaf)]
            self.titles.append(leaf)

    def all_mentions(self, leaf: Leaf, registry: Registry) -> Sequence[Mention]:
        """What a leaf names, also one that is yet to come."""
        found = self.named.get(id(leaf))
        return found if found is not None else mentions_in(leaf.view, registry)

    def is_worth_reading(self, leaf: Leaf) -> bool:
        """Whether a leaf may state something about a thing that it, a title or an item above names."""
        if isinstance(leaf, Heading) or self.named[id(leaf)]:
            return bool(self.named[id(leaf)]) and not self.is_no_statement(leaf)
        is_about = isinstance(leaf, TableCell) or self.subject(leaf) is not None
        return is_about and not self.is_no_statement(leaf)

    def is_no_statement(self, leaf: Leaf) -> bool:
        """Whether a leaf belongs to a quiz or a list of errors: what it says is not all meant to be true."""
        if any(opens_a_quiz(title.view.folded) for title in self.titles):
            return True
        item = leaf.parent
        if not isinstance(item, ListItem) or not isinstance(item.parent, List):
            lines = leaf.view.folded.splitlines()
            before = self._before(leaf)
            asked = before is not None and (asks(before.view.folded) or is_option(before.view.folded))
            return sum(map(is_option, lines)) > (0 if asked else 1)
        options = [first.view.folded for each in item.parent.items if isinstance(first := _first(each), Leaf)]
        question = self._before(item.parent)
        return sum(map(is_option, options)) > 1 or (
            question is not None and asks(question.view.folded, isinstance(question, Heading))
        )

    def _before(self, block: Block) -> Leaf | None:
        """The leaf directly before a block: a paragraph, a title, or the text of the item that a list belongs to."""
        siblings = getattr(block.parent, "blocks", [])
        at = siblings.index(block) if block in siblings else 0
        before = siblings[at - 1] if at else None
        return before if isinstance(before, Leaf) else None

    def subject(self, leaf: Leaf) -> Mention | None:
        """What a leaf is about if it does not say so itself: the nearest item above or title decides."""
        for above in self._above(leaf):
            mentions = self.named.get(id(above), ())
            if not any(not mention.entity.is_agent for mention in mentions):
                if names_only(above, mentions):
                    continue
                return None
            return _clean_subject(above, mentions)
        return None

    def title_subject(self, leaf: Leaf) -> Mention | None:
        """What the nearest title that names a thing is about."""
        for title in reversed(self.titles):
            mentions = self.named.get(id(title), ())
            if title is not leaf and any(not mention.entity.is_agent for mention in mentions):
                return _clean_subject(title, mentions)
        return None

    def _above(self, leaf: Leaf) -> Iterator[Leaf]:
        node = leaf.parent
        while node is not None:
            first = _first(node) if isinstance(node, ListItem) else None
            if first is not None and first is not leaf:
                yield first
            node = node.parent
        yield from (title for title in reversed(self.titles) if title is not leaf)


def _level(title: Leaf) -> int:
    return title.level if isinstance(title, Heading) else 7


def _is_bold_title(leaf: Leaf) -> bool:
    """Whether a leaf is the first of its slide and wholly in bold, so that people take it for the title."""
    if not isinstance(leaf, Paragraph) or not isinstance(leaf.parent, Slide) or "\n" in leaf.view.text.strip():
        return False
    first = next((block for block in leaf.parent.blocks if isinstance(block, Leaf)), None)
    strong = bold_title(leaf.parent) if first is leaf else None
    return strong is not None and view_of(strong.content).text.strip() == leaf.view.text.strip()


def with_subject(sentence: Sentence, before: Sentence | None, around: Surroundings) -> Sentence:
    """A sentence in which the thing that it is about stands as an implied mention at its start, where one is needed and known."""
    things = [mention for mention in sentence.mentions if not mention.entity.is_agent]
    opening = _PRONOUN.match(sentence.text, sentence.start, sentence.end)
    if things and not (opening and all(mention.entity.kind in _MEANS for mention in things)):
        return _refined(sentence, around.title_subject(sentence.leaf))
    if isinstance(sentence.leaf, Heading):
        return sentence
    if before is not None:
        named = [mention for mention in before.mentions if not mention.entity.is_agent]
        is_one = len({mention.entity.id for mention in named}) == 1
        subject = named[0] if is_one or (named and _goes_on(sentence, named[0], around)) else None
        place = sentence.leaf.view.span(subject.start, subject.end) if subject and not subject.elsewhere else None
        place = subject.elsewhere if subject and subject.elsewhere else place
    else:
        subject = around.subject(sentence.leaf)
        place = subject.elsewhere if subject else None
    if subject is None or place is None:
        return sentence
    at = opening.end() if opening else sentence.start
    implied = Mention(subject.entity, at, at, place)
    return Sentence(sentence.leaf, sentence.text, sentence.start, sentence.end, (implied, *sentence.mentions))


def _goes_on(sentence: Sentence, first: Mention, around: Surroundings) -> bool:
    """Whether a pronoun means the first of several things named before: it is the one that the title is about."""
    title = around.title_subject(sentence.leaf)
    is_meant = title is not None and title.entity.id == first.entity.id
    return is_meant and _PRONOUN.match(sentence.text, sentence.start, sentence.end) is not None


def _refined(sentence: Sentence, title: Mention | None) -> Sentence:
    """Under `LLaMA 3`, the name LLaMA means LLaMA 3, unless the sentence speaks of beginnings."""
    if (
        title is None
        or title.entity.family is None
        or re.search(r"最初|最早|第[一二12]代|早期|\boriginal|\bfirst", sentence.text)
    ):
        return sentence
    mentions = tuple(
        Mention(title.entity, mention.start, mention.end, refined=True) if mention.entity.id == title.entity.family else mention
        for mention in sentence.mentions
    )
    return Sentence(sentence.leaf, sentence.text, sentence.start, sentence.end, mentions)


def _clean_subject(leaf: Leaf, mentions: Sequence[Mention]) -> Mention | None:
    things = {mention.entity.id: mention for mention in mentions if not mention.entity.is_agent}
    if len(things) != 1 or not names_only(leaf, mentions):
        return None
    (mention,) = things.values()
    return Mention(mention.entity, mention.start, mention.end, leaf.view.span(mention.start, mention.end))


def names_only(leaf: Leaf, mentions: Sequence[Mention]) -> bool:
    """Whether a text does no more than name things: it says nothing of its own about them."""
    text = leaf.view.folded
    for mention in reversed(mentions):
        text = text[: mention.start] + " " + text[mention.end :]
    text = _LABEL.sub(" ", text, count=1)
    return _SAYS_LITTLE.fullmatch(_BRACKETS.sub(" ", _SECTION.sub(" ", text, count=1))) is not None


def _first(item: object) -> Leaf | None:
    blocks = getattr(item, "blocks", [])
    return blocks[0] if blocks and isinstance(blocks[0], Leaf) else None
