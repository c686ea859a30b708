"""From text to claims: a mention, an attribute and a value that belong together, and what the registry says to it.

No cue, no claim: a name and a number in one sentence are nothing. Two bindings equally good: no claim. A true statement that
is called false costs more than ten false ones that are missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from decklint.deck.nodes import Leaf
from decklint.facts.mentions import Mention, mentions_in
from decklint.facts.registry import Attribute, Entity, Fact, Registry, registry
from decklint.facts.values import Date, Quantity, dates_in, quantities_in
from decklint.facts.verdicts import Verdict, judge_date, judge_quantity
from decklint.findings import Confidence
from decklint.text import Span

_SENTENCE = re.compile(r"[。！？；\n]|[!?;](?=\s|$)|\.(?=\s+[a-z\"“]|\s*$)")
_NO_ASSERTION = re.compile(
    r"[?？]|吗$|是否|哪一?年|什么时候|并非|不是|没有(?=发布|提出)|误认为|错误|误以为|谣言|假设|如果|假如|倘若|"
    r"\b(?:not|never|false|myth|wrong|incorrectly|if|suppose|would)\b"
)
_PLAN = re.compile(r"将于|将在|计划|预计|有望|拟于|\b(?:will|plans? to|expected to|scheduled)\b")
_HEDGE = re.compile(
    r"据报道|据传|据称|据说|传闻|传言|爆料|泄露|泄漏|外界|推测|猜测|估计|估算|可能|未公开|未披露|没有公布|未公布|"
    r"\b(?:reported(?:ly)?|rumou?r(?:s|ed)?|alleged(?:ly)?|estimated?|speculat\w+|leak(?:s|ed)?|believed|undisclosed|unconfirmed|may|might)\b"
)
_CLAUSE = re.compile(r"[，,：:]|——")


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about an entity, with the places of its parts and what the registry says to it."""

    entity: Entity
    attribute: Attribute
    written: str
    leaf: Leaf
    mention_span: Span
    value_span: Span
    confidence: Confidence
    verdict: Verdict
    facts: tuple[Fact, ...]
    right: str = ""
    """For a contradicted value: the right one, in the form that the slide uses."""


def claims_of(leaves: Sequence[Leaf]) -> list[Claim]:
    """The claims in all leaves of a deck, in source order."""
    known = registry()
    return [claim for leaf in leaves for claim in _claims_in(leaf, known)]


def _claims_in(leaf: Leaf, known: Registry) -> Iterator[Claim]:
    view = leaf.view
    if not re.search(r"\d", view.text):
        return
    mentions = mentions_in(view, known)
    if not mentions:
        return
    for start, end in _sentences(view.folded):
        inside = [m for m in mentions if start <= m.start and m.end <= end]
        sentence = view.folded[start:end]
        if not inside or _NO_ASSERTION.search(view.folded, start, min(end + 1, len(view.folded))):
            continue
        binder = _Binder(leaf, known, start, end, inside)
        if not _PLAN.search(sentence):
            yield from binder.date_claims()
        if not _HEDGE.search(sentence):
            yield from binder.quantity_claims()


