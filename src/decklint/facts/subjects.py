"""What a sentence without a subject is about: the sentence before, the list item above, the title, the head of the row.

Strict, because a wrong guess makes a true statement false: a title must name the thing and say little else, and a title in
between that names something unknown ends the search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from decklint.deck.nodes import Block, Heading, Leaf, List, ListItem, Node, TableCell
from decklint.facts.asserting import asks, is_option, options_in
from decklint.facts.mentions import Mention
from decklint.facts.reading import Passage, Reading
from decklint.facts.sentence import Sentence

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


class _Topic(NamedTuple):
    """What a title or an item says that the lines below it are about."""

    decides: bool
    """Whether it says something of its own, so that nothing further above is asked."""
    subject: Mention | None


class Surroundings:
    """What stands above and around the passages of a deck."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._topics: dict[int, _Topic] = {}
        self._bare: dict[int, bool] = {}
        self._subjects: dict[tuple[Passage, ...], Mention | None] = {}
        """By the titles that are open."""
        self._told: dict[int, _Topic | None] = {}
        """What the list items tell at and above a node, by its `id`."""
        self._title_subjects: dict[tuple[Passage, ...], Mention | None] = {}
        """The same, of the nearest that names a thing."""
        self._choices: dict[int, bool] = {}
        """Whether a list, by its `id`, is one of answers."""

    def mentions_of(self, leaf: Leaf) -> Sequence[Mention]:
        """What a leaf names, also one that is yet to come."""
        return self._reading.of(leaf).mentions

    def folded(self, leaf: Leaf) -> str:
        """The folded text of a leaf."""
        return self._reading.of(leaf).folded

    def is_worth_reading(self, passage: Passage) -> bool:
        """Whether a leaf may state something about a thing that it, a title or an item above names."""
        leaf = passage.leaf
        if passage.mentions:
            return not self.is_no_statement(passage)
        if isinstance(leaf, Heading) or not (isinstance(leaf, TableCell) or self.subject(passage) is not None):
            return False
        return not self.is_no_statement(passage)

    def is_no_statement(self, passage: Passage) -> bool:
        """Whether a leaf belongs to a quiz or a list of errors: what it says is not all meant to be true."""
        if passage.in_quiz:
            return True
        item = passage.leaf.parent
        if not isinstance(item, ListItem) or not isinstance(item.parent, List):
            options = options_in(passage.folded)
            if not options:
                return False
            before = self._before(passage.leaf)
            asked = before is not None and (asks(self.folded(before)) or is_option(self.folded(before)))
            return options > (0 if asked else 1)
        if id(item.parent) not in self._choices:
            self._choices[id(item.parent)] = self._is_choice(item.parent)
        return self._choices[id(item.parent)]

    def _is_choice(self, items: List) -> bool:
        answers = [self.folded(first) for each in items.items if isinstance(first := _first(each), Leaf)]
        question = self._before(items)
        return sum(map(is_option, answers)) > 1 or (
            question is not None and asks(self.folded(question), isinstance(question, Heading))
        )

    def _before(self, block: Block) -> Leaf | None:
        """The leaf directly before a block: a paragraph, a title, or the text of the item that a list belongs to."""
        siblings = getattr(block.parent, "blocks", [])
        at = siblings.index(block) if block in siblings else 0
        before = siblings[at - 1] if at else None
        return before if isinstance(before, Leaf) else None

    def subject(self, passage: Passage) -> Mention | None:
        """What a leaf is about if it does not say so itself: the nearest item above or title decides."""
        topic = self._told_above(_above_item(passage.leaf))
        if topic is not None:
            return topic.subject
        titles = _above(passage)
        if titles not in self._subjects:
            self._subjects[titles] = next((topic.subject for t in reversed(titles) if (topic := self._topic(t)).decides), None)
        return self._subjects[titles]

    def _told_above(self, node: Node | None) -> _Topic | None:
        """What the nearest list item tells that says something of its own: a node itself, or one that it stands in."""
        told = self._told
        if id(node) in told:
            return told[id(node)]
        passed: list[int] = []
        topic: _Topic | None = None
        while node is not None and id(node) not in told:
            passed.append(id(node))
            first = _first(node) if isinstance(node, ListItem) else None
            topic = self._topic(self._reading.of(first)) if first is not None else None
            if topic is not None and topic.decides:
                break
            node, topic = node.parent, None
        else:
            topic = told[id(node)] if node is not None else None
        told.update(dict.fromkeys(passed, topic))
        return topic

    def title_subject(self, passage: Passage) -> Mention | None:
        """What the nearest title that names a thing is about."""
        titles = _above(passage)
        if titles not in self._title_subjects:
            naming = (t for t in reversed(titles) if any(not mention.entity.is_agent for mention in t.mentions))
            nearest = next(naming, None)
            self._title_subjects[titles] = None if nearest is None else self._topic(nearest).subject
        return self._title_subjects[titles]

    def names_only(self, leaf: Leaf) -> bool:
        """Whether a text does no more than name things: it says nothing of its own about them."""
        passage = self._reading.of(leaf)
        if passage.number not in self._bare:
            self._bare[passage.number] = _names_only(passage)
        return self._bare[passage.number]

    def _topic(self, above: Passage) -> _Topic:
        topic = self._topics.get(above.number)
        if topic is None:
            things = {mention.entity.id: mention for mention in above.mentions if not mention.entity.is_agent}
            is_bare = self.names_only(above.leaf)
            subject = None
            if is_bare and len(things) == 1:
                (mention,) = things.values()
                subject = Mention(mention.entity, mention.start, mention.end, above.leaf.view.span(mention.start, mention.end))
            topic = self._topics[above.number] = _Topic(bool(things) or not is_bare, subject)
        return topic