def _sentences(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(folded):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(folded):
        yield start, len(folded)


# Verbs by which a thing comes into the world; `{name} … VERB` or `VERB … {name}`.
_BIRTH = re.compile(
    r"诞生|问世|面世|亮相|出现|首次发布|正式发布|发布|推出|提出|发表|开源|公布|上线|"
    r"\b(?:introduced|proposed|released|published|announced|launched|unveiled|presented|invented|debuted|came out|appeared)\b"
)
_ONLY_BEFORE = frozenset(("诞生", "问世", "面世", "亮相", "出现", "debuted", "came out", "appeared"))
_NOT_ITSELF_BEFORE = re.compile(
    r"(?:基于|使用|利用|采用|针对|用于|借助|通过|改进|扩展|围绕|结合|将|把|对|在|从|与|和|用|"
    r"based on|using|with|for|of|on|in|to|from|into|than|like|via|by|and|extending|improving)\s*[“\"《「]?$"
)
_NOT_ITSELF_AFTER = re.compile(
    r"\s*(?:的(?!论文|原始论文|原论文|文章)|based|-based|'s\b|上|中|变体|改进|技术报告|团队|公司|系统卡|api|插件|版本)"
)
_JOIN = re.compile(r"\s*(?:与|和|及|、|以及|and|&|,|，)\s*")
_PAPER = re.compile(r"\s?的?(?:论文|文章|工作|报告|著作|paper)?\s?(?:中|里)?\s?[《“\"「『‘':：,，]{0,2}\s?$")
_REACH = 46


class _Binder:
    """Binds mentions and values of one sentence of a leaf."""

    def __init__(self, leaf: Leaf, known: Registry, start: int, end: int, mentions: list[Mention]) -> None:
        self.leaf = leaf
        self.view = leaf.view
        self.text = leaf.view.folded
        self.known = known
        self.start = start
        self.end = end
        self.mentions = mentions
        self.things = [m for m in mentions if m.entity.kind not in ("organisation", "person")]

    # ------------------------------------------------------------ dates

    def date_claims(self) -> Iterator[Claim]:
        """`Name (year)`, `the paper of year "Title"`, and a verb of birth between a date and a name."""
        if not self.things:
            return
        dates = list(dates_in(self.text, self.start, self.end))
        bound: set[int] = set()
        for date in dates:
            for mention, confidence in self._beside(date):
                bound.add(date.start)
                yield from self._date_claim(mention, date, confidence)
        if len(dates) == 1 and dates[0].start not in bound:
            for mention in self._born(dates[0]):
                yield from self._date_claim(mention, dates[0], Confidence.HIGH)

    def _beside(self, date: Date) -> Iterator[tuple[Mention, Confidence]]:
        """`Name (year)`, less sure for products: there the year may tell when somebody looked. `the paper of year "Title"`."""
        for mention in self.things:
            gap = self.text[mention.end : date.start]
            if len(date.iso) == 4 and gap.strip() in ("(", "（") and re.match(r"\s?[)）]", self.text[date.end : date.end + 2]):
                kinds = ("model", "product", "software", "hardware")
                yield mention, Confidence.MEDIUM if mention.entity.kind in kinds else Confidence.HIGH
            elif mention.entity.kind == "paper" and 0 <= mention.start - date.end <= 12:
                between = self.text[date.end : mention.start]
                if _PAPER.fullmatch(between) and between.strip():
                    yield mention, Confidence.HIGH

    def _born(self, date: Date) -> Iterator[Mention]:
        """The things that a verb of birth ties to a date."""
        verbs = list(_BIRTH.finditer(self.text, self.start, self.end))
        if not verbs:
            return
        verb = verbs[0]
        if verb.start() >= date.end:
            if verb.start() - date.end > _REACH * 2:
                return
        elif not re.fullmatch(
            r"\s*(?:于|在|(?:by [\w .,&]{2,40} )?(?:in|on|at)(?: early| late| mid)?)\s*", self.text[verb.end() : date.start]
        ):
            return
        before = self._subjects(date, verb)
        after = [] if verb[0] in _ONLY_BEFORE or len(verbs) > 1 else self._objects(verb)
        if before and after:
            return
        yield from before or after

    def _subjects(self, date: Date, verb: re.Match[str]) -> list[Mention]:
        """The nearest name before the verb, in its clause; a date may stand between."""
        near = [m for m in self.things if m.end <= verb.start() and verb.start() - m.end <= _REACH]
        if not near:
            return []
        last = near[-1]
        gap = self.text[last.end : verb.start()]
        if last.start < date.start < verb.start():
            gap = self.text[last.end : date.start] + self.text[date.end : verb.start()]
        if _CLAUSE.search(gap) or _NOT_ITSELF_AFTER.match(self.text, last.end) or len(gap) > 16:
            return []
        if _NOT_ITSELF_BEFORE.search(self.text, max(self.start, last.start - 14), last.start) and not self._joined(near):
            return []
        return [last] if len(near) == 1 or near[-2].end < date.start else self._run(near)

    def _objects(self, verb: re.Match[str]) -> list[Mention]:
        """The first name behind the verb, and those joined to it."""
        near = [m for m in self.things if 0 <= m.start - verb.end() <= _REACH and m.entity.kind != "concept"]
        if not near:
            return []
        first = near[0]
        gap = self.text[verb.end() : first.start]
        if _NOT_ITSELF_BEFORE.search(gap) or len(_CLAUSE.findall(gap)) > 1:
            return []
        run = [first]
        for mention in near[1:]:
            if not _JOIN.fullmatch(self.text[run[-1].end : mention.start]):
                break
            run.append(mention)
        if _NOT_ITSELF_AFTER.match(self.text, run[-1].end):
            return []
        return run

    def _joined(self, near: list[Mention]) -> bool:
        return len(near) > 1 and _JOIN.fullmatch(self.text[near[-2].end : near[-1].start]) is not None

    def _run(self, near: list[Mention]) -> list[Mention]:
        """The last name with those joined to it; the last alone where others stand apart."""
        run = [near[-1]]
        for mention in reversed(near[:-1]):
            if not _JOIN.fullmatch(self.text[mention.end : run[0].start]):
                break
            run.insert(0, mention)
        return run

    def _date_claim(self, mention: Mention, date: Date, confidence: Confidence) -> Iterator[Claim]:
        facts = [fact for name in _DATES for fact in self.known.facts(mention.entity, name)]
        judged = judge_date(date, facts)
        attribute = self.known.attributes["published"]
        yield self._claim(mention, attribute, date.start, date.end, confidence, judged)

    # ------------------------------------------------------------ quantities

    def quantity_claims(self) -> Iterator[Claim]:
        """A number with the unit or cue of an attribute, and the thing that the sentence is about."""
        if not self.things:
            return
        for quantity in quantities_in(self.text, self.start, self.end):
            if any(m.start <= quantity.start < m.end for m in self.mentions):
                continue
            attribute = self._meant(quantity)
            if attribute is None:
                continue
            mention, confidence = self._about(quantity, attribute)
            if mention is None:
                continue
            facts = list(self.known.facts(mention.entity, attribute.id))
            judged = judge_quantity(quantity, facts, self.view.text)
            yield self._claim(mention, attribute, quantity.start, quantity.end, confidence, judged)

    def _meant(self, quantity: Quantity) -> Attribute | None:
        """The attribute that the words at a number name."""
        behind = self.text[quantity.end : min(self.end, quantity.end + 24)]
        before = _last_clause(self.text[max(self.start, quantity.start - 24) : quantity.start])
        if re.match(r"\s?(?:倍|%|％|x\b|times|年|月|日|分)", behind) or re.search(
            r"其中|仅(?:有|需)?|激活|可训练|only|active|trainable", before
        ):
            return None
        found = [
            attribute
            for attribute in self.known.attributes.values()
            if attribute.type == "quantity" and _cued(attribute, before, behind)
        ]
        return found[0] if len(found) == 1 else None

    def _about(self, quantity: Quantity, attribute: Attribute) -> tuple[Mention | None, Confidence]:
        """The thing that has the attribute: in the same clause, else the only one named before in the sentence."""
        able = [m for m in self.things if m.entity.kind in attribute.kinds and m.end <= quantity.start]
        if not able:
            return None, Confidence.LOW
        last = able[-1]
        if self._is_comparison(last):
            return None, Confidence.LOW
        between = self.text[last.end : quantity.start]
        if not _CLAUSE.search(between):
            if len({m.entity.id for m in able if not _CLAUSE.search(self.text[m.end : last.start])}) > 1:
                return None, Confidence.LOW
            return last, Confidence.HIGH
        if len({m.entity.id for m in able}) == 1 and len(between) <= _REACH * 2:
            return last, Confidence.MEDIUM
        return None, Confidence.LOW

    def _is_comparison(self, mention: Mention) -> bool:
        before = self.text[max(self.start, mention.start - 8) : mention.start]
        behind = self.text[mention.end : mention.end + 6]
        return bool(
            re.search(r"(?:比|相比|相较于?|较|与|和|than|versus|vs\.?|to|like|基于|使用)\s?$", before)
            or re.match(r"\s?(?:based|的\d)", behind)
        )

    # ------------------------------------------------------------

    def _claim(
        self,
        mention: Mention,
        attribute: Attribute,
        start: int,
        end: int,
        confidence: Confidence,
        judged: tuple[Verdict, Iterable[Fact], str],
    ) -> Claim:
        verdict, facts, right = judged
        return Claim(
            mention.entity,
            attribute,
            self.view.text[start:end],
            self.leaf,
            self.view.span(mention.start, mention.end),
            self.view.span(start, end),
            confidence,
            verdict,
            tuple(facts),
            right,
        )


_DATES = ("published", "released", "announced", "founded", "held_in", "venue")


def _last_clause(text: str) -> str:
    return _CLAUSE.split(text)[-1]


def _cued(attribute: Attribute, before: str, behind: str) -> bool:
    """Whether the unit of an attribute follows a number, or its cue stands before it with nothing else between."""
    rest = behind.lstrip()
    rest = rest[1:].lstrip() if rest[:1] in "个種种" else rest
    rest = rest.removeprefix("-")
    if any(rest.startswith(unit) for unit in attribute.units):
        return True
    tail = re.sub(r"(?:高|多)?(?:达到?了?|为|是|有|约|大约|到|共|:|：|of|is|was|=|~|\s)*$", "", before)
    return any(tail.endswith(cue) for cue in attribute.cues)