def _above(passage: Passage) -> tuple[Passage, ...]:
    """The titles that are open at a passage, without itself."""
    titles = passage.titles
    return titles[:-1] if titles and titles[-1] is passage else titles


def _above_item(leaf: Leaf) -> Node | None:
    """What a leaf stands in; for the text that a list item begins with, what the item stands in."""
    node = leaf.parent
    return node.parent if isinstance(node, ListItem) and _first(node) is leaf else node


def with_subject(sentence: Sentence, before: Sentence | None, around: Surroundings) -> Sentence:
    """A sentence in which the thing that it is about stands as an implied mention at its start, where one is needed and known."""
    things = [mention for mention in sentence.mentions if not mention.entity.is_agent]
    opening = _PRONOUN.match(sentence.text, sentence.start, sentence.end)
    if things and not (opening and all(mention.entity.kind in _MEANS for mention in things)):
        return _refined(sentence, around.title_subject(sentence.passage))
    if isinstance(sentence.leaf, Heading):
        return sentence
    if before is not None:
        named = [mention for mention in before.mentions if not mention.entity.is_agent]
        is_one = len({mention.entity.id for mention in named}) == 1
        subject = named[0] if is_one or (named and _goes_on(sentence, named[0], around)) else None
        place = sentence.leaf.view.span(subject.start, subject.end) if subject and not subject.elsewhere else None
        place = subject.elsewhere if subject and subject.elsewhere else place
    else:
        subject = around.subject(sentence.passage)
        place = subject.elsewhere if subject else None
    if subject is None or place is None:
        return sentence
    at = opening.end() if opening else sentence.start
    implied = Mention(subject.entity, at, at, place)
    return sentence.about((implied, *sentence.mentions))


def _goes_on(sentence: Sentence, first: Mention, around: Surroundings) -> bool:
    """Whether a pronoun means the first of several things named before: it is the one that the title is about."""
    title = around.title_subject(sentence.passage)
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
    return sentence.about(mentions)


def _names_only(passage: Passage) -> bool:
    text = passage.folded
    for mention in reversed(passage.mentions):
        text = text[: mention.start] + " " + text[mention.end :]
    text = _LABEL.sub(" ", text, count=1)
    return _SAYS_LITTLE.fullmatch(_BRACKETS.sub(" ", _SECTION.sub(" ", text, count=1))) is not None


def _first(item: object) -> Leaf | None:
    blocks = getattr(item, "blocks", [])
    return blocks[0] if blocks and isinstance(blocks[0], Leaf) else None
